//go:build linux

package local_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"dhub/engine"
	"dhub/engine/local"
	"dhub/engine/local/keeper"
	"dhub/entity"
)

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// hellos reads the lock files of the keepers that live.
func hellos(t *testing.T, dir string) (list []keeper.Hello) {
	t.Helper()
	locks, err := filepath.Glob(filepath.Join(dir, keeper.Prefix+"*"+keeper.LockSuffix))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range locks {
		if h, err := keeper.ReadHello(path); err == nil && (process{h.Pid, h.Start}).alive() {
			list = append(list, h)
		}
	}
	return list
}

func TestKilledKeeper(t *testing.T) {
	t.Parallel()
	eachTier(t, func(t *testing.T, tier string) {
		for _, server := range []string{"with a server", "without a server"} {
			t.Run(server, func(t *testing.T) {
				dir, at := root(t), t.TempDir()
				e := open(t, local.Config{Root: dir, Tier: tier})
				var handles []engine.Handle
				var left []process
				for i := range 3 {
					names := []string{filepath.Join(at, fmt.Sprint("d", i)), filepath.Join(at, fmt.Sprint("b", i)), filepath.Join(at, fmt.Sprint("j", i))}
					h := start(t, e, job(t, "stubborn", "daemon "+names[0], "daemon "+names[1], "pid "+names[2], "print ready", "hold"))
					firstLine(t, e, h)
					handles = append(handles, h)
					for _, name := range names {
						left = append(left, processIn(t, name))
					}
				}
				building := job(t, "print never")
				building.Assets = []engine.Asset{{Key: "half", Make: []engine.Process{program(t, "daemon "+filepath.Join(at, "builder"), "write {asset}/half x", "print building", "hold")}}}
				h := start(t, e, building)
				firstLine(t, e, h)
				handles, left = append(handles, h), append(left, processIn(t, filepath.Join(at, "builder")))
				if server == "without a server" {
					if err := e.Close(); err != nil {
						t.Fatal(err)
					}
				}
				began := time.Now()
				if got := killKeepers(dir); len(got) != 1 {
					t.Fatalf("killed %v, want one keeper", got)
				}
				if server == "without a server" {
					e = open(t, local.Config{Root: dir, Tier: tier})
				}
				for _, h := range handles {
					wantReason(t, end(t, e, h), engine.Lost, entity.ReasonKeeperLost)
				}
				if took := time.Since(began); took > 5*time.Second {
					t.Errorf("took %v", took)
				}
				for _, p := range left {
					if p.alive() {
						t.Errorf("process %d is left", p.pid)
					}
				}
				if got := readLog(t, e, handles[0]); got != "ready\n" {
					t.Errorf("got log %q", got)
				}
				again := job(t, "cat {asset:half}/half")
				again.Assets = []engine.Asset{{Key: "half", Make: []engine.Process{program(t, "print anew")}}}
				h = start(t, e, again)
				wantReason(t, end(t, e, h), engine.Succeeded, entity.ReasonCompleted)
				if got := readLog(t, e, h); got != "anew\n\n" {
					t.Errorf("got log %q, want the asset built anew", got)
				}
			})
		}
	})
}

// A server that is killed while it starts attempts has started each at most once, and the next one's starts
// of the same attempts make it exactly once.
func TestKilledServerStartsNothingTwice(t *testing.T) {
	t.Parallel()
	for round := range 8 {
		t.Run(strconv.Itoa(round), func(t *testing.T) {
			dir, strokes := root(t), filepath.Join(t.TempDir(), "strokes")
			cmd := exec.Command(self(t), child, "serve "+dir+" "+strokes)
			cmd.Stderr = os.Stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			for {
				data, _ := os.ReadFile(strokes)
				if len(strings.Fields(string(data))) > round*2 {
					break
				}
				time.Sleep(time.Millisecond)
			}
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
			e := open(t, local.Config{Root: dir})
			for i := range servedAttempts {
				h := start(t, e, served(t, i, strokes))
				wantReason(t, end(t, e, h), engine.Succeeded, entity.ReasonCompleted)
				if got, want := readLog(t, e, h), fmt.Sprintf("job %d\n", i); got != want {
					t.Errorf("got log %q, want %q", got, want)
				}
			}
			data, err := os.ReadFile(strokes)
			if err != nil {
				t.Fatal(err)
			}
			seen := map[string]int{}
			for _, s := range strings.Fields(string(data)) {
				seen[s]++
			}
			for i := range servedAttempts {
				if n := seen[strconv.Itoa(i)]; n != 1 {
					t.Errorf("attempt %d was executed %d times", i, n)
				}
			}
		})
	}
}

func TestReboot(t *testing.T) {
	t.Parallel()
	dir, at := root(t), t.TempDir()
	first, second := func() string { return "first" }, func() string { return "second" }
	t.Cleanup(func() { clean(dir, first); clean(dir, second) })
	e := open(t, local.Config{Root: dir, BootID: first})
	h := start(t, e, job(t, "pid "+filepath.Join(at, "job"), "print ready", "hold"))
	firstLine(t, e, h)
	stranger := processIn(t, filepath.Join(at, "job"))
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	before := hellos(t, dir)
	e = open(t, local.Config{Root: dir, BootID: second})
	s := end(t, e, h)
	wantReason(t, s, engine.Lost, entity.ReasonHostLost)
	h2 := start(t, e, job(t, "print after"))
	wantReason(t, end(t, e, h2), engine.Succeeded, entity.ReasonCompleted)
	if err := e.Stop(t.Context(), h.ID, 0); err != nil {
		t.Errorf("stop of a lost attempt: %v", err)
	}
	if !stranger.alive() || len(before) != 1 || !(process{before[0].Pid, before[0].Start}).alive() {
		t.Error("a process of another boot was signalled")
	}
	if err := e.Remove(t.Context(), h.ID); err != nil {
		t.Errorf("remove of a lost attempt: %v", err)
	}
	if !stranger.alive() {
		t.Error("a process of another boot was signalled by remove")
	}
}

