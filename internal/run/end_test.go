package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"dhub/engine"
	"dhub/engine/fake"
	"dhub/entity"
	"dhub/internal/store"
)

func TestEndsHaveTypedReasons(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		for _, c := range []struct {
			id     string
			spec   map[string]any
			state  entity.State
			reason string
			text   string
		}{
			{"exit", script("FAKE_EXIT", "3"), entity.StateError, entity.ReasonExitCode, ""},
			{"signal", script("FAKE_SIGNAL", "11"), entity.StateError, entity.ReasonSignal, ""},
			{"oom", script("FAKE_OOM", "1", "FAKE_SIGNAL", "9"), entity.StateError, entity.ReasonMemory, ""},
			{"keeper", script("FAKE_REASON", entity.ReasonKeeperLost), entity.StateError, entity.ReasonKeeperLost, ""},
			{"refused", script("FAKE_START", "invalid"), entity.StateError, entity.ReasonStartFailed, "FAKE_START"},
			{"cannot", script("FAKE_START", "unimplemented"), entity.StateError, entity.ReasonUnsupported, ""},
			{"rejected", map[string]any{"reject": entity.ReasonSource}, entity.StateError, entity.ReasonSource, "rejected by the plan"},
			{"no secret", map[string]any{"secrets": []string{"NOPE"}}, entity.StateError, entity.ReasonSecret, "NOPE"},
			{"no input", map[string]any{"inputs": map[string]string{"x": "store://p/dataitem/table/none"}}, entity.StateError, entity.ReasonInput, "store://p/dataitem/table/none"},
			{"late", map[string]any{"timeout": 2, "parameters": map[string]any{"FAKE_SLEEP": "1h"}}, entity.StateError, entity.ReasonTimeout, ""},
			{"report", script("FAKE_REPORT", `[1]`), entity.StateError, entity.ReasonReport, ""},
			{"fine", map[string]any{"inputs": map[string]string{"x": "store://p/dataitem/table/d"}, "secrets": []string{"PASSWORD"}}, entity.StateCompleted, entity.ReasonCompleted, ""},
		} {
			id := strings.ReplaceAll(c.id, " ", "-")
			w.create(id, c.spec)
			v := w.end(id)
			if v.State != c.state || v.Reason.Code != c.reason || !strings.Contains(v.Message, c.text) || v.Message == "" {
				t.Errorf("%s: got %s %s %q, want %s %s %q", c.id, v.State, v.Reason.Code, v.Message, c.state, c.reason, c.text)
			}
		}
	})
}

func TestTheQueueHoldsItsLimitAndItsOrder(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		for _, id := range []string{"a", "b", "c", "d", "e"} {
			w.create(id, script("FAKE_SLEEP", "10s"))
		}
		time.Sleep(time.Second)
		if n := w.engine.Live(); n != 2 {
			t.Errorf("live: got %d, want 2", n)
		}
		var order []string
		for _, id := range []string{"a", "b", "c", "d", "e"} {
			if w.get(id).State == entity.StateRunning {
				order = append(order, id)
			}
		}
		if got := strings.Join(order, ""); got != "ab" {
			t.Errorf("running first: got %s, want ab", got)
		}
		w.end("e")
		for _, id := range []string{"a", "b", "c", "d"} {
			if v := w.get(id); v.State != entity.StateCompleted && id != "d" {
				t.Errorf("%s: got %s", id, v.State)
			}
		}
		w.end("d")
	}, func(c *Config) { c.MaxRuns = 2 })
}

func TestWithALimitOfNoneNothingStarts(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("a", nil)
		time.Sleep(time.Hour)
		if v := w.get("a"); v.State != entity.StateReady {
			t.Errorf("got %s, want READY", v.State)
		}
	}, func(c *Config) { c.MaxRuns = 0 })
}

