package httpapi

import (
	"encoding/json"
	"fmt"
	"testing"

	"dhub/internal/catalog"
)

func TestTemplatesMakeFunctions(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project()
	p := decode[pageOf[catalog.Template]](t, w.do("GET", "/api/v1/templates?type=function", ""))
	names := ""
	for _, x := range p.Content {
		names += x.ID + " "
		w.doc("POST", p1+"/functions", fmt.Sprintf(`{"name":%q,"kind":%q,"spec":%s}`, x.ID, x.Kind, x.Spec), "Dhub-Strict: 1")
		f := w.page(p1 + "/functions?name=" + x.ID).Content[0]
		run, _ := json.Marshal(x.Run)
		spec := fmt.Sprintf(`{"function":%q,%s`, f.ref(), run[1:])
		w.do("POST", p1+"/runs?dryRun=true", fmt.Sprintf(`{"kind":"%s+%s:run","spec":%s}`, x.Kind, x.Action, spec), "Dhub-Strict: 1")
		if x.Readme == "" || x.Metadata.Description == "" {
			t.Errorf("%+v", x)
		}
		if x.Schedule != "" {
			task := w.task(f)
			w.doc("POST", p1+"/triggers", fmt.Sprintf(`{"name":"nightly","kind":"scheduler","spec":{"schedule":%q,"task":"python+job://p1/%s","function":%q,"template":%s}}`, x.Schedule, task.ID, f.ref(), run), "Dhub-Strict: 1")
		}
	}
	if names != "hello etl requirements scheduled " {
		t.Errorf("templates %s", names)
	}
	one := decode[catalog.Template](t, w.do("GET", "/api/v1/templates/function/hello", "", "Accept-Language: it"))
	if one.Metadata.Name != "Saluto" || one.Key != "template://function/python/hello" {
		t.Errorf("%+v", one)
	}
	for path, n := range map[string]int{"/templates/model": 0, "/templates/functions": 4, "/templates?name=HELL": 1, "/templates?kind=none": 0, "/templates?size=3&page=1": 1} {
		if got := decode[pageOf[catalog.Template]](t, w.do("GET", "/api/v1"+path, "")); len(got.Content) != n {
			t.Errorf("%s: %d, want %d", path, len(got.Content), n)
		}
	}
	if r := ask(t, w, "GET", "/api/v1/templates/function/none", ""); r.Code != 404 {
		t.Errorf("%d", r.Code)
	}
}
