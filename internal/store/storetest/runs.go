package storetest

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"dhub/entity"
	"dhub/internal/store"
)

var seed = flag.Uint64("seed", 1, "of the runs that lists are tested with")

func testRuns(t *testing.T, b *bundle) {
	want := b.run("p", "python://p/f:1", entity.StateCreated)
	want.Labels, want.Workflow, want.Extensions = []string{"l"}, "kfp://p/w:1", []byte(`[]`)
	want.Relations = []entity.Relation{{Type: entity.RunOf, Dest: "store://p/function/python/f:1"}}
	want.Wake, want.Attempt, want.Resume = b.clock.Now().Add(time.Minute), 3, true
	got := b.createRun(want)
	want.Seq = 1
	if d := gocmp.Diff(want, got); d != "" {
		t.Fatal(d)
	}
	for name, get := range map[string]func(store.Tx) (store.Run, error){
		"id":  func(tx store.Tx) (store.Run, error) { return tx.Runs().Get(b.ctx, want.ID) },
		"uid": func(tx store.Tx) (store.Run, error) { return tx.Runs().GetByUID(b.ctx, want.UID) },
	} {
		b.read(func(tx store.Tx) error {
			got, err := get(tx)
			if d := gocmp.Diff(want, got); d != "" {
				t.Errorf("by %s: %s", name, d)
			}
			return err
		})
	}
	light := want
	light.Spec, light.FunctionSpec, light.TaskSpec = nil, nil, nil
	if d := gocmp.Diff([]store.Run{light}, b.runs(store.Query{Project: "p"}).Items); d != "" {
		t.Errorf("list: %s", d)
	}
	b.read(func(tx store.Tx) error {
		p, err := tx.Runs().List(b.ctx, store.Query{Size: 5}, true)
		if d := gocmp.Diff([]store.Run{want}, p.Items); d != "" {
			t.Errorf("full list: %s", d)
		}
		return err
	})
	b.write(func(tx store.Tx) (err error) {
		got, err = tx.Runs().Update(b.ctx, want.ID, func(r store.Run) (store.Run, error) {
			r.State, r.Desired, r.Engine, r.Status, r.FunctionSpec = entity.StateRunning, store.WantStop, "other", []byte(`{"x":1.0}`), []byte(`{"new":1}`)
			r.Local, r.Resume, r.Wake, r.Labels, r.Relations = true, false, time.Time{}, nil, nil
			r.ID, r.UID, r.Kind, r.Project, r.Name, r.User = "no", "no", "no", "no", "no", "no"
			r.Updated = r.Updated.Add(time.Second)
			return r, nil
		})
		return err
	})
	want.State, want.Desired, want.Engine, want.Status, want.FunctionSpec = entity.StateRunning, store.WantStop, "other", []byte(`{"x":1.0}`), []byte(`{"new":1}`)
	want.Local, want.Resume, want.Wake, want.Labels, want.Relations, want.Seq = true, false, time.Time{}, nil, nil, 2
	want.Updated = want.Updated.Add(time.Second)
	if d := gocmp.Diff(want, got); d != "" {
		t.Fatal(d)
	}
	b.read(func(tx store.Tx) error {
		got, err := tx.Runs().Get(b.ctx, want.ID)
		if d := gocmp.Diff(want, got); d != "" {
			t.Error(d)
		}
		_, missing := tx.Runs().Get(b.ctx, "none")
		b.wantCode(missing, entity.CodeNotFound)
		return err
	})
	// Written and read in one transaction, then undone.
	failed := entity.Errorf(entity.CodeConflict, "undo")
	err := b.Write(b.ctx, func(tx store.Tx) error {
		r, err := tx.Runs().Create(b.ctx, b.run("fresh", "python://fresh/f:9", entity.StateReady))
		if err != nil {
			return err
		}
		if got, err := tx.Runs().Get(b.ctx, r.ID); err != nil || got.Function != r.Function {
			t.Errorf("got %v %v inside the transaction", got.Function, err)
		}
		p, err := tx.Runs().List(b.ctx, store.Query{Project: "fresh", Text: "lynx", Size: 9}, false)
		if err != nil || p.Total != 1 {
			t.Errorf("got %d runs inside the transaction (%v), want 1", p.Total, err)
		}
		counts, err := tx.Runs().CountStates(b.ctx, "fresh")
		if err != nil || counts[entity.StateReady] != 1 {
			t.Errorf("got counts %v inside the transaction (%v)", counts, err)
		}
		return failed
	})
	b.wantCode(err, entity.CodeConflict)
	if p := b.runs(store.Query{Project: "fresh"}); p.Total != 0 {
		t.Errorf("got %d runs of an undone transaction", p.Total)
	}
	again := b.createRun(b.run("fresh", "python://fresh/f:9", entity.StateReady))
	if p := b.runs(store.Query{Project: "fresh", Function: again.Function}); p.Total != 1 {
		t.Errorf("got %d runs after an undone transaction and a good one, want 1", p.Total)
	}
}

