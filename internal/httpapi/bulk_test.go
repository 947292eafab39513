package httpapi

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"dhub/entity"
	"dhub/internal/run"
)

func (w *world) bulk(body string, headers ...string) bulkAnswer {
	w.t.Helper()
	return decode[bulkAnswer](w.t, w.do("POST", p1+"/runs/bulk", body, headers...))
}

func TestBulk(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1)
	w.project()
	task := w.task(w.function("f"))
	w.doc("POST", p1+"/runs", fmt.Sprintf(`{"id":"ended","kind":"python+job:run","metadata":{"description":"about","labels":["sweep"]},"spec":{"task":"python+job://p1/%s","parameters":{"epochs":10.0}}}`, task.ID))
	w.end("ended")
	w.job(task, "live", "FAKE_SLEEP", "forever")
	w.job(task, "queued", "FAKE_SLEEP", "forever")

	got := w.bulk(`{"action":"label","ids":["ended","live","ended"],"add":["a","sweep"],"remove":["none"]}`)
	if got.Done != 2 || len(got.Results) != 2 {
		t.Errorf("label: %+v", got)
	}
	if s := w.ids(p1 + "/runs?labels=a"); s != "ended live" {
		t.Errorf("labelled: %s", s)
	}
	before := w.doc("GET", p1+"/runs/ended", "")
	w.bulk(`{"action":"label","ids":["ended"],"remove":["a","other"]}`)
	after := w.doc("GET", p1+"/runs/ended", "")
	if raw, _ := json.Marshal(after.Metadata["labels"]); string(raw) != `["sweep"]` || after.Metadata["description"] != "about" || before.etag == after.etag {
		t.Errorf("labels %s, etags %s %s", raw, before.etag, after.etag)
	}
	w.bulk(`{"action":"label","ids":["ended"],"add":["sweep"]}`)
	if again := w.doc("GET", p1+"/runs/ended", ""); again.etag != after.etag {
		t.Error("labels that are there already change the run")
	}

	got = w.bulk(`{"action":"stop","ids":["ended","live","queued","missing"]}`)
	outcomes := map[string]string{}
	for _, r := range got.Results {
		outcomes[r.ID] = r.Outcome
	}
	if got.Done != 2 || got.Skipped != 1 || got.Failed != 1 || outcomes["ended"] != run.Skipped || outcomes["missing"] != run.Failed || got.Results[3].Code != "not_found" {
		t.Errorf("stop: %+v", got)
	}
	for _, id := range []string{"live", "queued"} {
		if d := w.end(id); d.Status.State != string(entity.StateStopped) {
			t.Errorf("%s is %s", id, d.Status.State)
		}
	}

	got = w.bulk(`{"action":"rerun","ids":["ended"]}`, "Idempotency-Key: once")
	if got.Done != 1 || got.Results[0].Run == "" || got.Results[0].Run == "ended" {
		t.Fatalf("rerun: %+v", got)
	}
	same := w.bulk(`{"action":"rerun","ids":["ended"]}`, "Idempotency-Key: once")
	if same.Results[0].Run != got.Results[0].Run {
		t.Errorf("repeated: %+v", same)
	}
	d := w.end(got.Results[0].Run)
	want, _ := json.Marshal(after.Spec)
	have, _ := json.Marshal(d.Spec)
	if string(want) != string(have) || !strings.Contains(d.raw, `"epochs":10.0`) || d.Metadata["description"] != "about" || d.Status.State != string(entity.StateCompleted) {
		t.Errorf("%s\n%s\n%s", want, have, d.raw)
	}
	if one := w.doc("POST", p1+"/runs/ended/rerun", ""); one.ID == "ended" || w.end(one.ID).Status.State != string(entity.StateCompleted) {
		t.Errorf("%+v", one)
	}

	got = w.bulk(`{"action":"delete","ids":["live","queued"]}`)
	if got.Done != 2 || got.Results[0].State != entity.StateDeleted {
		t.Errorf("delete: %+v", got)
	}
	if r := ask(t, w, "GET", p1+"/runs/live", ""); r.Code != 404 {
		t.Errorf("live is there: %d", r.Code)
	}
	many := `["x"` + strings.Repeat(`,"x"`, maxBulk) + `]`
	for body, pointer := range map[string]string{`{"action":"melt","ids":["ended"]}`: "/action", `{"action":"stop","ids":[]}`: "/ids", `{"action":"stop","ids":` + many + `}`: "/ids",
		`{"action":"label","ids":["ended"]}`: "/add", `{"action":"label","ids":["ended"],"add":[""]}`: "/add", `{"action":"stop","ids":"ended"}`: "/ids", `{"action":"stop","ids":["a"],"all":true}`: "/all", `[]`: ""} {
		r := ask(t, w, "POST", p1+"/runs/bulk", body)
		if r.Code != 400 || !strings.Contains(r.Body.String(), `"pointer":"`+pointer+`"`) {
			t.Errorf("%.60s: %d %s", body, r.Code, r.Body)
		}
	}
}

func TestRerunOfAClientsRunIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1)
	w.project()
	task := w.task(w.function("f"))
	w.doc("POST", p1+"/runs", fmt.Sprintf(`{"id":"mine","kind":"python+job:run","spec":{"task":"python+job://p1/%s","local_execution":true}}`, task.ID))
	if r := ask(t, w, "POST", p1+"/runs/mine/rerun", ""); r.Code != 409 || !strings.Contains(r.Body.String(), "local_execution") {
		t.Errorf("%d %s", r.Code, r.Body)
	}
}

func TestPresetsAndViews(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project("p1", "p2")
	head := func() int64 {
		n, err := w.store.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := head()
	p := decode[preset](t, w.do("POST", p1+"/presets", `{"name":"nightly","function":"train","kind":"python+job:run","spec":{"parameters":{"lr":1.0}}}`))
	if p.ID == "" || p.Name != "nightly" || string(p.Spec) != `{"parameters":{"lr":1.0}}` || p.Created == "" {
		t.Errorf("%+v", p)
	}
	w.do("PUT", p1+"/presets/"+p.ID, `{"name":"weekly","kind":"python+job:run","spec":{}}`)
	w.do("POST", p1+"/presets", `{"name":"a first","kind":"python+job:run","spec":{}}`)
	list := decode[presetList](t, w.do("GET", p1+"/presets", ""))
	if len(list) != 2 || list[0].Name != "a first" || list[1].Name != "weekly" || list[1].Created != p.Created || list[1].Function != "" {
		t.Errorf("%+v", list)
	}
	v := decode[view](t, w.do("POST", p1+"/views", `{"name":"Failed today","page":"runs","query":"state=ERROR&since=24h"}`))
	if got := decode[view](t, w.do("GET", p1+"/views/"+v.ID, "")); got != v || got.Query != "state=ERROR&since=24h" {
		t.Errorf("%+v", got)
	}
	if others := decode[presetList](t, w.do("GET", "/api/v1/-/p2/presets", "")); len(others) != 0 {
		t.Errorf("%+v", others)
	}
	w.do("DELETE", p1+"/presets/"+p.ID, "")
	for _, x := range []struct {
		method, path, body string
		code               int
		pointer            string
	}{
		{"GET", "/presets/" + p.ID, "", 404, ""}, {"DELETE", "/presets/" + p.ID, "", 404, ""}, {"PUT", "/presets/" + p.ID, `{"name":"x","kind":"k","spec":{}}`, 404, ""},
		{"GET", "/presets/" + v.ID, "", 404, ""}, {"POST", "/presets", `{"name":"","kind":"k","spec":{}}`, 400, "/name"}, {"POST", "/presets", `{"name":"x","kind":"k k","spec":{}}`, 400, "/kind"},
		{"POST", "/presets", `{"name":"x","kind":"k","spec":[]}`, 400, "/spec"}, {"POST", "/presets", `{"name":"x","kind":"k"}`, 400, "/spec"}, {"POST", "/views", `{"name":"x","query":""}`, 400, "/page"},
		{"POST", "/views", `{"name":"x","page":"runs","query":"","more":1}`, 400, "/more"}, {"POST", "/views", fmt.Sprintf(`{"name":"x","page":"runs","query":%q}`, strings.Repeat("q", 70000)), 400, ""},
	} {
		r := ask(t, w, x.method, p1+x.path, x.body)
		if r.Code != x.code || x.pointer != "" && !strings.Contains(r.Body.String(), `"pointer":"`+x.pointer+`"`) {
			t.Errorf("%s %s %.60s: %d %s", x.method, x.path, x.body, r.Code, r.Body)
		}
	}
	if r := ask(t, w, "POST", "/api/v1/-/none/views", `{"name":"x","page":"runs","query":""}`); r.Code != 404 {
		t.Errorf("no project: %d", r.Code)
	}
	if after := head(); after != before {
		t.Errorf("the feed went from %d to %d", before, after)
	}
	w.do("DELETE", "/api/v1/projects/p1?cascade=true", "")
	w.project("p1")
	if list := decode[viewList](t, w.do("GET", p1+"/views", "")); len(list) != 0 {
		t.Errorf("%+v outlived their project", list)
	}
}
