package trigger

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// atOnce bounds how many due schedules are read at a time.
const atOnce = 100

// follow fires what is due, then sleeps until the next tick or a new schedule.
func (m *Manager) follow(ctx context.Context) {
	wake, release := m.cfg.Store.Wake()
	defer release()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-wake:
			if !m.isFresh() {
				continue
			}
		case <-timer.C:
		}
		timer.Reset(m.pass(ctx))
	}
}

// pass fires what is due and says how long to sleep.
func (m *Manager) pass(ctx context.Context) time.Duration {
	var next time.Time
	err := m.fireDue(ctx)
	if err == nil {
		err = m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
			next, err = tx.Schedules().Next(ctx)
			return err
		})
	}
	if err != nil {
		if ctx.Err() == nil {
			m.log.ErrorContext(ctx, "firing schedules", "error", err)
		}
		return m.cfg.Retry
	}
	if next.IsZero() {
		return m.cfg.Recheck
	}
	return max(0, min(next.Sub(m.cfg.Now()), m.cfg.Recheck))
}

// fireDue fires each due schedule; one that fails does not hold up the others.
func (m *Manager) fireDue(ctx context.Context) error {
	var due []store.Schedule
	if err := m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
		due, err = tx.Schedules().Due(ctx, m.cfg.Now(), atOnce)
		return err
	}); err != nil {
		return err
	}
	var errs []error
	for _, s := range due {
		if ctx.Err() != nil {
			break
		}
		if err := m.fire(context.WithoutCancel(ctx), s); err != nil {
			errs = append(errs, entity.Errorf(entity.CodeOf(err), "fire %s at %s: %w", s.Owner, s.Next.Format(time.RFC3339), err))
		}
	}
	return errors.Join(errs...)
}

func (m *Manager) open(s store.Schedule) (book, plan, error) {
	var b book
	if err := json.Unmarshal(s.Spec, &b); err != nil {
		return b, plan{}, entity.Errorf(entity.CodeInternal, "read the schedule of %s: %w", s.Owner, err)
	}
	p, err := m.plan(b.options)
	return b, p, err
}

// fire deals with one due tick: a run for it, none by policy, or the end of the schedule.
func (m *Manager) fire(ctx context.Context, s store.Schedule) error {
	o, err := m.owner(ctx, s)
	if err != nil {
		return err
	}
	if o == nil { // stopped or gone
		return m.cfg.Store.Write(ctx, func(tx store.Tx) error { return tx.Schedules().Delete(ctx, s.Owner) })
	}
	b, p, err := m.open(s)
	if err != nil {
		return m.refused(ctx, s, *o, err)
	}
	now, tick := m.cfg.Now(), s.Next
	fires := true
	if now.Sub(tick) > m.cfg.Late { // missed while nobody looked
		fires = b.Misfire != "skip"
		tick = p.latest(tick, now)
		if !fires && now.Sub(tick) <= m.cfg.Late {
			fires = true // the last one is not late itself
		}
	}
	if fires && b.Concurrency != "" && b.Concurrency != "allow" && b.LastRun != "" {
		live, err := m.live(ctx, s.Project, b.LastRun)
		switch {
		case err != nil:
			return err
		case live && b.Concurrency == "forbid":
			fires = false
		case live:
			if err := m.cfg.StopRun(ctx, s.Project, b.LastRun, o.user); err != nil && !entity.IsNotFound(err) {
				return err
			}
		}
	}
	after := store.Schedule{Owner: s.Owner, Project: s.Project, Last: tick}
	if now.Before(tick) {
		now = tick // the clock was set back
	}
	from := tick
	if now.Sub(tick) > m.cfg.Late {
		from = now
	}
	after.Next = p.next(from)
	var draft Draft
	if fires {
		b.LastRun = runID(s.Owner, tick.UTC().Format(time.RFC3339))
		draft, err = m.prepare(ctx, *o, b.LastRun, tick, p)
		if err != nil && !duplicate(err) {
			return m.refused(ctx, s, *o, err)
		}
	}
	after.Spec = b.bytes()
	err = m.advance(ctx, s, after, draft)
	if duplicate(err) { // this tick has its run already
		draft = nil
		err = m.advance(ctx, s, after, nil)
	}
	if err != nil {
		if hopeless(err) {
			return m.refused(ctx, s, *o, err)
		}
		return err
	}
	if draft != nil {
		draft.Stored()
	}
	if after.Next.IsZero() {
		return m.ended(ctx, s, *o)
	}
	return nil
}

