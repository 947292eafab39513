package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"dhub/engine"
	"dhub/entity"
	"dhub/internal/store"
	"dhub/runtime"
)

// finish ends an attempt that the engine has ended: its log is stored, its report read, and one write puts
// everything in place.
func (m *Manager) finish(ctx context.Context, l *live, e engine.Engine, h engine.Handle, a store.Attempt, s engine.Status) error {
	m.trace(true, StepLogs, l.uid)
	defer m.trace(false, StepLogs, l.uid)
	r, err := m.loadUID(ctx, l.uid)
	if err != nil {
		return err
	}
	if r.Desired == store.WantDelete {
		return m.commit(ctx, r, a, s, ending{})
	}
	samples, err := m.sampled(ctx, e, h)
	if err != nil && ctx.Err() != nil {
		return err
	}
	if err != nil {
		if l.unsampled++; l.unsampled < sampleTries {
			return fmt.Errorf("store the samples of attempt %s.%d: %w", a.RunUID, a.Number, err)
		}
		m.log.WarnContext(ctx, "the samples of an attempt are given up; its run ends without them", "run", r.ID, "attempt", a.Number, "error", err)
	}
	unsampled := err != nil
	logs, err := m.collect(ctx, e, h, r, a)
	if errors.Is(err, errSealed) {
		end := m.unmasked(ctx, r, a, s, err)
		end.samples, end.unsampled = samples, unsampled
		return m.commit(ctx, r, a, s, end)
	}
	if err != nil {
		return fmt.Errorf("store the log of attempt %s.%d: %w", a.RunUID, a.Number, err)
	}
	end := m.judge(ctx, r, a, s)
	end.logs, end.samples, end.unsampled = logs, samples, unsampled
	return m.commit(ctx, r, a, s, end)
}

// end ends an attempt of which the engine holds nothing.
func (m *Manager) end(ctx context.Context, r store.Run, a store.Attempt, s engine.Status) error {
	return m.commit(ctx, r, a, s, m.judge(ctx, r, a, s))
}

func (m *Manager) loadUID(ctx context.Context, uid string) (r store.Run, err error) {
	err = m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		r, err = tx.Runs().GetByUID(ctx, uid)
		return err
	})
	return r, err
}

// ending is what is known of an attempt's end before the write.
type ending struct {
	reason  entity.Reason
	outcome runtime.Outcome
	metrics entity.Object
	logs    []collected
	samples []byte

	unsampled bool // the engine has samples that could not be read
}

// judge finds out why an attempt ended and what it made.
func (m *Manager) judge(ctx context.Context, r store.Run, a store.Attempt, s engine.Status) ending {
	var end ending
	rt, ok := m.cfg.Runtimes.ForKind(r.Kind)
	end.reason = reasonOf(rt, s)
	report, err := entity.ParseObject(s.Report)
	if err == nil {
		end.metrics, _ = entity.ParseObject(report.Get("metrics"))
	}
	if !ok || s.Phase == engine.Lost {
		return end
	}
	f, ok := rt.(runtime.Finisher)
	if !ok {
		return end
	}
	w := &work{run: r, id: attemptID(a)}
	w.engine, _ = m.cfg.Engines.Get(a.Engine)
	outcome, err := f.Finish(ctx, w.request(), s)
	switch {
	case err == nil:
		end.outcome = outcome
	case s.Phase == engine.Succeeded:
		end.reason = makeReason(entity.ReasonReport, "The report of the process cannot be read: %v", err)
	}
	return end
}

// unmasked is the end of an attempt whose secrets nobody knows any more: what it printed and what it said
// cannot be masked and is not kept.
func (m *Manager) unmasked(ctx context.Context, r store.Run, a store.Attempt, s engine.Status, cause error) ending {
	end := m.judge(ctx, r, a, s)
	how := "The attempt ended"
	switch {
	case s.Phase == engine.Succeeded:
		how = "The function returned normally"
	case s.Exit != nil && s.Exit.Signal != 0:
		how = "The process was ended by signal " + signalName(s.Exit.Signal)
	case s.Exit != nil:
		how = fmt.Sprintf("The process ended with exit code %d", s.Exit.Code)
	}
	was := end.reason
	end.reason = makeReason(entity.ReasonKeyMissing, "%s (%s), but its log cannot be masked and is not kept: %v.", how, was.Code, cause)
	end.reason.ExitCode, end.reason.Signal = was.ExitCode, was.Signal
	return end
}

