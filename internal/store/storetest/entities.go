package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dhub/entity"
	"dhub/internal/store"
)

func testEntities(t *testing.T, b *bundle) {
	want := b.record(entity.Artifact, "p", "a")
	want.Labels, want.SpecHash, want.Embedded, want.Extensions = []string{"x", "y"}, "h", true, []byte(`[]`)
	want.Relations = []entity.Relation{{Type: entity.Consumes, Dest: "store://p/dataitem/table/d:1"}}
	got := b.create(want)
	want.Seq, want.Version = 1, 1
	if d := cmp.Diff(want, got); d != "" {
		t.Fatal(d)
	}
	b.read(func(tx store.Tx) (err error) {
		got, err = tx.Entities().Get(b.ctx, entity.Artifact, want.ID)
		return err
	})
	if d := cmp.Diff(want, got); d != "" {
		t.Fatal(d)
	}
	b.write(func(tx store.Tx) (err error) {
		got, err = tx.Entities().Update(b.ctx, entity.Artifact, want.ID, func(r store.Record) (store.Record, error) {
			r.State, r.Spec, r.Labels, r.Relations = "READY", []byte(`{"b":2}`), []string{"z"}, nil
			r.ID, r.Name, r.Kind, r.Project, r.Created, r.User = "no", "no", "no", "no", time.Time{}, "no"
			r.Updated, r.UpdatedBy = want.Updated.Add(time.Second), "bob"
			return r, nil
		})
		return err
	})
	want.State, want.Spec, want.Labels, want.Relations, want.Seq = "READY", []byte(`{"b":2}`), []string{"z"}, nil, 2
	want.Updated, want.UpdatedBy = want.Updated.Add(time.Second), "bob"
	if d := cmp.Diff(want, got); d != "" {
		t.Fatal(d)
	}
	refused := b.Write(b.ctx, func(tx store.Tx) error {
		_, err := tx.Entities().Update(b.ctx, entity.Artifact, want.ID, func(r store.Record) (store.Record, error) {
			r.State = "ERROR"
			return r, entity.Errorf(entity.CodeConflict, "no")
		})
		return err
	})
	b.wantCode(refused, entity.CodeConflict)
	if p := b.list(store.Query{Entity: entity.Artifact, Project: "p"}); len(p.Items) != 1 || p.Items[0].State != "READY" {
		t.Fatalf("got %v, want one READY artifact", p.Items)
	}
	b.write(func(tx store.Tx) error {
		if err := tx.Files().Put(b.ctx, entity.Artifact, want.ID, []byte(`[]`)); err != nil {
			return err
		}
		return tx.Entities().Delete(b.ctx, entity.Artifact, want.ID)
	})
	b.read(func(tx store.Tx) error {
		_, err := tx.Entities().Get(b.ctx, entity.Artifact, want.ID)
		b.wantCode(err, entity.CodeNotFound)
		if !strings.Contains(err.Error(), "No such EntityName.ARTIFACT") {
			t.Errorf("got message %q", err)
		}
		list, err := tx.Files().Get(b.ctx, entity.Artifact, want.ID)
		if list != nil {
			t.Errorf("got files %s of a deleted artifact", list)
		}
		return err
	})
	exists := func(tx store.Tx, want bool) error {
		t.Helper()
		got, err := tx.Entities().Exists(b.ctx, entity.Project, "there")
		if got != want {
			t.Errorf("got %v that the project exists, want %v", got, want)
		}
		return err
	}
	undo := entity.Errorf(entity.CodeConflict, "undo")
	for _, undone := range []bool{true, false} {
		err := b.Write(b.ctx, func(tx store.Tx) error {
			err := exists(tx, false)
			if err == nil {
				_, err = tx.Entities().Create(b.ctx, b.record(entity.Project, "there", "there"))
			}
			if err == nil {
				err = exists(tx, true)
			}
			if err == nil && undone {
				err = undo
			}
			return err
		})
		if undone {
			b.wantCode(err, entity.CodeConflict)
		} else if err != nil {
			t.Fatal(err)
		}
		b.read(func(tx store.Tx) error { return exists(tx, !undone) })
	}
	b.write(func(tx store.Tx) error {
		err := exists(tx, true)
		if err == nil {
			err = tx.Entities().Delete(b.ctx, entity.Project, "there")
		}
		if err == nil {
			err = exists(tx, false)
		}
		return err
	})
	for name, f := range map[string]func(store.Tx) error{
		"delete": func(tx store.Tx) error { return tx.Entities().Delete(b.ctx, entity.Artifact, "none") },
		"update": func(tx store.Tx) error {
			_, err := tx.Entities().Update(b.ctx, entity.Artifact, "none", func(r store.Record) (store.Record, error) { return r, nil })
			return err
		},
		"get": func(tx store.Tx) error { _, err := tx.Entities().Get(b.ctx, entity.Artifact, "none"); return err },
		"latest": func(tx store.Tx) error {
			_, err := tx.Entities().Latest(b.ctx, entity.Artifact, "p", "none")
			return err
		},
	} {
		if err := b.Write(b.ctx, f); !entity.IsNotFound(err) {
			t.Errorf("%s: got %v, want not found", name, err)
		}
	}
	if err := b.Read(b.ctx, func(tx store.Tx) error { return tx.Entities().Delete(b.ctx, entity.Artifact, "x") }); err == nil {
		t.Error("a write inside Read was accepted")
	}
}

