package httpapi

import (
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

// wired is an API with a raw mount and a page, and no use cases behind it.
func wired() *API {
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Reached", r.URL.Path) })
	return New(Config{Version: "1.2.3", Mounts: []Mount{
		{Path: "/s3", Raw: true, Handler: h, Summary: "The file store, as S3."},
		{Path: "/console/", Handler: h, Summary: "The web console."},
	}})
}

type parsedDoc struct {
	OpenAPI string
	Paths   map[string]map[string]struct {
		OperationID string
		Summary     string
		Parameters  []struct{ Name, In string }
		Responses   map[string]json.RawMessage
	}
	Components struct{ Schemas map[string]json.RawMessage }
}

func parseDoc(t *testing.T, data []byte) parsedDoc {
	t.Helper()
	var d parsedDoc
	if err := json.Unmarshal(data, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestEveryRouteThatServesIsInTheDocument(t *testing.T) {
	t.Parallel()
	a := wired()
	d := parseDoc(t, a.OpenAPI())
	ids := map[string]string{}
	seen := 0
	for _, r := range a.Routes() {
		path := docPath(r.Pattern)
		// The mux itself must take the pattern: ask it, not the table.
		sample := "/"
		if path != "/" {
			sample = strings.NewReplacer("{", "", "}", "").Replace(path)
		}
		req := httptest.NewRequest(r.Method, sample, nil)
		if r.Pattern != "/s3" {
			_, early := a.early.Handler(req)
			_, late := a.mux.Handler(req)
			if early != r.Method+" "+r.Pattern && late != r.Method+" "+r.Pattern {
				t.Errorf("%s %s: the mux serves %q and %q", r.Method, r.Pattern, early, late)
			}
		}
		ops, ok := d.Paths[path]
		if !ok {
			ops, ok = d.Paths[strings.TrimSuffix(path, "/")+"/{path}"]
		}
		op, has := ops[strings.ToLower(r.Method)]
		if !ok || !has {
			t.Errorf("%s %s is served but not documented", r.Method, r.Pattern)
			continue
		}
		seen++
		if op.OperationID == "" || op.Summary == "" {
			t.Errorf("%s %s has no operationId or summary", r.Method, r.Pattern)
		}
		if other, taken := ids[op.OperationID]; taken {
			t.Errorf("operationId %s is used by %s and %s", op.OperationID, other, r.Pattern)
		}
		ids[op.OperationID] = r.Pattern
		for _, name := range wildcards(r.Pattern) {
			found := false
			for _, p := range op.Parameters {
				found = found || p.In == "path" && p.Name == name
			}
			if !found {
				t.Errorf("%s %s: the parameter %s is not described", r.Method, r.Pattern, name)
			}
		}
	}
	documented := 0
	for _, ops := range d.Paths {
		documented += len(ops)
	}
	if documented != seen {
		t.Errorf("%d operations are documented, %d are served", documented, seen)
	}
	if seen < 130 {
		t.Errorf("only %d routes", seen)
	}
}

func TestDocumentHangsTogether(t *testing.T) {
	t.Parallel()
	data := wired().OpenAPI()
	d := parseDoc(t, data)
	if d.OpenAPI != "3.1.0" {
		t.Errorf("version %s", d.OpenAPI)
	}
	used := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if r, ok := v["$ref"].(string); ok {
				if name, ok := strings.CutPrefix(r, "#/components/schemas/"); ok {
					used[name] = true
					if d.Components.Schemas[name] == nil {
						t.Errorf("%s does not exist", r)
					}
				} else if r != "#/components/responses/error" {
					t.Errorf("%s does not exist", r)
				}
			}
			for _, x := range v {
				walk(x)
			}
		case []any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	var all any
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	walk(all)
	for name := range d.Components.Schemas {
		if !used[name] {
			t.Errorf("the schema %s is used nowhere", name)
		}
	}
}

func TestDocumentIsTheGoldenOne(t *testing.T) {
	t.Parallel()
	var v any
	if err := json.Unmarshal(wired().OpenAPI(), &v); err != nil {
		t.Fatal(err)
	}
	got, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	path := filepath.Join("testdata", "openapi.golden.json")
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("the document differs from %s: read the difference (git diff), then run go test ./internal/httpapi -run Golden -update", path)
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		wired()
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(time.Millisecond), "ms/start")
}
