package python_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"dhub/engine"
	"dhub/entity"
	"dhub/runtime"
	"dhub/runtime/python"
	sdk "dhub/sdk/python"
)

// found is what the prober of this machine says, asked once.
var found = sync.OnceValues(func() (json.RawMessage, error) {
	dir, err := os.MkdirTemp("", "dhub-probe-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	return python.New().Probe(context.Background(), dir)
})

// modules is our own Python, unpacked once for all tests.
var modules = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "dhub-modules-")
	if err != nil {
		return "", err
	}
	return dir, sdk.Unpack(dir)
})

func TestMain(m *testing.M) {
	code := m.Run()
	if dir, err := modules(); err == nil {
		os.RemoveAll(dir)
	}
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// versions lists one python_version for each minor version found; there is at least one.
func versions(t *testing.T) []string {
	t.Helper()
	raw, err := found()
	if err != nil {
		t.Fatal(err)
	}
	var s python.Settings
	if err := json.Unmarshal(raw, &s); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range s.Interpreters {
		parts := strings.Split(p.Version, ".")
		if v := "PYTHON3_" + parts[1]; !slices.Contains(out, v) && slices.Contains(python.Versions, v) {
			out = append(out, v)
		}
	}
	if len(out) == 0 {
		t.Fatalf("no interpreter of Python 3.10 or newer was found: %s", raw)
	}
	return out
}

type job struct {
	code, handler, file, init string
	version                   string
	run                       map[string]any // more of the run's spec
	requirements              []string
	assets                    map[string]string // folders of finished assets by the first letters of their key
	env                       map[string]string
}

type ended struct {
	status  engine.Status
	out     string // stdout and stderr together
	outcome runtime.Outcome
	reason  entity.Reason
	work    string
}

func plan(t *testing.T, j job) *engine.Runnable {
	t.Helper()
	settings, err := found()
	if err != nil {
		t.Fatal(err)
	}
	if j.handler == "" {
		j.handler = "main"
	}
	source := map[string]any{"base64": inline(j.code), "handler": j.handler, "source": j.file, "init_function": j.init}
	function, err := json.Marshal(map[string]any{"source": source, "python_version": j.version, "requirements": j.requirements})
	if err != nil {
		t.Fatal(err)
	}
	if j.run == nil {
		j.run = map[string]any{}
	}
	run, err := json.Marshal(j.run)
	if err != nil {
		t.Fatal(err)
	}
	if j.version == "" {
		function = bytes.Replace(function, []byte(`"python_version":"",`), nil, 1)
	}
	p, err := python.New().Plan(t.Context(), requestOf(planCase{function: string(function), run: string(run), settings: string(settings)}))
	if err != nil {
		t.Fatal(err)
	}
	return p.Runnable
}

// execute does what an engine does, with the plan of a job: files, names, a bare environment.
func execute(t *testing.T, j job) ended {
	t.Helper()
	r := plan(t, j)
	dir := t.TempDir()
	work := filepath.Join(dir, "work")
	for _, f := range r.Files {
		target := filepath.Join(work, f.Path)
		if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, []byte(f.Text), os.FileMode(f.Mode)); err != nil {
			t.Fatal(err)
		}
	}
	ours, err := modules()
	if err != nil {
		t.Fatal(err)
	}
	resolve := func(s string) string {
		for _, a := range r.Assets {
			to := ours
			for prefix, folder := range j.assets {
				if strings.HasPrefix(a.Key, prefix) {
					to = folder
				}
			}
			s = strings.ReplaceAll(s, "{asset:"+a.Key+"}", to)
		}
		return s
	}
	var argv []string
	for _, a := range append(slices.Clone(r.Main.Command), r.Main.Args...) {
		argv = append(argv, resolve(a))
	}
	cmd := exec.CommandContext(t.Context(), argv[0], argv[1:]...)
	cmd.Dir = work
	report := filepath.Join(dir, "report.json")
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=" + dir, "TMPDIR=" + dir, "DHUB_REPORT=" + report, "PROJECT_NAME=p", "RUN_ID=r"}
	for _, m := range []map[string]string{r.Main.Env, j.env} {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			cmd.Env = append(cmd.Env, k+"="+resolve(m[k]))
		}
	}
	log, err := os.OpenFile(filepath.Join(dir, "log"), os.O_CREATE|os.O_APPEND|os.O_RDWR, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	err = cmd.Run()
	if _, ok := errors.AsType[*exec.ExitError](err); err != nil && !ok {
		t.Fatal(err)
	}
	e := ended{work: work, status: engine.Status{Phase: engine.Succeeded, Exit: &engine.Exit{}}}
	ws := cmd.ProcessState.Sys().(syscall.WaitStatus)
	if ws.Signaled() {
		e.status.Exit.Signal = int(ws.Signal())
	} else {
		e.status.Exit.Code = ws.ExitStatus()
	}
	if err != nil {
		e.status.Phase = engine.Failed
	}
	if b, err := os.ReadFile(report); err == nil {
		e.status.Report = b
	}
	b, err := os.ReadFile(log.Name())
	if err != nil {
		t.Fatal(err)
	}
	e.out = string(b)
	rt := python.New()
	if e.outcome, err = rt.Finish(t.Context(), runtime.Request{}, e.status); err != nil {
		t.Fatalf("%v; report %s", err, e.status.Report)
	}
	e.reason, _ = rt.Explain(e.status)
	return e
}

