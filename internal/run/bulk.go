package run

import (
	"context"
	"slices"

	"dhub/entity"
	"dhub/internal/store"
)

// Bulk is one action on many runs.
type Bulk struct {
	Action      string // stop, delete, rerun or label
	IDs         []string
	Add, Remove []string // labels
	User        string
}

// BulkActions are those that Bulk knows.
var BulkActions = []string{"stop", "delete", "rerun", "label"}

// Outcomes of one run of a bulk.
const (
	Done    = "done"
	Skipped = "skipped" // the action does not fit the run's state; nothing was changed
	Failed  = "failed"
)

// BulkResult is what became of one run.
type BulkResult struct {
	ID      string       `json:"id"`
	Outcome string       `json:"outcome" enum:"done,skipped,failed"`
	State   entity.State `json:"state,omitempty" doc:"Of the run afterwards."`
	Run     string       `json:"run,omitempty" doc:"Id of the run that rerun made."`
	Code    string       `json:"code,omitempty" doc:"What kind of failure it was."`
	Message string       `json:"message,omitempty" doc:"Why it was skipped or failed."`
}

// Bulk does an action to runs of a project, one after the other; an id that is named twice is done once. A
// failure of one keeps no other from being done.
func (m *Manager) Bulk(ctx context.Context, project string, b Bulk) ([]BulkResult, error) {
	if !slices.Contains(BulkActions, b.Action) {
		return nil, entity.Invalid("/action", "enum", "action: %q is not known; stop, delete, rerun and label are", clip(b.Action))
	}
	if b.Action == "label" {
		for at, list := range map[string][]string{"/add": b.Add, "/remove": b.Remove} {
			if slices.Contains(list, "") {
				return nil, entity.Invalid(at, "pattern", "%s: a label cannot be empty", at[1:])
			}
		}
		if len(b.Add)+len(b.Remove) == 0 {
			return nil, entity.Invalid("/add", "required", "add: labels to add, or to remove, are expected with the action label")
		}
	}
	out := []BulkResult{}
	seen := map[string]bool{}
	for _, id := range b.IDs {
		if seen[id] {
			continue
		}
		if err := ctx.Err(); err != nil {
			return out, err
		}
		seen[id] = true
		r, err := m.bulkOne(ctx, project, id, b)
		r.ID = id
		if err != nil {
			r.Outcome, r.Code, r.Message = Failed, string(entity.CodeOf(err)), err.Error()
			if entity.CodeOf(err) == entity.CodeInternal {
				m.log.ErrorContext(ctx, "an action on many runs failed for one", "action", b.Action, "run", id, "error", err)
				r.Message = "The server failed; its log says more."
			}
		}
		out = append(out, r)
	}
	return out, nil
}

func (m *Manager) bulkOne(ctx context.Context, project, id string, b Bulk) (BulkResult, error) {
	r, err := m.load(ctx, project, id)
	if err != nil {
		return BulkResult{}, err
	}
	switch b.Action {
	case "stop":
		if entity.FinalRun(r.State, false) || r.Desired != store.WantRun {
			return BulkResult{Outcome: Skipped, State: r.State, Message: "The run has ended or is ending."}, nil
		}
		_, err = m.stop(ctx, project, id, b.User)
	case "delete":
		_, err = m.delete(ctx, r)
	case "rerun":
		d, err := m.Rerun(ctx, project, id, b.User)
		return BulkResult{Outcome: Done, State: r.State, Run: d.ID}, err
	case "label":
		err = m.label(ctx, project, id, b.User, b.change)
	}
	if err != nil {
		return BulkResult{}, err
	}
	after, err := m.load(ctx, project, id)
	if entity.IsNotFound(err) {
		return BulkResult{Outcome: Done, State: entity.StateDeleted}, nil
	}
	return BulkResult{Outcome: Done, State: after.State}, err
}

// Rerun makes a new run with the specification, description and labels of another, on the same version of
// the function.
func (m *Manager) Rerun(ctx context.Context, project, id, user string) (entity.Doc, error) {
	r, err := m.load(ctx, project, id)
	if err != nil {
		return entity.Doc{}, err
	}
	if r.Local && !isHandle(r) {
		return entity.Doc{}, entity.Errorf(entity.CodeConflict, "The run %s was executed by its client (local_execution); start it there again.", id)
	}
	was, err := entity.ParseObject(r.Metadata)
	if err != nil {
		return entity.Doc{}, err
	}
	var metadata, body entity.Object
	for _, name := range []string{"description", "labels"} {
		if v := was.Get(name); v != nil {
			metadata.Set(name, v)
		}
	}
	body.SetText("kind", r.Kind)
	body.SetText("project", r.Project)
	body.Set("metadata", metadata.JSON())
	body.Set("spec", r.Spec)
	return m.Create(ctx, Write{Entity: entity.Run, Project: r.Project, Body: body.JSON(), User: user})
}
