package trigger

import (
	"bytes"
	"encoding/json"
	"strings"

	"dhub/entity"
)

// render replaces {{path}} in every string of a JSON document by what details hold there: dotted names, or
// numbers into arrays. Texts go in as they are, anything else as its JSON, and what is absent as nothing.
func render(template json.RawMessage, details map[string]any) (json.RawMessage, error) {
	if entity.IsNull(template) {
		return json.RawMessage("{}"), nil
	}
	if !bytes.Contains(template, []byte("{{")) {
		return template, nil
	}
	tree, err := decode(template)
	if err != nil {
		return nil, entity.Invalid("/spec/template", "type", "The field template cannot be read: %v.", err)
	}
	values, err := entity.EncodeJSON(details)
	if err != nil {
		return nil, err
	}
	scope, err := decode(values)
	if err != nil {
		return nil, err
	}
	out, err := fill(tree, scope)
	if err != nil {
		return nil, err
	}
	return entity.EncodeJSON(out)
}

// decode reads JSON and keeps the digits of numbers.
func decode(raw []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	return v, err
}

func fill(v any, scope any) (any, error) {
	var err error
	switch v := v.(type) {
	case string:
		return fillText(v, scope)
	case []any:
		for i := range v {
			if v[i], err = fill(v[i], scope); err != nil {
				return nil, err
			}
		}
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			if k, err = fillText(k, scope); err != nil {
				return nil, err
			}
			if out[k], err = fill(x, scope); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	return v, nil
}

func fillText(text string, scope any) (string, error) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{{")
		b.WriteString(before)
		if !found {
			return b.String(), nil
		}
		closing := "}}"
		if strings.HasPrefix(rest, "{") { // {{{path}}}: the same here, where nothing is HTML
			rest, closing = rest[1:], "}}}"
		}
		path, after, closed := strings.Cut(rest, closing)
		if !closed {
			return "", entity.Invalid("/spec/template", "pattern", "The field template opens {{ without closing it: %q.", text)
		}
		path = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(path), "&"))
		if path == "" || strings.ContainsAny(path[:1], "#/^>!=") {
			return "", entity.Invalid("/spec/template", "pattern", "The field template has {{%s}}; only names such as {{input.key}} are understood.", path)
		}
		value, err := lookup(scope, path)
		if err != nil {
			return "", err
		}
		b.WriteString(value)
		text = after
	}
}

func lookup(v any, path string) (string, error) {
	for name := range strings.SplitSeq(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			v = x[name]
		case []any:
			i := 0
			for _, c := range name {
				if c < '0' || c > '9' || i > len(x) {
					return "", nil
				}
				i = 10*i + int(c-'0')
			}
			if name == "" || i >= len(x) {
				return "", nil
			}
			v = x[i]
		default:
			return "", nil
		}
	}
	switch x := v.(type) {
	case nil:
		return "", nil
	case string:
		return x, nil
	}
	raw, err := entity.EncodeJSON(v)
	return string(raw), err
}
