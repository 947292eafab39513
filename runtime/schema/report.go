package schema

import (
	"encoding/json"
	"fmt"
	"net/url"
	"sort"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"dhub/entity"
)

// report turns a validation error into one field error per leaf, in the order of their pointers.
func (c *compiled) report(err *jsonschema.ValidationError, value any) error {
	var fields []entity.FieldError
	seen := map[string]bool{}
	var leaves func(e *jsonschema.ValidationError)
	leaves = func(e *jsonschema.ValidationError) {
		if len(e.Causes) > 0 {
			for _, c := range e.Causes {
				leaves(c)
			}
			return
		}
		for _, f := range c.describe(e, value) {
			if !seen[f.Pointer+f.Rule] {
				seen[f.Pointer+f.Rule] = true
				fields = append(fields, f)
			}
		}
	}
	leaves(err)
	sort.SliceStable(fields, func(i, j int) bool { return fields[i].Pointer < fields[j].Pointer })
	texts := make([]string, len(fields))
	for i, f := range fields {
		texts[i] = f.Message
	}
	return &entity.Error{Code: entity.CodeInvalid, Message: strings.Join(texts, "; "), Fields: fields}
}

func (c *compiled) describe(e *jsonschema.ValidationError, value any) []entity.FieldError {
	pointer := ""
	for _, part := range e.InstanceLocation {
		pointer += "/" + escape(part)
	}
	field := func(pointer, rule, format string, args ...any) []entity.FieldError {
		name := pointer
		if name == "" {
			name = "the spec"
		}
		return []entity.FieldError{{Pointer: pointer, Rule: rule, Message: name + ": " + fmt.Sprintf(format, args...)}}
	}
	switch k := e.ErrorKind.(type) {
	case *kind.Type:
		return field(pointer, "type", "got %s %s, expected %s", k.Got, short(at(value, e.InstanceLocation)), strings.Join(k.Want, " or "))
	case *kind.Required:
		var all []entity.FieldError
		for _, name := range k.Missing {
			all = append(all, field(pointer+"/"+escape(name), "required", "is missing; a value is required")...)
		}
		return all
	case *kind.Enum:
		want := make([]string, len(k.Want))
		for i, w := range k.Want {
			want[i] = short(w)
		}
		return field(pointer, "enum", "got %s, expected one of %s", short(k.Got), strings.Join(want, ", "))
	case *kind.Const:
		return field(pointer, "enum", "got %s, expected %s", short(k.Got), short(k.Want))
	case *kind.Pattern:
		if such := c.examples(e.SchemaURL); such != "" {
			return field(pointer, "pattern", "got %s, expected such as %s", short(k.Got), such)
		}
		return field(pointer, "pattern", "got %s, expected a text of the form %s", short(k.Got), k.Want)
	case *kind.Minimum:
		return field(pointer, "range", "got %s, expected at least %s", k.Got.RatString(), k.Want.RatString())
	case *kind.Maximum:
		return field(pointer, "range", "got %s, expected at most %s", k.Got.RatString(), k.Want.RatString())
	case *kind.MinLength:
		return field(pointer, "size", "got %s, expected at least %d characters", short(at(value, e.InstanceLocation)), k.Want)
	case *kind.MaxLength:
		return field(pointer, "size", "got %d characters, expected at most %d", k.Got, k.Want)
	}
	return field(pointer, "schema", "%s", e.ErrorKind.LocalizedString(message.NewPrinter(language.English)))
}

// examples words the examples that the schema gives for a value, "" when it gives none: people read them where
// they would not read a pattern.
func (c *compiled) examples(location string) string {
	_, fragment, _ := strings.Cut(location, "#")
	var node any = c.root
	for part := range strings.SplitSeq(strings.Trim(fragment, "/"), "/") {
		if plain, err := url.PathUnescape(part); err == nil {
			part = plain
		}
		switch v := node.(type) {
		case map[string]any:
			node = v[unescape(part)]
		default:
			return ""
		}
	}
	m, _ := node.(map[string]any)
	list, _ := m["examples"].([]any)
	words := make([]string, len(list))
	for i, v := range list {
		if words[i], _ = v.(string); words[i] == "" {
			words[i] = short(v)
		}
	}
	return strings.Join(words, " or ")
}

func at(value any, location []string) any {
	for _, part := range location {
		switch v := value.(type) {
		case map[string]any:
			value = v[part]
		case []any:
			i := -1
			if _, err := fmt.Sscan(part, &i); err != nil || i < 0 || i >= len(v) {
				return nil
			}
			value = v[i]
		}
	}
	return value
}

// short shows a value in an error without flooding it.
func short(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	if r := []rune(string(b)); len(r) > 60 {
		return string(r[:57]) + "..."
	}
	return string(b)
}

// Unknown words the refusal of members that a schema does not know.
func Unknown(pointers []string) error {
	e := &entity.Error{Code: entity.CodeInvalid}
	for _, p := range pointers {
		e.Fields = append(e.Fields, entity.FieldError{Pointer: p, Rule: "unknown", Message: "nothing knows this field; remove it or mend its name"})
	}
	e.Message = "unknown field " + strings.Join(pointers, ", ") + ": nothing knows it; remove it or mend its name"
	return e
}
