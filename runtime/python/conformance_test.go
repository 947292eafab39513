package python_test

import (
	"encoding/json"
	"testing"

	"dhub/engine"
	"dhub/runtime"
	"dhub/runtime/python"
	"dhub/runtime/runtimetest"
)

func TestConformance(t *testing.T) {
	fn := func(text string) runtimetest.Spec { return runtimetest.Spec{Kind: "python", Text: text} }
	task := func(text string) runtimetest.Spec { return runtimetest.Spec{Kind: "python+job", Text: text} }
	run := func(text string) runtimetest.Spec { return runtimetest.Spec{Kind: "python+job:run", Text: text} }
	bad := func(s runtimetest.Spec, pointer string) runtimetest.Invalid {
		return runtimetest.Invalid{Spec: s, Pointer: pointer}
	}
	const source = `{"source":{"base64":"eA==","handler":"x"}`
	runtimetest.Run(t, runtimetest.Suite{
		New: func() runtime.Runtime { return python.New() },
		Specs: []runtimetest.Spec{
			fn(source + `}`),
			fn(source + `,"python_version":"PYTHON3_10","requirements":["b", "a==1"],"python_exact":true}`),
			task(`{"function":"python://p/f:1"}`),
			task(`{"function":"python://p/f:1","resources":{"cpu":{"requests":"100m","limits":"1"},"mem":"1Gi","gpu":1},"volumes":[{"name":"v","mount_path":"/v","volume_type":"empty_dir","spec":{"size_limit":"1Gi"}}],"backoff_limit":2,"env":[{"name":"A","value":"B"}]}`),
			run(`{"task":"python+job://p/1","function":"python://p/f:1","parameters":{"a":1.0,"n":12345678901234567,"deep":{"x":[1,null]}},"inputs":{"di":"store://p/dataitem/table/t:1"},"outputs":{"a":"b"}}`),
		},
		Same: [][2]runtimetest.Spec{
			{fn(`{"source":{"base64":"eA==","handler":"x","lang":"python","source":""},"requirements":[],"image":""}`), fn(source + `}`)},
			{fn(`{"source":{"base64":"eA","handler":" x "}}`), fn(source + `}`)},
			{fn(source + `,"requirements":["  a  ","# no","a"]}`), fn(source + `,"requirements":["a"]}`)},
			{fn(source + `,"python_exact":false,"mystery":1}`), fn(source + `}`)},
			{task(`{"function":"f","env":[{"name":"A","value":1}]}`), task(`{"function":"f","envs":[{"name":"A","value":"1"}]}`)},
			{task(`{"function":"f","env":{"A":"1"},"envs":[{"name":"A","value":"2"}]}`), task(`{"function":"f","envs":[{"name":"A","value":"2"}]}`)},
			{task(`{"function":"f","resources":{"cpu":1}}`), task(`{"function":"f","resources":{"cpu":{"requests":"1","limits":null}}}`)},
			{task(`{"function":"f","node_selector":{"b":"2","a":"1"}}`), task(`{"function":"f","node_selector":[{"key":"a","value":"1"},{"key":"b","value":"2"}]}`)},
			{run(`{"inputs":[{"di":"store://p/dataitem/table/t:1"}]}`), run(`{"inputs":{"di":"store://p/dataitem/table/t:1"},"local_execution":false}`)},
			{run(`{"outputs":[{"a":"b"},{"c":"d"}],"values":[]}`), run(`{"outputs":{"c":"d","a":"b"}}`)},
		},
		Invalid: []runtimetest.Invalid{
			bad(fn(`{}`), "/source"),
			bad(fn(`{"source":"main.py"}`), "/source"),
			bad(fn(`{"source":{"base64":"?"}}`), "/source/base64"),
			bad(fn(`{"source":{"base64":"`+inline("x = 1\ny = '\xe9'\n")+`"}}`), "/source/base64"),
			bad(fn(source+`,"python_version":"PYTHON2_7"}`), "/python_version"),
			bad(fn(source+`,"requirements":"pandas"}`), "/requirements"),
			bad(fn(source+`,"requirements":[1]}`), "/requirements/0"),
			bad(task(`{}`), "/function"),
			bad(task(`{"function":"f","resources":{"cpu":"lots"}}`), "/resources/cpu"),
			bad(task(`{"function":"f","resources":{"mem":{"limits":"a lot"}}}`), "/resources/mem/limits"),
			bad(task(`{"function":"f","volumes":[{"name":"v"}]}`), "/volumes/0/mount_path"),
			bad(task(`{"function":"f","backoff_limit":-1}`), "/backoff_limit"),
			bad(task(`{"function":"f","envs":[{"value":"x"}]}`), "/envs/0/name"),
			bad(run(`{"inputs":{"di":"t"}}`), "/inputs/di"),
			bad(run(`{"inputs":{"di":"store://t"}}`), "/inputs/di"),
			bad(run(`{"inputs":{"di":{"key":"store://p/dataitem/table/t:1"}}}`), "/inputs/di"),
			bad(run(`{"parameters":[1]}`), "/parameters"),
			bad(run(`{"timeout":"soon"}`), "/timeout"),
		},
		Requests: []runtime.Request{requestOf(inputsCase), requestOf(requirementsCase), requestOf(plainCase)},
		Ended: []engine.Status{
			{Phase: engine.Succeeded},
			{Phase: engine.Succeeded, Report: json.RawMessage(`{"results":{"a":1.0},"outputs":{"t":"store://p/dataitem/table/t:1"}}`)},
		},
		Input: "di",
	})
}
