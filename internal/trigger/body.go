package trigger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"dhub/entity"
)

// firing is status.trigger of a run that a trigger made.
type firing struct {
	Job       string         `json:"job"` // key of the trigger or of the handle
	Timestamp int64          `json:"timestamp"`
	Details   map[string]any `json:"details"`
}

// runID derives the id of a run from what made it, so that the same firing twice is one run.
func runID(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// scheduling are the members of a run's spec that make it a handle: a firing has none of them.
var scheduling = []string{"schedule", "timezone", "concurrency_policy", "misfire_policy", "start", "end"}

// prepare checks the run of a tick.
func (m *Manager) prepare(ctx context.Context, o owner, id string, tick time.Time, p plan) (Draft, error) {
	details := map[string]any{"timestamp": tick.UnixMilli(), "schedule": p.Schedule}
	if o.trigger {
		return m.prepareTrigger(ctx, o.doc, o.spec, id, details, nil)
	}
	body, err := entity.ParseObject(o.run.Spec)
	if err != nil {
		return nil, err
	}
	body = body.Clone()
	body.Delete(scheduling...)
	body.SetText("schedule", "") // the task's does not count either
	return m.draft(ctx, o.doc, id, o.doc.Kind, body, [3]string{o.run.Task, o.run.Function, o.run.Workflow}, details, nil)
}

// prepareTrigger checks a run from a trigger's template.
func (m *Manager) prepareTrigger(ctx context.Context, t entity.Doc, s spec, id string, details map[string]any, consumes []string) (Draft, error) {
	task, ok := entity.ParseTaskRef(s.Task)
	if !ok {
		return nil, entity.Invalid("/spec/task", "pattern", "The field task holds %q; kind+action://project/id is expected.", s.Task)
	}
	rendered, err := render(s.Template, details)
	if err != nil {
		return nil, err
	}
	body, err := entity.ParseObject(rendered)
	if err != nil {
		return nil, entity.Invalid("/spec/template", "type", "The field template must be an object: %v.", err)
	}
	body.Delete(scheduling...)
	body.SetText("schedule", "")
	return m.draft(ctx, t, id, task.Kind+":run", body, [3]string{s.Task, s.Function, s.Workflow}, details, consumes)
}

func (m *Manager) draft(ctx context.Context, from entity.Doc, id, kind string, spec entity.Object, refs [3]string, details map[string]any, consumes []string) (Draft, error) {
	for i, name := range []string{"task", "function", "workflow"} {
		if refs[i] != "" {
			spec.SetText(name, refs[i])
		}
	}
	spec.Set("local_execution", json.RawMessage("false")) // no client waits for it
	relations := []entity.Relation{{Type: entity.ProducedBy, Dest: from.Key()}}
	for _, key := range consumes {
		relations = append(relations, entity.Relation{Type: entity.Consumes, Dest: key})
	}
	body, err := entity.EncodeJSON(map[string]any{
		"id": id, "kind": kind, "project": from.Project,
		"metadata": map[string]any{"relationships": relations},
		"spec":     spec.JSON(),
	})
	if err != nil {
		return nil, err
	}
	stamp, _ := details["timestamp"].(int64)
	status, err := entity.EncodeJSON(firing{from.Key(), stamp, details})
	if err != nil {
		return nil, err
	}
	return m.cfg.Prepare(ctx, entity.Write{Entity: entity.Run, Project: from.Project, Body: body, User: from.User, Trigger: status})
}
