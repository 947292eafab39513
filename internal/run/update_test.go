package run

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"dhub/engine"
	"dhub/engine/fake"
	"dhub/entity"
	"dhub/internal/blob"
	"dhub/internal/store"
)

var blobAttrs blob.Attrs

// put is a PUT by a person.
func (w *world) put(id, body string) view {
	w.t.Helper()
	d, err := w.m.Update(w.ctx(), Write{Project: "p", ID: id, Body: []byte(body), User: "bob"}, Caller{})
	w.must(err)
	return w.view(d)
}

func TestWhatAClientSaysOfAnEnginesRunIsAClaim(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("r", map[string]any{"parameters": map[string]any{"FAKE_SLEEP": "forever"}, "inputs": map[string]string{"d": "store://p/dataitem/table/d"}})
		time.Sleep(time.Second)
		id := engine.ID{UID: w.uid("r"), Attempt: 1}
		me := Caller{AttemptUID: id.UID, Attempt: 1}
		body := `{"spec":{"task":"other"},"metadata":{"labels":["x"],"relationships":[{"type":"produced_by","dest":"store://p/run/a/b:b"},{"type":"produced_by", "dest":"store://p/run/a/b:b"}]},
			"status":{"state":"COMPLETED","transitions":[],"reason":{"code":"x"},"k8s":{"a":1},"results":{"a":1,"b":2},"outputs":{"o":"k1"},"custom":true}}`
		d, err := w.m.Update(w.ctx(), Write{Project: "p", ID: "r", Body: []byte(body)}, me)
		w.must(err)
		v := w.view(d)
		if v.State != entity.StateRunning || len(v.Transitions) != 5 || v.Reason.Code != entity.ReasonExecuting {
			t.Errorf("got %s %v %s", v.State, v.Transitions, v.Reason.Code)
		}
		status, _ := entity.ParseObject(d.Status)
		if status.Get("k8s") != nil || string(status.Get("custom")) != "true" {
			t.Errorf("status: got %s", d.Status)
		}
		if rel := entity.Relations(d.Metadata, d.Key()); len(rel) != 3 {
			t.Errorf("relationships: got %v, want run_of, consumes and produced_by, each once", rel)
		}
		if strings.Contains(string(d.Spec), "other") {
			t.Errorf("spec: got %s", d.Spec)
		}
		v = w.put("r", `{"status":{"results":{"b":3,"c":4}}}`)
		if got := fmt.Sprint(string(v.Results["a"]), string(v.Results["b"]), string(v.Results["c"])); got != "134" {
			t.Errorf("results: got %s, want 134", got)
		}
		if v.Outputs["o"] != "k1" {
			t.Errorf("outputs: got %v", v.Outputs)
		}
		w.engine.Report(id, `{"results":{"b":5}}`)
		w.engine.Finish(id, engine.Exit{})
		v = w.end("r")
		if v.State != entity.StateCompleted || string(v.Results["b"]) != "5" || string(v.Results["a"]) != "1" {
			t.Errorf("end: got %s %v", v.State, v.Results)
		}
		// A late attempt changes nothing, a person may still add.
		before := w.get("r")
		if _, err := w.m.Update(w.ctx(), Write{Project: "p", ID: "r", Body: []byte(`{"status":{"results":{"a":9}}}`)}, me); entity.CodeOf(err) != entity.CodeConflict {
			t.Errorf("late: got %v, want conflict", err)
		}
		if after := w.get("r"); after.doc.Seq != before.doc.Seq {
			t.Error("late: the run has changed")
		}
		if v := w.put("r", `{"metadata":{"labels":["y"]},"status":{"state":"RUNNING"}}`); v.State != entity.StateCompleted {
			t.Errorf("person: got %s", v.State)
		}
		if _, err := w.m.Update(w.ctx(), Write{Project: "p", ID: "r", Body: []byte(`{}`)}, Caller{AttemptUID: "else", Attempt: 1}); entity.CodeOf(err) != entity.CodeForbidden {
			t.Errorf("another run's token: got %v, want forbidden", err)
		}
		w.create("own", map[string]any{"local_execution": true}) // what a job executes in its own process
		if _, err := w.m.Update(w.ctx(), Write{Project: "p", ID: "own", Body: []byte(`{"status":{"state":"BUILT"}}`)}, Caller{AttemptUID: "else", Attempt: 1}); err != nil || w.get("own").State != entity.StateBuilt {
			t.Errorf("a run that a job drives: got %v and %s", err, w.get("own").State)
		}
	})
}