func testVersions(t *testing.T, b *bundle) {
	v1 := b.create(b.record(entity.Function, "p", "f"))
	v2 := b.create(b.record(entity.Function, "p", "f"))
	other := b.create(b.record(entity.Function, "q", "f"))
	v3 := b.record(entity.Function, "p", "f")
	v3.Kind = "container"
	v3 = b.create(v3)
	for i, r := range []store.Record{v1, v2, v3} {
		if r.Version != int64(i+1) {
			t.Errorf("got version %d, want %d", r.Version, i+1)
		}
	}
	if other.Version != 1 {
		t.Errorf("got version %d in another project, want 1", other.Version)
	}
	ids := func(q store.Query) (out []string) {
		q.Entity = entity.Function
		for _, r := range b.list(q).Items {
			out = append(out, r.ID)
		}
		return out
	}
	check := func(what string, got []string, want ...string) {
		t.Helper()
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", what, d)
		}
	}
	check("all versions, newest first", ids(store.Query{Project: "p", Name: "f"}), v3.ID, v2.ID, v1.ID)
	check("latest of all projects", ids(store.Query{Latest: true}), v3.ID, other.ID)
	check("latest hides a name whose newest version has another kind", ids(store.Query{Project: "p", Latest: true, Kind: "python"}))
	latest := func() (r store.Record) {
		b.read(func(tx store.Tx) (err error) {
			r, err = tx.Entities().Latest(b.ctx, entity.Function, "p", "f")
			return err
		})
		return r
	}
	if got := latest(); got.ID != v3.ID {
		t.Errorf("got latest %s, want %s", got.ID, v3.ID)
	}
	b.write(func(tx store.Tx) error { return tx.Entities().Delete(b.ctx, entity.Function, v3.ID) })
	check("latest after the newest was deleted", ids(store.Query{Project: "p", Latest: true}), v2.ID)
	b.write(func(tx store.Tx) error { return tx.Entities().Delete(b.ctx, entity.Function, v1.ID) })
	check("latest after an older one was deleted", ids(store.Query{Project: "p", Latest: true}), v2.ID)

	old := b.record(entity.Function, "p", "f")
	old.Created = v1.Created.Add(-time.Hour)
	old = b.create(old)
	check("a version with an earlier time is not the latest", ids(store.Query{Project: "p", Latest: true}), v2.ID)
	same := b.record(entity.Function, "p", "f")
	same.Created = v2.Created
	same = b.create(same)
	check("of two with one time the later is the latest", ids(store.Query{Project: "p", Latest: true}), same.ID)
	check("and it is listed first", ids(store.Query{Project: "p"}), same.ID, v2.ID, old.ID)
	if got := latest(); got.ID != same.ID {
		t.Errorf("got latest %s, want %s", got.ID, same.ID)
	}
}

