package run

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"dhub/entity"
	"dhub/runtime"
)

// Profile is a template of what a run may use, kept by the administrator: a run names it, and its values win
// over the run's own.
type Profile struct {
	Name        string          `json:"name"`
	Title       string          `json:"title,omitempty"`
	Description string          `json:"description,omitempty"`
	Spec        json.RawMessage `json:"spec" doc:"Members of a run's spec that it sets: resources, node_selector, tolerations and the like."`
}

// Profiles are the profiles of an installation and the most that one run may ask for.
type Profiles struct {
	List   []Profile
	Limits map[string]map[string]string // by project, "*" for all others: resource → quantity
}

// profileMembers are what a profile may set. engine counts only where neither run nor task names one (D9).
var profileMembers = append([]string{"resources", "envs", "volumes", "timeout", "backoff_limit", "replicas", "engine"}, placement...)

// Check says what is wrong with profiles and limits, naming the place.
func (p Profiles) Check() error {
	seen := map[string]bool{}
	schema := runtime.Schema(nil, runtime.TaskParams(), runtime.Properties{"engine": json.RawMessage(`{"type":"string","minLength":1}`)})
	for i, x := range p.List {
		at := fmt.Sprintf("/profiles/%d", i)
		if !entity.ValidSlug(x.Name) {
			return entity.Invalid(at+"/name", "pattern", "profiles[%d].name: %q must have 1 to 256 of the characters a-z A-Z 0-9 . _ + -", i, x.Name)
		}
		if seen[x.Name] {
			return entity.Invalid(at+"/name", "duplicate", "profiles[%d].name: %q is there twice", i, x.Name)
		}
		seen[x.Name] = true
		o, err := entity.ParseObject(x.Spec)
		if err != nil {
			return entity.Invalid(at+"/spec", "type", "profile %s: spec: %v", x.Name, err)
		}
		for _, m := range o {
			if !slices.Contains(profileMembers, m.Name) {
				return entity.Invalid(at+"/spec/"+pointer(m.Name), "unknown", "profile %s: spec.%s cannot be set by a profile; known: %s", x.Name, m.Name, strings.Join(profileMembers, ", "))
			}
		}
		if _, err := runtime.Check(schema, o.JSON()); err != nil {
			return fmt.Errorf("profile %s: %w", x.Name, err)
		}
		if _, err := readParams(o.JSON()); err != nil {
			return fmt.Errorf("profile %s: %w", x.Name, err)
		}
	}
	for project, limits := range p.Limits {
		for name, q := range limits {
			if _, ok := entity.ParseQuantity(q); !ok {
				return entity.Invalid("/limits/"+pointer(project)+"/"+pointer(name), "pattern", "limits of %s: %s: %q is no quantity such as 8, 500m or 32Gi", project, name, q)
			}
		}
	}
	return nil
}

// For lists the limits of a project; none is empty.
func (p Profiles) For(project string) map[string]string {
	out := map[string]string{}
	for _, key := range []string{"*", project} {
		for name, q := range p.Limits[key] {
			out[resourceName(name)] = q
		}
	}
	return out
}

func resourceName(name string) string {
	if name == "memory" {
		return "mem"
	}
	return name
}

func (p Profiles) find(name string) (Profile, bool) {
	i := slices.IndexFunc(p.List, func(x Profile) bool { return x.Name == name })
	if i < 0 {
		return Profile{}, false
	}
	return p.List[i], true
}

// Profiles are those that runs of this server may name.
func (m *Manager) Profiles() Profiles { return m.cfg.Profiles }

// profile lays the profile that run or task names over the run's own spec. One that does not exist is a
// notice, or refused when strict (D7).
func (b *builder) profile() error {
	if whole, err := entity.ParseObject(b.merged); err != nil || !whole.Has("profile") {
		return err
	}
	merged, err := entity.ParseObject(compose(b.doc.Spec, b.parts.task.Spec, nil))
	if err != nil {
		return err
	}
	name := merged.Text("profile")
	if name == "" {
		return nil
	}
	p, ok := b.m.cfg.Profiles.find(name)
	if !ok {
		what := fmt.Sprintf("There is no profile %q", clip(name))
		if b.w.Strict {
			known := []string{}
			for _, x := range b.m.cfg.Profiles.List {
				known = append(known, x.Name)
			}
			if len(known) == 0 {
				return entity.Invalid("/spec/profile", "reference", "spec.profile: %s: this server has none", what)
			}
			return entity.Invalid("/spec/profile", "reference", "spec.profile: %s; there are %s", what, strings.Join(known, ", "))
		}
		b.control.notice(entity.Notice{Field: "/spec/profile", Code: "unknown_profile", Message: what + "; the run is executed without it."})
		return nil
	}
	own, err := entity.ParseObject(b.doc.Spec)
	if err != nil {
		return err
	}
	template, err := entity.ParseObject(p.Spec)
	if err != nil {
		return err
	}
	own = own.Clone()
	for _, m := range template {
		if m.Name == "engine" && merged.Text("engine") != "" {
			continue
		}
		own.Set(m.Name, overlay(m.Name, merged.Get(m.Name), m.Value))
	}
	b.doc.Spec = own.JSON()
	b.merged = compose(b.doc.Spec, b.parts.task.Spec, b.parts.function.Spec)
	return nil
}

// overlay joins what a run asks for with what its profile sets, which wins.
func overlay(name string, asked, set json.RawMessage) json.RawMessage {
	if entity.IsEmpty(asked) {
		return set
	}
	key := map[string]string{"envs": "name", "node_selector": "key", "volumes": "name", "tolerations": ""}
	switch field, list := key[name]; {
	case name == "resources":
		return entity.MergeObjects(asked, set)
	case list:
		return joinLists(field, asked, set)
	}
	return set
}

// joinLists puts the entries of two lists, or of objects read as such, one after the other; of entries with the
// same key the second list's stays. Where nothing tells entries apart, all stay.
func joinLists(key string, first, second json.RawMessage) json.RawMessage {
	entries := func(raw json.RawMessage) (out []json.RawMessage) {
		if json.Unmarshal(raw, &out) == nil {
			return out
		}
		o, _ := entity.ParseObject(raw)
		for _, m := range o {
			var e entity.Object
			e.SetText(key, m.Name)
			e.Set("value", m.Value)
			out = append(out, e.JSON())
		}
		return out
	}
	named := func(raw json.RawMessage) string {
		o, _ := entity.ParseObject(raw)
		return o.Text(key)
	}
	wins := entries(second)
	var out []json.RawMessage
	for _, e := range entries(first) {
		if key == "" || !slices.ContainsFunc(wins, func(w json.RawMessage) bool { return named(w) == named(e) }) {
			out = append(out, e)
		}
	}
	return entity.Array(append(out, wins...))
}

// withinLimits refuses a run that asks for more of a resource than its project may use.
func (b *builder) withinLimits() error {
	limits := b.m.cfg.Profiles.For(b.doc.Project)
	for _, name := range sortedKeys(b.params.Resources) {
		limit, ok := limits[resourceName(name)]
		if !ok {
			continue
		}
		most, _ := entity.ParseQuantity(limit)
		q := b.params.Resources[name]
		for _, asked := range []string{q.Request, q.Limit} {
			n, ok := entity.ParseQuantity(asked)
			if asked != "" && ok && n > most {
				return entity.Invalid("/spec/resources/"+pointer(name), "range", "spec.resources.%s: %s is more than the project %s may use, which is %s", name, asked, b.doc.Project, limit)
			}
		}
	}
	return nil
}