func TestAClaimOfFailureBeatsExitZeroAndNotTheOtherWayRound(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		for _, c := range []struct {
			id, claim string
			exit      int
			state     entity.State
			reason    string
		}{
			{"a", "ERROR", 0, entity.StateError, entity.ReasonClientError},
			{"b", "COMPLETED", 0, entity.StateCompleted, entity.ReasonCompleted},
			{"c", "COMPLETED", 1, entity.StateError, entity.ReasonExitCode},
			{"d", "ERROR", 1, entity.StateError, entity.ReasonExitCode},
		} {
			w.create(c.id, script("FAKE_SLEEP", "forever"))
			time.Sleep(time.Second)
			w.put(c.id, fmt.Sprintf(`{"status":{"state":%q,"message":"so it said"}}`, c.claim))
			w.engine.Finish(engine.ID{UID: w.uid(c.id), Attempt: 1}, engine.Exit{Code: c.exit})
			v := w.end(c.id)
			if v.State != c.state || v.Reason.Code != c.reason || v.Message != "so it said" {
				t.Errorf("%s and exit %d: got %s %s %q, want %s %s", c.claim, c.exit, v.State, v.Reason.Code, v.Message, c.state, c.reason)
			}
		}
	})
}

func TestAClientDrivesItsRunStepByStep(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		v := w.view(w.create("r", map[string]any{"local_execution": true, "parameters": map[string]any{"a": 1}}))
		if v.State != entity.StateCreated || v.Reason.Code != entity.ReasonClientDriven {
			t.Errorf("created: got %s %s", v.State, v.Reason.Code)
		}
		if v := w.put("r", `{"status":{"state":"COMPLETED"}}`); v.State != entity.StateCreated {
			t.Errorf("two steps at once: got %s, want CREATED", v.State)
		}
		v = w.put("r", `{"spec":{"task":"test+job://p/t1","function":"test://p/f:f1","local_execution":true,"parameters":{"a":2.0},"script":{},"inputs":{"d":"store://p/dataitem/table/d"}},"status":{"state":"BUILT"}}`)
		if v.State != entity.StateBuilt || !strings.Contains(string(v.doc.Spec), `"parameters":{"a":2.0}`) || !strings.Contains(string(v.doc.Metadata), "consumes") {
			t.Errorf("built: got %s %s %s", v.State, v.doc.Spec, v.doc.Metadata)
		}
		v = w.put("r", `{"spec":{"task":"test+job://p/t1","parameters":{"a":3}},"status":{"state":"READY"}}`)
		if strings.Contains(string(v.doc.Spec), `"a":3`) {
			t.Errorf("spec after CREATED: got %s", v.doc.Spec)
		}
		w.put("r", `{"status":{"state":"RUNNING"}}`)
		v = w.put("r", `{"status":{"state":"COMPLETED","results":{"x":1}}}`)
		if v.path() != "CREATED BUILT READY RUNNING COMPLETED" || string(v.Results["x"]) != "1" || v.Reason.Code != entity.ReasonCompleted {
			t.Errorf("end: got %s %v %s", v.path(), v.Results, v.Reason.Code)
		}
		if n := w.engine.Attempts(); n != 0 {
			t.Errorf("attempts of an engine: got %d, want 0", n)
		}
		w.create("e", map[string]any{"local_execution": true})
		if v := w.put("e", `{"status":{"state":"ERROR","message":"Something got wrong during function execution."}}`); v.State != entity.StateError || v.Reason.Code != entity.ReasonClientError || v.Message == "" {
			t.Errorf("error: got %s %s %q", v.State, v.Reason.Code, v.Message)
		}
		if _, err := w.m.Update(w.ctx(), Write{Project: "p", ID: "e", Body: []byte(`{"status":{"state":"NO"}}`)}, Caller{}); entity.CodeOf(err) != entity.CodeInvalid {
			t.Errorf("unknown state: got %v, want invalid", err)
		}
	})
}

func TestASilentClientGetsANoticeAndThenAnEnd(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("r", map[string]any{"local_execution": true})
		w.put("r", `{"status":{"state":"BUILT"}}`)
		for range 20 {
			time.Sleep(time.Minute)
			w.must(w.m.Heartbeat(w.ctx(), "p", "r"))
		}
		if v := w.get("r"); len(v.Notices) != 0 {
			t.Errorf("alive: got notices %v", v.Notices)
		}
		time.Sleep(5 * time.Minute)
		if v := w.get("r"); len(v.Notices) != 1 || v.Notices[0].Code != silent {
			t.Errorf("silent: got notices %v", v.Notices)
		}
		w.must(w.m.Heartbeat(w.ctx(), "p", "r"))
		if v := w.get("r"); len(v.Notices) != 0 {
			t.Errorf("back: got notices %v", v.Notices)
		}
		time.Sleep(12 * time.Hour)
		w.stop()
		w.restart()
		time.Sleep(11 * time.Hour)
		if v := w.get("r"); v.State != entity.StateBuilt || len(v.Notices) != 1 {
			t.Errorf("before the limit: got %s %v", v.State, v.Notices)
		}
		time.Sleep(2 * time.Hour)
		if v := w.get("r"); v.State != entity.StateError || v.Reason.Code != entity.ReasonClientSilent {
			t.Errorf("after the limit: got %s %s", v.State, v.Reason.Code)
		}
	})
}

