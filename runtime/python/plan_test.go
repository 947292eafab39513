package python_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dhub/engine"
	"dhub/entity"
	"dhub/runtime"
	"dhub/runtime/python"
)

var update = flag.Bool("update", false, "write the golden files anew")

type planCase struct {
	function, task, run string
	settings            string
	inputs              map[string]entity.Doc
}

const (
	hosts = `{"interpreters":[{"path":"/opt/py313/bin/python3.13","version":"3.13.0","pip":"24.2","ensurepip":true},
		{"path":"/opt/py311/bin/python3.11","version":"3.11.7","pip":"23.3"},{"path":"/opt/py310/bin/python3.10","version":"3.10.13"}],
		"default":"/opt/py311/bin/python3.11","builder_env":"/data/probe/builder.env"}`
	withUV = `{"interpreters":[{"path":"/opt/py312/bin/python3.12","version":"3.12.1"}],"uv":"/usr/bin/uv"}`
)

func inline(code string) string { return base64.StdEncoding.EncodeToString([]byte(code)) }

var (
	plainCase = planCase{function: `{"source":{"base64":"` + inline("def main(n):\n    return n + 1\n") + `","handler":"main"},"python_version":"PYTHON3_11"}`,
		run: `{"parameters":{"n":41}}`}
	inputsCase = planCase{function: `{"source":{"base64":"` + inline("def f(di):\n    pass\n") + `","handler":"f","source":"etl/clean.py"}}`,
		run:    `{"inputs":{"di":"store://p/dataitem/table/t"},"outputs":[{"clean":"clean-data"}]}`,
		inputs: map[string]entity.Doc{"di": {Entity: entity.DataItem, Kind: "table", Project: "p", Name: "t", ID: "abc"}}}
	requirementsCase = planCase{function: `{"source":{"base64":"eD0x","handler":"pkg.mod:fn","init_function":"init"},"python_version":"PYTHON3_12","requirements":["pandas==2.2.0","Requests"]}`,
		run: `{"init_parameters":{"k":"v"}}`}
)

var planCases = map[string]planCase{
	"plain":           plainCase,
	"inputs":          inputsCase,
	"requirements":    requirementsCase,
	"requirements-uv": {function: requirementsCase.function, run: requirementsCase.run, settings: withUV},
	"newer":           {function: `{"source":{"base64":"eD0x","handler":"x"},"python_version":"PYTHON3_12"}`, run: `{"values":[1]}`},
	"parameters": {function: plainCase.function,
		task: `{"function":"python://p/f:1","env":[{"name":"A","value":"task"}],"resources":{"cpu":{"requests":"100m","limits":"1"},"mem":"64Mi"},"backoff_limit":3,"timeout":60}`,
		run: `{"envs":[{"name":"A","value":"run"}],"timeout":1.5,"replicas":1,"node_selector":{"pool":"gpu"},"tolerations":[{"key":"gpu"}],
			"affinity":{"nodeAffinity":{}},"priority_class":"batch","volumes":[{"name":"d","mount_path":"/d","volume_type":"persistent_volume_claim","spec":{"size":"1Gi"}}]}`},
	"overridden": {function: plainCase.function, run: `{"source":{"base64":"` + inline("evil") + `"},"python_version":"PYTHON3_13"}`},
}

func requestOf(c planCase) runtime.Request {
	if c.settings == "" {
		c.settings = hosts
	}
	if c.task == "" {
		c.task = `{"function":"python://p/f:1"}`
	}
	return runtime.Request{
		Function: entity.Doc{Entity: entity.Function, Kind: "python", Project: "p", Name: "f", ID: "1", Spec: json.RawMessage(c.function)},
		Task:     entity.Doc{Entity: entity.Task, Kind: "python+job", Project: "p", Name: "t", ID: "t", Spec: json.RawMessage(c.task)},
		Run:      entity.Doc{Entity: entity.Run, Kind: "python+job:run", Project: "p", Name: "r", ID: "r", User: "u", Spec: json.RawMessage(c.run)},
		Inputs:   c.inputs, Settings: json.RawMessage(c.settings), Attempt: engine.ID{Run: "r", UID: "u1", Attempt: 1},
	}
}

var sdkKey = regexp.MustCompile(`sdk-[0-9a-f]{16}`)

func TestPlans(t *testing.T) {
	for name, c := range planCases {
		t.Run(name, func(t *testing.T) {
			p, err := python.New().Plan(t.Context(), requestOf(c))
			if err != nil {
				t.Fatal(err)
			}
			b, err := json.MarshalIndent(p, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			got := sdkKey.ReplaceAllString(string(b), "sdk-HASH") + "\n"
			file := filepath.Join("testdata", name+".golden")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("plan differs from %s (-want +got):\n%s", file, diff)
			}
		})
	}
}

