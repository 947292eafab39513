package enginetest

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"time"

	"dhub/engine"
	"dhub/entity"
)

var runnableCases = []Case{
	{"Exit tells code and signal apart", func(t TB, h Harness) {
		b := setup(t, h)
		if _, s := b.run(b.job("exit 3")); s.Phase != engine.Failed || s.Exit == nil || s.Exit.Code != 3 || s.Exit.Signal != 0 || s.Reason.Code != entity.ReasonExitCode {
			b.Errorf("got %+v of exit code 3", s)
		}
		if _, s := b.run(b.job("signal 9")); s.Phase != engine.Failed || s.Exit == nil || s.Exit.Signal != 9 || s.Exit.OOM || s.Reason.Code != entity.ReasonSignal {
			b.Errorf("got %+v of signal 9", s)
		}
		if _, s := b.run(b.job("exit 0")); s.Phase != engine.Succeeded || s.Exit == nil || *s.Exit != (engine.Exit{}) {
			b.Errorf("got %+v of exit code 0", s)
		}
	}},
	{"Usage has the processor time and the peak of memory", func(t TB, h Harness) {
		b := setup(t, h)
		_, s := b.run(b.job("print hello"))
		for _, key := range []string{"cpu_seconds", "memory_peak_bytes"} {
			if _, ok := s.Usage[key]; !ok {
				b.Errorf("got usage %v, want %s", s.Usage, key)
			}
		}
	}},
	{"Report is what the process left at $DHUB_REPORT", func(t TB, h Harness) {
		b := setup(t, h)
		_, s := b.run(b.job(`report {"results": {"x": 1.0}}`))
		if string(s.Report) != `{"results": {"x": 1.0}}` {
			b.Errorf("got report %q", s.Report)
		}
		if _, s := b.run(b.job(`report {"error": 1}`, "exit 1")); string(s.Report) != `{"error": 1}` {
			b.Errorf("got report %q of a failure", s.Report)
		}
		r := b.job(`report {"error": 2}`)
		r.Main.Env = map[string]string{"DHUB_REPORT": filepath.Join(t.TempDir(), "forged")}
		if _, s := b.run(r); string(s.Report) != `{"error": 2}` {
			b.Errorf("got report %q of a process whose environment names another file", s.Report)
		}
		if _, s := b.run(b.job("print none")); s.Report != nil {
			b.Errorf("got report %q, want none", s.Report)
		}
	}},
	{"Files are in the workspace", func(t TB, h Harness) {
		b := setup(t, h)
		r := b.job("cat deep/down/file.txt", "cat {work}/other.txt")
		r.Files = []engine.File{{Path: "deep/down/file.txt", Text: "inside"}, {Path: "other.txt", Text: "beside"}}
		handle, _ := b.run(roundTrip(b, r))
		if got := b.log(handle, ""); got != "inside\nbeside\n" {
			b.Errorf("got %q", got)
		}
	}},
	{"The environment is the process' own, with the mark of the attempt", func(t TB, h Harness) {
		b := setup(t, h)
		r := b.job("env GREETING", "env DHUB_ATTEMPT")
		r.Main.Env = map[string]string{"GREETING": "hello = there", "DHUB_ATTEMPT": "forged"}
		handle, _ := b.run(r)
		want := "hello = there\n" + r.ID.UID + ".1\n"
		if got := b.log(handle, ""); got != want {
			b.Errorf("got %q, want %q", got, want)
		}
	}},
	{"Init runs in order, in the same workspace, with its output in the log", func(t TB, h Harness) {
		b := setup(t, h)
		r := b.job("cat file", "print main")
		r.Init = []engine.Process{b.program("write file one", "print first"), b.program("append file two", "print second")}
		handle, s := b.run(r)
		if got := b.log(handle, ""); got != "first\nsecond\nonetwo\nmain\n" || s.Phase != engine.Succeeded {
			b.Errorf("got %q and %+v", got, s)
		}
	}},
	{"A failing Init ends the attempt before Main", func(t TB, h Harness) {
		b := setup(t, h)
		l := b.ledger()
		r := b.counted(l)
		r.Init = []engine.Process{b.program("print init", "exit 9")}
		handle, s := b.run(r)
		if s.Phase != engine.Failed || s.Exit == nil || s.Exit.Code != 9 {
			b.Errorf("got %+v, want exit code 9", s)
		}
		if got := b.log(handle, ""); got != "init\n" {
			b.Errorf("got log %q", got)
		}
		b.wantStrokes(l, "")
	}},
	{"Values reach the process and are never stored", func(t TB, h Harness) {
		b := setup(t, h)
		const canary = "canary-5f1d"
		r := b.job("env TOKEN", "argv")
		r.Secrets = []engine.SecretRef{{Name: "token", Env: "TOKEN"}, {Name: "absent", Env: "ABSENT"}}
		handle, err := b.e.Start(b.within(), r, engine.Values{"token": canary, "unasked": "x"})
		if err != nil {
			b.Fatalf("start: %v", err)
		}
		var seen []engine.Status
		if err := b.e.Observe(b.within(), handle, func(s engine.Status) error { seen = append(seen, s); return nil }); err != nil {
			b.Fatalf("observe: %v", err)
		}
		if got := b.log(handle, ""); got != canary+"\nenv TOKEN argv\n" {
			b.Errorf("got log %q, want the value from the environment and none in argv", got)
		}
		stored, err := json.Marshal(map[string]any{"handle": handle, "statuses": seen, "runnable": r})
		if err != nil || strings.Contains(string(stored), canary) {
			b.Errorf("the value is in what is stored (%v): %s", err, stored)
		}
	}},
	{"Timeout ends the attempt", func(t TB, h Harness) {
		b := setup(t, h)
		r := b.job("print begun", "hold")
		r.Timeout, r.Grace = 300*time.Millisecond, 100*time.Millisecond
		handle, s := b.run(r)
		if s.Phase != engine.Failed || s.Reason.Code != entity.ReasonTimeout {
			b.Errorf("got %+v, want the timeout", s)
		}
		if got := b.log(handle, ""); got != "begun\n" {
			b.Errorf("got log %q", got)
		}
	}},
	{"Describe is constant and names the engine's kinds", func(t TB, h Harness) {
		b := setup(t, h)
		d := b.e.Describe()
		if d.Name == "" || len(d.Kinds) == 0 || d.Capabilities == nil {
			b.Errorf("got %+v", d)
		}
		b.start(b.job("print hello"))
		if again := b.e.Describe(); again.Name != d.Name || again.Host != d.Host {
			b.Errorf("got %+v, want %+v", again, d)
		}
		if err := b.e.Check(b.within()); err != nil {
			b.Errorf("check: %v", err)
		}
	}},
}
