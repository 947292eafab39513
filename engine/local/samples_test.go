//go:build linux

package local_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dhub/engine"
	"dhub/engine/enginetest"
	"dhub/engine/local"
	"dhub/engine/local/keeper"
	"dhub/entity"
)

func init() {
	// fork executes further lines in a child, and waits for it.
	enginetest.Words["fork"] = func(lines string) {
		check(exec.Command("/proc/self/exe", append([]string{child}, strings.Split(lines, ";")...)...).Run())
	}
}

// until asks for samples until they please.
func until(t *testing.T, e *local.Engine, h engine.Handle, ok func([]engine.Sample) bool) []engine.Sample {
	t.Helper()
	for {
		list, err := e.Samples(t.Context(), h)
		if err != nil {
			t.Fatal(err)
		}
		if ok(list) {
			return list
		}
		if s := now(t, e, h); s.Phase.Final() {
			t.Fatalf("the attempt ended as %+v with samples %+v", s, list)
		}
		time.Sleep(time.Millisecond)
	}
}

// now is the present status.
func now(t *testing.T, e *local.Engine, h engine.Handle) (s engine.Status) {
	t.Helper()
	if err := e.Observe(t.Context(), h, func(x engine.Status) error { s = x; return errEnough }); !errors.Is(err, errEnough) {
		t.Fatal(err)
	}
	return s
}

func TestSamplesTellWhatTheWholeTreeUses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, tier, limit string
		main, init        []string
	}{
		{"one process", "", "", []string{"alloc 64", "spin 350ms", "hold"}, nil},
		{"one process without cgroups", keeper.TierWatch, "", []string{"alloc 64", "spin 350ms", "hold"}, nil},
		{"under a limit", "", "512Mi", []string{"alloc 64", "spin 350ms", "hold"}, nil},
		{"under a limit that is watched", keeper.TierWatch, "512Mi", []string{"alloc 64", "spin 350ms", "hold"}, nil},
		{"the init process counts", "", "", []string{"alloc 64", "hold"}, []string{"spin 350ms"}},
		{"the init process counts without cgroups", keeper.TierWatch, "", []string{"alloc 64", "hold"}, []string{"spin 350ms"}},
		{"a child", "", "", []string{"fork alloc 64;spin 350ms;hold"}, nil},
		{"a child without cgroups", keeper.TierWatch, "", []string{"fork alloc 64;spin 350ms;hold"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := open(t, local.Config{Root: root(t), Tier: c.tier})
			r := job(t, c.main...)
			if c.limit != "" {
				r.Resources = map[string]engine.Quantity{"memory": {Limit: c.limit}}
			}
			if c.init != nil {
				r.Init = []engine.Process{job(t, c.init...).Main}
			}
			h := start(t, e, r)
			list := until(t, e, h, func(list []engine.Sample) bool {
				n := len(list)
				return n > 0 && list[n-1].Memory >= 64<<20 && list[n-1].CPU >= 0.3
			})
			if list[0].CPU != 0 || list[0].Memory != 0 {
				t.Errorf("got %+v first, want the beginning", list[0])
			}
			last := list[len(list)-1]
			if last.Memory > 400<<20 {
				t.Errorf("got %d bytes of a job that holds about 64 MiB", last.Memory)
			}
			if err := e.Stop(t.Context(), r.ID, 0); err != nil {
				t.Fatal(err)
			}
			if s := end(t, e, h); s.Usage["memory_peak_bytes"] < float64(last.Memory) {
				t.Errorf("the peak %v is less than a sample, %d", s.Usage["memory_peak_bytes"], last.Memory)
			}
		})
	}
}

// The samples outlive the keeper that wrote them, and go with the attempt.
func TestSamplesOfAKilledKeeperRemain(t *testing.T) {
	t.Parallel()
	dir := root(t)
	e := open(t, local.Config{Root: dir})
	r := job(t, "hold")
	h := start(t, e, r)
	before := until(t, e, h, func(list []engine.Sample) bool { return len(list) >= 2 })
	killKeepers(dir)
	if s := end(t, e, h); s.Phase != engine.Lost {
		t.Fatalf("got %+v", s)
	}
	after, err := e.Samples(t.Context(), h)
	if err != nil || len(after) < len(before) {
		t.Errorf("got %d samples and %v, before the kill %d", len(after), err, len(before))
	}
	if err := e.Remove(t.Context(), r.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Samples(t.Context(), h); !entity.IsNotFound(err) {
		t.Errorf("removed: got %v, want not found", err)
	}
}

// A disk that takes no samples disturbs no attempt.
func TestAnAttemptWhoseSamplesCannotBeKeptGoesOn(t *testing.T) {
	t.Parallel()
	dir := root(t)
	e := open(t, local.Config{Root: dir})
	r := job(t, "wait-for "+filepath.Join(dir, "on"), "print done")
	h := start(t, e, r)
	folder := filepath.Join(dir, keeper.AttemptsDir, r.ID.UID+".1")
	if err := os.Mkdir(filepath.Join(folder, keeper.SamplesFile), 0o700); err != nil {
		t.Fatal(err)
	}
	logs := filepath.Join(dir, keeper.Prefix+"*"+keeper.ErrorSuffix)
	for told := false; !told; { // the keeper says so in its own log
		files, err := filepath.Glob(logs)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			told = told || err == nil && len(data) > 0
		}
		time.Sleep(time.Millisecond)
	}
	if err := os.WriteFile(filepath.Join(dir, "on"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if s := end(t, e, h); s.Phase != engine.Succeeded {
		t.Errorf("got %+v", s)
	}
	if list, err := e.Samples(t.Context(), h); err != nil || len(list) != 0 {
		t.Errorf("got %v, %v", list, err)
	}
}