func (e ended) result(name string) string { return string(e.outcome.Results[name]) }

func TestAJobOnEveryInterpreterFound(t *testing.T) {
	for _, v := range versions(t) {
		t.Run(v, func(t *testing.T) {
			t.Parallel()
			e := execute(t, job{version: v, run: map[string]any{"parameters": map[string]any{"n": 41, "text": "è\n"}}, code: `
import sys
from digitalhub_runtime_python import handler

def plain(n, text):
    return n

@handler(outputs=["total", "text", "version"])
def main(n, text, context):
    context.seen = plain(n, text=text)
    context.logger.info("seen %s", context.seen)
    print("working on", n, "digitalhub" in sys.modules)
    assert exit and quit
    return n + 1, text, "PYTHON3_%d" % sys.version_info[1]
`})
			if e.status.Phase != engine.Succeeded {
				t.Fatalf("got %+v: %s", e.status, e.out)
			}
			if e.result("total") != "42" || e.result("text") != `"\u00e8\n"` || e.result("version") != `"`+v+`"` {
				t.Errorf("got results %s, want 42, the text and %s", e.status.Report, v)
			}
			if want := "INFO: seen 41\nworking on 41 False\n"; e.out != want {
				t.Errorf("got log %q, want %q", e.out, want)
			}
			failed := execute(t, job{version: v, run: map[string]any{"parameters": map[string]any{"n": 0}}, code: "def main(n):\n    return 1 / n\n"})
			if failed.reason.Code != entity.ReasonUserError || failed.reason.Message != "ZeroDivisionError: division by zero" || *failed.reason.ExitCode != 1 {
				t.Errorf("got reason %+v", failed.reason)
			}
			if strings.Contains(failed.out, "digitalhub_runtime_python") || !strings.Contains(failed.out, "in main\n    return 1 / n") ||
				!strings.HasSuffix(failed.out, "ZeroDivisionError: division by zero\n") {
				t.Errorf("got log %s, want the user's frames only", failed.out)
			}
		})
	}
}

