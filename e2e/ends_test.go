package e2e

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"dhub/entity"
)

// Each way a job can end has its own reason, message and exit code.
func TestReasonsTellTheEndsApart(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	p := s.project("pr")
	for _, c := range []struct {
		name, code string
		more       object
		reason     string
		says       string // in the reason's message
		log        string
		exit       string // status.reason.exit_code
		signal     string
	}{
		{"raises", "def main():\n    raise KeyError('colour')\n", nil, entity.ReasonUserError, "KeyError: 'colour'", "Traceback", "1", ""},
		{"exits", "import os\ndef main():\n    print('bye', flush=True)\n    os._exit(3)\n", nil, entity.ReasonExitCode, "3", "bye", "3", ""},
		{"sysexit", "import sys\ndef main():\n    sys.exit(4)\n", nil, entity.ReasonExitCode, "4", "", "4", ""},
		{"segv", "import os, signal\ndef main():\n    os.kill(os.getpid(), signal.SIGSEGV)\n", nil, entity.ReasonSignal, "SIGSEGV", "", "", "SIGSEGV"},
		{"killed", "import os, signal\ndef main():\n    os.kill(os.getpid(), signal.SIGKILL)\n", nil, entity.ReasonSignal, "SIGKILL", "", "", "SIGKILL"},
		{"module", "import no_such_module_here\ndef main(): pass\n", nil, entity.ReasonMissingModule, "no_such_module_here", "no_such_module_here", "", ""},
		{"handler", "def other(): pass\n", nil, entity.ReasonHandler, "main", "", "", ""},
		{"syntax", "def main(:\n", nil, entity.ReasonUserError, "SyntaxError", "SyntaxError", "", ""},
		{"timeout", "import time\ndef main():\n    print('up', flush=True)\n    time.sleep(600)\n", object{"timeout": 1}, entity.ReasonTimeout, "1", "up", "", ""},
		{"memory", "def main():\n    b = [bytearray(1 << 20) for _ in range(4000)]\n    print('never')\n", object{"resources": object{"mem": "64Mi"}}, entity.ReasonMemory, "64", "", "", ""},
		{"input", "def main(x): pass\n", object{"inputs": object{"x": "store://pr/dataitem/table/absent:0123456789abcdef0123456789abcdef"}}, entity.ReasonInput, "absent", "", "", ""},
		{"secret", "def main(): pass\n", object{"secrets": []string{"absent"}}, entity.ReasonSecret, "absent", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := s.function(p, c.name, c.code)
			r, err := s.Create(context.Background(), entity.Run, p, runBody(f, c.more))
			if err != nil {
				t.Fatal(err)
			}
			e := s.final(r)
			reason := e.RunStatus().Reason
			if e.State() != entity.StateError || reason == nil || reason.Code != c.reason {
				t.Fatalf("ended %s, want ERROR %s:\n%s\nlog:\n%s", e.State(), c.reason, e.Status, s.log(r))
			}
			if !strings.Contains(reason.Message, c.says) {
				t.Errorf("the reason says %q, want it to name %q", reason.Message, c.says)
			}
			if got := s.log(r); !strings.Contains(got, c.log) || strings.Contains(got, "never") {
				t.Errorf("the log is %q, want %q in it", got, c.log)
			}
			if c.exit != "" && field(e.Status, "reason.exit_code") != c.exit {
				t.Errorf("exit code %s, want %s", field(e.Status, "reason.exit_code"), c.exit)
			}
			if c.signal != "" && reason.Signal != c.signal {
				t.Errorf("signal %q, want %q", reason.Signal, c.signal)
			}
			if why := s.dhub("--project", p, "why", r.ID); why.code != 0 || !strings.Contains(why.out, reason.Message) {
				t.Errorf("dhub why does not give the reason %q:\n%s", reason.Message, why)
			}
		})
	}
}

func TestRetriesAreAttemptsThatCanBeSeen(t *testing.T) {
	t.Parallel()
	s, a := startServer(t), attemptsFile(t)
	f := s.function(s.project("pr"), "third", a.begin()+`
def main():
    begin()
    n = len(open(`+strconv.Quote(string(a))+`).read().split())
    print("this is attempt", n, flush=True)
    if n < 3:
        raise RuntimeError(f"not yet, {n}")
    return n
`)
	r := s.run(f, object{"backoff_limit": 2})
	e := s.completed(r)
	if n := len(a.lines()); n != 3 {
		t.Errorf("%d attempts began, want 3", n)
	}
	if got := field(e.Status, "results.output_0"); got != "3" {
		t.Errorf("results %s", field(e.Status, "results"))
	}
	if got := field(e.Status, "attempts.0.reason.code"); got != `"user_error"` {
		t.Errorf("the first attempt's reason is %s in %s", got, e.Status)
	}
	if got, want := s.log(r), "not yet, 1"; !strings.Contains(got, want) || !strings.Contains(got, "this is attempt 3") {
		t.Errorf("the log lacks an attempt:\n%s", got)
	}
	one := s.run(s.function("pr", "never", a.begin()+"def main():\n    begin('never')\n    raise RuntimeError('no')\n"), object{"backoff_limit": 1})
	s.ended(one, entity.StateError, entity.ReasonUserError)
	if n := len(slices.DeleteFunc(a.lines(), func(l string) bool { return l != "never" })); n != 2 {
		t.Errorf("%d attempts with backoff_limit 1, want 2", n)
	}
}

