//go:build linux

package local_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"dhub/engine"
	"dhub/engine/enginetest"
	"dhub/engine/local"
	"dhub/engine/local/keeper"
	"dhub/entity"
)

const day = 24 * time.Hour

// age makes a file look as if it had been left so long ago.
func age(t *testing.T, path string, by time.Duration) {
	t.Helper()
	at := time.Now().Add(-by)
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

// bury leaves a tombstone of an attempt that was removed so long ago.
func bury(t *testing.T, e *local.Engine, dir string, ago time.Duration) engine.Runnable {
	t.Helper()
	r := job(t, "print never")
	if err := e.Remove(t.Context(), r.ID); err != nil {
		t.Fatal(err)
	}
	age(t, keeper.TombPath(dir, name(r.ID)), ago)
	return r
}

func name(id engine.ID) string { return fmt.Sprintf("%s.%d", id.UID, id.Attempt) }

func there(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

func collect(t *testing.T, e *local.Engine) {
	t.Helper()
	if err := e.Collect(); err != nil {
		t.Fatal(err)
	}
}

// An old tombstone goes, and what it guarded is still not started: neither at once nor by a later server.
func TestOldTombstonesAreForgottenBehindAHorizon(t *testing.T) {
	t.Parallel()
	dir := root(t)
	e := open(t, local.Config{Root: dir})
	old, young := bury(t, e, dir, 31*day), bury(t, e, dir, 29*day)
	live := job(t, "print ready", "hold")
	h := start(t, e, live)
	firstLine(t, e, h)
	if err := e.Stop(t.Context(), live.ID, 0); err != nil {
		t.Fatal(err)
	}
	wantReason(t, end(t, e, h), engine.Stopped, entity.ReasonStopped)
	age(t, keeper.TombPath(dir, name(live.ID)), 40*day) // its folder is still there
	collect(t, e)
	for r, want := range map[*engine.Runnable]bool{&old: false, &young: true, &live: true} {
		if got := there(keeper.TombPath(dir, name(r.ID))); got != want {
			t.Errorf("the tombstone of %s: got %v, want %v", name(r.ID), got, want)
		}
	}
	for range 2 {
		claimed := old
		claimed.Claimed = time.Now().Add(-32 * day)
		if _, err := e.Start(t.Context(), claimed, nil); entity.CodeOf(err) != entity.CodeConflict {
			t.Errorf("starting what was claimed before the horizon: got %v, want conflict", err)
		}
		if _, err := e.Start(t.Context(), young, nil); entity.CodeOf(err) != entity.CodeConflict {
			t.Errorf("starting what has its tombstone: got %v, want conflict", err)
		}
		fresh := job(t, "print hello")
		fresh.Claimed = time.Now()
		wantReason(t, end(t, e, start(t, e, fresh)), engine.Succeeded, entity.ReasonCompleted)
		if again, err := e.Start(t.Context(), fresh, nil); err != nil || again.ID != fresh.ID {
			t.Errorf("starting it again: got %v, %v; want its handle", again, err)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		e = open(t, local.Config{Root: dir})
	}
}

// Beyond their number the oldest go, but none of the last day.
func TestTooManyTombstonesAreForgotten(t *testing.T) {
	t.Parallel()
	dir := root(t)
	e := open(t, local.Config{Root: dir, MaxTombs: 3})
	ages := []time.Duration{9 * day, 8 * day, 7 * day, time.Hour, time.Minute, time.Second}
	var list []engine.Runnable
	for _, ago := range ages {
		list = append(list, bury(t, e, dir, ago))
	}
	collect(t, e)
	var kept []bool
	for _, r := range list {
		kept = append(kept, there(keeper.TombPath(dir, name(r.ID))))
	}
	if want := []bool{false, false, false, true, true, true}; !slices.Equal(kept, want) {
		t.Errorf("of %v got %v kept, want %v", ages, kept, want)
	}
	for range 3 {
		bury(t, e, dir, 2*time.Hour)
	}
	collect(t, e)
	if !there(keeper.TombPath(dir, name(list[3].ID))) {
		t.Error("a tombstone of the last day is gone")
	}
}

// A clock that ran ahead leaves a horizon ahead; it keeps nobody from starting.
func TestAHorizonAheadSaysNothing(t *testing.T) {
	t.Parallel()
	dir := root(t)
	now := time.Now().Add(365 * day)
	e := open(t, local.Config{Root: dir, Now: func() time.Time { return now }})
	bury(t, e, dir, 0)
	collect(t, e)
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	e = open(t, local.Config{Root: dir})
	r := job(t, "print hello")
	r.Claimed = time.Now()
	wantReason(t, end(t, e, start(t, e, r)), engine.Succeeded, entity.ReasonCompleted)
}

// An asset goes when it was not used for long or when there are too many; never one in use.
func TestAssetsAreCollected(t *testing.T) {
	t.Parallel()
	dir := root(t)
	e := open(t, local.Config{Root: dir, MaxAssets: 4})
	path := func(key string) string { return filepath.Join(dir, keeper.AssetsDir, key) }
	with := func(key string, lines ...string) engine.Runnable {
		r := job(t, lines...)
		r.Assets = []engine.Asset{{Key: key, Make: []engine.Process{program(t, "write {asset}/file "+key)}}}
		return r
	}
	for _, key := range []string{"aged", "first", "second", "third", "recent", "busy", "given"} {
		wantReason(t, end(t, e, start(t, e, with(key, "print x"))), engine.Succeeded, entity.ReasonCompleted)
	}
	h := start(t, e, with("busy", "print ready", "hold"))
	firstLine(t, e, h)
	building := start(t, e, func() engine.Runnable {
		r := job(t, "print never")
		r.Assets = []engine.Asset{{Key: "half", Make: []engine.Process{program(t, "print building", "hold")}}}
		return r
	}())
	firstLine(t, e, building)
	if err := e.Provide("given", fstest.MapFS{"file": {Data: []byte("given")}}); err != nil {
		t.Fatal(err)
	}
	for key, ago := range map[string]time.Duration{"aged": 31 * day, "first": 3 * time.Hour, "second": 2 * time.Hour, "third": 90 * time.Minute, "recent": time.Minute, "busy": 60 * day, "given": 60 * day} {
		age(t, path(key), ago)
		age(t, filepath.Join(dir, keeper.BuildsDir, key+keeper.LockSuffix), ago)
	}
	// A use counts from the moment a start names it.
	wantReason(t, end(t, e, start(t, e, with("first", "cat {asset:first}/file"))), engine.Succeeded, entity.ReasonCompleted)
	collect(t, e)
	for key, want := range map[string]bool{"aged": false, "first": true, "second": false, "third": false, "recent": true, "busy": true, "given": true} {
		if got := there(path(key)); got != want {
			t.Errorf("the asset %s: got %v, want %v", key, got, want)
		}
	}
	// What was removed is made again.
	again := with("aged", "cat {asset:aged}/file")
	h = start(t, e, again)
	wantReason(t, end(t, e, h), engine.Succeeded, entity.ReasonCompleted)
	if got := readLog(t, e, h); !strings.Contains(got, "aged") {
		t.Errorf("got log %q", got)
	}
}

// An attempt of an older version does not say what it uses: nothing is removed while it lives.
func TestAssetsStayWhileAnAttemptDoesNotSayWhatItUses(t *testing.T) {
	t.Parallel()
	dir := root(t)
	e := open(t, local.Config{Root: dir})
	r := job(t, "print x")
	r.Assets = []engine.Asset{{Key: "env", Make: []engine.Process{program(t, "write {asset}/file x")}}}
	wantReason(t, end(t, e, start(t, e, r)), engine.Succeeded, entity.ReasonCompleted)
	age(t, filepath.Join(dir, keeper.AssetsDir, "env"), 31*day)
	age(t, filepath.Join(dir, keeper.BuildsDir, "env"+keeper.LockSuffix), 31*day)
	held := job(t, "print ready", "hold")
	h := start(t, e, held)
	firstLine(t, e, h)
	file := filepath.Join(dir, keeper.AttemptsDir, name(held.ID), keeper.MetaFile)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	write(t, file, strings.Replace(string(text), `"assets":[]`, `"older":true`, 1))
	collect(t, e)
	if !there(filepath.Join(dir, keeper.AssetsDir, "env")) {
		t.Error("the asset is gone though an attempt that may use it lives")
	}
	if err := e.Stop(t.Context(), held.ID, 0); err != nil {
		t.Fatal(err)
	}
	end(t, e, h)
	collect(t, e)
	if there(filepath.Join(dir, keeper.AssetsDir, "env")) {
		t.Error("the asset is there though nobody uses it")
	}
}

func init() {
	// collecting collects without end, for a test that kills it.
	enginetest.Words["collecting"] = func(dir string) {
		e, err := local.New(local.Config{Root: dir, MaxTombs: 1, MaxAssets: 1})
		check(err)
		fmt.Println("collecting")
		for {
			check(e.Collect())
		}
	}
}

// A collector that is killed at any step leaves each asset whole or not at all, no half-removed one after the next
// start, and no attempt that starts twice.
func TestAKilledCollectorLeavesNothingHalf(t *testing.T) {
	t.Parallel()
	dir := root(t)
	keep := local.Config{Root: dir, MaxAssets: 1000} // this one removes nothing
	e := open(t, keep)
	const files = 200
	for round := range 12 {
		var claimed []engine.Runnable
		for range 20 {
			claimed = append(claimed, bury(t, e, dir, 10*day))
		}
		for i := range 5 {
			asset := filepath.Join(dir, keeper.AssetsDir, fmt.Sprintf("env-%d-%d", round, i))
			if err := os.Mkdir(asset, 0o700); err != nil {
				t.Fatal(err)
			}
			for n := range files {
				write(t, filepath.Join(asset, fmt.Sprint(n)), "x")
			}
			age(t, asset, 2*day)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(self(t), child, "collecting "+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := out.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		for range round { // each round a little later: a number of steps, not a time
			_, _ = os.ReadDir(filepath.Join(dir, keeper.TombsDir))
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		e = open(t, keep)
		assets, err := os.ReadDir(filepath.Join(dir, keeper.AssetsDir))
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range assets {
			if content, err := os.ReadDir(filepath.Join(dir, keeper.AssetsDir, a.Name())); err != nil || len(content) != files {
				t.Errorf("round %d: the asset %s has %d files, %v; want all %d", round, a.Name(), len(content), err, files)
			}
		}
		if left, err := filepath.Glob(filepath.Join(dir, keeper.AttemptsDir, ".*")); err != nil || len(left) > 0 {
			t.Errorf("round %d: %v is left, %v", round, left, err)
		}
		for _, r := range claimed {
			r.Claimed = time.Now().Add(-11 * day)
			if _, err := e.Start(t.Context(), r, nil); entity.CodeOf(err) != entity.CodeConflict {
				t.Errorf("round %d: starting a removed attempt: got %v, want conflict", round, err)
			}
		}
	}
}
