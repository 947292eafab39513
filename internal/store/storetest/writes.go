package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dhub/entity"
	"dhub/internal/store"
)

func testChanges(t *testing.T, b *bundle) {
	wake, stop := b.Wake()
	defer stop()
	r := b.create(b.record(entity.Function, "p", "f"))
	select {
	case <-wake:
	default:
		t.Error("no wake after a commit")
	}
	run := b.createRun(b.run("p", "python://p/f:1", entity.StateReady))
	b.write(func(tx store.Tx) error {
		_, err := tx.Runs().Update(b.ctx, run.ID, func(r store.Run) (store.Run, error) { r.State = entity.StatePending; return r, nil })
		if err != nil {
			return err
		}
		if err := tx.Runs().Delete(b.ctx, run.ID); err != nil {
			return err
		}
		return tx.Entities().Delete(b.ctx, entity.Function, r.ID)
	})
	list, err := b.Changes(b.ctx, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	now := b.clock.Now()
	want := []store.Change{
		{Seq: 1, Project: "p", Entity: "function", ID: r.ID, Verb: "create", Kind: "python", Name: "f", State: "CREATED", At: r.Created},
		{Seq: 2, Project: "p", Entity: "run", ID: run.ID, Verb: "create", Kind: run.Kind, Name: run.Name, State: "READY", At: now},
		{Seq: 3, Project: "p", Entity: "run", ID: run.ID, Verb: "update", Kind: run.Kind, Name: run.Name, State: "PENDING", Was: "READY", At: now},
		{Seq: 4, Project: "p", Entity: "run", ID: run.ID, Verb: "delete", Kind: run.Kind, Name: run.Name, State: "PENDING", At: now},
		{Seq: 5, Project: "p", Entity: "function", ID: r.ID, Verb: "delete", Kind: "python", Name: "f", State: "CREATED", At: now},
	}
	if d := cmp.Diff(want, list); d != "" {
		t.Error(d)
	}
	if list, err := b.Changes(b.ctx, 2, 2); err != nil || cmp.Diff(want[2:4], list) != "" {
		t.Errorf("got %v %v", list, err)
	}
	if head, err := b.Head(b.ctx); err != nil || head != 5 {
		t.Errorf("got head %d %v, want 5", head, err)
	}
	if list, err := b.Changes(b.ctx, 5, 2); err != nil || len(list) != 0 {
		t.Errorf("got %v %v beyond the head", list, err)
	}
}

func testTrimming(t *testing.T, b *bundle) {
	add := func(n int) {
		b.write(func(tx store.Tx) error {
			for range n {
				if _, err := tx.Entities().Create(b.ctx, b.record(entity.Artifact, "p", "a")); err != nil {
					return err
				}
			}
			return nil
		})
	}
	add(1500)
	if list, err := b.Changes(b.ctx, 0, 5000); err != nil || len(list) != 1500 {
		t.Fatalf("got %d changes, %v", len(list), err)
	}
	b.clock.Add(48 * time.Hour)
	add(1)
	_, err := b.Changes(b.ctx, 0, 10)
	b.wantCode(err, entity.CodeNotFound)
	head, _ := b.Head(b.ctx)
	list, err := b.Changes(b.ctx, 501, 5000)
	if err != nil || len(list) != 1000 || list[0].Seq != 502 || list[999].Seq != head {
		t.Errorf("got %d changes after trimming, %v; the newest thousand should stay", len(list), err)
	}
}

func testGroups(t *testing.T, b *bundle) {
	// A writer holds the lead until all others wait behind it, so that they share one commit.
	const n = 20
	var wg sync.WaitGroup
	release := make(chan struct{})
	started := make(chan struct{})
	wg.Go(func() {
		var once sync.Once
		_ = b.Write(b.ctx, func(store.Tx) error {
			once.Do(func() { close(started) })
			<-release
			return nil
		})
	})
	<-started
	errs := make([]error, n)
	cancelled, cancel := context.WithCancel(b.ctx)
	var waiting atomic.Int32
	for i := range n {
		r := b.record(entity.Artifact, "p", fmt.Sprint("a", i))
		run := b.run("p", fmt.Sprint("python://p/f:", i), entity.StateReady)
		wg.Go(func() {
			ctx := b.ctx
			if i == 7 {
				ctx = cancelled
			}
			waiting.Add(1)
			errs[i] = b.Write(ctx, func(tx store.Tx) error {
				if _, err := tx.Entities().Create(b.ctx, r); err != nil {
					return err
				}
				if _, err := tx.Runs().Create(b.ctx, run); err != nil {
					return err
				}
				if i%2 == 0 {
					return fmt.Errorf("refused %d", i)
				}
				return nil
			})
		})
	}
	cancel()
	close(release)
	wg.Wait()
	for i, err := range errs {
		switch {
		case i == 7:
			if err != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("cancelled writer: got %v", err)
			}
		case i%2 == 0 && (err == nil || err.Error() != fmt.Sprint("refused ", i)):
			t.Errorf("writer %d: got %v", i, err)
		case i%2 == 1 && err != nil:
			t.Errorf("writer %d: got %v", i, err)
		}
	}
	want := int64(n / 2)
	if errs[7] != nil {
		want--
	}
	arts, runs := b.list(store.Query{Entity: entity.Artifact}), b.runs(store.Query{})
	if arts.Total != want || runs.Total != want || int64(len(runs.Items)) != want {
		t.Errorf("got %d artifacts and %d runs, want %d of each", arts.Total, runs.Total, want)
	}
	changes, err := b.Changes(b.ctx, 0, 1000)
	if err != nil || int64(len(changes)) != 2*want {
		t.Errorf("got %d changes, %v, want %d", len(changes), err, 2*want)
	}
	// A panic is the caller's own.
	func() {
		defer func() {
			if p := recover(); p != "mine" {
				t.Errorf("got panic %v, want mine", p)
			}
		}()
		_ = b.Write(b.ctx, func(store.Tx) error { panic("mine") })
	}()
	b.create(b.record(entity.Artifact, "p", "after"))
}

