//go:build linux

package local_test

import (
	"context"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"dhub/engine"
	"dhub/engine/local"
	"dhub/engine/local/keeper"
)

// shell is an attempt whose process is a shell in its own folder, where the engine's files lie.
func shell(script string) engine.Runnable {
	return engine.Runnable{ID: engine.ID{UID: "tampers", Attempt: 1}, Kind: engine.Job,
		Main: engine.Process{Command: []string{"/bin/sh", "-c", `cd "$(dirname "$DHUB_REPORT")"; ` + script}}}
}

// What a job puts in the place of the engine's files holds up nobody.
func TestAJobThatReplacesTheFilesOfItsAttempt(t *testing.T) {
	t.Parallel()
	for name, script := range map[string]string{
		"log by a pipe":      "rm log; mkfifo log",
		"log by a link":      "rm log; ln -s /dev/zero log",
		"log by a folder":    "rm log; mkdir log",
		"report by a pipe":   "mkfifo report.json",
		"report by a device": "ln -s /dev/zero report.json",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := open(t, local.Config{Root: root(t)})
			h := start(t, e, shell(script))
			end(t, e, h)
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			got := 0
			if err := e.Logs(ctx, h, "", func(c engine.Chunk) error { got += len(c.Data); return nil }); err != nil || got > 1000 {
				t.Errorf("logs: got %d bytes, %v", got, err)
			}
			if err := e.Remove(ctx, h.ID); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestAJobThatReplacesItsRecordsByPipes(t *testing.T) {
	t.Parallel()
	e := open(t, local.Config{Root: root(t)})
	pid := pipe(t)
	h := start(t, e, shell("rm -f meta.json journal.json; mkfifo meta.json journal.json end.json; printf %s $$ > "+pid+"; exec sleep 1000"))
	p := processIn(t, pid)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- e.Observe(ctx, h, func(engine.Status) error { return nil }) }()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-ctx.Done():
		t.Fatal("the observation hangs")
	}
	if err := e.Remove(t.Context(), h.ID); err != nil {
		t.Fatal(err)
	}
	if p.alive() {
		t.Error("the process outlives the removal of its attempt")
	}
}

// pipe makes a named pipe, whose reader waits for what a job writes.
func pipe(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAJobThatRemovesItsFolderIsStillRemoved(t *testing.T) {
	t.Parallel()
	for _, tier := range []string{"", keeper.TierWatch} {
		e := open(t, local.Config{Root: root(t), Tier: tier})
		pid := pipe(t)
		h := start(t, e, shell("rm -rf ../tampers.1; printf %s $$ > "+pid+"; exec sleep 1000"))
		p := processIn(t, pid)
		if err := e.Remove(t.Context(), h.ID); err != nil {
			t.Fatal(err)
		}
		if p.alive() {
			t.Errorf("tier %q: the process outlives the removal of its attempt", tier)
		}
	}
}

// The keeper is killed with its children; what a job left in a session of its own is known by its mark, whatever
// the job did to its files.
func TestAJobThatRemovesItsMetaIsStillSwept(t *testing.T) {
	t.Parallel()
	e := open(t, local.Config{Root: root(t), Tier: keeper.TierWatch})
	pid := pipe(t)
	h := start(t, e, shell("rm -f meta.json; setsid sh -c 'printf %s $$ > "+pid+"; exec sleep 1000' & exec sleep 1000"))
	p := processIn(t, pid)
	killKeepers(e.Root())
	if s := end(t, e, h); s.Phase != engine.Lost {
		t.Errorf("got phase %s, want %s", s.Phase, engine.Lost)
	}
	if p.alive() {
		t.Error("a process outlives the loss of its attempt")
	}
}
