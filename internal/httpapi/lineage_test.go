package httpapi

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"dhub/entity"
	"dhub/internal/catalog"
	"dhub/internal/store"
)

// pipeline makes data → run of train → model, with a run of report that reads the model by name.
func pipeline(t *testing.T) (w *world, data, model doc) {
	w = newWorld(t, 2)
	w.project()
	data = w.doc("POST", p1+"/dataitems", `{"name":"recordings","kind":"table","spec":{"path":"s3://b/x.parquet"}}`)
	task := w.task(w.function("train"))
	w.doc("POST", p1+"/runs", fmt.Sprintf(`{"id":"fit","kind":"python+job:run","spec":{"task":"python+job://p1/%s","inputs":{"x":%q}}}`, task.ID, data.Key))
	fit := w.end("fit")
	model = w.doc("POST", p1+"/models", fmt.Sprintf(`{"name":"clf","kind":"model","metadata":{"relationships":[{"type":"produced_by","dest":%q}]},"spec":{"path":"s3://b/m"}}`, fit.Key))
	report := w.task(w.function("report"))
	w.doc("POST", p1+"/runs", fmt.Sprintf(`{"id":"show","kind":"python+job:run","spec":{"task":"python+job://p1/%s","inputs":{"m":"store://p1/model/model/clf"}}}`, report.ID))
	w.end("show")
	return w, data, model
}

func (w *world) lineage(query string) (nodes, edges string) {
	w.t.Helper()
	g := decode[catalog.Lineage](w.t, w.do("GET", p1+"/lineage"+query, ""))
	var n, e []string
	names := map[string]string{}
	for _, x := range g.Nodes {
		names[x.Key] = x.Name
		if x.Entity == "run" {
			names[x.Key] = x.ID
		}
		n = append(n, fmt.Sprintf("%s%+d", names[x.Key], x.Depth))
	}
	for _, x := range g.Edges {
		e = append(e, names[x.Source]+" "+x.Type+" "+names[x.Dest])
	}
	slices.Sort(n)
	slices.Sort(e)
	return strings.Join(n, ", "), strings.Join(e, ", ")
}

func TestLineage(t *testing.T) {
	t.Parallel()
	w, data, model := pipeline(t)
	for q, want := range map[string][2]string{
		query("key", model.Key, "depth", "4", "direction", "up"):              {"clf+0, fit-1, recordings-2, train-2", "clf produced_by fit, fit consumes recordings, fit run_of train"},
		query("key", model.Key, "depth", "1", "direction", "up"):              {"clf+0, fit-1", "clf produced_by fit"},
		query("key", model.Key, "depth", "0"):                                 {"clf+0", ""},
		query("key", data.Key, "depth", "2", "direction", "down"):             {"clf+2, fit+1, recordings+0", "clf produced_by fit, fit consumes recordings"},
		query("key", "store://p1/model/model/clf", "depth", "1"):              {"clf+0, fit-1, show+1", "clf produced_by fit, show consumes clf"},
		query("key", "store://p1/run/python+job:run/fit:fit"):                 {"clf+1, fit+0, recordings-1, train-1", "clf produced_by fit, fit consumes recordings, fit run_of train"},
		query("key", "store://p1/run/python+job:run/show", "direction", "up"): {"clf-1, fit-2, report-1, show+0", "clf produced_by fit, show consumes clf, show run_of report"},
	} {
		nodes, edges := w.lineage(q)
		if nodes != want[0] || edges != want[1] {
			t.Errorf("%s:\n%s\n%s\nwant\n%s\n%s", q, nodes, edges, want[0], want[1])
		}
	}
	for q, code := range map[string]int{query("depth", "2"): 400, query("key", "x"): 400, query("key", "store://p2/model/model/clf"): 400, query("key", "store://p1/model/model/none"): 404,
		query("key", model.Key, "depth", "7"): 400, query("key", model.Key, "direction", "left"): 400} {
		if r := ask(t, w, "GET", p1+"/lineage"+q, ""); r.Code != code {
			t.Errorf("%s: %d, want %d: %s", q, r.Code, code, r.Body)
		}
	}
	// What is gone is a node that says so.
	w.do("DELETE", p1+"/dataitems/"+data.ID, "")
	g := decode[catalog.Lineage](t, w.do("GET", p1+"/lineage"+query("key", "store://p1/run/python+job:run/fit", "direction", "up"), ""))
	i := slices.IndexFunc(g.Nodes, func(n catalog.Node) bool { return n.Name == "recordings" })
	if i < 0 || !g.Nodes[i].Missing || g.Nodes[i].Entity != "dataitem" {
		t.Errorf("%+v", g.Nodes)
	}
}

