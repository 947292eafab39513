package entity

import (
	"encoding/json"
	"slices"
)

// ParseBody reads a wire envelope: id, name, kind, project, user, metadata, spec, status, extensions. Other
// members are ignored, of members with one name the last counts, null counts as absent. The values keep
// their bytes but for white space; notices tell what was kept differently. Errors name the field.
func ParseBody(body []byte) (Doc, []Notice, error) {
	clean, notices, err := Scan(body, "")
	if err != nil {
		return Doc{}, nil, err
	}
	if clean[0] != '{' {
		return Doc{}, nil, Invalid("", "type", "The body must be a JSON object, not %s.", TypeName(clean))
	}
	o, err := ParseObject(clean)
	if err != nil {
		return Doc{}, nil, Invalid("", "type", "The body must be a JSON object: %v.", err)
	}
	var d Doc
	for _, m := range o {
		if IsNull(m.Value) {
			continue
		}
		var err error
		switch m.Name {
		case "id":
			d.ID, err = stringMember(m)
		case "name":
			d.Name, err = stringMember(m)
		case "kind":
			d.Kind, err = stringMember(m)
		case "project":
			d.Project, err = stringMember(m)
		case "user":
			d.User, _ = AsString(m.Value)
		case "metadata":
			d.Metadata, err = typedMember(m, '{', "an object")
		case "spec":
			d.Spec, err = typedMember(m, '{', "an object")
		case "status":
			d.Status, err = typedMember(m, '{', "an object")
		case "extensions":
			d.Extensions, err = typedMember(m, '[', "an array")
		}
		if err != nil {
			return Doc{}, nil, err
		}
	}
	return d, notices, nil
}

func stringMember(m Member) (string, error) {
	s, ok := AsString(m.Value)
	if !ok {
		return "", Invalid("/"+m.Name, "type", "The field %s must be a string, not %s.", m.Name, TypeName(m.Value))
	}
	return s, nil
}

func typedMember(m Member, first byte, want string) (json.RawMessage, error) {
	if m.Value[0] != first {
		return nil, Invalid("/"+m.Name, "type", "The field %s must be %s, not %s.", m.Name, want, TypeName(m.Value))
	}
	return m.Value, nil
}

// StatusState reads status.state: "" when it is absent, an error when it is no published state name.
func StatusState(status json.RawMessage) (State, error) {
	o, err := ParseObject(status)
	if err != nil {
		return "", Invalid("/status", "type", "The field status must be an object.")
	}
	if !o.Has("state") {
		return "", nil
	}
	s, ok := AsString(o.Get("state"))
	if !ok {
		return "", Invalid("/status/state", "type", "The field status.state must be a string, not %s.", TypeName(o.Get("state")))
	}
	if !State(s).Valid() {
		return "", Invalid("/status/state", "enum", "The field status.state holds %q, which is no state; CREATED, READY, RUNNING, COMPLETED, ERROR and others are.", s)
	}
	return State(s), nil
}

// Labels reads metadata.labels; entries that are no strings and repeated ones are passed over.
func Labels(metadata json.RawMessage) []string {
	o, _ := ParseObject(metadata)
	var list []any
	if json.Unmarshal(o.Get("labels"), &list) != nil {
		return nil
	}
	var out []string
	seen := map[string]bool{}
	for _, v := range list {
		if s, ok := v.(string); ok && s != "" && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// Relabel puts the label to in the place of the label from; where both stand, to stays where it is. An empty
// to takes from away. Labels that do not hold from come back as they are.
func Relabel(labels []string, from, to string) []string {
	out := make([]string, 0, len(labels))
	for _, l := range labels {
		switch {
		case l != from:
			out = append(out, l)
		case to != "" && !slices.Contains(labels, to):
			out = append(out, to)
		}
	}
	return out
}

// WithLabels is metadata with these labels.
func WithLabels(metadata json.RawMessage, labels []string) (json.RawMessage, error) {
	o, err := ParseObject(metadata)
	if err != nil {
		return nil, err
	}
	o = o.Clone()
	o.SetAny("labels", labels)
	return o.JSON(), nil
}

// Relations reads metadata.relationships as tolerantly as clients write it: an entry without a type or with
// other members stays in the metadata; here it has what could be read. Without source, owner is the source.
func Relations(metadata json.RawMessage, owner string) []Relation {
	o, _ := ParseObject(metadata)
	var list []json.RawMessage
	if json.Unmarshal(o.Get("relationships"), &list) != nil {
		return nil
	}
	var out []Relation
	for _, raw := range list {
		e, err := ParseObject(raw)
		if err != nil {
			continue
		}
		r := Relation{Type: e.Text("type"), Source: e.Text("source"), Dest: e.Text("dest")}
		if r.Source == "" {
			r.Source = owner
		}
		if r.Dest == "" && r.Source == owner && r.Type == "" {
			continue
		}
		out = append(out, r)
	}
	return out
}