func testConcurrency(t *testing.T, b *bundle) {
	const writers, each = 16, 25
	r := b.createRun(b.run("p", "python://p/f:1", entity.StateReady))
	var records [writers][each]store.Run
	for w := range writers {
		for i := range each {
			records[w][i] = b.run("p", fmt.Sprint("python://p/f:", i%5), entity.StateReady)
		}
	}
	// A reader follows the feed all along.
	seen := make(chan []int64)
	done := make(chan struct{})
	wake, stop := b.Wake()
	defer stop()
	go func() {
		var seqs []int64
		for last := false; ; {
			select {
			case <-wake:
			case <-done:
				last = true
			}
			for {
				after := int64(0)
				if len(seqs) > 0 {
					after = seqs[len(seqs)-1]
				}
				list, err := b.Changes(b.ctx, after, 7)
				if err != nil || len(list) == 0 {
					break
				}
				for _, c := range list {
					seqs = append(seqs, c.Seq)
				}
			}
			if last {
				seen <- seqs
				return
			}
		}
	}()
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				err := b.Write(b.ctx, func(tx store.Tx) error {
					if _, err := tx.Runs().Create(b.ctx, records[w][i]); err != nil {
						return err
					}
					_, err := tx.Runs().Update(b.ctx, r.ID, func(r store.Run) (store.Run, error) {
						r.Attempt++
						return r, nil
					})
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	close(done)
	seqs := <-seen
	for i, seq := range seqs {
		if seq != int64(i+1) {
			t.Fatalf("change %d has seq %d: a hole", i, seq)
		}
	}
	if want := 1 + 2*writers*each; len(seqs) != want {
		t.Errorf("got %d changes, want %d", len(seqs), want)
	}
	b.read(func(tx store.Tx) error {
		got, err := tx.Runs().Get(b.ctx, r.ID)
		if got.Attempt != writers*each {
			t.Errorf("got %d updates, want %d: some were lost", got.Attempt, writers*each)
		}
		return err
	})
	if p := b.runs(store.Query{}); p.Total != 1+writers*each {
		t.Errorf("got %d runs, want %d", p.Total, 1+writers*each)
	}
}

func testIsolation(t *testing.T, b *bundle) {
	first := b.createRun(b.run("p", "python://p/f:1", entity.StateReady))
	b.read(func(tx store.Tx) error {
		before, err := tx.Runs().List(b.ctx, store.Query{Size: 10}, false)
		if err != nil {
			return err
		}
		b.createRun(b.run("p", "python://p/f:1", entity.StateReady))
		b.write(func(tx store.Tx) error { return tx.Runs().Delete(b.ctx, first.ID) })
		if _, err := tx.Runs().Get(b.ctx, first.ID); err != nil {
			t.Errorf("a run vanished from a snapshot: %v", err)
		}
		after, err := tx.Runs().List(b.ctx, store.Query{Size: 10}, false)
		if d := cmp.Diff(runIDs(before.Items), runIDs(after.Items)); d != "" {
			t.Errorf("a snapshot changed: %s", d)
		}
		return err
	})
	var kept store.Tx
	b.write(func(tx store.Tx) error { kept = tx; return nil })
	if err := kept.Files().Put(b.ctx, entity.Model, "m", nil); err == nil {
		t.Error("a Tx worked after its function returned")
	}
}

func testClosing(t *testing.T, b *bundle) {
	if d := b.Describe(); !slices.ContainsFunc([]string{"SQLite", "PostgreSQL"}, func(s string) bool { return strings.HasPrefix(d, s) }) {
		t.Errorf("got description %q", d)
	}
	ctx, cancel := context.WithCancel(b.ctx)
	cancel()
	if err := b.Write(ctx, func(store.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v of a cancelled context", err)
	}
	for range 2 {
		if err := b.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}
	b.wantCode(b.Write(b.ctx, func(store.Tx) error { return nil }), entity.CodeUnavailable)
	b.wantCode(b.Read(b.ctx, func(store.Tx) error { return nil }), entity.CodeUnavailable)
}