// A copied folder knows of attempts that execute in the original: it loses them and leaves them alone.
func TestCopiedFolder(t *testing.T) {
	t.Parallel()
	for _, tier := range []string{"", keeper.TierWatch} {
		t.Run("tier "+tier, func(t *testing.T) {
			t.Parallel()
			dir, copied, at := root(t), root(t), t.TempDir()
			t.Cleanup(func() { clean(copied, nil) })
			e := open(t, local.Config{Root: dir, Tier: tier})
			h := start(t, e, job(t, "pid "+filepath.Join(at, "job"), "print ready", "hold"))
			firstLine(t, e, h)
			theirs := processIn(t, filepath.Join(at, "job"))
			if out, err := exec.Command("cp", "-a", dir+"/.", copied).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			c := open(t, local.Config{Root: copied, Tier: tier})
			wantReason(t, end(t, c, h), engine.Lost, entity.ReasonHostLost)
			if err := c.Stop(t.Context(), h.ID, 0); err != nil {
				t.Errorf("stop in the copy: %v", err)
			}
			if err := c.Remove(t.Context(), h.ID); err != nil {
				t.Errorf("remove in the copy: %v", err)
			}
			wantReason(t, end(t, c, start(t, c, job(t, "print after"))), engine.Succeeded, entity.ReasonCompleted)
			if !theirs.alive() {
				t.Fatal("the copy ended a job of the original")
			}
			if err := e.Stop(t.Context(), h.ID, 0); err != nil {
				t.Fatal(err)
			}
			wantReason(t, end(t, e, h), engine.Stopped, entity.ReasonStopped)
		})
	}
}

// A pid in the journal that belongs to somebody else by now is not signalled.
func TestReusedPid(t *testing.T) {
	t.Parallel()
	dir := root(t)
	e := open(t, local.Config{Root: dir, Tier: keeper.TierWatch})
	h := start(t, e, job(t, "print ready", "hold"))
	firstLine(t, e, h)
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	killKeepers(dir)
	stranger := exec.Command(self(t), child, "hold")
	if err := stranger.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stranger.Process.Kill(); _ = stranger.Wait() }()
	journal := filepath.Join(dir, keeper.AttemptsDir, fmt.Sprintf("%s.%d", h.ID.UID, h.ID.Attempt), keeper.JournalFile)
	write(t, journal, fmt.Sprintf(`{"gen":2,"phase":"running","pid":%d,"start":%d}`, stranger.Process.Pid, keeper.StartTime(stranger.Process.Pid)-1))
	p := process{stranger.Process.Pid, keeper.StartTime(stranger.Process.Pid)}
	wantReason(t, end(t, open(t, local.Config{Root: dir, Tier: keeper.TierWatch}), h), engine.Lost, entity.ReasonKeeperLost)
	if !p.alive() {
		t.Error("a stranger was killed")
	}
}

// A newer binary starts its own keeper; the old one keeps its children and ends with the last.
func TestNewerBinary(t *testing.T) {
	t.Parallel()
	dir, at := root(t), t.TempDir()
	e := open(t, local.Config{Root: dir, Idle: time.Hour})
	old := start(t, e, job(t, "print ready", "wait-for "+filepath.Join(at, "go"), "print old"))
	firstLine(t, e, old)
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(at, "newer")
	if err := os.Link(self(t), newer); err != nil {
		data, err := os.ReadFile(self(t))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(newer, data, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	script := filepath.Join(at, "dhub")
	write(t, script, "#!/bin/sh\nexec "+newer+" \"$@\"\n")
	if err := os.Chmod(script, 0o700); err != nil {
		t.Fatal(err)
	}
	e = open(t, local.Config{Root: dir, Executable: script, Idle: time.Hour})
	wantReason(t, end(t, e, start(t, e, job(t, "print new"))), engine.Succeeded, entity.ReasonCompleted)
	both := hellos(t, dir)
	if len(both) != 2 {
		t.Fatalf("got keepers %+v, want two", both)
	}
	write(t, filepath.Join(at, "go"), "")
	wantReason(t, end(t, e, old), engine.Succeeded, entity.ReasonCompleted)
	if got := readLog(t, e, old); got != "ready\nold\n" {
		t.Errorf("got log %q", got)
	}
	for len(hellos(t, dir)) != 1 {
		time.Sleep(5 * time.Millisecond)
	}
}

func TestKeeperEndsByItself(t *testing.T) {
	t.Parallel()
	dir := root(t)
	e := open(t, local.Config{Root: dir, Idle: 30 * time.Millisecond})
	if err := e.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(hellos(t, dir)) != 1 {
		t.Fatal("no keeper after Warm")
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	for len(hellos(t, dir)) != 0 {
		time.Sleep(time.Millisecond)
	}
}

func TestKeeperIsSmall(t *testing.T) {
	t.Parallel()
	dir := root(t)
	e := open(t, local.Config{Root: dir})
	for range 20 {
		end(t, e, start(t, e, job(t, "print x")))
	}
	h := hellos(t, dir)
	if len(h) != 1 {
		t.Fatalf("got keepers %+v", h)
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", h[0].Pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "VmRSS:" {
			if kib, err := strconv.Atoi(f[1]); err != nil || kib > mostRSS {
				t.Errorf("got %s KiB (%v), want at most %d", f[1], err, mostRSS)
			}
		}
	}
}
