package runtimetest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"dhub/engine"
	"dhub/entity"
	"dhub/runtime"
	"dhub/runtime/runtimetest"
)

// echo is a small correct runtime; broken names what it does wrong.
type echo struct {
	broken string
	calls  int
}

func (e *echo) is(mutant string) bool { return e.broken == mutant }

func (e *echo) Describe() runtime.Descriptor {
	e.calls++
	k := runtime.Kind{Entity: entity.Function, Kind: "echo", Title: map[string]string{"en": "Echo"}, Files: []string{".echo"},
		Schema: json.RawMessage(`{"type":"object","properties":{"text":{"type":"string"},"say":{"type":"string"}},"required":["text"]}`)}
	switch {
	case e.is("describe changes"):
		k.Title["en"] += fmt.Sprint(e.calls)
	case e.is("suffix without a dot"):
		k.Files = []string{"echo"}
	case e.is("schema is broken"):
		k.Schema = json.RawMessage(`{"type":"objekt","properties":{}}`)
	}
	return runtime.Descriptor{Name: "echo", Kinds: []runtime.Kind{k},
		Actions: []runtime.Action{{Name: "job", Engine: engine.Job, Task: json.RawMessage(`{}`), Run: json.RawMessage(`{}`)}}}
}

func (e *echo) Normalise(ctx context.Context, kind string, spec json.RawMessage) (json.RawMessage, error) {
	e.calls++
	if err := ctx.Err(); err != nil && !e.is("context ignored") {
		return nil, err
	}
	m, err := runtime.Decode(spec)
	if err != nil {
		return nil, err
	}
	if m["say"] != nil && !e.is("alias kept") {
		m["text"] = m["say"]
		delete(m, "say")
	}
	if !e.is("null kept") {
		runtime.Prune(m, nil)
	}
	if _, ok := m["text"].(string); !ok && m["text"] != nil {
		switch {
		case e.is("anything goes"):
		case e.is("field not named"):
			return nil, entity.Invalid("", "type", "bad")
		default:
			return nil, entity.Invalid("/text", "type", "got %v, expected a text", m["text"])
		}
	}
	switch {
	case e.is("normalise counts"):
		m["calls"] = fmt.Sprint(e.calls)
	case e.is("normalise grows"):
		if s, ok := m["text"].(string); ok {
			m["text"] = s + "!"
		}
	case e.is("normalise writes into the spec"):
		spec[0] = ' '
	}
	return runtime.Encode(m)
}

func (e *echo) Plan(_ context.Context, r runtime.Request) (runtime.Plan, error) {
	e.calls++
	run := &engine.Runnable{ID: r.Attempt, Project: r.Run.Project, Kind: engine.Job, Main: engine.Process{Command: []string{"echo"}, Env: map[string]string{}}}
	for _, name := range slices.Sorted(maps.Keys(r.Inputs)) {
		d := r.Inputs[name]
		if e.is("inputs unresolved") {
			d.ID = "latest"
		}
		run.Main.Args = append(run.Main.Args, d.Key())
	}
	p := runtime.Plan{Runnable: run}
	switch {
	case e.is("plan counts"):
		run.Main.Args = append(run.Main.Args, fmt.Sprint(e.calls), os.Getenv("HOME"))
	case e.is("plan writes into the request"):
		for name, d := range r.Inputs {
			d.Name += "x"
			r.Inputs[name] = d
		}
	case e.is("plan is two things"):
		p.Graph = &runtime.Graph{}
	case e.is("plan is nothing"):
		p.Runnable = nil
	case e.is("identity lost"):
		run.ID.Attempt = 1
	case e.is("server's variables leak"):
		run.Main.Args = os.Environ()
	case e.is("plan shares memory"):
		run.Main.Env = shared
	case e.is("plan is not JSON"):
		run.Options = map[string]json.RawMessage{"x": json.RawMessage("{")}
	}
	return p, nil
}

var shared = map[string]string{}

func (e *echo) Probe(context.Context, string) (json.RawMessage, error) {
	probes++
	if e.is("probe changes") {
		return json.Marshal(probes)
	}
	return json.RawMessage(`{}`), nil
}

