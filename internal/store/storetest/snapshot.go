package storetest

import (
	"fmt"
	"slices"
	"testing"

	"dhub/entity"
	"dhub/internal/store"
)

// testSnapshot lists runs in a transaction that began before others changed them and were listed again: the older
// one sees what was, whatever the store remembers of later lists.
func testSnapshot(t *testing.T, b *bundle) {
	const n = 1500 // more than one block of numbers
	var all []store.Run
	for i := range n {
		r := b.run("p", "python://p/f:f1", entity.StateReady)
		r.Name = fmt.Sprintf("common-%d", i)
		all = append(all, r)
	}
	// Another project, so that no list is of everything.
	other := b.run("q", "python://q/f:f1", entity.StateReady)
	b.write(func(tx store.Tx) error {
		for _, r := range append([]store.Run{other}, all...) {
			if _, err := tx.Runs().Create(b.ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
	queries := map[string]store.Query{
		"all":     {Project: "p"},
		"text":    {Project: "p", Text: "common"},
		"state":   {Project: "p", State: string(entity.StateReady)},
		"bounded": {Project: "p", Text: "common", UpdatedFrom: all[0].Created, UpdTo: all[n-1].Created},
	}
	type answer struct {
		ids   []string
		total int64
	}
	ask := func(tx store.Tx, name string) answer {
		q := queries[name]
		q.Size = 5
		p, err := tx.Runs().List(b.ctx, q, false)
		if err != nil {
			t.Fatal(err)
		}
		return answer{runIDs(p.Items), p.Total}
	}
	sums := func(tx store.Tx) map[entity.State]int64 {
		counts, err := tx.Runs().CountStates(b.ctx, "p")
		if err != nil {
			t.Fatal(err)
		}
		return counts
	}
	before := map[string]answer{}
	b.read(func(tx store.Tx) error {
		for name := range queries {
			before[name] = ask(tx, name)
		}
		return nil
	})
	b.read(func(old store.Tx) error {
		if _, err := old.Runs().Get(b.ctx, all[0].ID); err != nil { // it sees the present from here on
			return err
		}
		b.clock.Add(1)
		b.write(func(tx store.Tx) error {
			for _, r := range all[:n-1] { // to a state that no run was in
				if _, err := tx.Runs().Update(b.ctx, r.ID, func(r store.Run) (store.Run, error) {
					r.State, r.Updated = entity.StateRunning, b.clock.Now()
					return r, nil
				}); err != nil {
					return err
				}
			}
			if _, err := tx.Runs().Create(b.ctx, b.run("p", "python://p/f:f1", entity.StateReady)); err != nil {
				return err
			}
			return tx.Runs().Delete(b.ctx, all[n-1].ID)
		})
		b.read(func(tx store.Tx) error {
			for name := range queries {
				ask(tx, name)
			}
			if got := sums(tx); got[entity.StateRunning] != n-1 || got[entity.StateReady] != 1 {
				t.Errorf("afterwards: %v", got)
			}
			return nil
		})
		for name := range queries {
			if got, want := ask(old, name), before[name]; !slices.Equal(got.ids, want.ids) || got.total != want.total {
				t.Errorf("%s: the older transaction got %d %v, want %d %v", name, got.total, got.ids, want.total, want.ids)
			}
		}
		if got := sums(old); len(got) != 1 || got[entity.StateReady] != n {
			t.Errorf("the older transaction counts %v, want %d READY", got, n)
		}
		return nil
	})
}

// testSwallowedDuplicate counts on after a write that refused a run, made no change and was kept all the same.
func testSwallowedDuplicate(t *testing.T, b *bundle) {
	first := b.createRun(b.run("p", "python://p/f:f1", entity.StateReady))
	again := first
	again.UID, again.User = "u-other", "bob" // nothing of bob's is known yet
	b.write(func(tx store.Tx) error {
		_, err := tx.Runs().Create(b.ctx, again)
		b.wantCode(err, entity.CodeOf(entity.Duplicate(entity.Run, "")))
		return nil
	})
	for n := range int64(3) {
		if p := b.runs(store.Query{Project: "p"}); p.Total != n+1 || int64(len(p.Items)) != n+1 {
			t.Errorf("got %d of %d runs, want %d", len(p.Items), p.Total, n+1)
		}
		b.createRun(b.run("p", "python://p/f:f1", entity.StateReady))
	}
}
