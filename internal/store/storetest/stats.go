package storetest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"dhub/entity"
	"dhub/internal/store"
)

// testCursors walks lists by their cursors while runs are created: none is left out or seen twice.
func testCursors(t *testing.T, b *bundle) {
	all := b.fill(250)
	for _, sort := range [][]store.Sort{nil, {{Field: "created"}}, {{Field: "updated", Desc: true}}, {{Field: "duration", Desc: true}}, {{Field: "name"}}} {
		for name, q := range map[string]store.Query{"project": {Project: "p"}, "text": {Text: "lynx"}, "states": {States: []string{"COMPLETED", "ERROR"}}, "relation": {Relation: firedBy},
			"labels": {Project: "p", Labels: []string{"etl"}}} {
			q.Sort, q.Size = sort, 9
			moved := len(sort) == 0 || sort[0].Field == "created" || sort[0].Field == "updated"
			want := model(all, q, b.clock.Now())
			var got []string
			for page := 0; ; page++ {
				p := b.runs(q)
				got = append(got, runIDs(p.Items)...)
				if p.More != (p.Next != "") {
					t.Fatalf("%s %v: more %v, next %q", name, sort, p.More, p.Next)
				}
				if !p.More {
					break
				}
				q.After = p.Next
				if page == 2 && moved { // a newer one moves numbered pages, not these
					fresh := b.run("p", "python://p/f1:1", entity.StateReady)
					fresh.Created = all[0].Created.Add(time.Hour)
					if len(sort) > 0 && sort[0].Field == "created" {
						fresh.Created = all[0].Created.Add(-time.Hour)
					}
					fresh.Updated = fresh.Created
					if len(sort) > 0 && sort[0].Field == "updated" { // in front of those that took two days, too
						fresh.Updated = fresh.Created.Add(100 * time.Hour)
					}
					all = append(all, b.createRun(fresh))
				}
			}
			if d := gocmp.Diff(want, got); d != "" {
				t.Errorf("%s, sort %v: %s", name, sort, d)
			}
		}
	}
	for _, q := range []store.Query{{After: "x"}, {After: "t!.2"}, {After: "t1"}, {After: "o1.0"}, {After: "t1.1", Sort: []store.Sort{{Field: "name"}}}} {
		q.Size = 5
		err := b.Read(b.ctx, func(tx store.Tx) error {
			_, err := tx.Runs().List(b.ctx, q, false)
			return err
		})
		b.wantCode(err, entity.CodeInvalid)
	}
}

func testHistogram(t *testing.T, b *bundle) {
	n := 400
	if b.floors { // spread over so many blocks that they are counted whole
		n = 24000
	}
	all := b.fill(n)
	oldest, newest := all[0].Created, all[0].Created
	for _, r := range all {
		if r.Created.Before(oldest) {
			oldest = r.Created
		}
		if r.Created.After(newest) {
			newest = r.Created
		}
	}
	mid := all[len(all)/2]
	for name, q := range map[string]store.Query{
		"all": {}, "project": {Project: "p"}, "states": {Project: "p", States: []string{"ERROR", "READY"}}, "name": {Project: "p", FunctionName: "f1"}, "user": {User: "bob"},
		"between": {CreatedFrom: all[len(all)/4].Created, CreatedTo: mid.Created}, "from": {Project: "q", CreatedFrom: mid.Created}, "text": {Text: "lynx"},
		"labels": {Project: "p", Labels: []string{"etl"}}, "ids": {IDs: []string{mid.ID, all[0].ID}}, "relation": {Relation: firedBy}, "updated": {UpdatedFrom: mid.Updated},
		"nobody": {User: "nobody"}, "no ids": {IDs: []string{}}, "empty": {CreatedFrom: newest.Add(time.Hour), CreatedTo: newest.Add(2 * time.Hour)},
	} {
		var h store.Histogram
		b.read(func(tx store.Tx) (err error) {
			h, err = tx.Stats().Histogram(b.ctx, q, 7)
			return err
		})
		if len(h.Buckets) != 7 || h.Step <= 0 {
			t.Fatalf("%s: %d buckets of %s", name, len(h.Buckets), h.Step)
		}
		want := make([]map[entity.State]int64, 7)
		for i := range want {
			want[i] = map[entity.State]int64{}
		}
		n := 0
		for _, r := range all {
			if matches(q, r) && !r.Created.After(h.To) {
				want[int(r.Created.Sub(h.From)/h.Step)][r.State]++
				n++
			}
		}
		if !h.Exact {
			if !b.floors || n <= 300 {
				t.Errorf("%s: %d runs are not counted", name, n)
			}
			continue
		}
		if d := gocmp.Diff(want, h.Buckets); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		if from := q.CreatedFrom; !from.IsZero() && !h.From.Equal(from) || q.CreatedTo.IsZero() && !h.To.Equal(b.clock.Now()) {
			t.Errorf("%s: from %s to %s", name, h.From, h.To)
		}
	}
	var h store.Histogram
	b.read(func(tx store.Tx) (err error) {
		h, err = tx.Stats().Histogram(b.ctx, store.Query{}, 3)
		return err
	})
	if !h.From.Equal(oldest) {
		t.Errorf("begins at %s, the oldest run was created at %s", h.From, oldest)
	}
}