// firedBy is the key that a relation of some runs names.
const firedBy = "store://p/trigger/scheduler/nightly:1"

// fill makes n runs that differ in all that lists filter by; times are not in the order of creation.
func (b *bundle) fill(n int) (all []store.Run) {
	rnd := rand.New(rand.NewPCG(*seed, 2))
	states := []entity.State{entity.StateCompleted, entity.StateCompleted, entity.StateCompleted, entity.StateError, entity.StateStopped, entity.StateReady}
	words := []string{"brave", "calm", "eager", "happy"}
	for chunk := 0; chunk < n; chunk += 100 {
		b.write(func(tx store.Tx) error {
			for range min(100, n-chunk) {
				project := []string{"p", "p", "p", "q"}[rnd.IntN(4)]
				f := rnd.IntN(6)
				r := b.run(project, fmt.Sprintf("python://%s/f%d:%d", project, f/2, f), states[rnd.IntN(len(states))])
				r.Kind = []string{"python+job:run", "python+serve:run"}[f%2]
				r.Task = fmt.Sprintf("%s://%s/t%d", strings.TrimSuffix(r.Kind, ":run"), project, f)
				r.User = []string{"alice", "bob", "carol"}[rnd.IntN(3)]
				if rnd.IntN(40) == 0 {
					r.User = "dave"
				}
				r.Name = words[rnd.IntN(4)] + "-" + []string{"Lynx", "owl"}[rnd.IntN(2)]
				r.ID = fmt.Sprintf("%016x%016x", rnd.Uint64(), rnd.Uint64())
				if f == 5 {
					r.Workflow = "kfp://" + project + "/flow:1"
				}
				r.Created = r.Created.Add(-time.Duration(rnd.IntN(50)) * time.Millisecond)
				r.Updated = r.Created.Add(time.Duration(rnd.IntN(500)) * time.Millisecond)
				if rnd.IntN(8) == 0 {
					r.Updated = r.Updated.Add([]time.Duration{2 * time.Hour, 48 * time.Hour}[rnd.IntN(2)])
				}
				if rnd.IntN(3) == 0 {
					r.Labels = []string{"etl"}
				}
				if rnd.IntN(4) == 0 {
					r.Relations = []entity.Relation{{Type: entity.ProducedBy, Dest: firedBy}}
				}
				if entity.FinalRun(r.State, false) {
					r.Finished = r.Created.Add(time.Duration(rnd.IntN(900)) * time.Millisecond)
				}
				r, err := tx.Runs().Create(b.ctx, r)
				if err != nil {
					return err
				}
				all = append(all, r)
			}
			return nil
		})
	}
	return all
}

