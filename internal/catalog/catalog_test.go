package catalog_test

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dhub/entity"
	"dhub/internal/catalog"
	"dhub/internal/store"
	"dhub/internal/store/sqlite"
	"dhub/internal/store/sqlstore"
	"dhub/runtime"
)

// stub is a runtime with one function kind and one workflow kind. Its normalised form knows two defaults:
// source.lang and an empty list of requirements.
type stub struct{}

func (stub) Describe() runtime.Descriptor {
	fn := json.RawMessage(`{"type":"object","required":["source"],"properties":{"source":{"type":"object","properties":{"handler":{"type":"string"},"base64":{"type":"string"},"lang":{"type":"string"}}},"requirements":{"type":"array","items":{"type":"string"}},"n":{"type":"number"}}}`)
	return runtime.Descriptor{Name: "python",
		Kinds: []runtime.Kind{{Entity: entity.Function, Kind: "python", Schema: fn, UI: json.RawMessage(`{}`)}, {Entity: entity.Workflow, Kind: "flow", Schema: fn}},
		Actions: []runtime.Action{
			{Name: "job", Task: runtime.Schema(nil, runtime.Properties{"function": json.RawMessage(`{"type":"string"}`), "workflow": json.RawMessage(`{"type":"string"}`)}, runtime.TaskParams()), Run: json.RawMessage(`{"type":"object"}`)},
			{Name: "build", Task: json.RawMessage(`{"type":"object"}`), Run: json.RawMessage(`{"type":"object"}`)}}}
}

func (stub) Normalise(_ context.Context, kind string, spec json.RawMessage) (json.RawMessage, error) {
	m, err := runtime.Decode(spec)
	if err != nil {
		return nil, err
	}
	if s, ok := m["source"].(map[string]any); ok {
		if s["handler"] == "forbidden" {
			return nil, entity.Invalid("/source/handler", "enum", "this handler is forbidden")
		}
		runtime.Prune(s, map[string]any{"lang": "python"})
	}
	runtime.Prune(m, nil)
	return runtime.Encode(m)
}

func (stub) Plan(context.Context, runtime.Request) (runtime.Plan, error) { return runtime.Plan{}, nil }

// bed is a catalogue over a real database with a clock and ids that can be foretold.
type bed struct {
	*catalog.Catalog
	t     testing.TB
	ctx   context.Context
	store store.Store

	mu  sync.Mutex
	at  time.Time
	ids int
}

func newBed(t testing.TB) *bed {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "dhub.db"), sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	b := &bed{t: t, ctx: context.Background(), store: s, at: time.Date(2025, 3, 1, 10, 0, 0, 0, time.UTC)}
	b.Catalog = catalog.New(catalog.Config{Store: s, Runtimes: runtime.NewRegistry(stub{}),
		Now: func() time.Time {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.at = b.at.Add(time.Second)
			return b.at
		},
		NewID: func() string {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.ids++
			return fmt.Sprintf("id%d", b.ids)
		},
		Endpoint: func() string { return "http://localhost:8080" }})
	b.create(entity.Project, "", `{"name":"demo"}`)
	return b
}

func (b *bed) create(typ, project, body string) entity.Doc {
	b.t.Helper()
	d, err := b.Create(b.ctx, catalog.Write{Entity: typ, Project: project, Body: []byte(body), User: "alice"})
	if err != nil {
		b.t.Fatalf("create %s: %v", typ, err)
	}
	return d
}

func (b *bed) update(d entity.Doc, body string) entity.Doc {
	b.t.Helper()
	out, err := b.Update(b.ctx, catalog.Write{Entity: d.Entity, Project: d.Project, ID: d.ID, Body: []byte(body), User: "bob"})
	if err != nil {
		b.t.Fatalf("update %s: %v", d.Key(), err)
	}
	return out
}

func (b *bed) get(typ, id string) entity.Doc {
	b.t.Helper()
	d, err := b.Get(b.ctx, typ, "", id)
	if err != nil {
		b.t.Fatalf("get %s: %v", id, err)
	}
	return d
}