func testLastRuns(t *testing.T, b *bundle) {
	all := b.fill(300)
	names := []string{"f0", "f1", "f2", "f", "none"}
	check := func() {
		t.Helper()
		var got map[string]store.LastRuns
		b.read(func(tx store.Tx) (err error) {
			got, err = tx.Stats().LastRuns(b.ctx, entity.Function, "p", names, 10)
			return err
		})
		for _, name := range names {
			var ids []string
			states := map[entity.State]int64{}
			var mine []store.Run
			for _, r := range slices.Backward(all) {
				if matches(store.Query{Project: "p", FunctionName: name}, r) {
					states[r.State]++
					mine = append(mine, r)
				}
			}
			mine = mine[:min(10, len(mine))] // as they were created
			slices.SortStableFunc(mine, func(a, c store.Run) int { return c.Created.Compare(a.Created) })
			ids = runIDs(mine)
			if len(states) == 0 {
				if _, there := got[name]; there {
					t.Errorf("%s has no runs, got %v", name, got[name])
				}
				continue
			}
			if d := gocmp.Diff(states, got[name].States); d != "" {
				t.Errorf("%s: %s", name, d)
			}
			if d := gocmp.Diff(ids, runIDs(got[name].Runs)); d != "" {
				t.Errorf("%s: %s", name, d)
			}
		}
	}
	check()
	b.write(func(tx store.Tx) error { return tx.Runs().Delete(b.ctx, all[len(all)-1].ID) })
	all = all[:len(all)-1]
	check()
	b.read(func(tx store.Tx) error {
		got, err := tx.Stats().LastRuns(b.ctx, entity.Workflow, "p", []string{"flow", "f1"}, 1)
		if len(got) != 1 || len(got["flow"].Runs) != 1 {
			t.Errorf("workflows: %v", got)
		}
		none, err2 := tx.Stats().LastRuns(b.ctx, entity.Function, "nowhere", []string{"f1"}, 1)
		if len(none) != 0 {
			t.Errorf("another project: %v", none)
		}
		if err == nil {
			err = err2
		}
		return err
	})
}

func testProjectRuns(t *testing.T, b *bundle) {
	all := b.fill(300)
	mid := all[len(all)/2].Created
	check := func(limit int64) {
		t.Helper()
		want := map[string]store.ProjectRuns{}
		for _, r := range all {
			p, there := want[r.Project]
			if !there {
				p.States = map[entity.State]int64{}
			}
			p.States[r.State]++
			if r.State == entity.StateError && !r.Created.Before(mid) {
				p.Failed++
			}
			if r.Updated.After(p.Last) {
				p.Last = r.Updated
			}
			want[r.Project] = p
		}
		names := slices.Sorted(maps.Keys(want))
		for name, p := range want {
			p.Exact, p.Failed = p.Failed <= limit, min(p.Failed, limit)
			want[name] = p
		}
		b.read(func(tx store.Tx) error {
			got, err := tx.Stats().ProjectRuns(b.ctx, append(names, "nowhere"), mid, limit)
			if d := gocmp.Diff(want, got); d != "" {
				t.Errorf("at most %d: %s", limit, d)
			}
			one, err2 := tx.Stats().ProjectRuns(b.ctx, names[:1], mid, limit)
			if d := gocmp.Diff(want[names[0]], one[names[0]]); d != "" || len(one) != 1 {
				t.Errorf("%s alone: %d projects, %s", names[0], len(one), d)
			}
			return errors.Join(err, err2)
		})
		if len(names) < 2 || want["p"].Failed == 0 {
			t.Fatalf("the runs show too little: %v", want)
		}
	}
	check(1000)
	check(1)
	last := all[len(all)-1]
	b.clock.Add(time.Hour)
	b.write(func(tx store.Tx) error {
		r, err := tx.Runs().Update(b.ctx, last.ID, func(r store.Run) (store.Run, error) {
			r.State, r.Updated = entity.StateError, b.clock.Now()
			return r, nil
		})
		all[len(all)-1] = r
		return err
	})
	check(1000)
	b.write(func(tx store.Tx) error { return tx.Runs().Delete(b.ctx, last.ID) })
	all = all[:len(all)-1]
	check(1000)
}

