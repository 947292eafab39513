package python_test

import (
	"encoding/base64"
	"encoding/json"
	"testing"

	"dhub/engine"
	"dhub/runtime"
	"dhub/runtime/python"
)

func TestTemplatesAreValidAndRun(t *testing.T) {
	t.Parallel()
	for _, x := range python.New().Templates() {
		t.Run(x.ID, func(t *testing.T) {
			t.Parallel()
			for _, lang := range []string{"en", "it"} {
				if x.Titles[lang] == "" || x.Descriptions[lang] == "" {
					t.Errorf("no text in %s", lang)
				}
			}
			if unknown, err := runtime.Check(python.New().Describe().Kinds[0].Schema, x.Spec); err != nil || len(unknown) > 0 {
				t.Errorf("spec: %v %v", unknown, err)
			}
			if _, err := python.New().Normalise(t.Context(), x.Kind, x.Spec); err != nil {
				t.Error(err)
			}
			var spec struct {
				Source       struct{ Base64, Handler string }
				Requirements []string
			}
			if err := json.Unmarshal(x.Spec, &spec); err != nil {
				t.Fatal(err)
			}
			if x.ID == "etl" || x.ID == "requirements" {
				return // needs a server, a package index
			}
			code, err := base64.StdEncoding.DecodeString(spec.Source.Base64)
			if err != nil {
				t.Fatal(err)
			}
			var run map[string]any
			if err := json.Unmarshal(x.Run, &run); err != nil {
				t.Fatal(err)
			}
			if x.ID == "scheduled" {
				run["parameters"].(map[string]any)["most"] = 100.0
			}
			e := execute(t, job{code: string(code), handler: spec.Source.Handler, run: run})
			if e.status.Phase != engine.Succeeded {
				t.Errorf("%+v\n%s", e.reason, e.out)
			}
		})
	}
}
