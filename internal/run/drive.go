package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"dhub/engine"
	"dhub/entity"
	"dhub/internal/store"
)

// claim takes a queued run: it plans the next attempt and stores the intent to execute it.
func (m *Manager) claim(ctx context.Context, r store.Run) error {
	number := r.Attempt + 1
	w, err := m.prepare(ctx, r, number)
	if end, ok := errors.AsType[*ended](err); ok {
		return m.endUnstarted(ctx, r, end.reason)
	}
	if err != nil {
		return fmt.Errorf("prepare attempt %d of run %s: %w", number, r.ID, err)
	}
	sealed, err := m.seal(w.id, w.values)
	if err != nil {
		return err
	}
	runnable, err := json.Marshal(w.runnable)
	if err != nil {
		return fmt.Errorf("encode the runnable of run %s: %w", r.ID, err)
	}
	now := m.now()
	a := store.Attempt{RunUID: r.UID, RunID: r.ID, Number: number, Engine: r.Engine, Host: w.engine.Describe().Host,
		Runnable: runnable, Sealed: sealed, TokenHash: hashToken(w.token), Started: now, Phase: string(engine.Accepted)}
	return m.write(ctx, func(tx store.Tx) error {
		_, err := m.update(ctx, tx, r, func(r *store.Run, c *control) error {
			if r.State != entity.StateReady || r.Desired != store.WantRun || r.Attempt != number-1 || !r.Wake.IsZero() {
				return errStale
			}
			r.Attempt = number
			c.enter(r, entity.StatePending, "", now)
			c.because(entity.ReasonStarting, "")
			c.Message = ""
			c.Limits = limitsOf(w.engine.Describe())
			c.remark(mergeNotices(w.notices))
			return nil
		})
		if err != nil {
			return err
		}
		return tx.Attempts().Create(ctx, a)
	})
}

// limitsOf names how an engine enforces what it enforces: it declares "memory_limit.cgroup2" beside
// "memory_limit".
func limitsOf(d engine.Descriptor) map[string]string {
	limits := map[string]string{}
	for capability, has := range d.Capabilities {
		if what, how, ok := strings.Cut(capability, "."); ok && has {
			limits[what] = how
		}
	}
	return limits
}

// update changes a stored run if it is still the one that was read: an id may have been given again.
func (m *Manager) update(ctx context.Context, tx store.Tx, was store.Run, f func(*store.Run, *control) error) (store.Run, error) {
	r, err := tx.Runs().Update(ctx, was.ID, func(r store.Run) (store.Run, error) {
		if r.UID != was.UID {
			return r, errStale
		}
		r.Updated = m.now()
		return change(r, f)
	})
	if entity.IsNotFound(err) {
		return r, errStale
	}
	return r, err
}

// endUnstarted ends a run of which no attempt could be made.
func (m *Manager) endUnstarted(ctx context.Context, was store.Run, reason entity.Reason) error {
	now := m.now()
	return m.write(ctx, func(tx store.Tx) error {
		_, err := m.update(ctx, tx, was, func(r *store.Run, c *control) error {
			if r.State != entity.StateReady || r.Desired != store.WantRun {
				return errStale
			}
			c.enter(r, entity.StateError, reason.Message, now)
			c.reason(reason)
			c.Finished = now
			return nil
		})
		return err
	})
}

func attemptID(a store.Attempt) engine.ID {
	return engine.ID{Run: a.RunID, UID: a.RunUID, Attempt: a.Number}
}