func TestHowAJobEnds(t *testing.T) {
	for name, c := range map[string]struct {
		job
		code         string
		exit         int
		signal, says string
		log          string
	}{
		"user error":         {job{code: "class Odd(Exception): pass\ndef main():\n    raise Odd('two\\nlines')\n"}, entity.ReasonUserError, 1, "", "main.Odd: two lines", "Traceback"},
		"with a cause":       {job{code: "def main():\n  try:\n    1/0\n  except Exception as e:\n    raise ValueError('x') from e\n"}, entity.ReasonUserError, 1, "", "ValueError: x", "direct cause"},
		"syntax error":       {job{code: "def main(:\n"}, entity.ReasonUserError, 1, "", "SyntaxError: ", "def main(:"},
		"import error":       {job{code: "from json import nothing\n"}, entity.ReasonUserError, 1, "", "ImportError: cannot import name 'nothing'", "Traceback"},
		"missing module":     {job{code: "import sklearn.svm\ndef main(): pass\n"}, entity.ReasonMissingModule, 1, "", `add "scikit-learn" to the function's requirements`, "import sklearn.svm"},
		"missing later":      {job{code: "def main():\n    import some_thing\n"}, entity.ReasonMissingModule, 1, "", `add "some-thing"`, "some_thing"},
		"no handler":         {job{code: "def other(): pass\n"}, entity.ReasonHandler, 1, "", "handler 'main' does not exist in main: it has other", "HandlerNotFound"},
		"handler is a value": {job{code: "main = 1\n"}, entity.ReasonHandler, 1, "", "is no function", ""},
		"no module":          {job{code: "x = 1\n", file: "main.py", handler: "absent.mod:f"}, entity.ReasonHandler, 1, "", "module 'absent.mod' does not exist", ""},
		"no init":            {job{code: "def main(): pass\n", init: "init"}, entity.ReasonHandler, 1, "", "init function 'init' does not exist", ""},
		"init without context": {job{code: "def init(): pass\ndef main(): pass\n", init: "init"}, entity.ReasonUserError, 1, "",
			"RuntimeError: the init function must take context", ""},
		"init parameters": {job{code: "def init(context, a): pass\ndef main(): pass\n", init: "init", run: map[string]any{"init_parameters": map[string]any{"b": 1}}},
			entity.ReasonUserError, 1, "", "takes ['a'], init_parameters gives ['b']", ""},
		"undeclared parameter": {job{code: "def main(): pass\n", run: map[string]any{"parameters": map[string]any{"x": 1}}}, entity.ReasonUserError, 1, "", "TypeError: main() got an unexpected keyword argument 'x'", ""},
		"missing parameter":    {job{code: "def main(x): pass\n"}, entity.ReasonArguments, 1, "", "TypeError: main() lacks the argument x", "TypeError: main() lacks the argument x\n"},
		"missing within":       {job{code: "def main():\n  def main(x): pass\n  main()\n"}, entity.ReasonUserError, 1, "", "main() missing 1 required positional argument: 'x'", "Traceback"},
		"exit code":            {job{code: "import sys\ndef main(): sys.exit(7)\n"}, entity.ReasonExitCode, 7, "", "exit code 7", ""},
		"exit 1":               {job{code: "def main(): exit(1)\n"}, entity.ReasonExitCode, 1, "", "exit code 1", ""},
		"exit with a text":     {job{code: "def main(): exit('enough')\n"}, entity.ReasonExitCode, 1, "", "exit code 1", "enough"},
		"exit at once":         {job{code: "import os\ndef main(): os._exit(3)\n"}, entity.ReasonExitCode, 3, "", "exit code 3", ""},
		"signal":               {job{code: "import os, signal\ndef main(): os.kill(os.getpid(), signal.SIGKILL)\n"}, entity.ReasonSignal, 0, "SIGKILL", "SIGKILL", ""},
		"native crash":         {job{code: "import os, signal\ndef main(): os.kill(os.getpid(), signal.SIGSEGV)\n"}, entity.ReasonSignal, 0, "SIGSEGV", "SIGSEGV", "Segmentation fault"},
		"unreadable exception": {job{code: "class E(Exception):\n  def __str__(self): raise RuntimeError\ndef main(): raise E\n"}, entity.ReasonUserError, 1, "", "main.E: <the exception's text cannot be made>", ""},
		"input unavailable":    {job{code: "def main(di): pass\n", run: map[string]any{"inputs": map[string]any{"di": "store://p/dataitem/table/t:1"}}, env: map[string]string{"DHCORE_ENDPOINT": "http://127.0.0.1:1"}}, entity.ReasonInput, 1, "", "input 'di' (store://p/dataitem/table/t:1) cannot be read", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := execute(t, c.job)
			if e.reason.Code != c.code || !strings.Contains(e.reason.Message, c.says) || e.reason.Signal != c.signal {
				t.Errorf("got reason %+v, want %s %s with %q; log: %s", e.reason, c.code, c.signal, c.says, e.out)
			}
			if c.signal == "" && (e.reason.ExitCode == nil || *e.reason.ExitCode != c.exit) {
				t.Errorf("got exit code %v, want %d", e.reason.ExitCode, c.exit)
			}
			if !strings.Contains(e.out, c.log) {
				t.Errorf("got log %s, want %q in it", e.out, c.log)
			}
		})
	}
}

