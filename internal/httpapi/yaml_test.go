package httpapi

import (
	"fmt"
	"strings"
	"testing"

	"dhub/internal/yamljson"
)

const asYAML = "Accept: application/x-yaml"

func TestExportAndImportOfAFunctionWithTasks(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project("p1", "p2")
	f := w.doc("POST", p1+"/functions", fmt.Sprintf(`{"name":"train","kind":"python","metadata":{"description":"fits: well","labels":["ml"]},"spec":%s}`, functionSpec))
	w.doc("POST", p1+"/tasks", fmt.Sprintf(`{"kind":"python+job","spec":{"function":%q,"timeout":60.0,"resources":{"cpu":"2"}}}`, f.ref()))
	r := w.do("GET", p1+"/functions/"+f.ID+"?with=tasks", "", asYAML)
	if ct := r.Header().Get("Content-Type"); !strings.HasPrefix(ct, "application/x-yaml") || r.Header().Get("ETag") != f.etag {
		t.Errorf("%s %s", ct, r.Header().Get("ETag"))
	}
	docs, err := yamljson.Decode(r.Body.Bytes())
	if err != nil || len(docs) != 2 || string(docs[0]) != w.do("GET", p1+"/functions/"+f.ID, "").Body.String() {
		t.Fatalf("%v\n%s", err, docs)
	}
	export := r.Body.String()
	if !strings.Contains(export, "timeout: 60.0\n") {
		t.Error(export)
	}
	const into = "/api/v1/-/p2/functions"
	made := w.doc("POST", into+"?reset=true", export, "Content-Type: application/x-yaml", "Dhub-Strict: 1")
	if made.ID == f.ID || made.Project != "p2" || made.Name != "train" || fmt.Sprint(made.Spec) != fmt.Sprint(f.Spec) || made.Metadata["description"] != "fits: well" || made.Metadata["version"] != made.ID {
		t.Errorf("%s", made.raw)
	}
	tasks := w.page("/api/v1/-/p2/tasks").Content
	if len(tasks) != 1 || tasks[0].Spec["function"] != made.ref() || !strings.Contains(w.do("GET", "/api/v1/-/p2/tasks/"+tasks[0].ID, "").Body.String(), `"timeout":60.0`) {
		t.Errorf("%+v", tasks)
	}
	// As it is, its id is taken.
	if r := ask(t, w, "POST", into, export, "Content-Type: text/yaml"); r.Code != 400 || !strings.Contains(r.Body.String(), "Duplicated") {
		t.Errorf("%d %s", r.Code, r.Body)
	}
	// A task that is refused takes the function back.
	broken := strings.Replace(export, "timeout: 60.0", "timeout: soon", 1)
	r = ask(t, w, "POST", into+"?reset=true", broken, "Content-Type: application/x-yaml")
	if r.Code != 400 || !strings.Contains(r.Body.String(), "Document 2") || !strings.Contains(r.Body.String(), "timeout") {
		t.Errorf("%d %s", r.Code, r.Body)
	}
	if n := w.page(into + "?versions=all").TotalElements; n != 1 {
		t.Errorf("%d functions after an import that was refused", n)
	}
	w.do("POST", into+"?reset=true&dryRun=true", export, "Content-Type: application/yaml")
	if n := w.page(into + "?versions=all").TotalElements; n != 1 {
		t.Errorf("%d functions after a dry run", n)
	}
	for body, want := range map[string]string{"a: [": "no YAML", "- a": "object", "": "no body", "kind: python\nname: x\nspec: {source: {source: a.py}}\n---\nkind: other+job\n": "Document 2", "a: 1\na: 2\n": "Line 2"} {
		r := ask(t, w, "POST", into+"?reset=true", body, "Content-Type: application/x-yaml")
		if r.Code != 400 || !strings.Contains(r.Body.String(), want) {
			t.Errorf("%q: %d %s, want %s", body, r.Code, r.Body, want)
		}
	}
	for _, path := range []string{p1 + "/functions/" + f.ID + "?with=tasks", p1 + "/functions/" + f.ID + "?with=runs"} {
		if r := ask(t, w, "GET", path, "", "Accept: application/json, application/x-yaml"); r.Code != 400 {
			t.Errorf("%s: %d", path, r.Code)
		}
	}
	if r := ask(t, w, "GET", p1+"/functions/"+f.ID+"?with=runs", "", asYAML); r.Code != 400 {
		t.Errorf("%d", r.Code)
	}
	if r := ask(t, w, "PUT", p1+"/secrets/data", "a: b", "Content-Type: application/x-yaml"); r.Code != 415 {
		t.Errorf("%d", r.Code)
	}
}

func TestEveryEntityIsExportedAsYAML(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project()
	task := w.task(w.function("f"))
	w.job(task, "r1")
	m := w.doc("POST", p1+"/models", `{"name":"m","kind":"model","spec":{"path":"s3://b/x","parameters":{"n":12345678901234567,"x":1.0}}}`)
	for _, path := range []string{p1 + "/tasks/" + task.ID, p1 + "/runs/r1", p1 + "/models/" + m.ID, "/api/v1/projects/p1", "/api/v1/models/" + m.ID} {
		docs, err := yamljson.Decode(w.do("GET", path, "", asYAML).Body.Bytes())
		if err != nil || len(docs) != 1 || string(docs[0]) != w.do("GET", path, "").Body.String() {
			t.Errorf("%s: %v %s", path, err, docs)
		}
	}
	again := w.doc("POST", p1+"/models?reset=true", w.do("GET", p1+"/models/"+m.ID, "", asYAML).Body.String(), "Content-Type: application/x-yaml")
	if again.ID == m.ID || !strings.Contains(again.raw, `{"n":12345678901234567,"x":1.0}`) || again.Status.VersionNumber != 2 {
		t.Error(again.raw)
	}
}