// start makes the engine execute a stored attempt. The attempt's ID makes a repetition harmless.
func (m *Manager) start(ctx context.Context, e engine.Engine, r store.Run, a store.Attempt) error {
	if r.Desired != store.WantRun {
		return m.stopUnstarted(ctx, e, r, a)
	}
	var runnable engine.Runnable
	if err := json.Unmarshal(a.Runnable, &runnable); err != nil {
		return m.end(ctx, r, a, lost(entity.ReasonInternal, "The stored attempt cannot be read: %v", err))
	}
	values, err := m.unseal(attemptID(a), a.Sealed)
	if err != nil {
		return m.end(ctx, r, a, lost(entity.ReasonKeyMissing, "The attempt was given up before its start was confirmed: %v.", err))
	}
	h, err := e.Start(ctx, runnable, values)
	switch entity.CodeOf(err) {
	case "":
		return m.keepHandle(ctx, a, h)
	case entity.CodeInvalid:
		return m.end(ctx, r, a, engine.Status{Phase: engine.Failed, Reason: entity.Notice{Code: entity.ReasonStartFailed, Message: err.Error()}})
	case entity.CodeUnimplemented:
		return m.end(ctx, r, a, engine.Status{Phase: engine.Failed, Reason: entity.Notice{Code: entity.ReasonUnsupported, Message: err.Error()}})
	case entity.CodeConflict:
		// The ID was stopped or removed; its handle, if there is one, lies with the engine.
		if h, ok, err := find(ctx, e, attemptID(a)); err != nil {
			return err
		} else if ok {
			return m.keepHandle(ctx, a, h)
		}
		return m.end(ctx, r, a, lost(entity.ReasonUnknownOutcome, "The engine had stopped or removed the attempt already: %v", err))
	case entity.CodeUnavailable:
		return errors.Join(err, m.away(ctx, r, err))
	}
	return err
}

// lost is the status of an attempt whose fate nobody can tell.
func lost(code, format string, args ...any) engine.Status {
	return engine.Status{Phase: engine.Lost, Reason: entity.Notice{Code: code, Message: fmt.Sprintf(format, args...)}}
}

// find looks for an attempt whose handle was lost.
func find(ctx context.Context, e engine.Engine, id engine.ID) (found engine.Handle, ok bool, err error) {
	err = e.List(ctx, func(h engine.Handle) error {
		if h.ID.UID == id.UID && h.ID.Attempt == id.Attempt {
			found, ok = h, true
		}
		return nil
	})
	return found, ok, err
}

// stopUnstarted ends an attempt that should not run any more and of which it is not known whether it was
// ever started. The stop leaves a tombstone, so that a start which is still on its way has no effect.
func (m *Manager) stopUnstarted(ctx context.Context, e engine.Engine, r store.Run, a store.Attempt) error {
	if err := e.Stop(ctx, attemptID(a), m.grace(a)); err != nil {
		return err
	}
	if h, ok, err := find(ctx, e, attemptID(a)); err != nil {
		return err
	} else if ok {
		return m.keepHandle(ctx, a, h)
	}
	return m.end(ctx, r, a, engine.Status{Phase: engine.Stopped, Reason: entity.Notice{Code: entity.ReasonStopped}})
}

func (m *Manager) grace(a store.Attempt) time.Duration {
	var r struct {
		Grace time.Duration `json:"grace"`
	}
	if json.Unmarshal(a.Runnable, &r) != nil || r.Grace == 0 {
		return m.cfg.Grace
	}
	return r.Grace
}

func (m *Manager) keepHandle(ctx context.Context, a store.Attempt, h engine.Handle) error {
	raw, err := json.Marshal(h)
	if err != nil {
		return err
	}
	return m.write(ctx, func(tx store.Tx) error {
		err := tx.Attempts().Update(ctx, a.RunUID, a.Number, func(a store.Attempt) (store.Attempt, error) {
			a.Handle, a.Host = raw, h.Host
			return a, nil
		})
		return err
	})
}

// away notes on the run that its engine does not answer.
func (m *Manager) away(ctx context.Context, was store.Run, cause error) error {
	if c, err := readControl(was); err == nil && c.Reason != nil && c.Reason.Code == entity.ReasonEngineAway {
		return nil
	}
	return m.write(ctx, func(tx store.Tx) error {
		_, err := m.update(ctx, tx, was, func(r *store.Run, c *control) error {
			if r.Desired == store.WantRun && !entity.FinalRun(r.State, r.Resume) {
				c.because(entity.ReasonEngineAway, "The engine does not answer: %v", cause)
			}
			return nil
		})
		return err
	})
}

