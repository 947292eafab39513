package httpapi

import (
	"net/http/httptest"
	"slices"
	"testing"

	"dhub/internal/event"
)

func TestConfigOfTheConsole(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, func(c *Config) { c.Version = "1.2.3" })
	got := decode[consoleConfig](t, w.do("GET", "/api/v1/console/config", ""))
	if got.Name != "dhub" || got.Version != "1.2.3" || got.APILevel != APILevel || got.MaxBody != DefaultMaxBody || got.Auth != "none" {
		t.Errorf("%+v", got)
	}
	title := func(c consoleConfig) string {
		i := slices.IndexFunc(c.Kinds, func(k consoleKind) bool { return k.Entity == "function" && k.Kind == "python" })
		if i < 0 {
			t.Fatalf("no kind python: %+v", c.Kinds)
		}
		if !slices.Contains(c.Kinds[i].Actions, "job") || !slices.Contains(c.Kinds[i].Files, ".py") {
			t.Errorf("%+v", c.Kinds[i])
		}
		return c.Kinds[i].Title
	}
	if s := title(got); s != "Python function" {
		t.Errorf("title %q", s)
	}
	italian := decode[consoleConfig](t, w.do("GET", "/api/v1/console/config", "", "Accept-Language: de, it-IT;q=0.8, en;q=0.5"))
	if s := title(italian); s != "Funzione Python" {
		t.Errorf("title %q", s)
	}
	if len(got.Engines) != 1 || !got.Engines[0].Default || got.Engines[0].MaxRuns != 1 || got.Engines[0].Capabilities == nil {
		t.Errorf("engines %+v", got.Engines)
	}
	if !got.Features["events"] || !got.Features["secrets"] || got.Features["files"] || got.Features["workflows"] {
		t.Errorf("features %v", got.Features)
	}
}

func TestMe(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1)
	w.project("p2", "p1")
	got := decode[meBody](t, w.do("GET", "/api/v1/me", ""))
	if got.User != Anonymous || !got.Anonymous || got.Everywhere != "admin" || got.More ||
		!slices.Equal(got.Projects, []meProject{{"p1", "admin"}, {"p2", "admin"}}) {
		t.Errorf("%+v", got)
	}
	sub, err := w.cfg.Events.Subscribe(t.Context(), 0, func(event.Change) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Close()
	told, err := sub.Next(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := decode[meBody](t, w.do("GET", "/api/v1/me", "")); got.Events < told.Seq {
		t.Errorf("the stream stands at %d, though %d was told", got.Events, told.Seq)
	}
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{"": "en", "it": "it", "it-CH, en;q=0.9": "it", "en-GB, it;q=0.9": "en", "fr, it;q=0.1": "it",
		"it;q=0, en": "en", "it;q=x": "en", "*": "en", "IT": "it"} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Language", header)
		if got := language(r); got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
}
