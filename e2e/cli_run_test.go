package e2e

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"dhub/client"
	"dhub/entity"
)

// write makes a file in the home folder, where commands run.
func (s *server) write(name, text string) {
	s.t.Helper()
	if err := os.WriteFile(filepath.Join(s.home, name), []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// adopt makes s the handle of the server that the command line started in the background.
func (s *server) adopt() {
	s.t.Helper()
	info, ok := readLock(s.data)
	if !ok {
		s.t.Fatal("no server has the folder")
	}
	s.Client = client.New(info.Address, client.Options{})
	pid := info.PID
	s.t.Cleanup(func() { _ = syscall.Kill(pid, syscall.SIGKILL) })
}

func (s *server) count(typ, project string, filters url.Values) int64 {
	s.t.Helper()
	p, err := s.List(context.Background(), typ, project, filters)
	if err != nil {
		s.t.Fatal(err)
	}
	return p.TotalElements
}

func TestRunTwiceOnAnUnchangedFileMakesOneVersion(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.write("f.py", "def main():\n    print('one')\n")
	all := url.Values{"versions": {"all"}}
	for range 2 {
		if r := s.dhub("run", "f.py:main"); r.code != 0 || !strings.Contains(r.out, "one\n") {
			t.Fatal(r)
		}
	}
	if n := s.count(entity.Function, "default", all); n != 1 {
		t.Errorf("%d versions after two runs of an unchanged file, want 1", n)
	}
	s.write("f.py", "def main():\n    print('two')\n")
	if r := s.dhub("run", "f.py:main"); r.code != 0 || !strings.Contains(r.out, "two\n") {
		t.Fatal(r)
	}
	if n := s.count(entity.Function, "default", all); n != 2 {
		t.Errorf("%d versions after a change, want 2", n)
	}
	if n := s.count(entity.Run, "default", nil); n != 3 {
		t.Errorf("%d runs, want 3", n)
	}
	if n := s.count(entity.Task, "default", nil); n != 2 {
		t.Errorf("%d tasks, want one for each version", n)
	}
}

func TestTwoRunsAtOnceShareOneServer(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.write("f.py", "def main(n):\n    print('n is', n)\n    return n\n")
	const n = 4
	results := make([]result, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { results[i] = s.dhub("run", "f.py:main", "-p", "n="+string(rune('0'+i))) })
	}
	wg.Wait()
	for i, r := range results {
		if r.code != 0 || !strings.Contains(r.out, "n is "+string(rune('0'+i))) {
			t.Errorf("command %d: %s", i, r)
		}
	}
	s.adopt()
	servers := 0
	for _, p := range s.processes() {
		if len(p.args) > 1 && p.args[1] == "serve" {
			servers++
		}
	}
	if servers != 1 {
		t.Errorf("%d servers are alive, want 1", servers)
	}
	if got := s.count(entity.Run, "default", nil); got != n {
		t.Errorf("%d runs, want %d", got, n)
	}
	if got := s.count(entity.Function, "default", url.Values{"versions": {"all"}}); got != 1 {
		t.Errorf("%d versions of one file, want 1", got)
	}
}

func TestExitCodeOfRunIsTheJobs(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.write("f.py", `import os, sys
def three(): sys.exit(3)
def hard(): os._exit(41)
def fails(): raise ValueError("no such colour")
def fine(): return 5
gone = print
del gone
`)
	for _, c := range []struct {
		handler string
		code    int
		says    string
	}{
		{"three", 3, "exit code 3"}, {"hard", 41, "41"}, {"fails", 1, "no such colour"}, {"fine", 0, "completed"}, {"gone", 1, "gone"}, // only execution can tell
	} {
		r := s.dhub("run", "f.py:"+c.handler)
		if r.code != c.code || !strings.Contains(r.err, c.says) {
			t.Errorf("%s: want exit code %d and %q, got %s", c.handler, c.code, c.says, r)
		}
		if w := s.dhub("wait", "last"); w.code != c.code {
			t.Errorf("wait for %s: want exit code %d, got %s", c.handler, c.code, w)
		}
	}
	functions := s.count(entity.Function, "default", nil)
	if r := s.dhub("run", "f.py:absent"); r.code != 2 || !strings.Contains(r.err, "it has three, hard, fails, fine; nothing was made") {
		t.Error(r)
	}
	if n := s.count(entity.Function, "default", nil); n != functions {
		t.Errorf("a handler that is not there left %d functions, want %d", n, functions)
	}
	if r := s.dhub("run", "f.py"); r.code != 2 || !strings.Contains(r.err, "handler") {
		t.Error(r)
	}
	if r := s.dhub("run", "absent.py:main"); r.code != 2 {
		t.Error(r)
	}
	if r := s.dhub("run", "f.txt:main"); r.code != 2 {
		t.Error(r)
	}
}

func TestInterruptWithoutATerminalStopsTheRun(t *testing.T) {
	t.Parallel()
	s, a := startServer(t), attemptsFile(t)
	s.write("f.py", a.begin()+"def main():\n    begin()\n    print('up', flush=True)\n    time.sleep(600)\n")
	cmd, out, errs := s.command("run", "f.py:main")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	eventually(t, 30*time.Second, "the job is up", func() bool { return strings.Contains(out.String(), "up") })
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if code := exit(t, cmd.Wait()); code == 0 {
		t.Errorf("exit code 0 of a stopped run\n%s", errs)
	}
	p, err := s.List(context.Background(), entity.Run, "default", nil)
	if err != nil || len(p.Content) != 1 {
		t.Fatal(p, err)
	}
	s.ended(p.Content[0], entity.StateStopped, entity.ReasonStopped)
	if pids := s.jobs(); len(pids) > 0 {
		t.Errorf("processes %v are left", pids)
	}
}
