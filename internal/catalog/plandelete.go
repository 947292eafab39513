package catalog

import (
	"context"

	"dhub/entity"
	"dhub/internal/store"
)

// DeletePlan says what a deletion would take with it. Numbers beyond what lists count are floors.
type DeletePlan struct {
	Entities map[string]int64 `json:"entities" doc:"How many entities would go, by type; versions count each."`
	Runs     int64            `json:"runs" doc:"Runs that would go, live ones among them."`
	LiveRuns int64            `json:"live_runs" doc:"Those that have not ended and would be stopped first."`
	Triggers int64            `json:"triggers" doc:"Triggers that stay and would be stopped, since their task goes."`
	Kept     int64            `json:"kept" doc:"Runs that would stay without what they executed."`
}

var notEnded = []string{string(entity.StateCreated), string(entity.StateBuilt), string(entity.StateReady), string(entity.StatePending), string(entity.StateRunning),
	string(entity.StateStop), string(entity.StateResume), string(entity.StateDeleting)}

// PlanDelete tells what Delete, or with a name DeleteByName, would do. It changes nothing.
func (c *Catalog) PlanDelete(ctx context.Context, entityType, project, id, name string, cascade bool) (DeletePlan, error) {
	plan := DeletePlan{Entities: map[string]int64{}}
	k, err := find(entityType)
	if err != nil {
		return plan, err
	}
	err = c.store.Read(ctx, func(tx store.Tx) error {
		p := planning{ctx: ctx, tx: tx, out: &plan}
		if name != "" {
			q := store.Query{Entity: entityType, Project: project, Name: name, Size: pageOf}
			for more := true; more; q.Page++ {
				page, err := tx.Entities().List(ctx, q)
				if err != nil {
					return err
				}
				for _, r := range page.Items {
					if err := p.one(k, r, cascade || k.cascades); err != nil {
						return err
					}
				}
				more = page.More
			}
			return nil
		}
		r, err := get(ctx, tx, entityType, project, id)
		if err != nil {
			return err
		}
		if k.entity == entity.Project {
			return p.project(r.Name, cascade)
		}
		return p.one(k, r, cascade)
	})
	return plan, err
}

// planning adds up what would go.
type planning struct {
	ctx context.Context
	tx  store.Tx
	out *DeletePlan
}

func (p planning) runs(q store.Query, keep bool) error {
	q.Size = 1
	page, err := p.tx.Runs().List(p.ctx, q, false)
	if err != nil {
		return err
	}
	if keep {
		p.out.Kept += page.Total
		return nil
	}
	p.out.Runs += page.Total
	q.States = notEnded
	live, err := p.tx.Runs().List(p.ctx, q, false)
	p.out.LiveRuns += live.Total
	return err
}

func (p planning) one(k *descriptor, r store.Record, cascade bool) error {
	p.out.Entities[k.entity]++
	q := store.Query{Project: r.Project}
	switch {
	case k.entity == entity.Function:
		q.Function = r.Ref()
	case k.entity == entity.Workflow:
		q.Workflow = r.Ref()
	case k.entity == entity.Task:
		q.Task = r.Ref()
		if err := p.triggers(r); err != nil {
			return err
		}
	default:
		return nil
	}
	if err := p.runs(q, !cascade); err != nil || k.entity == entity.Task || !cascade {
		return err
	}
	q.Entity, q.Size = entity.Task, pageOf
	tasks, err := p.tx.Entities().List(p.ctx, q)
	if err != nil {
		return err
	}
	p.out.Entities[entity.Task] += int64(len(tasks.Items))
	for _, t := range tasks.Items {
		if err := p.triggers(t); err != nil {
			return err
		}
	}
	return nil
}

func (p planning) triggers(task store.Record) error {
	page, err := p.tx.Entities().List(p.ctx, store.Query{Entity: entity.Trigger, Project: task.Project, Task: task.Ref(), State: string(entity.StateRunning), Size: 1})
	p.out.Triggers += page.Total
	return err
}

// project counts what a project holds; without cascade only its live runs go with it.
func (p planning) project(name string, cascade bool) error {
	p.out.Entities[entity.Project] = 1
	if !cascade {
		live, err := p.tx.Runs().List(p.ctx, store.Query{Project: name, States: notEnded, Size: 1}, false)
		p.out.Runs, p.out.LiveRuns = live.Total, live.Total
		return err
	}
	for _, typ := range []string{entity.Function, entity.Workflow, entity.Task, entity.Artifact, entity.DataItem, entity.Model, entity.Secret, entity.Trigger} {
		page, err := p.tx.Entities().List(p.ctx, store.Query{Entity: typ, Project: name, Size: 1})
		if err != nil {
			return err
		}
		if page.Total > 0 {
			p.out.Entities[typ] = page.Total
		}
	}
	return p.runs(store.Query{Project: name}, false)
}
