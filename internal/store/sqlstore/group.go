package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"dhub/entity"
	"dhub/internal/store"
)

// maxGroup is the largest number of callers in one commit.
const maxGroup = 256

// request is one caller of Write.
type request struct {
	ctx   context.Context
	f     func(store.Tx) error
	err   error
	panic any
	taken bool
	// wake receives false when the request is done and true when its caller is to lead.
	wake chan bool
}

// queue lets one caller at a time lead: it runs the functions of all who wait, its own among them, in one
// commit, then hands the lead to one who came meanwhile. No goroutine of its own is needed.
type queue struct {
	mu      sync.Mutex
	waiting []*request
	led     bool
	closed  bool
	idle    sync.Cond
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	if q.idle.L == nil {
		q.idle.L = &q.mu
	}
	for q.led || len(q.waiting) > 0 {
		q.idle.Wait()
	}
}

// Write implements store.Store.
func (s *Store) Write(ctx context.Context, f func(store.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r := &request{ctx: ctx, f: f, wake: make(chan bool, 1)}
	q := &s.queue
	q.mu.Lock()
	if q.closed {
		q.mu.Unlock()
		return errClosed()
	}
	q.waiting = append(q.waiting, r)
	lead := !q.led
	q.led = true
	q.mu.Unlock()
	if !lead {
		select {
		case lead = <-r.wake:
		case <-ctx.Done():
			if s.abandon(r) {
				return ctx.Err()
			}
			lead = <-r.wake
		}
	}
	if lead {
		s.lead()
	}
	if r.panic != nil {
		panic(r.panic)
	}
	return r.err
}

// abandon takes r out of the queue unless a leader has it, or it is to lead.
func (s *Store) abandon(r *request) bool {
	q := &s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	if r.taken {
		return false
	}
	for i, other := range q.waiting {
		if other == r {
			q.waiting = append(q.waiting[:i], q.waiting[i+1:]...)
			break
		}
	}
	return true
}

// lead runs one group and hands over.
func (s *Store) lead() {
	runtime.Gosched() // whoever is about to ask comes into this group
	q := &s.queue
	q.mu.Lock()
	n := min(len(q.waiting), maxGroup)
	group := make([]*request, n)
	copy(group, q.waiting)
	q.waiting = append(q.waiting[:0], q.waiting[n:]...)
	for _, r := range group {
		r.taken = true
	}
	q.mu.Unlock()

	s.commitGroup(group)

	q.mu.Lock()
	var next *request
	if len(q.waiting) > 0 {
		next = q.waiting[0]
		next.taken = true // its caller must not leave now
	} else {
		q.led = false
		if q.idle.L != nil {
			q.idle.Broadcast()
		}
	}
	q.mu.Unlock()
	for _, r := range group {
		select {
		case r.wake <- false:
		default:
		}
	}
	if next != nil {
		next.wake <- true
	}
}

// errStale says that a number remembered from an earlier commit is gone; the group runs again without memory.
var errStale = errors.New("remembered number is gone")

// commitGroup runs the functions of a group and commits; afterwards each request has its error.
func (s *Store) commitGroup(group []*request) {
	var err error
	apart := false
	for try := 0; try < 3; try++ {
		for _, r := range group {
			r.err, r.panic = nil, nil
		}
		var again bool
		again, err = s.tryGroup(group, apart)
		if errors.Is(err, errSpoiled) {
			apart = true
			try--
			continue
		}
		if !again {
			break
		}
	}
	if err != nil {
		for _, r := range group {
			if r.err == nil {
				r.err = err
			}
		}
	}
}

// errSpoiled says that a function failed after it had written; the group runs again, each function apart.
var errSpoiled = errors.New("a function of the group failed")

// tryGroup runs the group in one transaction. Savepoints, which cost each function two statements, set them
// apart only when one of them has to be undone.
func (s *Store) tryGroup(group []*request, apart bool) (again bool, err error) {
	fresh := s.writer == nil
	if fresh {
		if s.writer, err = openConn(s.db, s.d, true); err != nil {
			return false, err
		}
	}
	c := s.writer
	defer func() {
		if err == nil {
			return
		}
		_, _ = c.exec("ROLLBACK") // an error here says no more than the first one
		s.names.forget()
		s.mirror.forget()
		if c.lost {
			c.close()
			s.writer = nil
		}
	}()
	if _, err := c.exec(s.d.BeginWrite); err != nil {
		return !fresh && c.lost, err
	}
	w := &batch{s: s, c: c, names: map[string]int64{}, facets: map[dims]facetRef{}, parts: map[partHash]int64{}}
	if err := w.begin(); err != nil {
		return !fresh && c.lost, err
	}
	done := 0
	for _, r := range group {
		if r.err = r.ctx.Err(); r.err != nil {
			continue
		}
		if err := s.runOne(w, r, apart, len(group) == 1); err != nil {
			return errors.Is(err, errStale), err
		}
		if r.err == nil {
			done++
		}
	}
	if done == 0 {
		if _, err := c.exec("ROLLBACK"); err != nil {
			return false, err
		}
		return false, nil
	}
	if err := w.finish(); err != nil {
		return errors.Is(err, errStale), err
	}
	if _, err := c.exec("COMMIT"); err != nil {
		return false, err
	}
	w.keep()
	if w.head.seq != w.started.seq {
		s.WakeAll()
	}
	return false, nil
}

// runOne runs one request, under a savepoint when apart; the error it returns is the group's.
func (s *Store) runOne(w *batch, r *request, apart, alone bool) error {
	c := w.c
	if apart {
		if _, err := c.exec("SAVEPOINT one"); err != nil {
			return err
		}
	}
	mark, execs, failures := w.mark(), c.execs, c.failures
	r.err = r.call(&tx{s: s, c: c, w: w})
	if c.lost || errors.Is(r.err, errStale) {
		return r.err
	}
	if !apart {
		if !alone && (c.failures != failures || r.err != nil && c.execs != execs) {
			return errSpoiled
		}
		if r.err != nil {
			w.undo(mark)
		}
		return nil
	}
	if r.err == nil {
		if _, err := c.exec("RELEASE SAVEPOINT one"); err != nil {
			if c.lost {
				return err
			}
			r.err = err // the function swallowed an error of the database
		}
	}
	if r.err != nil {
		w.undo(mark)
		if _, err := c.exec("ROLLBACK TO SAVEPOINT one"); err != nil {
			return err
		}
		_, err := c.exec("RELEASE SAVEPOINT one")
		return err
	}
	return nil
}

func (r *request) call(t *tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			r.panic, err = p, fmt.Errorf("panic in a write: %v", p)
		}
		t.over = true
	}()
	return r.f(t)
}

