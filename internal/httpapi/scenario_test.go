package httpapi

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"dhub/entity"
)

func TestFunctionToResultOverTheWire(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2)
	w.project()
	f := w.function("hello")
	if f.Key != "store://p1/function/python/hello:"+f.ID || f.User != "anonymous" || f.Status.State != "CREATED" || f.etag == "" {
		t.Errorf("function %+v", f)
	}
	task := w.task(f)
	if task.Name != task.ID || task.Key != "store://p1/task/python+job/"+task.ID {
		t.Errorf("task %+v", task)
	}
	r := w.job(task, "", "FAKE_LOG", "hello world\n")
	if r.Kind != "python+job:run" || r.Spec["function"] != f.ref() {
		t.Errorf("run %s", r.raw)
	}
	end := w.end(r.ID)
	if end.Status.State != "COMPLETED" {
		t.Fatalf("the run ended %s: %s", end.Status.State, end.raw)
	}
	logs := decode[[]logBody](t, w.do("GET", p1+"/runs/"+r.ID+"/logs", ""))
	if len(logs) != 1 || logs[0].ID != "c-pythonjob-"+r.ID {
		t.Fatalf("logs %+v", logs)
	}
	text, _ := base64.StdEncoding.DecodeString(logs[0].Content)
	if string(text) != "hello world\n" {
		t.Errorf("log %q", text)
	}
	if raw := w.do("GET", p1+"/runs/"+r.ID+"/log", "").Body.String(); raw != "hello world\n" {
		t.Errorf("raw log %q", raw)
	}
	one := decode[logBody](t, w.do("GET", p1+"/logs/"+logs[0].ID, ""))
	if one.Run != r.ID {
		t.Errorf("log by id: %+v", one)
	}
	if got := decode[pageOf[logBody]](t, w.do("GET", "/api/v1/logs?run="+r.ID, "")); got.TotalElements != 1 {
		t.Errorf("logs of the base API: %+v", got)
	}
	if got := decode[pageOf[logBody]](t, w.do("GET", p1+"/logs", "")); got.TotalElements != 1 || len(got.Content) != 1 {
		t.Errorf("logs of the project: %+v", got)
	}
	// A log of its own can go when it is complete.
	live := w.job(task, "live", "FAKE_LOG", "hello", "FAKE_SLEEP", "forever")
	stream := open(t, serve(t, w.API), p1+"/runs/live/logs/stream") // it begins with the log
	if _, ok := stream.next(); !ok {
		t.Fatal("the stream ended")
	}
	failure(t, ask(t, w, "DELETE", p1+"/logs/c-pythonjob-live", ""), 409, "still being written")
	w.do("POST", p1+"/runs/"+live.ID+"/stop", "")
	w.end(live.ID)
	w.do("DELETE", p1+"/logs/c-pythonjob-live", "")
	failure(t, ask(t, w, "DELETE", p1+"/logs/c-pythonjob-live", ""), 404, "No such log")
	w.doc("DELETE", p1+"/runs/live", "")
	// Deleting answers the run, then nothing of it is left.
	gone := w.doc("DELETE", p1+"/runs/"+r.ID+"?cascade=true", "")
	if gone.Status.State != "DELETING" || gone.ID != r.ID {
		t.Errorf("deleted %+v", gone)
	}
	failure(t, ask(t, w, "GET", p1+"/runs/"+r.ID, ""), 404, "No such run. (No such EntityName.RUN)")
	failure(t, ask(t, w, "GET", p1+"/logs/"+logs[0].ID, ""), 404, "No such log")
}

func TestLogStreamOfARealRun(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2)
	w.project()
	task := w.task(w.function("f"))
	s := serve(t, w.API)
	w.job(task, "r1", "FAKE_LOG", "line one\nline two\n", "FAKE_SLEEP", "30ms")
	r := open(t, s, p1+"/runs/r1/logs/stream")
	got := ""
	for {
		e := r.must()
		if e.name == "end" {
			break
		}
		_, text := chunk(t, e)
		got += text
	}
	if got != "line one\nline two\n" {
		t.Errorf("got %q", got)
	}
}

func TestClientDrivenRun(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2)
	w.project()
	task := w.task(w.function("f"))
	path := p1 + "/runs/mine"
	d := w.doc("POST", p1+"/runs", `{"id":"mine","kind":"python+job:run","spec":{"task":"python+job://p1/`+task.ID+`","local_execution":true}}`)
	if d.Status.State != "CREATED" {
		t.Fatalf("%s", d.raw)
	}
	s := serve(t, w.API)
	stream := open(t, s, path+"/logs/stream")
	for _, state := range []string{"BUILT", "READY", "RUNNING"} {
		if d = w.doc("PUT", path, `{"id":"mine","kind":"python+job:run","spec":{},"status":{"state":"`+state+`"}}`); d.Status.State != state {
			t.Fatalf("wanted %s: %s", state, d.raw)
		}
	}
	if b := w.do("POST", path+"/heartbeat", "").Body; b.Len() != 0 {
		t.Errorf("heartbeat answered %s", b)
	}
	w.do("POST", path+"/log?offset=0", "first\n", "Content-Type: application/octet-stream")
	w.do("POST", path+"/log?offset=6", "second\n")
	failure(t, ask(t, w, "POST", path+"/log?offset=99", "x"), 409, "13")
	w.doc("PUT", path, `{"status":{"state":"COMPLETED","results":{"n":1.0},"outputs":{"o":"store://p1/dataitem/table/d:x"}}}`)
	got := ""
	for {
		e := stream.must()
		if e.name == "end" {
			break
		}
		_, text := chunk(t, e)
		got += text
	}
	if got != "first\nsecond\n" {
		t.Errorf("stream %q", got)
	}
	end := w.doc("GET", path, "")
	if end.Status.State != "COMPLETED" || !strings.Contains(end.raw, `"n":1.0`) || end.Status.Outputs["o"] == "" {
		t.Errorf("%s", end.raw)
	}
	logs := decode[[]logBody](t, w.do("GET", path+"/logs", ""))
	if len(logs) != 1 || logs[0].ID != "c-pythonjob-mine" {
		t.Errorf("logs %+v", logs)
	}
}

