package run

import (
	"context"
	"encoding/json"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// Brief is a run as rows of lists and charts show it: no specification, no outputs.
type Brief struct {
	ID         string         `json:"id"`
	Name       string         `json:"name"`
	Kind       string         `json:"kind"`
	Action     string         `json:"action"`
	State      entity.State   `json:"state"`
	Function   string         `json:"function,omitempty" doc:"Name of the function."`
	FunctionID string         `json:"function_id,omitempty" doc:"Id of the version that the run executes."`
	Workflow   string         `json:"workflow,omitempty"`
	WorkflowID string         `json:"workflow_id,omitempty"`
	User       string         `json:"user"`
	Created    string         `json:"created" format:"date-time"`
	StartedAt  string         `json:"started_at,omitempty" format:"date-time"`
	FinishedAt string         `json:"finished_at,omitempty" format:"date-time"`
	Since      string         `json:"since" format:"date-time" doc:"When it came into its state."`
	Durations  Durations      `json:"durations"`
	Reason     *entity.Reason `json:"reason,omitempty"`
	Trigger    string         `json:"trigger,omitempty" doc:"Key of what fired it."`
	Labels     []string       `json:"labels,omitempty"`
}

// brief makes a Brief of a run without specs.
func brief(r store.Run) (Brief, error) {
	c, err := readControl(r)
	if err != nil {
		return Brief{}, err
	}
	b := Brief{ID: r.ID, Name: r.Name, Kind: r.Kind, Action: entity.KindAction(r.Kind), State: r.State, User: r.User, Labels: r.Labels,
		Created: entity.FormatTime(r.Created), Since: entity.FormatTime(r.Created), Reason: c.Reason,
		Durations: c.durations(entity.FinalRun(r.State, r.Resume), created(r))}
	if x, ok := entity.ParseExecRef(r.Function); ok {
		b.Function, b.FunctionID = x.Name, x.ID
	}
	if x, ok := entity.ParseExecRef(r.Workflow); ok {
		b.Workflow, b.WorkflowID = x.Name, x.ID
	}
	if len(c.Transitions) > 0 {
		b.Since = c.Transitions[0].Time
	}
	if !c.Started.IsZero() {
		b.StartedAt = entity.FormatTime(c.Started)
	}
	if !c.Finished.IsZero() {
		b.FinishedAt = entity.FormatTime(c.Finished)
	}
	if len(c.Trigger) > 0 {
		var fired struct{ Job string }
		if json.Unmarshal(c.Trigger, &fired) == nil {
			b.Trigger = fired.Job
		}
	}
	return b, nil
}

func briefs(list []store.Run) ([]Brief, error) {
	out := make([]Brief, 0, len(list))
	for _, r := range list {
		b, err := brief(r)
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

// Recent tells of the runs of one name.
type Recent struct {
	Total  int64                  `json:"total"`
	States map[entity.State]int64 `json:"states" doc:"How many runs there are by state."`
	Last   []Brief                `json:"last" doc:"The newest runs, newest first."`
}

// ProjectRuns tells how the runs of one project fare, in a list of projects.
type ProjectRuns struct {
	States map[entity.State]int64 `json:"states" doc:"All runs by state."`
	Failed int64                  `json:"failed" doc:"Runs created within the time that was asked for which failed."`
	Exact  bool                   `json:"exact" doc:"False when more failed than were counted."`
	Last   string                 `json:"last,omitempty" format:"date-time" doc:"When a run changed last."`
}

// mostFailed is as far as the failed runs of each project of a list are counted.
const mostFailed = 1000

// ProjectRuns tells how the runs of projects fare, by name. However many runs there are, a page of projects takes
// the same few questions to the store.
func (m *Manager) ProjectRuns(ctx context.Context, projects []string, since time.Duration) (map[string]ProjectRuns, error) {
	out := map[string]ProjectRuns{}
	for _, name := range projects {
		out[name] = ProjectRuns{States: map[entity.State]int64{}, Exact: true}
	}
	err := m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		found, err := tx.Stats().ProjectRuns(ctx, projects, m.now().Add(-since), mostFailed)
		for name, p := range found {
			out[name] = ProjectRuns{States: p.States, Failed: p.Failed, Exact: p.Exact, Last: entity.FormatTime(p.Last)}
		}
		return err
	})
	return out, err
}

// Recent tells of the runs of functions or workflows by name, of each the newest n; a name without runs has
// none. However many names there are, it takes the same few questions to the store.
func (m *Manager) Recent(ctx context.Context, entityType, project string, names []string, n int) (map[string]Recent, error) {
	out := map[string]Recent{}
	for _, name := range names {
		out[name] = Recent{States: map[entity.State]int64{}, Last: []Brief{}}
	}
	err := m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		found, err := tx.Stats().LastRuns(ctx, entityType, project, names, n)
		if err != nil {
			return err
		}
		for name, last := range found {
			r := Recent{States: last.States}
			for _, count := range last.States {
				r.Total += count
			}
			if r.Last, err = briefs(last.Runs); err != nil {
				return err
			}
			out[name] = r
		}
		return nil
	})
	return out, err
}
