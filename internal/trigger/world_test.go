package trigger_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dhub/entity"
	"dhub/internal/store"
	"dhub/internal/store/sqlite"
	"dhub/internal/store/sqlstore"
	"dhub/internal/trigger"
)

// world is a real store with a manager over it, in virtual time. Its runs are rows that execute nothing.
type world struct {
	t     *testing.T
	store store.Store
	m     *trigger.Manager
	cfg   trigger.Config

	mu      sync.Mutex
	refuse  error // answer of Prepare
	crash   error // answer of Insert, once
	stopped []string
}

const (
	task     = "python+job://p/t1"
	function = "python://p/f:f1"
)

// inWorld runs a test in virtual time, which begins at midnight of 1 January 2000, UTC.
func inWorld(t *testing.T, f func(w *world)) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		st, err := sqlite.Open(t.Context(), filepath.Join(dir, "db"), sqlstore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		w := &world{t: t, store: st}
		w.cfg = trigger.Config{Store: st, Prepare: w.prepare, StopRun: w.stopRun, Get: w.get}
		w.write(func(tx store.Tx) error {
			for _, d := range []entity.Doc{
				{Entity: entity.Project, ID: "p", Name: "p", Kind: "project", Project: "p"},
				{Entity: entity.Function, ID: "f1", Name: "f", Kind: "python", Project: "p"},
				{Entity: entity.Task, ID: "t1", Name: "t1", Kind: "python+job", Project: "p"},
			} {
				if _, err := tx.Entities().Create(t.Context(), store.Record{Doc: d, State: "CREATED"}); err != nil {
					return err
				}
			}
			return nil
		})
		w.start()
		defer func() {
			w.stop()
			if err := st.Close(); err != nil {
				t.Error(err)
			}
		}()
		f(w)
	})
}

func (w *world) start() {
	w.t.Helper()
	w.m = trigger.New(w.cfg)
	if err := w.m.Start(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) stop() {
	w.t.Helper()
	if err := w.m.Stop(context.WithoutCancel(w.t.Context())); err != nil {
		w.t.Error(err)
	}
}

func (w *world) write(f func(tx store.Tx) error) {
	w.t.Helper()
	if err := w.store.Write(w.t.Context(), f); err != nil {
		w.t.Fatal(err)
	}
}

// answer changes what Prepare and Insert answer from now on.
func (w *world) answer(change func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change()
}

// ended lists the runs that the manager had stopped.
func (w *world) ended() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.stopped)
}

type draft struct {
	w   *world
	run store.Run
}

func (w *world) prepare(_ context.Context, in entity.Write) (trigger.Draft, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.refuse != nil {
		return nil, w.refuse
	}
	d, _, err := entity.ParseBody(in.Body)
	if err != nil {
		return nil, err
	}
	d.Entity, d.Project, d.User, d.Name = entity.Run, in.Project, in.User, d.ID
	d.Created = time.Now().UTC()
	d.Updated = d.Created
	d.Status, err = entity.EncodeJSON(map[string]any{"state": "READY", "trigger": in.Trigger})
	return &draft{w, store.Run{Doc: d, UID: "u" + d.ID, State: entity.StateReady, Desired: store.WantRun, Local: true,
		Relations: entity.Relations(d.Metadata, d.Key())}}, err
}

func (d *draft) Insert(ctx context.Context, tx store.Tx) error {
	d.w.mu.Lock()
	defer d.w.mu.Unlock()
	if err := d.w.crash; err != nil {
		d.w.crash = nil
		return err
	}
	_, err := tx.Runs().Create(ctx, d.run)
	return err
}

func (d *draft) Stored() {}

func (w *world) stopRun(ctx context.Context, _, id, _ string) error {
	w.mu.Lock()
	w.stopped = append(w.stopped, id)
	w.mu.Unlock()
	return w.end(ctx, id, entity.StateStopped)
}

func (w *world) end(ctx context.Context, id string, state entity.State) error {
	return w.store.Write(ctx, func(tx store.Tx) error {
		_, err := tx.Runs().Update(ctx, id, func(r store.Run) (store.Run, error) {
			o, err := entity.ParseObject(r.Status)
			o = o.Clone()
			o.SetText("state", string(state))
			r.State, r.Status = state, o.JSON()
			return r, err
		})
		return err
	})
}

func (w *world) get(ctx context.Context, typ, _, id string) (d entity.Doc, err error) {
	err = w.store.Read(ctx, func(tx store.Tx) error {
		if typ == entity.Run {
			r, err := tx.Runs().Get(ctx, id)
			d = r.Doc
			return err
		}
		r, err := tx.Entities().Get(ctx, typ, id)
		d = r.Doc
		return err
	})
	return d, err
}

