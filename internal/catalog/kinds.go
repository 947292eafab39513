package catalog

import (
	_ "embed"
	"encoding/json"
	"slices"
	"sync"

	"dhub/entity"
	"dhub/internal/store"
)

// lifecycle says who decides on status.state.
type lifecycle int

const (
	free      lifecycle = iota // any published state as the client gives it
	material                   // entity.MaterialMay
	triggered                  // the server alone
)

// specRule says what an update does with another spec (D4).
type specRule int

const (
	versions   specRule = iota // it becomes a new version
	untilReady                 // it is taken until the state is READY, then refused
	replaced                   // it replaces the stored one
	fixed                      // it is refused
)

// descriptor is what the generic code must know of an entity type.
type descriptor struct {
	entity    string
	versioned bool // rows of one name are its versions
	unique    bool // a name stands for one entity
	lifecycle lifecycle
	spec      specRule
	runtime   bool     // kinds and schemas are the runtimes'
	base      bool     // there is a base API
	context   bool     // there is an API below a project
	byName    bool     // there is a DELETE by name
	cascades  bool     // which always cascades
	filters   []string // query parameters that lists honour, besides project
	sorts     []string // sort fields besides the common ones
	order     store.Sort
	baseOrder store.Sort
}

var (
	newest = store.Sort{Field: "created", Desc: true}
	common = []string{"q", "name", "kind", "user", "state", "created", "updated", "labels", "versions"}
	ran    = []string{"kind", "user", "state", "created", "updated"}
)

// table is the one place that tells entity types apart.
var table = []descriptor{
	{entity: entity.Project, unique: true, spec: replaced, base: true,
		filters: []string{"name", "state", "user", "created", "updated", "labels"}, order: store.Sort{Field: "name"}, baseOrder: store.Sort{Field: "name"}},
	{entity: entity.Function, versioned: true, spec: versions, runtime: true, base: true, context: true, byName: true, cascades: true,
		filters: common, order: newest, baseOrder: newest},
	{entity: entity.Workflow, versioned: true, spec: versions, runtime: true, base: true, context: true, byName: true, cascades: true,
		filters: common, order: newest, baseOrder: newest},
	{entity: entity.Task, spec: replaced, runtime: true, base: true, context: true,
		filters: append([]string{"name", "function", "workflow"}, ran...), sorts: []string{"function", "workflow"}, order: newest, baseOrder: store.Sort{Field: "kind"}},
	{entity: entity.Artifact, versioned: true, lifecycle: material, spec: untilReady, base: true, context: true, byName: true,
		filters: common, order: newest, baseOrder: newest},
	{entity: entity.DataItem, versioned: true, lifecycle: material, spec: untilReady, base: true, context: true, byName: true,
		filters: common, order: newest, baseOrder: newest},
	{entity: entity.Model, versioned: true, lifecycle: material, spec: untilReady, base: true, context: true, byName: true,
		filters: common, order: newest, baseOrder: newest},
	{entity: entity.Secret, unique: true, spec: fixed, base: true, context: true,
		filters: []string{"q", "name", "labels"}, order: store.Sort{Field: "name"}, baseOrder: store.Sort{Field: "name"}},
	{entity: entity.Trigger, lifecycle: triggered, spec: fixed, context: true,
		filters: append([]string{"q", "name", "task", "functionName", "labels"}, ran...), sorts: []string{"function", "workflow", "task"}, order: newest, baseOrder: newest},
	{entity: entity.Run, runtime: true, base: true, context: true,
		filters: slices.Concat([]string{"q", "name", "task", "action", "function", "workflow"}, ran, runFilters), sorts: []string{"function", "workflow", "task", "duration"}, order: newest, baseOrder: newest},
}

// describe finds an entity type, runs included.
func describe(entityType string) (*descriptor, bool) {
	i := slices.IndexFunc(table, func(k descriptor) bool { return k.entity == entityType })
	if i < 0 {
		return nil, false
	}
	return &table[i], true
}

// find finds an entity type that the catalogue itself keeps.
func find(entityType string) (*descriptor, error) {
	k, ok := describe(entityType)
	if !ok || entityType == entity.Run {
		return nil, entity.Errorf(entity.CodeNotFound, "There are no entities of type %q in the catalogue.", entityType)
	}
	return k, nil
}

// Versioned tells whether the rows of one name are versions of one thing.
func Versioned(entityType string) bool {
	k, ok := describe(entityType)
	return ok && k.versioned
}

//go:embed schemas.json
var schemasText []byte

// own holds the schemas of kinds that belong to no runtime, by entity type and kind.
var own = sync.OnceValue(func() map[string]map[string]json.RawMessage {
	var m map[string]map[string]json.RawMessage
	if err := json.Unmarshal(schemasText, &m); err != nil {
		panic("catalog: schemas.json: " + err.Error())
	}
	for _, kinds := range m {
		for kind, text := range kinds {
			o, err := entity.ParseObject(text)
			if err != nil {
				panic("catalog: schemas.json: " + kind + ": " + err.Error())
			}
			kinds[kind] = append(entity.Object{{Name: "$schema", Value: json.RawMessage(`"https://json-schema.org/draft/2020-12/schema"`)}}, o...).JSON()
		}
	}
	return m
})