func (b *bed) list(typ string, values map[string][]string) []string {
	b.t.Helper()
	q, err := catalog.ParseQuery(typ, "demo", values)
	if err != nil {
		b.t.Fatal(err)
	}
	p, err := b.List(b.ctx, q)
	if err != nil {
		b.t.Fatal(err)
	}
	ids := []string{}
	for _, d := range p.Items {
		ids = append(ids, d.ID)
	}
	return ids
}

func member(t *testing.T, raw json.RawMessage, path ...string) string {
	t.Helper()
	for _, name := range path {
		o, err := entity.ParseObject(raw)
		if err != nil {
			t.Fatal(err)
		}
		raw = o.Get(name)
	}
	if s, ok := entity.AsString(raw); ok {
		return s
	}
	return string(raw)
}

func want(t *testing.T, what string, got, want any) {
	t.Helper()
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		t.Errorf("%s: got %s, want %s", what, g, w)
	}
}

func refused(t *testing.T, err error, code entity.Code, pointer, text string) {
	t.Helper()
	if entity.CodeOf(err) != code || !strings.Contains(err.Error(), text) {
		t.Errorf("got %v, want %s with %q", err, code, text)
		return
	}
	if pointer == "" {
		return
	}
	fields := err.(*entity.Error).Fields
	if len(fields) == 0 || fields[0].Pointer != pointer {
		t.Errorf("got fields %+v, want %s", fields, pointer)
	}
}

const hello = `{"id":"f1","name":"hello","kind":"python","metadata":{"labels":["etl"],"version":"f1"},"spec":{"source":{"handler":"main"},"n":1.0,"requirements":[]}}`

func TestCreateFunction(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	d := b.create(entity.Function, "demo", hello)
	got := string(entity.Render(d))
	wanted := `{"id":"f1","key":"store://demo/function/python/hello:f1","kind":"python","metadata":{"created":"2025-03-01T10:00:02.000Z","created_by":"alice","embedded":false,"labels":["etl"],"name":"hello","project":"demo","updated":"2025-03-01T10:00:02.000Z","updated_by":"alice","version":"f1"},"name":"hello","project":"demo","spec":{"source":{"handler":"main"},"n":1.0,"requirements":[]},"status":{"state":"CREATED","version_number":1},"user":"alice"}`
	if got != wanted {
		t.Errorf("got  %s\nwant %s", got, wanted)
	}
	if again := string(entity.Render(b.get(entity.Function, "f1"))); again != got {
		t.Errorf("read back %s", again)
	}
}

