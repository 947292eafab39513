package storetest

import (
	"errors"
	"sync"
	"testing"

	"dhub/entity"
	"dhub/internal/store"
)

// testStamp checks that what was read under a stamp is still so while the stamp stays.
func testStamp(t *testing.T, b *bundle) {
	f := b.create(b.record(entity.Function, "p", "f"))
	stamp, known := b.Stamp()
	if !known {
		return // other processes write too
	}
	b.create(b.record(entity.Artifact, "p", "a"))
	b.createRun(b.run("p", "python://p/f:f1", entity.StateReady))
	undone := errors.New("undone")
	if err := b.Write(b.ctx, func(tx store.Tx) error {
		if err := tx.Entities().Delete(b.ctx, entity.Function, f.ID); err != nil {
			return err
		}
		return undone
	}); !errors.Is(err, undone) {
		t.Fatal(err)
	}
	if now, known := b.Stamp(); now != stamp || !known {
		t.Errorf("the stamp became %d %v from %d though no function changed", now, known, stamp)
	}
	for name, f := range map[string]func(store.Tx) error{
		"update": func(tx store.Tx) error {
			_, err := tx.Entities().Update(b.ctx, entity.Function, f.ID, func(r store.Record) (store.Record, error) { r.State = "X"; return r, nil })
			return err
		},
		"task": func(tx store.Tx) error {
			_, err := tx.Entities().Create(b.ctx, b.record(entity.Task, "p", "t"))
			return err
		},
		"workflow": func(tx store.Tx) error {
			_, err := tx.Entities().Create(b.ctx, b.record(entity.Workflow, "p", "w"))
			return err
		},
	} {
		stamp, _ := b.Stamp()
		b.write(f)
		if now, known := b.Stamp(); now == stamp || !known {
			t.Errorf("after %s the stamp is %d %v, before %d", name, now, known, stamp)
		}
	}
	// Readers that keep the state with its stamp, while it changes.
	var wg sync.WaitGroup
	done := make(chan struct{})
	state := func() (state string) {
		b.read(func(tx store.Tx) error {
			r, err := tx.Entities().Get(b.ctx, entity.Function, f.ID)
			state = r.State
			return err
		})
		return state
	}
	for range 4 {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				before, known := b.Stamp()
				kept := state()
				if after, still := b.Stamp(); !known || !still || before != after {
					continue
				}
				now := state()
				if again, still := b.Stamp(); still && again == before && now != kept {
					t.Errorf("under stamp %d the state was %q and %q", before, kept, now)
					return
				}
			}
		})
	}
	for i := range 300 {
		b.write(func(tx store.Tx) error {
			_, err := tx.Entities().Update(b.ctx, entity.Function, f.ID, func(r store.Record) (store.Record, error) {
				r.State = string(rune('a' + i%26))
				return r, nil
			})
			return err
		})
	}
	close(done)
	wg.Wait()
}
