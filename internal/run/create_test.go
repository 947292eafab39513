package run

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"dhub/engine/fake"
	"dhub/entity"
	"dhub/internal/store"
)

func TestChecksOfCreateComeInOrderWithTheirTexts(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		for _, c := range []struct {
			name, project, body string
			code                entity.Code
			text, field         string
		}{
			{"no project", "nope", `{"kind":"test+job:run","spec":{"task":"x"}}`, entity.CodeInvalid, "invalid or missing project", "/project"},
			{"unknown kind", "p", `{"kind":"what+job:run","spec":{"task":"x"}}`, entity.CodeNotFound, "No such spec.", ""},
			{"kind without run", "p", `{"kind":"test+job","spec":{"task":"x"}}`, entity.CodeNotFound, "No such spec.", ""},
			{"missing kind", "p", `{"spec":{"task":"x"}}`, entity.CodeInvalid, "kind", "/kind"},
			{"no task", "p", `{"kind":"test+job:run","spec":{}}`, entity.CodeInvalid, "spec: missing task", "/spec/task"},
			{"task of another type", "p", `{"kind":"test+job:run","spec":{"task":3}}`, entity.CodeInvalid, "spec.task: got 3, expected text of the form kind+action://project/id", "/spec/task"},
			{"function of another type", "p", `{"kind":"test+job:run","spec":{"task":"test+job://p/t1","function":{"id":"f1"}}}`, entity.CodeInvalid, "spec.function: got {", "/spec/function"},
			{"malformed task", "p", `{"kind":"test+job:run","spec":{"task":"t1"}}`, entity.CodeInvalid, "Cannot create accessor for the given task string.", "/spec/task"},
			{"task without project", "p", `{"kind":"test+job:run","spec":{"task":"test+job:///t1"}}`, entity.CodeInvalid, "spec: missing project", "/spec/task"},
			{"foreign task", "p", `{"kind":"test+job:run","spec":{"task":"test+job://other/t1"}}`, entity.CodeInvalid, "project mismatch", "/spec/task"},
			{"task without id", "p", `{"kind":"test+job:run","spec":{"task":"test+job://p/"}}`, entity.CodeInvalid, "spec: missing task id", "/spec/task"},
			{"unknown task", "p", `{"kind":"test+job:run","spec":{"task":"test+job://p/t9"}}`, entity.CodeInvalid, "invalid task", "/spec/task"},
			{"task of another project", "other", `{"kind":"test+job:run","spec":{"task":"test+job://other/t1"}}`, entity.CodeInvalid, "project mismatch", "/spec/task"},
			{"another function", "p", `{"kind":"test+job:run","spec":{"task":"test+job://p/t1","function":"test://p/f:f2"}}`, entity.CodeInvalid, "spec.function", "/spec/function"},
			{"bad id", "p", `{"id":"..","kind":"test+job:run","spec":{"task":"test+job://p/t1"}}`, entity.CodeInvalid, "id:", "/id"},
			{"long name", "p", `{"name":"` + strings.Repeat("a", 257) + `","kind":"test+job:run","spec":{"task":"test+job://p/t1"}}`, entity.CodeInvalid, "name:", "/name"},
			{"unknown state", "p", `{"kind":"test+job:run","status":{"state":"WHAT"},"spec":{"task":"test+job://p/t1"}}`, entity.CodeInvalid, "status.state", "/status/state"},
			{"input that is no key", "p", `{"kind":"test+job:run","spec":{"task":"test+job://p/t1","inputs":{"a":"5"}}}`, entity.CodeInvalid, "spec.inputs.a", "/spec/inputs/a"},
			{"input of another type", "p", `{"kind":"test+job:run","spec":{"task":"test+job://p/t1","inputs":{"a":{"key":"x"}}}}`, entity.CodeInvalid, "spec.inputs.a", "/spec/inputs/a"},
			{"negative timeout", "p", `{"kind":"test+job:run","spec":{"task":"test+job://p/t1","timeout":-1}}`, entity.CodeInvalid, "spec.timeout", "/spec/timeout"},
			{"wrong type", "p", `{"kind":"test+job:run","spec":{"task":"test+job://p/t1","backoff_limit":"two"}}`, entity.CodeInvalid, "backoff_limit", "/spec/backoff_limit"},
			{"unknown engine", "p", `{"kind":"test+job:run","spec":{"task":"test+job://p/t1","engine":"moon"}}`, entity.CodeInvalid, "spec.engine", "/spec/engine"},
			{"no name of a variable", "p", `{"kind":"test+job:run","spec":{"task":"test+job://p/t1","envs":[{"name":"OK","value":"x"},{"name":"A=B","value":"x"}]}}`, entity.CodeInvalid, `"A=B" cannot be`, "/spec/envs/1"},
			{"NUL in a variable", "p", `{"kind":"test+job:run","spec":{"task":"test+job://p/t1","envs":[{"name":"A","value":"x\u0000"}]}}`, entity.CodeInvalid, "u0000", ""},
			{"refused by the engine", "p", `{"kind":"test+job:run","spec":{"task":"test+job://p/t1","envs":[{"name":"FAKE_ADMIT","value":"invalid"}]}}`, entity.CodeInvalid, "refused", ""},
			{"schedule without scheduler", "p", `{"kind":"test+job:run","spec":{"task":"test+job://p/t1","schedule":"* * * * *"}}`, entity.CodeInvalid, "spec.schedule", "/spec/schedule"},
			{"no JSON", "p", `{`, entity.CodeInvalid, "", ""},
		} {
			_, err := w.m.Create(w.ctx(), Write{Project: c.project, Body: []byte(c.body)})
			if got := entity.CodeOf(err); got != c.code || !strings.Contains(err.Error(), c.text) {
				t.Errorf("%s: got %s %v, want %s %s", c.name, got, err, c.code, c.text)
				continue
			}
			if e, ok := asEntityError(err); c.field != "" && (!ok || len(e.Fields) == 0 || e.Fields[0].Pointer != c.field) {
				t.Errorf("%s: got fields %v, want %s", c.name, e.Fields, c.field)
			}
		}
		page, err := w.m.List(w.ctx(), store.Query{Project: "p", Size: 10})
		w.must(err)
		if len(page.Items) != 0 {
			t.Errorf("runs stored by refused requests: got %d, want 0", len(page.Items))
		}
	})
}