// maxMessage bounds what is kept of a message that user code words.
const maxMessage = 8 << 10

// hide blackens the attempt's secrets in what its job said (D15a) and cuts what is very long.
func (m *Manager) hide(a store.Attempt, text string) string {
	if text == "" {
		return ""
	}
	values, err := m.unseal(attemptID(a), a.Sealed)
	if err != nil {
		return "" // nobody can tell what is in it
	}
	text = string(maskFor(values).Bytes([]byte(text)))
	if len(text) > maxMessage {
		text = strings.ToValidUTF8(text[:maxMessage], "") + "…"
	}
	return text
}

// commit is the one write of an attempt's end. Repeated after a crash it changes nothing.
func (m *Manager) commit(ctx context.Context, was store.Run, a store.Attempt, s engine.Status, end ending) error {
	now := m.now()
	finished := orNow(s.Finished, now)
	if end.reason.Code != entity.ReasonKeyMissing { // that one is worded here, and nothing could be masked
		end.reason.Message = orElse(m.hide(a, end.reason.Message), makeReason(end.reason.Code, "").Message)
	}
	if details := string(end.reason.Details); details != m.hide(a, details) {
		end.reason.Details = nil
	}
	kept := s
	kept.Native, kept.Report = nil, nil // what the report says is in the ending, with secrets masked
	raw, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	var after store.Run
	err = m.write(ctx, func(tx store.Tx) error {
		if err := tx.Attempts().Update(ctx, a.RunUID, a.Number, func(a store.Attempt) (store.Attempt, error) {
			if !a.Finished.IsZero() {
				return a, errStale
			}
			// now, not what the engine says: the token's last minute is counted by our clock
			a.Finished, a.Phase, a.Status, a.Gen = now, string(s.Phase), raw, max(a.Gen, s.Gen)
			return a, nil
		}); err != nil {
			return err
		}
		if len(end.samples) > 0 {
			if err := tx.Attempts().PutSamples(ctx, a.RunUID, a.Number, end.samples); err != nil {
				return err
			}
		}
		for _, l := range end.logs {
			if err := tx.Logs().Put(ctx, l.meta, l.inline); err != nil {
				return err
			}
			if err := keepTimes(ctx, tx, l.meta, 0, l.times); err != nil {
				return err
			}
		}
		after, err = m.update(ctx, tx, was, func(r *store.Run, c *control) error {
			return m.settle(r, c, a, s, end, now, finished)
		})
		if err != nil {
			return err
		}
		return m.addVersions(ctx, tx, was, end.outcome.Versions, now)
	})
	if err == nil && !after.Wake.IsZero() {
		m.wakeAt(after.Wake)
	}
	return err
}

func (m *Manager) addVersions(ctx context.Context, tx store.Tx, r store.Run, versions []entity.Doc, now time.Time) error {
	for _, v := range versions {
		v.Project, v.User, v.UpdatedBy, v.Created, v.Updated = r.Project, r.User, r.User, now, now
		if v.ID == "" {
			v.ID = m.cfg.NewID()
		}
		if _, err := tx.Entities().Create(ctx, store.Record{Doc: v, State: string(entity.StateCreated), Labels: entity.Labels(v.Metadata)}); err != nil {
			return err
		}
	}
	return nil
}

// clear frees what the engine still holds of an ended attempt. Its values and what it executed are not
// needed any more.
func (m *Manager) clear(ctx context.Context, e engine.Engine, r store.Run, a store.Attempt) error {
	if err := e.Remove(ctx, attemptID(a)); err != nil {
		return fmt.Errorf("remove attempt %s.%d: %w", a.RunUID, a.Number, err)
	}
	m.tails.forget(a.RunUID, a.Number)
	if r.Desired == store.WantDelete {
		return m.drop(ctx, r)
	}
	return m.write(ctx, func(tx store.Tx) error {
		err := tx.Attempts().Update(ctx, a.RunUID, a.Number, func(a store.Attempt) (store.Attempt, error) {
			a.Cleared, a.Sealed, a.Runnable, a.Status = true, nil, nil, nil
			return a, nil
		})
		if entity.IsNotFound(err) {
			return errStale
		}
		return err
	})
}
