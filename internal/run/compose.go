package run

import (
	"encoding/json"

	"dhub/entity"
	"dhub/internal/store"
)

// compose makes the merged spec of rest-api 4.3 from the run's three immutable parts: the run's own fields,
// then what the task adds, then the function's fields, which override. Members are in alphabetical order.
func compose(own, task, function []byte) json.RawMessage {
	spec, _ := entity.ParseObject(own)
	t, _ := entity.ParseObject(task)
	f, _ := entity.ParseObject(function)
	for _, m := range t {
		if spec.Get(m.Name) == nil {
			spec.Set(m.Name, m.Value)
		}
	}
	for _, m := range f {
		spec.Set(m.Name, m.Value)
	}
	spec.Sort()
	return spec.JSON()
}

// composed is the merged spec of a stored run.
func composed(r store.Run) json.RawMessage { return compose(r.Spec, r.TaskSpec, r.FunctionSpec) }