func TestPagesOfALongList(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project()
	for i := range 30 {
		w.function(fmt.Sprintf("f%02d", i))
	}
	for _, tt := range []struct {
		query                     string
		count, number, size       int
		first, last, empty        bool
		begins                    string
		totalPages, totalElements int
	}{
		{"", 25, 0, 25, true, false, false, "f29", 2, 30},
		{"?page=1", 5, 1, 25, false, true, false, "f04", 2, 30},
		{"?page=-1", 25, 0, 25, true, false, false, "f29", 2, 30},
		{"?page=x&size=y", 25, 0, 25, true, false, false, "f29", 2, 30},
		{"?size=0", 25, 0, 25, true, false, false, "f29", 2, 30},
		{"?size=1000", 30, 0, 1000, true, true, false, "f29", 1, 30},
		{"?page=7", 0, 7, 25, false, true, true, "", 2, 30},
		{"?page=4294967296", 0, 4294967296, 25, false, true, true, "", 2, 30},
		{"?size=10&page=2&sort=name,asc", 10, 2, 10, false, true, false, "f20", 3, 30},
		{"?size=10&sort=name,DESC", 10, 0, 10, true, false, false, "f29", 3, 30},
		{"?size=10&sort=name", 10, 0, 10, true, false, false, "f00", 3, 30},
		{"?size=10&sort=updated,asc", 10, 0, 10, true, false, false, "f00", 3, 30},
		{"?size=1&sort=kind,desc&sort=name,asc", 1, 0, 1, true, false, false, "f00", 30, 30},
		{"?size=5&sort=labels,asc", 5, 0, 5, true, false, false, "f29", 6, 30},
	} {
		p := w.page(p1 + "/functions" + tt.query)
		begins := ""
		if len(p.Content) > 0 {
			begins = p.Content[0].Name
		}
		if p.NumberOfElements != tt.count || len(p.Content) != tt.count || p.Number != tt.number || p.Pageable.PageNumber != tt.number || p.Size != tt.size || p.Pageable.PageSize != tt.size ||
			p.First != tt.first || p.Last != tt.last || p.Empty != tt.empty || begins != tt.begins || p.TotalPages != tt.totalPages || p.TotalElements != tt.totalElements ||
			p.Pageable.Offset != tt.number*tt.size || !p.Sort.Sorted {
			t.Errorf("%s: got %d of %+v, begins %s", tt.query, len(p.Content), p.Pageable, begins)
		}
	}
	failure(t, ask(t, w, "GET", p1+"/functions?size=1001", ""), 400, "max page size exceeded")
	failure(t, ask(t, w, "GET", p1+"/functions?size=99999", ""), 400, "max page size exceeded")
	failure(t, ask(t, w, "GET", p1+"/functions?sort=colour,asc", ""), 400, "colour")
	if body := w.do("GET", p1+"/workflows", "").Body.String(); !strings.Contains(body, `"content":[]`) || !strings.Contains(body, `"totalPages":0`) {
		t.Errorf("empty list: %s", body)
	}
	if body := w.do("GET", "/api/v1/-/nowhere/functions", "").Body.String(); !strings.Contains(body, `"content":[]`) {
		t.Errorf("list of a project that does not exist: %s", body)
	}
}

