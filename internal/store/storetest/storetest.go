// Package storetest holds the suite that every store.Store passes.
package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// Clock is a time that tests move; it is safe for concurrent use.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that stands at a fixed moment.
func NewClock() *Clock { return &Clock{now: time.Date(2026, 11, 22, 10, 0, 0, 123456000, time.UTC)} }

// Now returns the clock's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Add moves the clock.
func (c *Clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Open makes an empty store that uses the clock and counts so far (0: as far as it does by itself). The
// test's cleanup closes it.
type Open func(t *testing.T, clock *Clock, countLimit int) store.Store

// Run runs the whole suite.
func Run(t *testing.T, open Open) {
	for _, part := range []struct {
		name string
		f    func(*testing.T, *bundle)
	}{
		{"entities", testEntities}, {"versions", testVersions}, {"unique", testUnique}, {"entity lists", testEntityLists},
		{"labels", testLabels}, {"graph", testGraph}, {"json", testJSON},
		{"runs", testRuns}, {"run lists", func(t *testing.T, b *bundle) { testRunLists(t, b, 300) }}, {"run lists against a model", testRunModel}, {"run paging", testRunPaging}, {"run queues", testRunQueues}, {"run deletion", testRunDeletion}, {"run text", testRunText}, {"runs far back", testRunsFarBack}, {"run snapshots", testSnapshot}, {"refused runs", testSwallowedDuplicate},
		{"run cursors", testCursors}, {"run histograms", testHistogram}, {"last runs", testLastRuns}, {"runs of projects", testProjectRuns}, {"counts", testCounts}, {"use of labels", testLabelUse}, {"find", testFind}, {"around", testAround}, {"saved", testSaved}, {"upcoming", testUpcoming},
		{"attempts", testAttempts}, {"samples", testSamples}, {"logs", testLogs}, {"side tables", testSide}, {"settings", testSettings}, {"each value", testEachValue}, {"schedules", testSchedules}, {"leases", testLeases},
		{"changes", testChanges}, {"trimming", testTrimming}, {"groups", testGroups}, {"concurrency", testConcurrency}, {"isolation", testIsolation}, {"stamp", testStamp}, {"closing", testClosing},
	} {
		t.Run(part.name, func(t *testing.T) {
			t.Parallel()
			clock := NewClock()
			part.f(t, &bundle{t: t, clock: clock, Store: open(t, clock, 0), ctx: t.Context()})
		})
	}
	// With so low a limit some thousand runs take all the ways that lists of a million take.
	t.Run("run lists beyond the limit", func(t *testing.T) {
		t.Parallel()
		clock := NewClock()
		testRunLists(t, &bundle{t: t, clock: clock, Store: open(t, clock, 300), ctx: t.Context(), floors: true}, 2300)
	})
	t.Run("run lists by several fields", func(t *testing.T) {
		t.Parallel()
		clock := NewClock()
		testRunOrders(t, &bundle{t: t, clock: clock, Store: open(t, clock, 10), ctx: t.Context(), floors: true})
	})
	t.Run("run histograms of many blocks", func(t *testing.T) {
		t.Parallel()
		clock := NewClock()
		testHistogram(t, &bundle{t: t, clock: clock, Store: open(t, clock, 300), ctx: t.Context(), floors: true})
	})
}

// bundle is a store under test and the verbs tests use.
type bundle struct {
	store.Store
	t     *testing.T
	clock *Clock
	ctx   context.Context
	n     int

	floors bool // totals may be floors
}

func (b *bundle) write(f func(store.Tx) error) {
	b.t.Helper()
	if err := b.Write(b.ctx, f); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bundle) read(f func(store.Tx) error) {
	b.t.Helper()
	if err := b.Read(b.ctx, f); err != nil {
		b.t.Fatal(err)
	}
}

// record makes a record; the clock moves by a millisecond.
func (b *bundle) record(typ, project, name string) store.Record {
	b.n++
	b.clock.Add(time.Millisecond)
	now := b.clock.Now()
	return store.Record{Doc: entity.Doc{
		Entity: typ, ID: fmt.Sprintf("%032x", b.n), Name: name, Kind: "python", Project: project, User: "alice", UpdatedBy: "alice",
		Metadata: []byte(`{"description":"` + name + `"}`), Spec: []byte(`{"a":1.0}`), Status: []byte(`{"state":"CREATED"}`), Created: now, Updated: now,
	}, State: "CREATED"}
}

func (b *bundle) create(r store.Record) store.Record {
	b.t.Helper()
	b.write(func(t store.Tx) (err error) {
		r, err = t.Entities().Create(b.ctx, r)
		return err
	})
	return r
}

func (b *bundle) list(q store.Query) store.Page[store.Record] {
	b.t.Helper()
	var p store.Page[store.Record]
	if q.Size == 0 {
		q.Size = 25
	}
	b.read(func(t store.Tx) (err error) {
		p, err = t.Entities().List(b.ctx, q)
		return err
	})
	return p
}

// run makes a run; the clock moves by a millisecond.
func (b *bundle) run(project, function string, state entity.State) store.Run {
	b.n++
	b.clock.Add(time.Millisecond)
	now := b.clock.Now()
	return store.Run{
		Doc: entity.Doc{
			Entity: entity.Run, ID: fmt.Sprintf("%032x", b.n*7919), Name: fmt.Sprintf("happy-lynx-%d", b.n), Kind: "python+job:run", Project: project, User: "alice", UpdatedBy: "alice",
			Metadata: []byte(`{"labels":["etl"]}`), Spec: []byte(`{"parameters":{"alpha":1.0}}`), Status: []byte(`{"results":{}}`), Created: now, Updated: now,
		},
		UID: fmt.Sprintf("u%031x", b.n), Function: function, Task: "python+job://" + project + "/t" + function[len(function)-1:],
		FunctionSpec: []byte(`{"source":{"base64":"cGFzcw=="}}`), TaskSpec: []byte(`{}`),
		State: state, Desired: store.WantRun, Engine: "local", Control: []byte(`{"transitions":[]}`),
	}
}

func (b *bundle) createRun(r store.Run) store.Run {
	b.t.Helper()
	b.write(func(t store.Tx) (err error) {
		r, err = t.Runs().Create(b.ctx, r)
		return err
	})
	return r
}

func (b *bundle) runs(q store.Query) store.Page[store.Run] {
	b.t.Helper()
	var p store.Page[store.Run]
	if q.Size == 0 {
		q.Size = 25
	}
	b.read(func(t store.Tx) (err error) {
		p, err = t.Runs().List(b.ctx, q, false)
		return err
	})
	return p
}

func (b *bundle) wantCode(err error, code entity.Code) {
	b.t.Helper()
	if got := entity.CodeOf(err); got != code {
		b.t.Fatalf("got code %q (%v), want %q", got, err, code)
	}
}
