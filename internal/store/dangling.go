package store

import (
	"context"

	"dhub/entity"
)

// Dangling finds the first function, workflow or task that a task or trigger names and that is not there: its type
// and the reference; both are empty when all are. A trigger without a task lacks one.
func Dangling(ctx context.Context, tx Tx, r Record) (entityType, ref string, err error) {
	function, _ := entity.ParseExecRef(r.Function)
	workflow, _ := entity.ParseExecRef(r.Workflow)
	task, _ := entity.ParseTaskRef(r.Task)
	for _, n := range []struct {
		entity, ref, project, kind, id string
		named                          bool
	}{
		{entity.Function, r.Function, function.Project, function.Kind, function.ID, r.Function != ""},
		{entity.Workflow, r.Workflow, workflow.Project, workflow.Kind, workflow.ID, r.Workflow != ""},
		{entity.Task, r.Task, task.Project, task.Kind, task.ID, r.Entity == entity.Trigger},
	} {
		if !n.named {
			continue
		}
		x, err := tx.Entities().Get(ctx, n.entity, n.id)
		if err != nil && !entity.IsNotFound(err) {
			return "", "", err
		}
		if err != nil || x.Project != n.project || x.Kind != n.kind {
			return n.entity, n.ref, nil
		}
	}
	return "", "", nil
}
