package catalog

import (
	"encoding/json"
	"slices"
	"strings"

	"dhub/entity"
)

// Schema is the schema of one kind as the wire shows it.
type Schema struct {
	ID       string          `json:"id"`
	Kind     string          `json:"kind"`
	Entity   string          `json:"entity"`
	Runtime  string          `json:"runtime,omitempty"`
	Schema   json.RawMessage `json:"schema"`
	UISchema json.RawMessage `json:"uiSchema,omitempty"`
}

// without names entity types that clients ask for and that have no kinds here.
var without = []string{"containerimage", "extension", "extensiondefinition"}

// Schemas lists the schemas of an entity type, of one runtime if named. An unknown entity type is not found.
func (c *Catalog) Schemas(entityType, runtime string) ([]Schema, error) {
	if slices.Contains(without, entityType) {
		return []Schema{}, nil
	}
	if entityType == "metadata" {
		return c.schemas(&descriptor{entity: "metadata"}, runtime), nil
	}
	k, ok := describe(entityType)
	if !ok {
		return nil, entity.Errorf(entity.CodeNotFound, "There are no schemas of %q.", entityType)
	}
	return c.schemas(k, runtime), nil
}

// Schema returns the schema of one kind; an unknown kind is invalid.
func (c *Catalog) Schema(entityType, kind string) (Schema, error) {
	list, err := c.Schemas(entityType, "")
	if err != nil {
		return Schema{}, err
	}
	for _, s := range list {
		if s.Kind == kind {
			return s, nil
		}
	}
	return Schema{}, entity.Invalid("kind", "enum", "missing spec: there is no kind %q of %s.", kind, entityType)
}

func (c *Catalog) schemas(k *descriptor, runtime string) []Schema {
	list := []Schema{}
	add := func(kind, rt string, schema, ui json.RawMessage) {
		if runtime != "" && rt != runtime {
			return
		}
		if len(schema) == 0 {
			schema = json.RawMessage(`{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object"}`)
		}
		list = append(list, Schema{ID: strings.ToUpper(k.entity) + ":" + kind, Kind: kind, Entity: strings.ToUpper(k.entity), Runtime: rt, Schema: schema, UISchema: ui})
	}
	if !k.runtime {
		for kind, s := range own()[k.entity] {
			add(kind, "", hinted(k.entity, s), nil)
		}
	}
	for _, rt := range c.runtimes.All() {
		d := rt.Describe()
		for _, x := range d.Kinds {
			switch k.entity {
			case entity.Task:
				for _, a := range d.Actions {
					add(x.Kind+"+"+a.Name, x.Kind, a.Task, nil)
				}
			case entity.Run:
				for _, a := range d.Actions {
					add(x.Kind+"+"+a.Name+":run", x.Kind, a.Run, nil)
				}
			case x.Entity:
				add(x.Kind, x.Kind, x.Schema, x.UI)
			}
		}
	}
	slices.SortFunc(list, func(a, b Schema) int { return strings.Compare(a.ID, b.ID) })
	return list
}