func TestFiltersOfLists(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project("p1", "p2")
	post := func(name, labels, state string) doc {
		return w.doc("POST", p1+"/dataitems", fmt.Sprintf(`{"name":%q,"kind":"table","metadata":{"labels":%s},"spec":{"path":"s3://b/%s"},"status":{"state":%q}}`, name, labels, name, state))
	}
	a1 := post("alpha", `["odd","etl"]`, "CREATED")
	post("alpha", `["even"]`, "READY")
	b := post("Beta", `["odd"]`, "READY")
	w.doc("POST", "/api/v1/-/p2/dataitems", `{"name":"gamma","kind":"dataitem","spec":{"path":"x"}}`)
	for _, tt := range []struct{ query, want string }{
		{"", "Beta alpha"},
		{"?versions=all", "Beta alpha alpha"},
		{"?versions=ALL", "Beta alpha"},
		{"?name=alpha", "alpha"},
		{"?name=alpha&versions=all", "alpha alpha"},
		{"?name=alph", ""},
		{"?q=ETA", "Beta"},
		{"?q=" + a1.ID[:12] + "&versions=all", "alpha"},
		{"?kind=table", "Beta alpha"},
		{"?kind=foo", ""},
		{"?state=READY", "Beta alpha"},
		{"?state=CREATED", ""},
		{"?state=CREATED&versions=all", "alpha"},
		{"?user=anonymous", "Beta alpha"},
		{"?user=bob", ""},
		{"?labels=odd", "Beta"},
		{"?labels=od", ""},
		{"?labels=odd,etl&versions=all", "alpha"},
		{"?labels=odd&labels=etl&versions=all", "alpha"},
		{"?id=" + a1.ID + "," + b.ID + "&versions=all", "Beta alpha"},
		{"?created=2000-01-01T00:00:00Z", "Beta alpha"},
		{"?created=2000-01-01T00:00:00,2001-01-01T00:00:00", ""},
		{"?updated=,2001-01-01T00:00:00Z", ""},
		{"?updated=2000-01-01T00:00:00%2B02:00,2999-01-01T00:00:00Z", "Beta alpha"},
		{"?whatever=x", "Beta alpha"},
		{query("created", a1.Metadata["created"].(string)) + "&versions=all", "Beta alpha alpha"},
	} {
		if got := w.names(p1 + "/dataitems" + tt.query); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.query, got, tt.want)
		}
	}
	for _, tt := range []struct{ query, want string }{
		{"", "gamma Beta alpha alpha"}, {"?versions=latest", "gamma Beta alpha"}, {"?project=p2", "gamma"},
	} {
		if got := w.names("/api/v1/dataitems" + tt.query); got != tt.want {
			t.Errorf("base %s: got %q, want %q", tt.query, got, tt.want)
		}
	}
	for query, field := range map[string]string{
		"?name=a%2Fb": "name", "?kind=a%2Fb": "kind", "?created=yesterday": "created", "?updated=1,2,3": "updated",
	} {
		e := failure(t, ask(t, w, "GET", p1+"/dataitems"+query, ""), 400, field)
		if len(e.Errors) != 1 || e.Errors[0].Pointer != field {
			t.Errorf("%s: %+v", query, e.Errors)
		}
	}
	for _, tt := range []struct{ query, want string }{{"", "p1 p2"}, {"?name=P", "p1 p2"}, {"?name=2", "p2"}, {"?state=NONSENSE", "p1 p2"}, {"?sort=name,desc", "p2 p1"}, {"?id=p2", "p2"}} {
		if got := w.names("/api/v1/projects" + tt.query); got != tt.want {
			t.Errorf("projects %s: got %q, want %q", tt.query, got, tt.want)
		}
	}
	labels := decode[pageOf[struct{ ID, Label, Project string }]](t, w.do("GET", p1+"/labels?label=e", ""))
	if len(labels.Content) != 2 || labels.Content[0].Label != "etl" && labels.Content[1].Label != "etl" || labels.Size != 20 || labels.Content[0].Project != "p1" {
		t.Errorf("labels %+v", labels)
	}
}

func TestFiltersOfRunsAndTasks(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project()
	f, g := w.function("a"), w.function("ab")
	tf, tg := w.task(f), w.task(g)
	w.job(tf, "run1")
	w.job(tg, "run2")
	for _, tt := range []struct{ query, want string }{
		{"", "run2 run1"},
		{"?kind=python+job:run", "run2 run1"}, // a raw + comes as a space
		{"?kind=python%2Bjob:run", "run2 run1"},
		{query("function", f.ref()), "run1"},
		{"?function=python://p1/a", "run1"},
		{"?function=python://p1/ab", "run2"},
		{"?task=python+job://p1/" + tf.ID, "run1"},
		{query("task", "python+job://p1/"+tg.ID), "run2"},
		{"?action=job", "run2 run1"},
		{"?action=serve", ""},
		{"?action=serve&task=python+job://p1/" + tf.ID, "run1"},
		{"?state=READY", "run2 run1"},
		{"?state=RUNNING", ""},
		{"?versions=latest", "run2 run1"},
		{"?q=UN1", "run1"},
	} {
		var got []string
		for _, d := range w.page(p1 + "/runs" + tt.query).Content {
			got = append(got, d.ID)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: got %q, want %q", tt.query, got, tt.want)
		}
	}
	for _, tt := range []struct{ query, want string }{
		{query("function", f.ref(), "kind", "python+job"), tf.ID},
		{"?function=" + f.ref() + "&kind=python+job", tf.ID},
		{"?kind=job", ""},
		{"?name=" + tg.ID, tg.ID},
	} {
		if got := w.names(p1 + "/tasks" + tt.query); got != tt.want {
			t.Errorf("tasks %s: got %q, want %q", tt.query, got, tt.want)
		}
	}
	if got := decode[[]doc](t, w.do("GET", p1+"/functions/"+f.ID+"/tasks", "")); len(got) != 1 || got[0].ID != tf.ID {
		t.Errorf("tasks of a function: %+v", got)
	}
	if got := decode[[]doc](t, w.do("GET", p1+"/tasks/"+tf.ID+"/runs", "")); len(got) != 1 || got[0].ID != "run1" {
		t.Errorf("runs of a task: %+v", got)
	}
	failure(t, ask(t, w, "GET", p1+"/runs?task=nonsense", ""), 400, "task")
	failure(t, ask(t, w, "GET", p1+"/tasks?function=python://p1/a", ""), 400, "function")
	rel := decode[[]entity.Relation](t, w.do("GET", p1+"/runs/run1/relationships", ""))
	if len(rel) != 1 || rel[0].Type != "run_of" || rel[0].Dest != f.Key {
		t.Errorf("relationships %+v", rel)
	}
	if body := strings.TrimSpace(w.do("GET", p1+"/functions/"+g.ID+"/relationships", "").Body.String()); !strings.HasPrefix(body, "[") {
		t.Errorf("relationships of a function: %s", body)
	}
}

