package httpapi

import (
	"encoding/json"
	"reflect"
	"strings"

	"dhub/entity"
	"dhub/internal/catalog"
)

// savedRoutes are presets and views: what a user keeps in a project, each user apart.
func (a *API) savedRoutes() []route {
	var out []route
	for _, k := range []struct{ class, path, name, about string }{
		{catalog.Preset, "/presets", "Preset", "saved parameters of a run"},
		{catalog.View, "/views", "View", "a saved list with its filters"},
	} {
		path, one := proj+k.path, proj+k.path+"/{id}"
		out = append(out,
			route{method: "GET", path: path, id: "list" + k.name + "s", tag: "saved", summary: "List the caller's own: each is " + k.about + ".", answer: k.name + "List", handle: listSaved(k.class)},
			route{method: "POST", path: path, id: "create" + k.name, tag: "saved", summary: "Keep " + k.about + ".", body: k.name + "Body", answer: k.name, headers: []param{onceHeader}, once: true, handle: putSaved(k.class)},
			route{method: "GET", path: one, id: "get" + k.name, tag: "saved", summary: "Read one.", answer: k.name, handle: getSaved(k.class)},
			route{method: "PUT", path: one, id: "update" + k.name, tag: "saved", summary: "Replace one.", body: k.name + "Body", answer: k.name, handle: putSaved(k.class)},
			route{method: "DELETE", path: one, id: "delete" + k.name, tag: "saved", summary: "Delete one.", handle: deleteSaved(k.class)},
		)
	}
	return out
}

type presetBody struct {
	Name     string          `json:"name"`
	Function string          `json:"function,omitempty" doc:"Name of the function that it is for."`
	Workflow string          `json:"workflow,omitempty" doc:"Name of the workflow that it is for."`
	Kind     string          `json:"kind" doc:"Kind of the run."`
	Spec     json.RawMessage `json:"spec" doc:"Members of the run's spec."`
}

type viewBody struct {
	Name  string `json:"name"`
	Page  string `json:"page" doc:"The list that it belongs to, such as runs."`
	Query string `json:"query" doc:"The list's filters, order and columns, as they stand in its address."`
}

type preset struct {
	ID string `json:"id"`
	presetBody
	Created string `json:"created" format:"date-time"`
	Updated string `json:"updated" format:"date-time"`
}

type view struct {
	ID string `json:"id"`
	viewBody
	Created string `json:"created" format:"date-time"`
	Updated string `json:"updated" format:"date-time"`
}

type (
	presetList []preset
	viewList   []view
)

// shown makes the answer of what is kept.
func shown(class string, s catalog.Saved) (any, error) {
	if class == catalog.Preset {
		p := preset{ID: s.ID, Created: s.Created, Updated: s.Updated}
		return p, json.Unmarshal(s.Body, &p.presetBody)
	}
	v := view{ID: s.ID, Created: s.Created, Updated: s.Updated}
	return v, json.Unmarshal(s.Body, &v.viewBody)
}

func (c *call) saved(class string, s catalog.Saved, err error) error {
	if err != nil {
		return err
	}
	v, err := shown(class, s)
	if err != nil {
		return err
	}
	return c.json(v)
}

func listSaved(class string) handler {
	return func(c *call) error {
		list, err := c.cfg.Catalog.ListSaved(c.ctx(), class, c.who().User, c.project())
		if err != nil {
			return err
		}
		out := []any{}
		for _, s := range list {
			v, err := shown(class, s)
			if err != nil {
				return err
			}
			out = append(out, v)
		}
		return c.json(out)
	}
}

func getSaved(class string) handler {
	return func(c *call) error {
		s, err := c.cfg.Catalog.GetSaved(c.ctx(), class, c.who().User, c.project(), c.id())
		return c.saved(class, s, err)
	}
}

func putSaved(class string) handler {
	return func(c *call) error {
		var name string
		var body any
		if class == catalog.Preset {
			var p presetBody
			if err := c.decode(&p); err != nil {
				return err
			}
			if !entity.ValidKind(p.Kind) {
				return entity.Invalid("/kind", "pattern", "The field kind must be the kind of a run, not %q.", clip(p.Kind))
			}
			if _, err := entity.ParseObject(p.Spec); err != nil || entity.IsNull(p.Spec) {
				return entity.Invalid("/spec", "type", "The field spec must be an object.")
			}
			name, body = p.Name, p
		} else {
			var v viewBody
			if err := c.decode(&v); err != nil {
				return err
			}
			if v.Page == "" {
				return entity.Invalid("/page", "required", "The field page is missing: it names the list, such as runs.")
			}
			name, body = v.Name, v
		}
		s, err := c.cfg.Catalog.PutSaved(c.ctx(), class, c.who().User, c.project(), catalog.Saved{ID: c.id(), Name: name, Body: compact(body)})
		return c.saved(class, s, err)
	}
}

func deleteSaved(class string) handler {
	return func(c *call) error {
		return c.void(c.cfg.Catalog.DeleteSaved(c.ctx(), class, c.who().User, c.project(), c.id()))
	}
}

// members are the names under which a struct's fields travel.
func members(v any) map[string]bool {
	out := map[string]bool{}
	for _, f := range reflect.VisibleFields(reflect.TypeOf(v).Elem()) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		out[name] = true
	}
	return out
}
