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

// walk follows properties, additionalProperties, items and local references.
func (c *compiled) walk(node map[string]any, value any, pointer string, unknown *[]string) {
	node = c.resolve(node)
	if node == nil {
		return
	}
	switch v := value.(type) {
	case map[string]any:
		properties, closed := node["properties"].(map[string]any)
		extra, open := node["additionalProperties"]
		if open && extra != false {
			closed = false
		}
		for name, member := range v {
			at := pointer + "/" + escape(name)
			if sub, ok := properties[name].(map[string]any); ok {
				c.walk(sub, member, at, unknown)
			} else if sub, ok := extra.(map[string]any); ok {
				c.walk(sub, member, at, unknown)
			} else if closed {
				*unknown = append(*unknown, at)
			}
		}
	case []any:
		if items, ok := node["items"].(map[string]any); ok {
			for i, member := range v {
				c.walk(items, member, pointer+"/"+strconv.Itoa(i), unknown)
			}
		}
	}
}

func (c *compiled) resolve(node map[string]any) map[string]any {
	for range 16 {
		ref, ok := node["$ref"].(string)
		if !ok {
			return node
		}
		var at any = c.root
		for _, part := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
			m, ok := at.(map[string]any)
			if !ok {
				return nil
			}
			at = m[unescape(part)]
		}
		node, _ = at.(map[string]any)
	}
	return nil
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
