package run

import (
	"context"
	"sync"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// waiters are those who wait for a change of a run. One goroutine reads the change feed for all of them,
// and only while there are any.
type waiters struct {
	mu   sync.Mutex
	byID map[string]map[*waiter]bool
	seq  int64 // last change looked at; meaningful while there are waiters
	kick chan struct{}
}

type waiter struct {
	id string
	c  chan struct{}
}

func (w *waiters) init() {
	w.byID, w.kick = map[string]map[*waiter]bool{}, make(chan struct{}, 1)
}

// add registers a waiter; what happens to the run afterwards reaches its channel.
func (w *waiters) add(id string) *waiter {
	x := &waiter{id: id, c: make(chan struct{}, 1)}
	w.mu.Lock()
	if len(w.byID) == 0 {
		w.seq = -1 // start anew at the head
	}
	if w.byID[id] == nil {
		w.byID[id] = map[*waiter]bool{}
	}
	w.byID[id][x] = true
	w.mu.Unlock()
	kick(w.kick)
	return x
}

func (w *waiters) remove(x *waiter) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.byID[x.id], x)
	if len(w.byID[x.id]) == 0 {
		delete(w.byID, x.id)
	}
}

// tell wakes the waiters of a run; "" means all.
func (w *waiters) tell(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for key, set := range w.byID {
		if id != "" && key != id {
			continue
		}
		for x := range set {
			kick(x.c)
		}
	}
}

// follow reads the change feed for the waiters until ctx ends.
func (m *Manager) follow(ctx context.Context) {
	wake, release := m.cfg.Store.Wake()
	defer release()
	w := &m.waiters
	for {
		select {
		case <-ctx.Done():
			return
		case <-wake:
		case <-w.kick:
		}
		if err := w.read(ctx, m.cfg.Store); err != nil && ctx.Err() == nil {
			m.log.ErrorContext(ctx, "reading the change feed for waiting clients", "error", err)
			w.tell("") // they look for themselves
			pause(ctx, 100*time.Millisecond)
			kick(w.kick)
		}
	}
}

func (w *waiters) read(ctx context.Context, s store.Store) error {
	for {
		w.mu.Lock()
		idle, seq := len(w.byID) == 0, w.seq
		w.mu.Unlock()
		if idle {
			return nil
		}
		if seq < 0 {
			head, err := s.Head(ctx)
			if err != nil {
				return err
			}
			w.mu.Lock()
			w.seq = head
			w.mu.Unlock()
			w.tell("") // what happened before the head was known, they may have missed
			return nil
		}
		list, err := s.Changes(ctx, seq, 500)
		if entity.IsNotFound(err) {
			w.mu.Lock()
			w.seq = -1
			w.mu.Unlock()
			continue
		}
		if err != nil || len(list) == 0 {
			return err
		}
		w.mu.Lock()
		if w.seq == seq {
			w.seq = list[len(list)-1].Seq
		}
		for _, c := range list {
			if c.Entity == entity.Run {
				for x := range w.byID[c.ID] {
					kick(x.c)
				}
			}
		}
		w.mu.Unlock()
	}
}

// stopping is closed when the manager detaches.
func (m *Manager) stopping() <-chan struct{} {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ctx == nil {
		return nil
	}
	return m.ctx.Done()
}

// Wait answers when the run's state differs from what it was, when it is final, or after d. A client that
// gives the Seq of what it saw is answered at once if the run has changed since; without one (0) the state
// at the call counts.
func (m *Manager) Wait(ctx context.Context, project, id string, afterSeq int64, d time.Duration) (entity.Doc, error) {
	w := m.waiters.add(id)
	defer m.waiters.remove(w)
	r, err := m.load(ctx, project, id)
	if err != nil {
		return entity.Doc{}, err
	}
	if d <= 0 || afterSeq > 0 && r.Seq > afterSeq {
		return m.one(ctx, r)
	}
	first := r.State
	timer := time.NewTimer(d)
	defer timer.Stop()
	for over := false; !over && r.State == first && !entity.FinalRun(r.State, false); {
		select {
		case <-ctx.Done():
			return entity.Doc{}, context.Cause(ctx)
		case <-timer.C:
			over = true
		case <-m.stopping():
			over = true
		case <-w.c:
		}
		if r, err = m.load(ctx, project, id); err != nil {
			return entity.Doc{}, err
		}
	}
	return m.one(ctx, r)
}