func TestStopFromEveryState(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		stop := func(id string) view {
			d, err := w.m.Act(w.ctx(), "p", id, "stop", "ann")
			w.must(err)
			return w.view(d)
		}
		w.create("running", script("FAKE_SLEEP", "forever"))
		w.create("preparing", script("FAKE_PREPARE", "1h"))
		w.create("stubborn", script("FAKE_SLEEP", "forever", "FAKE_STUBBORN", "1"))
		w.create("filler", script("FAKE_SLEEP", "forever"))
		w.create("queued", nil)
		time.Sleep(time.Second)
		if v := stop("queued"); v.State != entity.StateStopped || v.path() != "CREATED BUILT READY STOPPED" {
			t.Errorf("queued: got %s %s", v.State, v.path())
		}
		for id, path := range map[string]string{"running": "CREATED BUILT READY PENDING RUNNING STOP STOPPED",
			"preparing": "CREATED BUILT READY PENDING STOP STOPPED", "stubborn": "CREATED BUILT READY PENDING RUNNING STOP STOPPED"} {
			start := time.Now()
			if v := stop(id); v.State != entity.StateStop || v.Reason.Code != entity.ReasonStopping {
				t.Errorf("%s: got %s %s, want STOP stopping", id, v.State, v.Reason.Code)
			}
			v := w.end(id)
			if v.State != entity.StateStopped || v.Reason.Code != entity.ReasonStopped || v.path() != path {
				t.Errorf("%s: got %s %s %s, want %s", id, v.State, v.Reason.Code, v.path(), path)
			}
			if took := time.Since(start); id == "stubborn" && took < 10*time.Second {
				t.Errorf("stubborn: ended after %s, want its grace", took)
			}
			again := stop(id)
			if again.State != entity.StateStopped || again.path() != path {
				t.Errorf("%s again: got %s %s", id, again.State, again.path())
			}
		}
		w.engine.Finish(engine.ID{UID: w.uid("filler"), Attempt: 1}, engine.Exit{})
		if v := w.end("filler"); v.State != entity.StateCompleted {
			t.Errorf("filler: got %s", v.State)
		}
		if v := stop("filler"); v.State != entity.StateCompleted {
			t.Errorf("stop of a completed run: got %s", v.State)
		}
		w.create("local", map[string]any{"local_execution": true})
		if v := stop("local"); v.State != entity.StateStopped {
			t.Errorf("local: got %s", v.State)
		}
		for _, action := range []string{"run", "resume", "build", "whatever"} {
			d, err := w.m.Act(w.ctx(), "p", "filler", action, "ann")
			w.must(err)
			if v := w.view(d); v.State != entity.StateCompleted {
				t.Errorf("%s: got %s", action, v.State)
			}
		}
	})
}

// uid reads the server's own id of a run.
func (w *world) uid(id string) string {
	w.t.Helper()
	r, err := w.m.load(w.ctx(), "p", id)
	w.must(err)
	return r.UID
}

func TestDeleteEndsWhatIsLiveFirst(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("live", script("FAKE_SLEEP", "forever", "FAKE_STUBBORN", "1"))
		w.create("done", script("FAKE_LOG", "x"))
		w.end("done")
		time.Sleep(time.Second)
		for _, id := range []string{"live", "done"} {
			d, err := w.m.Delete(w.ctx(), "p", id)
			w.must(err)
			if v := w.view(d); v.State != entity.StateDeleting {
				t.Errorf("%s: got %s, want DELETING", id, v.State)
			}
		}
		if _, err := w.m.Get(w.ctx(), "p", "done"); !entity.IsNotFound(err) {
			t.Errorf("done: got %v, want not found", err)
		}
		if v := w.get("live"); v.State != entity.StateDeleting || v.Reason.Code != entity.ReasonDeleting {
			t.Errorf("live: got %s %s", v.State, v.Reason.Code)
		}
		time.Sleep(time.Minute)
		if _, err := w.m.Get(w.ctx(), "p", "live"); !entity.IsNotFound(err) {
			t.Errorf("live: got %v, want not found", err)
		}
		if n := w.engine.Attempts(); n != 0 {
			t.Errorf("attempts left: got %d, want 0", n)
		}
		if _, err := w.m.Delete(w.ctx(), "p", "live"); !entity.IsNotFound(err) {
			t.Errorf("deleted twice: got %v, want not found", err)
		}
		// An id used again starts afresh.
		w.create("live", script("FAKE_LOG", "second"))
		if v := w.end("live"); v.State != entity.StateCompleted || w.log("live", 1) != "second" {
			t.Errorf("used again: got %s %q", v.State, w.log("live", 1))
		}
	})
}

