package catalog

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"

	"dhub/entity"
)

// difference names the first member, in alphabetical order, in which two specs differ in meaning; "" when
// there is none. Absent, null, "", [] and {} mean the same, and so do two spellings of one number.
func difference(a, b json.RawMessage) string {
	x, _ := entity.ParseObject(a)
	y, _ := entity.ParseObject(b)
	var names []string
	for _, m := range append(x.Clone(), y...) {
		names = append(names, m.Name)
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if !equalJSON(x.Get(name), y.Get(name)) {
			return name
		}
	}
	return ""
}

func equalJSON(a, b json.RawMessage) bool {
	if bytes.Equal(a, b) || entity.IsEmpty(a) && entity.IsEmpty(b) {
		return true
	}
	return equalValues(decode(a), decode(b))
}

func decode(raw json.RawMessage) any {
	if len(raw) == 0 {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return nil
	}
	return v
}

func empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		for _, m := range v {
			if !empty(m) {
				return false
			}
		}
		return true
	}
	return false
}

func equalValues(a, b any) bool {
	if empty(a) || empty(b) {
		return empty(a) && empty(b)
	}
	switch a := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok {
			return false
		}
		for name, v := range a {
			if !equalValues(v, y[name]) {
				return false
			}
		}
		for name, v := range y {
			if _, both := a[name]; !both && !empty(v) {
				return false
			}
		}
		return true
	case []any:
		y, ok := b.([]any)
		return ok && slices.EqualFunc(a, y, equalValues)
	case json.Number:
		y, ok := b.(json.Number)
		if !ok || a == y {
			return ok
		}
		f, err1 := strconv.ParseFloat(string(a), 64)
		g, err2 := strconv.ParseFloat(string(y), 64)
		return err1 == nil && err2 == nil && f == g
	}
	return a == b
}