func testUnique(t *testing.T, b *bundle) {
	try := func(r store.Record) error {
		return b.Write(b.ctx, func(tx store.Tx) error { _, err := tx.Entities().Create(b.ctx, r); return err })
	}
	duplicate := func(what string, r store.Record, want string) {
		t.Helper()
		if err := try(r); err == nil || err.Error() != want || entity.CodeOf(err) != entity.CodeInvalid {
			t.Errorf("%s: got %v, want %s", what, err, want)
		}
	}
	f := b.create(b.record(entity.Function, "p", "f"))
	again := b.record(entity.Function, "other", "g")
	again.ID = f.ID
	duplicate("id in another project", again, "Duplicated entity function:"+f.ID+".")
	again.Entity = entity.Workflow
	if err := try(again); err != nil {
		t.Errorf("id of another type: %v", err)
	}
	p := b.record(entity.Project, "", "p")
	p.ID = "p"
	b.create(p)
	p2 := b.record(entity.Project, "", "p")
	duplicate("project", p2, "Duplicated entity project:p.")
	b.read(func(tx store.Tx) error { _, err := tx.Entities().Get(b.ctx, entity.Project, "p"); return err })
	b.create(b.record(entity.Secret, "p", "S"))
	s2 := b.record(entity.Secret, "p", "S")
	duplicate("secret", s2, "Duplicated entity secret:"+s2.ID+".")
	b.create(b.record(entity.Secret, "q", "S"))
	task := func(function, workflow, kind string) store.Record {
		r := b.record(entity.Task, "p", "t")
		r.Kind, r.Function, r.Workflow = kind, function, workflow
		return r
	}
	b.create(task("python://p/f:1", "", "python+job"))
	b.create(task("python://p/f:1", "", "python+serve"))
	b.create(task("python://p/f:2", "", "python+job"))
	b.create(task("", "kfp://p/w:1", "kfp+pipeline"))
	t2 := task("python://p/f:1", "", "python+job")
	duplicate("task", t2, "Duplicated entity task:"+t2.ID+".")
	t3 := task("", "kfp://p/w:1", "kfp+pipeline")
	duplicate("task of a workflow", t3, "Duplicated entity task:"+t3.ID+".")
	r := b.createRun(b.run("p", "python://p/f:1", entity.StateReady))
	r2 := b.run("q", "python://p/f:1", entity.StateReady)
	r2.ID = r.ID
	err := b.Write(b.ctx, func(tx store.Tx) error { _, err := tx.Runs().Create(b.ctx, r2); return err })
	if err == nil || err.Error() != "Duplicated entity run:"+r.ID+"." {
		t.Errorf("got %v for a taken id of a run", err)
	}
	if got := b.runs(store.Query{}); got.Total != 1 {
		t.Errorf("got %d runs after a refused one, want 1", got.Total)
	}
}

