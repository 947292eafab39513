package runtime

import (
	"encoding/json"

	"dhub/runtime/schema"
)

// Check holds a spec against a schema. unknown lists, as JSON pointers, the fields that the schema does not
// know; they are no error here: a tolerant caller drops them (Drop) with a notice, a strict one refuses.
// The error is an entity error of code invalid whose fields say what came and what was expected. Members
// that are null count as absent.
func Check(schemaText, spec json.RawMessage) (unknown []string, err error) {
	return schema.Check(schemaText, spec)
}

// Drop removes the members at the given JSON pointers and keeps the bytes of all other values.
func Drop(spec json.RawMessage, pointers []string) (json.RawMessage, error) {
	return schema.Drop(spec, pointers)
}

// Known reads a spec as Decode does, without the fields that the schema does not know. The error is Check's.
func Known(schemaText, spec json.RawMessage) (map[string]any, error) {
	unknown, err := Check(schemaText, spec)
	if err != nil {
		return nil, err
	}
	if spec, err = Drop(spec, unknown); err != nil {
		return nil, err
	}
	return Decode(spec)
}

// Unknown words the refusal of fields that a schema does not know, for strict callers.
func Unknown(pointers []string) error { return schema.Unknown(pointers) }