func TestActionsTakeNoBodyAndEmptyBodies(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project()
	task := w.task(w.function("f"))
	for i, tt := range []struct {
		body    string
		headers []string
	}{{"", nil}, {"{}", []string{"Content-Type: application/json"}}, {"", []string{"Content-Type: application/json"}}} {
		id := fmt.Sprintf("r%d", i)
		w.job(task, id)
		if d := w.doc("POST", p1+"/runs/"+id+"/stop", tt.body, tt.headers...); d.Status.State != "STOPPED" && d.Status.State != "STOP" {
			t.Errorf("stop: %s", d.raw)
		}
		w.end(id)
		if d := w.doc("POST", p1+"/runs/"+id+"/stop", tt.body); d.Status.State != "STOPPED" {
			t.Errorf("stop again: %s", d.raw)
		}
	}
	failure(t, ask(t, w, "POST", p1+"/runs/none/stop", ""), 404, "No such EntityName")
	failure(t, ask(t, w, "POST", "/api/v1/-/other/runs/r0/stop", ""), 400, "invalid project")
	if d := w.doc("POST", "/api/v1/runs/r0/stop", ""); d.ID != "r0" {
		t.Errorf("base: %s", d.raw)
	}
}

func TestProjectsOverTheWire(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	d := w.doc("POST", "/api/v1/projects", `{"name":"p1","metadata":{"description":"demo","custom":1.0}}`)
	if d.Key != "store://p1" || d.Kind != "project" || d.ID != "p1" || d.Project != "p1" || !strings.Contains(d.raw, `"custom":1.0`) {
		t.Errorf("%s", d.raw)
	}
	failure(t, ask(t, w, "POST", "/api/v1/projects", `{"name":"p1"}`), 400, "Duplicated entity project:p1.")
	failure(t, ask(t, w, "POST", "/api/v1/projects", `{"name":"P1"}`), 400, "name")
	failure(t, ask(t, w, "POST", "/api/v1/projects", `{"name":"p2","id":"p3"}`), 400, "project id must match name")
	failure(t, ask(t, w, "POST", "/api/v1/projects", `{}`), 400, "name")
	failure(t, ask(t, w, "GET", "/api/v1/projects/none", ""), 404, "No such EntityName")
	w.function("f")
	view := decode[map[string]any](t, w.do("GET", "/api/v1/projects/p1", ""))
	spec := view["spec"].(map[string]any)
	for _, list := range []string{"functions", "workflows", "artifacts", "dataitems", "models"} {
		if _, ok := spec[list].([]any); !ok {
			t.Errorf("spec.%s is %v", list, spec[list])
		}
	}
	if n := len(spec["functions"].([]any)); n != 1 {
		t.Errorf("%d functions", n)
	}
	up := w.doc("PUT", "/api/v1/projects/p1", `{"name":"p1","kind":"project","metadata":{"description":"new"},"spec":{"source":"x"}}`, "If-Match: "+d.etag)
	if up.Metadata["description"] != "new" || up.Spec["source"] != "x" {
		t.Errorf("%s", up.raw)
	}
	failure(t, ask(t, w, "PUT", "/api/v1/projects/p1", `{"name":"p1"}`, "If-Match: "+d.etag), 412, "")
	if b := w.do("DELETE", "/api/v1/projects/p1?cascade=true", "").Body; b.Len() != 0 {
		t.Errorf("delete answered %s", b)
	}
	failure(t, ask(t, w, "GET", "/api/v1/projects/p1", ""), 404, "No such project")
	w.do("DELETE", "/api/v1/projects/p1", "")
	if got := w.page("/api/v1/functions"); got.TotalElements != 0 {
		t.Errorf("functions outlived their project: %+v", got)
	}
}

