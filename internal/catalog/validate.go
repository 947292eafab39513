package catalog

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"

	"dhub/entity"
	"dhub/runtime"
)

// schemaOf finds the schema of a kind; ok is false for a kind that does not exist.
func (c *Catalog) schemaOf(k *descriptor, kind string) (json.RawMessage, bool) {
	if !k.runtime {
		s, ok := own()[k.entity][kind]
		return s, ok
	}
	if k.entity == entity.Task || k.entity == entity.Run {
		base, isRun := strings.CutSuffix(kind, ":run")
		a, ok := c.runtimes.Action(base)
		if !ok || isRun != (k.entity == entity.Run) {
			return nil, false
		}
		if isRun {
			return a.Run, true
		}
		return a.Task, true
	}
	if entity.KindBase(kind) != kind {
		return nil, false
	}
	d, ok := c.runtimes.Kind(kind)
	return d.Schema, ok && d.Entity == k.entity
}

// noSuchSpec words a kind that nothing here offers.
func (c *Catalog) noSuchSpec(k *descriptor, kind string) error {
	var known []string
	for _, s := range c.schemas(k, "") {
		known = append(known, s.Kind)
	}
	there, expected := "known are: "+strings.Join(known, ", ")+".", ", expected one of "+strings.Join(known, ", ")
	if len(known) == 0 {
		there, expected = "this server has no kind of "+k.entity+" yet.", ", but there is no kind of "+k.entity+" here"
	}
	return &entity.Error{Code: entity.CodeNotFound,
		Message: "No such spec. The kind " + quote(kind) + " of " + k.entity + " is not known here; " + there,
		Fields:  []entity.FieldError{{Pointer: "/kind", Rule: "enum", Message: "got " + quote(kind) + expected}}}
}

func quote(s string) string { return string(entity.AppendString(nil, s)) }

// checkSpec holds a spec against its kind. It returns the spec to store, which is the client's without
// unknown fields, and the notices about those.
func (c *Catalog) checkSpec(ctx context.Context, k *descriptor, kind string, spec json.RawMessage, strict bool) (json.RawMessage, []entity.Notice, error) {
	schema, ok := c.schemaOf(k, kind)
	if !ok {
		return nil, nil, c.noSuchSpec(k, kind)
	}
	if entity.IsNull(spec) {
		spec = json.RawMessage("{}")
	}
	var notices []entity.Notice
	if len(schema) > 0 {
		if k.entity == entity.Project {
			spec = withoutLists(spec)
		}
		unknown, err := runtime.Check(schema, spec)
		if err == nil && strict && len(unknown) > 0 {
			err = runtime.Unknown(unknown)
		}
		if err != nil {
			return nil, nil, inSpec(err)
		}
		if len(unknown) > 0 {
			if spec, err = runtime.Drop(spec, unknown); err != nil {
				return nil, nil, inSpec(err)
			}
			for _, p := range unknown {
				notices = append(notices, entity.Notice{Field: "/spec" + p, Code: "unknown_field",
					Message: "The kind " + kind + " does not know this field; it is not stored."})
			}
		}
	}
	if k.entity == entity.Task {
		if _, err := c.normalise(ctx, kind, spec); err != nil {
			return nil, nil, err
		}
	}
	return spec, notices, nil
}

// embeddedLists are the members of a project's spec that are computed when it is read.
var embeddedLists = []string{"functions", "workflows", "artifacts", "dataitems", "models"}

// withoutLists takes out the computed lists, which clients send back.
func withoutLists(spec json.RawMessage) json.RawMessage {
	o, err := entity.ParseObject(spec)
	if err != nil {
		return spec
	}
	o.Delete(embeddedLists...)
	return o.JSON()
}

// normalise returns the runtime's canonical form of a spec.
func (c *Catalog) normalise(ctx context.Context, kind string, spec json.RawMessage) (json.RawMessage, error) {
	rt, ok := c.runtimes.ForKind(kind)
	if !ok {
		return spec, nil
	}
	out, err := rt.Normalise(ctx, kind, spec)
	if err != nil {
		return nil, inSpec(err)
	}
	return out, nil
}

// hash is the identity of a spec (D4); "" for entity types without versions by spec.
func (c *Catalog) hash(ctx context.Context, k *descriptor, kind string, spec json.RawMessage) (string, error) {
	if k.spec != versions {
		return "", nil
	}
	n, err := c.normalise(ctx, kind, spec)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(n)
	return hex.EncodeToString(sum[:]), nil
}

// inSpec puts /spec before the pointers of an error about a spec and before its message.
func inSpec(err error) error {
	e, ok := errors.AsType[*entity.Error](err)
	if !ok || e.Code != entity.CodeInvalid {
		return err
	}
	out := &entity.Error{Code: e.Code, Message: e.Message, Err: e.Err}
	for _, f := range e.Fields {
		if f.Pointer == "/spec" || strings.HasPrefix(f.Pointer, "/spec/") {
			return err
		}
		at := "/spec" + f.Pointer
		if f.Pointer != "" && strings.HasPrefix(f.Message, f.Pointer) {
			f.Message = at + f.Message[len(f.Pointer):]
		}
		f.Pointer = at
		out.Fields = append(out.Fields, f)
	}
	if len(out.Fields) > 0 {
		texts := make([]string, len(out.Fields))
		for i, f := range out.Fields {
			texts[i] = f.Message
			if !strings.Contains(f.Message, f.Pointer) && !strings.HasPrefix(f.Message, "the spec") {
				texts[i] = f.Pointer + ": " + f.Message
			}
		}
		out.Message = strings.Join(texts, "; ")
	}
	return out
}

// checkMetadata refuses metadata whose indexed members have the wrong type.
func checkMetadata(metadata json.RawMessage) error {
	o, err := entity.ParseObject(metadata)
	if err != nil {
		return entity.Invalid("/metadata", "type", "The field metadata must be an object.")
	}
	if v := o.Get("labels"); !entity.IsNull(v) {
		var list []string
		if json.Unmarshal(v, &list) != nil {
			return entity.Invalid("/metadata/labels", "type", "The field metadata.labels must be an array of strings, such as [\"etl\"].")
		}
	}
	for _, name := range []string{"name", "description"} {
		if v := o.Get(name); !entity.IsNull(v) && v[0] != '"' {
			return entity.Invalid("/metadata/"+name, "type", "The field metadata.%s must be a string, not %s.", name, entity.TypeName(v))
		}
	}
	if v := o.Get("relationships"); !entity.IsNull(v) && v[0] != '[' {
		return entity.Invalid("/metadata/relationships", "type", "The field metadata.relationships must be an array, not %s.", entity.TypeName(v))
	}
	if v := o.Get("embedded"); !entity.IsNull(v) && string(v) != "true" && string(v) != "false" {
		return entity.Invalid("/metadata/embedded", "type", "The field metadata.embedded must be true or false, not %s.", entity.TypeName(v))
	}
	return nil
}