// head is the row of counters of the database.
type head struct{ seq, entity, run, name, facet, part, trimmed int64 }

// batch is a write transaction: what its functions have written and what is still to be written at its end.
type batch struct {
	s             *Store
	c             *conn
	head, started head

	// What this transaction added to the store's memory; order has the additions for undo.
	names  map[string]int64
	facets map[dims]facetRef
	parts  map[partHash]int64
	added  []any
	exists map[[2]string]bool // what Exists found
	told   []store.Change     // written to the feed

	pending
}

func (w *batch) begin() error {
	h := &w.head
	found, err := w.c.row("SELECT seq, entity, run, name, facet, part, trimmed FROM head WHERE one = 1"+w.s.d.ForUpdate, nil,
		&h.seq, &h.entity, &h.run, &h.name, &h.facet, &h.part, &h.trimmed)
	if err == nil && !found {
		err = entity.Errorf(entity.CodeUnavailable, "the database at %s is damaged: its table head is empty; restore a backup", w.s.d.Place)
	}
	w.started = w.head
	return err
}

// finish writes what was put off, trims, and stores the counters.
func (w *batch) finish() error {
	if err := w.flush(); err != nil {
		return err
	}
	if err := w.trim(); err != nil {
		return err
	}
	if w.head != w.started {
		h := w.head
		if _, err := w.c.exec("UPDATE head SET seq = $1, entity = $2, run = $3, name = $4, facet = $5, part = $6, trimmed = $7 WHERE one = 1",
			h.seq, h.entity, h.run, h.name, h.facet, h.part, h.trimmed); err != nil {
			return err
		}
	}
	if w.s.d.Notify != "" && w.head.seq != w.started.seq {
		if _, err := w.c.exec(w.s.d.Notify); err != nil {
			return err
		}
	}
	return nil
}

// mark remembers a point of the transaction for undo. Before a savepoint nothing may be half pending that
// undo could not take back, so flush inside a function keeps its own mark valid by leaving lengths at 0.
type mark struct {
	head    head
	told    int
	added   int
	pending pending
	flushes int
}

func (w *batch) mark() mark {
	return mark{head: w.head, told: len(w.told), added: len(w.added), pending: w.pending, flushes: w.flushes}
}

func (w *batch) undo(m mark) {
	w.head, w.told = m.head, w.told[:m.told]
	for _, a := range w.added[m.added:] {
		switch a := a.(type) {
		case string:
			delete(w.names, a)
		case dims:
			delete(w.facets, a)
		case partHash:
			delete(w.parts, a)
		}
	}
	w.added = w.added[:m.added]
	w.exists = nil // it may hold what was created
	w.pending = m.pending
}

// keep hands what the transaction learned to the store's memory, after the commit.
func (w *batch) keep() {
	w.s.names.learn(w)
	if w.s.d.Notify == "" { // no other process writes
		w.s.tail.add(w.told)
	}
}