func TestCreateRefusals(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	fn := b.create(entity.Function, "demo", hello)
	long := strings.Repeat("a", 257)
	for name, c := range map[string]struct {
		typ, project, body string
		code               entity.Code
		pointer, text      string
	}{
		"broken":             {entity.Function, "demo", `{`, "invalid", "", "not JSON"},
		"NUL":                {entity.Function, "demo", `{"name":"x","kind":"python","spec":{"source":{"base64":"\u0000"}}}`, "invalid", "/spec/source/base64", "u0000"},
		"no name":            {entity.Function, "demo", `{"kind":"python"}`, "invalid", "/name", "name is missing"},
		"no kind":            {entity.Function, "demo", `{"name":"x"}`, "invalid", "/kind", "kind is missing"},
		"no project":         {entity.Function, "", `{"name":"x","kind":"python"}`, "invalid", "/project", "invalid or missing project"},
		"project unknown":    {entity.Function, "nope", `{"name":"x","kind":"python","spec":{"source":{}}}`, "invalid", "/project", "invalid or missing project"},
		"both unknown":       {entity.Function, "nope", `{"name":"x","kind":"nope"}`, "invalid", "/project", "invalid or missing project"},
		"dots":               {entity.Function, "demo", `{"id":"..","name":"x","kind":"python"}`, "invalid", "/id", "id"},
		"slash":              {entity.Function, "demo", `{"name":"a/b","kind":"python"}`, "invalid", "/name", "name"},
		"long name":          {entity.Function, "demo", `{"name":"` + long + `","kind":"python"}`, "invalid", "/name", "257 characters"},
		"long id":            {entity.Function, "demo", `{"id":"` + long + `","name":"x","kind":"python"}`, "invalid", "/id", "257 characters"},
		"kind of no runtime": {entity.Function, "demo", `{"name":"x","kind":"cobol"}`, "not_found", "/kind", "No such spec."},
		"kind of another":    {entity.Function, "demo", `{"name":"x","kind":"flow"}`, "not_found", "/kind", "No such spec."},
		"task kind":          {entity.Function, "demo", `{"name":"x","kind":"python+job"}`, "not_found", "/kind", "No such spec."},
		"odd kind":           {entity.Function, "demo", `{"name":"x","kind":"a b"}`, "invalid", "/kind", "cannot be a kind"},
		"spec required":      {entity.Function, "demo", `{"name":"x","kind":"python"}`, "invalid", "/spec/source", "/spec/source"},
		"spec type":          {entity.Function, "demo", `{"name":"x","kind":"python","spec":{"source":{},"n":"1"}}`, "invalid", "/spec/n", "/spec/n"},
		"runtime says no":    {entity.Function, "demo", `{"name":"x","kind":"python","spec":{"source":{"handler":"forbidden"}}}`, "invalid", "/spec/source/handler", "forbidden"},
		"state unknown":      {entity.Function, "demo", `{"name":"x","kind":"python","spec":{"source":{}},"status":{"state":"HAPPY"}}`, "invalid", "/status/state", "status.state"},
		"state type":         {entity.Function, "demo", `{"name":"x","kind":"python","spec":{"source":{}},"status":{"state":1}}`, "invalid", "/status/state", "status.state"},
		"labels type":        {entity.Function, "demo", `{"name":"x","kind":"python","spec":{"source":{}},"metadata":{"labels":"etl"}}`, "invalid", "/metadata/labels", "metadata.labels"},
		"embedded type":      {entity.Function, "demo", `{"name":"x","kind":"python","spec":{"source":{}},"metadata":{"embedded":"yes"}}`, "invalid", "/metadata/embedded", "metadata.embedded"},
		"relations type":     {entity.Function, "demo", `{"name":"x","kind":"python","spec":{"source":{}},"metadata":{"relationships":{}}}`, "invalid", "/metadata/relationships", "relationships"},
		"duplicate":          {entity.Function, "demo", hello, "invalid", "/id", "Duplicated entity function:f1."},
		"artifact path":      {entity.Artifact, "demo", `{"name":"x","kind":"artifact","spec":{}}`, "invalid", "/spec/path", "/spec/path"},
		"files type":         {entity.Artifact, "demo", `{"name":"x","kind":"artifact","spec":{"path":"s3://a"},"status":{"files":{}}}`, "invalid", "/status/files", "status.files"},
		"table field type":   {entity.DataItem, "demo", `{"name":"x","kind":"table","spec":{"path":"p","schema":{"fields":[{"name":"a","type":"float128"}]}}}`, "invalid", "/spec/schema/fields/0/type", "float128"},
		"secret provider":    {entity.Secret, "demo", `{"name":"x","kind":"secret","spec":{"path":"secret://x","provider":"vault"}}`, "invalid", "/spec/provider", "kubernetes"},
		"secret path":        {entity.Secret, "demo", `{"name":"x","kind":"secret","spec":{"path":"x","provider":"kubernetes"}}`, "invalid", "/spec/path", "secret://"},
		"project name":       {entity.Project, "", `{"name":"No Upper"}`, "invalid", "/name", "2 to 38"},
		"project id":         {entity.Project, "", `{"name":"aa","id":"bb"}`, "invalid", "/id", "project id must match name"},
		"project twice":      {entity.Project, "", `{"name":"demo"}`, "invalid", "", "Duplicated entity project:demo."},
		"project nameless":   {entity.Project, "", `{}`, "invalid", "/name", "name is missing"},
		"task no function":   {entity.Task, "demo", `{"kind":"python+job"}`, "invalid", "/spec/function", "spec.function"},
		"task ref form":      {entity.Task, "demo", `{"kind":"python+job","spec":{"function":"hello"}}`, "invalid", "/spec/function", "kind://project/name:id"},
		"task ref project":   {entity.Task, "demo", `{"kind":"python+job","spec":{"function":"python://other/hello:f1"}}`, "invalid", "/spec/function", "project mismatch"},
		"task ref unknown":   {entity.Task, "demo", `{"kind":"python+job","spec":{"function":"python://demo/hello:f2"}}`, "invalid", "/spec/function", "invalid executable entity"},
		"task kind unknown":  {entity.Task, "demo", `{"kind":"python+dance","spec":{"function":"` + fn.Ref() + `"}}`, "not_found", "/kind", "No such spec."},
		"task resources":     {entity.Task, "demo", `{"kind":"python+job","spec":{"function":"` + fn.Ref() + `","resources":{"cpu":"abc"}}}`, "invalid", "/spec/resources/cpu", "/spec/resources/cpu"},
		"task volumes":       {entity.Task, "demo", `{"kind":"python+job","spec":{"function":"` + fn.Ref() + `","volumes":[{"name":"v","mount_path":"/v","volume_type":"floppy"}]}}`, "invalid", "/spec/volumes/0/volume_type", "floppy"},
		"trigger no task":    {entity.Trigger, "demo", `{"name":"t","kind":"scheduler","spec":{"schedule":"@daily","template":{}}}`, "invalid", "/spec/task", "/spec/task"},
		"trigger task gone":  {entity.Trigger, "demo", `{"name":"t","kind":"scheduler","spec":{"schedule":"@daily","template":{},"task":"python+job://demo/none"}}`, "invalid", "/spec/task", "invalid task"},
		"trigger key":        {entity.Trigger, "demo", `{"name":"t","kind":"lifecycle","spec":{"key":"foo","template":{},"task":"python+job://demo/none"}}`, "invalid", "/spec/key", "/spec/key"},
		"trigger elsewhere":  {entity.Trigger, "demo", `{"name":"t","kind":"lifecycle","spec":{"key":"store://other/x","template":{},"task":"python+job://demo/none"}}`, "invalid", "/spec/key", "project mismatch"},
		"runs are elsewhere": {entity.Run, "demo", `{}`, "not_found", "", "run"},
	} {
		t.Run(name, func(t *testing.T) {
			head, err := b.store.Head(b.ctx)
			if err != nil {
				t.Fatal(err)
			}
			_, err = b.Create(b.ctx, catalog.Write{Entity: c.typ, Project: c.project, Body: []byte(c.body)})
			refused(t, err, c.code, c.pointer, c.text)
			if now, err := b.store.Head(b.ctx); err != nil || now != head {
				t.Errorf("something was stored: head went from %d to %d, %v", head, now, err)
			}
		})
	}
}