// matches says what a query means, slowly.
func matches(q store.Query, r store.Run) bool {
	like := func(s, part string) bool { return strings.Contains(strings.ToLower(s), strings.ToLower(part)) }
	eq := func(want, got string) bool { return want == "" || want == got }
	if q.IDs != nil && !slices.Contains(q.IDs, r.ID) {
		return false
	}
	for _, l := range q.Labels {
		if !slices.Contains(r.Labels, l) {
			return false
		}
	}
	if q.States != nil && !slices.Contains(q.States, string(r.State)) ||
		q.Relation != "" && !slices.ContainsFunc(r.Relations, func(x entity.Relation) bool { return x.Source == q.Relation || x.Dest == q.Relation }) {
		return false
	}
	named := func(name, ref string) bool {
		x, ok := entity.ParseExecRef(ref)
		return name == "" || ok && x.Name == name
	}
	return named(q.FunctionName, r.Function) && named(q.WorkflowName, r.Workflow) && eq(q.Project, r.Project) && eq(q.Kind, r.Kind) && eq(q.User, r.User) && eq(q.State, string(r.State)) && eq(q.Function, r.Function) &&
		eq(q.Workflow, r.Workflow) && eq(q.Task, r.Task) && eq(q.Name, r.Name) && like(r.Name, q.NameLike) &&
		like(r.Function, q.FunctionLike) && like(r.Workflow, q.WorkflowLike) && like(r.Task, q.TaskLike) &&
		(q.Text == "" || like(r.ID, q.Text) || like(r.Name, q.Text) || like(r.Function, q.Text) || like(r.Workflow, q.Text)) &&
		(q.CreatedFrom.IsZero() || !r.Created.Before(q.CreatedFrom)) && (q.CreatedTo.IsZero() || !r.Created.After(q.CreatedTo)) &&
		(q.UpdatedFrom.IsZero() || !r.Updated.Before(q.UpdatedFrom)) && (q.UpdTo.IsZero() || !r.Updated.After(q.UpdTo))
}

