package run

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"dhub/engine"
	"dhub/engine/fake"
	"dhub/entity"
	"dhub/internal/store"
	"dhub/runtime"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// stub is a runtime whose plan hands the function's "script" and the run's parameters to the fake engine as
// environment.
type stub struct{}

func (stub) Describe() runtime.Descriptor {
	return runtime.Descriptor{Name: "test", Kinds: []runtime.Kind{{Entity: entity.Function, Kind: "test"}},
		Actions: []runtime.Action{{Name: "job", Engine: engine.Job, Run: json.RawMessage(`{"type":"object","properties":{
			"function":{"type":"string"},"task":{"type":"string"},"script":{"type":"object"},"parameters":{"type":"object"},"reject":{"type":"string"},
			"inputs":{"type":"object"},"local_execution":{"type":"boolean"},"engine":{"type":"string"},"backoff_limit":{"type":"integer"},
			"timeout":{"type":"number"},"secrets":{"type":"array"},"envs":{},"resources":{"type":"object"},"schedule":{"type":"string"},
			"profile":{"type":"string"},"node_selector":{},"affinity":{},"tolerations":{},"volumes":{"type":"array"},"replicas":{"type":"integer"},"requirements":{"type":"array"}}}`)}}}
}

func (stub) Normalise(_ context.Context, _ string, spec json.RawMessage) (json.RawMessage, error) {
	o, err := entity.ParseObject(spec)
	if err == nil && o.Has("bad") {
		err = entity.Invalid("/bad", "range", "bad: is bad")
	}
	return spec, err
}

func (stub) Plan(_ context.Context, r runtime.Request) (runtime.Plan, error) {
	spec, err := entity.ParseObject(r.Run.Spec)
	if err != nil {
		return runtime.Plan{}, err
	}
	if code := spec.Text("reject"); code != "" {
		return runtime.Plan{}, runtime.Rejected(code, "rejected by the plan")
	}
	env := map[string]string{}
	for _, name := range []string{"script", "parameters"} {
		o, err := entity.ParseObject(spec.Get(name))
		if err != nil {
			return runtime.Plan{}, err
		}
		for _, m := range o {
			env[m.Name] = plainText(m.Value)
		}
	}
	for name, d := range r.Inputs {
		env["INPUT_"+name] = d.Key()
	}
	return runtime.Plan{Runnable: &engine.Runnable{Kind: engine.Job, Main: engine.Process{Command: []string{"job"}, Env: env}}}, nil
}

func (stub) Finish(_ context.Context, _ runtime.Request, s engine.Status) (runtime.Outcome, error) {
	var rep struct {
		Outputs map[string]string
		Results map[string]json.RawMessage
	}
	if len(s.Report) == 0 {
		return runtime.Outcome{}, nil
	}
	err := json.Unmarshal(s.Report, &rep)
	return runtime.Outcome{Outputs: rep.Outputs, Results: rep.Results}, err
}

// vault is a test double of the secrets: values in memory, sealing by a mark.
type vault struct{ values map[string]string }

func (v vault) Values(_ context.Context, project string, names []string) (map[string]string, error) {
	out := map[string]string{}
	for _, n := range names {
		if x, ok := v.values[project+"/"+n]; ok {
			out[n] = x
		}
	}
	return out, nil
}

func (vault) Seal(plain, aad []byte) ([]byte, error) {
	out := append(append([]byte{}, aad...), 0)
	for _, b := range plain {
		out = append(out, b^0x5a)
	}
	return out, nil
}

func (vault) Open(sealed, aad []byte) ([]byte, error) {
	rest, ok := strings.CutPrefix(string(sealed), string(aad)+"\x00")
	if !ok {
		return nil, fmt.Errorf("sealed for another attempt")
	}
	out := []byte(rest)
	for i := range out {
		out[i] ^= 0x5a
	}
	return out, nil
}

// world is a store with a project and a function, a fake engine, and a manager over both.
type world struct {
	t      *testing.T
	store  store.Store
	engine *fake.Engine
	cfg    Config
	m      *Manager
	ids    int
}

func newWorld(t *testing.T, s store.Store, f fake.Config, edit ...func(*Config)) *world {
	t.Helper()
	w := &world{t: t, store: s, engine: fake.New(f)}
	w.cfg = Config{Store: s, Runtimes: runtime.NewRegistry(stub{}), Engines: engine.NewSet(w.engine), MaxRuns: 4, Holder: "test",
		Secrets: vault{map[string]string{"p/PASSWORD": "hunter2hunter2"}}, Logger: testLogger(t),
		NewID: func() string { w.ids++; return fmt.Sprintf("uid%06d", w.ids) }}
	for _, e := range edit {
		e(&w.cfg)
	}
	w.seed()
	w.restart()
	return w
}

func (w *world) seed() { w.must(seed(w.store)) }