func TestNamesAndProjects(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	name := strings.Repeat("a", 256)
	d := b.create(entity.Function, "demo", `{"name":"`+name+`","kind":"python","project":"foreign","spec":{"source":{}}}`)
	want(t, "project of the path", d.Project, "demo")
	want(t, "id", d.ID, "id1")
	d = b.create(entity.Function, "", `{"name":"A.b-C_d+1","kind":"python","project":"demo","spec":{"source":{}}}`)
	want(t, "project of the body", d.Project, "demo")
	if _, err := b.Get(b.ctx, entity.Function, "other", d.ID); err == nil {
		t.Error("got an entity through another project")
	} else {
		refused(t, err, "invalid", "/project", "invalid project")
	}
	_, err := b.Get(b.ctx, entity.Function, "demo", "nope")
	refused(t, err, "not_found", "", "No such function.")
	_, err = b.Get(b.ctx, entity.Function, "demo", "..")
	refused(t, err, "invalid", "/id", "id")
}

func TestUnknownFields(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	body := `{"id":"u","name":"u","kind":"python","spec":{"source":{"handler":"h","colour":"red"},"shape":1,"n":1.0}}`
	d := b.create(entity.Function, "demo", body)
	if strings.Contains(string(d.Spec), "colour") || strings.Contains(string(d.Spec), "shape") || !strings.Contains(string(d.Spec), "1.0") {
		t.Errorf("got spec %s", d.Spec)
	}
	notices := member(t, d.Status, "notices")
	if !strings.Contains(notices, "/spec/shape") || !strings.Contains(notices, "/spec/source/colour") {
		t.Errorf("got notices %s", notices)
	}
	_, err := b.Create(b.ctx, catalog.Write{Entity: entity.Function, Project: "demo", Body: []byte(strings.Replace(body, `"id":"u"`, `"id":"v"`, 1)), Strict: true})
	refused(t, err, "invalid", "/spec/shape", "/spec/source/colour")
	// What a client sends back as it saw it leaves the notices alone.
	d = b.update(d, string(entity.Render(d)))
	want(t, "notices", member(t, d.Status, "notices"), notices)
	want(t, "ids", b.list(entity.Function, map[string][]string{"versions": {"all"}}), "[u]")
}

