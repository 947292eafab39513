package runtime_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"path"

	"dhub/engine"
	"dhub/entity"
	"dhub/runtime"
)

// Shell is the runtime of POSIX shell scripts: kind sh, action job.
type Shell struct{}

var (
	_ runtime.Runtime   = Shell{}
	_ runtime.Finisher  = Shell{}
	_ runtime.Explainer = Shell{}
)

// What a function says, and what its runs say besides the parameters that all runs have.
var (
	functionFields = runtime.Properties{"source": json.RawMessage(`{"type":"object","title":"Source code","required":["base64"],"properties":{
		"source":{"type":"string","title":"Name of the file"},
		"handler":{"type":"string","title":"Function of the script to call"},
		"base64":{"type":"string","title":"Code","contentEncoding":"base64"},
		"lang":{"type":"string","enum":["sh"]}}}`)}
	runFields = runtime.Properties{
		"parameters": json.RawMessage(`{"type":"object","title":"Parameters","additionalProperties":{"type":["string","number","boolean"]}}`),
		"inputs":     json.RawMessage(`{"type":"object","title":"Inputs","additionalProperties":{"type":"string","pattern":"^store://","examples":["store://demo/dataitem/table/raw"]}}`),
	}
)

// Describe implements runtime.Runtime. Forms, schemas, kinds and the command line's defaults come from it.
func (Shell) Describe() runtime.Descriptor {
	return runtime.Descriptor{
		Name: "sh",
		Kinds: []runtime.Kind{{Entity: entity.Function, Kind: "sh", Files: []string{".sh"},
			Title:  map[string]string{"en": "Shell script", "it": "Script di shell"},
			Schema: runtime.Schema([]string{"source"}, functionFields)}},
		Actions: []runtime.Action{{Name: "job", Engine: engine.Job,
			Task: runtime.Schema([]string{"function"}, runtime.TaskParams(), runtime.FunctionTask()),
			Run:  runtime.Schema(nil, functionFields.ReadOnly(), runtime.TaskParams(), runtime.FunctionRun(), runFields)}},
	}
}

// Normalise implements runtime.Runtime: one spec of the kinds sh, sh+job and sh+job:run in its canonical form.
func (rt Shell) Normalise(ctx context.Context, kind string, spec json.RawMessage) (json.RawMessage, error) {
	if err := ctx.Err(); err != nil {
		return nil, err // a caller that gave up is not kept waiting
	}
	d := rt.Describe()
	schema, ok := map[string]json.RawMessage{"sh": d.Kinds[0].Schema, "sh+job": d.Actions[0].Task, "sh+job:run": d.Actions[0].Run}[kind]
	if !ok {
		return nil, entity.Invalid("kind", "enum", "the runtime sh has no kind %q; it has sh, sh+job and sh+job:run", kind)
	}
	m, err := runtime.Known(schema, spec)
	if err != nil {
		return nil, err
	}
	if source, ok := m["source"].(map[string]any); ok {
		if _, err := base64.StdEncoding.DecodeString(fmt.Sprint(source["base64"])); err != nil {
			return nil, entity.Invalid("/source/base64", "format", "/source/base64 is not base64: %v", err)
		}
		runtime.Prune(source, map[string]any{"lang": "sh", "source": "main.sh"}) // defaults that clients add
	}
	if err := runtime.FoldParams(m); err != nil {
		return nil, err
	}
	runtime.Prune(m, map[string]any{"local_execution": false, "backoff_limit": 0, "timeout": 0})
	return runtime.Encode(m)
}

// Plan implements runtime.Runtime: the script in the attempt's folder, parameters as its variables.
func (rt Shell) Plan(ctx context.Context, r runtime.Request) (runtime.Plan, error) {
	var spec struct {
		Source     struct{ Source, Handler, Base64 string }
		Parameters map[string]json.RawMessage
		Inputs     map[string]string
	}
	composed, err := runtime.Compose(r.Function.Spec, r.Task.Spec, r.Run.Spec)
	if err == nil {
		composed, err = rt.Normalise(ctx, "sh+job:run", composed)
	}
	if entity.CodeOf(err) == entity.CodeInvalid {
		return runtime.Plan{}, runtime.Rejected(entity.ReasonInvalidSpec, err.Error())
	}
	if err != nil {
		return runtime.Plan{}, err
	}
	if err := json.Unmarshal(composed, &spec); err != nil {
		return runtime.Plan{}, err
	}
	params, err := runtime.ReadParams(composed)
	if err != nil {
		return runtime.Plan{}, err
	}
	script, err := base64.StdEncoding.DecodeString(spec.Source.Base64)
	if err != nil {
		return runtime.Plan{}, err
	}
	env := map[string]string{}
	for name, raw := range spec.Parameters {
		if env[name] = string(raw); raw[0] == '"' {
			env[name], _ = entity.AsString(raw)
		}
	}
	for name := range spec.Inputs {
		item, ok := r.Inputs[name] // the version that the key stood for when the run was made
		if !ok {
			return runtime.Plan{}, runtime.Rejected(entity.ReasonInput, "the input "+name+" does not exist")
		}
		env[name] = item.Key()
	}
	file := "main.sh"
	if spec.Source.Source != "" {
		file = path.Base(spec.Source.Source)
	}
	run := &engine.Runnable{
		ID: r.Attempt, Project: r.Run.Project, User: r.Run.User, Kind: engine.Job,
		Files: []engine.File{{Path: file, Text: string(script), Mode: 0o600}},
		Main:  engine.Process{Command: []string{"/bin/sh"}, Args: []string{"-eu", "-c", `. "./$0" && ${1:-:}`, file, spec.Source.Handler}, Env: env},
	}
	params.Apply(run) // resources, timeout, volumes and the like; env, secrets and retries are the run manager's
	return runtime.Plan{Runnable: run}, nil
}

type report struct {
	Results map[string]json.RawMessage `json:"results"`
	Outputs map[string]string          `json:"outputs"`
	Error   string                     `json:"error"`
}

// Finish implements runtime.Finisher: what the script left at $DHUB_REPORT; nothing is no error.
func (Shell) Finish(ctx context.Context, _ runtime.Request, s engine.Status) (runtime.Outcome, error) {
	var rep report
	if len(s.Report) > 0 && json.Unmarshal(s.Report, &rep) != nil {
		return runtime.Outcome{}, runtime.Rejected(entity.ReasonReport, "the report is no object with results and outputs")
	}
	return runtime.Outcome{Results: rep.Results, Outputs: rep.Outputs}, ctx.Err()
}

// Explain implements runtime.Explainer: the script's own words, but nothing where the engine ended it.
func (Shell) Explain(s engine.Status) (entity.Reason, bool) {
	var rep report
	if s.Reason.Code != entity.ReasonExitCode || json.Unmarshal(s.Report, &rep) != nil || rep.Error == "" {
		return entity.Reason{}, false
	}
	return entity.Reason{Code: entity.ReasonUserError, Message: rep.Error, ExitCode: &s.Exit.Code}, true
}
