package run

import (
	"context"
	"encoding/json"
	"slices"

	"dhub/entity"
	"dhub/internal/store"
)

// serverOwned are the members of a run's status that only the server writes (D10a).
var serverOwned = []string{"state", "message", "transitions", "reason", "notices", "attempts", "attempt", "k8s", "pods", "events",
	"service", "started_at", "finished_at", "durations", "engine", "limits", "usage", "exit", "trigger", "schedule", "endpoints", "instances", "heartbeat"}

// clientStatus keeps what a client may say in a status.
func clientStatus(raw json.RawMessage) json.RawMessage {
	o, err := entity.ParseObject(raw)
	if err != nil || len(o) == 0 {
		return nil
	}
	o.Delete(serverOwned...)
	if len(o) == 0 {
		return nil
	}
	return o.JSON()
}

// Get returns a run with its merged spec and its full status. An empty project is the base API.
func (m *Manager) Get(ctx context.Context, project, id string) (entity.Doc, error) {
	r, err := m.load(ctx, project, id)
	if err != nil {
		return entity.Doc{}, err
	}
	return m.one(ctx, r)
}

// upcoming is how many next ticks the handle of a schedule shows.
const upcoming = 3

// one is a single run as clients see it: more than in a list, what is only known when it is asked for.
func (m *Manager) one(ctx context.Context, r store.Run) (entity.Doc, error) {
	d, err := document(r)
	if err != nil || m.cfg.Scheduler == nil || !isHandle(r) || entity.FinalRun(r.State, false) {
		return d, err
	}
	next, err := m.cfg.Scheduler.Upcoming(ctx, "run/"+r.UID, upcoming)
	if err != nil {
		return d, err
	}
	status, err := entity.ParseObject(d.Status)
	if err != nil {
		return d, err
	}
	schedule, err := entity.ParseObject(status.Get("schedule"))
	if err != nil {
		return d, err
	}
	times := make([]string, 0, len(next))
	for _, t := range next {
		times = append(times, entity.FormatTime(t))
	}
	status, schedule = status.Clone(), schedule.Clone()
	schedule.SetAny("next", times)
	status.Set("schedule", schedule.JSON())
	d.Status = status.JSON()
	return d, nil
}

// load reads a run and checks that it belongs to the project.
func (m *Manager) load(ctx context.Context, project, id string) (r store.Run, err error) {
	err = m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		r, err = get(ctx, tx, project, id)
		return err
	})
	return r, err
}

func get(ctx context.Context, tx store.Tx, project, id string) (store.Run, error) {
	r, err := tx.Runs().Get(ctx, id)
	if entity.IsNotFound(err) {
		return r, entity.NotFound(entity.Run)
	}
	if err == nil && project != "" && r.Project != project {
		return r, entity.Invalid("/project", "reference", "invalid project: run %s does not belong to %s", id, clip(project))
	}
	return r, err
}

// List returns a page of runs, each as Get shows it.
func (m *Manager) List(ctx context.Context, q store.Query) (store.Page[entity.Doc], error) {
	return m.list(ctx, q, true)
}

// ListLight is List without what makes a run large: of the specs there are the references alone.
func (m *Manager) ListLight(ctx context.Context, q store.Query) (store.Page[entity.Doc], error) {
	return m.list(ctx, q, false)
}

func (m *Manager) list(ctx context.Context, q store.Query, full bool) (store.Page[entity.Doc], error) {
	var page store.Page[store.Run]
	q.Entity = entity.Run
	err := m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
		page, err = tx.Runs().List(ctx, q, full)
		return err
	})
	out := store.Page[entity.Doc]{Total: page.Total, Exact: page.Exact, More: page.More, Next: page.Next, Items: make([]entity.Doc, 0, len(page.Items))}
	for _, r := range page.Items {
		d, err := document(r)
		if err != nil {
			return out, err
		}
		if !full {
			d.Spec = references(r)
		}
		out.Items = append(out.Items, d)
	}
	return out, err
}

// document is a run as clients see it: the merged spec, and the server's part laid over the status.
func document(r store.Run) (entity.Doc, error) {
	c, err := readControl(r)
	if err != nil {
		return entity.Doc{}, err
	}
	return render(r, c, composed(r))
}

// render is document with the parts that a reader of the row must decode.
func render(r store.Run, c control, merged json.RawMessage) (d entity.Doc, err error) {
	d = r.Doc
	d.Entity, d.Spec = entity.Run, merged
	if d.Status, err = renderStatus(r, c); err != nil {
		return entity.Doc{}, err
	}
	return d, nil
}

func renderStatus(r store.Run, c control) (json.RawMessage, error) {
	o, err := entity.ParseObject(r.Status)
	if err != nil {
		return nil, entity.Errorf(entity.CodeInternal, "the status of run %s: %w", r.ID, err)
	}
	o = o.Clone()
	o.SetText("state", string(r.State))
	put := func(name string, v any, there bool) {
		if there {
			o.SetAny(name, v)
		}
	}
	put("message", c.Message, c.Message != "")
	put("transitions", c.Transitions, len(c.Transitions) > 0)
	put("reason", c.Reason, c.Reason != nil)
	put("notices", c.Notices, len(c.Notices) > 0)
	attempts := c.attempts(r)
	put("attempts", attempts, len(attempts) > 1 || len(attempts) == 1 && c.Backoff > 0)
	put("attempt", r.Attempt, r.Attempt > 0)
	put("engine", r.Engine, r.Engine != "")
	put("limits", c.Limits, len(c.Limits) > 0)
	put("usage", c.Usage, len(c.Usage) > 0)
	put("exit", c.Exit, c.Exit != nil)
	put("endpoints", c.Endpoints, len(c.Endpoints) > 0)
	put("instances", c.Instances, len(c.Instances) > 0)
	put("trigger", c.Trigger, len(c.Trigger) > 0)
	put("schedule", map[string]string{"expression": c.Schedule}, c.Schedule != "")
	put("durations", c.durations(entity.FinalRun(r.State, r.Resume), created(r)), len(c.Transitions) > 0)
	put("started_at", entity.FormatTime(c.Started), !c.Started.IsZero())
	put("finished_at", entity.FormatTime(c.Finished), !c.Finished.IsZero())
	o.Sort()
	return o.JSON(), nil
}

// attempts are the ended ones and the present one.
func (c *control) attempts(r store.Run) []attemptEnd {
	ended := slices.ContainsFunc(c.Attempts, func(a attemptEnd) bool { return a.Number == r.Attempt })
	if r.Attempt == 0 || ended || r.State == entity.StateReady || entity.FinalRun(r.State, false) {
		return c.Attempts
	}
	now := attemptEnd{Number: r.Attempt, State: r.State}
	for _, t := range c.Transitions { // newest first; each attempt enters PENDING
		if t.Status == entity.StatePending {
			break
		}
		if t.Status == entity.StateRunning {
			now.StartedAt = t.Time
		}
	}
	return append(slices.Clip(c.Attempts), now)
}
