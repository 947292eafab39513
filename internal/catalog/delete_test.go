package catalog_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"dhub/entity"
	"dhub/internal/catalog"
	"dhub/internal/store"
)

// reaper deletes runs through the store, as the run manager would once they have ended.
type reaper struct {
	store store.Store
	calls int
}

func (r *reaper) DeleteRuns(ctx context.Context, q store.Query) error {
	return r.delete(ctx, q, func(store.Run) bool { return true })
}

func (r *reaper) DeleteLiveRuns(ctx context.Context, project string) error {
	return r.delete(ctx, store.Query{Project: project}, func(x store.Run) bool { return !entity.FinalRun(x.State, false) })
}

func (r *reaper) Relabel(context.Context, string, string, string, string) (int64, error) {
	return 0, nil
}

func (r *reaper) delete(ctx context.Context, q store.Query, match func(store.Run) bool) error {
	r.calls++
	return r.store.Write(ctx, func(tx store.Tx) error {
		q.Entity, q.Size = entity.Run, 100
		p, err := tx.Runs().List(ctx, q, false)
		if err != nil {
			return err
		}
		for _, x := range p.Items {
			if match(x) {
				if err := tx.Runs().Delete(ctx, x.ID); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// shredder records whose files were to go.
type shredder struct{ ids []string }

func (s *shredder) DeleteFiles(_ context.Context, d entity.Doc) error {
	s.ids = append(s.ids, d.ID)
	return nil
}

func (b *bed) run(id string, f, task entity.Doc, state entity.State) {
	b.t.Helper()
	err := b.store.Write(b.ctx, func(tx store.Tx) error {
		_, err := tx.Runs().Create(b.ctx, store.Run{Doc: entity.Doc{Entity: entity.Run, ID: id, Name: id, Kind: "python+job:run", Project: f.Project, User: "alice", Created: b.at, Updated: b.at},
			UID: "uid-" + id, Function: f.Ref(), Task: task.Ref(), State: state, Desired: store.WantRun})
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bed) runs(project string) []string {
	b.t.Helper()
	ids := []string{}
	err := b.store.Read(b.ctx, func(tx store.Tx) error {
		p, err := tx.Runs().List(b.ctx, store.Query{Entity: entity.Run, Project: project, Size: 100, Sort: []store.Sort{{Field: "id"}}}, false)
		for _, r := range p.Items {
			ids = append(ids, r.ID)
		}
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	slices.Sort(ids)
	return ids
}

// populate makes two versions of a function with tasks and runs, and one of most other things.
func populate(b *bed) (f1, f2, t1, t2 entity.Doc) {
	b.t.Helper()
	f1 = b.create(entity.Function, "demo", hello)
	f2 = b.create(entity.Function, "demo", strings.Replace(hello, `"id":"f1"`, `"id":"f2"`, 1))
	t1 = b.create(entity.Task, "demo", `{"id":"t1","kind":"python+job","spec":{"function":"`+f1.Ref()+`"}}`)
	t2 = b.create(entity.Task, "demo", `{"id":"t2","kind":"python+job","spec":{"function":"`+f2.Ref()+`"}}`)
	b.run("r1", f1, t1, entity.StateCompleted)
	b.run("r2", f2, t2, entity.StateRunning)
	for _, id := range []string{"a1", "a2"} {
		b.create(entity.Artifact, "demo", `{"id":"`+id+`","name":"a","kind":"artifact","spec":{"path":"s3://b/a"},"status":{"files":[{"path":"x"}]}}`)
	}
	b.create(entity.Secret, "demo", `{"id":"s1","name":"S","kind":"secret","spec":{"path":"secret://S","provider":"kubernetes"}}`)
	err := b.store.Write(b.ctx, func(tx store.Tx) error { return tx.Values().Put(b.ctx, "demo", "S", []byte("sealed")) })
	if err != nil {
		b.t.Fatal(err)
	}
	return
}

func (b *bed) all(typ string) []string {
	return b.list(typ, map[string][]string{"versions": {"all"}})
}

func TestDeleteOneVersion(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	b.SetRuns(&reaper{store: b.store})
	f1, _, _, _ := populate(b)
	if err := b.Delete(b.ctx, entity.Function, "demo", "f2", false); err != nil {
		t.Fatal(err)
	}
	want(t, "functions", b.all(entity.Function), "[f1]")
	want(t, "latest", b.list(entity.Function, nil), "[f1]")
	want(t, "orphans stay", b.all(entity.Task), "[t2 t1]")
	want(t, "runs stay", b.runs("demo"), "[r1 r2]")
	if err := b.Delete(b.ctx, entity.Function, "demo", f1.ID, true); err != nil {
		t.Fatal(err)
	}
	want(t, "tasks", b.all(entity.Task), "[t2]")
	want(t, "runs", b.runs("demo"), "[r2]")
	if err := b.Delete(b.ctx, entity.Task, "demo", "t2", true); err != nil {
		t.Fatal(err)
	}
	want(t, "runs", b.runs("demo"), "[]")

	refused(t, b.Delete(b.ctx, entity.Function, "demo", "f1", false), "not_found", "", "No such function.")
	refused(t, b.Delete(b.ctx, entity.Artifact, "other", "a1", false), "invalid", "/project", "invalid project")
	if err := b.Delete(b.ctx, entity.Function, "", "f1", false); err != nil {
		t.Errorf("base API: %v", err)
	}
}

func TestDeleteByName(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	files := &shredder{}
	b.SetRuns(&reaper{store: b.store})
	b.SetFiles(files)
	populate(b)
	if err := b.DeleteByName(b.ctx, entity.Function, "demo", "hello", false); err != nil {
		t.Fatal(err)
	}
	want(t, "functions", b.all(entity.Function), "[]")
	want(t, "tasks", b.all(entity.Task), "[]")
	want(t, "runs", b.runs("demo"), "[]")
	if err := b.DeleteByName(b.ctx, entity.Artifact, "demo", "a", true); err != nil {
		t.Fatal(err)
	}
	slices.Sort(files.ids)
	want(t, "files", files.ids, "[a1 a2]")
	b.create(entity.Artifact, "demo", `{"id":"a1","name":"a","kind":"artifact","spec":{"path":"s3://b/a"}}`)
	want(t, "file list is new", member(t, b.get(entity.Artifact, "a1").Status, "files"), "[]")
	if err := b.DeleteByName(b.ctx, entity.Artifact, "demo", "a", false); err != nil {
		t.Fatal(err)
	}
	want(t, "bytes stay without cascade", len(files.ids), 2)

	if err := b.DeleteByName(b.ctx, entity.Artifact, "demo", "unknown", false); err != nil {
		t.Errorf("unknown name: %v", err)
	}
	refused(t, b.DeleteByName(b.ctx, entity.Artifact, "demo", "", false), "invalid", "name", "name")
	refused(t, b.DeleteByName(b.ctx, entity.Artifact, "demo", "a/b", false), "invalid", "/name", "name")
	refused(t, b.DeleteByName(b.ctx, entity.Task, "demo", "t1", false), "unimplemented", "", "by its id")
}

func TestDeleteSecretForgetsItsValue(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	populate(b)
	if err := b.Delete(b.ctx, entity.Secret, "demo", "s1", false); err != nil {
		t.Fatal(err)
	}
	err := b.store.Read(b.ctx, func(tx store.Tx) error { _, err := tx.Values().Get(b.ctx, "demo", "S"); return err })
	if !entity.IsNotFound(err) {
		t.Errorf("got %v", err)
	}
}

func TestDeleteProject(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	files := &shredder{}
	b.SetRuns(&reaper{store: b.store})
	b.SetFiles(files)
	b.create(entity.Project, "", `{"name":"other"}`)
	b.create(entity.Function, "other", strings.Replace(hello, `"id":"f1"`, `"id":"kept"`, 1))
	populate(b)
	if err := b.Delete(b.ctx, entity.Project, "", "demo", true); err != nil {
		t.Fatal(err)
	}
	for _, typ := range []string{entity.Function, entity.Task, entity.Artifact, entity.Secret, entity.Trigger} {
		want(t, typ, b.all(typ), "[]")
	}
	want(t, "runs", b.runs("demo"), "[]")
	want(t, "files", len(files.ids), 2)
	_, err := b.ProjectView(b.ctx, "demo")
	refused(t, err, "not_found", "", "No such project.")
	b.get(entity.Function, "kept")
	b.create(entity.Project, "", `{"name":"demo"}`)
	err = b.store.Read(b.ctx, func(tx store.Tx) error { _, err := tx.Values().Get(b.ctx, "demo", "S"); return err })
	if !entity.IsNotFound(err) {
		t.Errorf("the value outlived its project: %v", err)
	}
}

func TestDeleteProjectWithoutCascadeEndsLiveRuns(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	b.SetRuns(&reaper{store: b.store})
	populate(b)
	if err := b.Delete(b.ctx, entity.Project, "", "demo", false); err != nil {
		t.Fatal(err)
	}
	want(t, "runs", b.runs("demo"), "[r1]")
	want(t, "orphans", b.all(entity.Function), "[f2 f1]")
}

func TestProjectView(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	populate(b)
	b.create(entity.DataItem, "demo", `{"id":"d1","name":"d","kind":"dataitem","metadata":{"embedded":true},"spec":{"path":"s3://b/d"}}`)
	p, err := b.ProjectView(b.ctx, "demo")
	if err != nil {
		t.Fatal(err)
	}
	want(t, "models", member(t, p.Spec, "models"), "[]")
	want(t, "functions", member(t, p.Spec, "functions"), `[{"id":"f2","key":"store://demo/function/python/hello:f2","kind":"python","metadata":{"created":"2025-03-01T10:00:03.000Z","labels":["etl"],"name":"hello","project":"demo","ref":"http://localhost:8080/api/v1/-/demo/functions/f2","updated":"2025-03-01T10:00:03.000Z"},"name":"hello","project":"demo","user":"alice"}]`)
	var list []json.RawMessage
	if err := json.Unmarshal([]byte(member(t, p.Spec, "dataitems")), &list); err != nil || len(list) != 1 {
		t.Fatalf("got %v, %v", list, err)
	}
	want(t, "embedded whole", member(t, list[0], "spec", "path"), "s3://b/d")
	want(t, "ref", member(t, list[0], "metadata", "ref"), "http://localhost:8080/api/v1/-/demo/dataitems/d1")
	if o := member(t, b.get(entity.Project, "demo").Spec, "functions"); o != "" {
		t.Errorf("a plain read carries %s", o)
	}
}

func TestRelationshipsAndLabels(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	f1, _, _, _ := populate(b)
	runKey := "store://demo/run/python+job:run/r1:r1"
	b.create(entity.DataItem, "demo", `{"id":"d1","name":"d","kind":"dataitem","metadata":{"labels":["etl","nightly"],"relationships":[{"type":"produced_by","dest":"`+runKey+`"},{"dest":"store://x/y/z/n:1"}]},"spec":{"path":"s3://b/d"}}`)
	d := b.get(entity.DataItem, "d1")
	if !strings.Contains(string(d.Metadata), `{"dest":"store://x/y/z/n:1"}`) {
		t.Errorf("an entry without type was lost: %s", d.Metadata)
	}
	rel := func(typ, project, id string) string {
		t.Helper()
		list, err := b.Relationships(b.ctx, typ, project, id)
		if err != nil {
			t.Fatal(err)
		}
		var s []string
		for _, r := range list {
			s = append(s, r.Type+" "+r.Source+" "+r.Dest)
		}
		slices.Sort(s)
		return strings.Join(s, "; ")
	}
	produced := "produced_by " + d.Key() + " " + runKey
	want(t, "of the data item", rel(entity.DataItem, "demo", "d1"), " "+d.Key()+" store://x/y/z/n:1; "+produced)
	want(t, "of the run", rel(entity.Run, "demo", "r1"), produced+"; run_of "+runKey+" "+f1.Key())
	want(t, "of the project", rel(entity.Project, "", "demo"), " "+d.Key()+" store://x/y/z/n:1; "+produced)
	want(t, "of none", rel(entity.Artifact, "demo", "a1"), "")

	p, err := b.Labels(b.ctx, "demo", "n", false, 0, 20)
	if err != nil || len(p.Items) != 1 || p.Items[0].Label != "nightly" {
		t.Errorf("got %+v, %v", p, err)
	}
}

func TestSchemas(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	for typ, kinds := range map[string]string{
		"project": "project", "artifact": "artifact", "dataitem": "croissant dataitem table", "secret": "secret", "trigger": "lifecycle scheduler",
		"model": "huggingface mlflow model onnx sklearn tflite tvm-ir tvm-so", "function": "python", "workflow": "flow",
		"task": "flow+build flow+job python+build python+job", "run": "flow+build:run flow+job:run python+build:run python+job:run",
		"metadata": "metadata.audit metadata.base metadata.embedded metadata.relationships metadata.versioning", "extension": "", "containerimage": "",
	} {
		list, err := b.Schemas(typ, "")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range list {
			got = append(got, s.Kind)
			if s.ID != strings.ToUpper(typ)+":"+s.Kind || s.Entity != strings.ToUpper(typ) || !json.Valid(s.Schema) {
				t.Errorf("got %+v", s)
			}
			if _, err := b.Schema(typ, s.Kind); err != nil {
				t.Error(err)
			}
		}
		want(t, typ, strings.Join(got, " "), kinds)
	}
	list, _ := b.Schemas("task", "python")
	want(t, "of a runtime", len(list), 2)
	_, err := b.Schemas("log", "")
	refused(t, err, "not_found", "", "log")
	_, err = b.Schema("function", "cobol")
	refused(t, err, "invalid", "", "missing spec")
}

func TestParseQuery(t *testing.T) {
	t.Parallel()
	parse := func(typ, project string, pairs ...string) (store.Query, error) {
		v := map[string][]string{}
		for i := 0; i < len(pairs); i += 2 {
			v[pairs[i]] = append(v[pairs[i]], pairs[i+1])
		}
		return catalog.ParseQuery(typ, project, v)
	}
	ok := func(q store.Query, err error) store.Query {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	q := ok(parse(entity.Function, "demo"))
	if !q.Latest || q.Size != 25 || q.Page != 0 || len(q.Sort) != 1 || q.Sort[0].Field != "created" || !q.Sort[0].Desc {
		t.Errorf("got %+v", q)
	}
	q = ok(parse(entity.Function, "", "project", "p", "versions", "latest", "page", "-1", "size", "0", "sort", "updated,asc", "sort", "name,DESC", "id", "a,b", "labels", "x,y", "labels", "z", "q", "needle"))
	if !q.Latest || q.Project != "p" || q.Page != 0 || q.Size != 25 || len(q.Sort) != 2 || q.Sort[0].Desc || !q.Sort[1].Desc || len(q.IDs) != 2 || len(q.Labels) != 3 || q.Text != "needle" {
		t.Errorf("got %+v", q)
	}
	if q = ok(parse(entity.Function, "")); q.Latest {
		t.Error("base lists show all versions")
	}
	if q = ok(parse(entity.Function, "p", "versions", "all")); q.Latest {
		t.Error("all was not heard")
	}
	if q = ok(parse(entity.Project, "", "name", "De", "state", "BOGUS", "q", "x")); q.NameLike != "De" || q.State != "" || q.Text != "" || q.Sort[0].Field != "name" {
		t.Errorf("got %+v", q)
	}
	if q = ok(parse(entity.Run, "p", "function", "python://p/f:1", "action", "job")); q.Function != "python://p/f:1" || q.FunctionLike != "" || q.TaskLike != "+job://" {
		t.Errorf("got %+v", q)
	}
	if q = ok(parse(entity.Run, "p", "function", "python://p/f", "task", "python job://p/1", "action", "serve")); q.FunctionLike != "python://p/f:" || q.Task != "python+job://p/1" || q.TaskLike != "" {
		t.Errorf("got %+v", q)
	}
	if q = ok(parse(entity.Run, "p", "created", "2025-01-01T00:00:00Z,2025-01-02", "updated", "2025-01-01T01:00:00+01:00")); q.CreatedFrom.IsZero() || q.CreatedTo.Day() != 2 || !q.UpdatedFrom.Equal(q.CreatedFrom) || !q.UpdTo.IsZero() {
		t.Errorf("got %+v", q)
	}
	for _, bad := range [][]string{{"size", "1001"}, {"sort", "colour"}, {"sort", "name,UP"}, {"name", "a/b"}, {"kind", "a/b"}, {"created", "yesterday"}, {"created", "2025-01-01,2025-01-02,2025-01-03"}} {
		_, err := parse(entity.Function, "p", bad...)
		refused(t, err, "invalid", bad[0], "")
	}
	_, err := parse(entity.Task, "p", "function", "python://p/f")
	refused(t, err, "invalid", "function", "function")
	_, err = parse(entity.Run, "p", "task", "nonsense")
	refused(t, err, "invalid", "task", "task")
}
