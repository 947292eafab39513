package run

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dhub/engine"
	"dhub/engine/fake"
	"dhub/entity"
	"dhub/internal/store"
)

func (w *world) usage(id string, attempt int) Usage {
	w.t.Helper()
	u, err := w.m.Usage(w.ctx(), "p", id, attempt)
	w.must(err)
	return u
}

func TestUsageIsReadFromTheEngineAndThenFromTheStore(t *testing.T) {
	onSQLite(t, fake.Config{}, func(t *testing.T, w *world) {
		members := script("FAKE_SLEEP", "10s")
		members["resources"] = map[string]any{"cpu": map[string]any{"requests": "500m", "limits": "2"}, "mem": "1Gi", "gpu": "1"}
		w.create("r", members)
		time.Sleep(5550 * time.Millisecond)
		live := w.usage("r", 0)
		if live.Attempt != 1 || len(live.Samples) != 56 || live.Samples[55].CPU != 5.5 || live.Samples[55].Memory != 55<<20 {
			t.Errorf("live: got %+v", live)
		}
		want := map[string]Asked{"cpu": {0.5, 2}, "memory": {1 << 30, 0}}
		if d := cmp.Diff(want, live.Asked); d != "" {
			t.Errorf("asked: %s", d)
		}
		w.end("r")
		time.Sleep(time.Second)
		if n := w.engine.Live(); n != 0 {
			t.Fatalf("the engine still holds %d attempts", n)
		}
		ended := w.usage("r", 1)
		if len(ended.Samples) != 101 || ended.Samples[100].CPU != 10 {
			t.Errorf("ended: got %+v", ended)
		}
		for i, s := range live.Samples {
			if d := ended.Samples[i].Time.Sub(s.Time); d.Abs() > time.Microsecond || s.CPU != ended.Samples[i].CPU || s.Memory != ended.Samples[i].Memory {
				t.Errorf("sample %d: got %+v, while it lived it was %+v", i, ended.Samples[i], s)
			}
		}
		if d := cmp.Diff(want, ended.Asked); d != "" {
			t.Errorf("asked: %s", d)
		}
	})
}

func TestUsageOfEachAttemptIsKeptAndGoesWithItsRun(t *testing.T) {
	cfg := fake.Config{Script: func(r engine.Runnable) (fake.Script, bool) {
		return fake.Script{Sleep: time.Duration(r.ID.Attempt) * 3 * time.Second, Exit: engine.Exit{Code: 2 - r.ID.Attempt}}, true
	}}
	inBubble(t, cfg, func(t *testing.T, w *world) {
		w.create("r", map[string]any{"backoff_limit": 3})
		w.end("r")
		for attempt, want := range map[int]int{1: 31, 2: 61, 0: 61} {
			if got := w.usage("r", attempt); len(got.Samples) != want || attempt > 0 && got.Attempt != attempt {
				t.Errorf("attempt %d: got %+v, want %d samples", attempt, got, want)
			}
		}
		for _, attempt := range []int{-1, 3} {
			_, err := w.m.Usage(w.ctx(), "p", "r", attempt)
			if !entity.IsNotFound(err) || !strings.Contains(err.Error(), "1 to 2") {
				t.Errorf("attempt %d: got %v", attempt, err)
			}
		}
		if _, err := w.m.Usage(w.ctx(), "other", "r", 1); entity.CodeOf(err) != entity.CodeInvalid {
			t.Errorf("of another project: got %v, want it refused", err)
		}
		uid := w.uid("r")
		_, err := w.m.Delete(w.ctx(), "p", "r")
		w.must(err)
		w.must(w.store.Read(w.ctx(), func(tx store.Tx) error {
			for _, attempt := range []int{1, 2} {
				if data, err := tx.Attempts().Samples(w.ctx(), uid, attempt); err != nil || data != nil {
					t.Errorf("attempt %d of the deleted run: got %d bytes, %v", attempt, len(data), err)
				}
			}
			return nil
		}))
	})
}

func TestUsageOfWhatNoEngineExecutesIsEmpty(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("local", map[string]any{"local_execution": true})
		if u := w.usage("local", 0); u.Attempt != 0 || len(u.Samples) != 0 {
			t.Errorf("got %+v", u)
		}
		if _, err := w.m.Usage(w.ctx(), "p", "local", 1); !entity.IsNotFound(err) {
			t.Errorf("attempt 1: got %v, want not found", err)
		}
		w.create("short", script("FAKE_SLEEP", "10ms"))
		w.end("short")
		if u := w.usage("short", 0); u.Attempt != 1 || len(u.Samples) != 0 {
			t.Errorf("got %+v", u)
		}
	})
}