func TestResults(t *testing.T) {
	for name, c := range map[string]struct{ returned, want string }{
		"nothing":         {"None", `{}`},
		"one":             {"1", `{"output_0":1}`},
		"several":         {"1, 'a', True, None", `{"output_0":1,"output_1":"a","output_2":true,"output_3":null}`},
		"list":            {"[1, 2.0]", `{"output_0":1,"output_1":2.0}`},
		"not numbers":     {"float('nan'), float('inf'), -float('inf')", `{"output_0":"NaN","output_1":"Infinity","output_2":"-Infinity"}`},
		"large":           {"12345678901234567890, 1e300, 1.0", `{"output_0":12345678901234567890,"output_1":1e+300,"output_2":1.0}`},
		"bytes":           {"b'abc', b'\\xff'", `{"output_0":"abc","output_1":"/w=="}`},
		"NUL":             {"'a\\0b'", `{"output_0":"a\ufffdb"}`},
		"surrogate":       {"'\\udc80'", `{"output_0":"\udc80"}`},
		"numbers of kind": {"__import__('http').HTTPStatus(200)", `{"output_0":200}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := execute(t, job{code: "def main():\n    return " + c.returned + "\n"})
			var rep struct{ Results json.RawMessage }
			if err := json.Unmarshal(e.status.Report, &rep); err != nil {
				t.Fatalf("%v: %s %s", err, e.status.Report, e.out)
			}
			if string(rep.Results) != c.want {
				t.Errorf("got %s, want %s; log %s", rep.Results, c.want, e.out)
			}
		})
	}
}

func TestHandlersByModuleAndInit(t *testing.T) {
	e := execute(t, job{handler: "pkg.mod:fn", init: "init", code: `
import os, sys
def init(context, start):
    context.user_data.start = start
def fn(context, event, **further):
    return context.user_data.start + further["n"], event.trigger.kind, os.path.relpath(__file__), __name__, sys.path[0] == os.getcwd(), *sys.argv
`, run: map[string]any{"parameters": map[string]any{"n": 2}, "init_parameters": map[string]any{"start": 40}}})
	for name, want := range map[string]string{"output_0": "42", "output_1": `"job"`, "output_2": `"pkg/mod.py"`, "output_3": `"pkg.mod"`, "output_4": "true", "output_5": `"pkg/mod.py"`} {
		if e.result(name) != want {
			t.Errorf("%s: got %s, want %s; log %s", name, e.result(name), want, e.out)
		}
	}
}

func TestNothingOfTheHostIsVisible(t *testing.T) {
	e := execute(t, job{code: `
import sys
def main():
    return ",".join(p for p in sys.path if p.endswith("-packages")), sys.flags.utf8_mode, sys.stdin.read(), sys.path[-1]
`, env: map[string]string{"PYTHONPATH": "/nowhere", "PYTHONSTARTUP": "/nowhere"}})
	ours, err := modules()
	if err != nil {
		t.Fatal(err)
	}
	if e.result("output_0") != `""` || e.result("output_1") != "1" || e.result("output_3") != `"`+ours+`"` {
		t.Errorf("got %s; log %s", e.status.Report, e.out)
	}
}

func TestLinesAreFlushed(t *testing.T) {
	e := execute(t, job{code: "import os\ndef main():\n    print('first')\n    print('second', end='')\n    os._exit(0)\n"})
	if !strings.HasPrefix(e.out, "first\n") || e.status.Phase != engine.Succeeded {
		t.Errorf("got %q, want the first line although nothing was flushed", e.out)
	}
}

func TestWhatTheEngineKnowsGoesFirst(t *testing.T) {
	t.Parallel()
	report := json.RawMessage(`{"error":{"kind":"user_error","type":"MemoryError","message":"","last_line":"MemoryError"}}`)
	one := engine.Exit{Code: 1}
	for _, c := range []struct {
		status engine.Status
		want   string
		ok     bool
	}{
		{engine.Status{Exit: &one, Report: report}, entity.ReasonUserError, true},
		{engine.Status{Exit: &engine.Exit{Signal: 9, OOM: true}, Report: report}, entity.ReasonMemory, true},
		{engine.Status{Exit: &one, Report: report, Reason: engine.Notice{Code: entity.ReasonTimeout}}, entity.ReasonTimeout, true},
		{engine.Status{Exit: &one, Report: report, Reason: engine.Notice{Code: entity.ReasonStopped}}, "", false},
		{engine.Status{Reason: engine.Notice{Code: entity.ReasonKeeperLost}}, "", false},
		{engine.Status{Exit: &one, Report: json.RawMessage(`{`)}, entity.ReasonExitCode, true},
		{engine.Status{Exit: &engine.Exit{}}, "", false},
	} {
		got, ok := python.New().Explain(c.status)
		if got.Code != c.want || ok != c.ok {
			t.Errorf("%+v: got %+v, %t, want %s, %t", c.status, got, ok, c.want, c.ok)
		}
	}
	for _, bad := range []string{`{`, `{"results":[]}`, `{"outputs":{"a":"no key"}}`} {
		_, err := python.New().Finish(t.Context(), runtime.Request{}, engine.Status{Report: json.RawMessage(bad)})
		if r, ok := errors.AsType[*runtime.Reject](err); !ok || r.Reason.Code != entity.ReasonReport {
			t.Errorf("report %s: got %v, want reason %s", bad, err, entity.ReasonReport)
		}
	}
}

func TestProbeRemembers(t *testing.T) {
	dir := t.TempDir()
	begun := time.Now()
	first, err := python.New().Probe(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("the first probe took %v", time.Since(begun))
	begun = time.Now()
	again, err := python.New().Probe(t.Context(), dir)
	if err != nil || string(first) != string(again) {
		t.Errorf("got %s, %v, want %s", again, err, first)
	}
	t.Logf("the second probe took %v", time.Since(begun))
	for _, name := range []string{"interpreters.json", "builder.env"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: got mode %v, %v, want 0600", name, info.Mode(), err)
		}
	}
}
