package httpapi

import (
	"slices"

	"dhub/entity"
	"dhub/internal/catalog"
	"dhub/internal/store"
)

// The entities whose names have versions.
var (
	executables = []string{entity.Function, entity.Workflow}
	materials   = []string{entity.Artifact, entity.DataItem, entity.Model}
)

var schemaNames = map[string]string{
	entity.Project: "Project", entity.Function: "Function", entity.Workflow: "Workflow", entity.Task: "Task", entity.Run: "Run",
	entity.Artifact: "Artifact", entity.DataItem: "DataItem", entity.Model: "Model", entity.Secret: "Secret",
	entity.Trigger: "Trigger", entity.Log: "Log",
}

// byCreated is newest first.
var byCreated = store.Sort{Field: "created", Desc: true}

// entityRoutes are functions, workflows, artifacts, data items and models, in both APIs.
func (a *API) entityRoutes() []route {
	var out []route
	for _, typ := range slices.Concat(executables, materials) {
		name, path := schemaNames[typ], "/"+entity.Plural(typ)
		query := slices.Concat(pageParams, listParams)
		out = append(out, crud(typ, base+path, true, query, listEntities(typ))...)
		out = append(out, crud(typ, proj+path, false, append(query, includeParam), listEntities(typ))...)
		out = append(out,
			route{method: "DELETE", path: proj + path, id: "delete" + name + "sByName", tag: entity.Plural(typ), summary: "Delete all versions of a name.",
				query: []param{text("name", "The name.").must(), cascadeParam, dryRunParam}, answer: "DeletePlan", handle: deleteByName(typ)},
			route{method: "GET", path: proj + path + "/{id}/relationships", id: "list" + name + "Relationships", tag: entity.Plural(typ),
				summary: "List the relations that touch it.", answer: "Relationships", handle: relationships(typ)})
	}
	for _, typ := range executables {
		out = append(out, route{method: "GET", path: proj + "/" + entity.Plural(typ) + "/{id}/tasks", id: "list" + schemaNames[typ] + "Tasks",
			tag: entity.Plural(typ), summary: "List its tasks.", answer: "Tasks", handle: tasksOf(typ)})
	}
	return out
}

// crud are list, create, read, update and delete of a kind of entity under a path.
func crud(typ, path string, wide bool, query []param, lister handler) []route {
	name, tag, where := schemaNames[typ], entity.Plural(typ), ""
	if wide {
		where, query = "InAnyProject", append(slices.Clone(query), text("project", "The project."))
	}
	many := name + "s" + where
	name1 := name + where
	routes := []route{
		{method: "POST", path: path, id: "create" + name1, tag: tag, summary: "Create: of a name that exists, a new version." + yamlSummary, query: append(slices.Clone(writeQuery), resetParam),
			yaml: true, headers: createHeads, body: name + "Body", answer: name, once: true, handle: createEntity(typ)},
		{method: "GET", path: path + "/{id}", id: "get" + name1, tag: tag, summary: "Read one.", query: exportQuery(typ), headers: []param{acceptYAML}, yaml: true, answer: name, handle: getEntity(typ)},
		{method: "PUT", path: path + "/{id}", id: "update" + name1, tag: tag, summary: "Update; a changed spec of an executable makes a new version.",
			query: writeQuery, yaml: true, headers: updateHeads, body: name + "Body", answer: name, handle: updateEntity(typ)},
		{method: "DELETE", path: path + "/{id}", id: "delete" + name1, tag: tag, summary: "Delete one; with dryRun, tell what would go with it.", query: []param{cascadeParam, dryRunParam}, answer: "DeletePlan", handle: deleteEntity(typ)},
	}
	if lister != nil {
		routes = append(routes, route{method: "GET", path: path, id: "list" + many, tag: tag, summary: "List.", query: query, answer: name + "Page", handle: lister})
	}
	return routes
}

func listEntities(typ string) handler {
	return func(c *call) error {
		q, err := c.list(typ)
		if err != nil {
			return err
		}
		return c.answerList(q)
	}
}