// stubborn is a job that double-forks a child into its own session; both ignore TERM.
const stubborn = `
def main():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.fork() == 0:
        os.setsid()
        if os.fork() > 0:
            os._exit(0)
        begin("grandchild")
        while True:
            time.sleep(1)
    begin("child")
    while True:
        time.sleep(1)
`

func TestAStubbornJobLeavesNoProcess(t *testing.T) {
	t.Parallel()
	for what, end := range map[string]struct {
		more object
		do   func(s *server, id string) error
	}{
		"stop":    {nil, func(s *server, id string) error { _, err := s.Act(context.Background(), "pr", id, "stop"); return err }},
		"timeout": {object{"timeout": 2}, func(*server, string) error { return nil }},
		"delete":  {nil, func(s *server, id string) error { return s.Delete(context.Background(), entity.Run, "pr", id, true) }},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			s, a := startServer(t), attemptsFile(t)
			p := s.project("pr")
			r := s.run(s.function(p, "stubborn-"+what, a.begin()+stubborn), end.more)
			eventually(t, 30*time.Second, "the job has forked", func() bool { return len(a.lines()) == 2 })
			if pids := s.jobs(); len(pids) < 2 {
				t.Fatalf("processes %v bear the mark of an attempt, want two", pids)
			}
			if err := end.do(s, r.ID); err != nil {
				t.Fatal(err)
			}
			eventually(t, 30*time.Second, "the run has ended", func() bool {
				e, err := s.Get(context.Background(), entity.Run, p, r.ID)
				return entity.IsNotFound(err) || err == nil && e.RunStatus().Final()
			})
			if pids := s.jobs(); len(pids) > 0 {
				t.Errorf("after %s processes %v are left", what, pids)
			}
		})
	}
}

func TestDeletingAProjectEndsItsRunsFirst(t *testing.T) {
	t.Parallel()
	s, a := startServer(t, withArgs("--max-runs", "2")), attemptsFile(t)
	p := s.project("pr")
	f := s.function(p, "f", a.begin()+"def main():\n    begin()\n    time.sleep(600)\n")
	for range 4 { // two run, two wait
		s.run(f)
	}
	eventually(t, 30*time.Second, "two jobs are up", func() bool { return len(a.lines()) == 2 })
	if err := s.Delete(context.Background(), entity.Project, "", p, true); err != nil {
		t.Fatal(err)
	}
	if pids := s.jobs(); len(pids) > 0 {
		t.Errorf("processes %v are left", pids)
	}
	if n := len(a.lines()); n != 2 {
		t.Errorf("%d jobs began, want 2: a queued run was started during the deletion", n)
	}
	if _, err := s.Get(context.Background(), entity.Project, "", p); !entity.IsNotFound(err) {
		t.Errorf("the project is still there: %v", err)
	}
	s.project(p)
	if n := s.count(entity.Run, p, nil); n != 0 {
		t.Errorf("a project of the same name begins with %d runs", n)
	}
}

func TestAKilledKeeperTakesItsJobsAlong(t *testing.T) {
	t.Parallel()
	s, a := startServer(t, withArgs("--max-runs", "3")), attemptsFile(t)
	p := s.project("pr")
	f := s.function(p, "f", a.begin()+"def main(word):\n    print(word, flush=True)\n    begin(word)\n    time.sleep(600 if word != 'again' or len(open("+strconv.Quote(string(a))+").read().split('again')) < 3 else 0)\n")
	forked := s.function(p, "g", a.begin()+stubborn)
	once := s.run(f, object{"parameters": object{"word": "once"}})
	again := s.run(f, object{"parameters": object{"word": "again"}, "backoff_limit": 1})
	tree := s.run(forked)
	eventually(t, 30*time.Second, "the jobs are up", func() bool { return len(a.lines()) == 4 })
	s.running(once, again, tree)
	before := s.jobs()
	killed := time.Now()
	s.killKeeper()
	s.ended(once, entity.StateError, entity.ReasonKeeperLost)
	s.ended(tree, entity.StateError, entity.ReasonKeeperLost)
	if took := time.Since(killed); took > 5*time.Second {
		t.Errorf("the attempts ended %s after their keeper, want at most 5 s", took)
	}
	for _, pid := range before {
		if err := syscall.Kill(pid, 0); err == nil && slices.Contains(s.jobs(), pid) {
			t.Errorf("process %d is left", pid)
		}
	}
	e := s.completed(again)
	if got := field(e.Status, "attempts.0.reason.code"); got != `"keeper_lost"` {
		t.Errorf("the first attempt's reason is %s in %s", got, e.Status)
	}
	lines := a.lines()
	slices.Sort(lines)
	if want := "[again again child grandchild once]"; fmt.Sprint(lines) != want {
		t.Errorf("began %v, want %s", lines, want)
	}
	if log := s.log(again); strings.Count(log, "again\n") != 2 {
		t.Errorf("the log of two attempts is %q", log)
	}
}

// The same with the server dead while the keeper is killed.
func TestAKeeperKilledWithoutAServer(t *testing.T) {
	t.Parallel()
	s, a := startServer(t), attemptsFile(t)
	f := s.function(s.project("pr"), "f", a.begin()+"def main():\n    begin()\n    time.sleep(600)\n")
	r := s.run(f)
	eventually(t, 30*time.Second, "the job is up", func() bool { return len(a.lines()) == 1 })
	s.kill()
	s.killKeeper()
	s.start()
	s.ended(r, entity.StateError, entity.ReasonKeeperLost)
	if n := len(a.lines()); n != 1 {
		t.Errorf("the job began %d times", n)
	}
	if pids := s.jobs(); len(pids) > 0 {
		t.Errorf("processes %v are left", pids)
	}
}
