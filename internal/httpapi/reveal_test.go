package httpapi

import (
	"fmt"
	"strings"
	"testing"

	"dhub/internal/secret"
)

func TestRevealIsWrittenDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project("p1", "p2")
	s := w.doc("POST", p1+"/secrets", `{"name":"TOKEN","kind":"secret","spec":{"path":"secret://TOKEN","provider":"kubernetes"}}`)
	at := p1 + "/secrets/" + s.ID
	if r := ask(t, w, "POST", at+"/reveal", ""); r.Code != 404 || !strings.Contains(r.Body.String(), "no value yet") {
		t.Errorf("%d %s", r.Code, r.Body)
	}
	w.do("PUT", p1+"/secrets/data", `{"TOKEN":"canary-value"}`)
	before, err := w.store.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{p1 + "/secrets", at, at + "/usage", p1 + "/search?q=canary", p1 + "/summary"} {
		if r := w.do("GET", path, ""); strings.Contains(r.Body.String(), "canary-value") {
			t.Errorf("%s shows the value", path)
		}
	}
	r := w.do("POST", at+"/reveal", "")
	if got := decode[revealedSecret](t, r); got.Name != "TOKEN" || got.Value != "canary-value" || r.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%+v %v", got, r.Header())
	}
	list, err := w.store.Changes(t.Context(), before, 10)
	if err != nil || len(list) != 1 || list[0].Entity != "secret" || list[0].ID != s.ID || list[0].Verb != "update" {
		t.Errorf("%+v %v", list, err)
	}
	d := w.doc("GET", at, "")
	if strings.Count(d.raw, `"by":"anonymous"`) != 1 || d.Metadata["updated"] != s.Metadata["updated"] {
		t.Error(d.raw)
	}
	// Who looked cannot be taken back.
	w.do("PUT", at, `{"name":"TOKEN","kind":"secret","metadata":{"labels":["x"]},"spec":{"path":"secret://TOKEN","provider":"kubernetes"},"status":{"revealed":[]}}`)
	if d := w.doc("GET", at, ""); strings.Count(d.raw, `"by":"anonymous"`) != 1 {
		t.Error(d.raw)
	}
	for _, path := range []string{p1 + "/secrets/none/reveal", "/api/v1/-/p2/secrets/" + s.ID + "/reveal"} {
		if r := ask(t, w, "POST", path, ""); r.Code != 404 {
			t.Errorf("%s: %d", path, r.Code)
		}
	}
}

func TestUsageOfASecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project()
	s := w.doc("POST", p1+"/secrets", `{"name":"TOKEN","kind":"secret","spec":{"path":"secret://TOKEN","provider":"kubernetes"}}`)
	f := w.function("train")
	task := w.doc("POST", p1+"/tasks", fmt.Sprintf(`{"kind":"python+job","spec":{"function":%q,"secrets":["TOKEN"]}}`, f.ref()))
	w.job(task, "by-task")
	other := w.task(w.function("other"))
	w.job(other, "without")
	w.doc("POST", p1+"/runs", fmt.Sprintf(`{"id":"by-run","kind":"python+job:run","spec":{"task":"python+job://p1/%s","secrets":["TOKEN"]}}`, other.ID))
	w.doc("POST", p1+"/triggers", fmt.Sprintf(`{"name":"nightly","kind":"scheduler","spec":{"schedule":"@daily","task":"python+job://p1/%s","function":%q,"template":{"secrets":["OTHER","TOKEN"]}}}`, other.ID, other.Spec["function"]))
	u := decode[secret.Usage](t, w.do("GET", p1+"/secrets/"+s.ID+"/usage", ""))
	if u.Name != "TOKEN" || u.HasValue || len(u.Tasks) != 1 || u.Tasks[0].Function != "train" || len(u.Triggers) != 1 || u.Triggers[0].Name != "nightly" || u.Examined != 3 {
		t.Errorf("%+v", u)
	}
	if len(u.Runs) != 2 || u.Runs[0].ID != "by-run" || u.Runs[1].ID != "by-task" || u.Runs[1].Function != "train" {
		t.Errorf("%+v", u.Runs)
	}
	if r := ask(t, w, "GET", p1+"/secrets/none/usage", ""); r.Code != 404 {
		t.Errorf("%d", r.Code)
	}
}