// observe follows an attempt to its end.
func (m *Manager) observe(ctx context.Context, l *live, e engine.Engine, r store.Run, a store.Attempt) error {
	var h engine.Handle
	if err := json.Unmarshal(a.Handle, &h); err != nil {
		return m.end(ctx, r, a, lost(entity.ReasonInternal, "The stored handle cannot be read: %v", err))
	}
	watch, cancel := context.WithCancel(ctx)
	var stopper sync.WaitGroup
	stopper.Go(func() { m.stopWhenAsked(watch, l, e, r, a) })
	var final *engine.Status
	building := false
	environment := func(now bool) {
		if now != building {
			building = now
			m.trace(now, StepEnvironment, a.RunUID)
		}
	}
	err := e.Observe(ctx, h, func(s engine.Status) error {
		environment(s.Phase == engine.Preparing)
		if s.Phase.Final() {
			final = &s
			return nil
		}
		if final != nil {
			return nil // late
		}
		return m.progress(ctx, r, a, s)
	})
	environment(false)
	cancel()
	stopper.Wait()
	switch code := entity.CodeOf(err); {
	case final != nil && ctx.Err() == nil:
		return m.finish(ctx, l, e, h, a, *final)
	case err == nil:
		return fmt.Errorf("the engine %s ended the observation of attempt %s.%d without a final status", a.Engine, a.RunUID, a.Number)
	case code == entity.CodeNotFound:
		return m.end(ctx, r, a, lost(entity.ReasonUnknownOutcome, "The engine does not know the attempt any more: %v", err))
	case code == entity.CodeInvalid, code == entity.CodeUnimplemented:
		return m.end(ctx, r, a, lost(entity.ReasonUnknownOutcome, "The engine cannot follow the attempt: %v", err))
	case code == entity.CodeUnavailable:
		return errors.Join(err, m.away(ctx, r, err))
	}
	return err
}

// progress stores a status that is not final. One that is not newer than the stored one is dropped.
func (m *Manager) progress(ctx context.Context, was store.Run, a store.Attempt, s engine.Status) error {
	raw, err := json.Marshal(s)
	if err != nil {
		return err
	}
	err = m.write(ctx, func(tx store.Tx) error {
		err := tx.Attempts().Update(ctx, a.RunUID, a.Number, func(a store.Attempt) (store.Attempt, error) {
			if s.Gen <= a.Gen {
				return a, errOld
			}
			a.Gen, a.Status, a.Phase = s.Gen, raw, string(s.Phase)
			return a, nil
		})
		if err != nil {
			return err
		}
		_, err = m.update(ctx, tx, was, func(r *store.Run, c *control) error {
			if r.Attempt == a.Number {
				show(r, c, s, m.now())
			}
			return nil
		})
		return err
	})
	if errors.Is(err, errOld) {
		return nil
	}
	return err
}

var errOld = errors.New("a newer status is stored already")

// show translates an engine's phase into the run's state and reason. What was asked of the run since (stop,
// delete) is not overwritten.
func show(r *store.Run, c *control, s engine.Status, now time.Time) {
	c.Instances, c.Endpoints = s.Instances, s.Endpoints
	if s.Phase == engine.Running && c.Started.IsZero() {
		c.Started = orNow(s.Started, now)
	}
	if r.Desired != store.WantRun {
		return
	}
	switch s.Phase {
	case engine.Running:
		if entity.RunMay(r.State, entity.StateRunning) {
			c.enter(r, entity.StateRunning, "", orNow(s.Started, now))
		}
		c.because(waitingCode(s.Reason.Code, entity.ReasonExecuting), "%s", s.Reason.Message)
	default:
		code := entity.ReasonStarting
		if s.Phase == engine.Preparing {
			code = entity.ReasonEnvironment
		}
		c.because(waitingCode(s.Reason.Code, code), "%s", s.Reason.Message)
	}
	if c.Reason.Message == "" {
		info, _ := entity.FindReason(c.Reason.Code)
		c.Reason.Message = info.Meaning
	}
	c.Message = ""
}

// waitingCode is the engine's own reason where the table knows it as one of an unfinished run.
func waitingCode(code, otherwise string) string {
	if info, ok := entity.FindReason(code); ok && !info.Final {
		return code
	}
	return otherwise
}

func orNow(t, now time.Time) time.Time {
	if t.IsZero() {
		return now
	}
	return t.UTC().Truncate(time.Microsecond)
}
