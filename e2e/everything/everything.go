// Package everything is a runtime made up for tests: its kind's schema holds every construct that forms know, and
// its runs do what a shell script says. The console has never heard of it.
package everything

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"dhub/engine"
	"dhub/entity"
	"dhub/runtime"
)

// Kinds is the answer of a server that has the kind, as tests of the console read it too.
//
//go:embed everything.json
var Kinds []byte

// Runtime has the kind everything and the action job.
type Runtime struct{ function runtime.Kind }

// New reads the kind.
func New() Runtime {
	var kinds []struct {
		Kind             string
		Schema, UISchema json.RawMessage
	}
	if err := json.Unmarshal(Kinds, &kinds); err != nil || len(kinds) != 1 {
		panic(fmt.Sprintf("everything.json: %d kinds, %v", len(kinds), err))
	}
	return Runtime{runtime.Kind{Entity: entity.Function, Kind: kinds[0].Kind, Title: map[string]string{"en": "Everything"},
		Schema: kinds[0].Schema, UI: kinds[0].UISchema}}
}

var runFields = runtime.Properties{
	"parameters": json.RawMessage(`{"type":"object","title":"Parameters","additionalProperties":{"type":["string","number","boolean"]}}`),
	"repeat":     json.RawMessage(`{"type":"integer","title":"Repeat","minimum":1,"maximum":3,"default":1}`),
	"tone":       json.RawMessage(`{"type":"string","title":"Tone","enum":["loud","soft"]}`),
}

// Describe implements runtime.Runtime.
func (rt Runtime) Describe() runtime.Descriptor {
	return runtime.Descriptor{Name: "everything", Kinds: []runtime.Kind{rt.function},
		Actions: []runtime.Action{{Name: "job", Engine: engine.Job,
			Task: runtime.Schema([]string{"function"}, runtime.TaskParams(), runtime.FunctionTask()),
			Run:  runtime.Schema(nil, runtime.TaskParams(), runtime.FunctionRun(), runFields)}}}
}

// Normalise implements runtime.Runtime: what the schema does not know goes.
func (rt Runtime) Normalise(ctx context.Context, kind string, spec json.RawMessage) (json.RawMessage, error) {
	d := rt.Describe()
	schema, ok := map[string]json.RawMessage{"everything": d.Kinds[0].Schema, "everything+job": d.Actions[0].Task, "everything+job:run": d.Actions[0].Run}[kind]
	if !ok {
		return nil, entity.Invalid("kind", "enum", "the runtime everything has no kind %q", kind)
	}
	m, err := runtime.Known(schema, spec)
	if err != nil {
		return nil, err
	}
	defaults := map[string]any{"merged": true}
	if kind != "everything" {
		if err := runtime.FoldParams(m); err != nil {
			return nil, err
		}
		defaults = map[string]any{"local_execution": false, "backoff_limit": 0, "timeout": 0, "repeat": 1}
	}
	runtime.Prune(m, defaults)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return runtime.Encode(m)
}

// Plan implements runtime.Runtime: a script that says the specs it was given, and reports what it was told.
func (rt Runtime) Plan(ctx context.Context, r runtime.Request) (runtime.Plan, error) {
	params, err := runtime.ReadParams(r.Run.Spec)
	if err != nil {
		return runtime.Plan{}, err
	}
	const script = `printf 'function %s\nrun %s\n' "$FUNCTION" "$RUN"; printf '{"results":{"function":%s,"run":%s}}' "$FUNCTION" "$RUN" > "$DHUB_REPORT"`
	run := &engine.Runnable{ID: r.Attempt, Project: r.Run.Project, User: r.Run.User, Kind: engine.Job,
		Main: engine.Process{Command: []string{"/bin/sh"}, Args: []string{"-euc", script},
			Env: map[string]string{"FUNCTION": string(r.Function.Spec), "RUN": string(r.Run.Spec)}}}
	params.Apply(run)
	return runtime.Plan{Runnable: run}, ctx.Err()
}

// Finish implements runtime.Finisher.
func (Runtime) Finish(ctx context.Context, _ runtime.Request, s engine.Status) (runtime.Outcome, error) {
	var report struct{ Results map[string]json.RawMessage }
	if len(s.Report) > 0 && json.Unmarshal(s.Report, &report) != nil {
		return runtime.Outcome{}, runtime.Rejected(entity.ReasonReport, "the report is no object with results")
	}
	return runtime.Outcome{Results: report.Results}, ctx.Err()
}
