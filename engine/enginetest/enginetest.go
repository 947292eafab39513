// Package enginetest is the conformance suite of engines: each sentence of the comments in package engine
// is a named case. An engine passes it whole, or is none.
//
//	func TestConformance(t *testing.T) { enginetest.Run(t, enginetest.Harness{New: …, Command: …}) }
//
// Processes are scripted: the harness names a command that executes its arguments as a small program, one
// word per step (see Child, which does so as a real process).
package enginetest

import (
	"context"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"dhub/engine"
	"dhub/entity"
)

// TB is what a case needs of a test; a mutant is tested with one that only remembers its failure.
type TB interface {
	Helper()
	Context() context.Context
	Cleanup(func())
	TempDir() string
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Harness makes engines for the suite.
type Harness struct {
	// New makes an engine without attempts and frees it with t.Cleanup.
	New func(t TB) engine.Engine
	// Restart returns what a new process over the same state would use after the old one was killed; nil
	// where the engine lives elsewhere and the same value goes on.
	Restart func(t TB, e engine.Engine) engine.Engine
	// Command executes its arguments as a program: ["fake"] or a real program that calls Child.
	Command []string
}

// Case is one sentence.
type Case struct {
	Name string // the sentence
	Func func(t TB, h Harness)
}

// Run runs the suite.
func Run(t *testing.T, h Harness) {
	for _, c := range Cases() {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			c.Func(t, h)
		})
	}
}

// Cases lists the suite, in the order of the comments.
func Cases() []Case {
	var all []Case
	for _, part := range [][]Case{startCases, admitCases, observeCases, logCases, sampleCases, stopCases, removeCases, runnableCases, assetCases} {
		all = append(all, part...)
	}
	return all
}

// within bounds what should come at once and does so even on a busy machine.
const within = 20 * time.Second

var counter atomic.Int64

// bench is an engine under test.
type bench struct {
	TB
	h Harness
	e engine.Engine
}

func setup(t TB, h Harness) *bench {
	t.Helper()
	return &bench{TB: t, h: h, e: h.New(t)}
}

// context returns a context that ends the test before the machinery around it does.
func (b *bench) within() context.Context {
	ctx, cancel := context.WithTimeout(b.Context(), within)
	b.Cleanup(cancel)
	return ctx
}

// id makes an identity that no other case has.
func (b *bench) id() engine.ID {
	return engine.ID{Run: "run", UID: fmt.Sprintf("u%d", counter.Add(1)), Attempt: 1}
}

// program makes a process that executes the lines.
func (b *bench) program(lines ...string) engine.Process {
	return engine.Process{Command: b.h.Command, Args: lines}
}

// job makes a runnable that executes the lines.
func (b *bench) job(lines ...string) engine.Runnable {
	return engine.Runnable{ID: b.id(), Project: "project", User: "user", Kind: engine.Job, Main: b.program(lines...)}
}

func (b *bench) start(r engine.Runnable) engine.Handle {
	b.Helper()
	h, err := b.e.Start(b.within(), r, nil)
	if err != nil {
		b.Fatalf("start: %v", err)
	}
	return h
}

// end observes to the final status.
func (b *bench) end(h engine.Handle) engine.Status {
	b.Helper()
	var last engine.Status
	if err := b.e.Observe(b.within(), h, func(s engine.Status) error { last = s; return nil }); err != nil {
		b.Fatalf("observe until the end: %v (last phase %q)", err, last.Phase)
	}
	if !last.Phase.Final() {
		b.Fatalf("observe returned nil after phase %q, want a final one", last.Phase)
	}
	return last
}

// run starts and observes to the end.
func (b *bench) run(r engine.Runnable) (engine.Handle, engine.Status) {
	b.Helper()
	h := b.start(r)
	return h, b.end(h)
}

var errEnough = fmt.Errorf("the test has seen enough")

// until observes until a status pleases.
func (b *bench) until(h engine.Handle, what string, ok func(engine.Status) bool) engine.Status {
	b.Helper()
	var last engine.Status
	err := b.e.Observe(b.within(), h, func(s engine.Status) error {
		last = s
		if ok(s) {
			return errEnough
		}
		return nil
	})
	if err != errEnough {
		b.Fatalf("observe until %s: %v, last status %+v", what, err, last)
	}
	return last
}

func running(s engine.Status) bool { return s.Phase == engine.Running }

// log reads the whole log to its end.
func (b *bench) log(h engine.Handle, after engine.Cursor) string {
	b.Helper()
	var all []byte
	if err := b.e.Logs(b.within(), h, after, func(c engine.Chunk) error { all = append(all, c.Data...); return nil }); err != nil {
		b.Fatalf("logs: %v, after %q", err, all)
	}
	return string(all)
}

func (b *bench) list() []engine.Handle {
	b.Helper()
	var all []engine.Handle
	if err := b.e.List(b.within(), func(h engine.Handle) error { all = append(all, h); return nil }); err != nil {
		b.Fatalf("list: %v", err)
	}
	return all
}

func (b *bench) wantCode(what string, err error, codes ...entity.Code) {
	b.Helper()
	for _, c := range codes {
		if entity.CodeOf(err) == c {
			return
		}
	}
	b.Errorf("%s: got error %v with code %q, want one of %q", what, err, entity.CodeOf(err), codes)
}

// ledger is an asset in which executions are counted, outside of any attempt.
type ledger struct{ asset engine.Asset }

func (b *bench) ledger() ledger {
	return ledger{engine.Asset{Key: fmt.Sprintf("ledger-%d", counter.Add(1))}}
}

func (l ledger) file(name string) string { return "{asset:" + l.asset.Key + "}/" + name }

// counted makes a job that leaves a stroke in the ledger before it executes the lines.
func (b *bench) counted(l ledger, lines ...string) engine.Runnable {
	r := b.job(append([]string{"append " + l.file("strokes") + " x"}, lines...)...)
	r.Assets = []engine.Asset{l.asset}
	return r
}

// wantStrokes reads the ledger through an attempt of its own.
func (b *bench) wantStrokes(l ledger, want string) {
	b.Helper()
	r := b.job("cat " + l.file("strokes"))
	r.Assets = []engine.Asset{l.asset}
	h, _ := b.run(r)
	if got := b.log(h, ""); got != want+"\n" {
		b.Errorf("got executions %q, want %q", got, want+"\n")
	}
}

// roundTrip passes a value through JSON, as the store does.
func roundTrip[T any](b *bench, v T) T {
	b.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		b.Fatalf("marshal %T: %v", v, err)
	}
	var out T
	if err := json.Unmarshal(data, &out); err != nil {
		b.Fatalf("unmarshal %T: %v", v, err)
	}
	return out
}
