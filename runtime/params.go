package runtime

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"dhub/engine"
)

// Properties are members of a JSON schema's object, by name.
type Properties map[string]json.RawMessage

// Schema composes the JSON schema (2020-12) of an object from groups of properties; a later group wins.
func Schema(required []string, groups ...Properties) json.RawMessage {
	all := Properties{}
	for _, g := range groups {
		maps.Copy(all, g)
	}
	doc := map[string]any{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": all}
	if parts := groupsOf(all); len(parts) > 0 {
		doc["x-ui"] = map[string]any{"groups": parts}
	}
	if len(required) > 0 {
		doc["required"] = required
	}
	b, err := json.Marshal(doc)
	if err != nil {
		panic("runtime: schema fragment is not JSON: " + err.Error())
	}
	return b
}

// ReadOnly marks each property as one that a form shows but does not offer: a run's spec repeats the
// function's fields.
func (p Properties) ReadOnly() Properties {
	out := Properties{}
	for name, text := range p {
		var m map[string]json.RawMessage
		if json.Unmarshal(text, &m) != nil || m == nil {
			panic("runtime: property " + name + " is no object")
		}
		m["readOnly"] = json.RawMessage("true")
		b, err := json.Marshal(m)
		if err != nil {
			panic(err)
		}
		out[name] = b
	}
	return out
}

const (
	envs = `{"type":["array","object"],"title":"Environment variables","items":{"type":"object","required":["name"],
		"properties":{"name":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_.-]*$"},"value":{"type":["string","number","boolean"]}}},
		"additionalProperties":{"type":["string","number","boolean"]}}`
)

// quantity is the schema of an amount of a resource; the examples stand in forms and in errors.
func quantity(title string, examples ...string) string {
	such, err := json.Marshal(examples)
	if err != nil {
		panic(err) // texts are always JSON
	}
	amount := `"minimum":0,"pattern":"^[0-9]+(\\.[0-9]+)?([a-zA-Z]+)?$","examples":` + string(such)
	one := `{"type":["string","number"],` + amount + `}`
	return `{"title":"` + title + `","type":["string","number","object"],` + amount + `,"properties":{"requests":` + one + `,"limits":` + one + `}}`
}

// TaskParams are the parameters that every task and run accepts, whatever its runtime and engine.
func TaskParams() Properties {
	p := Properties{
		"envs": json.RawMessage(envs),
		"env":  json.RawMessage(envs),
		"secrets": json.RawMessage(`{"type":"array","title":"Secrets","description":"Names of the project's secrets, given to the job as environment variables",
			"items":{"type":"string","minLength":1}}`),
		"profile": json.RawMessage(`{"type":"string","title":"Profile","description":"A template of the installation's; its values win"}`),
		"resources": json.RawMessage(`{"type":"object","title":"Resources","description":"cpu such as 500m or 2, mem and disk such as 512Mi, gpu as a count",
			"properties":{"cpu":` + quantity("Processors", "500m", "2") + `,"mem":` + quantity("Memory", "512Mi", "2Gi") + `,"gpu":` + quantity("GPUs", "1") + `,"disk":` + quantity("Disk", "10Gi") + `}}`),
		"volumes": json.RawMessage(`{"type":"array","title":"Volumes","items":{"type":"object","required":["name","mount_path","volume_type"],
			"properties":{"name":{"type":"string","minLength":1},"mount_path":{"type":"string","minLength":1},
			"volume_type":{"type":"string","enum":["shared_volume","persistent_volume_claim","ephemeral","empty_dir","image"]},
			"spec":{"type":"object","additionalProperties":{"type":["string","number","boolean"]}}}}}`),
		"node_selector": json.RawMessage(`{"type":["array","object"],"title":"Node selector","items":{"type":"object","required":["key","value"],
			"properties":{"key":{"type":"string","minLength":1},"value":{"type":"string"}}},"additionalProperties":{"type":"string"}}`),
		"affinity":           json.RawMessage(`{"type":"object","title":"Affinity"}`),
		"tolerations":        json.RawMessage(`{"type":"array","title":"Tolerations","items":{"type":"object"}}`),
		"backoff_limit":      json.RawMessage(`{"type":"integer","title":"Retries","minimum":0,"description":"How often a failed job is started again"}`),
		"schedule":           json.RawMessage(`{"type":"string","title":"Schedule","description":"Cron expression of five fields, the Quartz form of six or seven, or a word such as @daily; CRON_TZ=Area/City before it names the time zone"}`),
		"timezone":           json.RawMessage(`{"type":"string","title":"Time zone of the schedule"}`),
		"concurrency_policy": json.RawMessage(`{"type":"string","enum":["","allow","forbid","replace"],"title":"Overlap of the schedule's runs"}`),
		"misfire_policy":     json.RawMessage(`{"type":"string","enum":["","fire_once","skip"],"title":"Missed ticks of the schedule"}`),
		"replicas":           json.RawMessage(`{"type":"integer","title":"Replicas","minimum":0}`),
		"timeout":            json.RawMessage(`{"type":"number","title":"Timeout","minimum":0,"description":"Seconds after which the job is ended"}`),
	}
	for name, title := range map[string]string{"priority_class": "Priority class", "runtime_class": "Runtime class"} {
		p[name] = json.RawMessage(`{"type":"string","title":"` + title + `"}`)
	}
	p["image_pull_policy"] = json.RawMessage(`{"type":"string","title":"Image pull policy","enum":["IfNotPresent","Always","Never"]}`)
	for name, title := range map[string]string{"fs_group": "Group of files", "run_as_user": "Run as user", "run_as_group": "Run as group"} {
		p[name] = json.RawMessage(`{"type":"integer","title":"` + title + `","minimum":1}`)
	}
	return p.Hinted(paramHints)
}

// FunctionTask are the members of every task of a function besides TaskParams.
func FunctionTask() Properties {
	return Properties{"function": json.RawMessage(`{"type":"string","minLength":1,"title":"Function"}`)}.Hinted(functionRefHints)
}

// FunctionRun are the members of every run of a function besides TaskParams.
func FunctionRun() Properties {
	return Properties{
		"function":        json.RawMessage(`{"type":"string","minLength":1,"title":"Function"}`),
		"task":            json.RawMessage(`{"type":"string","minLength":1,"title":"Task"}`),
		"local_execution": json.RawMessage(`{"type":"boolean","title":"Local execution","description":"A client executes the run in its own process"}`),
		"engine":          json.RawMessage(`{"type":"string","title":"Engine"}`),
	}.Hinted(runRefHints)
}

// Params is what FoldParams leaves of TaskParams, decoded: aliases folded, quantities as text.
type Params struct {
	Envs            []Env               `json:"envs"`
	Secrets         []string            `json:"secrets"`
	Profile         string              `json:"profile"`
	Resources       map[string]Quantity `json:"resources"`
	Volumes         []Volume            `json:"volumes"`
	NodeSelector    json.RawMessage     `json:"node_selector"`
	Affinity        json.RawMessage     `json:"affinity"`
	Tolerations     json.RawMessage     `json:"tolerations"`
	BackoffLimit    int                 `json:"backoff_limit"`
	Schedule        string              `json:"schedule"`
	Replicas        *int                `json:"replicas"`
	Timeout         float64             `json:"timeout"` // seconds
	PriorityClass   string              `json:"priority_class"`
	RuntimeClass    string              `json:"runtime_class"`
	ImagePullPolicy string              `json:"image_pull_policy"`
	FSGroup         int                 `json:"fs_group"`
	RunAsUser       int                 `json:"run_as_user"`
	RunAsGroup      int                 `json:"run_as_group"`
}

// Env is one environment variable of a task or run.
type Env struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Quantity is what a resource is asked for and capped at.
type Quantity struct {
	Requests string `json:"requests,omitempty"`
	Limits   string `json:"limits,omitempty"`
}

// Volume is a volume of a task or run.
type Volume struct {
	Name string            `json:"name"`
	Path string            `json:"mount_path"`
	Type string            `json:"volume_type"`
	Spec map[string]string `json:"spec,omitempty"`
}

// ReadParams folds the aliases in a task's or run's spec and decodes its parameters.
func ReadParams(spec json.RawMessage) (Params, error) {
	var p Params
	m, err := Decode(spec)
	if err != nil {
		return p, err
	}
	if err := FoldParams(m); err != nil {
		return p, err
	}
	b, err := Encode(m)
	if err != nil {
		return p, err
	}
	return p, json.Unmarshal(b, &p)
}

// Scheduling is the name under which Apply puts what a scheduler of machines understands into the
// runnable's options; an engine that does not honour a member of it says so by name.
const Scheduling = "scheduling"

// Apply fills the parts of a runnable that follow from the parameters alone: resources, volumes, replicas,
// timeout and options. Environment variables and secrets are added by the caller of Plan.
func (p Params) Apply(r *engine.Runnable) {
	for _, name := range slices.Sorted(maps.Keys(p.Resources)) {
		if r.Resources == nil {
			r.Resources = map[string]engine.Quantity{}
		}
		r.Resources[name] = engine.Quantity{Request: p.Resources[name].Requests, Limit: p.Resources[name].Limits}
	}
	for _, v := range p.Volumes {
		r.Mounts = append(r.Mounts, engine.Mount{Name: v.Name, Path: v.Path, Type: v.Type, Spec: v.Spec})
	}
	if p.Replicas != nil {
		r.Replicas = *p.Replicas
	}
	r.Timeout = time.Duration(p.Timeout * float64(time.Second))
	options := map[string]any{}
	for name, raw := range map[string]json.RawMessage{"node_selector": p.NodeSelector, "affinity": p.Affinity, "tolerations": p.Tolerations} {
		if len(raw) > 0 {
			options[name] = raw
		}
	}
	for name, text := range map[string]string{"priority_class": p.PriorityClass, "runtime_class": p.RuntimeClass, "image_pull_policy": p.ImagePullPolicy} {
		if text != "" {
			options[name] = text
		}
	}
	for name, n := range map[string]int{"fs_group": p.FSGroup, "run_as_user": p.RunAsUser, "run_as_group": p.RunAsGroup} {
		if n != 0 {
			options[name] = n
		}
	}
	if len(options) == 0 {
		return
	}
	b, err := json.Marshal(options)
	if err != nil {
		return // raw members came out of a decoder: they are JSON
	}
	if r.Options == nil {
		r.Options = map[string]json.RawMessage{}
	}
	r.Options[Scheduling] = b
}