// advance stores the run of a tick and the step to the next one together.
func (m *Manager) advance(ctx context.Context, s, after store.Schedule, draft Draft) error {
	return m.cfg.Store.Write(ctx, func(tx store.Tx) error {
		now, err := tx.Schedules().Get(ctx, s.Owner)
		if entity.IsNotFound(err) || err == nil && !now.Next.Equal(s.Next) {
			return errMoved // stopped, or another process was faster
		}
		if err != nil {
			return err
		}
		if draft != nil {
			if err := draft.Insert(ctx, tx); err != nil {
				return err
			}
		}
		if after.Next.IsZero() {
			return tx.Schedules().Delete(ctx, s.Owner)
		}
		return tx.Schedules().Put(ctx, after)
	})
}

// errMoved undoes a firing that is not wanted any more. It may pass: the next look finds what is so now.
var errMoved = entity.Errorf(entity.CodeUnavailable, "the schedule was changed meanwhile")

// live tells whether a run has not ended yet.
func (m *Manager) live(ctx context.Context, project, id string) (bool, error) {
	d, err := m.cfg.Get(ctx, entity.Run, project, id)
	if entity.IsNotFound(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	st, err := entity.StatusState(d.Status)
	return !entity.FinalRun(st, false), err
}

// refused deals with a firing that fails. A trigger ends in ERROR; a handle goes on with its next tick.
func (m *Manager) refused(ctx context.Context, s store.Schedule, o owner, cause error) error {
	if !hopeless(cause) {
		return cause
	}
	m.log.WarnContext(ctx, "a schedule could not start a run", "owner", s.Owner, "project", s.Project, "error", cause)
	if o.trigger {
		return m.fail(ctx, o.doc.ID, cause)
	}
	_, p, err := m.open(s)
	if err != nil {
		return m.cfg.Store.Write(ctx, func(tx store.Tx) error { return tx.Schedules().Delete(ctx, s.Owner) })
	}
	after := s
	after.Last, after.Next = s.Next, p.next(later(s.Next, m.cfg.Now()))
	return m.advance(ctx, s, after, nil)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// ended stops the owner of a schedule that has no tick left.
func (m *Manager) ended(ctx context.Context, s store.Schedule, o owner) error {
	if !o.trigger {
		err := m.cfg.StopRun(ctx, s.Project, o.doc.ID, o.user)
		if entity.IsNotFound(err) {
			return nil
		}
		return err
	}
	return m.cfg.Store.Write(ctx, func(tx store.Tx) error {
		r, err := tx.Entities().Get(ctx, entity.Trigger, o.doc.ID)
		if entity.IsNotFound(err) {
			return nil
		}
		if err != nil || r.State != string(entity.StateRunning) {
			return err
		}
		_, err = m.setState(ctx, tx, o.doc.ID, entity.StateStopped, "The schedule has come to its end.", "")
		return err
	})
}

// owner is what a schedule belongs to.
type owner struct {
	trigger bool
	user    string
	doc     entity.Doc
	spec    spec      // of a trigger
	run     store.Run // a handle
}

// owner loads the owner of a schedule; nil when it is gone or does not run.
func (m *Manager) owner(ctx context.Context, s store.Schedule) (*owner, error) {
	kind, id, _ := strings.Cut(s.Owner, "/")
	var o owner
	var state string
	err := m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		if kind == "trigger" {
			r, err := tx.Entities().Get(ctx, entity.Trigger, id)
			o = owner{trigger: true, user: r.User, doc: r.Doc}
			state = r.State
			return err
		}
		r, err := tx.Runs().GetByUID(ctx, id)
		o = owner{user: r.User, doc: r.Doc, run: r}
		state = string(r.State)
		return err
	})
	if entity.IsNotFound(err) || err == nil && state != string(entity.StateRunning) {
		return nil, nil
	}
	if err == nil && o.trigger {
		o.spec, err = read(o.doc)
	}
	return &o, err
}
