// Package schema holds specs against JSON schemas (draft 2020-12). A schema is compiled when it is first
// used and kept, so that start-up pays nothing.
//
// An object that lists properties and says nothing of additional ones is closed: further members are
// reported as unknown. An object without properties, or with additionalProperties, is open.
package schema

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"dhub/entity"
)

type compiled struct {
	validator *jsonschema.Schema
	root      map[string]any
	passed    passed
}

var cache struct {
	sync.Mutex
	byText map[string]*compiled
}

func compile(text json.RawMessage) (*compiled, error) {
	cache.Lock()
	defer cache.Unlock()
	if c, ok := cache.byText[string(text)]; ok {
		return c, nil
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("read schema: %w", err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	if err := compiler.AddResource("spec.json", doc); err != nil {
		return nil, fmt.Errorf("read schema: %w", err)
	}
	validator, err := compiler.Compile("spec.json")
	if err != nil {
		return nil, fmt.Errorf("compile schema: %w", err)
	}
	root, _ := doc.(map[string]any)
	c := &compiled{validator: validator, root: root}
	if cache.byText == nil {
		cache.byText = map[string]*compiled{}
	}
	cache.byText[string(text)] = c
	return c, nil
}

// Check validates spec and lists the members that the schema does not know, as sorted JSON pointers.
// Nothing, null and {} are the same spec. The error is an entity error of code invalid.
func Check(schemaText, spec json.RawMessage) (unknown []string, err error) {
	c, err := compile(schemaText)
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(spec)) == 0 {
		spec = json.RawMessage("{}")
	}
	if unknown, ok := c.passed.find(spec); ok {
		return unknown, nil
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(spec))
	if err != nil {
		return nil, entity.Invalid("", "type", "the spec is not JSON: %v", err)
	}
	if value == nil {
		value = map[string]any{}
	}
	value = withoutNulls(value)
	c.walk(c.root, value, "", &unknown)
	sort.Strings(unknown)
	if err := c.validator.Validate(value); err != nil {
		if v, ok := errors.AsType[*jsonschema.ValidationError](err); ok {
			return unknown, c.report(v, value)
		}
		return unknown, fmt.Errorf("validate: %w", err)
	}
	c.passed.add(spec, unknown)
	return unknown, nil
}

// walk follows properties, additionalProperties, items, local references, and the parts of allOf, anyOf and oneOf:
// what one of them knows is known.
func (c *compiled) walk(node map[string]any, value any, pointer string, unknown *[]string) {
	switch v := value.(type) {
	case map[string]any:
		parts := c.parts(node, 0)
		for name, member := range v {
			at := pointer + "/" + escape(name)
			if subs, known := below(parts, name); len(subs) > 0 {
				c.walk(together(subs), member, at, unknown)
			} else if !known {
				*unknown = append(*unknown, at)
			}
		}
	case []any:
		var items []any
		for _, part := range c.parts(node, 0) {
			if sub, ok := part["items"].(map[string]any); ok {
				items = append(items, sub)
			}
		}
		for i, member := range v {
			if len(items) > 0 {
				c.walk(together(items), member, pointer+"/"+strconv.Itoa(i), unknown)
			}
		}
	}
}

// below lists the schemas of a member and tells whether the parts of an object know it: by its name, by a pattern, or
// because the object is open.
func below(parts []map[string]any, name string) (subs []any, known bool) {
	var extras []any
	closed := false
	for _, part := range parts {
		properties, lists := part["properties"].(map[string]any)
		if sub, ok := properties[name]; ok {
			known = true
			if _, ok := sub.(map[string]any); ok {
				subs = append(subs, sub)
			}
		}
		patterns, _ := part["patternProperties"].(map[string]any)
		for pattern, sub := range patterns {
			if ok, err := regexp.MatchString(pattern, name); ok || err != nil {
				known = true
				subs = append(subs, sub)
			}
		}
		extra, says := part["additionalProperties"]
		switch {
		case says && extra != false:
			extras = append(extras, extra)
		case lists:
			closed = true
		}
	}
	if !known && len(extras) > 0 {
		subs = append(subs, extras...)
	}
	return subs, known || len(extras) > 0 || !closed
}

// together is one schema of several that all apply.
func together(subs []any) map[string]any {
	if len(subs) == 1 {
		only, _ := subs[0].(map[string]any)
		return only
	}
	return map[string]any{"allOf": subs}
}

// parts are a schema and those that it is made of.
func (c *compiled) parts(node map[string]any, depth int) []map[string]any {
	if node == nil || depth > 16 {
		return nil
	}
	out := []map[string]any{node}
	if ref, ok := node["$ref"].(string); ok {
		out = append(out, c.parts(c.target(ref), depth+1)...)
	}
	for _, keyword := range []string{"allOf", "anyOf", "oneOf"} {
		list, _ := node[keyword].([]any)
		for _, one := range list {
			sub, _ := one.(map[string]any)
			out = append(out, c.parts(sub, depth+1)...)
		}
	}
	return out
}

// target is what a local reference names.
func (c *compiled) target(ref string) map[string]any {
	var at any = c.root
	if ref != "#" {
		for part := range strings.SplitSeq(strings.TrimPrefix(ref, "#/"), "/") {
			m, ok := at.(map[string]any)
			if !ok {
				return nil
			}
			at = m[unescape(part)]
		}
	}
	node, _ := at.(map[string]any)
	return node
}

func withoutNulls(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			if member == nil {
				delete(v, name)
			} else {
				v[name] = withoutNulls(member)
			}
		}
	case []any:
		for i, member := range v {
			v[i] = withoutNulls(member)
		}
	}
	return v
}

func escape(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "~", "~0"), "/", "~1")
}

func unescape(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "~1", "/"), "~0", "~")
}