func asEntityError(err error) (*entity.Error, bool) {
	e, ok := err.(*entity.Error)
	return e, ok
}

func TestTheMergedSpecIsComposedAndKeepsItsBytes(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		d, err := w.m.Create(w.ctx(), Write{Project: "p", User: "ann", Body: []byte(`{"kind":"test+job:run","metadata":{"x":1.0,
			"relationships":[{"type":"run_of","dest":"store://p/function/test/f:f1"}]},
			"spec":{"task":"test+job://p/t1","script":{"no":1},"parameters":{"a":1.0,"b":12345678901234567},
			"inputs":{"d":"store://p/dataitem/table/d"}},"status":{"state":"CREATED","outputs":{"x":"y"},"k8s":{"a":1}}}`)})
		w.must(err)
		want := `{"function":"test://p/f:f1","inputs":{"d":"store://p/dataitem/table/d"},"parameters":{"a":1.0,"b":12345678901234567},"resources":{"cpu":"1.0"},"script":{},"task":"test+job://p/t1"}`
		if got := string(d.Spec); got != want {
			t.Errorf("spec: got %s, want %s", got, want)
		}
		got := entity.Relations(d.Metadata, d.Key())
		if len(got) != 2 || got[0].Type != entity.RunOf || got[1].Type != entity.Consumes || got[1].Dest != "store://p/dataitem/table/d" {
			t.Errorf("relationships: got %v", got)
		}
		status, _ := entity.ParseObject(d.Status)
		if status.Get("k8s") != nil || string(status.Get("outputs")) != `{"x":"y"}` {
			t.Errorf("status: got %s", d.Status)
		}
		if d.Name == "" || !entity.ValidSlug(d.Name) || len(d.ID) == 0 {
			t.Errorf("name and id: got %q %q", d.Name, d.ID)
		}
	})
}

