package run

import (
	"testing"
	"time"

	"dhub/engine/fake"
	"dhub/entity"
)

func TestARunPassesThroughItsStates(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		d := w.create("r1", script("FAKE_LOG", "hello\n", "FAKE_SLEEP", "5s", "FAKE_REPORT", `{"outputs":{"o":"store://p/dataitem/table/o:1"},"results":{"n":1.0},"metrics":{"loss":0.5}}`))
		if got := w.view(d); got.State != entity.StateReady || got.Reason.Code != entity.ReasonQueued {
			t.Errorf("created: got %s %s, want READY queued", got.State, got.Reason.Code)
		}
		v := w.end("r1")
		if got, want := v.path(), "CREATED BUILT READY PENDING RUNNING COMPLETED"; got != want {
			t.Errorf("transitions: got %s, want %s", got, want)
		}
		if v.Reason.Code != entity.ReasonCompleted || string(v.Results["n"]) != "1.0" || v.Outputs["o"] == "" || string(v.Metrics["loss"]) != "0.5" {
			t.Errorf("end: got %+v", v)
		}
		if _, ok := v.Usage["cpu_seconds"]; !ok {
			t.Errorf("usage: got %v, want cpu_seconds", v.Usage)
		}
		if got := w.log("r1", 0); got != "hello\n" {
			t.Errorf("log: got %q", got)
		}
		time.Sleep(time.Second)
		if n := w.engine.Attempts(); n != 0 {
			t.Errorf("attempts left in the engine: got %d, want 0", n)
		}
	})
}