func testCounts(t *testing.T, b *bundle) {
	for _, name := range []string{"a", "a", "a", "b", "c"} {
		b.create(b.record(entity.Function, "p", name))
	}
	b.create(b.record(entity.Function, "q", "a"))
	b.create(b.record(entity.Model, "p", "m"))
	b.read(func(tx store.Tx) error {
		for _, x := range []struct {
			limit, want int64
			exact       bool
		}{{10, 3, true}, {3, 3, true}, {2, 2, false}} {
			n, exact, err := tx.Stats().CountEntities(b.ctx, entity.Function, "p", x.limit)
			if err != nil || n != x.want || exact != x.exact {
				t.Errorf("limit %d: got %d %v (%v), want %d %v", x.limit, n, exact, err, x.want, x.exact)
			}
		}
		got, err := tx.Stats().Versions(b.ctx, entity.Function, "p", []string{"a", "c", "none"})
		if d := gocmp.Diff(map[string]int64{"a": 3, "c": 1}, got); d != "" {
			t.Error(d)
		}
		id := b.list(store.Query{Entity: entity.Function, Project: "p", Name: "a", Latest: true}).Items[0].ID
		numbers, err2 := tx.Stats().Numbers(b.ctx, entity.Function, "p", []string{id, "none"})
		if d := gocmp.Diff(map[string]int64{id: 3}, numbers); d != "" || err2 != nil {
			t.Error(d, err2)
		}
		return err
	})
}

func testLabelUse(t *testing.T, b *bundle) {
	for i, project := range []string{"p", "p", "p", "q"} {
		r := b.record(entity.Function, project, "f")
		if r.Labels = []string{"ml"}; i == 0 {
			r.Labels = []string{"ml", "etl"}
		}
		b.create(r)
	}
	run := b.run("p", "f", entity.StateCreated)
	run.Labels = []string{"etl"}
	run = b.createRun(run)
	use := func(limit int64) (got map[string]store.LabelUse) {
		b.read(func(tx store.Tx) (err error) {
			got, err = tx.Stats().LabelUse(b.ctx, "p", []string{"ml", "etl", "none"}, limit)
			return err
		})
		return got
	}
	want := map[string]store.LabelUse{"ml": {Entities: 3, Exact: true}, "etl": {Entities: 1, Runs: 1, Exact: true}}
	if d := gocmp.Diff(want, use(3)); d != "" {
		t.Error(d)
	}
	want["ml"] = store.LabelUse{Entities: 2}
	if d := gocmp.Diff(want, use(2)); d != "" {
		t.Errorf("beyond the limit: %s", d)
	}
	b.write(func(tx store.Tx) error { return tx.Runs().Delete(b.ctx, run.ID) })
	if got := use(3)["etl"]; got.Runs != 0 || got.Entities != 1 {
		t.Errorf("after the run was deleted: %+v", got)
	}
}

