package httpapi

import (
	"net/http"
	"slices"

	"dhub/entity"
	"dhub/internal/catalog"
)

func (a *API) schemaRoutes() []route {
	const tag = "schemas"
	rt := []param{text("runtime", "Schemas of this runtime only.")}
	var out []route
	for _, under := range []struct{ path, where string }{{base + "/schemas", ""}, {proj + "/schemas", "InProject"}} {
		out = append(out,
			route{method: "GET", path: under.path + "/{entity}", id: "listSchemas" + under.where, tag: tag, summary: "All schemas of an entity type.",
				query: rt, headers: []param{languageHeader}, answer: "SchemaPage", open: true, handle: listSchemas("")},
			route{method: "GET", path: under.path + "/{entity}/{kind}", id: "getSchema" + under.where, tag: tag, summary: "The schema of a kind.",
				headers: []param{languageHeader}, answer: "Schema", open: true, handle: getSchema("")},
		)
	}
	type place struct{ path, typ, where string }
	places := []place{{base + "/artifacts", entity.Artifact, ""}}
	for _, typ := range materials {
		places = append(places, place{proj + "/" + entity.Plural(typ), typ, "InProject"})
	}
	for _, p := range places {
		out = append(out,
			route{method: "GET", path: p.path + "/schemas", id: "list" + schemaNames[p.typ] + "Schemas" + p.where, tag: tag, summary: "All schemas of the entity type.",
				query: rt, headers: []param{languageHeader}, answer: "SchemaPage", open: true, handle: listSchemas(p.typ)},
			// /{id}/relationships and the like overlap with this one.
			route{method: "GET", path: p.path + "/schemas/{kind}", id: "get" + schemaNames[p.typ] + "Schema" + p.where, tag: tag, summary: "The schema of a kind.",
				headers: []param{languageHeader}, answer: "Schema", open: true, early: true, handle: getSchema(p.typ)},
		)
	}
	return out
}

func (c *call) schemas(typ string) ([]catalog.Schema, error) {
	if typ == "" {
		typ = c.r.PathValue("entity")
	}
	c.w.Header().Set("Vary", "Accept-Language")
	return c.cfg.Catalog.LocalSchemas(typ, c.query("runtime"), language(c.r))
}

func listSchemas(typ string) handler {
	return func(c *call) error {
		list, err := c.schemas(typ)
		if entity.IsNotFound(err) {
			c.w.WriteHeader(http.StatusNotFound)
			return nil
		}
		if err != nil {
			return err
		}
		out := make([][]byte, len(list))
		for i, s := range list {
			out[i] = compact(s)
		}
		return c.whole(entity.Array(out), len(out))
	}
}

func getSchema(typ string) handler {
	return func(c *call) error {
		list, err := c.schemas(typ)
		if entity.IsNotFound(err) {
			c.w.WriteHeader(http.StatusNotFound)
			return nil
		}
		if err != nil {
			return err
		}
		kind := c.r.PathValue("kind")
		i := slices.IndexFunc(list, func(s catalog.Schema) bool { return s.Kind == kind })
		if i < 0 {
			return entity.Invalid("kind", "enum", "missing spec: there is no kind %q of this entity type.", clip(kind))
		}
		return c.json(list[i])
	}
}
