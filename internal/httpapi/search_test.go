package httpapi

import (
	"fmt"
	"strings"
	"testing"

	"dhub/internal/catalog"
)

type foundItems struct {
	Content       []catalog.Item
	TotalElements int
	Filters       map[string][]string
	Facets        map[string]map[string]int
	Exact         bool
}

func (w *world) search(query string) string {
	w.t.Helper()
	var out []string
	for _, it := range decode[foundItems](w.t, w.do("GET", p1+"/solr/search/item"+query, "")).Content {
		name := it.Name
		if it.Type == "run" {
			name = it.ID
		}
		out = append(out, it.Type+":"+name)
	}
	return strings.Join(out, " ")
}

func TestSearch(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2)
	w.project("p1", "p2")
	w.doc("POST", p1+"/functions", fmt.Sprintf(`{"name":"retrain-all","kind":"python","metadata":{"description":"All <b>models</b>"},"spec":%s}`, functionSpec))
	f := w.doc("POST", p1+"/functions", fmt.Sprintf(`{"name":"train","kind":"python","metadata":{"description":"Fits the Whisper model","labels":["ml","audio"]},"spec":%s}`, functionSpec))
	w.doc("POST", p1+"/functions", fmt.Sprintf(`{"name":"train","kind":"python","spec":%s}`, strings.Replace(functionSpec, "PYTHON3_10", "PYTHON3_11", 1)))
	w.doc("POST", p1+"/models", `{"name":"whisper-small","kind":"model","metadata":{"labels":["audio"]},"spec":{"path":"s3://b/m"}}`)
	w.doc("POST", "/api/v1/-/p2/models", `{"name":"train","kind":"model","spec":{"path":"s3://b/m"}}`)
	w.job(w.task(f), "the-run")
	w.end("the-run")
	for q, want := range map[string]string{
		query("q", "train", "type", "function,model"):                 "function:train function:train function:retrain-all",
		query("q", "train", "type", "function", "versions", "latest"): "function:train function:retrain-all",
		query("q", "WHISPER"):                                         "model:whisper-small function:train",
		query("q", "the-run"):                                         "run:the-run",
		query("q", "train", "type", "run"):                            "run:the-run",
		query("q", "train whisper"):                                   "function:train",
		query("q", "train", "fq", "type:(model)"):                     "",
		query("q", "*:*", "fq", "type:(function OR model)", "fq", "metadata.labels:(audio AND ml)"): "function:train",
		query("fq", `metadata.name:"whisper-small"`):                                                "model:whisper-small",
		query("fq", `metadata.description:"the whisper"`, "fq", `kind:"python"`):                    "function:train",
		query("q", "ml"): "function:train",
		query("fq", "metadata.updated:[* TO 2001-01-01]"):        "",
		query("q", f.ID[:12]):                                    "function:train",
		query("labels", "audio", "type", "model"):                "model:whisper-small",
		query("q", "the", "fq", `status:"ERROR"`, "type", "run"): "",
	} {
		if got := w.search(q); got != want {
			t.Errorf("%s: %q, want %q", q, got, want)
		}
	}
	p := decode[foundItems](t, w.do("GET", p1+"/search"+query("q", "models all", "size", "1"), ""))
	if p.TotalElements != 1 || !p.Exact || p.Facets["type"]["function"] != 1 || p.Filters["q"][0] != "models all" {
		t.Errorf("%+v", p)
	}
	h := p.Content[0].Highlights
	if s := h["metadata.description"][0]; s != "<em>All</em> &lt;b&gt;<em>models</em>&lt;/b&gt;" {
		t.Errorf("%q", s)
	}
	g := decode[struct{ Content []catalog.Group }](t, w.do("GET", p1+"/solr/search/group"+query("q", "train", "type", "function"), ""))
	if len(g.Content) != 2 || g.Content[0].KeyGroup != "python_p1_train" || g.Content[0].NumFound != 2 || len(g.Content[0].Docs) != 2 {
		t.Errorf("%+v", g)
	}
	all := decode[foundItems](t, w.do("GET", "/api/v1/search"+query("q", "train", "type", "model"), ""))
	if len(all.Content) != 1 || all.Content[0].Project != "p2" {
		t.Errorf("%+v", all.Content)
	}
	for q, code := range map[string]int{query("fq", "nothing"): 400, query("fq", "colour:red"): 400, query("type", "thing"): 400, query("fq", "metadata.updated:yesterday"): 400} {
		if r := ask(t, w, "GET", p1+"/search"+q, ""); r.Code != code {
			t.Errorf("%s: %d, want %d", q, r.Code, code)
		}
	}
	if r := ask(t, w, "GET", "/api/v1/-/none/search", ""); r.Code != 404 {
		t.Errorf("no project: %d", r.Code)
	}
}
