package run

import (
	"context"
	"strings"
	"time"

	"dhub/engine"
	"dhub/entity"
	"dhub/internal/store"
)

// Act performs a named action on a run: stop, delete, rerun, which answers with the new run, and others of
// the state machine. One that is
// not possible in the run's state changes nothing and is no error.
func (m *Manager) Act(ctx context.Context, project, id, action, user string) (entity.Doc, error) {
	switch strings.ToLower(action) {
	case "stop":
		return m.stop(ctx, project, id, user)
	case "delete":
		return m.Delete(ctx, project, id)
	case "rerun":
		return m.Rerun(ctx, project, id, user)
	}
	return m.Get(ctx, project, id)
}

// stop stores the wish; a run that was not handed to an engine yet is stopped by that.
func (m *Manager) stop(ctx context.Context, project, id, user string) (entity.Doc, error) {
	var after store.Run
	err := m.cfg.Store.Write(ctx, func(tx store.Tx) error {
		r, err := get(ctx, tx, project, id)
		if err != nil {
			return err
		}
		after = r
		if entity.FinalRun(r.State, false) || r.Desired != store.WantRun {
			return nil
		}
		now := m.now()
		after, err = m.update(ctx, tx, r, func(r *store.Run, c *control) error {
			r.UpdatedBy = user
			m.askStop(r, c, now)
			return nil
		})
		if err == nil && isHandle(after) && m.cfg.Scheduler != nil {
			err = m.cfg.Scheduler.DeleteRun(ctx, tx, after)
		}
		return err
	})
	if err != nil {
		return entity.Doc{}, err
	}
	if after.Local {
		m.beats.forget(after.UID)
	}
	m.poke(after)
	return document(after)
}

// isHandle tells whether a run is the handle of a schedule.
func isHandle(r store.Run) bool {
	if !r.Local {
		return false
	}
	c, err := readControl(r)
	return err == nil && c.Schedule != ""
}

func (m *Manager) askStop(r *store.Run, c *control, now time.Time) {
	r.Desired = store.WantStop
	code, message := entity.ReasonStopped, "The run was stopped on request."
	if c.Schedule != "" {
		code, message = entity.ReasonScheduleEnded, "The schedule was ended on request."
	}
	executing := !r.Local && (r.State == entity.StatePending || r.State == entity.StateRunning)
	if r.State == entity.StateRunning || executing {
		c.enter(r, entity.StateStop, "", now)
	}
	if executing {
		c.because(entity.ReasonStopping, "")
		c.Message = ""
		return
	}
	c.enter(r, entity.StateStopped, message, now)
	c.because(code, "%s", message)
	c.Finished, r.Wake = now, c.putAwayAt(now)
}

// stopWhenAsked asks the engine to stop an attempt once the run is wanted no more, and again if it does not
// end. It returns with ctx.
func (m *Manager) stopWhenAsked(ctx context.Context, l *live, e engine.Engine, r store.Run, a store.Attempt) {
	delay, grace, stopping := firstDelay, m.grace(a), false
	for ctx.Err() == nil {
		var timer <-chan time.Time
		if r.Desired != store.WantRun {
			if !stopping {
				stopping = true
				l.ending.Store(true)
				defer l.ending.Store(false)
				m.trace(true, StepStop, r.UID)
				defer m.trace(false, StepStop, r.UID)
			}
			if err := e.Stop(ctx, attemptID(a), grace); err != nil {
				m.log.WarnContext(ctx, "stopping an attempt", "run", a.RunID, "attempt", a.Number, "error", err)
				delay = min(2*delay, lastDelay)
			} else {
				delay = grace + lastDelay
			}
			timer = time.After(delay)
		}
		select {
		case <-ctx.Done():
			return
		case <-timer:
		case <-l.poke:
		}
		if r.Desired != store.WantRun {
			continue
		}
		fresh, err := m.loadUID(ctx, r.UID)
		if err == nil {
			r = fresh
		} else if ctx.Err() == nil {
			m.log.WarnContext(ctx, "reading what is wanted of a run", "run", a.RunID, "error", err)
			pause(ctx, firstDelay)
			kick(l.poke)
		}
	}
}