// model lists as Runs.List should; order is creation's place in all.
func model(all []store.Run, q store.Query, now time.Time) (ids []string) {
	type row struct {
		store.Run
		i int
	}
	var rows []row
	for i, r := range all {
		if matches(q, r) {
			rows = append(rows, row{r, i})
		}
	}
	sort := q.Sort
	if len(sort) == 0 {
		sort = []store.Sort{{Field: "created", Desc: true}}
	}
	tieDesc := sort[0].Desc || sort[0].Field != "created" && sort[0].Field != "updated"
	slices.SortFunc(rows, func(a, b row) int {
		for _, s := range sort {
			var c int
			switch s.Field {
			case "created":
				c = a.Created.Compare(b.Created)
			case "updated":
				c = a.Updated.Compare(b.Updated)
			case "name":
				c = cmp.Compare(a.Name, b.Name)
			case "id":
				c = cmp.Compare(a.ID, b.ID)
			case "state":
				c = cmp.Compare(a.State, b.State)
			case "function":
				c = cmp.Compare(a.Function, b.Function)
			case "workflow":
				c = cmp.Compare(a.Workflow, b.Workflow)
			case "duration":
				took := func(r store.Run) time.Duration {
					if r.Finished.IsZero() {
						return now.Sub(r.Created)
					}
					return r.Finished.Sub(r.Created)
				}
				c = cmp.Compare(took(a.Run), took(b.Run))
			case "createdBy":
				c = cmp.Compare(a.User, b.User)
			}
			if s.Desc {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		if tieDesc {
			return b.i - a.i
		}
		return a.i - b.i
	})
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids
}

func runIDs(list []store.Run) (ids []string) {
	for _, r := range list {
		ids = append(ids, r.ID)
	}
	return ids
}

func testRunLists(t *testing.T, b *bundle, n int) {
	all := b.fill(n)
	mid := all[n/2]
	filters := map[string]store.Query{
		"project": {Project: "p"}, "state": {State: "ERROR"}, "function": {Function: mid.Function}, "kind": {Kind: "python+job:run"}, "user": {User: "bob"},
		"text in name": {Text: "LYNX"}, "text in id": {Text: mid.ID[3:9]}, "three letters": {Text: mid.ID[3:6]}, "short text": {Text: mid.ID[4:6]}, "text in function": {Text: "/f1:"},
		"text in workflow": {Text: "flow"}, "text miss": {Text: "zebra"}, "text wild": {Text: "%py%"}, "quoted text": {Text: `"ow"l`}, "created": {CreatedFrom: all[n/6].Created, CreatedTo: all[n*2/3].Created},
		"created from": {CreatedFrom: all[n*5/6].Created}, "updated": {UpdatedFrom: all[n/3].Updated, UpdTo: all[n*2/3].Updated}, "task": {Task: mid.Task}, "action": {TaskLike: "SERVE"},
		"function like": {FunctionLike: "python://p/f1"}, "workflow": {Workflow: "kfp://p/flow:1"}, "workflow like": {WorkflowLike: "flow"}, "name": {Name: "calm-owl"}, "name like": {NameLike: "M-LY"},
		"labels": {Labels: []string{"etl"}, Project: "p"}, "ids": {IDs: []string{mid.ID, all[3].ID, "none", mid.ID}}, "no ids": {IDs: []string{}}, "unknown user": {User: "nobody"},
		"states": {States: []string{"ERROR", "READY", "PENDING"}}, "no states": {States: []string{}}, "function name": {FunctionName: "f1"}, "workflow name": {WorkflowName: "flow"},
		"relation": {Relation: firedBy}, "unknown function": {FunctionName: "f"},
		"few": {User: "dave"}, "text of many": {Text: "brave"},
	}
	sorts := [][]store.Sort{nil, {{Field: "created"}}, {{Field: "updated", Desc: true}}, {{Field: "updated"}}, {{Field: "name"}}, {{Field: "state", Desc: true}, {Field: "updated"}}, {{Field: "duration", Desc: true}}}
	names := slices.Sorted(maps.Keys(filters))
	for at, name := range names {
		for at2, name2 := range names {
			if b.floors && at != at2 && (at+at2)%3 != 0 && name != "few" {
				continue // the whole set is for the short list
			}
			q, q2 := filters[name], filters[name2]
			both := combine(q, q2)
			for i, sort := range sorts {
				if name2 < name || name2 > name && i != 0 && i != 2 {
					continue
				}
				both.Sort = sort
				want := model(all, both, b.clock.Now())
				for _, page := range []int{0, 2} {
					both.Page, both.Size = page, 10
					p := b.runs(both)
					end := min(len(want), page*10+10)
					part := want[min(len(want), page*10):end]
					if d := gocmp.Diff(part, runIDs(p.Items)); len(part)+len(p.Items) > 0 && d != "" {
						t.Fatalf("%s and %s, sort %v, page %d: %s", name, name2, sort, page, d)
					}
					if p.More != (len(part) > 0 && end < len(want)) {
						t.Errorf("%s and %s, sort %v, page %d: got more %v of %d", name, name2, sort, page, p.More, len(want))
					}
					if p.Exact && p.Total != int64(len(want)) || !p.Exact && (p.Total > int64(end)) != p.More {
						t.Errorf("%s and %s, sort %v, page %d: got total %d, exact %v, want %d", name, name2, sort, page, p.Total, p.Exact, len(want))
					}
					if !b.floors && !p.Exact && name != "short text" && name2 != "short text" {
						t.Errorf("%s and %s: total of %d is not exact", name, name2, len(want))
					}
				}
			}
		}
	}
}

// combine joins two queries that filter by different things; the first wins.
func combine(a, b store.Query) store.Query {
	or := func(x *string, y string) {
		if *x == "" {
			*x = y
		}
	}
	or(&a.Project, b.Project)
	or(&a.State, b.State)
	or(&a.Function, b.Function)
	or(&a.Kind, b.Kind)
	or(&a.User, b.User)
	or(&a.Text, b.Text)
	or(&a.Task, b.Task)
	or(&a.TaskLike, b.TaskLike)
	or(&a.FunctionLike, b.FunctionLike)
	or(&a.Workflow, b.Workflow)
	or(&a.WorkflowLike, b.WorkflowLike)
	or(&a.Name, b.Name)
	or(&a.NameLike, b.NameLike)
	if a.CreatedFrom.IsZero() && a.CreatedTo.IsZero() {
		a.CreatedFrom, a.CreatedTo = b.CreatedFrom, b.CreatedTo
	}
	if a.UpdatedFrom.IsZero() {
		a.UpdatedFrom, a.UpdTo = b.UpdatedFrom, b.UpdTo
	}
	if a.Labels == nil && b.Labels != nil {
		a.Labels, a.Project = b.Labels, b.Project
	}
	if a.IDs == nil {
		a.IDs = b.IDs
	}
	if a.States == nil {
		a.States = b.States
	}
	or(&a.FunctionName, b.FunctionName)
	or(&a.WorkflowName, b.WorkflowName)
	or(&a.Relation, b.Relation)
	return a
}

// testRunModel moves and deletes runs at random and compares lists with the model.
func testRunModel(t *testing.T, b *bundle) {
	all := b.fill(200)
	rnd := rand.New(rand.NewPCG(*seed, 4))
	states := []entity.State{entity.StateCompleted, entity.StateError, entity.StateRunning, entity.StatePending}
	for range 40 {
		b.write(func(tx store.Tx) error {
			for range 10 {
				i := rnd.IntN(len(all))
				if rnd.IntN(10) == 0 {
					if err := tx.Runs().Delete(b.ctx, all[i].ID); err != nil {
						return err
					}
					all = slices.Delete(all, i, i+1)
					continue
				}
				b.clock.Add(time.Millisecond)
				r, err := tx.Runs().Update(b.ctx, all[i].ID, func(r store.Run) (store.Run, error) {
					r.State, r.Updated = states[rnd.IntN(4)], b.clock.Now()
					return r, nil
				})
				if err != nil {
					return err
				}
				all[i] = r
			}
			return nil
		})
		q := store.Query{Project: []string{"", "p", "q"}[rnd.IntN(3)], State: []string{"", "ERROR", "RUNNING"}[rnd.IntN(3)], Text: []string{"", "owl", "a1", "f2"}[rnd.IntN(4)],
			User: []string{"", "", "bob"}[rnd.IntN(3)], Sort: []store.Sort{{Field: []string{"created", "updated"}[rnd.IntN(2)], Desc: rnd.IntN(3) > 0}}, Size: 500}
		want, p := model(all, q, b.clock.Now()), b.runs(q)
		if d := gocmp.Diff(want, runIDs(p.Items)); d != "" && len(want)+len(p.Items) > 0 {
			t.Fatalf("%+v: %s", q, d)
		}
		counts := map[entity.State]int64{}
		for _, r := range all {
			if q.Project == "" || r.Project == q.Project {
				counts[r.State]++
			}
		}
		b.read(func(tx store.Tx) error {
			got, err := tx.Runs().CountStates(b.ctx, q.Project)
			if d := gocmp.Diff(counts, got); d != "" {
				t.Fatalf("counts: %s", d)
			}
			return err
		})
	}
}

// testRunOrders lists by several fields where few enough runs match, page by page after a cursor, and is refused where
// more do.
func testRunOrders(t *testing.T, b *bundle) {
	all := b.fill(300)
	by := []store.Sort{{Field: "state", Desc: true}, {Field: "name"}, {Field: "updated"}}
	b.read(func(tx store.Tx) error {
		_, err := tx.Runs().List(b.ctx, store.Query{Sort: by, Size: 5}, false)
		b.wantCode(err, entity.CodeInvalid)
		if !strings.Contains(err.Error(), `"name" after "state"`) {
			t.Errorf("the error does not name the field: %v", err)
		}
		_, err = tx.Runs().List(b.ctx, store.Query{Sort: by[:1], Size: 5}, false)
		return err
	})
	q := store.Query{User: "bob", Sort: by, Size: 7}
	want := model(all, q, b.clock.Now())
	if len(want) <= 2*q.Size {
		t.Fatalf("only %d runs are listed", len(want))
	}
	var got []string
	for {
		p := b.runs(q)
		got = append(got, runIDs(p.Items)...)
		if q.After = p.Next; q.After == "" {
			break
		}
	}
	if d := gocmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func testRunPaging(t *testing.T, b *bundle) {
	all := b.fill(300)
	for _, q := range []store.Query{{}, {Project: "p", State: "COMPLETED"}, {Text: "owl", Sort: []store.Sort{{Field: "updated", Desc: true}}}, {User: "bob", Sort: []store.Sort{{Field: "created"}}}, {Sort: []store.Sort{{Field: "name"}}}} {
		q.Size = 7
		want := model(all, q, b.clock.Now())
		var got []string
		for q.Page = 0; ; q.Page++ {
			p := b.runs(q)
			got = append(got, runIDs(p.Items)...)
			if p.Total != int64(len(want)) || !p.Exact {
				t.Errorf("%+v: got total %d, want %d", q, p.Total, len(want))
			}
			if !p.More {
				break
			}
		}
		if d := gocmp.Diff(want, got); d != "" {
			t.Errorf("%+v: %s", q, d)
		}
		q.Page = 1 << 40
		if p := b.runs(q); len(p.Items) != 0 || p.More || p.Total != int64(len(want)) {
			t.Errorf("%+v: got %d items of %d beyond the end", q, len(p.Items), p.Total)
		}
	}
	// The second page goes on behind the first, whatever came meanwhile.
	first := b.runs(store.Query{Size: 10})
	b.createRun(b.run("p", "python://p/f0:1", entity.StateReady))
	second := b.runs(store.Query{Size: 10, Page: 1})
	want := model(all, store.Query{}, b.clock.Now())
	if d := gocmp.Diff(want[:20], append(runIDs(first.Items), runIDs(second.Items)...)); d != "" {
		t.Error(d)
	}
	if second.Total != 301 {
		t.Errorf("got total %d, want 301", second.Total)
	}
	// After a while the place is forgotten and pages count from the first again.
	b.clock.Add(time.Hour)
	second = b.runs(store.Query{Size: 10, Page: 1})
	if d := gocmp.Diff(want[9:19], runIDs(second.Items)); d != "" {
		t.Error(d)
	}
}

func testRunQueues(t *testing.T, b *bundle) {
	add := func(state entity.State, change func(*store.Run)) string {
		r := b.run("p", "python://p/f:1", state)
		r.Name = ""
		if change != nil {
			change(&r)
		}
		return b.createRun(r).ID
	}
	local := func(r *store.Run) { r.Local = true }
	stop := func(r *store.Run) { r.Desired = store.WantStop }
	remove := func(r *store.Run) { r.Desired = store.WantDelete }
	q1, q2 := add(entity.StateReady, nil), add(entity.StateReady, nil)
	q3 := add(entity.StateReady, func(r *store.Run) { r.Engine = "kubernetes" })
	built := add(entity.StateBuilt, nil)
	pending, running := add(entity.StatePending, nil), add(entity.StateRunning, nil)
	stopping := add(entity.StateStop, stop)
	queuedStop := add(entity.StateReady, stop)
	deleting := add(entity.StateRunning, remove)
	finalDelete := add(entity.StateCompleted, remove)
	localDelete := add(entity.StateRunning, func(r *store.Run) { r.Local, r.Desired = true, store.WantDelete })
	resumable := add(entity.StateStopped, func(r *store.Run) { r.Resume = true })
	for _, s := range []entity.State{entity.StateCompleted, entity.StateError, entity.StateStopped} {
		add(s, nil)
	}
	add(entity.StateRunning, local)
	add(entity.StateReady, local)
	b.read(func(tx store.Tx) error {
		ids := func(what string, list []store.Run, err error) []string {
			if err != nil {
				t.Fatal(what, err)
			}
			for _, r := range list {
				if r.Spec != nil || r.FunctionSpec != nil {
					t.Errorf("%s lists specs", what)
				}
			}
			return runIDs(list)
		}
		check := func(what string, got []string, want ...string) {
			t.Helper()
			if d := gocmp.Diff(want, got); d != "" {
				t.Errorf("%s: %s", what, d)
			}
		}
		list, err := tx.Runs().Queued(b.ctx, "local", 10)
		check("queued", ids("queued", list, err), q1, q2)
		list, err = tx.Runs().Queued(b.ctx, "kubernetes", 10)
		check("queued elsewhere", ids("queued", list, err), q3)
		list, err = tx.Runs().Queued(b.ctx, "", 2)
		check("queued anywhere", ids("queued", list, err), q1, q2)
		list, err = tx.Runs().Queued(b.ctx, "unheard", 2)
		check("queued nowhere", ids("queued", list, err))
		list, err = tx.Runs().Active(b.ctx, 100)
		check("active", ids("active", list, err), built, pending, running, stopping, queuedStop, deleting, finalDelete, localDelete, resumable)
		for engine, want := range map[string]int{"local": 4, "": 4, "kubernetes": 0} {
			if n, err := tx.Runs().CountExecuting(b.ctx, engine); err != nil || n != want {
				t.Errorf("got %d executing on %q (%v), want %d", n, engine, err, want)
			}
		}
		return nil
	})
	now := b.clock.Now()
	for i, id := range []string{q2, q1, q3} {
		b.write(func(tx store.Tx) error {
			_, err := tx.Runs().Update(b.ctx, id, func(r store.Run) (store.Run, error) {
				r.Wake = now.Add(time.Duration(i) * time.Second)
				return r, nil
			})
			return err
		})
	}
	b.read(func(tx store.Tx) error {
		list, err := tx.Runs().Due(b.ctx, now.Add(time.Second), 10)
		if d := gocmp.Diff([]string{q2, q1}, runIDs(list)); d != "" {
			t.Errorf("due: %s", d)
		}
		return err
	})
}

func testRunDeletion(t *testing.T, b *bundle) {
	make := func() store.Run {
		r := b.run("p", "python://p/f:1", entity.StateCompleted)
		r.ID, r.Labels = "again", []string{"gone"}
		r.Relations = []entity.Relation{{Type: entity.RunOf, Dest: "store://p/function/python/f:1"}}
		r = b.createRun(r)
		b.write(func(tx store.Tx) error {
			if err := tx.Attempts().Create(b.ctx, store.Attempt{RunUID: r.UID, RunID: r.ID, Number: 1}); err != nil {
				return err
			}
			if err := tx.Attempts().PutSamples(b.ctx, r.UID, 1, []byte{1}); err != nil {
				return err
			}
			if err := tx.Logs().Put(b.ctx, store.LogMeta{RunUID: r.UID, RunID: r.ID, Attempt: 1, Container: "main", Size: 3}, []byte("abc")); err != nil {
				return err
			}
			if err := tx.Logs().PutMarks(b.ctx, r.UID, 1, "main", 0, []byte{1}); err != nil {
				return err
			}
			return tx.Metrics().Put(b.ctx, entity.Run, r.ID, "m", []byte("1"))
		})
		return r
	}
	r := make()
	b.write(func(tx store.Tx) error { return tx.Runs().Delete(b.ctx, r.ID) })
	b.read(func(tx store.Tx) error {
		if list, err := tx.Attempts().List(b.ctx, r.UID); err != nil || len(list) != 0 {
			t.Errorf("got %d attempts (%v)", len(list), err)
		}
		if marks, err := tx.Logs().Marks(b.ctx, r.UID, 1, "main", 0); err != nil || len(marks) != 0 {
			t.Errorf("marks of a deleted run's log: %v, %v", marks, err)
		}
		if data, err := tx.Attempts().Samples(b.ctx, r.UID, 1); err != nil || data != nil {
			t.Errorf("got samples %v (%v)", data, err)
		}
		if list, err := tx.Logs().List(b.ctx, r.UID); err != nil || len(list) != 0 {
			t.Errorf("got %d logs (%v)", len(list), err)
		}
		if data, err := tx.Logs().Read(b.ctx, r.UID, 1, "main", 0, 10); err != nil || len(data) != 0 {
			t.Errorf("got log %q (%v)", data, err)
		}
		if all, err := tx.Metrics().All(b.ctx, entity.Run, r.ID); err != nil || len(all) != 0 {
			t.Errorf("got metrics %v (%v)", all, err)
		}
		if list, err := tx.Graph().Touching(b.ctx, "p", "store://p/function/python/f:1"); err != nil || len(list) != 0 {
			t.Errorf("got relations %v (%v)", list, err)
		}
		if p, err := tx.Entities().Labels(b.ctx, "p", "gone", 0, 5); err != nil || p.Total != 0 {
			t.Errorf("got labels %v (%v)", p, err)
		}
		_, err := tx.Runs().GetByUID(b.ctx, r.UID)
		b.wantCode(err, entity.CodeNotFound)
		return nil
	})
	for _, q := range []store.Query{{}, {Text: "again"}, {IDs: []string{"again"}}, {Labels: []string{"gone"}, Project: "p"}} {
		if p := b.runs(q); p.Total != 0 || len(p.Items) != 0 {
			t.Errorf("%+v: got %d deleted runs", q, p.Total)
		}
	}
	if next := make(); next.UID == r.UID {
		t.Error("a run id used again got the old uid")
	}
	if p := b.runs(store.Query{Text: "again"}); p.Total != 1 {
		t.Errorf("got %d runs of an id used again, want 1", p.Total)
	}
}
