package runtime

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

	"dhub/entity"
)

// Decode reads a spec as an object whose numbers keep their digits; nothing and null are the empty one.
func Decode(spec json.RawMessage) (map[string]any, error) {
	if len(bytes.TrimSpace(spec)) == 0 {
		return map[string]any{}, nil
	}
	d := json.NewDecoder(bytes.NewReader(spec))
	d.UseNumber()
	var m map[string]any
	if err := d.Decode(&m); err != nil {
		return nil, entity.Invalid("", "type", "the spec is no JSON object: %v", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, entity.Invalid("", "type", "the spec is more than one JSON value")
	}
	if m == nil {
		m = map[string]any{}
	}
	return m, nil
}

// Encode writes the canonical form: sorted names, no spaces, numbers as they came.
func Encode(m map[string]any) (json.RawMessage, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(m); err != nil {
		return nil, fmt.Errorf("encode spec: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Compose merges three specs as a run's is read: the run's members, then the task's that the run does not
// have, then the function's, which always win.
func Compose(function, task, run json.RawMessage) (json.RawMessage, error) {
	out, err := Decode(run)
	if err != nil {
		return nil, err
	}
	t, err := Decode(task)
	if err != nil {
		return nil, err
	}
	f, err := Decode(function)
	if err != nil {
		return nil, err
	}
	for name, v := range t {
		if old, ok := out[name]; !ok || old == nil {
			out[name] = v
		}
	}
	for name, v := range f {
		if v != nil {
			out[name] = v
		}
	}
	return Encode(out)
}

// Prune removes members that say nothing: null, "", [], {} and, by name, the given defaults.
func Prune(m map[string]any, defaults map[string]any) {
	for name, v := range m {
		switch v := v.(type) {
		case nil:
			delete(m, name)
		case string:
			if v == "" || defaults[name] == v {
				delete(m, name)
			}
		case []any:
			if len(v) == 0 {
				delete(m, name)
			}
		case map[string]any:
			if len(v) == 0 {
				delete(m, name)
			}
		case bool:
			if d, ok := defaults[name].(bool); ok && d == v {
				delete(m, name)
			}
		case json.Number:
			if d, ok := defaults[name].(int); ok && string(v) == fmt.Sprint(d) {
				delete(m, name)
			}
		}
	}
}

// FoldParams brings the parameters of TaskParams into their canonical form in place: env joins envs (envs
// wins by name), resources become requests and limits as text, maps of environment variables and node
// selectors become sorted lists, the two spellings of volume settings become one.
func FoldParams(m map[string]any) error {
	list, err := foldEnv(m["env"], m["envs"])
	if err != nil {
		return err
	}
	delete(m, "env")
	delete(m, "envs")
	if len(list) > 0 {
		m["envs"] = list
	}
	foldResources(m)
	foldVolumes(m)
	if selector, ok := m["node_selector"].(map[string]any); ok {
		pairs := []any{}
		for _, k := range slices.Sorted(maps.Keys(selector)) {
			pairs = append(pairs, map[string]any{"key": k, "value": selector[k]})
		}
		m["node_selector"] = pairs
	}
	return nil
}

func foldEnv(lists ...any) ([]any, error) {
	var order []string
	values := map[string]string{}
	add := func(name, value any) error {
		n, ok := name.(string)
		if !ok || n == "" {
			return entity.Invalid("/envs", "required", "/envs: an environment variable has no name; expected {\"name\":…,\"value\":…}")
		}
		if _, seen := values[n]; !seen {
			order = append(order, n)
		}
		values[n] = text(value)
		return nil
	}
	for _, l := range lists {
		switch l := l.(type) {
		case map[string]any:
			for _, k := range slices.Sorted(maps.Keys(l)) {
				if err := add(k, l[k]); err != nil {
					return nil, err
				}
			}
		case []any:
			for _, item := range l {
				e, ok := item.(map[string]any)
				if !ok {
					return nil, entity.Invalid("/envs", "type", "/envs: got %v, expected {\"name\":…,\"value\":…}", item)
				}
				if err := add(e["name"], e["value"]); err != nil {
					return nil, err
				}
			}
		}
	}
	out := make([]any, len(order))
	for i, n := range order {
		out[i] = map[string]any{"name": n, "value": values[n]}
	}
	return out, nil
}

func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	}
	return fmt.Sprint(v)
}

func foldResources(m map[string]any) {
	resources, ok := m["resources"].(map[string]any)
	if !ok {
		return
	}
	out := map[string]any{}
	for name, v := range resources {
		q := map[string]any{}
		switch v := v.(type) {
		case map[string]any:
			for _, k := range []string{"requests", "limits"} {
				if s := text(v[k]); s != "" {
					q[k] = s
				}
			}
		case nil:
		default:
			if s := text(v); s != "" {
				q["requests"] = s
			}
		}
		if len(q) > 0 {
			out[name] = q
		}
	}
	m["resources"] = out
}

var volumeSpelling = map[string]string{"size_limit": "sizeLimit", "storageClass": "storage_class", "claim_name": "claimName", "sub_path": "subPath"}

func foldVolumes(m map[string]any) {
	volumes, _ := m["volumes"].([]any)
	for _, v := range volumes {
		volume, _ := v.(map[string]any)
		spec, ok := volume["spec"].(map[string]any)
		if !ok {
			continue
		}
		out := map[string]any{}
		for k, value := range spec {
			if value == nil {
				continue
			}
			if canonical, ok := volumeSpelling[k]; ok {
				k = canonical
			}
			out[k] = text(value)
		}
		volume["spec"] = out
		if len(out) == 0 {
			delete(volume, "spec")
		}
	}
}
