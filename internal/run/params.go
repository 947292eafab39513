package run

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"dhub/engine"
	"dhub/entity"
)

// params are the parameters that every action understands (D7), read from a merged spec.
type params struct {
	Engine    string
	Envs      map[string]string
	Secrets   []string
	Inputs    map[string]string
	Resources map[string]engine.Quantity
	Mounts    []engine.Mount
	Replicas  int
	Timeout   time.Duration
	Backoff   int
	Schedule  string
	Profile   string
	Local     bool
	Placement map[string]json.RawMessage // what only some engines know: node_selector, affinity, …
}

// placement names the parameters that go to the engine as they are and that it may not honour.
var placement = []string{"node_selector", "affinity", "tolerations", "priority_class", "runtime_class",
	"image_pull_policy", "fs_group", "run_as_user", "run_as_group", "service_type", "service_ports", "service_name"}

// scheduling is the member of a runnable's options that holds them; an engine says by name what of it it
// does not honour.
const scheduling = "scheduling"

// maxSeconds keeps a timeout inside what time.Duration holds.
const maxSeconds = 1 << 31

// readParams reads the common parameters; errors name the field.
func readParams(spec json.RawMessage) (params, error) {
	o, err := entity.ParseObject(spec)
	if err != nil {
		return params{}, entity.Invalid("/spec", "type", "spec: %v", err)
	}
	p := params{Engine: o.Text("engine"), Schedule: strings.TrimSpace(o.Text("schedule")), Profile: o.Text("profile")}
	if raw := o.Get("local_execution"); !entity.IsNull(raw) {
		if json.Unmarshal(raw, &p.Local) != nil {
			return p, wrongType("local_execution", "true or false", raw)
		}
	}
	if p.Secrets, err = texts(o, "secrets"); err != nil {
		return p, err
	}
	if p.Inputs, err = readInputs(o.Get("inputs")); err != nil {
		return p, err
	}
	for _, name := range []string{"env", "envs"} {
		if err := p.readEnvs(name, o.Get(name)); err != nil {
			return p, err
		}
	}
	seconds, err := number(o, "timeout", 0, maxSeconds)
	if err != nil {
		return p, err
	}
	p.Timeout = time.Duration(seconds * float64(time.Second))
	if f, err := number(o, "backoff_limit", 0, 100); err != nil {
		return p, err
	} else {
		p.Backoff = int(f)
	}
	if f, err := number(o, "replicas", 0, 1e6); err != nil {
		return p, err
	} else {
		p.Replicas = int(f)
	}
	if p.Resources, err = readResources(o.Get("resources")); err != nil {
		return p, err
	}
	if p.Mounts, err = readMounts(o.Get("volumes")); err != nil {
		return p, err
	}
	for _, name := range placement {
		if raw := o.Get(name); !entity.IsEmpty(raw) {
			if p.Placement == nil {
				p.Placement = map[string]json.RawMessage{}
			}
			p.Placement[name] = raw
		}
	}
	return p, nil
}

func wrongType(field, want string, got json.RawMessage) error {
	return entity.Invalid("/spec/"+strings.ReplaceAll(field, ".", "/"), "type", "spec.%s: must be %s, not %s", field, want, entity.TypeName(got))
}

// number reads a number or a text with one, zero when it is absent.
func number(o entity.Object, name string, low, high float64) (float64, error) {
	raw := o.Get(name)
	if entity.IsEmpty(raw) {
		return 0, nil
	}
	text := string(raw)
	if s, ok := entity.AsString(raw); ok {
		text = strings.TrimSpace(s)
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, wrongType(name, "a number", raw)
	}
	if !(f >= low && f <= high) {
		return 0, entity.Invalid("/spec/"+name, "range", "spec.%s: %s is outside %v to %v", name, text, low, high)
	}
	return f, nil
}

