package runtime_test

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"dhub/engine"
	"dhub/entity"
	"dhub/runtime"
	"dhub/runtime/runtimetest"
)

const greeting = "hello() {\n  echo \"hello $who\"\n  printf '{\"results\":{\"letters\":%d}}' ${#who} > \"$DHUB_REPORT\"\n}\n"

func shellRequest(run string, inputs map[string]entity.Doc) runtime.Request {
	code := base64.StdEncoding.EncodeToString([]byte(greeting))
	return runtime.Request{
		Function: entity.Doc{Entity: entity.Function, Kind: "sh", Project: "p", Name: "f", ID: "1", Spec: json.RawMessage(`{"source":{"source":"hello.sh","handler":"hello","base64":"` + code + `"}}`)},
		Task:     entity.Doc{Entity: entity.Task, Kind: "sh+job", Project: "p", ID: "t", Spec: json.RawMessage(`{"function":"sh://p/f:1"}`)},
		Run:      entity.Doc{Entity: entity.Run, Kind: "sh+job:run", Project: "p", ID: "r", User: "u", Spec: json.RawMessage(run)},
		Inputs:   inputs, Attempt: engine.ID{Run: "r", UID: "u1", Attempt: 1},
	}
}

// TestHowToConforms holds the example of docs/howto/add-a-runtime.md against the suite that all runtimes pass.
func TestHowToConforms(t *testing.T) {
	t.Parallel()
	fn := func(text string) runtimetest.Spec { return runtimetest.Spec{Kind: "sh", Text: text} }
	run := func(text string) runtimetest.Spec { return runtimetest.Spec{Kind: "sh+job:run", Text: text} }
	task := func(text string) runtimetest.Spec { return runtimetest.Spec{Kind: "sh+job", Text: text} }
	item := entity.Doc{Entity: entity.DataItem, Kind: "table", Project: "p", Name: "raw", ID: "1", Spec: json.RawMessage(`{"path":"s3://b/raw.csv"}`)}
	runtimetest.Run(t, runtimetest.Suite{
		New:   func() runtime.Runtime { return Shell{} },
		Specs: []runtimetest.Spec{fn(`{"source":{"base64":"eA=="}}`), task(`{"function":"sh://p/f:1"}`), run(`{"parameters":{"who":"you","n":1.0}}`)},
		Same: [][2]runtimetest.Spec{
			{fn(`{"source":{"base64":"eA==","lang":"sh","handler":""}}`), fn(`{"source":{"base64":"eA=="}}`)},
			{task(`{"function":"f","env":{"A":"1"}}`), task(`{"function":"f","envs":[{"name":"A","value":"1"}]}`)},
		},
		Invalid: []runtimetest.Invalid{
			{Spec: fn(`{}`), Pointer: "/source"}, {Spec: fn(`{"source":{"base64":"?"}}`), Pointer: "/source/base64"},
			{Spec: run(`{"inputs":{"raw":"here"}}`), Pointer: "/inputs/raw"},
		},
		Requests: []runtime.Request{shellRequest(`{"inputs":{"raw":"store://p/dataitem/table/raw:1"}}`, map[string]entity.Doc{"raw": item}), shellRequest(`{}`, nil)},
		Ended:    []engine.Status{{Phase: engine.Succeeded, Report: json.RawMessage(`{"results":{"n":1.0}}`)}},
		Input:    "raw",
	})
}

// TestHowToRuns executes what the example plans, as an engine would.
func TestHowToRuns(t *testing.T) {
	t.Parallel()
	r := shellRequest(`{"parameters":{"who":"you"}}`, nil)
	plan, err := Shell{}.Plan(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range plan.Runnable.Files {
		if err := os.WriteFile(filepath.Join(dir, f.Path), []byte(f.Text), os.FileMode(f.Mode)); err != nil {
			t.Fatal(err)
		}
	}
	reportFile := filepath.Join(dir, "report.json")
	main := plan.Runnable.Main
	cmd := exec.CommandContext(t.Context(), main.Command[0], main.Args...)
	cmd.Dir, cmd.Env = dir, []string{"DHUB_REPORT=" + reportFile, "who=" + main.Env["who"]}
	if out, err := cmd.CombinedOutput(); err != nil || string(out) != "hello you\n" {
		t.Fatalf("got %v, %q", err, out)
	}
	left, err := os.ReadFile(reportFile)
	if err != nil {
		t.Fatal(err)
	}
	o, err := Shell{}.Finish(t.Context(), r, engine.Status{Phase: engine.Succeeded, Report: left})
	if err != nil || string(o.Results["letters"]) != "3" {
		t.Errorf("got %v, %s", err, o.Results)
	}
	if e, ok := (Shell{}).Explain(engine.Status{Reason: engine.Notice{Code: entity.ReasonExitCode}, Exit: &engine.Exit{Code: 4}, Report: json.RawMessage(`{"error":"no bread"}`)}); !ok || e.Message != "no bread" {
		t.Errorf("got %+v", e)
	}
}

// TestHowToShowsTheExample keeps the page and the code that compiles the same.
func TestHowToShowsTheExample(t *testing.T) {
	t.Parallel()
	code, err := os.ReadFile("shell_test.go")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../docs/howto/add-a-runtime.md")
	if err != nil {
		t.Fatal(err)
	}
	want := "```go\n" + strings.Replace(string(code), "package runtime_test", "package shell", 1) + "```\n"
	if !strings.Contains(string(page), want) {
		t.Error("docs/howto/add-a-runtime.md does not show runtime/shell_test.go as it is, with its package named shell")
	}
}
