package python

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"dhub/entity"
	"dhub/runtime"
)

// Normalise implements runtime.Runtime for the kinds python, python+job and python+job:run. Fields that the
// schema does not know are no part of the canonical form.
func (*Runtime) Normalise(ctx context.Context, kind string, spec json.RawMessage) (json.RawMessage, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	schema, err := schemaOf(kind)
	if err != nil {
		return nil, err
	}
	m, err := runtime.Known(schema, spec)
	if err != nil {
		return nil, err
	}
	if err := foldFunction(m); err != nil {
		return nil, err
	}
	if kind != Kind {
		if err := runtime.FoldParams(m); err != nil {
			return nil, err
		}
		if err := foldRun(m); err != nil {
			return nil, err
		}
	}
	runtime.Prune(m, map[string]any{"python_exact": false, "local_execution": false, "backoff_limit": 0, "timeout": 0})
	return runtime.Encode(m)
}

func schemaOf(kind string) (json.RawMessage, error) {
	d := described()
	switch kind {
	case Kind:
		return d.Kinds[0].Schema, nil
	case Kind + "+" + Job:
		return d.Actions[0].Task, nil
	case Kind + "+" + Job + ":run":
		return d.Actions[0].Run, nil
	}
	return nil, entity.Invalid("/kind", "enum", "got kind %q, expected %s, %[2]s+%s or %[2]s+%[3]s:run", kind, Kind, Job)
}

// foldFunction canonicalises the function's fields, which a composed run repeats.
func foldFunction(m map[string]any) error {
	if source, ok := m["source"].(map[string]any); ok {
		if code, _ := source["base64"].(string); code != "" {
			text, err := decodeSource(code)
			if err != nil {
				return err
			}
			source["base64"] = base64.StdEncoding.EncodeToString(text)
		}
		for _, name := range []string{"handler", "init_function", "source"} {
			if s, ok := source[name].(string); ok {
				source[name] = strings.TrimSpace(s)
			}
		}
		runtime.Prune(source, map[string]any{"lang": "python"})
	}
	if lines, ok := m["requirements"].([]any); ok {
		m["requirements"] = cleanRequirements(lines)
	}
	return nil
}

// decodeSource reads base64 of any of the usual alphabets, with or without padding and line breaks.
func decodeSource(code string) ([]byte, error) {
	compact := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\r', '\n':
			return -1
		case '-':
			return '+'
		case '_':
			return '/'
		}
		return r
	}, code)
	text, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(compact, "="))
	if err != nil {
		return nil, entity.Invalid("/source/base64", "pattern", "/source/base64: got text that is not base64 (%v), expected the code in base64", err)
	}
	if !utf8.Valid(text) { // it travels as text, which would change every other byte
		return nil, entity.Invalid("/source/base64", "pattern", "/source/base64: got code with a byte that is not UTF-8 in line %d, expected UTF-8: save the file in that encoding", notUTF8(text))
	}
	return text, nil
}

// notUTF8 is the number of the first line with a byte that is not UTF-8.
func notUTF8(text []byte) int {
	line := 1
	for l := range bytes.Lines(text) {
		if !utf8.Valid(l) {
			break
		}
		line++
	}
	return line
}

func cleanRequirements(lines []any) []any {
	out := []any{}
	seen := map[string]bool{}
	for _, l := range lines {
		line, _ := l.(string)
		if i := strings.Index(line, " #"); i >= 0 {
			line = line[:i]
		}
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") || seen[line] {
			continue
		}
		seen[line] = true
		out = append(out, line)
	}
	return out
}

// foldRun makes maps of lists of maps and looks at each input key.
func foldRun(m map[string]any) error {
	for _, name := range []string{"inputs", "outputs"} {
		list, ok := m[name].([]any)
		if !ok {
			continue
		}
		folded := map[string]any{}
		for _, item := range list {
			entry, _ := item.(map[string]any)
			for k, v := range entry {
				folded[k] = v
			}
		}
		m[name] = folded
	}
	inputs, _ := m["inputs"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(inputs)) {
		key, _ := inputs[name].(string)
		if _, ok := entity.ParseKey(key); !ok && inputs[name] != nil {
			return entity.Invalid("/inputs/"+name, "reference", "/inputs/%s: got %q, expected an entity key such as store://project/dataitem/table/name:id", name, key)
		}
	}
	for _, name := range []string{"inputs", "outputs"} {
		if object, ok := m[name].(map[string]any); ok {
			runtime.Prune(object, nil)
		}
	}
	return nil
}
