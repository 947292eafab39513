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

// references are the members of a run's spec that name what it belongs to.
func references(r store.Run) json.RawMessage {
	var o entity.Object
	for _, x := range [][2]string{{"function", r.Function}, {"task", r.Task}, {"workflow", r.Workflow}} {
		if x[1] != "" {
			o.SetText(x[0], x[1])
		}
	}
	return o.JSON()
}

// composed is the merged spec of a stored run.
func composed(r store.Run) json.RawMessage { return compose(r.Spec, r.TaskSpec, r.FunctionSpec) }
