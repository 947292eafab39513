# `make demo` shows what dhub does; `make test` sets up and runs all tests. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export CGO_ENABLED := 0
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X dhub/internal/app.Version=$(VERSION)
GO ?= go
VENV := .cache/venv
ROUNDS ?= 20
SEEDS ?= 100
PREFIX ?= $(HOME)/.local

.PHONY: help build install web demo test test-web test-console screenshots setup vet lint-python test-go test-python fuzz chaos race gen bench sizes clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-14s %s\n", $$1, $$2}'

build: need-go web ## build bin/dhub, with the console where Node is found
	@echo "building bin/dhub (the first time fetches modules and takes some minutes)"
	$(GO) build -trimpath -ldflags "$(LDFLAGS)" -o bin/dhub ./cmd/dhub

install: build ## put dhub into PREFIX/bin (~/.local/bin)
	install -D -m 755 bin/dhub "$(PREFIX)/bin/dhub"
	@case ":$$PATH:" in *":$(PREFIX)/bin:"*) ;; *) echo "$(PREFIX)/bin is not on your PATH: add it there";; esac

web: ## build the console that bin/dhub embeds (Node from 20.19 on, or one from PyPI)
	tools/web build

demo: need-python build ## run a real pipeline on this machine and show what became of it
	bin/dhub demo

test: need-go need-python setup vet lint-python build test-go test-web test-console test-python chaos ## set up and run all tests

setup: ## install what the tests need: PostgreSQL, Chromium, the console's packages, pytest, the published packages
	tools/setup

vet: need-go ## gofmt, go vet and staticcheck
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo "not formatted:"; gofmt -l $$(git ls-files '*.go'); exit 1; }
	@! git grep -nE '^(<{7}|>{7}) ' || { echo "these files hold the marks of a merge that was not finished"; exit 1; }
	$(GO) vet ./...
	$(GO) tool -modfile=go.tool.mod staticcheck ./...

test-go: need-go ## Go tests
	$(GO) test -timeout 600s $$($(GO) list ./... | grep -v 'dhub/internal/run$$')
	$(GO) test -timeout 600s ./internal/run -run.seeds=$(SEEDS)

test-web: ## the console's types, style, unit and component tests, sizes
	tools/test-web

test-console: build ## the console's journeys in a browser against the real binary, then each component by itself
	cd web && ../tools/node npm run --silent e2e
	cd web && ../tools/node npm run --silent components

screenshots: build ## every page of the console, light and dark, at three widths, into .cache/screenshots
	cd web && ../tools/node npm run --silent screenshots

lint-python: ## the Python package's style, types, complete surface and 3.10 floor
	tools/lint-python

test-python: ## Python tests: our package on every interpreter found, and the published ones
	tools/test-python

chaos: build ## kill the server at random instants over a mixed load (ROUNDS=20)
	$(GO) run ./tools/chaos -rounds $(ROUNDS) -dhub bin/dhub

fuzz: need-go ## each fuzz target for 30 s
	tools/fuzz 30s

race: need-go ## Go tests under the race detector (needs a C compiler)
	CGO_ENABLED=1 $(GO) test -race -timeout 3600s ./...

gen: need-go ## make the documents and golden files that are made from code
	$(GO) run ./tools/reasons > docs/reasons.md
	$(GO) test ./internal/httpapi -run DocumentIsTheGoldenOne -update >/dev/null
	tools/api-types

bench: build ## measure, print machine and versions, medians and spread
	bench/all

sizes: build ## binary sizes
	@ls -l bin/dhub | awk '{printf "bin/dhub %.1f MB\n", $$5/1e6}'

clean: ## remove what was built
	rm -rf bin .cache

.PHONY: need-go need-python
need-go:
	@command -v $(GO) >/dev/null || { echo "missing: Go 1.21 or later (https://go.dev/dl/; Debian 12: apt install -t bookworm-backports golang-go)"; exit 1; }
need-python:
	@command -v python3 >/dev/null || { echo "missing: python3 (apt install python3)"; exit 1; }