func createEntity(typ string) handler {
	return func(c *call) error {
		w, err := c.write(typ)
		if err != nil {
			return err
		}
		if typ == entity.Trigger {
			if w.Stopped, err = c.boolean("stopped"); err != nil {
				return err
			}
		}
		d, err := c.cfg.Catalog.Create(c.ctx(), w)
		if err == nil && len(c.more) > 0 {
			err = c.importTasks(typ, d, w.DryRun)
		}
		return c.made(d, err, func() (entity.Doc, error) { return c.cfg.Catalog.Get(c.ctx(), typ, c.project(), c.onceID) })
	}
}

func getEntity(typ string) handler {
	return func(c *call) error {
		d, err := c.cfg.Catalog.Get(c.ctx(), typ, c.project(), c.id())
		if typ == entity.Trigger {
			d, err = c.withNext(d, err)
		} else {
			d, err = c.withFiles(typ, d, err)
		}
		return c.export(typ, d, err)
	}
}

func updateEntity(typ string) handler {
	return func(c *call) error {
		w, err := c.write(typ)
		if err != nil {
			return err
		}
		return c.doc(c.cfg.Catalog.Update(c.ctx(), w))
	}
}

func deleteEntity(typ string) handler {
	return func(c *call) error {
		cascade, err := c.boolean("cascade")
		if err != nil {
			return err
		}
		if done, err := c.planDelete(typ, "", cascade); done || err != nil {
			return err
		}
		return c.deleted(c.cfg.Catalog.Delete(c.ctx(), typ, c.project(), c.id(), cascade))
	}
}

// planDelete answers a dry run of a delete: what would go. done is false when it is none.
func (c *call) planDelete(typ, name string, cascade bool) (done bool, err error) {
	dry, err := c.boolean("dryRun")
	if err != nil || !dry {
		return false, err
	}
	plan, err := c.cfg.Catalog.PlanDelete(c.ctx(), typ, c.project(), c.id(), name, cascade)
	if err != nil {
		return true, err
	}
	return true, c.json(plan)
}

// deleted answers a delete: on the base API what is not there counts as deleted.
func (c *call) deleted(err error) error {
	if c.project() == "" && entity.IsNotFound(err) {
		err = nil
	}
	return c.void(err)
}

func deleteByName(typ string) handler {
	return func(c *call) error {
		name, err := c.required("name")
		if err != nil {
			return err
		}
		cascade, err := c.boolean("cascade")
		if err != nil {
			return err
		}
		if done, err := c.planDelete(typ, name, cascade); done || err != nil {
			return err
		}
		return c.void(c.cfg.Catalog.DeleteByName(c.ctx(), typ, c.project(), name, cascade))
	}
}

func relationships(typ string) handler {
	return func(c *call) error {
		if typ == entity.Project {
			if err := c.ownProject(); err != nil {
				return err
			}
		}
		list, err := c.cfg.Catalog.Relationships(c.ctx(), typ, c.project(), c.id())
		if err != nil {
			return err
		}
		if list == nil {
			list = []entity.Relation{}
		}
		return c.json(list)
	}
}

// all reads every page of a list of the catalogue.
func (c *call) all(q store.Query) ([]entity.Doc, error) {
	var out []entity.Doc
	for q.Page, q.Size = 0, catalog.MaxSize; ; q.Page++ {
		p, err := c.cfg.Catalog.List(c.ctx(), q)
		if err != nil {
			return nil, err
		}
		out = append(out, p.Items...)
		if len(p.Items) < q.Size {
			return out, nil
		}
	}
}

func tasksOf(typ string) handler {
	return func(c *call) error {
		d, err := c.cfg.Catalog.Get(c.ctx(), typ, c.project(), c.id())
		if err != nil {
			return err
		}
		list, err := c.tasks(typ, d)
		if err != nil {
			return err
		}
		return c.docs(list)
	}
}

// tasks lists the tasks of a function or workflow.
func (c *call) tasks(typ string, d entity.Doc) ([]entity.Doc, error) {
	q := store.Query{Entity: entity.Task, Project: d.Project, Sort: []store.Sort{byCreated}}
	if typ == entity.Function {
		q.Function = d.Ref()
	} else {
		q.Workflow = d.Ref()
	}
	return c.all(q)
}

// exportQuery are the parameters of reading one entity.
func exportQuery(typ string) []param {
	if slices.Contains(executables, typ) {
		return []param{withParam}
	}
	return nil
}
