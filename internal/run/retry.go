package run

import (
	"context"
	"time"

	"dhub/engine"
	"dhub/entity"
	"dhub/internal/store"
)

// hopeless are the failures that another attempt cannot mend, or that count for the run as a whole.
var hopeless = map[string]bool{
	entity.ReasonTimeout: true, entity.ReasonUnsupported: true, entity.ReasonInvalidSpec: true, entity.ReasonInterpreter: true,
	entity.ReasonSource: true, entity.ReasonSecret: true, entity.ReasonArguments: true, entity.ReasonHandler: true, entity.ReasonMissingModule: true,
	entity.ReasonInternal: true,
}

// mayRetry tells whether the retry policy asks for another attempt (D11a). Without a policy an attempt is
// made at most once, whatever became of it (D11).
func (m *Manager) mayRetry(r *store.Run, c *control, s engine.Status, reason entity.Reason) bool {
	return (s.Phase == engine.Failed || s.Phase == engine.Lost || reason.Code == entity.ReasonClientError) &&
		r.Desired == store.WantRun && r.Attempt <= c.Backoff && !hopeless[reason.Code]
}

// longestWait is the longest pause before another attempt.
const longestWait = time.Minute

// retry puts the run back into the queue after a pause that doubles from one second to a minute.
func (m *Manager) retry(r *store.Run, c *control, reason entity.Reason, now time.Time) {
	wait := time.Second << min(r.Attempt-1, 6)
	wait = min(wait, longestWait)
	r.Wake = now.Add(wait)
	c.enter(r, entity.StateReady, reason.Message, now)
	c.because(entity.ReasonRetryWait, "Attempt %d of %d failed (%s); the next one starts at %s.", r.Attempt, c.Backoff+1, reason.Message, entity.FormatTime(r.Wake))
	c.Claim = nil
}

// farFuture is later than any wish to be woken.
var farFuture = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// serveDue looks at runs that wished to be looked at: retries and clients that went silent.
func (m *Manager) serveDue(ctx context.Context) {
	for ctx.Err() == nil {
		next, err := m.due(ctx)
		if err != nil && ctx.Err() == nil {
			m.log.ErrorContext(ctx, "looking at runs that are due", "error", err)
			next = m.now().Add(time.Second)
		}
		m.mu.Lock()
		m.nextDue = next
		m.mu.Unlock()
		var timer <-chan time.Time
		var t *time.Timer
		if !next.IsZero() {
			t = time.NewTimer(max(next.Sub(m.cfg.Now()), time.Millisecond))
			timer = t.C
		}
		select {
		case <-ctx.Done():
		case <-m.dueKick:
		case <-timer:
		}
		if t != nil {
			t.Stop()
		}
	}
}

// due handles what is due and returns when the next run wishes to be looked at.
func (m *Manager) due(ctx context.Context) (time.Time, error) {
	for {
		var list []store.Run
		if err := m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
			list, err = tx.Runs().Due(ctx, m.now(), 100)
			return err
		}); err != nil {
			return time.Time{}, err
		}
		if len(list) == 0 {
			break
		}
		for _, r := range list {
			if err := m.lookAt(ctx, r); err != nil && err != errStale {
				return time.Time{}, err
			}
		}
		kick(m.queueKick)
	}
	var next []store.Run
	err := m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
		next, err = tx.Runs().Due(ctx, farFuture, 100)
		return err
	})
	if err != nil || len(next) == 0 {
		return time.Time{}, err
	}
	for _, r := range next {
		if !m.clockWasSetBack(r) {
			continue
		}
		m.log.WarnContext(ctx, "the clock was set back; a run is not left waiting for it", "run", r.ID, "until", r.Wake)
		if err := m.lookAt(ctx, r); err != nil && err != errStale {
			return time.Time{}, err
		}
		kick(m.queueKick)
	}
	return next[0].Wake, nil
}

// clockWasSetBack tells whether a run waits for an instant that no pause before an attempt reaches.
func (m *Manager) clockWasSetBack(r store.Run) bool {
	return !r.Local && r.Wake.Sub(m.now()) > longestWait
}

func (m *Manager) lookAt(ctx context.Context, was store.Run) error {
	if was.Local {
		return m.checkClient(ctx, was)
	}
	return m.write(ctx, func(tx store.Tx) error {
		_, err := m.update(ctx, tx, was, func(r *store.Run, c *control) error {
			if r.Wake.IsZero() || r.Wake.After(m.now()) && !m.clockWasSetBack(*r) {
				return errStale
			}
			r.Wake = time.Time{}
			if r.State == entity.StateReady {
				c.because(entity.ReasonQueued, "")
				c.Message = ""
			}
			return nil
		})
		return err
	})
}