// The end of an attempt waits for its samples as it does for its log, and a server killed in between repeats it.
func TestSamplesAreKeptAlthoughTheEngineFails(t *testing.T) {
	failures := 3
	cfg := fake.Config{Before: func(op fake.Op, _ engine.ID) error {
		if op == fake.OpSamples && failures > 0 {
			failures--
			return entity.Errorf(entity.CodeUnavailable, "not now")
		}
		return nil
	}}
	inBubble(t, cfg, func(t *testing.T, w *world) {
		w.create("r", script("FAKE_SLEEP", "5s"))
		if v := w.end("r"); v.State != entity.StateCompleted {
			t.Errorf("got %s", v.path())
		}
		if u := w.usage("r", 1); len(u.Samples) != 51 || failures != 0 {
			t.Errorf("got %+v after all but %d failures", u, failures)
		}
	})
}

// A lasting error of the samples ends no attempt otherwise than it ended, and keeps no run from its end.
func TestARunEndsThoughItsSamplesAreNeverRead(t *testing.T) {
	for name, c := range map[string]struct {
		fail  func() error
		state entity.State
		exit  int
	}{
		"unavailable": {func() error { return entity.Errorf(entity.CodeUnavailable, "never") }, entity.StateCompleted, 0},
		"unknown":     {func() error { return errors.New("broken") }, entity.StateError, 3},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := fake.Config{Before: func(op fake.Op, _ engine.ID) error {
				if op == fake.OpSamples {
					return c.fail()
				}
				return nil
			}}
			inBubble(t, cfg, func(t *testing.T, w *world) {
				members := script("FAKE_SLEEP", "5s", "FAKE_LOG", "said", "FAKE_EXIT", strconv.Itoa(c.exit))
				w.create("r", members)
				v := w.end("r")
				if v.State != c.state || v.Exit == nil || v.Exit.Code != c.exit {
					t.Errorf("got %s with the exit %+v", v.path(), v.Exit)
				}
				if n := v.Notices; len(n) != 1 || n[0].Code != "samples_lost" {
					t.Errorf("got the notices %+v", n)
				}
				if u := w.usage("r", 1); len(u.Samples) != 0 {
					t.Errorf("got %+v", u)
				}
			})
		})
	}
}

// What an attempt used is no secret: it stays where the log cannot be masked.
func TestSamplesAreKeptWhereTheLogCannotBe(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		members := script("FAKE_SLEEP", "5s")
		members["secrets"] = []string{"PASSWORD"}
		w.create("r", members)
		time.Sleep(time.Second)
		w.stop()
		w.cfg.Secrets = newSafe(t, 2)
		w.restart()
		if v := w.end("r"); v.Reason.Code != entity.ReasonKeyMissing {
			t.Errorf("got %+v", v.Reason)
		}
		if u := w.usage("r", 1); len(u.Samples) != 51 {
			t.Errorf("got %+v", u)
		}
	})
}

func TestPackedSamplesAreTheSame(t *testing.T) {
	t.Parallel()
	begun := time.Date(2026, 11, 23, 10, 0, 0, 123456000, time.UTC)
	var list []engine.Sample
	for i := range engine.MaxSamples {
		list = append(list, engine.Sample{Time: begun.Add(time.Duration(i) * time.Minute), CPU: float64(i*i) / 1e6, Memory: int64(i%7) * (200<<20 + 3)})
	}
	list = append(list, engine.Sample{Time: begun.AddDate(90, 0, 0), CPU: 1e9, Memory: math.MaxInt64 / 2})
	packed := packSamples(list)
	got, err := unpackSamples(packed)
	if d := cmp.Diff(list, got); d != "" || err != nil {
		t.Errorf("%v %s", err, d)
	}
	if len(packed) > 16*len(list) {
		t.Errorf("got %d bytes for %d samples", len(packed), len(list))
	}
	if got, err := unpackSamples(packSamples(nil)); got != nil || err != nil {
		t.Errorf("none: got %v, %v", got, err)
	}
	for _, broken := range [][]byte{{9, 1, 1, 1}, slices.Concat(packed, []byte{0x80}), packed[:len(packed)-1]} {
		if _, err := unpackSamples(broken); err == nil {
			t.Errorf("%d damaged bytes were read", len(broken))
		}
	}
}