func TestUnknownFieldsAreDroppedWithANoticeOrRefused(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		b := body("r1", map[string]any{"mystery": 1, "profile": "gpu", "node_selector": []any{map[string]any{"key": "a", "value": "b"}}})
		if _, err := w.m.Create(w.ctx(), Write{Project: "p", Body: b, Strict: true}); entity.CodeOf(err) != entity.CodeInvalid || !strings.Contains(err.Error(), "mystery") {
			t.Errorf("strict: got %v, want an error that names mystery", err)
		}
		d, err := w.m.Create(w.ctx(), Write{Project: "p", Body: b})
		w.must(err)
		if strings.Contains(string(d.Spec), "mystery") {
			t.Errorf("spec: got %s, want no mystery", d.Spec)
		}
		var fields []string
		for _, n := range w.view(d).Notices {
			fields = append(fields, n.Field)
		}
		if got := strings.Join(fields, " "); got != "/spec/mystery /spec/profile /spec/node_selector" {
			t.Errorf("notices: got %s, want /spec/mystery /spec/profile /spec/node_selector", got)
		}
		w.end("r1")
	})
}

func TestADryRunStoresNothing(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		d, err := w.m.Create(w.ctx(), Write{Project: "p", Body: body("r1", nil), DryRun: true})
		w.must(err)
		if d.ID != "r1" || w.view(d).State != entity.StateReady {
			t.Errorf("got %s %s", d.ID, d.Status)
		}
		if _, err := w.m.Get(w.ctx(), "p", "r1"); !entity.IsNotFound(err) {
			t.Errorf("get: got %v, want not found", err)
		}
	})
}

func TestATakenIDIsADuplicate(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("r1", nil)
		_, err := w.m.Create(w.ctx(), Write{Project: "p", Body: body("r1", nil)})
		if entity.CodeOf(err) != entity.CodeInvalid || !strings.Contains(err.Error(), "Duplicated entity run:r1.") {
			t.Errorf("got %v", err)
		}
		w.end("r1")
	})
}

type tasks struct{ made int }

func (c *tasks) EnsureTask(_ context.Context, project, kind, ref, _ string) (entity.Doc, error) {
	c.made++
	return entity.Doc{Entity: entity.Task, ID: "t1", Name: "t1", Project: project, Kind: kind, Spec: json.RawMessage(`{"function":"` + ref + `"}`)}, nil
}

func (*tasks) Get(context.Context, string, string, string) (entity.Doc, error) {
	return entity.Doc{}, entity.NotFound(entity.Task)
}

func TestTheTaskIsMadeWhenTheClientNamesNone(t *testing.T) {
	made := &tasks{}
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.must(w.store.Write(w.ctx(), func(tx store.Tx) error {
			delete(tx.(*memTx).s.entities, "task/t1")
			return nil
		}))
		if _, err := w.m.Create(w.ctx(), Write{Project: "p", Body: []byte(`{"kind":"test+job:run","spec":{"function":"test://p/f:f1","timeout":"soon"}}`)}); err == nil || made.made != 0 {
			t.Errorf("a refused run: got %v and %d tasks", err, made.made)
		}
		if _, err := w.m.Create(w.ctx(), Write{Project: "p", DryRun: true, Body: []byte(`{"kind":"test+job:run","spec":{"function":"test://p/f:f1"}}`)}); err != nil || made.made != 0 {
			t.Errorf("a dry run: got %v and %d tasks", err, made.made)
		}
		d, err := w.m.Create(w.ctx(), Write{Project: "p", Body: []byte(`{"id":"r1","kind":"test+job:run","spec":{"function":"test://p/f:f1"}}`)})
		w.must(err)
		if made.made != 1 || !strings.Contains(string(d.Spec), `"task":"test+job://p/t1"`) {
			t.Errorf("got %d tasks and spec %s", made.made, d.Spec)
		}
		if v := w.end("r1"); v.State != entity.StateCompleted {
			t.Errorf("got %s %s", v.State, v.Message)
		}
		if _, err := w.m.Create(w.ctx(), Write{Project: "p", Body: []byte(`{"kind":"test+job:run","spec":{"function":"else://p/f:f1"}}`)}); entity.CodeOf(err) != entity.CodeInvalid {
			t.Errorf("function of another kind: got %v, want invalid", err)
		}
	}, func(c *Config) { c.Catalog = made })
}

