package runtime

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Hint says how a form shows a property. It travels inside the schema, as x-ui, so that a runtime that comes
// later has a form without a change elsewhere; Titles and Descriptions are x-i18n, by language, for languages
// other than the schema's own English.
type Hint struct {
	Group       string `json:"group,omitempty"`  // id of a Group
	Order       int    `json:"order,omitempty"`  // within the group, rising
	Widget      string `json:"widget,omitempty"` // code, quantity, key-value, tags, secret, profile, entity, cron, list, tolerations and the like
	Language    string `json:"language,omitempty"`
	Advanced    bool   `json:"advanced,omitempty"` // folded away
	Hidden      bool   `json:"hidden,omitempty"`   // not for people
	Needed      bool   `json:"needed,omitempty"`   // may be left out, but every run fails without it: the form warns
	Unit        string `json:"unit,omitempty"`     // of a number: s, bytes, cores
	Entity      string `json:"entity,omitempty"`   // types that a picker offers, separated by commas
	Placeholder string `json:"placeholder,omitempty"`

	Titles, Descriptions map[string]string `json:"-"`
}

// Group is a part of a form.
type Group struct {
	ID       string            `json:"id"`
	Title    string            `json:"title"`
	Advanced bool              `json:"advanced,omitempty"`
	Titles   map[string]string `json:"-"`
}

// Groups are the parts that forms of all runtimes share, in their order.
var Groups = []Group{
	{ID: "source", Title: "Source", Titles: it("Sorgente")},
	{ID: "environment", Title: "Environment", Titles: it("Ambiente")},
	{ID: "inputs", Title: "Inputs", Titles: it("Ingressi")},
	{ID: "outputs", Title: "Outputs", Titles: it("Uscite")},
	{ID: "parameters", Title: "Parameters", Titles: it("Parametri")},
	{ID: "resources", Title: "Resources", Titles: it("Risorse")},
	{ID: "variables", Title: "Environment variables", Titles: it("Variabili d'ambiente")},
	{ID: "secrets", Title: "Secrets", Titles: it("Segreti")},
	{ID: "volumes", Title: "Volumes", Titles: it("Volumi")},
	{ID: "behaviour", Title: "Behaviour", Titles: it("Comportamento")},
	{ID: "schedule", Title: "Schedule", Titles: it("Pianificazione")},
	{ID: "placement", Title: "Advanced scheduling", Advanced: true, Titles: it("Pianificazione avanzata")},
	{ID: "references", Title: "References", Advanced: true, Titles: it("Riferimenti")},
}

func it(text string) map[string]string { return map[string]string{"it": text} }

// Hinted adds hints to properties; the name of a nested one is a path such as source.handler.
func (p Properties) Hinted(hints map[string]Hint) Properties {
	out := Properties{}
	for name, text := range p {
		out[name] = text
	}
	for path, h := range hints {
		name, rest, _ := strings.Cut(path, ".")
		text, ok := out[name]
		if !ok {
			panic("runtime: a hint names the property " + path + ", which does not exist")
		}
		out[name] = hinted(text, path, rest, h)
	}
	return out
}

func hinted(text json.RawMessage, path, rest string, h Hint) json.RawMessage {
	var m map[string]json.RawMessage
	if json.Unmarshal(text, &m) != nil || m == nil {
		panic("runtime: property " + path + " is no object")
	}
	if rest != "" {
		var inner Properties
		if json.Unmarshal(m["properties"], &inner) != nil {
			panic("runtime: property " + path + " has no properties")
		}
		m["properties"] = encode(inner.Hinted(map[string]Hint{rest: h}))
		return encode(m)
	}
	if ui := encode(h); string(ui) != "{}" {
		m["x-ui"] = ui
	}
	if words := translations(h.Titles, h.Descriptions); len(words) > 0 {
		m["x-i18n"] = encode(words)
	}
	return encode(m)
}

// translations are x-i18n: by language, title and description.
func translations(titles, descriptions map[string]string) map[string]map[string]string {
	words := map[string]map[string]string{}
	for member, list := range map[string]map[string]string{"title": titles, "description": descriptions} {
		for lang, text := range list {
			if words[lang] == nil {
				words[lang] = map[string]string{}
			}
			words[lang][member] = text
		}
	}
	return words
}

// groupsOf lists the groups that properties stand in, those of Groups first.
func groupsOf(properties Properties) []map[string]any {
	used := map[string]bool{}
	var others []string
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		var p struct {
			UI Hint `json:"x-ui"`
		}
		if json.Unmarshal(properties[name], &p) == nil && p.UI.Group != "" && !used[p.UI.Group] {
			used[p.UI.Group] = true
			others = append(others, p.UI.Group)
		}
	}
	var out []map[string]any
	add := func(g Group) {
		m := map[string]any{"id": g.ID, "title": g.Title}
		if g.Advanced {
			m["advanced"] = true
		}
		if words := translations(g.Titles, nil); len(words) > 0 {
			m["x-i18n"] = words
		}
		out = append(out, m)
	}
	for _, g := range Groups {
		if used[g.ID] {
			add(g)
			delete(used, g.ID)
		}
	}
	for _, id := range others {
		if used[id] {
			add(Group{ID: id, Title: id})
		}
	}
	return out
}

// Localise puts the texts of a language into a schema and takes those of all others out.
func Localise(schema json.RawMessage, lang string) (json.RawMessage, error) {
	m, err := Decode(schema)
	if err != nil {
		return nil, fmt.Errorf("localise a schema: %w", err)
	}
	localise(m, lang)
	return Encode(m)
}

func localise(v any, lang string) {
	switch v := v.(type) {
	case map[string]any:
		if words, ok := v["x-i18n"].(map[string]any); ok {
			delete(v, "x-i18n")
			if own, ok := words[lang].(map[string]any); ok {
				for member, text := range own {
					v[member] = text
				}
			}
		}
		for _, x := range v {
			localise(x, lang)
		}
	case []any:
		for _, x := range v {
			localise(x, lang)
		}
	}
}

func encode(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic("runtime: " + err.Error())
	}
	return b
}
