package trigger_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

func TestAnEntityEntersAState(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.trigger("tr", "lifecycle", map[string]any{"key": "store://p/artifact/artifact/iris", "states": []string{"READY", "DELETED"},
			"template": map[string]any{"inputs": map[string]any{"data": "{{input.key}}"}, "parameters": map[string]any{
				"at": "{{ timestamp }}", "state": "{{{state}}}", "path": "<{{input.spec.path}}>", "size": "{{input.spec.size}}", "n": 5, "gone": "{{no.such}}{{& state}}"}}})
		w.want("state", w.state("tr"), "RUNNING")
		w.sleep(time.Second)
		w.material("a1", "iris", "CREATED")
		w.material("a1", "iris", "UPLOADING")
		w.sleep(time.Second)
		w.want("runs before", len(w.runs()), 0)
		w.material("a1", "iris", "READY")
		w.material("a1", "iris", "READY") // clients write the same twice
		w.material("b1", "other", "READY")
		w.sleep(time.Second)
		runs := w.runs()
		w.want("number of runs", len(runs), 1)
		key := "store://p/artifact/artifact/iris:a1"
		f := w.fired(runs[0])
		w.want("job", f.Job, "store://p/trigger/lifecycle/tr:tr")
		w.want("key and state", []any{f.Details["key"], f.Details["state"], f.Details["input"].(map[string]any)["key"]}, []any{"store://p/artifact/artifact/iris", "READY", key})
		var spec struct {
			Inputs     map[string]string
			Parameters map[string]any
		}
		if err := json.Unmarshal(runs[0].Spec, &spec); err != nil {
			w.t.Fatal(err)
		}
		w.want("inputs", spec.Inputs, map[string]string{"data": key})
		w.want("parameters", spec.Parameters, map[string]any{"at": fmt.Sprint(f.Timestamp), "state": "READY", "path": "<s3://datalake/p/x>", "size": "12345678901234567", "n": 5, "gone": "READY"})
		w.want("relations", entity.Relations(runs[0].Metadata, "me"), []entity.Relation{
			{Type: "produced_by", Source: "me", Dest: "store://p/trigger/lifecycle/tr:tr"}, {Type: "consumes", Source: "me", Dest: key}})

		w.material("a1", "iris", "ERROR")
		w.material("a1", "iris", "READY")
		w.sleep(time.Second)
		w.want("runs when it became READY again", len(w.runs()), 2)
		w.write(func(tx store.Tx) error { return tx.Entities().Delete(w.t.Context(), entity.Artifact, "a1") })
		w.sleep(time.Second)
		runs = w.runs()
		w.want("runs when it was deleted", len(runs), 3)
		w.want("state", w.fired(runs[2]).Details["state"], "DELETED")

		if _, err := w.m.Act(w.t.Context(), "p", "tr", "stop", ""); err != nil {
			w.t.Fatal(err)
		}
		w.material("a2", "iris", "READY")
		w.sleep(time.Second)
		w.want("runs while stopped", len(w.runs()), 3)
	})
}

func TestWhatHappensWhileTheServerIsAway(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.trigger("tr", "lifecycle", map[string]any{"key": "store://p/artifact", "states": []string{"READY"}})
		w.sleep(time.Second)
		w.material("a1", "x", "READY")
		w.sleep(time.Minute)
		w.want("runs", len(w.runs()), 1)
		w.stop()
		w.material("a1", "x", "READY") // not entered again
		w.material("a2", "y", "READY")
		w.start()
		w.sleep(time.Second)
		w.want("runs", len(w.runs()), 2)
		w.stop()
		w.write(func(tx store.Tx) error { return tx.Schedules().SetOffset(w.t.Context(), "trigger", 1) }) // read everything again
		w.start()
		w.sleep(time.Second)
		w.want("runs when the feed is read again", len(w.runs()), 2)
	})
}