func TestASupersededVersionIsNoticed(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.must(w.store.Write(w.ctx(), func(tx store.Tx) error {
			f, err := tx.Entities().Get(w.ctx(), entity.Function, "f1")
			f.Status = json.RawMessage(`{"superseded_by":"store://p/function/test/f:f2"}`)
			tx.(*memTx).s.entities["function/f1"] = f
			return err
		}))
		v := w.view(w.create("r1", nil))
		if len(v.Notices) != 1 || !strings.Contains(v.Notices[0].Message, "store://p/function/test/f:f2") {
			t.Errorf("notices: got %v", v.Notices)
		}
		w.end("r1")
	})
}

// clockwork is a scheduler that remembers.
type clockwork struct{ put, gone []string }

func (c *clockwork) Check(pointer, expression string) error {
	if expression == "bad" {
		return entity.Invalid(pointer, "pattern", "spec.schedule: bad")
	}
	return nil
}

func (c *clockwork) PutRun(_ context.Context, _ store.Tx, r store.Run, expression string) error {
	c.put = append(c.put, r.ID+" "+expression)
	return nil
}

func (c *clockwork) DeleteRun(_ context.Context, _ store.Tx, r store.Run) error {
	c.gone = append(c.gone, r.ID)
	return nil
}

func (c *clockwork) Upcoming(_ context.Context, owner string, n int) (next []time.Time, err error) {
	if !strings.HasPrefix(owner, "run/uid") {
		return nil, fmt.Errorf("owner %s", owner)
	}
	for i := range n {
		next = append(next, time.Date(2030, 1, 1+i, 0, 0, 0, 0, time.UTC))
	}
	return next, nil
}

func TestARunWithAScheduleIsItsHandle(t *testing.T) {
	clock := &clockwork{}
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		if _, err := w.m.Create(w.ctx(), Write{Project: "p", Body: body("r0", map[string]any{"schedule": "bad"})}); entity.CodeOf(err) != entity.CodeInvalid {
			t.Errorf("bad expression: got %v", err)
		}
		w.create("r1", map[string]any{"schedule": "@daily"})
		time.Sleep(48 * time.Hour)
		v := w.get("r1")
		if v.State != entity.StateRunning || v.Reason.Code != entity.ReasonScheduled || w.engine.Attempts() != 0 {
			t.Errorf("got %s %s with %d attempts", v.State, v.Reason.Code, w.engine.Attempts())
		}
		status := func(d entity.Doc) string { o, _ := entity.ParseObject(d.Status); return string(o.Get("schedule")) }
		if got, want := status(v.doc), `{"expression":"@daily","next":["2030-01-01T00:00:00.000Z","2030-01-02T00:00:00.000Z","2030-01-03T00:00:00.000Z"]}`; got != want {
			t.Errorf("status.schedule: got %s, want %s", got, want)
		}
		page, err := w.m.List(w.ctx(), store.Query{Project: "p", Size: 10})
		w.must(err)
		if got := status(page.Items[0]); got != `{"expression":"@daily"}` {
			t.Errorf("status.schedule in a list: got %s", got)
		}
		d, err := w.m.Act(w.ctx(), "p", "r1", "stop", "ann")
		w.must(err)
		if got := status(w.get("r1").doc); got != `{"expression":"@daily"}` {
			t.Errorf("status.schedule of an ended handle: got %s", got)
		}
		if v := w.view(d); v.State != entity.StateStopped || v.Reason.Code != entity.ReasonScheduleEnded {
			t.Errorf("stopped: got %s %s", v.State, v.Reason.Code)
		}
		if len(clock.put) == 0 || clock.put[0] != "r1 @daily" || len(clock.gone) == 0 {
			t.Errorf("scheduler: got %v and %v", clock.put, clock.gone)
		}
		w.create("r2", map[string]any{"schedule": "@daily"})
		_, err = w.m.Delete(w.ctx(), "p", "r2")
		w.must(err)
		if clock.gone[len(clock.gone)-1] != "r2" {
			t.Errorf("deleted handle: got %v", clock.gone)
		}
	}, func(c *Config) { c.Scheduler = clock })
}
