package httpapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"dhub/engine"
	"dhub/engine/fake"
	"dhub/entity"
	"dhub/internal/catalog"
	"dhub/internal/event"
	"dhub/internal/run"
	"dhub/internal/secret"
	"dhub/internal/store"
	"dhub/internal/store/sqlite"
	"dhub/internal/store/sqlstore"
	"dhub/runtime/all"
)

// world is the whole server behind the wire, on SQLite, with the engine that executes nothing.
type world struct {
	*API
	t      *testing.T
	store  store.Store
	engine *fake.Engine
	runs   *run.Manager
}

// modelMetrics are the catalogue's metrics of models.
type modelMetrics struct{ *catalog.Catalog }

func (m modelMetrics) Metrics(ctx context.Context, project, id string) (map[string]json.RawMessage, error) {
	return m.Catalog.Metrics(ctx, entity.Model, project, id)
}

func (m modelMetrics) PutMetric(ctx context.Context, project, id, name string, v json.RawMessage) error {
	return m.Catalog.PutMetric(ctx, entity.Model, project, id, name, v)
}

// answers keeps the answers to POSTs with an Idempotency-Key in the store.
type answers struct{ store.Store }

func (a answers) Answer(ctx context.Context, key string) (hash, answer []byte, err error) {
	err = a.Read(ctx, func(tx store.Tx) (err error) {
		hash, answer, err = tx.Idempotency().Get(ctx, key)
		return err
	})
	return hash, answer, err
}

func (a answers) Remember(ctx context.Context, key string, hash, answer []byte) error {
	return a.Write(ctx, func(tx store.Tx) error { return tx.Idempotency().Put(ctx, key, hash, answer) })
}

// newWorld starts it; max is how many runs execute at once, 0 none.
func newWorld(t *testing.T, max int, edit ...func(*Config)) *world {
	t.Helper()
	return newWorldOf(t, run.Config{MaxRuns: max}, edit...)
}

