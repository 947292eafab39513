package run

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dhub/engine/fake"
	"dhub/entity"
	"dhub/internal/store"
)

func TestDurationsAddUpToTheWhole(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	at := func(s entity.State, seconds float64) transition {
		return transition{Status: s, Time: entity.FormatTime(start.Add(time.Duration(seconds * float64(time.Second))))}
	}
	whole := func(f float64) *float64 { return &f }
	for name, x := range map[string]struct {
		list  []transition // oldest first
		final bool
		want  Durations
	}{
		"queued":   {[]transition{at(entity.StateCreated, 0), at(entity.StateReady, 0)}, false, Durations{}},
		"starting": {[]transition{at(entity.StateCreated, 0), at(entity.StateReady, 0), at(entity.StatePending, 4.5)}, false, Durations{Queued: 4.5}},
		"ended": {[]transition{at(entity.StateCreated, 0), at(entity.StateBuilt, 0.25), at(entity.StateReady, 0.5), at(entity.StatePending, 4.5), at(entity.StateRunning, 6), at(entity.StateCompleted, 16.001)},
			true, Durations{Queued: 4.5, Starting: 1.5, Running: 10.001, Total: whole(16.001)}},
		"two attempts": {[]transition{at(entity.StateCreated, 0), at(entity.StateReady, 0), at(entity.StatePending, 1), at(entity.StateRunning, 2), at(entity.StateReady, 5), at(entity.StatePending, 7), at(entity.StateRunning, 8), at(entity.StateError, 9)},
			true, Durations{Queued: 3, Starting: 2, Running: 4, Total: whole(9)}},
		"stopped": {[]transition{at(entity.StateCreated, 0), at(entity.StateReady, 0), at(entity.StateRunning, 1), at(entity.StateStop, 3), at(entity.StateStopped, 4)},
			true, Durations{Queued: 1, Running: 3, Total: whole(4)}},
	} {
		var c control
		for _, tr := range x.list {
			c.Transitions = append([]transition{tr}, c.Transitions...)
		}
		if d := cmp.Diff(x.want, c.durations(x.final, start)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// Lists sort by the duration that a run shows, also of one whose process ended while nobody was there to see it.
func TestTheEndThatListsSortByIsThatOfTheDuration(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("r", script("FAKE_SLEEP", "2s"))
		time.Sleep(time.Second)
		w.stop()
		time.Sleep(time.Minute)
		w.restart()
		v := w.end("r")
		var status struct{ Durations Durations }
		w.must(json.Unmarshal(v.doc.Status, &status))
		w.must(w.store.Read(w.ctx(), func(tx store.Tx) error {
			r, err := tx.Runs().Get(w.ctx(), "r")
			if err != nil {
				return err
			}
			if took := r.Finished.Sub(created(r)).Seconds(); status.Durations.Total == nil || *status.Durations.Total < 60 || took != *status.Durations.Total {
				t.Errorf("sorted by %v, shown as %+v", took, status.Durations)
			}
			return nil
		}))
	})
}