func TestTheAttemptsTokenLivesWithItAndAMinuteLonger(t *testing.T) {
	token := ""
	cfg := fake.Config{Script: func(r engine.Runnable) (fake.Script, bool) { return fake.Script{Sleep: time.Minute}, true }}
	inBubble(t, cfg, func(t *testing.T, w *world) {
		w.create("r", map[string]any{"secrets": []string{"PASSWORD"}})
		time.Sleep(time.Second)
		uid := w.uid("r")
		w.must(w.store.Read(w.ctx(), func(tx store.Tx) error {
			a, err := tx.Attempts().Get(w.ctx(), uid, 1)
			w.must(err)
			values, err := w.m.unseal(attemptID(a), a.Sealed)
			token = values[valueToken]
			for _, secret := range []string{token, "hunter2hunter2"} {
				if strings.Contains(string(a.Runnable)+string(a.Sealed)+string(a.TokenHash), secret) {
					t.Errorf("the attempt holds %q in the clear", secret)
				}
			}
			var r engine.Runnable
			w.must(json.Unmarshal(a.Runnable, &r))
			env := map[string]string{}
			for _, s := range r.Secrets {
				env[s.Env] = s.Name
			}
			if env["PASSWORD"] != "PASSWORD" || env["DHCORE_ACCESS_TOKEN"] != valueToken || r.Main.Env["RUN_ID"] != "r" || r.Main.Env["PROJECT_NAME"] != "p" {
				t.Errorf("environment: got %v and %v", r.Main.Env, env)
			}
			return err
		}))
		id, err := w.m.VerifyToken(w.ctx(), token)
		if err != nil || id.RunID != "r" || id.Attempt != 1 || id.RunUID != uid || id.Project != "p" || id.User != "ann" {
			t.Errorf("live: got %+v %v", id, err)
		}
		w.end("r")
		time.Sleep(59 * time.Second)
		if _, err := w.m.VerifyToken(w.ctx(), token); err != nil {
			t.Errorf("59 s after the end: got %v", err)
		}
		time.Sleep(2 * time.Second)
		if _, err := w.m.VerifyToken(w.ctx(), token); entity.CodeOf(err) != entity.CodeUnauthenticated {
			t.Errorf("61 s after the end: got %v, want unauthenticated", err)
		}
		if _, err := w.m.VerifyToken(w.ctx(), "guess"); entity.CodeOf(err) != entity.CodeUnauthenticated {
			t.Errorf("a guess: got %v, want unauthenticated", err)
		}
	})
}

func TestMetricsOfTheStatusWinAndNewOnesJoinThem(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("r", map[string]any{"local_execution": true})
		w.must(w.m.PutMetric(w.ctx(), "p", "r", "loss", json.RawMessage(`[0.9,0.4]`)))
		w.put("r", `{"status":{"metrics":{"acc":0.93}}}`)
		w.must(w.m.PutMetric(w.ctx(), "p", "r", "acc", json.RawMessage(`0.95`)))
		got, err := w.m.Metrics(w.ctx(), "p", "r")
		w.must(err)
		if string(got["loss"]) != "[0.9,0.4]" || string(got["acc"]) != "0.95" {
			t.Errorf("got %v", got)
		}
		w.create("bare", map[string]any{"local_execution": true})
		page, err := w.m.ListLight(w.ctx(), store.Query{Project: "p", Size: 10})
		w.must(err)
		last, err := w.m.LastMetrics(w.ctx(), page.Items)
		w.must(err)
		if len(last) != 2 {
			t.Fatalf("%d runs have metrics, want 2", len(last))
		}
		for i, d := range page.Items {
			if want := map[string]string{"bare": "{}", "r": `{"acc":0.95,"loss":0.4}`}[d.ID]; string(last[i].JSON()) != want {
				t.Errorf("%s: last values %s, want %s", d.ID, last[i].JSON(), want)
			}
		}
		if err := w.m.PutMetric(w.ctx(), "p", "r", "bad", json.RawMessage(`"x"`)); entity.CodeOf(err) != entity.CodeInvalid {
			t.Errorf("text: got %v, want invalid", err)
		}
	})
}