// benchManager is a manager on a seeded store that drives nothing yet.
func benchManager(b *testing.B, s store.Store, maxRuns int) *Manager {
	b.Helper()
	if err := seed(s); err != nil {
		b.Fatal(err)
	}
	m, err := New(Config{Store: s, Runtimes: runtime.NewRegistry(stub{}), Engines: engine.NewSet(fake.New(fake.Config{})), MaxRuns: maxRuns})
	if err != nil {
		b.Fatal(err)
	}
	return m
}

func seed(s store.Store) error {
	now, ctx := time.Now(), context.Background()
	return s.Write(ctx, func(tx store.Tx) error {
		for _, r := range []store.Record{
			{Doc: entity.Doc{Entity: entity.Project, ID: "p", Name: "p", Project: "p", Kind: "project", Created: now, Updated: now}},
			{Doc: entity.Doc{Entity: entity.Project, ID: "other", Name: "other", Project: "other", Kind: "project", Created: now, Updated: now}},
			{Doc: entity.Doc{Entity: entity.Function, ID: "f1", Name: "f", Project: "p", Kind: "test", Spec: json.RawMessage(`{"script":{}}`), Created: now, Updated: now}},
			{Doc: entity.Doc{Entity: entity.Task, ID: "t1", Name: "t1", Project: "p", Kind: "test+job", Spec: json.RawMessage(`{"function":"test://p/f:f1","resources":{"cpu":"1.0"}}`), Created: now, Updated: now},
				Function: "test://p/f:f1"},
			{Doc: entity.Doc{Entity: entity.DataItem, ID: "d1", Name: "d", Project: "p", Kind: "table", Spec: json.RawMessage(`{"path":"s3://x/d"}`), Created: now, Updated: now}},
		} {
			if _, err := tx.Entities().Create(ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *world) ctx() context.Context { return context.Background() }

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// restart makes a manager on the same store and engine, as a new process does.
func (w *world) restart() {
	w.t.Helper()
	m, err := New(w.cfg)
	w.must(err)
	w.m = m
	w.must(m.Start(w.ctx()))
}

// stop detaches the manager.
func (w *world) stop() {
	w.t.Helper()
	w.must(w.m.Stop(w.ctx()))
}

// spec is a run's spec with the given members.
func spec(members map[string]any) string {
	all := map[string]any{"task": "test+job://p/t1"}
	maps.Copy(all, members)
	raw, _ := json.Marshal(all)
	return string(raw)
}

func body(id string, members map[string]any) []byte {
	return fmt.Appendf(nil, `{"id":%q,"kind":"test+job:run","project":"p","spec":%s}`, id, spec(members))
}

func (w *world) create(id string, members map[string]any) entity.Doc {
	w.t.Helper()
	d, err := w.m.Create(w.ctx(), Write{Project: "p", Body: body(id, members), User: "ann"})
	w.must(err)
	return d
}

// script makes the parameters that script the fake engine.
func script(pairs ...string) map[string]any {
	p := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		p[pairs[i]] = pairs[i+1]
	}
	return map[string]any{"parameters": p}
}

// end waits for the final state of a run.
func (w *world) end(id string) view {
	w.t.Helper()
	for {
		d, err := w.m.Wait(w.ctx(), "p", id, 0, time.Hour)
		w.must(err)
		if v := w.view(d); entity.FinalRun(v.State, false) {
			return v
		}
	}
}

func (w *world) get(id string) view {
	w.t.Helper()
	d, err := w.m.Get(w.ctx(), "p", id)
	w.must(err)
	return w.view(d)
}

// view is a run's status as clients read it.
type view struct {
	State       entity.State
	Message     string
	Reason      entity.Reason
	Transitions []transition
	Notices     []entity.Notice
	Attempts    []attemptEnd
	Attempt     int
	Outputs     map[string]string
	Results     map[string]json.RawMessage
	Metrics     map[string]json.RawMessage
	Usage       map[string]float64
	Exit        *engine.Exit
	Engine      string
	doc         entity.Doc
}

func (w *world) view(d entity.Doc) view {
	w.t.Helper()
	v := view{doc: d}
	w.must(json.Unmarshal(d.Status, &v))
	return v
}

func (v view) path() string {
	var names []string
	for i := len(v.Transitions) - 1; i >= 0; i-- {
		names = append(names, string(v.Transitions[i].Status))
	}
	return strings.Join(names, " ")
}

// log reads a whole log of a run.
func (w *world) log(id string, attempt int) string {
	w.t.Helper()
	var b strings.Builder
	w.must(w.m.ReadLog(w.ctx(), "p", id, attempt, "", 0, false, func(p LogPiece) error {
		if p.Offset != int64(b.Len()) || p.Lost != 0 {
			w.t.Errorf("log of %s: piece at %d with %d lost, want %d", id, p.Offset, p.Lost, b.Len())
		}
		b.Write(p.Data)
		return nil
	}))
	return b.String()
}

// inBubble runs a test in virtual time on a store in memory.
func inBubble(t *testing.T, f fake.Config, test func(t *testing.T, w *world), edit ...func(*Config)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, newMemStore(time.Now), f, edit...)
		defer func() { w.stop() }()
		test(t, w)
	})
}
