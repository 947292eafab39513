package enginetest

import (
	"encoding/json"
	"slices"

	"dhub/engine"
	"dhub/entity"
)

var admitCases = []Case{
	{"Admit has no side effects", func(t TB, h Harness) {
		b := setup(t, h)
		r := b.job("print hello")
		if _, err := b.e.Admit(b.within(), r); err != nil {
			b.Fatalf("admit: %v", err)
		}
		if got := b.list(); len(got) != 0 {
			b.Errorf("got attempts %v after Admit", got)
		}
		if _, s := b.run(r); s.Phase != engine.Succeeded {
			b.Errorf("got %+v, want it succeeded", s)
		}
	}},
	{"Admit says what it would refuse", func(t TB, h Harness) {
		b := setup(t, h)
		r := b.job()
		r.Main = engine.Process{}
		_, err := b.e.Admit(b.within(), r)
		b.wantCode("admit without a command", err, entity.CodeInvalid, entity.CodeUnimplemented)
	}},
	{"Admit says what it would not honour", func(t TB, h Harness) {
		b := setup(t, h)
		r := b.job("print hello")
		r.Replicas = 3
		r.Options = map[string]json.RawMessage{"elsewhere": json.RawMessage(`{"node_selector":[{"key":"disk","value":"ssd"}],"affinity":{"x":1},"tolerations":[{"key":"a"}]}`)}
		notices, err := b.e.Admit(b.within(), r)
		if err != nil {
			b.Fatalf("admit: %v", err)
		}
		for _, field := range []string{"replicas", "node_selector", "affinity", "tolerations"} {
			if b.e.Describe().Capabilities[field] {
				continue
			}
			if !slices.ContainsFunc(notices, func(n engine.Notice) bool { return n.Field == field && n.Message != "" && n.Code != "" }) {
				b.Errorf("got notices %+v, want one for %s", notices, field)
			}
		}
		if plain, err := b.e.Admit(b.within(), b.job("print hello")); err != nil || len(plain) != 0 {
			b.Errorf("got %v, %v for a plain job, want neither notice nor error", plain, err)
		}
	}},
}