func TestAnEndedRunIsGoneAtOnceThoughTheEngineStillHoldsIt(t *testing.T) {
	var stuck atomic.Bool
	stuck.Store(true)
	cfg := fake.Config{Before: func(op fake.Op, _ engine.ID) error {
		if stuck.Load() && op == fake.OpRemove {
			return entity.Errorf(entity.CodeUnavailable, "stuck")
		}
		return nil
	}}
	inBubble(t, cfg, func(t *testing.T, w *world) {
		w.create("r", nil)
		w.end("r")
		_, err := w.m.Delete(w.ctx(), "p", "r")
		w.must(err)
		if _, err := w.m.Get(w.ctx(), "p", "r"); !entity.IsNotFound(err) {
			t.Errorf("got %v, want not found", err)
		}
		time.Sleep(time.Minute)
		stuck.Store(false)
		time.Sleep(time.Minute)
		if n := w.engine.Attempts(); n != 0 {
			t.Errorf("attempts left: got %d, want 0", n)
		}
	})
}

func TestCascadeEndsAndDeletes(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.must(w.store.Write(w.ctx(), func(tx store.Tx) error {
			_, err := tx.Entities().Create(w.ctx(), store.Record{Doc: entity.Doc{Entity: entity.Task, ID: "t2", Name: "t2", Project: "p", Kind: "test+job",
				Spec: json.RawMessage(`{"function":"test://p/f:f1"}`)}, Function: "test://p/f:f1"})
			return err
		}))
		left := func() string {
			page, err := w.m.List(w.ctx(), store.Query{Project: "p", Size: 1000})
			w.must(err)
			var ids []string
			for _, d := range page.Items {
				ids = append(ids, d.ID)
			}
			slices.Sort(ids)
			return strings.Join(ids, " ")
		}
		sleep := script("FAKE_SLEEP", "forever")
		for _, id := range []string{"a", "b", "c", "d", "e", "f"} { // more than run at once
			w.create(id, sleep)
		}
		sleep["task"] = "test+job://p/t2"
		w.create("g", sleep)
		time.Sleep(time.Second)
		w.must(w.m.DeleteRuns(w.ctx(), store.Query{Project: "p", Task: "test+job://p/t1"}))
		if got := left(); got != "g" {
			t.Errorf("after the task's: %s are left, want g", got)
		}
		w.create("over", nil)
		w.end("over")
		w.create("queued", sleep)
		w.must(w.m.DeleteLiveRuns(w.ctx(), "other"))
		if got := left(); got != "g over queued" {
			t.Errorf("after another project's: %s are left", got)
		}
		w.must(w.m.DeleteLiveRuns(w.ctx(), "p"))
		if got := left(); got != "over" {
			t.Errorf("after the live ones: %s are left, want over", got)
		}
		for i := range pageOf + 20 {
			w.create(fmt.Sprint("many", i), map[string]any{"local_execution": true})
		}
		w.create("g", sleep)
		w.must(w.m.DeleteRuns(w.ctx(), store.Query{Project: "p", Function: "test://p/f:f1"}))
		if got := left(); got != "" {
			t.Errorf("after the function's: %s are left", got)
		}
		w.create("g", sleep)
		_, err := w.m.Act(w.ctx(), "p", "g", "stop", "")
		w.must(err)
		w.end("g")
	})
}

