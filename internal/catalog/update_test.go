package catalog_test

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"dhub/entity"
	"dhub/internal/catalog"
	"dhub/internal/store"
)

func spec(handler string) string {
	return `{"name":"hello","kind":"python","metadata":{"description":"` + handler + `"},"spec":{"source":{"handler":"` + handler + `","lang":"python"}},"status":{"state":"CREATED"}}`
}

func TestUpdateMakesVersions(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	f1 := b.create(entity.Function, "demo", hello)

	same := b.update(f1, `{"metadata":{"description":"d","version":"f1"},"spec":{"n":1.0,"source":{"handler":"main","lang":"python"}}}`)
	want(t, "id of an equal spec", same.ID, "f1")
	want(t, "description", member(t, same.Metadata, "description"), "d")
	want(t, "the spec keeps its bytes", string(same.Spec), string(f1.Spec))
	want(t, "user", same.User+" "+same.UpdatedBy, "alice bob")

	// The published client: three changed saves through the first id make two versions.
	f2 := b.update(f1, spec("other"))
	if f2.ID == "f1" {
		t.Fatal("a changed spec made no version")
	}
	want(t, "number", member(t, f2.Status, "version_number"), "2")
	want(t, "version of a new version", member(t, json.RawMessage(entity.Render(f2)), "metadata", "version"), f2.ID)
	for range 2 {
		again := b.update(f1, spec("other"))
		want(t, "id of a repeated save", again.ID, f2.ID)
	}
	want(t, "versions", b.list(entity.Function, map[string][]string{"versions": {"all"}}), "["+f2.ID+" f1]")
	want(t, "superseded", member(t, b.get(entity.Function, "f1").Status, "superseded_by"), f2.Key())

	// A save of the first one's own spec goes to the first one, and the pointer to its successor stays.
	back := b.update(f1, `{"spec":{"source":{"handler":"main"},"n":1.0},"status":{"state":"READY","mine":1}}`)
	want(t, "id", back.ID, "f1")
	want(t, "state", member(t, back.Status, "state"), "READY")
	want(t, "status", member(t, back.Status, "mine"), "1")
	want(t, "superseded", member(t, back.Status, "superseded_by"), f2.Key())
	want(t, "metadata is replaced", string(back.Metadata), "")

	// Without a spec only metadata and status change; without a state it falls back.
	bare := b.update(f2, `{"spec":null,"metadata":{"labels":["x"]}}`)
	want(t, "id", bare.ID, f2.ID)
	want(t, "state", member(t, bare.Status, "state"), "CREATED")
	want(t, "by label", b.list(entity.Function, map[string][]string{"labels": {"x"}}), "["+f2.ID+"]")

	f3 := b.update(f2, strings.Replace(spec("third"), `"description":"third"`, `"version":"2.1"`, 1))
	want(t, "version of the client", member(t, json.RawMessage(entity.Render(f3)), "metadata", "version"), "2.1")
	want(t, "latest", b.list(entity.Function, nil), "["+f3.ID+"]")
}

func TestUpdateOfWhatACientReadBack(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	f := b.create(entity.Function, "demo", hello)
	first := string(entity.Render(b.get(entity.Function, "f1")))
	b.update(f, first)
	o := member(t, b.get(entity.Function, "f1").Metadata)
	want(t, "stored metadata stays lean", o, `{"labels":["etl"]}`)
	want(t, "versions", b.list(entity.Function, map[string][]string{"versions": {"all"}}), "[f1]")
}