func TestPlansThatAreRefused(t *testing.T) {
	code := `"base64":"eD0x","handler":"x"`
	for name, c := range map[string]struct {
		planCase
		reason, says string
	}{
		"git source":     {planCase{function: `{"source":{"source":"git+https://host/o/r#main","handler":"m:f"}}`}, entity.ReasonSource, "git+https://host/o/r#main"},
		"zip source":     {planCase{function: `{"source":{"source":"zip+s3://b/k.zip","handler":"m:f"}}`}, entity.ReasonSource, "zip+s3://b/k.zip"},
		"http source":    {planCase{function: `{"source":{"source":"https://host/f.py","handler":"f"}}`}, entity.ReasonSource, "https://host/f.py"},
		"no code":        {planCase{function: `{"source":{"handler":"f"}}`}, entity.ReasonInvalidSpec, "/source/base64"},
		"not UTF-8":      {planCase{function: `{"source":{"base64":"` + inline("x = 1\ny = '\xe9'\n") + `","handler":"f"}}`}, entity.ReasonInvalidSpec, "not UTF-8 in line 2"},
		"no handler":     {planCase{function: `{"source":{"base64":"eD0x"}}`}, entity.ReasonHandler, "/source/handler"},
		"module outside": {planCase{function: `{"source":{"base64":"eD0x","handler":"/etc.passwd:f"}}`}, entity.ReasonHandler, "/source/handler"},
		"no such version": {planCase{function: `{"source":{` + code + `},"python_version":"PYTHON3_14"}`}, entity.ReasonInterpreter,
			"Python 3.14 or newer; on this host found are 3.13.0, 3.11.7, 3.10.13"},
		"exact":        {planCase{function: `{"source":{` + code + `},"python_version":"PYTHON3_12","python_exact":true}`}, entity.ReasonInterpreter, "exactly Python 3.12"},
		"none":         {planCase{function: `{"source":{` + code + `}}`, settings: `{}`}, entity.ReasonInterpreter, "none was found"},
		"too old":      {planCase{function: `{"source":{` + code + `}}`, settings: `{"interpreters":[{"path":"/p","version":"3.9.18"}]}`}, entity.ReasonInterpreter, "3.10 or newer"},
		"bad run":      {planCase{function: `{"source":{` + code + `}}`, run: `{"timeout":-1}`}, entity.ReasonInvalidSpec, "/timeout"},
		"no installer": {planCase{function: `{"source":{` + code + `},"requirements":["x"],"python_version":"PYTHON3_10"}`}, entity.ReasonEnvFailed, "python3-venv"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := python.New().Plan(t.Context(), requestOf(c.planCase))
			reject, ok := errors.AsType[*runtime.Reject](err)
			if !ok || reject.Reason.Code != c.reason || !strings.Contains(reject.Reason.Message, c.says) {
				t.Errorf("got %v, want reason %s with %q", err, c.reason, c.says)
			}
			if entity.CodeOf(err) != entity.CodeInvalid {
				t.Errorf("got code %q, want invalid", entity.CodeOf(err))
			}
		})
	}
}

func TestWhereTheCodeGoes(t *testing.T) {
	for _, c := range []struct{ source, handler, want string }{
		{"", "f", "main.py"},
		{"hello.py", "f", "hello.py"},
		{"src/hello.py", "f", "src/hello.py"},
		{"/home/me/hello.py", "f", "hello.py"},
		{"../../hello.py", "f", "hello.py"},
		{`C:\me\hello.py`, "f", "hello.py"},
		{".dhub/request.json", "f", "main.py"},
		{".dhub/x.py", "f", "main.py"},
		{"..", "f", "main.py"},
		{"notes.txt", "f", "main.py"},
		{"", "pkg.mod:f", "pkg/mod.py"},
		{"src/mod.py", "pkg.mod:f", "pkg/mod.py"},
		{"main.py", "json.tool:main", "main.py"},
		{"https://host/x.py", "f", "main.py"},
	} {
		function, err := json.Marshal(map[string]any{"source": map[string]any{"base64": "eD0x", "handler": c.handler, "source": c.source}})
		if err != nil {
			t.Fatal(err)
		}
		p, err := python.New().Plan(t.Context(), requestOf(planCase{function: string(function)}))
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Runnable.Files[1].Path; got != c.want {
			t.Errorf("source %q, handler %q: got %s, want %s", c.source, c.handler, got, c.want)
		}
	}
}

func TestEnvironmentsAreNamedByWhatIsInThem(t *testing.T) {
	key := func(settings, lines string) string {
		t.Helper()
		p, err := python.New().Plan(t.Context(), requestOf(planCase{settings: settings,
			function: `{"source":{"base64":"eD0x","handler":"x"},"requirements":` + lines + `}`}))
		if err != nil {
			t.Fatal(err)
		}
		return p.Runnable.Assets[len(p.Runnable.Assets)-1].Key
	}
	one := key(hosts, `["a","b==1"]`)
	for what, other := range map[string]string{"order": key(hosts, `["b==1","a"]`), "comments": key(hosts, `["# x","a","b==1"," a "]`)} {
		if other != one {
			t.Errorf("%s moves the key: got %s, want %s", what, other, one)
		}
	}
	if key(hosts, `["a","b==2"]`) == one || key(withUV, `["a","b==1"]`) == one {
		t.Error("another line or another interpreter gives the same key")
	}
	if key(hosts, `["pandas"]`) != key(hosts, `["pandas","pyarrow"]`) {
		t.Error("pandas does not bring pyarrow")
	}
}
