package run

import (
	"testing"
	"time"

	"dhub/engine/fake"
	"dhub/entity"
)

// Two servers share a store: one drives the runs, and the other is asked.
func TestWhatAnotherServerIsAskedReachesTheDriver(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("stop", script("FAKE_SLEEP", "forever"))
		w.create("delete", script("FAKE_SLEEP", "forever"))
		time.Sleep(2 * heedEvery)
		cfg := w.cfg
		cfg.Holder = "another"
		other, err := New(cfg)
		w.must(err)
		w.must(other.Start(w.ctx()))
		defer func() { w.must(other.Stop(w.ctx())) }()
		_, err = other.Act(w.ctx(), "p", "stop", "stop", "")
		w.must(err)
		_, err = other.Delete(w.ctx(), "p", "delete")
		w.must(err)
		_, err = other.Create(w.ctx(), Write{Project: "p", Body: body("silent", map[string]any{"local_execution": true})})
		w.must(err)
		time.Sleep(5 * heedEvery)
		if v := w.get("stop"); v.State != entity.StateStopped {
			t.Errorf("stop: got %s, want STOPPED", v.State)
		}
		if _, err := w.m.Get(w.ctx(), "p", "delete"); !entity.IsNotFound(err) {
			t.Errorf("delete: got %v, want that it is gone", err)
		}
		time.Sleep(25 * time.Hour)
		if v := w.get("silent"); v.State != entity.StateError || v.Reason.Code != entity.ReasonClientSilent {
			t.Errorf("silent: got %s %+v, want ERROR of a silent client", v.State, v.Reason)
		}
	})
}
