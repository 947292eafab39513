package trigger

import (
	"context"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// Check says what is wrong with the schedule of a run or task, naming the field at pointer.
func (m *Manager) Check(pointer, expression string) error {
	p, err := m.plan(options{Schedule: expression})
	if err == nil && p.next(m.cfg.Now()).IsZero() {
		err = entity.Invalid(pointer, "range", "The schedule %q has no tick left, so it would never fire.", expression)
	}
	if e, ok := asError(err); ok && len(e.Fields) == 1 {
		e.Fields[0].Pointer = pointer
	}
	return err
}

// PutRun keeps the schedule of a run that is its handle, in the transaction that stores the run. The further
// options are read from the run's spec, then the task's.
func (m *Manager) PutRun(ctx context.Context, tx store.Tx, r store.Run, expression string) error {
	o := options{Schedule: expression}
	for _, raw := range [][]byte{r.Spec, r.TaskSpec} {
		spec, err := entity.ParseObject(raw)
		if err != nil {
			return err
		}
		for name, to := range map[string]*string{"timezone": &o.Timezone, "concurrency_policy": &o.Concurrency,
			"misfire_policy": &o.Misfire, "start": &o.Begin, "end": &o.End} {
			if *to == "" {
				*to = spec.Text(name)
			}
		}
	}
	p, err := m.plan(o)
	if err != nil {
		return err
	}
	next := p.next(m.cfg.Now())
	if next.IsZero() {
		return entity.Invalid("/spec/schedule", "range", "The schedule %q has no tick left before its end, so it would never fire.", expression)
	}
	m.fresh()
	return tx.Schedules().Put(ctx, store.Schedule{Owner: ownerOfRun(r.UID), Project: r.Project, Spec: book{options: o}.bytes(), Next: next})
}

// DeleteRun ends the schedule of a handle, in the transaction that stops or deletes the run.
func (m *Manager) DeleteRun(ctx context.Context, tx store.Tx, r store.Run) error {
	return tx.Schedules().Delete(ctx, ownerOfRun(r.UID))
}

// Upcoming lists the next n ticks of a schedule; owner is "trigger/<id>" or "run/<uid>". An owner without a
// schedule has none.
func (m *Manager) Upcoming(ctx context.Context, owner string, n int) ([]time.Time, error) {
	var s store.Schedule
	err := m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
		s, err = tx.Schedules().Get(ctx, owner)
		return err
	})
	if entity.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	_, p, err := m.open(s)
	if err != nil {
		return nil, err
	}
	var out []time.Time
	for t := s.Next; len(out) < n && !t.IsZero(); t = p.next(t) {
		out = append(out, t)
	}
	return out, nil
}
