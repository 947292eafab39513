package trigger

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"

	"dhub/entity"
	"dhub/internal/store"
)

// read takes a trigger's spec apart.
func read(d entity.Doc) (spec, error) {
	var s spec
	if len(d.Spec) == 0 {
		return s, entity.Invalid("/spec", "required", "missing spec: a trigger needs one.")
	}
	if err := json.Unmarshal(d.Spec, &s); err != nil {
		return s, entity.Invalid("/spec", "type", "The spec of the trigger cannot be read: %v.", err)
	}
	return s, nil
}

// CheckTrigger refuses a trigger that could never fire. It fits catalog.Guard.
func (m *Manager) CheckTrigger(_ context.Context, d entity.Doc) error {
	s, err := read(d)
	if err != nil {
		return err
	}
	switch d.Kind {
	case Scheduler:
		p, err := m.plan(s.options)
		if err != nil {
			return err
		}
		if p.next(m.cfg.Now()).IsZero() {
			return entity.Invalid("/spec/schedule", "range", "The schedule %q has no tick left before its end, so it would never fire.", s.Schedule)
		}
	case Lifecycle:
		if _, err := parsePattern(s.Key); err != nil {
			return err
		}
		if len(s.States) == 0 {
			return entity.Invalid("/spec/states", "required", "The field states is missing; without a state the trigger would never fire.")
		}
		for _, st := range s.States {
			if !entity.State(st).Valid() {
				return entity.Invalid("/spec/states", "enum", "The field states holds %q, which is no state; CREATED, READY, COMPLETED, ERROR, DELETED and others are.", st)
			}
		}
	default:
		return nil
	}
	if _, ok := entity.ParseTaskRef(s.Task); !ok {
		return entity.Invalid("/spec/task", "pattern", "The field task holds %q; kind+action://project/id is expected.", s.Task)
	}
	return nil
}

// TriggerStored sets a trigger going in the transaction that creates it, unless it comes as STOPPED, and ends its
// schedule in the one that deletes it. It fits catalog.Guard.
func (m *Manager) TriggerStored(ctx context.Context, tx store.Tx, before, after *store.Record) error {
	switch {
	case before == nil && after != nil && after.State == string(entity.StateStopped):
		_, err := m.setState(ctx, tx, after.ID, entity.StateStopped, "", "")
		return err
	case before == nil && after != nil:
		_, err := m.activate(ctx, tx, *after, "")
		return err
	case before != nil && after == nil:
		return tx.Schedules().Delete(ctx, ownerOf(before.ID))
	}
	return nil
}

// TaskStored stops the triggers whose task is deleted, in the transaction that deletes it. It fits
// catalog.Guard.
func (m *Manager) TaskStored(ctx context.Context, tx store.Tx, before, after *store.Record) error {
	if before == nil || after != nil {
		return nil
	}
	const size = 500
	for page := 0; ; page++ {
		list, err := tx.Entities().List(ctx, store.Query{Entity: entity.Trigger, Project: before.Project, Task: before.Ref(),
			Sort: []store.Sort{{Field: "id"}}, Page: page, Size: size})
		if err != nil {
			return err
		}
		for _, r := range list.Items {
			if r.State != string(entity.StateRunning) {
				continue
			}
			if err := tx.Schedules().Delete(ctx, ownerOf(r.ID)); err != nil {
				return err
			}
			if _, err := m.setState(ctx, tx, r.ID, entity.StateStopped, "The task "+before.Ref()+", of which it starts runs, was deleted.", ""); err != nil {
				return err
			}
		}
		if len(list.Items) < size {
			return nil
		}
	}
}

// activate makes a trigger RUNNING.
func (m *Manager) activate(ctx context.Context, tx store.Tx, r store.Record, user string) (store.Record, error) {
	if r.Kind == Scheduler {
		s, err := read(r.Doc)
		if err != nil {
			return r, err
		}
		p, err := m.plan(s.options)
		if err != nil {
			return r, err
		}
		next := p.next(m.cfg.Now())
		if next.IsZero() {
			return r, entity.Errorf(entity.CodeConflict, "The schedule %q has no tick left.", s.Schedule)
		}
		if err := tx.Schedules().Put(ctx, store.Schedule{Owner: ownerOf(r.ID), Project: r.Project, Spec: book{options: s.options}.bytes(), Next: next}); err != nil {
			return r, err
		}
		m.fresh()
	}
	return m.setState(ctx, tx, r.ID, entity.StateRunning, "", user)
}

// Act performs "run" or "stop" on a trigger; one that does not fit its state changes nothing.
func (m *Manager) Act(ctx context.Context, project, id, action, user string) (entity.Doc, error) {
	var out store.Record
	err := m.cfg.Store.Write(ctx, func(tx store.Tx) error {
		r, err := tx.Entities().Get(ctx, entity.Trigger, id)
		if err != nil {
			return err
		}
		if project != "" && r.Project != project {
			return entity.NotFound(entity.Trigger)
		}
		out = r
		running := r.State == string(entity.StateRunning)
		switch action = strings.ToLower(action); {
		case action == "run" && !running:
			if err := targetExists(ctx, tx, r); err != nil {
				return err
			}
			out, err = m.activate(ctx, tx, r, user)
		case action == "stop" && running:
			if err := tx.Schedules().Delete(ctx, ownerOf(id)); err != nil {
				return err
			}
			out, err = m.setState(ctx, tx, id, entity.StateStopped, "", user)
		case action != "run" && action != "stop":
			err = entity.Invalid("action", "enum", "The action %q is not known; a trigger has run and stop.", action)
		}
		return err
	})
	return out.Doc, err
}

// targetExists refuses a trigger whose function, workflow or task was deleted since it was made: switched on, it
// would only fail when it fires.
func targetExists(ctx context.Context, tx store.Tx, r store.Record) error {
	s, err := read(r.Doc)
	if err != nil {
		return err
	}
	r.Function, r.Workflow, r.Task = s.Function, s.Workflow, cmp.Or(s.Task, r.Task) // as it would fire
	gone, ref, err := store.Dangling(ctx, tx, r)
	if err != nil || gone == "" {
		return err
	}
	return entity.Invalid("/spec/"+gone, "reference", "The trigger cannot be switched on: the %s %s, of which it would start runs, is not there any more. Make a trigger of another %[1]s in its place, or delete this one.", gone, ref)
}

// CheckTask refuses a task whose schedule could never fire. It fits catalog.Guard.
func (m *Manager) CheckTask(_ context.Context, d entity.Doc) error {
	o, err := entity.ParseObject(d.Spec)
	if err != nil {
		return entity.Invalid("/spec", "type", "The spec of the task cannot be read: %v.", err)
	}
	if expression := strings.TrimSpace(o.Text("schedule")); expression != "" {
		return m.Check("/spec/schedule", expression)
	}
	return nil
}
