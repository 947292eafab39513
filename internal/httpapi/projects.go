package httpapi

import (
	"encoding/json"

	"dhub/entity"
)

func (a *API) projectRoutes() []route {
	const tag = "projects"
	one := base + "/projects/{id}"
	return []route{
		{method: "GET", path: base + "/projects", id: "listProjects", tag: tag, summary: "List projects.", open: true,
			query: append(append([]param(nil), pageParams...), text("name", "Part of the name, without regard to case."), text("user", "Who created it."),
				text("state", "The state."), text("created", "From, or from and to."), text("updated", "From, or from and to."),
				several("labels", "Labels that must all be present."), several("include", "runs: how the runs of each project fare."),
				text("since", "With include=runs, how far back failed runs are counted: a time such as 24h or 7d, 24h unless given.")),
			answer: "ProjectPage", handle: listProjects},
		{method: "POST", path: base + "/projects", id: "createProject", tag: tag, summary: "Create a project.", query: writeQuery,
			headers: createHeads, body: "ProjectBody", answer: "Project", once: true, handle: createEntity(entity.Project)},
		{method: "GET", path: one, id: "getProject", tag: tag, summary: "Read a project with the newest versions of what it holds.",
			headers: []param{acceptYAML}, yaml: true, answer: "Project", open: true, handle: getProject},
		{method: "PUT", path: one, id: "updateProject", tag: tag, summary: "Update a project.", query: writeQuery, headers: updateHeads,
			body: "ProjectBody", answer: "Project", open: true, handle: updateProject},
		{method: "DELETE", path: one, id: "deleteProject", tag: tag, summary: "Delete a project; live runs are ended first.",
			query: []param{cascadeParam, dryRunParam}, answer: "DeletePlan", handle: deleteProject},
		{method: "GET", path: one + "/relationships", id: "listProjectRelationships", tag: tag, summary: "List what relates the entities of a project.",
			answer: "Relationships", open: true, handle: relationships(entity.Project)},
	}
}

// ownProject keeps the token of a run from other projects on routes that carry the project as id.
func (c *call) ownProject() error {
	if mine := c.who().Project; mine != "" && mine != c.id() {
		return entity.Errorf(entity.CodeForbidden, "The token of a run in project %s does not reach project %s.", mine, c.id())
	}
	return nil
}

// listProjects answers with projects; with include=runs each tells how its runs fare.
func listProjects(c *call) error {
	q, err := c.list(entity.Project)
	if err != nil {
		return err
	}
	with, err := c.include("runs")
	if err != nil {
		return err
	}
	since, err := c.span("since", defaultSpan)
	if err != nil {
		return err
	}
	if mine := c.who().Project; mine != "" {
		q.IDs = []string{mine}
	}
	p, err := c.cfg.Catalog.List(c.ctx(), q)
	if err != nil || !with["runs"] {
		if err != nil {
			return err
		}
		return c.page(p, q)
	}
	names := make([]string, len(p.Items))
	for i, d := range p.Items {
		names[i] = d.Name
	}
	runs, err := c.cfg.Runs.ProjectRuns(c.ctx(), names, since)
	if err != nil {
		return err
	}
	rows := make([]json.RawMessage, len(p.Items))
	for i, d := range p.Items {
		rows[i] = withMember(entity.Render(d), "runs", compact(runs[d.Name]))
	}
	return c.raw(envelope(entity.Array(rows), len(rows), p.Total, q))
}

func getProject(c *call) error {
	if err := c.ownProject(); err != nil {
		return err
	}
	d, err := c.cfg.Catalog.ProjectView(c.ctx(), c.id())
	return c.export(entity.Project, d, err)
}

func updateProject(c *call) error {
	if err := c.ownProject(); err != nil {
		return err
	}
	return updateEntity(entity.Project)(c)
}

func deleteProject(c *call) error {
	cascade, err := c.boolean("cascade")
	if err != nil {
		return err
	}
	if done, err := c.planDelete(entity.Project, "", cascade); done || err != nil {
		return err
	}
	return c.deleted(c.cfg.Catalog.Delete(c.ctx(), entity.Project, "", c.id(), cascade))
}
