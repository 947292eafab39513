package fake_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"dhub/engine"
	"dhub/engine/fake"
	"dhub/entity"
)

func job(uid string, env map[string]string) engine.Runnable {
	return engine.Runnable{ID: engine.ID{Run: "r", UID: uid, Attempt: 1}, Kind: engine.Job, Main: engine.Process{Env: env}}
}

func TestEnvironmentScriptsAnAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := fake.New(fake.Config{})
		h, err := e.Start(t.Context(), job("a", map[string]string{"FAKE_PREPARE": "2s", "FAKE_LOG": "hello\n", "FAKE_SLEEP": "1h", "FAKE_EXIT": "3", "FAKE_REPORT": `{"x":1}`}), nil)
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		var phases []engine.Phase
		var last engine.Status
		if err := e.Observe(t.Context(), h, func(s engine.Status) error { phases = append(phases, s.Phase); last = s; return nil }); err != nil {
			t.Fatal(err)
		}
		if got, want := time.Since(began), time.Hour+2*time.Second; got != want {
			t.Errorf("took %v, want %v", got, want)
		}
		if len(phases) != 3 || phases[0] != engine.Preparing || phases[1] != engine.Running || phases[2] != engine.Failed {
			t.Errorf("got phases %v", phases)
		}
		if last.Exit == nil || last.Exit.Code != 3 || string(last.Report) != `{"x":1}` || last.Reason.Code != entity.ReasonExitCode {
			t.Errorf("got final status %+v", last)
		}
		var log string
		if err := e.Logs(t.Context(), h, "", func(c engine.Chunk) error { log += string(c.Data); return nil }); err != nil {
			t.Fatal(err)
		}
		if log != "hello\n" {
			t.Errorf("got log %q", log)
		}
	})
}

func TestFaultsOfTheWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lost := map[fake.Op]bool{fake.OpStart: true}
		e := fake.New(fake.Config{
			After: func(op fake.Op, _ engine.ID) error {
				if lost[op] {
					delete(lost, op)
					return context.DeadlineExceeded
				}
				return nil
			},
			Double:  func(op fake.Op, _ engine.ID) bool { return true },
			Deliver: func(_ engine.ID, s engine.Status) []engine.Status { return []engine.Status{s, s} },
		})
		r := job("a", map[string]string{"FAKE_SLEEP": "forever"})
		if _, err := e.Start(t.Context(), r, nil); err == nil {
			t.Fatal("want the answer lost")
		}
		h, err := e.Start(t.Context(), r, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := e.Executions(r.ID); got != 1 {
			t.Errorf("executed %d times, want 1", got)
		}
		go func() {
			time.Sleep(time.Second)
			e.Finish(r.ID, engine.Exit{})
		}()
		n := 0
		if err := e.Observe(t.Context(), h, func(engine.Status) error { n++; return nil }); err != nil {
			t.Fatal(err)
		}
		if n != 4 {
			t.Errorf("got %d statuses, want 4", n)
		}
	})
}