func TestSecretsOverTheWire(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project()
	failure(t, ask(t, w, "PUT", p1+"/secrets/data", `{"A":"v"}`), 400, "missing secrets for A")
	d := w.doc("POST", p1+"/secrets", `{"name":"A","kind":"secret","spec":{"path":"secret://A","provider":"kubernetes"}}`)
	if d.Key != "store://p1/secret/secret/A" {
		t.Errorf("%s", d.raw)
	}
	if b := w.do("PUT", p1+"/secrets/data", `{"A":"canary-value"}`).Body; b.Len() != 0 {
		t.Errorf("answered %s", b)
	}
	if got := strings.TrimSpace(w.do("GET", p1+"/secrets/data?keys=A,B", "").Body.String()); got != `{"A":"canary-value"}` {
		t.Errorf("got %s", got)
	}
	if got := strings.TrimSpace(w.do("GET", p1+"/secrets/data", "").Body.String()); got != `{}` {
		t.Errorf("got %s", got)
	}
	e := failure(t, ask(t, w, "PUT", p1+"/secrets/data", `{"A":{"x":"canary-value"}}`), 400, "must be a string")
	if strings.Contains(e.Message, "canary") {
		t.Errorf("the value is in the message: %s", e.Message)
	}
	for _, body := range []string{`[]`, `"canary-value"`, `{"A":`, `{"A":"canary-value"`} {
		r := ask(t, w, "PUT", p1+"/secrets/data", body)
		if r.Code != 400 || strings.Contains(r.Body.String(), "canary") {
			t.Errorf("%s: %d %s", body, r.Code, r.Body)
		}
	}
	if got := w.names(p1 + "/secrets?name=A"); got != "A" {
		t.Errorf("list by name: %s", got)
	}
	w.doc("POST", p1+"/secrets", `{"name":"TOKEN","kind":"secret","metadata":{"labels":["ci"]},"spec":{"path":"secret://TOKEN","provider":"kubernetes"}}`)
	for _, q := range []string{"q=oke", "labels=ci"} {
		if got := w.names(p1 + "/secrets?" + q); got != "TOKEN" {
			t.Errorf("%s: got %q", q, got)
		}
	}
	if got := w.names(p1 + "/secrets?name=B"); got != "" {
		t.Errorf("list by another name: %s", got)
	}
	failure(t, ask(t, w, "POST", p1+"/secrets", `{"name":"A","kind":"secret","spec":{"path":"secret://A","provider":"kubernetes"}}`), 400, "Duplicated entity secret")
	w.do("DELETE", p1+"/secrets/"+d.ID, "")
	if got := strings.TrimSpace(w.do("GET", p1+"/secrets/data?keys=A", "").Body.String()); got != `{}` {
		t.Errorf("the value outlived its secret: %s", got)
	}
}

func TestMetricsOverTheWire(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project()
	m := w.doc("POST", p1+"/models", `{"name":"m","kind":"model","spec":{"path":"s3://b/m"}}`)
	task := w.task(w.function("f"))
	w.job(task, "r1")
	for _, path := range []string{p1 + "/models/" + m.ID + "/metrics", p1 + "/runs/r1/metrics"} {
		if got := strings.TrimSpace(w.do("GET", path, "").Body.String()); got != `{}` {
			t.Errorf("%s: %s", path, got)
		}
		failure(t, ask(t, w, "GET", path+"/loss", ""), 404, "No such metric")
		if b := w.do("PUT", path+"/loss", `[0.9, 0.40]`).Body; b.Len() != 0 {
			t.Errorf("answered %s", b)
		}
		w.do("PUT", path+"/val/acc", `1.0`, "Content-Type: application/json")
		if got := w.do("GET", path+"/loss", "").Body.String(); got != `[0.9,0.40]` {
			t.Errorf("%s: %s", path, got)
		}
		if got := strings.TrimSpace(w.do("GET", path, "").Body.String()); got != `{"loss":[0.9,0.40],"val/acc":1.0}` {
			t.Errorf("%s: %s", path, got)
		}
		for sent, kept := range map[string]string{`[0.9, NaN, -Infinity]`: `[0.9,"NaN","-Infinity"]`, `NaN`: `"NaN"`, `["NaN",1]`: `["NaN",1]`} {
			w.do("PUT", path+"/loss", sent)
			if got := w.do("GET", path+"/loss", "").Body.String(); got != kept {
				t.Errorf("%s: put %s, got %s, want %s", path, sent, got, kept)
			}
		}
		for _, bad := range []string{`{"a":1}`, `"x"`, `true`, `[1,"x"]`, `[[1]]`, `null`, `[1,`, ``} {
			failure(t, ask(t, w, "PUT", path+"/loss", bad), 400, "")
		}
		failure(t, ask(t, w, "PUT", path+"/", `1`), 400, "name of a metric")
		failure(t, ask(t, w, "GET", strings.Replace(path, "p1", "p2", 1), ""), 400, "invalid project")
	}
}

