package sqlstore

import (
	"context"
	"fmt"
	"runtime"
	"sync"

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

func (r *request) call(t *tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			r.panic, err = p, fmt.Errorf("panic in a write: %v", p)
		}
		t.over = true
	}()
	return r.f(t)
}