func testEntityLists(t *testing.T, b *bundle) {
	var all []store.Record
	for i := range 60 {
		r := b.record(entity.DataItem, []string{"p", "q"}[i%2], fmt.Sprintf("Item_%02d", i%20))
		r.Kind, r.State, r.User = []string{"table", "dataitem", "croissant"}[i%3], []string{"READY", "ERROR"}[i/30], []string{"alice", "bob"}[i/6%2]
		if i%5 == 0 {
			r.Labels = []string{"od", fmt.Sprint("l", i%2)}
		}
		if i%3 > 0 {
			r.Function = fmt.Sprintf("python://p/%s:%d", []string{"Fn", "fn", "Fn2"}[i%5%3], i)
		}
		all = append(all, b.create(r))
	}
	check := func(what string, q store.Query, ok func(store.Record) bool) {
		t.Helper()
		q.Entity = entity.DataItem
		q.Size = 1000
		var want, got []string
		for i := len(all) - 1; i >= 0; i-- {
			if ok(all[i]) {
				want = append(want, all[i].ID)
			}
		}
		p := b.list(q)
		for _, r := range p.Items {
			got = append(got, r.ID)
		}
		if d := cmp.Diff(want, got); d != "" || p.Total != int64(len(want)) || !p.Exact || p.More {
			t.Errorf("%s: total %d, exact %v, more %v: %s", what, p.Total, p.Exact, p.More, d)
		}
		if len(want) == 0 {
			t.Errorf("%s: the test expects nothing", what)
		}
	}
	check("none", store.Query{}, func(store.Record) bool { return true })
	check("project", store.Query{Project: "q"}, func(r store.Record) bool { return r.Project == "q" })
	check("text", store.Query{Text: "iTeM_1"}, func(r store.Record) bool { return strings.HasPrefix(r.Name, "Item_1") })
	check("text in id", store.Query{Text: all[17].ID[20:]}, func(r store.Record) bool { return r.ID == all[17].ID })
	check("name", store.Query{Name: "Item_03"}, func(r store.Record) bool { return r.Name == "Item_03" })
	check("name like", store.Query{NameLike: "M_03"}, func(r store.Record) bool { return r.Name == "Item_03" })
	check("function by name", store.Query{FunctionName: "Fn"}, func(r store.Record) bool { return strings.HasPrefix(r.Function, "python://p/Fn:") })
	check("kind", store.Query{Kind: "table"}, func(r store.Record) bool { return r.Kind == "table" })
	check("user", store.Query{User: "bob"}, func(r store.Record) bool { return r.User == "bob" })
	check("state", store.Query{State: "ERROR"}, func(r store.Record) bool { return r.State == "ERROR" })
	check("created", store.Query{CreatedFrom: all[5].Created, CreatedTo: all[9].Created}, func(r store.Record) bool {
		return !r.Created.Before(all[5].Created) && !r.Created.After(all[9].Created)
	})
	check("updated", store.Query{UpdatedFrom: all[50].Updated}, func(r store.Record) bool { return !r.Updated.Before(all[50].Updated) })
	check("labels are whole and all", store.Query{Labels: []string{"od", "l1"}}, func(r store.Record) bool { return len(r.Labels) > 1 && r.Labels[1] == "l1" })
	check("ids", store.Query{IDs: []string{all[3].ID, all[7].ID, "none"}}, func(r store.Record) bool { return r.ID == all[3].ID || r.ID == all[7].ID })
	check("several", store.Query{Project: "p", Kind: "table", State: "READY", User: "alice"}, func(r store.Record) bool {
		return r.Project == "p" && r.Kind == "table" && r.State == "READY" && r.User == "alice"
	})
	newest := map[string]string{}
	for _, r := range all {
		newest[r.Project+r.Name] = r.ID
	}
	check("latest", store.Query{Latest: true}, func(r store.Record) bool { return newest[r.Project+r.Name] == r.ID })
	for _, q := range []store.Query{{Text: "%"}, {Text: "tem-0"}, {NameLike: "_0_"}, {Labels: []string{"o"}}, {Kind: "none"}, {FunctionName: "FN"}, {IDs: []string{}}, {Project: "none"}, {Text: `\`}} {
		q.Entity = entity.DataItem
		if p := b.list(q); len(p.Items) != 0 || p.Total != 0 || !p.Exact {
			t.Errorf("%+v: got %d items of %d, want none", q, len(p.Items), p.Total)
		}
	}
	for _, sort := range [][]store.Sort{nil, {{Field: "created"}}, {{Field: "name"}}, {{Field: "name", Desc: true}, {Field: "updated"}}, {{Field: "state"}, {Field: "createdBy", Desc: true}},
		{{Field: "id", Desc: true}}, {{Field: "kind"}}, {{Field: "project"}}, {{Field: "updatedBy"}}, {{Field: "embedded"}}, {{Field: "function"}, {Field: "workflow"}, {Field: "task"}}} {
		whole := b.list(store.Query{Entity: entity.DataItem, Sort: sort, Size: 1000})
		var paged []store.Record
		for page := 0; ; page++ {
			p := b.list(store.Query{Entity: entity.DataItem, Sort: sort, Size: 7, Page: page})
			if p.Total != 60 {
				t.Errorf("%v: got total %d, want 60", sort, p.Total)
			}
			paged = append(paged, p.Items...)
			if !p.More {
				break
			}
		}
		if d := cmp.Diff(whole.Items, paged); d != "" {
			t.Errorf("%v: pages differ from the whole: %s", sort, d)
		}
		jump := b.list(store.Query{Entity: entity.DataItem, Sort: sort, Size: 9, Page: 3})
		if d := cmp.Diff(whole.Items[27:36], jump.Items); d != "" {
			t.Errorf("%v: page 3 out of order: %s", sort, d)
		}
		beyond := b.list(store.Query{Entity: entity.DataItem, Sort: sort, Size: 1000, Page: 1 << 40})
		if len(beyond.Items) != 0 || beyond.Total != 60 || beyond.More {
			t.Errorf("%v: got %+v beyond the end", sort, beyond)
		}
	}
	byName := b.list(store.Query{Entity: entity.DataItem, Project: "p", Sort: []store.Sort{{Field: "name"}}, Size: 3})
	if n := byName.Items; n[0].Name != "Item_00" || !n[0].Created.After(n[1].Created) || !n[1].Created.After(n[2].Created) {
		t.Errorf("equal names are not newest first: %v %v %v", n[0].Created, n[1].Created, n[2].Created)
	}
	b.read(func(tx store.Tx) error {
		_, err := tx.Entities().List(b.ctx, store.Query{Entity: entity.DataItem, Sort: []store.Sort{{Field: "metadata.name"}}, Size: 1})
		b.wantCode(err, entity.CodeInvalid)
		_, err = tx.Runs().List(b.ctx, store.Query{Sort: []store.Sort{{Field: "spec"}}, Size: 1}, false)
		b.wantCode(err, entity.CodeInvalid)
		return nil
	})
}

func testLabels(t *testing.T, b *bundle) {
	for i := range 30 {
		r := b.record(entity.Model, "p", fmt.Sprint("m", i))
		r.Labels = []string{"all", fmt.Sprintf("x-%02d", i)}
		b.create(r)
	}
	run := b.run("p", "python://p/f:1", entity.StateReady)
	run.Labels = []string{"on-run", "all"}
	b.createRun(run)
	get := func(project, prefix string, page, size int) (p store.Page[string]) {
		b.read(func(tx store.Tx) (err error) {
			p, err = tx.Entities().Labels(b.ctx, project, prefix, page, size)
			return err
		})
		return p
	}
	if p := get("p", "", 0, 2); p.Total != 32 || !p.More || cmp.Diff([]string{"all", "on-run"}, p.Items) != "" {
		t.Errorf("got %+v", p)
	}
	if p := get("p", "x-1", 1, 4); p.Total != 10 || !p.More || cmp.Diff([]string{"x-14", "x-15", "x-16", "x-17"}, p.Items) != "" {
		t.Errorf("got %+v", p)
	}
	if p := get("q", "", 0, 5); p.Total != 0 || p.More {
		t.Errorf("got %+v in another project", p)
	}
	b.write(func(tx store.Tx) error {
		return tx.Entities().Delete(b.ctx, entity.Model, b.list(store.Query{Entity: entity.Model, Name: "m3"}).Items[0].ID)
	})
	if p := get("p", "x-03", 0, 5); p.Total != 0 {
		t.Errorf("got the label of a deleted model: %+v", p)
	}
	if p := b.runs(store.Query{Project: "p", Labels: []string{"all", "on-run"}}); p.Total != 1 || len(p.Items) != 1 {
		t.Errorf("got %d runs by label, want 1", p.Total)
	}
	if p := b.runs(store.Query{Project: "p", Labels: []string{"al"}}); p.Total != 0 {
		t.Errorf("got %d runs by part of a label, want none", p.Total)
	}
}

func testGraph(t *testing.T, b *bundle) {
	item := b.create(b.record(entity.DataItem, "p", "d"))
	run := b.run("p", "python://p/f:1", entity.StateReady)
	run.Relations = []entity.Relation{{Type: entity.RunOf, Dest: "store://p/function/python/f:1"}, {Type: entity.Consumes, Dest: item.Key()}}
	run = b.createRun(run)
	art := b.record(entity.Artifact, "p", "a")
	art.Relations = []entity.Relation{{Type: entity.ProducedBy, Dest: run.Key()}, {Type: "custom", Source: item.Key(), Dest: "store://p/model/model/m:1"}}
	art = b.create(art)
	touching := func(key string) (out []string) {
		b.read(func(tx store.Tx) error {
			list, err := tx.Graph().Touching(b.ctx, "p", key)
			for _, r := range list {
				out = append(out, r.Type)
				if r.Source == "" {
					t.Errorf("relation %v without source", r)
				}
			}
			return err
		})
		return out
	}
	for key, want := range map[string][]string{
		item.Key():                      {"custom", "consumes"},
		run.Key():                       {"run_of", "consumes", "produced_by"},
		"store://p/function/python/f:1": {"run_of"},
		"store://p/model/model/m:1":     {"custom"},
		art.Key():                       {"produced_by"},
		"store://p/model/model/m:2":     nil,
	} {
		if d := cmp.Diff(want, touching(key)); d != "" {
			t.Errorf("%s: %s", key, d)
		}
	}
	b.write(func(tx store.Tx) error {
		_, err := tx.Entities().Update(b.ctx, entity.Artifact, art.ID, func(r store.Record) (store.Record, error) {
			r.Relations = r.Relations[:1]
			return r, nil
		})
		return err
	})
	if got := touching(item.Key()); cmp.Diff([]string{"consumes"}, got) != "" {
		t.Errorf("got %v after a relation was removed", got)
	}
	b.write(func(tx store.Tx) error { return tx.Runs().Delete(b.ctx, run.ID) })
	if got := touching(item.Key()); got != nil {
		t.Errorf("got %v after the run was deleted", got)
	}
}

func testJSON(t *testing.T, b *bundle) {
	docs := []string{
		`{"a": 1.0,"b":12345678901234567,"c":[1e400, -0.0, 1E+2],  "é":"ü\u00e9 \ud83d\ude00 🙂","a":2}`,
		strings.Repeat(`{"x":[`, 500) + strings.Repeat(`]}`, 500),
		`{"big":"` + strings.Repeat("0123456789abcdef", 5<<16) + `"}`,
		`"NaN"`, `null`, `{}`,
	}
	for i, doc := range docs {
		r := b.record(entity.Model, "p", fmt.Sprint("m", i))
		r.Spec, r.Metadata, r.Status = []byte(doc), []byte(doc), nil
		r = b.create(r)
		run := b.run("p", "python://p/f:1", entity.StateReady)
		run.Spec, run.Status, run.Metadata, run.FunctionSpec, run.TaskSpec, run.Control = []byte(doc), []byte(doc), []byte(doc), []byte(doc), nil, nil
		run = b.createRun(run)
		b.read(func(tx store.Tx) error {
			got, err := tx.Entities().Get(b.ctx, entity.Model, r.ID)
			if err != nil {
				return err
			}
			if string(got.Spec) != doc || string(got.Metadata) != doc || got.Status != nil || got.Extensions != nil {
				t.Errorf("document %d of an entity changed", i)
			}
			gotRun, err := tx.Runs().Get(b.ctx, run.ID)
			if string(gotRun.Spec) != doc || string(gotRun.Status) != doc || string(gotRun.Metadata) != doc || string(gotRun.FunctionSpec) != doc || gotRun.TaskSpec != nil || gotRun.Control != nil {
				t.Errorf("document %d of a run changed", i)
			}
			return err
		})
	}
}