// trigger creates one as the catalogue does.
func (w *world) trigger(id, kind string, spec map[string]any) {
	w.t.Helper()
	w.triggerIn("CREATED", id, kind, spec)
}

// triggerIn stores a trigger that comes in a state.
func (w *world) triggerIn(state, id, kind string, spec map[string]any) {
	w.t.Helper()
	for k, v := range map[string]any{"task": task, "function": function, "template": map[string]any{"parameters": map[string]any{"n": json.RawMessage("1.0")}}} {
		if _, ok := spec[k]; !ok {
			spec[k] = v
		}
	}
	raw, err := entity.EncodeJSON(spec)
	if err != nil {
		w.t.Fatal(err)
	}
	d := entity.Doc{Entity: entity.Trigger, ID: id, Name: id, Kind: kind, Project: "p", User: "ada", Spec: raw,
		Status: json.RawMessage(`{"state":"CREATED"}`), Created: time.Now().UTC(), Updated: time.Now().UTC()}
	if err := w.m.CheckTrigger(w.t.Context(), d); err != nil {
		w.t.Fatal(err)
	}
	w.write(func(tx store.Tx) error {
		r, err := tx.Entities().Create(w.t.Context(), store.Record{Doc: d, State: state, Task: task})
		if err != nil {
			return err
		}
		return w.m.TriggerStored(w.t.Context(), tx, nil, &r)
	})
}

// material writes an artifact in a state, new or not.
func (w *world) material(id, name, state string, relations ...entity.Relation) {
	w.t.Helper()
	meta, err := entity.EncodeJSON(map[string]any{"relationships": relations})
	if err != nil {
		w.t.Fatal(err)
	}
	d := entity.Doc{Entity: entity.Artifact, ID: id, Name: name, Kind: "artifact", Project: "p", Metadata: meta,
		Spec: json.RawMessage(`{"path":"s3://datalake/p/x","size":12345678901234567}`), Status: json.RawMessage(`{"state":"` + state + `"}`), Created: time.Now().UTC(), Updated: time.Now().UTC()}
	w.write(func(tx store.Tx) error {
		_, err := tx.Entities().Get(w.t.Context(), entity.Artifact, id)
		if entity.IsNotFound(err) {
			_, err = tx.Entities().Create(w.t.Context(), store.Record{Doc: d, State: state, Relations: entity.Relations(meta, d.Key())})
			return err
		}
		_, err = tx.Entities().Update(w.t.Context(), entity.Artifact, id, func(r store.Record) (store.Record, error) {
			r.Status, r.State = d.Status, state
			return r, nil
		})
		return err
	})
}

func (w *world) state(id string) string {
	w.t.Helper()
	d, err := w.get(w.t.Context(), entity.Trigger, "p", id)
	if err != nil {
		w.t.Fatal(err)
	}
	o, err := entity.ParseObject(d.Status)
	if err != nil {
		w.t.Fatal(err)
	}
	return o.Text("state")
}

// runs lists all runs but those named, oldest first.
func (w *world) runs(but ...string) []entity.Doc {
	w.t.Helper()
	var out []entity.Doc
	if err := w.store.Read(w.t.Context(), func(tx store.Tx) error {
		out = nil
		for page := 0; ; page++ {
			p, err := tx.Runs().List(w.t.Context(), store.Query{Project: "p", Page: page, Size: 200}, true)
			if err != nil {
				return err
			}
			for _, r := range p.Items {
				if !slices.Contains(but, r.ID) {
					out = append(out, r.Doc)
				}
			}
			if len(p.Items) < 200 {
				return nil
			}
		}
	}); err != nil {
		w.t.Fatal(err)
	}
	slices.SortStableFunc(out, func(a, b entity.Doc) int { return a.Created.Compare(b.Created) })
	return out
}

// sleep lets virtual time pass and everything settle.
func (w *world) sleep(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// fired is what status.trigger of a run says.
type fired struct {
	Job       string
	Timestamp int64
	Details   map[string]any
}

func (w *world) fired(d entity.Doc) fired {
	w.t.Helper()
	var s struct{ Trigger fired }
	if err := json.Unmarshal(d.Status, &s); err != nil {
		w.t.Fatal(err)
	}
	return s.Trigger
}

func (w *world) ticks() []string {
	w.t.Helper()
	var out []string
	for _, r := range w.runs() {
		if f := w.fired(r); f.Job != "" {
			out = append(out, time.UnixMilli(f.Timestamp).UTC().Format("2 15:04:05"))
		}
	}
	slices.Sort(out)
	return out
}
