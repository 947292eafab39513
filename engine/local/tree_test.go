//go:build linux

package local_test

import (
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"dhub/engine"
	"dhub/engine/local"
	"dhub/engine/local/keeper"
	"dhub/entity"
)

// tiers are all of this machine, the best one first.
func tiers(t *testing.T) []string {
	t.Helper()
	list := []string{""}
	for _, tier := range []string{keeper.TierCgroup2, keeper.TierCgroup1} {
		if got, err := keeper.Detect(t.TempDir(), tier); err == nil {
			got.Release()
			list = append(list, tier)
		}
	}
	return append(list, keeper.TierWatch)
}

func eachTier(t *testing.T, f func(t *testing.T, tier string)) {
	for _, tier := range tiers(t) {
		name := tier
		if name == "" {
			name = "best"
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f(t, tier)
		})
	}
}

// A job that double-forks, leaves its session and ignores TERM leaves no process.
func TestNoProcessIsLeft(t *testing.T) {
	t.Parallel()
	eachTier(t, func(t *testing.T, tier string) {
		for _, word := range []string{"daemon", "bare-daemon"} {
			for how, act := range map[string]func(*local.Engine, engine.Handle) error{
				"stop":    func(e *local.Engine, h engine.Handle) error { return e.Stop(t.Context(), h.ID, 50*time.Millisecond) },
				"timeout": nil,
				"end":     nil,
				"remove":  func(e *local.Engine, h engine.Handle) error { return e.Remove(t.Context(), h.ID) },
			} {
				t.Run(word+" "+how, func(t *testing.T) {
					e := open(t, local.Config{Root: root(t), Tier: tier})
					dir := t.TempDir()
					lines := []string{"stubborn", word + " " + filepath.Join(dir, "daemon"), "pid " + filepath.Join(dir, "job"), "print ready"}
					if how == "end" {
						lines = append(lines, "wait-for "+filepath.Join(dir, "go"), "print bye")
					} else {
						lines = append(lines, "hold")
					}
					r := job(t, lines...)
					if how == "timeout" {
						r.Timeout, r.Grace = 1500*time.Millisecond, 50*time.Millisecond
					}
					h := start(t, e, r)
					firstLine(t, e, h)
					daemon, main := processIn(t, filepath.Join(dir, "daemon")), processIn(t, filepath.Join(dir, "job"))
					if act != nil {
						if err := act(e, h); err != nil {
							t.Fatal(err)
						}
					}
					if how == "end" {
						write(t, filepath.Join(dir, "go"), "")
					}
					if how != "remove" {
						end(t, e, h)
					}
					if daemon.alive() || main.alive() {
						t.Errorf("daemon alive: %v, job alive: %v, after %s", daemon.alive(), main.alive(), how)
					}
				})
			}
		}
	})
}

func TestMemoryLimit(t *testing.T) {
	t.Parallel()
	eachTier(t, func(t *testing.T, tier string) {
		e := open(t, local.Config{Root: root(t), Tier: tier})
		r := job(t, "print begun", "alloc 400", "hold")
		r.Resources = map[string]engine.Quantity{"memory": {Limit: "64Mi"}}
		s := end(t, e, start(t, e, r))
		wantReason(t, s, engine.Failed, entity.ReasonMemory)
		if s.Exit == nil || !s.Exit.OOM || s.Exit.Signal != 9 {
			t.Errorf("got exit %+v, want it killed for memory", s.Exit)
		}
		var native struct{ Tier string }
		if err := json.Unmarshal(s.Native, &native); err != nil || native.Tier == "" || !e.Describe().Capabilities["memory_limit."+native.Tier] {
			t.Errorf("got native %s (%v) and capabilities %v, want the tier in both", s.Native, err, e.Describe().Capabilities)
		}
		fine := job(t, "alloc 20")
		fine.Resources = map[string]engine.Quantity{"mem": {Limit: "200Mi"}}
		wantReason(t, end(t, e, start(t, e, fine)), engine.Succeeded, entity.ReasonCompleted)
	})
}

func TestUsage(t *testing.T) {
	t.Parallel()
	e := open(t, local.Config{Root: root(t)})
	s := end(t, e, start(t, e, job(t, "alloc 40", "spin 200ms")))
	if got := s.Usage["cpu_seconds"]; got < 0.2 || got > 10 {
		t.Errorf("got %v processor seconds, want about 0.2", got)
	}
	if got := s.Usage["memory_peak_bytes"]; got < 40<<20 || got > 200<<20 {
		t.Errorf("got a peak of %v bytes, want about 50 MiB", got)
	}
}

func TestTimeoutWhileNoServerLives(t *testing.T) {
	t.Parallel()
	dir, at := root(t), t.TempDir()
	e := open(t, local.Config{Root: dir})
	r := job(t, "stubborn", "pid "+filepath.Join(at, "job"), "print ready", "hold")
	r.Timeout, r.Grace = 500*time.Millisecond, 100*time.Millisecond
	h := start(t, e, r)
	firstLine(t, e, h)
	p := processIn(t, filepath.Join(at, "job"))
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	for p.alive() {
		time.Sleep(5 * time.Millisecond)
	}
	s := end(t, open(t, local.Config{Root: dir}), h)
	wantReason(t, s, engine.Failed, entity.ReasonTimeout)
	if s.Exit == nil || s.Exit.Signal != 9 {
		t.Errorf("got exit %+v, want it killed after its grace", s.Exit)
	}
}
