package run

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"dhub/engine"
	"dhub/entity"
	"dhub/internal/store"
)

// live is a run on which a goroutine of this process works.
type live struct {
	uid    string
	engine string
	cancel context.CancelFunc
	done   chan struct{}
	poke   chan struct{} // something else is wanted of the run
	ending atomic.Bool   // the engine is being asked to stop it

	held      *engine.ID // an attempt that the engine was not told to free yet; of the goroutine that works
	unsampled int        // how often the samples of the attempt that ends could not be read; of that goroutine
}

// serveQueue starts queued runs, oldest first, while there is room.
func (m *Manager) serveQueue(ctx context.Context) {
	wake, release := m.cfg.Store.Wake()
	defer release()
	for ctx.Err() == nil {
		if err := m.fill(ctx); err != nil && ctx.Err() == nil {
			m.log.ErrorContext(ctx, "reading the queue of runs", "error", err)
			pause(ctx, time.Second)
			continue
		}
		select {
		case <-ctx.Done():
		case <-wake:
		case <-m.queueKick:
		}
	}
}

// fill starts as many queued runs as there is room for.
func (m *Manager) fill(ctx context.Context) error {
	for name, limit := range m.limits {
		m.mu.Lock()
		free := limit - m.running[name]
		m.mu.Unlock()
		if free <= 0 {
			continue
		}
		var queued []store.Run
		if err := m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
			// Some of those at the head may be in work and not claimed yet: ask for as many more.
			queued, err = tx.Runs().Queued(ctx, name, limit)
			return err
		}); err != nil {
			return err
		}
		for _, r := range queued {
			if free == 0 {
				break
			}
			if r.Wake.IsZero() && m.begin(ctx, r.UID, name) {
				free--
			}
		}
	}
	return nil
}

// begin starts work on a run unless this process works on it already.
func (m *Manager) begin(ctx context.Context, uid, engineName string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.live[uid] != nil || ctx.Err() != nil {
		return false
	}
	ctx, cancel := context.WithCancel(ctx)
	l := &live{uid: uid, engine: engineName, cancel: cancel, done: make(chan struct{}), poke: make(chan struct{}, 1)}
	m.live[uid] = l
	m.running[engineName]++
	m.wg.Go(func() {
		defer close(l.done)
		defer cancel()
		m.pursue(ctx, l)
		m.mu.Lock()
		delete(m.live, uid)
		m.running[engineName]--
		m.mu.Unlock()
		kick(m.queueKick)
	})
	return true
}

// poke tells whoever works on a run that something else is wanted of it; without such a one work begins.
func (m *Manager) poke(r store.Run) {
	m.mu.Lock()
	l, ctx := m.live[r.UID], m.ctx
	driving := m.started && m.fence > 0
	m.mu.Unlock()
	switch {
	case l != nil:
		kick(l.poke)
	case driving && r.Engine != "" && !r.Local:
		m.begin(ctx, r.UID, r.Engine)
	}
}

const (
	firstDelay = 100 * time.Millisecond
	lastDelay  = 30 * time.Second
)

// pursue takes step after step on a run until nothing is left to do. Trouble is waited out.
func (m *Manager) pursue(ctx context.Context, l *live) {
	delay := firstDelay
	for ctx.Err() == nil {
		done, err := m.step(ctx, l)
		switch {
		case ctx.Err() != nil:
			return
		case errors.Is(err, errStale):
			continue // someone else changed the run meanwhile: look again
		case err != nil:
			m.log.WarnContext(ctx, "a step of a run did not succeed and is repeated", "uid", l.uid, "error", err, "delay", delay)
			t := time.NewTimer(delay)
			select {
			case <-ctx.Done():
			case <-l.poke:
			case <-t.C:
			}
			t.Stop()
			delay = min(2*delay, lastDelay)
		case done:
			return
		default:
			delay = firstDelay
		}
	}
}

// errStale says that what a step was decided on has changed.
var errStale = errors.New("the run has changed meanwhile")

// step does the next thing that the stored state of a run asks for. It may be repeated after a crash at
// any instruction.
func (m *Manager) step(ctx context.Context, l *live) (done bool, err error) {
	var r store.Run
	var a store.Attempt
	err = m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
		if r, err = tx.Runs().GetByUID(ctx, l.uid); err != nil || r.Attempt == 0 {
			return err
		}
		a, err = tx.Attempts().Get(ctx, r.UID, r.Attempt)
		return err
	})
	if entity.IsNotFound(err) {
		return true, m.letGo(ctx, l)
	}
	if err != nil {
		return false, err
	}
	switch {
	case r.Local:
		return true, nil
	case r.Attempt > 0 && !a.Cleared:
		return m.stepAttempt(ctx, l, r, a)
	case r.Desired == store.WantDelete:
		return true, m.drop(ctx, r)
	case r.State == entity.StateReady && r.Desired == store.WantRun && r.Wake.IsZero():
		m.trace(true, StepStart, r.UID)
		defer m.trace(false, StepStart, r.UID)
		return false, m.claim(ctx, r)
	}
	return true, nil
}

// letGo frees what the engine holds of a run whose row was removed meanwhile.
func (m *Manager) letGo(ctx context.Context, l *live) error {
	e, ok := m.cfg.Engines.Get(l.engine)
	if !ok || l.held == nil {
		return nil
	}
	m.tails.forget(l.held.UID, l.held.Attempt)
	return e.Remove(ctx, *l.held)
}

// stepAttempt does the next thing for the current attempt.
func (m *Manager) stepAttempt(ctx context.Context, l *live, r store.Run, a store.Attempt) (done bool, err error) {
	e, ok := m.cfg.Engines.Get(a.Engine)
	if !ok {
		return true, nil
	}
	if host := e.Describe().Host; a.Host != "" && a.Host != host {
		switch {
		case !m.cfg.Sole:
			return true, nil // another host's: only that one may act on it
		case a.Finished.IsZero():
			return false, m.end(ctx, r, a, lost(entity.ReasonHostLost, "The attempt was executed on the host %s; the database was given to %s since.", a.Host, host))
		}
	}
	id := attemptID(a)
	l.held = &id
	switch {
	case !a.Finished.IsZero():
		l.unsampled = 0
		m.trace(true, StepLogs, r.UID)
		defer m.trace(false, StepLogs, r.UID)
		return false, m.clear(ctx, e, r, a)
	case len(a.Handle) == 0:
		m.trace(true, StepStart, r.UID)
		defer m.trace(false, StepStart, r.UID)
		return false, m.start(ctx, e, r, a)
	}
	return false, m.observe(ctx, l, e, r, a)
}