var probes int

func (e *echo) Finish(_ context.Context, _ runtime.Request, s engine.Status) (runtime.Outcome, error) {
	e.calls++
	o := runtime.Outcome{Results: map[string]json.RawMessage{"report": s.Report}}
	if e.is("finish counts") {
		o.Results["calls"] = json.RawMessage(fmt.Sprint(e.calls))
	}
	return o, nil
}

func suite(broken string) runtimetest.Suite {
	return runtimetest.Suite{
		New:     func() runtime.Runtime { return &echo{broken: broken} },
		Specs:   []runtimetest.Spec{{Kind: "echo", Text: `{"text":"a"}`}},
		Same:    [][2]runtimetest.Spec{{{Kind: "echo", Text: `{"say":"a"}`}, {Kind: "echo", Text: `{"text":"a"}`}}},
		Invalid: []runtimetest.Invalid{{Spec: runtimetest.Spec{Kind: "echo", Text: `{"text":1}`}, Pointer: "/text"}},
		Requests: []runtime.Request{{Attempt: engine.ID{Run: "r", UID: "u", Attempt: 1}, Run: entity.Doc{Entity: entity.Run, Project: "p", ID: "r"},
			Inputs: map[string]entity.Doc{"di": {Entity: entity.DataItem, Kind: "table", Project: "p", Name: "t", ID: "1"}}}},
		Ended: []engine.Status{{Phase: engine.Succeeded, Report: json.RawMessage(`{"a":1}`)}},
		Input: "di",
	}
}

func failures(t *testing.T, broken string) []string {
	t.Helper()
	var failed []string
	for _, c := range runtimetest.Checks() {
		if err := c.Test(t.Context(), suite(broken)); err != nil {
			failed = append(failed, c.Name)
		}
	}
	return failed
}

func TestTheCorrectRuntimePasses(t *testing.T) {
	runtimetest.Run(t, suite(""))
}

func TestEachMutantFailsItsCheck(t *testing.T) {
	mutants := map[string]string{
		"plan is not JSON":               "all its types are JSON data",
		"describe changes":               "Describe is constant",
		"suffix without a dot":           "Describe names kinds",
		"schema is broken":               "Describe names kinds",
		"null kept":                      "Normalise fills defaults",
		"alias kept":                     "Normalise folds aliases",
		"anything goes":                  "Normalise validates",
		"field not named":                "Normalise validates",
		"normalise counts":               "Normalise is pure",
		"normalise writes into the spec": "Normalise is pure",
		"normalise grows":                "Normalise is idempotent",
		"context ignored":                "Normalise gives up",
		"plan counts":                    "Plan is pure",
		"plan shares memory":             "Plan leaves its request",
		"plan writes into the request":   "Plan leaves its request",
		"inputs unresolved":              "Plan follows the resolved inputs",
		"plan is two things":             "Plan has exactly one",
		"plan is nothing":                "Plan has exactly one",
		"identity lost":                  "Plan carries",
		"server's variables leak":        "Plan holds no value",
		"probe changes":                  "Probe answers",
		"finish counts":                  "Finish may be called twice",
	}
	caught := map[string]bool{}
	for _, m := range slices.Sorted(maps.Keys(mutants)) {
		if m == "plan writes into the request" {
			continue // below: it races with the check of purity by design
		}
		failed := failures(t, m)
		ok := slices.ContainsFunc(failed, func(name string) bool { return strings.HasPrefix(name, mutants[m]) })
		if !ok {
			t.Errorf("mutant %q: got failures %q, want %q among them", m, failed, mutants[m])
		}
		caught[mutants[m]] = true
	}
	for _, c := range runtimetest.Checks() {
		if c.Name == "Plan leaves its request alone" {
			if c.Test(t.Context(), suite("plan writes into the request")) == nil {
				t.Error("a plan that writes into its request passes")
			}
		}
		if !slices.ContainsFunc(slices.Collect(maps.Keys(caught)), func(prefix string) bool { return strings.HasPrefix(c.Name, prefix) }) {
			t.Errorf("no mutant fails %q", c.Name)
		}
	}
}
