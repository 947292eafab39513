package everything

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"dhub/engine"
	"dhub/entity"
	"dhub/runtime"
	"dhub/runtime/runtimetest"
)

const least = `{"title":"a","endpoint":{"host":"h"},"mode":"fast"}`

func request(run string) runtime.Request {
	return runtime.Request{
		Function: entity.Doc{Entity: entity.Function, Kind: "everything", Project: "p", Name: "f", ID: "1", Spec: json.RawMessage(least)},
		Task:     entity.Doc{Entity: entity.Task, Kind: "everything+job", Project: "p", ID: "t", Spec: json.RawMessage(`{"function":"everything://p/f:1"}`)},
		Run:      entity.Doc{Entity: entity.Run, Kind: "everything+job:run", Project: "p", ID: "r", User: "u", Spec: json.RawMessage(run)},
		Attempt:  engine.ID{Run: "r", UID: "u1", Attempt: 1},
	}
}

func TestConforms(t *testing.T) {
	t.Parallel()
	fn := func(text string) runtimetest.Spec { return runtimetest.Spec{Kind: "everything", Text: text} }
	task := func(text string) runtimetest.Spec {
		return runtimetest.Spec{Kind: "everything+job", Text: text}
	}
	run := func(text string) runtimetest.Spec {
		return runtimetest.Spec{Kind: "everything+job:run", Text: text}
	}
	runtimetest.Run(t, runtimetest.Suite{
		New:      func() runtime.Runtime { return New() },
		Specs:    []runtimetest.Spec{fn(least), fn(`{"title":"a","endpoint":{"host":"h","port":1},"mode":"safe","merged":false,"limit":"50%","strange":{"x-a":"b"}}`), task(`{"function":"everything://p/f:1"}`), run(`{"repeat":2,"tone":"loud"}`)},
		Same:     [][2]runtimetest.Spec{{fn(`{"title":"a","endpoint":{"host":"h"},"mode":"fast","merged":true}`), fn(least)}, {run(`{"env":{"A":"1"}}`), run(`{"envs":[{"name":"A","value":"1"}]}`)}, {run(`{"repeat":1}`), run(`{}`)}},
		Invalid:  []runtimetest.Invalid{{Spec: fn(`{"title":"a","endpoint":{"host":"h"},"mode":"slow"}`), Pointer: "/mode"}},
		Requests: []runtime.Request{request(`{"repeat":2}`)},
		Ended:    []engine.Status{{Phase: engine.Succeeded, Report: json.RawMessage(`{"results":{"n":1.0}}`)}},
	})
}

// TestConsoleReadsTheSame keeps the kind and what the console's component tests draw the same.
func TestConsoleReadsTheSame(t *testing.T) {
	t.Parallel()
	drawn, err := os.ReadFile("../../web/src/forms/fixtures/everything.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(drawn, Kinds) {
		t.Error("e2e/everything/everything.json and web/src/forms/fixtures/everything.json differ: copy one over the other")
	}
}
