package httpapi

import (
	"encoding/json"
	"strings"

	"dhub/entity"
)

func (a *API) metricRoutes() []route {
	var out []route
	for _, typ := range []string{entity.Model, entity.Run} {
		path, name := proj+"/"+entity.Plural(typ)+"/{id}/metrics", schemaNames[typ]
		out = append(out,
			route{method: "GET", path: path, id: "list" + name + "Metrics", tag: "metrics", summary: "All metrics, by name.", answer: "Metrics", handle: listMetrics(typ)},
			route{method: "GET", path: path + "/{metric...}", id: "get" + name + "Metric", tag: "metrics", summary: "One metric: a number or a series.", answer: "Metric", handle: getMetric(typ)},
			route{method: "PUT", path: path + "/{metric...}", id: "put" + name + "Metric", tag: "metrics", summary: "Replace a metric.", body: "Metric", handle: putMetric(typ)},
		)
	}
	return out
}

func (c *call) keeper(typ string) (Metrics, error) {
	m := c.cfg.RunMetrics
	if typ == entity.Model {
		m = c.cfg.ModelMetrics
	}
	if m == nil {
		return nil, unavailable("The store of metrics")
	}
	return m, nil
}

func (c *call) metrics(typ string) (map[string]json.RawMessage, error) {
	m, err := c.keeper(typ)
	if err != nil {
		return nil, err
	}
	return m.Metrics(c.ctx(), c.project(), c.id())
}

func listMetrics(typ string) handler {
	return func(c *call) error {
		all, err := c.metrics(typ)
		if err != nil {
			return err
		}
		if all == nil {
			all = map[string]json.RawMessage{}
		}
		return c.json(all)
	}
}

func getMetric(typ string) handler {
	return func(c *call) error {
		name := c.r.PathValue("metric")
		all, err := c.metrics(typ)
		if err != nil {
			return err
		}
		v, ok := all[name]
		if !ok {
			return entity.Errorf(entity.CodeNotFound, "No such metric: %s. (No such EntityName.METRIC)", clip(name))
		}
		return c.raw(v)
	}
}

func putMetric(typ string) handler {
	return func(c *call) error {
		name := c.r.PathValue("metric")
		if name == "" || len(name) > entity.MaxName || strings.ContainsRune(name, 0) {
			return entity.Invalid("metric", "pattern", "The name of a metric must have 1 to %d characters.", entity.MaxName)
		}
		m, err := c.keeper(typ)
		if err != nil {
			return err
		}
		body, err := c.body()
		if err != nil {
			return err
		}
		clean, _, err := entity.Scan(body, "")
		if err != nil {
			return err
		}
		return c.void(m.PutMetric(c.ctx(), c.project(), c.id(), name, clean))
	}
}
