package httpapi

import (
	"dhub/entity"
	"dhub/internal/catalog"
)

func (a *API) lineageRoutes() []route {
	return []route{
		{method: "GET", path: proj + "/lineage", id: "getLineage", tag: "console", summary: "What an entity came from and what came of it, or all relations of a project.",
			query: []param{text("key", "Key of the entity; without a version, the newest. Without a key the whole project, the newest of each type first."), integer("depth", "Steps in either direction: 2 unless given, at most 6."),
				text("direction", "up: what it came from; down: what came of it; both unless given.")},
			answer: "Lineage", handle: lineage},
		{method: "GET", path: proj + "/triggers/{id}/runs", id: "listTriggerRuns", tag: "triggers", summary: "List the runs that a trigger fired.",
			query: append(append([]param(nil), pageParams...), rowParams...), answer: "RunPage", handle: runsOfTrigger},
	}
}

func lineage(c *call) error {
	key := c.query("key")
	if key == "" {
		return c.projectLineage()
	}
	k, ok := entity.ParseKey(key)
	if !ok {
		return badQuery("key", "pattern", "must be a key such as store://project/model/sklearn/name:id, not %q.", clip(key))
	}
	if k.Project != c.project() {
		return badQuery("key", "reference", "names the project %s, the path the project %s.", k.Project, c.project())
	}
	depth, err := c.integer("depth", 0, 2)
	if err != nil {
		return err
	}
	if depth > catalog.MaxDepth {
		return badQuery("depth", "range", "must be at most %d, not %d.", catalog.MaxDepth, depth)
	}
	direction := catalog.Direction(c.query("direction"))
	switch direction {
	case "":
		direction = catalog.BothWays
	case catalog.Upstream, catalog.Downstream, catalog.BothWays:
	default:
		return badQuery("direction", "enum", "must be up, down or both, not %q.", clip(string(direction)))
	}
	g, err := c.cfg.Catalog.Lineage(c.ctx(), c.project(), key, int(depth), direction)
	if err != nil {
		return err
	}
	return c.json(g)
}

func (c *call) projectLineage() error {
	for _, name := range []string{"depth", "direction"} {
		if c.query(name) != "" {
			return badQuery(name, "reference", "needs a key: without one the answer has every relation of the project.")
		}
	}
	g, err := c.cfg.Catalog.ProjectLineage(c.ctx(), c.project())
	if err != nil {
		return err
	}
	return c.json(g)
}

func runsOfTrigger(c *call) error {
	d, err := c.cfg.Catalog.Get(c.ctx(), entity.Trigger, c.project(), c.id())
	if err != nil {
		return err
	}
	return c.answerRuns(d.Key())
}