func testFind(t *testing.T, b *bundle) {
	add := func(typ, project, name, about string, labels ...string) store.Record {
		r := b.record(typ, project, name)
		r.Metadata, r.Labels = []byte(fmt.Sprintf(`{"description":%q}`, about)), labels
		return b.create(r)
	}
	train := add(entity.Function, "p", "train", "Fits the Whisper model", "ml", "audio")
	second := add(entity.Function, "p", "train", "Fits it better", "ml")
	cities := add(entity.DataItem, "p", "cities", "Names of places: 100%_sure", "geo")
	other := add(entity.Function, "q", "train", "Elsewhere")
	find := func(q store.FindQuery) []string {
		t.Helper()
		if q.Types == nil {
			q.Types = []string{entity.Function, entity.DataItem}
		}
		q.Limit = max(q.Limit, 10*(1-min(q.Limit, 1)))
		var ids []string
		b.read(func(tx store.Tx) error {
			list, err := tx.Stats().Find(b.ctx, q)
			for _, r := range list {
				ids = append(ids, r.ID)
			}
			return err
		})
		return ids
	}
	cases := map[string]struct {
		q    store.FindQuery
		want []string
	}{
		"name":          {store.FindQuery{Project: "p", Words: []string{"TRAI"}}, []string{second.ID, train.ID}},
		"latest":        {store.FindQuery{Project: "p", Words: []string{"train"}, Latest: true}, []string{second.ID}},
		"description":   {store.FindQuery{Project: "p", Words: []string{"whisper"}}, []string{train.ID}},
		"two words":     {store.FindQuery{Project: "p", Words: []string{"fits", "audio"}}, []string{train.ID}},
		"label":         {store.FindQuery{Project: "p", Words: []string{"geo"}}, []string{cities.ID}},
		"short":         {store.FindQuery{Project: "p", Words: []string{"ml"}}, []string{second.ID, train.ID}},
		"short and not": {store.FindQuery{Project: "p", Words: []string{"fits", "zz"}}, nil},
		"id":            {store.FindQuery{Project: "p", Words: []string{train.ID[20:]}}, []string{train.ID}},
		"wild":          {store.FindQuery{Project: "p", Words: []string{"100%_"}}, []string{cities.ID}},
		"not wild":      {store.FindQuery{Project: "p", Words: []string{"c%s"}}, nil},
		"quote":         {store.FindQuery{Project: "p", Words: []string{`tr"ain`}}, nil},
		"all":           {store.FindQuery{Project: "p"}, []string{cities.ID, second.ID, train.ID}},
		"type":          {store.FindQuery{Project: "p", Types: []string{entity.DataItem}}, []string{cities.ID}},
		"every project": {store.FindQuery{Words: []string{"train"}}, []string{other.ID, second.ID, train.ID}},
		"labels":        {store.FindQuery{Project: "p", Labels: []string{"audio", "ml"}}, []string{train.ID}},
		"about":         {store.FindQuery{Project: "p", Description: "BETTER"}, []string{second.ID}},
		"limit":         {store.FindQuery{Project: "p", Words: []string{"train"}, Limit: 1}, []string{second.ID}},
		"updated":       {store.FindQuery{Project: "p", UpdatedFrom: second.Updated}, []string{cities.ID, second.ID}},
		"updated to":    {store.FindQuery{Project: "p", UpdatedTo: train.Updated}, []string{train.ID}},
		"kind":          {store.FindQuery{Project: "p", Kinds: []string{"other"}}, nil},
	}
	check := func(when string) {
		t.Helper()
		for _, name := range slices.Sorted(maps.Keys(cases)) {
			if d := gocmp.Diff(cases[name].want, find(cases[name].q)); d != "" {
				t.Errorf("%s, %s: %s", when, name, d)
			}
		}
	}
	check("new")
	for i := range 300 { // a search index may take them in later than the commit
		add(entity.Function, "z", fmt.Sprintf("filler-%d", i), "")
	}
	check("older")
	late := add(entity.Function, "p", "late", "Sings songs")
	b.write(func(tx store.Tx) error {
		_, err := tx.Entities().Update(b.ctx, entity.Function, late.ID, func(r store.Record) (store.Record, error) {
			r.Metadata = []byte(`{"description":"Dances"}`)
			return r, nil
		})
		if err != nil {
			return err
		}
		_, err = tx.Entities().Update(b.ctx, entity.Function, train.ID, func(r store.Record) (store.Record, error) {
			r.Metadata, r.Labels = []byte(`{"description":"Segments speech"}`), nil
			return r, nil
		})
		if err == nil {
			err = tx.Entities().Delete(b.ctx, entity.DataItem, cities.ID)
		}
		return err
	})
	for word, want := range map[string][]string{"whisper": nil, "speech": {train.ID}, "geo": nil, "audio": nil, "songs": nil, "dances": {late.ID}} {
		if d := gocmp.Diff(want, find(store.FindQuery{Project: "p", Words: []string{word}})); d != "" {
			t.Errorf("after changes, %s: %s", word, d)
		}
	}
}

func testAround(t *testing.T, b *bundle) {
	data := b.create(b.record(entity.DataItem, "p", "data"))
	for i := range 4 {
		r := b.run("p", "python://p/f:1", entity.StateCompleted)
		r.Relations = []entity.Relation{{Type: entity.Consumes, Dest: data.Key()}}
		r.ID = fmt.Sprintf("run%d", i)
		b.createRun(r)
	}
	made := b.record(entity.Model, "p", "made")
	made.Relations = []entity.Relation{{Type: entity.ProducedBy, Dest: data.Key()}}
	made = b.create(made)
	stranger := b.record(entity.Model, "q", "made")
	stranger.Relations = []entity.Relation{{Type: entity.ProducedBy, Dest: data.Key()}}
	b.create(stranger)
	around := func(limit int) (ids []string, more bool) {
		b.read(func(tx store.Tx) error {
			list, m, err := tx.Graph().Around(b.ctx, "p", data.Key(), limit)
			for _, o := range list {
				if o.Run != nil {
					ids = append(ids, o.Run.ID)
				} else {
					ids = append(ids, o.Record.ID)
				}
			}
			more = m
			return err
		})
		return ids, more
	}
	if ids, more := around(10); more || gocmp.Diff([]string{made.ID, "run3", "run2", "run1", "run0"}, ids) != "" {
		t.Errorf("got %v %v", ids, more)
	}
	if ids, more := around(3); !more || gocmp.Diff([]string{made.ID, "run3", "run2", "run1"}, ids) != "" {
		t.Errorf("got %v %v", ids, more)
	}
	b.read(func(tx store.Tx) error {
		list, more, err := tx.Graph().Around(b.ctx, "p", "store://p/model/model/none:1", 5)
		if len(list) != 0 || more {
			t.Errorf("got %v %v", list, more)
		}
		return err
	})
}