// newWorldOf is newWorld with a run manager of one's own.
func newWorldOf(t *testing.T, cfgRuns run.Config, edit ...func(*Config)) *world {
	t.Helper()
	dir := t.TempDir()
	st, err := sqlite.Open(t.Context(), filepath.Join(dir, "dhub.db"), sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	keys, err := secret.ReadKeys(filepath.Join(dir, "key"))
	if err != nil {
		t.Fatal(err)
	}
	secrets, err := secret.New(st, keys)
	if err != nil {
		t.Fatal(err)
	}
	registry := all.Registry()
	cat := catalog.New(catalog.Config{Store: st, Runtimes: registry, Endpoint: func() string { return "http://localhost:8080" }})
	eng := fake.New(fake.Config{})
	cfgRuns.Store, cfgRuns.Runtimes, cfgRuns.Engines, cfgRuns.Secrets, cfgRuns.Catalog = st, registry, engine.NewSet(eng), secrets, cat
	cfgRuns.ProbeDir = filepath.Join(dir, "probe")
	runs, err := run.New(cfgRuns)
	if err != nil {
		t.Fatal(err)
	}
	cat.SetRuns(runs)
	events := event.New(event.Config{Feed: st})
	for _, start := range []func(context.Context) error{events.Start, runs.Start} {
		if err := start(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	cfg := Config{Catalog: cat, Runs: runs, Logs: runs, Tokens: runs, RunMetrics: runs, ModelMetrics: modelMetrics{cat}, Secrets: secrets, Events: events,
		Answers: answers{st}, Endpoint: func() string { return "http://localhost:8080" }}
	for _, e := range edit {
		e(&cfg)
	}
	w := &world{API: New(cfg), t: t, store: st, engine: eng, runs: runs}
	t.Cleanup(func() {
		w.Close()
		for _, err := range []error{runs.Stop(context.Background()), events.Stop(context.Background()), st.Close()} {
			if err != nil {
				t.Error(err)
			}
		}
	})
	return w
}

// doc is an entity as clients read it.
type doc struct {
	ID, Name, Kind, Project, User, Key string
	Metadata, Spec                     map[string]any
	Status                             struct {
		State, Message string
		Notices        []entity.Notice
		Outputs        map[string]string
		Results        map[string]any
		VersionNumber  int `json:"version_number"`
	}
	Extensions []any
	raw        string
	etag       string
}

// do asks and expects success.
func (w *world) do(method, path, body string, headers ...string) *httptest.ResponseRecorder {
	w.t.Helper()
	r := ask(w.t, w, method, path, body, headers...)
	if r.Code != 200 {
		w.t.Fatalf("%s %s: %d %s", method, path, r.Code, r.Body)
	}
	return r
}

func (w *world) doc(method, path, body string, headers ...string) doc {
	w.t.Helper()
	r := w.do(method, path, body, headers...)
	d := decode[doc](w.t, r)
	d.raw, d.etag = r.Body.String(), r.Header().Get("ETag")
	return d
}

// pageOf is a page as clients read it.
type pageOf[T any] struct {
	Content          []T
	TotalElements    int
	TotalPages       int
	Size, Number     int
	NumberOfElements int
	First, Last      bool
	Empty            bool
	Pageable         struct{ PageNumber, PageSize, Offset int }
	Sort             struct{ Empty, Sorted, Unsorted bool }
}

func (w *world) page(path string) pageOf[doc] {
	w.t.Helper()
	return decode[pageOf[doc]](w.t, w.do("GET", path, ""))
}

// names are those of a page, in order.
func (w *world) names(path string) string {
	w.t.Helper()
	var out []string
	for _, d := range w.page(path).Content {
		out = append(out, d.Name)
	}
	return strings.Join(out, " ")
}

const p1 = "/api/v1/-/p1"

// project makes the project p1, or others.
func (w *world) project(names ...string) {
	w.t.Helper()
	if len(names) == 0 {
		names = []string{"p1"}
	}
	for _, n := range names {
		w.doc("POST", "/api/v1/projects", fmt.Sprintf(`{"name":%q}`, n))
	}
}

const functionSpec = `{"source":{"base64":"ZGVmIG1haW4oKToKICByZXR1cm4gMQo=","handler":"main","lang":"python","source":"main.py"},"python_version":"PYTHON3_10"}`

func (w *world) function(name string) doc {
	w.t.Helper()
	return w.doc("POST", p1+"/functions", fmt.Sprintf(`{"name":%q,"kind":"python","spec":%s}`, name, functionSpec))
}

func (d doc) ref() string { return fmt.Sprintf("%s://%s/%s:%s", d.Kind, d.Project, d.Name, d.ID) }

func (w *world) task(f doc) doc {
	w.t.Helper()
	return w.doc("POST", p1+"/tasks", fmt.Sprintf(`{"kind":"python+job","spec":{"function":%q}}`, f.ref()))
}

// job posts a run of a task; envs script the engine.
func (w *world) job(task doc, id string, envs ...string) doc {
	w.t.Helper()
	var list []map[string]string
	for i := 0; i+1 < len(envs); i += 2 {
		list = append(list, map[string]string{"name": envs[i], "value": envs[i+1]})
	}
	raw, _ := json.Marshal(list)
	if list == nil {
		raw = []byte("[]")
	}
	if id != "" {
		id = fmt.Sprintf(`"id":%q,`, id)
	}
	return w.doc("POST", p1+"/runs", fmt.Sprintf(`{%s"kind":"python+job:run","spec":{"task":"python+job://p1/%s","envs":%s}}`, id, task.ID, raw))
}

// end waits for the end of a run.
func (w *world) end(id string) doc {
	w.t.Helper()
	for {
		d := w.doc("GET", p1+"/runs/"+id+"?wait=50s", "")
		if entity.FinalRun(entity.State(d.Status.State), false) {
			return d
		}
	}
}

func query(pairs ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return "?" + v.Encode()
}
