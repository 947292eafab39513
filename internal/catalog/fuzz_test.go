package catalog_test

import (
	"encoding/json"
	"testing"

	"dhub/entity"
	"dhub/internal/catalog"
)

// FuzzSpec creates entities of every type from any spec: each is taken or refused as invalid, and what is
// taken is JSON that renders.
func FuzzSpec(f *testing.F) {
	b := newBed(f)
	kinds := map[string]string{entity.Function: "python", entity.Task: "python+job", entity.DataItem: "table", entity.Model: "mlflow",
		entity.Secret: "secret", entity.Trigger: "lifecycle", entity.Project: "project"}
	for _, s := range []string{`{"path":"s3://b/x","schema":{"fields":[{"name":"a","type":"string"}]}}`, `{"source":{"handler":1}}`,
		`{"function":"python://demo/f:1","resources":{"cpu":1.5},"volumes":[{}]}`, `{"key":"store://demo/x","states":["READY"],"task":"a://b/c","template":{}}`, `{"a":NaN,"":{"":[]}}`, `null`, `{"signature":[[[]]]}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, spec string) {
		for typ, kind := range kinds {
			body := []byte(`{"name":"fuzz","kind":"` + kind + `","spec":` + spec + `}`)
			d, err := b.Create(b.ctx, catalog.Write{Entity: typ, Project: "demo", Body: body, DryRun: true})
			switch entity.CodeOf(err) {
			case "":
				if raw := entity.Render(d); !json.Valid(raw) {
					t.Fatalf("%s: %q renders to %q", typ, spec, raw)
				}
			case entity.CodeInvalid, entity.CodeNotFound: // a spec can close the body and bring another kind
			default:
				t.Fatalf("%s: %q: %v", typ, spec, err)
			}
		}
	})
}