func texts(o entity.Object, name string) ([]string, error) {
	raw := o.Get(name)
	if entity.IsNull(raw) {
		return nil, nil
	}
	var list []string
	if json.Unmarshal(raw, &list) != nil {
		return nil, wrongType(name, "an array of strings", raw)
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// readInputs reads spec.inputs: name to store key. Anything else is refused, naming the field.
func readInputs(raw json.RawMessage) (map[string]string, error) {
	if entity.IsNull(raw) {
		return nil, nil
	}
	o, err := entity.ParseObject(raw)
	if err != nil {
		return nil, wrongType("inputs", "an object of name to store key", raw)
	}
	inputs := map[string]string{}
	for _, m := range o {
		at := "/spec/inputs/" + pointer(m.Name)
		s, ok := entity.AsString(m.Value)
		if !ok {
			return nil, entity.Invalid(at, "type", "spec.inputs.%s: a store key such as store://project/dataitem/table/name is expected, not %s", m.Name, entity.TypeName(m.Value))
		}
		if _, ok := entity.ParseKey(s); !ok {
			return nil, entity.Invalid(at, "reference", "spec.inputs.%s: %q is not a store key; store://project/dataitem/table/name[:id] is expected. A plain value belongs into parameters.", m.Name, clip(s))
		}
		inputs[m.Name] = s
	}
	return inputs, nil
}

// pointer escapes a member's name for a JSON pointer.
func pointer(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

func clip(s string) string {
	if len(s) > 120 {
		return s[:120] + "…"
	}
	return s
}

func (p *params) readEnvs(name string, raw json.RawMessage) error {
	if entity.IsNull(raw) {
		return nil
	}
	add := func(at, key, value string) error {
		if key == "" || strings.ContainsAny(key, "=\x00") {
			return entity.Invalid("/spec/"+name+"/"+at, "pattern", "spec.%s: %q cannot be the name of a variable: it must not be empty and holds no = and no NUL byte", name, clip(key))
		}
		if strings.ContainsRune(value, 0) {
			return entity.Invalid("/spec/"+name+"/"+at, "pattern", "spec.%s: the value of %s holds a NUL byte, which no environment variable can; encode it, such as in base64", name, clip(key))
		}
		if p.Envs == nil {
			p.Envs = map[string]string{}
		}
		p.Envs[key] = value
		return nil
	}
	var list []struct {
		Name  string
		Value json.RawMessage
	}
	if json.Unmarshal(raw, &list) == nil {
		for i, e := range list {
			if err := add(strconv.Itoa(i), e.Name, plainText(e.Value)); err != nil {
				return err
			}
		}
		return nil
	}
	o, err := entity.ParseObject(raw)
	if err != nil {
		return wrongType(name, `an array of {"name","value"}`, raw)
	}
	for _, m := range o {
		if err := add(m.Name, m.Name, plainText(m.Value)); err != nil {
			return err
		}
	}
	return nil
}

// plainText is the text of a JSON scalar: a string's own, else its JSON.
func plainText(raw json.RawMessage) string {
	if s, ok := entity.AsString(raw); ok {
		return s
	}
	if entity.IsNull(raw) {
		return ""
	}
	return string(raw)
}

// readResources reads {"cpu":"500m"} and the older {"cpu":{"requests":…,"limits":…}}, and at the top level
// {"requests":{…},"limits":{…}}.
func readResources(raw json.RawMessage) (map[string]engine.Quantity, error) {
	if entity.IsEmpty(raw) {
		return nil, nil
	}
	o, err := entity.ParseObject(raw)
	if err != nil {
		return nil, wrongType("resources", "an object", raw)
	}
	out := map[string]engine.Quantity{}
	for _, m := range o {
		if entity.IsEmpty(m.Value) {
			continue
		}
		inner, err := entity.ParseObject(m.Value)
		if err != nil { // a scalar
			q := out[m.Name]
			q.Request = plainText(m.Value)
			out[m.Name] = q
			continue
		}
		for _, n := range inner {
			name, what := m.Name, n.Name
			if m.Name == "requests" || m.Name == "limits" {
				name, what = n.Name, m.Name
			}
			if name == "memory" {
				name = "mem"
			}
			q := out[name]
			switch what {
			case "requests", "request":
				q.Request = plainText(n.Value)
			case "limits", "limit":
				q.Limit = plainText(n.Value)
			default:
				return nil, entity.Invalid("/spec/resources/"+pointer(m.Name)+"/"+pointer(n.Name), "unknown", "spec.resources.%s.%s: requests or limits is expected", m.Name, n.Name)
			}
			out[name] = q
		}
	}
	return out, nil
}

func readMounts(raw json.RawMessage) ([]engine.Mount, error) {
	if entity.IsEmpty(raw) {
		return nil, nil
	}
	var list []struct {
		Type string `json:"volume_type"`
		Name string `json:"name"`
		Path string `json:"mount_path"`
		Spec map[string]json.RawMessage
	}
	if json.Unmarshal(raw, &list) != nil {
		return nil, wrongType("volumes", "an array of volumes", raw)
	}
	var out []engine.Mount
	for i, v := range list {
		for field, value := range map[string]string{"volume_type": v.Type, "name": v.Name, "mount_path": v.Path} {
			if value == "" {
				return nil, entity.Invalid(fmt.Sprintf("/spec/volumes/%d/%s", i, field), "required", "spec.volumes[%d].%s: is required", i, field)
			}
		}
		m := engine.Mount{Name: v.Name, Path: v.Path, Type: v.Type}
		for k, x := range v.Spec {
			if m.Spec == nil {
				m.Spec = map[string]string{}
			}
			m.Spec[k] = plainText(x)
		}
		out = append(out, m)
	}
	return out, nil
}

// apply lays the common parameters on a runnable; what the runtime set itself stays.
func (p params) apply(r *engine.Runnable) {
	if r.Resources == nil {
		r.Resources = p.Resources
	}
	if r.Mounts == nil {
		r.Mounts = p.Mounts
	}
	if r.Replicas == 0 {
		r.Replicas = p.Replicas
	}
	if r.Timeout == 0 {
		r.Timeout = p.Timeout
	}
	if len(p.Placement) > 0 && r.Options[scheduling] == nil {
		if raw, err := json.Marshal(p.Placement); err == nil {
			r.Options = maps.Clone(r.Options)
			if r.Options == nil {
				r.Options = map[string]json.RawMessage{}
			}
			r.Options[scheduling] = raw
		}
	}
}

// notHonoured lists what the engine does not declare to honour (D7).
func (p params) notHonoured(d engine.Descriptor) []entity.Notice {
	var list []entity.Notice
	add := func(field string) {
		list = append(list, entity.Notice{Field: "/spec/" + field, Code: "not_honoured",
			Message: fmt.Sprintf("The engine %s does not honour %s; the run is executed without it.", d.Name, field)})
	}
	for _, name := range placement {
		if p.Placement[name] != nil && !d.Capabilities[name] {
			add(name)
		}
	}
	if p.Replicas > 1 && !d.Capabilities["replicas"] {
		add("replicas")
	}
	return list
}