func TestUpdateRefusals(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	f := b.create(entity.Function, "demo", hello)
	b.create(entity.Project, "", `{"name":"other"}`)
	try := func(project, id, body string, match int64) error {
		_, err := b.Update(b.ctx, catalog.Write{Entity: entity.Function, Project: project, ID: id, Body: []byte(body), IfMatch: match})
		return err
	}
	refused(t, try("demo", "nope", `{}`, 0), "not_found", "", "No such function.")
	refused(t, try("other", "f1", `{}`, 0), "invalid", "/project", "invalid project")
	refused(t, try("demo", "f1", `{"spec":[]}`, 0), "invalid", "/spec", "object")
	refused(t, try("demo", "f1", `{"spec":{"source":1}}`, 0), "invalid", "/spec/source", "/spec/source")
	refused(t, try("demo", "f1", `{"status":{"state":"X"}}`, 0), "invalid", "/status/state", "status.state")
	refused(t, try("demo", "f1", `{}`, f.Seq+1), "conflict", "", "changed meanwhile")
	if err := try("demo", "f1", `{}`, f.Seq); err != nil {
		t.Error(err)
	}
	_, err := b.Update(b.ctx, catalog.Write{Entity: entity.Project, ID: "demo", Body: []byte(`{"name":"renamed"}`)})
	refused(t, err, "invalid", "/name", "cannot be renamed")
	_, err = b.Update(b.ctx, catalog.Write{Entity: entity.Function, Project: "demo", ID: "f1", Body: []byte(`{"spec":{"source":{},"odd":1}}`), Strict: true})
	refused(t, err, "invalid", "/spec/odd", "odd")
}

func TestOtherMembersNeverChange(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	a := b.create(entity.Artifact, "demo", `{"id":"a1","name":"a","kind":"artifact","spec":{"path":"s3://b/a"}}`)
	u := b.update(a, `{"id":"zz","name":"zz","kind":"zz","project":"zz","user":"zz","metadata":{"created":"1999-01-01T00:00:00.000Z","custom":{"x":1.0}}}`)
	want(t, "key", u.Key(), a.Key())
	want(t, "user", u.User, "alice")
	want(t, "created", u.Created, a.Created)
	want(t, "metadata", string(u.Metadata), `{"custom":{"x":1.0}}`)
}

func TestMaterialLifecycle(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	d := b.create(entity.DataItem, "demo", `{"id":"d1","name":"d","kind":"table","spec":{"path":"s3://b/d"},"extensions":[{"kind":"x"}]}`)
	state := func(body, wanted string) entity.Doc {
		t.Helper()
		d = b.update(d, body)
		want(t, body, member(t, d.Status, "state"), wanted)
		return d
	}
	state(`{"spec":{"path":"s3://b/moved"},"status":{"state":"UPLOADING"}}`, "UPLOADING")
	want(t, "spec before READY", string(d.Spec), `{"path":"s3://b/moved"}`)
	state(`{"status":{"state":"UPLOADING"}}`, "UPLOADING")
	state(`{"status":{"state":"ERROR","message":"boom"}}`, "ERROR")
	want(t, "message", member(t, d.Status, "message"), "boom")
	state(`{"status":{"state":"UPLOADING"}}`, "UPLOADING")
	want(t, "message is replaced", member(t, d.Status, "message"), "")
	state(`{"status":{"state":"READY","preview":{"rows":150}}}`, "READY")
	state(`{"status":{"state":"UPLOADING","message":null}}`, "READY") // out of reach: it stays
	state(`{}`, "READY")
	state(`{"status":{"state":"RUNNING"}}`, "READY")
	want(t, "extensions", string(d.Extensions), `[{"kind":"x"}]`)
	state(`{"spec":{"path":"s3://b/moved","schema":{},"unknown":1},"status":{"state":"READY"}}`, "READY")
	_, err := b.Update(b.ctx, catalog.Write{Entity: entity.DataItem, Project: "demo", ID: "d1", Body: []byte(`{"spec":{"path":"s3://b/again"}}`)})
	refused(t, err, "invalid", "/spec/path", "spec.path")
	want(t, "nothing changed", string(b.get(entity.DataItem, "d1").Spec), `{"path":"s3://b/moved"}`)

	r := b.create(entity.Model, "demo", `{"name":"m","kind":"mlflow","spec":{"path":"s3://b/m/","parameters":{"a":1.0}},"status":{"state":"READY"}}`)
	want(t, "initial state", member(t, r.Status, "state"), "READY")
	r = b.update(r, `{"spec":{"path":"s3://b/m/","flavor":"","parameters":{"a":1}},"status":{"state":"READY"}}`)
	want(t, "a number spelt differently is no change", string(r.Spec), `{"path":"s3://b/m/","parameters":{"a":1.0}}`)
	c := b.create(entity.Artifact, "demo", `{"name":"a","kind":"artifact","spec":{"path":"s3://b/a"},"status":{"state":"RUNNING"}}`)
	want(t, "state out of reach", member(t, c.Status, "state"), "CREATED")
}

