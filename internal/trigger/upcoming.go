package trigger

import (
	"context"
	"strings"

	"dhub/entity"
	"dhub/internal/store"
)

// Fire is the next firing of a schedule.
type Fire struct {
	Entity   string `json:"entity" enum:"trigger,run" doc:"A trigger, or a run that is the handle of a schedule."`
	ID       string `json:"id"`
	Name     string `json:"name"`
	Schedule string `json:"schedule"`
	Next     string `json:"next" format:"date-time"`
	Task     string `json:"task"`
	Function string `json:"function,omitempty" doc:"Name of the function or workflow."`
}

// Fires lists what fires next in a project, the soonest first.
func (m *Manager) Fires(ctx context.Context, project string, n int) ([]Fire, error) {
	out := []Fire{}
	err := m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		list, err := tx.Schedules().Upcoming(ctx, project, n)
		if err != nil {
			return err
		}
		for _, s := range list {
			f, err := m.fireOf(ctx, tx, s)
			if entity.IsNotFound(err) {
				continue // it went without its schedule being told yet
			}
			if err != nil {
				return err
			}
			out = append(out, f)
		}
		return nil
	})
	return out, err
}

func (m *Manager) fireOf(ctx context.Context, tx store.Tx, s store.Schedule) (Fire, error) {
	_, p, err := m.open(s)
	if err != nil {
		return Fire{}, err
	}
	f := Fire{Schedule: p.Schedule, Next: entity.FormatTime(s.Next)}
	var function string
	if id, ok := strings.CutPrefix(s.Owner, "trigger/"); ok {
		r, err := tx.Entities().Get(ctx, entity.Trigger, id)
		if err != nil {
			return f, err
		}
		f.Entity, f.ID, f.Name, f.Task = entity.Trigger, r.ID, r.Name, r.Task
		if function = r.Function; function == "" {
			function = r.Workflow
		}
	} else {
		r, err := tx.Runs().GetByUID(ctx, strings.TrimPrefix(s.Owner, "run/"))
		if err != nil {
			return f, err
		}
		f.Entity, f.ID, f.Name, f.Task = entity.Run, r.ID, r.Name, r.Task
		if function = r.Function; function == "" {
			function = r.Workflow
		}
	}
	if x, ok := entity.ParseExecRef(function); ok {
		f.Function = x.Name
	}
	return f, nil
}
