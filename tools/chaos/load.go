package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dhub/client"
	"dhub/entity"
)

const project = "chaos"

// jobSource is the function all runs execute. Each attempt appends its run to a file outside the data folder
// before it does anything else, and once more, with the word printed, when all its lines are written.
const jobSource = `
import os, signal, sys, time

def note(attempts, word):
    fd = os.open(attempts, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(fd, (os.environ["RUN_ID"] + " " + word + "\n").encode())
    os.fsync(fd)
    os.close(fd)

def main(kind, attempts, lines):
    note(attempts, "began")
    if kind == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for i in range(lines):
        print("line %06d of %s" % (i, os.environ["RUN_ID"]))
    note(attempts, "printed")
    if kind == "failing":
        raise ValueError("as asked")
    if kind in ("stubborn", "long"):
        time.sleep(120)
    if kind == "slow":
        time.sleep(0.3)
    return lines
`

// record is one run that the server acknowledged, and what was asked of it since.
type record struct {
	ID      string `json:"id"`
	Kind    string `json:"kind"`
	Lines   int    `json:"lines"`
	Stopped bool   `json:"stopped,omitempty"`
	Deleted bool   `json:"deleted,omitempty"`
}

type load struct {
	srv      *server
	rng      *rand.Rand
	function string
	builders map[string]string // kind of environment → function ref
	history  []*record
	attempts string
	log      *os.File
}

func newLoad(ctx context.Context, srv *server, rng *rand.Rand) (*load, error) {
	l := &load{srv: srv, rng: rng, attempts: filepath.Join(srv.dir, "attempts"), builders: map[string]string{}}
	var err error
	if l.log, err = os.Create(filepath.Join(srv.dir, "history.jsonl")); err != nil {
		return nil, err
	}
	if err := srv.start(ctx); err != nil {
		return nil, err
	}
	c := srv.client
	if _, err := c.Create(ctx, entity.Project, "", map[string]any{"name": project, "kind": "project"}); err != nil {
		return nil, err
	}
	l.function, err = l.newFunction(ctx, "job", nil)
	return l, err
}

func (l *load) newFunction(ctx context.Context, name string, requirements []string) (string, error) {
	spec := map[string]any{"python_version": "PYTHON3_11", "source": map[string]any{
		"handler": "main", "lang": "python", "source": "main.py",
		"base64": base64.StdEncoding.EncodeToString([]byte(jobSource))}}
	if requirements != nil {
		spec["requirements"] = requirements
	}
	e, err := l.srv.client.Create(ctx, entity.Function, project, map[string]any{
		"kind": "python", "name": name, "project": project, "spec": spec})
	if err != nil {
		return "", err
	}
	return "python://" + project + "/" + name + ":" + e.ID, nil
}

// mixed is what runs are, each as often as it stands here.
const mixed = "quick,quick,quick,slow,failing,long,stubborn,build"

// round starts some runs, stops and deletes some, kills the server at a random instant, starts it again.
func (l *load) round(ctx context.Context, n int) error {
	for range 2 + l.rng.IntN(4) {
		if err := l.startRun(ctx, n, l.srv.kinds[l.rng.IntN(len(l.srv.kinds))]); err != nil {
			return err
		}
	}
	l.trim(ctx)
	stopped := make(chan struct{})
	close(stopped)
	switch l.rng.IntN(10) {
	case 0, 1:
		pause(time.Duration(l.rng.IntN(80)) * time.Millisecond)
	case 2, 3, 4:
		l.srv.awaitStep("start", time.Second)
	case 5, 6:
		l.srv.awaitStep("logs", time.Second)
	case 7, 8:
		stopped = make(chan struct{})
		go func() {
			defer close(stopped)
			l.stopOne(ctx)
		}()
		l.srv.awaitStep("stop", time.Second)
	default:
		l.srv.awaitStep("environment", time.Second)
	}
	l.srv.kill()
	<-stopped // its answer came, or never will
	return l.srv.start(ctx)
}

func (l *load) startRun(ctx context.Context, round int, kind string) error {
	ref := l.function
	if kind == "build" {
		// A new environment every few rounds, without the network: a local package of its own name.
		name := fmt.Sprintf("dep%d", round/5)
		if l.builders[name] == "" {
			dir, err := writePackage(l.srv.dir, name)
			if err != nil {
				return err
			}
			fn, err := l.newFunction(ctx, "build-"+name, []string{dir})
			if err != nil {
				return err
			}
			l.builders[name] = fn
		}
		ref = l.builders[name]
	}
	lines := l.rng.IntN(50)
	if l.rng.IntN(4) == 0 {
		lines = 4000 // long enough to leave the store for the file store
	}
	id := fmt.Sprintf("%016x%016x", l.rng.Uint64(), l.rng.Uint64())
	_, err := l.srv.client.Create(ctx, entity.Run, project, map[string]any{
		"id": id, "kind": "python+job:run", "project": project,
		"spec": map[string]any{"function": ref, "local_execution": false,
			"parameters": map[string]any{"kind": kind, "attempts": l.attempts, "lines": lines}}})
	if err != nil {
		return fmt.Errorf("create run: %w", err)
	}
	r := &record{ID: id, Kind: kind, Lines: lines}
	l.history = append(l.history, r)
	return l.note("create", r)
}