func TestOneFileList(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	two := `[{"path":"a","size":1},{"path":"b","size":2}]`
	d := b.create(entity.Artifact, "demo", `{"id":"a1","name":"a","kind":"artifact","spec":{"path":"s3://b/a/"}}`)
	want(t, "none", member(t, d.Status, "files"), "[]")
	d = b.update(d, `{"status":{"state":"READY","files":`+two+`}}`)
	want(t, "two", member(t, d.Status, "files"), two)
	d = b.update(d, `{"status":{"state":"READY","files":[]}}`)
	want(t, "an empty list clears nothing", member(t, d.Status, "files"), two)
	long := "[" + strings.Repeat(`{"path":"x"},`, 100) + `{"path":"x"}]`
	err := b.store.Write(b.ctx, func(tx store.Tx) error { return tx.Files().Put(b.ctx, entity.Artifact, "a1", []byte(long)) })
	if err != nil {
		t.Fatal(err)
	}
	want(t, "too long for the status", member(t, b.get(entity.Artifact, "a1").Status, "files"), "[]")
	d = b.update(d, `{"status":{"state":"READY","files":[{"path":"only"}]}}`)
	want(t, "a new upload replaces the list", member(t, d.Status, "files"), `[{"path":"only"}]`)
}

func TestTasks(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	f := b.create(entity.Function, "demo", hello)
	task := b.create(entity.Task, "demo", `{"id":"t1","kind":"python+job","spec":{"function":"`+f.Ref()+`","resources":{"cpu":"500m","mem":{"requests":"1Gi","limits":"2Gi"}},"envs":[{"name":"A","value":""}]}}`)
	want(t, "key", task.Key(), "store://demo/task/python+job/t1")
	want(t, "name", task.Name, "t1")
	_, err := b.Create(b.ctx, catalog.Write{Entity: entity.Task, Project: "demo", Body: []byte(`{"id":"t2","kind":"python+job","spec":{"function":"` + f.Ref() + `"}}`)})
	refused(t, err, "invalid", "", "Duplicated entity task:")

	task = b.update(task, `{"spec":{"function":"python://demo/other:x","workflow":"flow://demo/w:1","envs":[{"name":"B","value":"1"}]}}`)
	want(t, "spec", string(task.Spec), `{"function":"`+f.Ref()+`","envs":[{"name":"B","value":"1"}]}`)

	again, err := b.EnsureTask(b.ctx, "demo", "python+job", f.Ref(), "carol")
	if err != nil || again.ID != "t1" {
		t.Errorf("got %s, %v", again.ID, err)
	}
	made, err := b.EnsureTask(b.ctx, "demo", "python+build", f.Ref(), "carol")
	if err != nil || made.User != "carol" || made.Kind != "python+build" {
		t.Errorf("got %+v, %v", made, err)
	}
	_, err = b.EnsureTask(b.ctx, "demo", "python+dance", f.Ref(), "carol")
	refused(t, err, "not_found", "/kind", "No such spec.")
	want(t, "by function", len(b.list(entity.Task, map[string][]string{"function": {f.Ref()}})), "2")
	want(t, "by function and kind", b.list(entity.Task, map[string][]string{"function": {f.Ref()}, "kind": {"python job"}}), "[t1]")
	want(t, "by name", b.list(entity.Task, map[string][]string{"name": {"t1"}}), "[t1]")

	w := b.create(entity.Workflow, "demo", `{"id":"w1","name":"w","kind":"flow","spec":{"source":{}}}`)
	if d, err := b.EnsureTask(b.ctx, "demo", "flow+job", w.Ref(), "carol"); err != nil || member(t, d.Spec, "workflow") != w.Ref() {
		t.Errorf("got %+v, %v", d, err)
	}
}

