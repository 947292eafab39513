package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"dhub/entity"
	"dhub/internal/store"
)

// testRunText searches runs by text while a search index may take them in later than the commit: every
// committed run is found, none that is gone, and a write sees what it has just written.
func testRunText(t *testing.T, b *bundle) {
	const n = 700
	find := func(tx store.Tx, text string) (ids []string) {
		p, err := tx.Runs().List(b.ctx, store.Query{Project: "p", Text: text, Size: 10}, false)
		if err != nil {
			t.Fatal(err)
		}
		return runIDs(p.Items)
	}
	found := func(text string) (ids []string) {
		b.read(func(tx store.Tx) error { ids = find(tx, text); return nil })
		return ids
	}
	var all []store.Run
	for range n {
		r := b.run("p", "python://p/f:f1", entity.StateReady)
		r.Name = fmt.Sprintf("Run-x%05dy", len(all))
		all = append(all, r)
	}
	name := func(i int) string { return fmt.Sprintf("run-x%05dy", i) }
	create := func(tx store.Tx, from, to int) error {
		for _, r := range all[from:to] {
			if _, err := tx.Runs().Create(b.ctx, r); err != nil {
				return err
			}
		}
		return nil
	}
	// Commits of one run, of some hundred, and one that is undone in between.
	b.write(func(tx store.Tx) error { return create(tx, 0, 1) })
	for at := 1; at < n; {
		to := min(at+1+at%97, n)
		undone := errors.New("undone")
		if err := b.Write(b.ctx, func(tx store.Tx) error {
			if err := create(tx, at, to); err != nil {
				return err
			}
			find(tx, "run-x")
			return undone
		}); !errors.Is(err, undone) {
			t.Fatal(err)
		}
		if got := found(name(at)); len(got) != 0 {
			t.Fatalf("an undone run %d is found", at)
		}
		b.write(func(tx store.Tx) error {
			if err := create(tx, at, to); err != nil {
				return err
			}
			if at%2 == 0 { // makes the write search before its end
				if got := find(tx, name(to-1)); !slices.Equal(got, []string{all[to-1].ID}) {
					t.Errorf("the write that created run %d finds %v", to-1, got)
				}
			}
			return nil
		})
		at = to
	}
	for i, r := range all {
		if got := found(name(i)); !slices.Equal(got, []string{r.ID}) {
			t.Fatalf("run %d: found %v by its name", i, got)
		}
		if got := found(r.ID[20:]); !slices.Contains(got, r.ID) {
			t.Fatalf("run %d: not found by its id", i)
		}
	}
	// Old and new ones go, one that was just created among them.
	extra := b.run("p", "python://p/f:f1", entity.StateReady)
	extra.Name = "run-extra"
	gone := []int{0, 254, 255, 256, 257, 511, 512, 513, n - 2, n - 1}
	b.write(func(tx store.Tx) error {
		if _, err := tx.Runs().Create(b.ctx, extra); err != nil {
			return err
		}
		for _, i := range gone {
			if err := tx.Runs().Delete(b.ctx, all[i].ID); err != nil {
				return err
			}
		}
		return tx.Runs().Delete(b.ctx, extra.ID)
	})
	// What comes behind them fills their blocks.
	for range 300 {
		r := b.run("p", "python://p/f:f1", entity.StateReady)
		r.Name = fmt.Sprintf("later-%d", b.n)
		b.createRun(r)
	}
	for i, r := range all {
		want := []string{r.ID}
		if slices.Contains(gone, i) {
			want = nil
		}
		if got := found(name(i)); !slices.Equal(got, want) {
			t.Fatalf("after some went, run %d: found %v, want %v", i, got, want)
		}
	}
	if got := found("extra"); len(got) != 0 {
		t.Errorf("found %v, which is gone", got)
	}
	if p := b.runs(store.Query{Project: "p", Text: "later-"}); p.Total != 300 {
		t.Errorf("%d runs in all, want 300", p.Total)
	}
}

// testRunsFarBack lists runs that lie behind thousands of others, alone and together with newer ones that
// match for another reason.
func testRunsFarBack(t *testing.T, b *bundle) {
	const old, late = 4000, 3800
	var all []store.Run
	for i := range old + late {
		function := "python://p/alpha:f1"
		if i >= old {
			function = "python://p/beta:f2"
		}
		r := b.run("p", function, entity.StateReady)
		if i > old && i%125 == 0 {
			r.Name = fmt.Sprintf("alpha-%d", i)
		}
		all = append(all, r)
	}
	b.write(func(tx store.Tx) error {
		for _, r := range all {
			if _, err := tx.Runs().Create(b.ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
	want := map[string][]string{}
	for _, r := range slices.Backward(all) {
		alpha := r.Function == "python://p/alpha:f1"
		if alpha {
			want["function"] = append(want["function"], r.ID)
		}
		if alpha || r.Name[:5] == "alpha" {
			want["text"] = append(want["text"], r.ID)
		}
	}
	for _, field := range []string{"created", "updated"} {
		for name, q := range map[string]store.Query{"function": {Function: "python://p/alpha:f1"}, "text": {Text: "alpha"}} {
			for _, size := range []int{1, 25} {
				q.Project, q.Size, q.Sort = "p", size, []store.Sort{{Field: field, Desc: true}}
				for _, page := range []int{0, 1, 2, 40} {
					q.Page = page
					p := b.runs(q)
					from := min(page*size, len(want[name]))
					if got, want := runIDs(p.Items), want[name][from:min(from+size, len(want[name]))]; !slices.Equal(got, want) {
						t.Errorf("by %s, order %s, page %d of %d: got %v, want %v", name, field, page, size, got, want)
					}
					if p.Exact && p.Total != int64(len(want[name])) {
						t.Errorf("by %s: %d in all, want %d", name, p.Total, len(want[name]))
					}
				}
			}
		}
	}
}