func testSaved(t *testing.T, b *bundle) {
	item := func(class, owner, project, id, name string) store.SavedItem {
		b.clock.Add(time.Second)
		return store.SavedItem{Class: class, Owner: owner, Project: project, ID: id, Name: name, Body: []byte(`{"a":1.0}`), Created: b.clock.Now(), Updated: b.clock.Now()}
	}
	before := b.head()
	want := item("preset", "ada", "p", "1", "zeta")
	b.write(func(tx store.Tx) error {
		for _, x := range []store.SavedItem{want, item("preset", "ada", "p", "2", "alpha"), item("preset", "bob", "p", "1", "his"), item("view", "ada", "p", "1", "view"), item("preset", "ada", "q", "1", "there")} {
			got, err := tx.Saved().Put(b.ctx, x)
			if d := gocmp.Diff(x, got); err != nil || d != "" {
				t.Errorf("%v %s", err, d)
			}
		}
		return nil
	})
	again := item("preset", "ada", "p", "1", "beta")
	b.write(func(tx store.Tx) error {
		got, err := tx.Saved().Put(b.ctx, again)
		again.Created = want.Created
		if d := gocmp.Diff(again, got); d != "" {
			t.Error(d)
		}
		return err
	})
	names := func(class, owner, project string) (out []string) {
		b.read(func(tx store.Tx) error {
			list, err := tx.Saved().List(b.ctx, class, owner, project)
			for _, x := range list {
				out = append(out, x.Name)
			}
			return err
		})
		return out
	}
	if got := names("preset", "ada", "p"); gocmp.Diff([]string{"alpha", "beta"}, got) != "" {
		t.Errorf("got %v", got)
	}
	b.write(func(tx store.Tx) error {
		b.wantCode(tx.Saved().Delete(b.ctx, "view", "bob", "p", "1"), entity.CodeNotFound)
		_, err := tx.Saved().Get(b.ctx, "view", "bob", "p", "1")
		b.wantCode(err, entity.CodeNotFound)
		return tx.Saved().Delete(b.ctx, "preset", "ada", "p", "2")
	})
	b.write(func(tx store.Tx) error { return tx.Saved().DeleteProject(b.ctx, "p") })
	if got := append(names("preset", "ada", "p"), names("view", "ada", "p")...); len(got) != 0 {
		t.Errorf("got %v of a deleted project", got)
	}
	if got := names("preset", "ada", "q"); len(got) != 1 {
		t.Errorf("got %v of another project", got)
	}
	if after := b.head(); after != before {
		t.Errorf("the feed went from %d to %d", before, after)
	}
}

func (b *bundle) head() int64 {
	b.t.Helper()
	n, err := b.Head(b.ctx)
	if err != nil {
		b.t.Fatal(err)
	}
	return n
}

func testUpcoming(t *testing.T, b *bundle) {
	at := func(minutes int) time.Time { return b.clock.Now().Add(time.Duration(minutes) * time.Minute) }
	b.write(func(tx store.Tx) error {
		for _, x := range []store.Schedule{{Owner: "trigger/late", Project: "p", Next: at(9)}, {Owner: "trigger/soon", Project: "p", Next: at(1)},
			{Owner: "trigger/other", Project: "q", Next: at(0)}, {Owner: "trigger/never", Project: "p"}} {
			x.Spec = []byte(`{}`)
			if err := tx.Schedules().Put(b.ctx, x); err != nil {
				return err
			}
		}
		return nil
	})
	b.read(func(tx store.Tx) error {
		list, err := tx.Schedules().Upcoming(b.ctx, "p", 5)
		if len(list) != 2 || list[0].Owner != "trigger/soon" || list[1].Owner != "trigger/late" {
			t.Errorf("got %v", list)
		}
		return err
	})
}