func TestRetriesAreAttemptsOfTheManager(t *testing.T) {
	var tries atomic.Int32
	cfg := fake.Config{Script: func(r engine.Runnable) (fake.Script, bool) {
		tries.Add(1)
		s := fake.Script{Log: "try\n", Sleep: time.Second}
		if r.ID.Attempt < 3 {
			s.Exit.Code = r.ID.Attempt
		}
		return s, true
	}}
	inBubble(t, cfg, func(t *testing.T, w *world) {
		w.create("r", map[string]any{"backoff_limit": 2})
		time.Sleep(500 * time.Millisecond)
		v := w.get("r")
		if len(v.Attempts) != 1 || v.Attempts[0].Number != 1 || v.Attempts[0].State != entity.StateRunning || v.Attempts[0].StartedAt == "" || v.Attempts[0].Reason.Code != "" {
			t.Errorf("during the first: got %+v", v.Attempts)
		}
		first := v.Attempts[0].StartedAt
		time.Sleep(time.Second)
		v = w.get("r")
		if v.State != entity.StateReady || v.Reason.Code != entity.ReasonRetryWait || len(v.Attempts) != 1 || v.Attempts[0].Reason.Code != entity.ReasonExitCode {
			t.Errorf("between attempts: got %s %s %v", v.State, v.Reason.Code, v.Attempts)
		}
		for seq := v.doc.Seq; v.State != entity.StateRunning; seq = v.doc.Seq {
			d, err := w.m.Wait(w.ctx(), "p", "r", seq, time.Hour)
			w.must(err)
			v = w.view(d)
		}
		if len(v.Attempts) != 2 || v.Attempts[0].State != "" || v.Attempts[0].FinishedAt == "" || v.Attempts[1].Number != 2 || v.Attempts[1].State != entity.StateRunning || v.Attempts[1].StartedAt <= first {
			t.Errorf("during the second: got %+v", v.Attempts)
		}
		v = w.end("r")
		if v.State != entity.StateCompleted || len(v.Attempts) != 3 || tries.Load() != 3 || v.Attempt != 3 {
			t.Errorf("end: got %s, %d attempts, %d tries", v.State, len(v.Attempts), tries.Load())
		}
		for n := 1; n <= 3; n++ {
			if got := w.log("r", n); got != "try\n" {
				t.Errorf("log of attempt %d: got %q", n, got)
			}
		}
		logs, err := w.m.Logs(w.ctx(), "p", "r")
		w.must(err)
		if len(logs) != 3 {
			t.Errorf("logs: got %d, want 3", len(logs))
		}
		tries.Store(0)
		w.create("once", nil)
		if v := w.end("once"); v.State != entity.StateError || tries.Load() != 1 {
			t.Errorf("without a policy: got %s after %d tries", v.State, tries.Load())
		}
	})
}

func TestALostAttemptIsRepeatedOnlyUnderAPolicy(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("never", script("FAKE_SLEEP", "30s"))
		w.create("again", map[string]any{"backoff_limit": 1, "parameters": map[string]any{"FAKE_SLEEP": "30s"}})
		time.Sleep(time.Second)
		w.engine.Lose()
		if v := w.end("never"); v.State != entity.StateError || v.Reason.Code != entity.ReasonKeeperLost {
			t.Errorf("never: got %s %s", v.State, v.Reason.Code)
		}
		if v := w.end("again"); v.State != entity.StateCompleted || len(v.Attempts) != 2 {
			t.Errorf("again: got %s, %d attempts", v.State, len(v.Attempts))
		}
	})
}

func TestAnEngineThatIsAwayIsWaitedFor(t *testing.T) {
	var away atomic.Bool
	away.Store(true)
	cfg := fake.Config{Before: func(op fake.Op, _ engine.ID) error {
		if away.Load() && op == fake.OpStart {
			return entity.Errorf(entity.CodeUnavailable, "gone fishing")
		}
		return nil
	}}
	inBubble(t, cfg, func(t *testing.T, w *world) {
		w.create("r", nil)
		time.Sleep(10 * time.Second)
		if v := w.get("r"); v.State != entity.StatePending || v.Reason.Code != entity.ReasonEngineAway {
			t.Errorf("away: got %s %s", v.State, v.Reason.Code)
		}
		away.Store(false)
		if v := w.end("r"); v.State != entity.StateCompleted {
			t.Errorf("back: got %s %s", v.State, v.Message)
		}
	})
}

