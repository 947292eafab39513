package run

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"dhub/entity"
)

// relate unites the relationships of a run's metadata with others; entries that are there already stay as
// they came, but each once: the published client adds the inputs it reads again and again.
func relate(metadata json.RawMessage, owner string, add []entity.Relation) (json.RawMessage, error) {
	o, err := entity.ParseObject(metadata)
	if err != nil {
		return nil, entity.Invalid("/metadata", "type", "metadata: %v", err)
	}
	var list []json.RawMessage
	if raw := o.Get("relationships"); !entity.IsNull(raw) {
		if json.Unmarshal(raw, &list) != nil {
			return nil, entity.Invalid("/metadata/relationships", "type", "metadata.relationships: an array is expected, not %s", entity.TypeName(raw))
		}
	}
	list, changed := once(list)
	have := entity.Relations(metadata, owner)
	for _, r := range add {
		if r.Source == "" {
			r.Source = owner
		}
		if slices.Contains(have, r) {
			continue
		}
		have = append(have, r)
		if r.Source == owner {
			r.Source = ""
		}
		raw, err := entity.EncodeJSON(r)
		if err != nil {
			return nil, err
		}
		list, changed = append(list, raw), true
	}
	if !changed {
		return metadata, nil
	}
	o.SetAny("relationships", list)
	return o.JSON(), nil
}

// once drops entries whose JSON is the same as an earlier one's, and tells whether there were any.
func once(list []json.RawMessage) ([]json.RawMessage, bool) {
	seen := make(map[string]bool, len(list))
	out := list[:0]
	for _, raw := range list {
		var b bytes.Buffer
		if json.Compact(&b, raw) != nil || !seen[b.String()] {
			seen[b.String()] = true
			out = append(out, raw)
		}
	}
	return out, len(out) < len(list)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