// A write to an entity that has been in a state for long enters nothing, however much has happened since and
// however often the server was started.
func TestAWriteLongAfterTheStateWasEntered(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.material("old", "x", "READY")
		w.trigger("tr", "lifecycle", map[string]any{"key": "store://p/artifact/artifact/x", "states": []string{"READY"}})
		w.sleep(time.Second)
		w.write(func(tx store.Tx) error {
			for range 6000 { // more than any memory of the feed holds
				if _, err := tx.Entities().Update(w.t.Context(), entity.Trigger, "tr", func(r store.Record) (store.Record, error) { return r, nil }); err != nil {
					return err
				}
			}
			return nil
		})
		w.sleep(time.Minute)
		w.stop()
		w.start()
		w.material("old", "x", "READY")
		w.sleep(time.Second)
		w.want("runs for a write", len(w.runs()), 0)
		w.material("old", "x", "ERROR")
		w.material("old", "x", "READY")
		w.sleep(time.Second)
		w.want("runs when it is entered", len(w.runs()), 1)
	})
}

func TestLoopGuard(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.trigger("tr", "lifecycle", map[string]any{"key": "store://p/artifact/*/out*", "states": []string{"READY"}})
		w.trigger("other", "lifecycle", map[string]any{"key": "store://p/artifact/*/third", "states": []string{"READY"}})
		w.sleep(time.Second)
		w.material("a1", "out1", "READY")
		w.sleep(time.Second)
		runs := w.runs()
		w.want("runs", len(runs), 1)
		by := entity.Relation{Type: entity.ProducedBy, Dest: runs[0].Key()}
		w.material("a2", "out2", "READY", by) // what the trigger's own run made
		w.sleep(time.Second)
		w.want("runs after its own output", len(w.runs()), 1)
		w.material("a3", "third", "READY", by) // another trigger may go on from it
		w.sleep(time.Second)
		runs = w.runs()
		w.want("runs of another trigger", len(runs), 2)
		w.material("a4", "out4", "READY", entity.Relation{Type: entity.ProducedBy, Dest: runs[1].Key()}) // round the corner
		w.sleep(time.Second)
		w.want("runs after a longer loop", len(w.runs()), 2)
	})
}

func TestRunsAreWatchedToo(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.trigger("clock", "scheduler", map[string]any{"schedule": "@hourly"})
		w.trigger("tr", "lifecycle", map[string]any{"key": "store://p/run/python+job:run", "states": []string{"COMPLETED"}})
		w.sleep(61 * time.Minute)
		runs := w.runs()
		w.want("runs", len(runs), 1)
		for _, r := range runs {
			if err := w.end(w.t.Context(), r.ID, entity.StateCompleted); err != nil {
				w.t.Fatal(err)
			}
		}
		w.sleep(time.Second)
		runs = w.runs()
		w.want("runs after the end", len(runs), 2)
		if err := w.end(w.t.Context(), runs[1].ID, entity.StateCompleted); err != nil {
			w.t.Fatal(err)
		}
		w.sleep(time.Second)
		w.want("runs after the end of its own", len(w.runs()), 2)
	})
}

func TestALifecycleTriggerThatFails(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.trigger("tr", "lifecycle", map[string]any{"key": "store://p/artifact", "states": []string{"READY"}, "template": map[string]any{"x": "{{#each}}"}})
		w.sleep(time.Second)
		w.material("a1", "x", "READY")
		w.sleep(time.Second)
		w.want("state", w.state("tr"), "ERROR")
		d, err := w.get(w.t.Context(), entity.Trigger, "p", "tr")
		if err != nil || !strings.Contains(string(d.Status), "template") {
			w.t.Errorf("got %s %v, want the reason", d.Status, err)
		}
		w.trigger("tr2", "lifecycle", map[string]any{"key": "store://p/artifact", "states": []string{"READY"}})
		w.answer(func() { w.crash = entity.Errorf(entity.CodeUnavailable, "the disk is full") })
		w.material("a2", "x", "READY")
		w.sleep(time.Minute)
		w.want("runs after an error that passed", len(w.runs()), 1)
	})
}
