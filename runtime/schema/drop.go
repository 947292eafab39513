package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Drop removes the members at the given JSON pointers and keeps the bytes of all other values. Objects on
// the way to a removed member come out with sorted names.
func Drop(spec json.RawMessage, pointers []string) (json.RawMessage, error) {
	for _, p := range pointers {
		out, err := drop(spec, strings.Split(strings.TrimPrefix(p, "/"), "/"))
		if err != nil {
			return nil, fmt.Errorf("drop %s: %w", p, err)
		}
		spec = out
	}
	return spec, nil
}

func drop(value json.RawMessage, path []string) (json.RawMessage, error) {
	name := unescape(path[0])
	switch trimmed := bytes.TrimSpace(value); {
	case len(trimmed) > 0 && trimmed[0] == '{':
		var object map[string]json.RawMessage
		if err := json.Unmarshal(trimmed, &object); err != nil {
			return nil, err
		}
		member, ok := object[name]
		if !ok {
			return value, nil
		}
		if len(path) == 1 {
			delete(object, name)
		} else {
			member, err := drop(member, path[1:])
			if err != nil {
				return nil, err
			}
			object[name] = member
		}
		return encode(object)
	case len(trimmed) > 0 && trimmed[0] == '[' && len(path) > 1:
		var list []json.RawMessage
		if err := json.Unmarshal(trimmed, &list); err != nil {
			return nil, err
		}
		i, err := strconv.Atoi(name)
		if err != nil || i < 0 || i >= len(list) {
			return value, nil
		}
		if list[i], err = drop(list[i], path[1:]); err != nil {
			return nil, err
		}
		return encode(list)
	}
	return value, nil
}

func encode(v any) (json.RawMessage, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
