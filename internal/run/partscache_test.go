package run

import (
	"strings"
	"testing"
	"time"

	"dhub/engine/fake"
	"dhub/entity"
	"dhub/internal/store"
)

// A create sees what was last written of the task and its function, however often they were loaded before.
func TestPartsOfARunAreNeverOld(t *testing.T) {
	onSQLite(t, fake.Config{}, func(t *testing.T, w *world) {
		n := 0
		create := func() (entity.Doc, error) {
			n++
			return w.m.Create(w.ctx(), Write{Project: "p", Body: []byte(`{"kind":"test+job:run","spec":{"task":"test+job://p/t1","local_execution":true}}`)})
		}
		for range 3 {
			d, err := create()
			w.must(err)
			if strings.Contains(string(d.Status), "superseded") {
				t.Errorf("got %s", d.Status)
			}
			d2, err := w.m.Get(w.ctx(), "p", d.ID)
			w.must(err)
			if string(d2.Spec) != string(d.Spec) || string(d2.Status) != string(d.Status) || string(d2.Metadata) != string(d.Metadata) || !d2.Created.Equal(d.Created) || d2.Seq != d.Seq {
				t.Errorf("created %s %s, stored %s %s", d.Spec, d.Status, d2.Spec, d2.Status)
			}
		}
		var function entity.Doc
		w.must(w.store.Write(w.ctx(), func(tx store.Tx) error {
			task, err := tx.Entities().Get(w.ctx(), entity.Task, "t1")
			if err != nil {
				return err
			}
			spec, _ := entity.ParseObject(task.Spec)
			x, _ := entity.ParseExecRef(spec.Text("function"))
			r, err := tx.Entities().Update(w.ctx(), entity.Function, x.ID, func(r store.Record) (store.Record, error) {
				r.Status, r.Updated = []byte(`{"state":"CREATED","superseded_by":"store://p/function/test/f:newer"}`), time.Now()
				return r, nil
			})
			function = r.Doc
			return err
		}))
		d, err := create()
		w.must(err)
		if !strings.Contains(string(d.Status), "superseded") {
			t.Errorf("%s is superseded, but the run's status is %s", function.ID, d.Status)
		}
		w.must(w.store.Write(w.ctx(), func(tx store.Tx) error { return tx.Entities().Delete(w.ctx(), entity.Task, "t1") }))
		if _, err := create(); entity.CodeOf(err) != entity.CodeInvalid {
			t.Errorf("create with a task that is gone: got %v", err)
		}
	})
}

func TestPartsCacheKeepsToItsStampAndSize(t *testing.T) {
	var c partsCache
	key := partsKey{project: "p", kind: "k", task: "t", ref: "f"}
	p := parts{task: entity.Doc{ID: "t1"}}
	c.put(2, key, p)
	if got, ok := c.get(2, key); !ok || got.task.ID != "t1" {
		t.Errorf("got %v %v", got, ok)
	}
	if _, ok := c.get(4, key); ok {
		t.Error("found at a later stamp")
	}
	c.put(4, partsKey{task: "other"}, p)
	if _, ok := c.get(2, key); ok {
		t.Error("found at an earlier stamp")
	}
	c.put(2, key, p)
	if _, ok := c.get(4, partsKey{task: "other"}); !ok {
		t.Error("a late reader threw newer parts away")
	}
	c.put(4, partsKey{task: "large"}, parts{function: entity.Doc{Spec: make([]byte, partsEach+1)}})
	if _, ok := c.get(4, partsKey{task: "large"}); ok {
		t.Error("too large a function was kept")
	}
	for i := range 1000 {
		c.put(4, partsKey{task: strings.Repeat("x", i)}, parts{function: entity.Doc{Spec: make([]byte, 100<<10)}})
		if c.bytes > partsBytes {
			t.Fatalf("it holds %d bytes", c.bytes)
		}
	}
}