// writePackage makes a minimal installable package, so that an environment is built without the network.
func writePackage(dir, name string) (string, error) {
	dir = filepath.Join(dir, "packages", name)
	if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
		return "", err
	}
	setup := fmt.Sprintf("from setuptools import setup\nsetup(name=%q, version='1', packages=[%q])\n", name, name)
	if err := os.WriteFile(filepath.Join(dir, "setup.py"), []byte(setup), 0o644); err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, name, "__init__.py"), nil, 0o644)
}

// trim keeps the number of runs that would go on for long small: it stops some and deletes others.
func (l *load) trim(ctx context.Context) {
	live := 0
	for i := len(l.history) - 1; i >= 0; i-- {
		r := l.history[i]
		if r.Stopped || r.Deleted || r.Kind != "long" && r.Kind != "stubborn" {
			continue
		}
		if live++; live > 2 {
			if l.rng.IntN(3) == 0 {
				l.delete(ctx, r)
			} else {
				l.stop(ctx, r)
			}
		}
	}
}

func (l *load) stopOne(ctx context.Context) {
	for _, r := range l.history {
		if !r.Stopped && !r.Deleted && (r.Kind == "long" || r.Kind == "stubborn") {
			l.stop(ctx, r)
			return
		}
	}
}

func (l *load) stop(ctx context.Context, r *record) {
	if _, err := l.srv.client.Act(ctx, project, r.ID, "stop"); err == nil {
		r.Stopped = true
		_ = l.note("stop", r)
	}
}

func (l *load) delete(ctx context.Context, r *record) {
	if err := l.srv.client.Delete(ctx, entity.Run, project, r.ID, true); err == nil {
		r.Deleted = true
		_ = l.note("delete", r)
	}
}

func (l *load) note(verb string, r *record) error {
	b, err := json.Marshal(map[string]any{"verb": verb, "run": r, "kill": l.srv.kills})
	if err != nil {
		return err
	}
	_, err = l.log.Write(append(b, '\n'))
	return err
}

// settle stops what would go on and waits until every run is final, or gone where it was deleted: only then
// may no process be left.
func (l *load) settle(ctx context.Context) error {
	for _, r := range l.history {
		if !r.Deleted && !r.Stopped && (r.Kind == "long" || r.Kind == "stubborn") {
			l.stop(ctx, r)
		}
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	for _, r := range l.history {
		if r.Deleted {
			if err := l.awaitGone(ctx, r.ID); err != nil {
				return fmt.Errorf("deleted run %s (%s) is still there: %w", r.ID, r.Kind, err)
			}
			continue
		}
		if _, err := l.srv.client.WaitFinal(ctx, project, r.ID); err != nil {
			return fmt.Errorf("run %s (%s) did not reach an end: %w", r.ID, r.Kind, err)
		}
	}
	return nil
}

// awaitGone returns once the server does not know the run any more, which it says after the last of its
// processes has ended.
func (l *load) awaitGone(ctx context.Context, id string) error {
	for {
		_, err := l.srv.client.Get(ctx, entity.Run, project, id)
		if entity.IsNotFound(err) {
			return nil
		}
		if ctx.Err() != nil {
			return errors.Join(ctx.Err(), err)
		}
		pause(50 * time.Millisecond)
	}
}

// expectedLog is what a run prints before anything else can end it.
func expectedLog(r *record) string {
	var b strings.Builder
	for i := range r.Lines {
		fmt.Fprintf(&b, "line %06d of %s\n", i, r.ID)
	}
	return b.String()
}

func readLog(ctx context.Context, c *client.Client, id string) (string, error) {
	var b strings.Builder
	err := c.StreamLog(ctx, project, id, false, func(ch client.LogChunk) error {
		if int64(b.Len()) != ch.Offset || ch.Lost != 0 {
			return fmt.Errorf("chunk at %d after %d bytes, %d lost", ch.Offset, b.Len(), ch.Lost)
		}
		b.Write(ch.Data)
		return nil
	})
	return b.String(), err
}