func TestAnotherHostsAttemptIsLeftAlone(t *testing.T) {
	inBubble(t, fake.Config{Host: "one"}, func(t *testing.T, w *world) {
		w.create("r", script("FAKE_SLEEP", "forever"))
		time.Sleep(time.Second)
		w.stop()
		here := w.cfg.Engines
		w.cfg.Engines = engine.NewSet(fake.New(fake.Config{Host: "two"}))
		w.restart()
		time.Sleep(time.Hour)
		if v := w.get("r"); v.State != entity.StateRunning {
			t.Errorf("elsewhere: got %s %s, want RUNNING", v.State, v.Reason.Code)
		}
		_, err := w.m.Act(w.ctx(), "p", "r", "stop", "")
		w.must(err)
		time.Sleep(time.Hour)
		w.stop()
		w.cfg.Engines = here
		w.restart()
		if v := w.end("r"); v.State != entity.StateStopped {
			t.Errorf("back: got %s %s", v.State, v.Reason.Code)
		}
	})
}

func TestUnknownAttemptsAreEnded(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.stop()
		_, err := w.engine.Start(w.ctx(), engine.Runnable{ID: engine.ID{UID: "stranger", Attempt: 1}, Main: engine.Process{Env: map[string]string{"FAKE_SLEEP": "forever"}}}, nil)
		w.must(err)
		w.restart()
		time.Sleep(time.Minute)
		if n := w.engine.Attempts(); n != 0 {
			t.Errorf("attempts left: got %d, want 0", n)
		}
	})
}

// An attempt that nobody knows is not forgotten because the engine could not end it at once.
func TestUnknownAttemptsAreEndedWhenTheEngineIsBack(t *testing.T) {
	for _, op := range []fake.Op{fake.OpStop, fake.OpRemove} {
		var tries atomic.Int32
		cfg := fake.Config{Before: func(x fake.Op, id engine.ID) error {
			if x == op && id.UID == "first" && tries.Add(1) <= 3 {
				return entity.Errorf(entity.CodeUnavailable, "the disk is away")
			}
			return nil
		}}
		inBubble(t, cfg, func(t *testing.T, w *world) {
			w.stop()
			for _, uid := range []string{"first", "second"} {
				_, err := w.engine.Start(w.ctx(), engine.Runnable{ID: engine.ID{UID: uid, Attempt: 1}, Main: engine.Process{Env: map[string]string{"FAKE_SLEEP": "forever"}}}, nil)
				w.must(err)
			}
			w.restart()
			time.Sleep(time.Minute)
			if n := w.engine.Attempts(); n != 0 {
				t.Errorf("%s: attempts left: got %d, want 0", op, n)
			}
		})
	}
}

// A run is deleted at the moment between its end and the freeing of its attempt, and the server is killed there: the
// row is gone, and the next server frees what the engine still holds, before anybody asks for it.
func TestTheNextServerFreesWhatADeletedRunLeft(t *testing.T) {
	var away atomic.Bool
	away.Store(true)
	cfg := fake.Config{Before: func(op fake.Op, _ engine.ID) error {
		if op == fake.OpRemove && away.Load() {
			return entity.Errorf(entity.CodeUnavailable, "the disk is away")
		}
		return nil
	}}
	inBubble(t, cfg, func(t *testing.T, w *world) {
		w.create("r", nil)
		w.end("r")
		_, err := w.m.Delete(w.ctx(), "p", "r")
		w.must(err)
		w.stop()
		if _, err := w.m.Get(w.ctx(), "p", "r"); !entity.IsNotFound(err) || w.engine.Attempts() != 1 {
			t.Fatalf("got %v with %d attempts, want a run that is gone and its attempt left", err, w.engine.Attempts())
		}
		away.Store(false)
		w.restart()
		synctest.Wait()
		if n := w.engine.Attempts(); n != 0 {
			t.Errorf("attempts left after the start: got %d, want 0", n)
		}
	})
}

