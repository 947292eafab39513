package httpapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"dhub/internal/catalog"
)

func (w *world) labels(of map[string]any) string {
	raw, _ := json.Marshal(of["labels"])
	return string(raw)
}

func (w *world) uses(project string) string {
	w.t.Helper()
	var out []string
	for _, l := range decode[struct{ Content []catalog.Label }](w.t, w.do("GET", project+"/labels?include=use", "")).Content {
		out = append(out, fmt.Sprintf("%s:%d+%d", l.Label, l.Use.Entities, l.Use.Runs))
	}
	return strings.Join(out, " ")
}

func TestLabelsAreRenamedMergedAndRemovedEverywhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project()
	task := w.task(w.function("f"))
	v1 := w.doc("POST", p1+"/functions", `{"name":"g","kind":"python","metadata":{"description":"kept","labels":["etl","ml"]},"spec":{"source":{"source":"a.py","code":"1"},"python_version":"PYTHON3_12"}}`)
	v2 := w.doc("POST", p1+"/functions", `{"name":"g","kind":"python","metadata":{"labels":["ETL","etl"]},"spec":{"source":{"source":"a.py","code":"2"},"python_version":"PYTHON3_12"}}`)
	w.doc("POST", p1+"/dataitems", `{"name":"d","kind":"dataitem","metadata":{"labels":["etl"]},"spec":{"path":"s3://b/d"}}`)
	for i := range 3 {
		w.doc("POST", p1+"/runs", fmt.Sprintf(`{"id":"r%d","kind":"python+job:run","metadata":{"labels":["etl"]},"spec":{"task":"python+job://p1/%s","local_execution":true}}`, i, task.ID))
	}
	if got := w.uses(p1); got != "ETL:1+0 etl:3+3 ml:1+0" {
		t.Fatalf("uses: %s", got)
	}
	if plain := w.do("GET", p1+"/labels", ""); strings.Contains(plain.Body.String(), `"use"`) {
		t.Errorf("uses that nobody asked for: %s", plain.Body)
	}

	done := decode[catalog.LabelUse](t, w.do("POST", p1+"/labels/rename", `{"from":"etl","to":"ETL"}`))
	if done.Entities != 3 || done.Runs != 3 || !done.Merged {
		t.Errorf("renamed: %+v", done)
	}
	if got := w.uses(p1); got != "ETL:3+3 ml:1+0" {
		t.Errorf("uses after the merge: %s", got)
	}
	after := w.doc("GET", p1+"/functions/"+v1.ID, "")
	if got := w.labels(after.Metadata); got != `["ETL","ml"]` || after.Metadata["description"] != "kept" || after.etag == v1.etag {
		t.Errorf("the first version: %s %v", got, after.Metadata)
	}
	if got := w.labels(w.doc("GET", p1+"/functions/"+v2.ID, "").Metadata); got != `["ETL"]` {
		t.Errorf("what carried both: %s", got)
	}
	if got := w.ids(p1 + "/runs?labels=ETL"); got != "r0 r1 r2" {
		t.Errorf("runs: %s", got)
	}

	done = decode[catalog.LabelUse](t, w.do("POST", p1+"/labels/rename", `{"from":"ml","to":"m"}`))
	if done.Entities != 1 || done.Merged {
		t.Errorf("renamed to a word that only begins another label: %+v", done)
	}
	w.do("POST", p1+"/labels/rename", `{"from":"m","to":"ml"}`)

	done = decode[catalog.LabelUse](t, w.do("POST", p1+"/labels/remove", `{"label":"ETL"}`))
	if done.Entities != 3 || done.Runs != 3 || w.uses(p1) != "ml:1+0" {
		t.Errorf("removed: %+v, left %s", done, w.uses(p1))
	}
	if n := len(decode[struct{ Content []any }](t, w.do("GET", p1+"/functions?name=g&versions=all", "")).Content); n != 2 {
		t.Errorf("%d versions: a label makes none", n)
	}
}

func TestRenamingOfLabelsRefusesWhatMeansNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project()
	for body, want := range map[string]struct {
		path   string
		status int
		field  string
	}{
		`{"from":"none","to":"x"}`:         {"rename", http.StatusNotFound, ""},
		`{"from":"","to":"x"}`:             {"rename", http.StatusBadRequest, "/from"},
		`{"from":"x","to":""}`:             {"rename", http.StatusBadRequest, "/to"},
		`{"from":"x","to":"x"}`:            {"rename", http.StatusBadRequest, "/to"},
		`{"from":"x","to":"y","all":true}`: {"rename", http.StatusBadRequest, "/all"},
		`{"label":""}`:                     {"remove", http.StatusBadRequest, "/label"},
		`{"label":"none"}`:                 {"remove", http.StatusNotFound, ""},
	} {
		got := ask(t, w, "POST", p1+"/labels/"+want.path, body)
		if got.Code != want.status || want.field != "" && !strings.Contains(got.Body.String(), `"`+want.field+`"`) {
			t.Errorf("%s %s: %d %s", want.path, body, got.Code, got.Body)
		}
	}
}