func TestSecretsAndTriggersKeepTheirSpec(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	s := b.create(entity.Secret, "demo", `{"name":"TOKEN","kind":"secret","spec":{"path":"secret://TOKEN","provider":"kubernetes"}}`)
	want(t, "key", s.Key(), "store://demo/secret/secret/TOKEN")
	_, err := b.Create(b.ctx, catalog.Write{Entity: entity.Secret, Project: "demo", Body: []byte(`{"name":"TOKEN","kind":"secret","spec":{"path":"secret://TOKEN","provider":"kubernetes"}}`)})
	refused(t, err, "invalid", "", "Duplicated entity secret:")
	s = b.update(s, string(entity.Render(s)))
	_, err = b.Update(b.ctx, catalog.Write{Entity: entity.Secret, Project: "demo", ID: s.ID, Body: []byte(`{"spec":{"path":"secret://OTHER","provider":"kubernetes"}}`)})
	refused(t, err, "invalid", "/spec/path", "cannot change")

	f := b.create(entity.Function, "demo", hello)
	task, err := b.EnsureTask(b.ctx, "demo", "python+job", f.Ref(), "alice")
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	b.Guard(entity.Trigger, catalog.Guard{Stored: func(_ context.Context, tx store.Tx, before, after *store.Record) error {
		seen = append(seen, verb(before, after))
		return nil
	}})
	tr := b.create(entity.Trigger, "demo", `{"name":"nightly","kind":"scheduler","spec":{"schedule":"@daily","task":"`+task.Ref()+`","function":"`+f.Ref()+`","template":{"parameters":{"a":0.5}}},"status":{"state":"RUNNING"}}`)
	want(t, "state", member(t, tr.Status, "state"), "CREATED")
	err = b.store.Write(b.ctx, func(tx store.Tx) error {
		_, err := catalog.SetStatus(b.ctx, tx, entity.Trigger, tr.ID, entity.StateRunning, entity.Object{{Name: "next", Value: json.RawMessage(`"soon"`)}}, time.Now())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	tr = b.update(tr, `{"status":{"state":"STOPPED","next":"never","mine":1}}`)
	want(t, "status", string(tr.Status), `{"state":"RUNNING","next":"soon","mine":1}`)
	_, err = b.Update(b.ctx, catalog.Write{Entity: entity.Trigger, Project: "demo", ID: tr.ID, Body: []byte(`{"spec":{"schedule":"@hourly","task":"` + task.Ref() + `","template":{}}}`)})
	refused(t, err, "invalid", "/spec/function", "cannot change")
	want(t, "by task", b.list(entity.Trigger, map[string][]string{"task": {task.Ref()}}), "["+tr.ID+"]")
	if err := b.Delete(b.ctx, entity.Trigger, "demo", tr.ID, false); err != nil {
		t.Fatal(err)
	}
	want(t, "guard saw", seen, "[create update delete]")
}

func TestProjectUpdate(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	p := b.get(entity.Project, "demo")
	p = b.update(p, `{"spec":{"source":"./","config":{"default_files_store":"s3://x"},"functions":[{"id":"x"}]},"metadata":{"description":"d"}}`)
	want(t, "spec", string(p.Spec), `{"source":"./","config":{"default_files_store":"s3://x"}}`)
	if strings.Contains(string(p.Status), "notices") {
		t.Errorf("got %s", p.Status)
	}
	p = b.update(p, `{"id":"demo","spec":null}`)
	want(t, "an absent spec changes nothing", member(t, p.Spec, "source"), "./")
}

func verb(before, after *store.Record) string {
	switch {
	case before == nil:
		return "create"
	case after == nil:
		return "delete"
	}
	return "update"
}

func TestEqualChangesAtOnceMakeOneVersion(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	f := b.create(entity.Function, "demo", hello)
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if _, err := b.Update(b.ctx, catalog.Write{Entity: f.Entity, Project: "demo", ID: f.ID, Body: []byte(spec("other"))}); err != nil {
				t.Error(err)
			}
			if _, err := b.EnsureTask(b.ctx, "demo", "python+job", f.Ref(), "alice"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	want(t, "versions", len(b.list(entity.Function, map[string][]string{"versions": {"all"}})), 2)
	want(t, "tasks", len(b.list(entity.Task, nil)), 1)
}