func TestASecondServerWaitsForTheLease(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		cfg := w.cfg
		cfg.Holder = "second"
		second, err := New(cfg)
		w.must(err)
		w.must(second.Start(w.ctx()))
		w.create("a", script("FAKE_SLEEP", "5s"))
		w.end("a")
		w.stop()
		if _, err := second.Create(w.ctx(), Write{Project: "p", Body: body("b", nil)}); err != nil {
			t.Fatal(err)
		}
		for {
			d, err := second.Wait(w.ctx(), "p", "b", 0, time.Hour)
			w.must(err)
			if v := w.view(d); v.State == entity.StateCompleted {
				break
			}
		}
		w.must(second.Stop(w.ctx()))
		if n := w.engine.Executions(engine.ID{UID: w.uid("a"), Attempt: 1}); n != 1 {
			t.Errorf("executions: got %d, want 1", n)
		}
	})
}

func TestWaitAnswersWhenTheStateChanges(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("r", script("FAKE_SLEEP", "30s"))
		time.Sleep(time.Second)
		start := time.Now()
		d, err := w.m.Wait(w.ctx(), "p", "r", 0, 5*time.Second)
		w.must(err)
		if took := time.Since(start); took != 5*time.Second || w.view(d).State != entity.StateRunning {
			t.Errorf("nothing happened: got %s after %s", w.view(d).State, took)
		}
		if d, err = w.m.Wait(w.ctx(), "p", "r", 1, time.Hour); err != nil || time.Since(start) != 5*time.Second {
			t.Errorf("changed since: got %v after %s, want at once", err, time.Since(start))
		}
		seq := d.Seq
		done := make(chan time.Duration, 300)
		for range 300 {
			go func() {
				d, err := w.m.Wait(w.ctx(), "p", "r", seq, time.Hour)
				if err != nil || w.view(d).State != entity.StateCompleted {
					t.Errorf("wait: got %v %s", err, d.Status)
				}
				done <- time.Since(start)
			}()
		}
		for range 300 {
			if took := <-done; took > 30*time.Second {
				t.Errorf("answered after %s, want at the end", took)
			}
		}
		ctx, cancel := context.WithCancelCause(w.ctx())
		cancel(errors.New("left"))
		w.create("r2", script("FAKE_SLEEP", "1s"))
		if _, err := w.m.Wait(ctx, "p", "r2", 0, time.Hour); err == nil {
			t.Error("a cancelled wait: got no error")
		}
		w.end("r2")
	})
}

func TestACascadeLeavesARunThatDoesNotEndInDeleting(t *testing.T) {
	var stuck atomic.Bool
	stuck.Store(true)
	cfg := fake.Config{Before: func(op fake.Op, _ engine.ID) error {
		if stuck.Load() && op == fake.OpStop {
			return entity.Errorf(entity.CodeUnavailable, "stuck")
		}
		return nil
	}}
	inBubble(t, cfg, func(t *testing.T, w *world) {
		for _, id := range []string{"a", "b", "queued1", "queued2", "queued3"} {
			w.create(id, script("FAKE_SLEEP", "forever"))
			time.Sleep(time.Second)
		}
		began := time.Now()
		w.must(w.m.DeleteRuns(w.ctx(), store.Query{Project: "p", Function: "test://p/f:f1"}))
		if d := time.Since(began); d != endWithin {
			t.Errorf("waited %v, want %v", d, endWithin)
		}
		page, err := w.m.List(w.ctx(), store.Query{Project: "p", Size: 10})
		w.must(err)
		for _, d := range page.Items {
			if v := w.view(d); v.State != entity.StateDeleting {
				t.Errorf("%s is %s, want DELETING", d.ID, v.State)
			}
		}
		if len(page.Items) != 2 {
			t.Errorf("%d runs are left, want the 2 that were executed", len(page.Items))
		}
		stuck.Store(false)
		w.must(w.m.DeleteRuns(w.ctx(), store.Query{Project: "p"}))
		if page, err := w.m.List(w.ctx(), store.Query{Project: "p", Size: 10}); err != nil || len(page.Items) != 0 {
			t.Errorf("left: %d runs, %v", len(page.Items), err)
		}
	}, func(c *Config) { c.MaxRuns = 2 })
}