func TestLineageOfAProjectHasEveryVersion(t *testing.T) {
	t.Parallel()
	w, data, model := pipeline(t)
	second := w.doc("POST", p1+"/models", fmt.Sprintf(`{"name":"clf","kind":"model","metadata":{"relationships":[{"type":"produced_by","dest":%q}]},"spec":{"path":"s3://b/m2"}}`, data.Key))
	w.function("unrelated")
	nodes, edges := w.lineage("")
	if want := "clf+0, clf+0, fit+0, recordings+0, report+0, show+0, train+0"; nodes != want {
		t.Errorf("nodes:\n%s, want\n%s", nodes, want)
	}
	if want := "clf produced_by fit, clf produced_by recordings, fit consumes recordings, fit run_of train, show consumes clf, show run_of report"; edges != want {
		t.Errorf("edges:\n%s, want\n%s", edges, want)
	}
	g := decode[catalog.Lineage](t, w.do("GET", p1+"/lineage", ""))
	reads := slices.IndexFunc(g.Edges, func(e catalog.Edge) bool { return e.Type == "consumes" && e.Dest == second.Key })
	if g.Focus != "" || g.Truncated || reads < 0 || slices.ContainsFunc(g.Edges, func(e catalog.Edge) bool { return e.Type == "consumes" && e.Dest == model.Key }) {
		t.Errorf("a run that names no version read the newest: %+v", g)
	}
	if r := ask(t, w, "GET", "/api/v1/-/nowhere/lineage", ""); r.Code != 404 {
		t.Errorf("of no project: %d %s", r.Code, r.Body)
	}
}

func TestLineageOfAProjectIsCut(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project()
	for i := range 30 {
		var rel []string
		for j := range 20 {
			rel = append(rel, fmt.Sprintf(`{"type":"produced_by","dest":"store://p1/dataitem/table/root:%032x"}`, i*20+j))
		}
		w.doc("POST", p1+"/dataitems", fmt.Sprintf(`{"name":"d%d","kind":"table","spec":{"path":"s3://b/x"},"metadata":{"relationships":[%s]}}`, i, strings.Join(rel, ",")))
	}
	g := decode[catalog.Lineage](t, w.do("GET", p1+"/lineage", ""))
	known := map[string]bool{}
	for _, n := range g.Nodes {
		known[n.Key] = true
	}
	if !g.Truncated || len(g.Nodes) > 501 || g.Nodes[20].Name != "d29" {
		t.Errorf("%d nodes, the newest item is not complete: %v", len(g.Nodes), g.Nodes[20])
	}
	for _, e := range g.Edges {
		if !known[e.Source] || !known[e.Dest] {
			t.Fatalf("an edge without its node: %+v", e)
		}
	}
}

// Things that are related with nothing cost a look each: a project full of them is not gone through to its end.
func TestLineageOfAProjectLooksAtTheNewestOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project()
	items := 0
	add := func(n int, metadata string) {
		err := w.store.Write(t.Context(), func(tx store.Tx) error {
			for range n {
				items++
				r := store.Record{Doc: entity.Doc{Entity: entity.DataItem, Project: "p1", Kind: "table", Created: time.UnixMicro(int64(items)),
					ID: fmt.Sprintf("%032x", items), Name: fmt.Sprintf("d%d", items), Metadata: json.RawMessage(metadata), Spec: json.RawMessage(`{"path":"s3://b/x"}`)}}
				r.Relations = entity.Relations(r.Metadata, r.Key())
				if _, err := tx.Entities().Create(t.Context(), r); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	const related = `{"relationships":[{"type":"produced_by","dest":"store://p1/dataitem/table/root:00"}]}`
	add(1, related)
	add(5000, `{}`)
	add(1, related)
	g := decode[catalog.Lineage](t, w.do("GET", p1+"/lineage", ""))
	has := func(name string) bool {
		return slices.ContainsFunc(g.Nodes, func(n catalog.Node) bool { return n.Name == name })
	}
	if !g.Truncated || !has("d5002") || has("d1") {
		t.Errorf("truncated: %v, nodes: %+v", g.Truncated, g.Nodes)
	}
}

func TestLineageOfManyRunsIsCut(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project()
	f := w.function("busy")
	task := w.task(f)
	for i := range 55 {
		w.job(task, fmt.Sprintf("r%d", i))
	}
	g := decode[catalog.Lineage](t, w.do("GET", p1+"/lineage"+query("key", f.Key, "direction", "down"), ""))
	if len(g.Nodes) != 51 || !g.Nodes[0].More || g.Nodes[1].ID != "r54" {
		t.Errorf("%d nodes, %+v", len(g.Nodes), g.Nodes[:2])
	}
}