func TestSchemasOverTheWire(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	type schema struct {
		ID, Kind, Entity, Runtime string
		Schema                    map[string]any
	}
	for _, path := range []string{"/api/v1/schemas/run", p1 + "/schemas/run", "/api/v1/schemas/run?runtime=python&sort=id,ASC&page=-1&size=100"} {
		p := decode[pageOf[schema]](t, w.do("GET", path, ""))
		if len(p.Content) == 0 || p.TotalElements != len(p.Content) || p.Content[0].ID != "RUN:python+job:run" || p.Content[0].Runtime != "python" || p.Content[0].Entity != "RUN" {
			t.Errorf("%s: %+v", path, p)
		}
	}
	for _, path := range []string{"/api/v1/schemas/artifact/artifact", "/api/v1/artifacts/schemas/artifact", p1 + "/artifacts/schemas/artifact", p1 + "/schemas/artifact/artifact"} {
		if s := decode[schema](t, w.do("GET", path, "")); s.ID != "ARTIFACT:artifact" || s.Schema["type"] != "object" {
			t.Errorf("%s: %+v", path, s)
		}
	}
	if p := decode[pageOf[schema]](t, w.do("GET", p1+"/models/schemas", "")); p.TotalElements < 4 {
		t.Errorf("models: %+v", p)
	}
	if r := ask(t, w, "GET", "/api/v1/schemas/log", ""); r.Code != 404 || r.Body.Len() != 0 {
		t.Errorf("log: %d %s", r.Code, r.Body)
	}
	failure(t, ask(t, w, "GET", "/api/v1/schemas/function/cobol", ""), 400, "missing spec")
	failure(t, ask(t, w, "GET", p1+"/artifacts/schemas/relationships", ""), 400, "missing spec")
}

func TestBytesOfSpecAndStatusStay(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project()
	body := `{"name":"m","kind":"model","spec":{"path":"s3://b/m","parameters":{"a":1.0,"b":12345678901234567,"c":"<&>","e":{}}},"status":{"deep":[[[{"x":null}]]],"n":NaN}}`
	d := w.doc("POST", p1+"/models", body)
	for _, part := range []string{`"a":1.0`, `"b":12345678901234567`, `"c":"<&>"`, `"e":{}`, `"deep":[[[{"x":null}]]]`, `"n":"NaN"`} {
		if !strings.Contains(d.raw, part) {
			t.Errorf("%s is not in %s", part, d.raw)
		}
	}
	list := w.do("GET", p1+"/models", "").Body.String()
	if !strings.Contains(list, `"b":12345678901234567`) || !strings.Contains(list, `"c":"<&>"`) {
		t.Errorf("the list has other bytes: %s", list)
	}
	if !bytes.Contains(w.do("GET", p1+"/models/"+d.ID, "").Body.Bytes(), []byte(`"a":1.0`)) {
		t.Error("a read has other bytes")
	}
}

func TestVersionsOverTheWire(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project()
	f := w.function("f")
	same := w.doc("PUT", p1+"/functions/"+f.ID, f.raw)
	if same.ID != f.ID {
		t.Errorf("the same spec made the version %s", same.ID)
	}
	changed := strings.Replace(f.raw, `"handler":"main"`, `"handler":"other"`, 1)
	next := w.doc("PUT", p1+"/functions/"+f.ID, changed)
	if next.ID == f.ID || next.Status.VersionNumber != 2 {
		t.Errorf("a changed spec: %s", next.raw)
	}
	failure(t, ask(t, w, "PUT", p1+"/functions/"+f.ID, changed, `If-Match: "999999"`), 412, "")
	if p := w.page(p1 + "/functions?name=f"); len(p.Content) != 1 || p.Content[0].ID != next.ID {
		t.Errorf("latest: %+v", p.Content)
	}
	failure(t, ask(t, w, "DELETE", p1+"/functions", ""), 400, "name")
	w.do("DELETE", p1+"/functions?name=f&cascade=true&versions=all", "")
	w.do("DELETE", p1+"/functions?name=f", "")
	if p := w.page(p1 + "/functions?versions=all"); p.TotalElements != 0 {
		t.Errorf("left: %+v", p.Content)
	}
	failure(t, ask(t, w, "DELETE", p1+"/functions/"+f.ID, ""), 404, "No such function")
	if b := w.do("DELETE", "/api/v1/functions/"+f.ID, "").Body; b.Len() != 0 {
		t.Errorf("base: %s", b)
	}
	failure(t, ask(t, w, "DELETE", p1+"/functions/"+f.ID+"?cascade=perhaps", ""), 400, "cascade")
}

func TestDryRunStrictAndReplayWithRealUseCases(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project()
	f := `{"name":"f","kind":"python","spec":` + strings.Replace(functionSpec, "{", `{"colour":"red",`, 1) + `}`
	if d := w.doc("POST", p1+"/functions?dryRun=true", f); d.Name != "f" {
		t.Errorf("%s", d.raw)
	}
	if p := w.page(p1 + "/functions"); p.TotalElements != 0 {
		t.Errorf("a dry run stored %+v", p.Content)
	}
	failure(t, ask(t, w, "POST", p1+"/functions", f, "Dhub-Strict: 1"), 400, "colour")
	d := w.doc("POST", p1+"/functions", f, "Idempotency-Key: once")
	if _, kept := d.Spec["colour"]; kept || len(d.Status.Notices) == 0 {
		t.Errorf("%s", d.raw)
	}
	if again := w.doc("POST", p1+"/functions", f, "Idempotency-Key: once"); again.raw != d.raw {
		t.Errorf("replay: %s", again.raw)
	}
	if p := w.page(p1 + "/functions?versions=all"); p.TotalElements != 1 {
		t.Errorf("%d versions", p.TotalElements)
	}
	task := w.task(d)
	run := `{"kind":"python+job:run","spec":{"task":"python+job://p1/` + task.ID + `"}}`
	w.doc("POST", p1+"/runs?dryRun=true", run)
	one, two := w.doc("POST", p1+"/runs", run, "Idempotency-Key: r"), w.doc("POST", p1+"/runs", run, "Idempotency-Key: r")
	if one.ID != two.ID || w.page(p1+"/runs").TotalElements != 1 {
		t.Errorf("runs %s and %s of %d", one.ID, two.ID, w.page(p1+"/runs").TotalElements)
	}
	failure(t, ask(t, w, "POST", p1+"/runs", strings.Replace(run, "{", `{"name":"x",`, 1), "Idempotency-Key: r"), 409, "Idempotency-Key")
}