func TestNaNAndBigNumbersComeBack(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	d := b.create(entity.Model, "demo", `{"name":"m","kind":"model","spec":{"path":"s3://b/m","parameters":{"a":1.0,"b":12345678901234567,"c":NaN}},"status":{"metrics":{"loss":Infinity}}}`)
	d = b.get(entity.Model, d.ID)
	want(t, "spec", string(d.Spec), `{"path":"s3://b/m","parameters":{"a":1.0,"b":12345678901234567,"c":"NaN"}}`)
	want(t, "status", member(t, d.Status, "metrics"), `{"loss":"Infinity"}`)
	if n := member(t, d.Status, "notices"); !strings.Contains(n, "/spec/parameters/c") || !strings.Contains(n, "/status/metrics/loss") {
		t.Errorf("got notices %s", n)
	}
}

func TestLargeBody(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	big := strings.Repeat(`{"k":[1.0,"x"]},`, 5<<20/16)
	d := b.create(entity.Model, "demo", `{"id":"big","name":"m","kind":"model","spec":{"path":"p","parameters":{"p":[`+big+`0]}}}`)
	if got := b.get(entity.Model, "big"); string(got.Spec) != string(d.Spec) || len(got.Spec) < 5<<20 {
		t.Errorf("got %d bytes, want %d", len(got.Spec), len(d.Spec))
	}
}

func TestDryRunStoresNothing(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	head, _ := b.store.Head(b.ctx)
	d, err := b.Create(b.ctx, catalog.Write{Entity: entity.Function, Project: "demo", Body: []byte(hello), DryRun: true})
	if err != nil || d.ID != "f1" {
		t.Fatalf("got %+v, %v", d, err)
	}
	if now, _ := b.store.Head(b.ctx); now != head {
		t.Errorf("head went from %d to %d", head, now)
	}
	_, err = b.Get(b.ctx, entity.Function, "demo", "f1")
	refused(t, err, "not_found", "", "No such function.")
	d = b.create(entity.Function, "demo", hello)
	_, err = b.Create(b.ctx, catalog.Write{Entity: entity.Function, Project: "demo", Body: []byte(hello), DryRun: true})
	refused(t, err, "invalid", "/id", "Duplicated entity")
	_, err = b.Update(b.ctx, catalog.Write{Entity: entity.Function, Project: "demo", ID: d.ID, Body: []byte(`{"spec":{"source":{"handler":"other"}}}`), DryRun: true})
	if err != nil {
		t.Fatal(err)
	}
	want(t, "versions", b.list(entity.Function, map[string][]string{"versions": {"all"}}), "[f1]")
}

func TestClockSetBackKeepsTheNewestVersion(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	b.create(entity.Function, "demo", hello)
	b.mu.Lock()
	b.at = b.at.Add(-time.Hour)
	b.mu.Unlock()
	b.create(entity.Function, "demo", strings.Replace(hello, `"id":"f1"`, `"id":"f2"`, 1))
	d, err := b.Latest(b.ctx, entity.Function, "demo", "hello")
	if err != nil || d.ID != "f2" {
		t.Errorf("got %s, %v", d.ID, err)
	}
	want(t, "list", b.list(entity.Function, map[string][]string{"name": {"hello"}, "versions": {"all"}}), "[f2 f1]")
}
