package httpapi

import (
	"slices"

	"dhub/entity"
	"dhub/internal/catalog"
	"dhub/internal/store"
)

func (a *API) taskRoutes() []route {
	query := slices.Concat(pageParams, []param{
		text("function", "Reference of a function."), text("workflow", "Reference of a workflow."), text("kind", "The kind, such as name+action."),
		text("name", "The id."), text("user", "Who created it."), text("state", "The state."),
		text("created", "From, or from and to."), text("updated", "From, or from and to."), several("id", "Ids."),
	})
	out := crud(entity.Task, base+"/tasks", true, query, listEntities(entity.Task))
	out = append(out, crud(entity.Task, proj+"/tasks", false, query, listEntities(entity.Task))...)
	return append(out, route{method: "GET", path: proj + "/tasks/{id}/runs", id: "listTaskRuns", tag: "tasks",
		summary: "List the runs of a task, newest first.", answer: "Runs", handle: runsOfTask})
}

func runsOfTask(c *call) error {
	d, err := c.cfg.Catalog.Get(c.ctx(), entity.Task, c.project(), c.id())
	if err != nil {
		return err
	}
	q := store.Query{Entity: entity.Run, Project: c.project(), Task: d.Ref(), Sort: []store.Sort{byCreated}, Size: catalog.MaxSize}
	var out []entity.Doc
	for ; ; q.Page++ {
		p, err := c.cfg.Runs.List(c.ctx(), q)
		if err != nil {
			return err
		}
		out = append(out, p.Items...)
		if len(p.Items) < q.Size {
			return c.docs(out)
		}
	}
}