// TestBadInput: each is a 4xx that names the field, and nothing is changed.
func TestBadInput(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0, func(c *Config) { c.MaxBody = 1 << 20 })
	w.project("p1", "p2")
	f := w.function("f")
	task := w.task(f)
	d := w.doc("POST", p1+"/dataitems", `{"id":"d1","name":"d","kind":"table","spec":{"path":"s3://b/d"}}`)
	w.job(task, "r1")
	other := w.doc("POST", "/api/v1/-/p2/functions", `{"name":"f","kind":"python","spec":`+functionSpec+`}`)
	counts := func() string {
		out := ""
		for _, list := range []string{"functions", "tasks", "runs", "dataitems", "secrets", "triggers"} {
			out += fmt.Sprint(list, w.page(p1+"/"+list+"?versions=all").TotalElements, " ")
		}
		return out + w.doc("GET", p1+"/dataitems/d1", "").raw + w.doc("GET", p1+"/functions/"+f.ID, "").raw
	}
	before := counts()
	runOf := func(spec string) string { return `{"kind":"python+job:run","spec":` + spec + `}` }
	for _, tt := range []struct {
		name, method, path, body string
		status                   int
		part                     string
	}{
		{"unknown kind", "POST", "/functions", `{"name":"x","kind":"cobol","spec":{}}`, 404, "No such spec"},
		{"kind where there is none", "POST", "/workflows", `{"name":"x","kind":"kfp","spec":{}}`, 404, "no kind of workflow yet"},
		{"missing kind", "POST", "/functions", `{"name":"x","spec":{}}`, 400, "kind"},
		{"unknown run kind", "POST", "/runs", `{"kind":"cobol+job:run","spec":{"task":"python+job://p1/` + task.ID + `"}}`, 404, "No such spec"},
		{"unknown action of a kind", "POST", "/tasks", `{"kind":"python+fly","spec":{"function":"` + f.ref() + `"}}`, 404, "No such spec"},
		{"missing name", "POST", "/functions", `{"kind":"python","spec":` + functionSpec + `}`, 400, "name"},
		{"slash in name", "POST", "/functions", `{"name":"a/b","kind":"python","spec":` + functionSpec + `}`, 400, "name"},
		{"long name", "POST", "/functions", `{"name":"` + strings.Repeat("a", 257) + `","kind":"python","spec":` + functionSpec + `}`, 400, "name"},
		{"dots as id", "POST", "/functions", `{"id":"..","name":"a","kind":"python","spec":` + functionSpec + `}`, 400, "id"},
		{"name is a number", "POST", "/functions", `{"name":1,"kind":"python","spec":` + functionSpec + `}`, 400, "name"},
		{"spec is a list", "POST", "/functions", `{"name":"a","kind":"python","spec":[]}`, 400, "spec"},
		{"metadata is a text", "POST", "/functions", `{"name":"a","kind":"python","metadata":"x","spec":` + functionSpec + `}`, 400, "metadata"},
		{"missing spec field", "POST", "/functions", `{"name":"a","kind":"python","spec":{}}`, 400, "source"},
		{"wrong type in spec", "POST", "/functions", `{"name":"a","kind":"python","spec":{"source":{"base64":"YQ==","lang":"python"},"python_version":"PYTHON3_10","requirements":"pandas"}}`, 400, "requirements"},
		{"wrong enum in spec", "POST", "/functions", `{"name":"a","kind":"python","spec":{"source":{"base64":"YQ==","lang":"python"},"python_version":"PYTHON1"}}`, 400, "python_version"},
		{"broken base64", "POST", "/functions", `{"name":"a","kind":"python","spec":{"source":{"base64":"%%%","lang":"python"},"python_version":"PYTHON3_10"}}`, 400, "base64"},
		{"NUL in the name", "POST", "/functions", `{"name":"a\u0000","kind":"python","spec":` + functionSpec + `}`, 400, "name"},
		{"NUL deep in the spec", "POST", "/dataitems", `{"name":"a","kind":"dataitem","spec":{"path":"x\u0000"}}`, 400, "spec"},
		{"NUL in metadata", "PUT", "/dataitems/d1", `{"name":"d","kind":"table","metadata":{"description":"\u0000"},"spec":{"path":"s3://b/d"}}`, 400, "description"},
		{"unknown state", "PUT", "/dataitems/d1", `{"name":"d","kind":"table","spec":{"path":"s3://b/d"},"status":{"state":"DONE"}}`, 400, "status.state"},
		{"missing path", "POST", "/dataitems", `{"name":"a","kind":"table","spec":{}}`, 400, "path"},
		{"taken id", "POST", "/dataitems", `{"id":"d1","name":"a","kind":"table","spec":{"path":"x"}}`, 400, "Duplicated entity dataitem:d1."},
		{"second task", "POST", "/tasks", `{"kind":"python+job","spec":{"function":"` + f.ref() + `"}}`, 400, "Duplicated entity task:"},
		{"task of nothing", "POST", "/tasks", `{"kind":"python+job","spec":{"function":"python://p1/x:none"}}`, 400, "invalid executable entity"},
		{"task of another project", "POST", "/tasks", `{"kind":"python+job","spec":{"function":"` + other.ref() + `"}}`, 400, "project mismatch"},
		{"task without function", "POST", "/tasks", `{"kind":"python+job","spec":{}}`, 400, "function"},
		{"run without task", "POST", "/runs", runOf(`{}`), 400, "task"},
		{"run of a malformed task", "POST", "/runs", runOf(`{"task":"nonsense"}`), 400, "task"},
		{"run of no task", "POST", "/runs", runOf(`{"task":"python+job://p1/none"}`), 400, "invalid task"},
		{"run of another project's task", "POST", "/runs", runOf(`{"task":"python+job://p2/x"}`), 400, "project mismatch"},
		{"run with an input that is no key", "POST", "/runs", runOf(`{"task":"python+job://p1/` + task.ID + `","inputs":{"a":"b"}}`), 400, "inputs"},
		{"run with a wrong type", "POST", "/runs", runOf(`{"task":"python+job://p1/` + task.ID + `","timeout":"soon"}`), 400, "timeout"},
		{"run id taken", "POST", "/runs", `{"id":"r1",` + runOf(`{"task":"python+job://p1/` + task.ID + `"}`)[1:], 400, "Duplicated entity run:r1."},
		{"malformed JSON", "POST", "/functions", `{"name":`, 400, ""},
		{"two documents", "POST", "/functions", `{} {}`, 400, ""},
		{"a text", "POST", "/functions", `"x"`, 400, "object"},
		{"nothing", "POST", "/functions", ``, 400, "body"},
		{"broken UTF-8", "POST", "/functions", "{\"name\":\"\xff\"}", 400, ""},
		{"deep nesting", "POST", "/dataitems", `{"name":"a","kind":"dataitem","spec":{"path":"x"},"status":` + strings.Repeat(`{"a":`, 20000) + `1` + strings.Repeat(`}`, 20000) + `}`, 400, ""},
		{"oversize", "POST", "/functions", `{"name":"` + strings.Repeat("x", 1<<20) + `"}`, 413, "1048576 bytes (1 MiB)"},
		{"update of nothing", "PUT", "/functions/none", `{}`, 404, "No such function"},
		{"secret without provider", "POST", "/secrets", `{"name":"S","kind":"secret","spec":{"path":"secret://S"}}`, 400, "provider"},
		{"read in another project", "GET", "/functions/" + other.ID, ``, 400, "invalid project"},
		{"run of another project", "GET", "/../p2/runs/r1", ``, 400, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := failure(t, ask(t, w, tt.method, p1+tt.path, tt.body), tt.status, tt.part)
			if tt.status == 400 && len(e.Errors) == 0 && !strings.Contains(tt.path, "..") && !strings.Contains(e.Message, "mismatch") && !strings.Contains(e.Message, "invalid") {
				t.Errorf("no field is named: %+v", e)
			}
		})
	}
	for _, path := range []string{"/functions", "/dataitems", "/tasks", "/runs", "/secrets", "/triggers"} {
		t.Run("missing project "+path, func(t *testing.T) {
			body := map[string]string{
				"/functions": `{"name":"a","kind":"python","spec":` + functionSpec + `}`, "/dataitems": `{"name":"a","kind":"table","spec":{"path":"x"}}`,
				"/tasks": `{"kind":"python+job","spec":{"function":"python://nowhere/f:x"}}`, "/runs": runOf(`{"task":"python+job://nowhere/x"}`),
				"/secrets":  `{"name":"S","kind":"secret","spec":{"path":"secret://S","provider":"kubernetes"}}`,
				"/triggers": `{"name":"t","kind":"scheduler","spec":{"schedule":"@daily","task":"python+job://nowhere/x","template":{}}}`,
			}[path]
			failure(t, ask(t, w, "POST", "/api/v1/-/nowhere"+path, body), 400, "invalid or missing project")
		})
	}
	if after := counts(); after != before {
		t.Errorf("something changed:\n%s\n%s", before, after)
	}
	_ = d
}

func TestNothingOfTheServerIsInAnAnswerByAccident(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project()
	var all map[string]any
	if err := json.Unmarshal(w.do("GET", "/.well-known/configuration", "").Body.Bytes(), &all); err != nil {
		t.Fatal(err)
	}
	for k, v := range all {
		switch v.(type) {
		case string, float64, []any:
		default:
			t.Errorf("%s is a %T: clients lose it", k, v)
		}
	}
}
