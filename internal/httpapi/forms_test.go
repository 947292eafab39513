package httpapi

import (
	"strings"
	"testing"
)

type formSchema struct {
	Title      string
	UI         struct{ Groups []struct{ ID, Title string } } `json:"x-ui"`
	Properties map[string]formProperty
}

type formProperty struct {
	Title, Description string
	UI                 struct {
		Group, Widget, Unit, Entity, Placeholder string
		Order                                    int
		Advanced, Hidden, Needed                 bool
	} `json:"x-ui"`
	Properties map[string]formProperty
}

func TestFormsInTheSchemas(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	read := func(path string, headers ...string) formSchema {
		r := w.do("GET", "/api/v1/schemas/"+path, "", headers...)
		if strings.Contains(r.Body.String(), "x-i18n") {
			t.Errorf("%s: translations are left in", path)
		}
		return decode[struct{ Schema formSchema }](t, r).Schema
	}
	f := read("function/python")
	if f.Title != "Python function" || f.Properties["source"].Properties["base64"].UI.Widget != "code" || f.Properties["source"].Properties["handler"].Title != "Handler" || !f.Properties["source"].Properties["handler"].UI.Needed {
		t.Errorf("%+v", f)
	}
	f = read("function/python", "Accept-Language: it")
	if f.Title != "Funzione Python" || f.Properties["source"].Properties["handler"].Title != "Gestore" || f.UI.Groups[0].Title != "Sorgente" {
		t.Errorf("%+v", f)
	}
	run := read("run/python+job:run", "Accept-Language: it")
	if run.Title != "Lavoro" || run.Properties["resources"].UI.Group != "resources" || run.Properties["resources"].Properties["mem"].UI.Unit != "bytes" ||
		run.Properties["timeout"].UI.Unit != "s" || run.Properties["secrets"].UI.Entity != "secret" || !run.Properties["affinity"].UI.Advanced || run.Properties["inputs"].UI.Entity != "dataitem,artifact,model" {
		t.Errorf("%+v", run)
	}
	groups := ""
	for _, g := range run.UI.Groups {
		groups += g.ID + " "
	}
	if groups != "source environment inputs outputs parameters resources variables secrets volumes behaviour schedule placement references " {
		t.Errorf("groups %s", groups)
	}
	if tr := read("trigger/scheduler", "Accept-Language: it"); tr.Title != "Pianificazione" || tr.Properties["schedule"].UI.Widget != "cron" || tr.Properties["timezone"].Title != "Fuso orario" {
		t.Errorf("%+v", tr)
	}
}

// TestEveryPropertyOfARuntimeHasATitleInBothLanguages keeps forms from showing raw names.
func TestEveryPropertyHasATitleInBothLanguages(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	for _, typ := range []string{"function", "task", "run", "artifact", "dataitem", "model", "secret", "trigger", "project"} {
		texts := map[string]map[string]formProperty{}
		for _, lang := range Languages {
			p := decode[pageOf[struct {
				Kind   string
				Schema formSchema
			}]](t, w.do("GET", "/api/v1/schemas/"+typ, "", "Accept-Language: "+lang))
			for _, s := range p.Content {
				for name, x := range s.Schema.Properties {
					if x.UI.Hidden {
						continue
					}
					if x.Title == "" {
						t.Errorf("%s %s: %s has no title in %s", typ, s.Kind, name, lang)
					}
					if texts[lang] == nil {
						texts[lang] = map[string]formProperty{}
					}
					texts[lang][s.Kind+"."+name] = x
				}
			}
		}
		same := map[string]bool{"Framework": true, "Schema": true, "GPU": true}
		for name, x := range texts["en"] {
			if y := texts["it"][name]; y.Title == x.Title && !same[x.Title] {
				t.Errorf("%s: %s is %q in both languages", typ, name, x.Title)
			}
		}
	}
}
