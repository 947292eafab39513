package trigger_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

func (w *world) want(what string, got, want any) {
	w.t.Helper()
	a, err := json.Marshal(got)
	if err != nil {
		w.t.Fatal(err)
	}
	b, err := json.Marshal(want)
	if err != nil {
		w.t.Fatal(err)
	}
	if string(a) != string(b) {
		w.t.Errorf("%s: got %s, want %s", what, a, b)
	}
}

func TestADayOfHours(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.trigger("tr", "scheduler", map[string]any{"schedule": "0 * * * *"})
		w.want("state", w.state("tr"), "RUNNING")
		w.sleep(24*time.Hour + time.Minute)
		runs := w.runs()
		w.want("number of runs", len(runs), 24)
		r := runs[0]
		w.want("kind", r.Kind, "python+job:run")
		w.want("user", r.User, "ada")
		w.want("spec", r.Spec, json.RawMessage(`{"parameters":{"n":1.0},"schedule":"","task":"python+job://p/t1","function":"python://p/f:f1","local_execution":false}`))
		w.want("metadata", r.Metadata, json.RawMessage(`{"relationships":[{"type":"produced_by","dest":"store://p/trigger/scheduler/tr:tr"}]}`))
		f := w.fired(r)
		w.want("job", f.Job, "store://p/trigger/scheduler/tr:tr")
		w.want("details", f.Details, map[string]any{"schedule": "0 * * * *", "timestamp": time.Date(2000, 1, 1, 1, 0, 0, 0, time.UTC).UnixMilli()})
		next, err := w.m.Upcoming(w.t.Context(), "trigger/tr", 2)
		w.want("upcoming", []any{next, err}, []any{[]time.Time{time.Date(2000, 1, 2, 1, 0, 0, 0, time.UTC), time.Date(2000, 1, 2, 2, 0, 0, 0, time.UTC)}, nil})
	})
}

func TestTheDeletionOfATaskStopsItsTriggers(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.trigger("hourly", "scheduler", map[string]any{"schedule": "0 * * * *"})
		w.trigger("on", "lifecycle", map[string]any{"key": "store://p/artifact/artifact/*", "states": []string{"READY"}})
		w.sleep(90 * time.Minute)
		for _, id := range []string{"t2", "t1"} {
			gone := store.Record{Doc: entity.Doc{Entity: entity.Task, ID: id, Name: id, Kind: "python+job", Project: "p"}}
			w.write(func(tx store.Tx) error { return w.m.TaskStored(w.t.Context(), tx, &gone, nil) })
			if id == "t2" { // another task's
				w.want("state", []string{w.state("hourly"), w.state("on")}, []string{"RUNNING", "RUNNING"})
			}
		}
		w.want("state", []string{w.state("hourly"), w.state("on")}, []string{"STOPPED", "STOPPED"})
		d, err := w.get(w.t.Context(), entity.Trigger, "p", "hourly")
		if err != nil || !strings.Contains(string(d.Status), "The task python+job://p/t1, of which it starts runs, was deleted.") {
			t.Errorf("got %s, %v", d.Status, err)
		}
		w.sleep(24 * time.Hour)
		w.want("number of runs", len(w.runs()), 1)
	})
}

func TestEverySecondTick(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.sleep(3 * time.Second)
		w.trigger("tr", "scheduler", map[string]any{"schedule": "0/10 * * * * ?"})
		w.sleep(38 * time.Second)
		w.want("ticks", w.ticks(), []string{"1 00:00:10", "1 00:00:20", "1 00:00:30", "1 00:00:40"})
	})
}

func TestStopAndRun(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.trigger("tr", "scheduler", map[string]any{"schedule": "@hourly"})
		w.sleep(90 * time.Minute)
		act := func(action, want string) {
			w.t.Helper()
			d, err := w.m.Act(w.t.Context(), "p", "tr", action, "bob")
			if err != nil || !strings.Contains(string(d.Status), want) {
				w.t.Errorf("%s: got %s %v, want %s", action, d.Status, err, want)
			}
		}
		act("stop", "STOPPED")
		act("stop", "STOPPED")
		w.sleep(5 * time.Hour)
		w.want("runs while stopped", len(w.runs()), 1)
		act("run", "RUNNING")
		act("run", "RUNNING")
		w.sleep(time.Hour)
		w.want("runs after it", len(w.runs()), 2)
		_, unknown := w.m.Act(w.t.Context(), "p", "tr", "jump", "")
		_, other := w.m.Act(w.t.Context(), "q", "tr", "stop", "")
		w.want("errors", []entity.Code{entity.CodeOf(unknown), entity.CodeOf(other)}, []entity.Code{entity.CodeInvalid, entity.CodeNotFound})
		w.write(func(tx store.Tx) error { // deletion, as the catalogue does it
			r, err := tx.Entities().Get(w.t.Context(), entity.Trigger, "tr")
			if err != nil {
				return err
			}
			if err := tx.Entities().Delete(w.t.Context(), entity.Trigger, "tr"); err != nil {
				return err
			}
			return w.m.TriggerStored(w.t.Context(), tx, &r, nil)
		})
		w.sleep(5 * time.Hour)
		w.want("runs after its deletion", len(w.runs()), 2)
		w.want("schedule", w.next().IsZero(), true)
	})
}

func TestATriggerThatComesStoppedFiresWhenItIsRun(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.triggerIn("STOPPED", "tr", "scheduler", map[string]any{"schedule": "@hourly"})
		w.triggerIn("STOPPED", "lc", "lifecycle", map[string]any{"key": "store://p/artifact/*/iris", "states": []string{"READY"}})
		w.material("a", "iris", "READY")
		w.sleep(5 * time.Hour)
		w.want("runs while stopped", len(w.runs()), 0)
		w.want("states", []string{w.state("tr"), w.state("lc")}, []string{"STOPPED", "STOPPED"})
		w.want("schedule", w.next().IsZero(), true)
		if _, err := w.m.Act(w.t.Context(), "p", "tr", "run", "bob"); err != nil {
			w.t.Fatal(err)
		}
		w.sleep(90 * time.Minute)
		w.want("runs after it", len(w.runs()) > 0, true)
	})
}

func TestATriggerOfWhatIsGoneIsNotSwitchedOn(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.trigger("tr", "scheduler", map[string]any{"schedule": "@hourly"})
		w.trigger("on", "lifecycle", map[string]any{"key": "store://p/artifact", "states": []string{"READY"}, "function": ""})
		for _, id := range []string{"tr", "on"} {
			if _, err := w.m.Act(w.t.Context(), "p", id, "stop", ""); err != nil {
				w.t.Fatal(err)
			}
		}
		refused := func(id, pointer, words string) {
			w.t.Helper()
			_, err := w.m.Act(w.t.Context(), "p", id, "run", "")
			e, ok := errors.AsType[*entity.Error](err)
			if !ok || entity.CodeOf(err) != entity.CodeInvalid || len(e.Fields) != 1 || e.Fields[0].Pointer != pointer || !strings.Contains(err.Error(), words) {
				w.t.Errorf("got %v, want a refusal at %s with %q", err, pointer, words)
			}
			w.want("state", w.state(id), "STOPPED")
		}
		w.write(func(tx store.Tx) error { return tx.Entities().Delete(w.t.Context(), entity.Task, "t1") })
		refused("tr", "/spec/task", "the task python+job://p/t1, of which it would start runs, is not there any more")
		refused("on", "/spec/task", "or delete this one")
		w.write(func(tx store.Tx) error { return tx.Entities().Delete(w.t.Context(), entity.Function, "f1") })
		refused("tr", "/spec/function", "the function python://p/f:f1")
		w.want("schedule", w.next().IsZero(), true)
		w.sleep(3 * time.Hour)
		w.want("runs", len(w.runs()), 0)
	})
}

func (w *world) next() (at time.Time) {
	w.t.Helper()
	if err := w.store.Read(w.t.Context(), func(tx store.Tx) (err error) {
		at, err = tx.Schedules().Next(w.t.Context())
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
	return at
}

func TestMissedTicks(t *testing.T) {
	t.Parallel()
	for policy, want := range map[string][]string{
		"":          {"1 01:00:00", "1 09:00:00", "1 10:00:00"}, // one run for the last missed tick
		"fire_once": {"1 01:00:00", "1 09:00:00", "1 10:00:00"},
		"skip":      {"1 01:00:00", "1 10:00:00"},
	} {
		t.Run(policy, func(t *testing.T) {
			t.Parallel()
			inWorld(t, func(w *world) {
				w.trigger("tr", "scheduler", map[string]any{"schedule": "@hourly", "misfire_policy": policy})
				w.sleep(90 * time.Minute)
				w.stop()
				w.sleep(8 * time.Hour)
				w.start()
				w.sleep(time.Hour)
				w.want("ticks", w.ticks(), want)
			})
		})
	}
}

func TestOverlap(t *testing.T) {
	t.Parallel()
	for policy, want := range map[string]int{"": 4, "allow": 4, "forbid": 1, "replace": 4} {
		t.Run(policy, func(t *testing.T) {
			t.Parallel()
			inWorld(t, func(w *world) {
				w.trigger("tr", "scheduler", map[string]any{"schedule": "@hourly", "concurrency_policy": policy})
				w.sleep(4*time.Hour + time.Minute) // no run ever ends by itself
				w.want("runs", len(w.runs()), want)
				w.want("stopped", len(w.ended()), map[string]int{"replace": 3}[policy])
				if policy == "forbid" {
					if err := w.end(w.t.Context(), w.runs()[0].ID, entity.StateCompleted); err != nil {
						w.t.Fatal(err)
					}
					w.sleep(time.Hour)
					w.want("ticks", w.ticks(), []string{"1 01:00:00", "1 05:00:00"})
				}
			})
		})
	}
}

func TestBeginAndEnd(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.trigger("tr", "scheduler", map[string]any{"schedule": "@hourly", "start": "2000-01-01T06:00:00+01:00", "end": "2000-01-01T07:30:00Z"})
		w.sleep(24 * time.Hour)
		w.want("ticks", w.ticks(), []string{"1 05:00:00", "1 06:00:00", "1 07:00:00"})
		w.want("state", w.state("tr"), "STOPPED")
	})
}

func TestTimeZones(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.trigger("tr", "scheduler", map[string]any{"schedule": "0 9 * * *", "timezone": "Asia/Tokyo"})
		w.trigger("two", "scheduler", map[string]any{"schedule": "CRON_TZ=America/New_York 0 0 9 * * ?"})
		w.sleep(24*time.Hour - time.Minute)
		w.want("ticks", w.ticks(), []string{"1 14:00:00"})
		w.sleep(time.Hour)
		w.want("ticks", w.ticks(), []string{"1 14:00:00", "2 00:00:00"})
	})
}

// TestAtMostOncePerTick ends the process between any two steps and sets the clock back.
func TestAtMostOncePerTick(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.trigger("tr", "scheduler", map[string]any{"schedule": "@hourly"})
		var before store.Schedule
		read := func() (s store.Schedule) {
			if err := w.store.Read(w.t.Context(), func(tx store.Tx) (err error) {
				s, err = tx.Schedules().Get(w.t.Context(), "trigger/tr")
				return err
			}); err != nil {
				w.t.Fatal(err)
			}
			return s
		}
		before = read()
		w.sleep(61 * time.Minute)
		w.want("runs", len(w.runs()), 1)
		w.stop()
		w.write(func(tx store.Tx) error { return tx.Schedules().Put(w.t.Context(), before) }) // as if the step had been lost
		w.start()
		w.sleep(10 * time.Second)
		w.want("runs after the tick came again", len(w.runs()), 1)
		w.want("next", read().Next, time.Date(2000, 1, 1, 2, 0, 0, 0, time.UTC))

		w.answer(func() { w.crash = entity.Errorf(entity.CodeUnavailable, "the disk is full") })
		w.sleep(time.Hour)
		w.want("ticks after an error that passed", w.ticks(), []string{"1 01:00:00", "1 02:00:00"})

		w.stop()
		w.cfg.Now = func() time.Time { return time.Now().Add(-time.Hour) } // the clock is set back
		w.start()
		w.sleep(58 * time.Minute)
		w.want("ticks with the clock set back", w.ticks(), []string{"1 01:00:00", "1 02:00:00"})
		w.sleep(time.Hour + time.Minute)
		w.want("ticks when it has caught up", w.ticks(), []string{"1 01:00:00", "1 02:00:00", "1 03:00:00"})
	})
}

func TestTwoManagersOnOneStore(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		first := w.m
		w.start()
		w.trigger("tr", "scheduler", map[string]any{"schedule": "*/5 * * * *"})
		w.sleep(time.Hour + time.Second)
		w.want("runs", len(w.runs()), 12)
		w.stop()
		w.m = first
	})
}

func TestAFiringThatFails(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.trigger("tr", "scheduler", map[string]any{"schedule": "@hourly"})
		w.answer(func() { w.refuse = entity.Invalid("/spec/task", "reference", "invalid task") })
		w.sleep(3 * time.Hour)
		w.want("state", w.state("tr"), "ERROR")
		d, err := w.get(w.t.Context(), entity.Trigger, "p", "tr")
		if err != nil || !strings.Contains(string(d.Status), "invalid task") {
			w.t.Errorf("got %s %v, want the reason in the status", d.Status, err)
		}
		w.answer(func() { w.refuse = nil })
		if _, err := w.m.Act(w.t.Context(), "p", "tr", "run", ""); err != nil {
			w.t.Fatal(err)
		}
		w.sleep(time.Hour)
		w.want("state", w.state("tr"), "RUNNING")
		w.want("runs", len(w.runs()), 1)
		w.answer(func() { w.refuse = errors.New("the engine is away") })
		w.sleep(30*time.Minute + time.Hour)
		w.answer(func() { w.refuse = nil })
		w.sleep(time.Minute)
		w.want("ticks", w.ticks(), []string{"1 04:00:00", "1 05:00:00"}) // tried again until it worked
	})
}

func (w *world) handle(id, expression, spec string) store.Run {
	w.t.Helper()
	r := store.Run{Doc: entity.Doc{Entity: entity.Run, ID: id, Name: id, Kind: "python+job:run", Project: "p", User: "ada", Spec: json.RawMessage(spec),
		Status: json.RawMessage(`{"state":"RUNNING"}`), Created: time.Now().UTC(), Updated: time.Now().UTC()}, UID: "uid-" + id, State: entity.StateRunning, Desired: store.WantRun,
		Local: true, Task: task, Function: function, TaskSpec: []byte(`{"schedule":"@daily","timezone":"Asia/Tokyo"}`)}
	if err := w.m.Check("/spec/schedule", expression); err != nil {
		w.t.Fatal(err)
	}
	w.write(func(tx store.Tx) error {
		got, err := tx.Runs().Create(w.t.Context(), r)
		if err != nil {
			return err
		}
		return w.m.PutRun(w.t.Context(), tx, got, expression)
	})
	return r
}

func TestHandleOfASchedule(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		r := w.handle("h", "0 9 * * *", `{"inputs":{"a":"store://p/artifact/artifact/a:1"},"schedule":"0 9 * * *","local_execution":false}`)
		w.sleep(47 * time.Hour)
		runs := w.runs("h")
		w.want("number of runs", len(runs), 1) // 9:00 in Tokyo is midnight here, and it was midnight already
		w.want("spec", runs[0].Spec, json.RawMessage(`{"inputs":{"a":"store://p/artifact/artifact/a:1"},"local_execution":false,"schedule":"","task":"python+job://p/t1","function":"python://p/f:f1"}`))
		w.want("job", w.fired(runs[0]).Job, "store://p/run/python+job:run/h:h")
		w.want("metadata", runs[0].Metadata, json.RawMessage(`{"relationships":[{"type":"produced_by","dest":"store://p/run/python+job:run/h:h"}]}`))
		w.write(func(tx store.Tx) error { return w.m.DeleteRun(w.t.Context(), tx, r) })
		w.sleep(72 * time.Hour)
		w.want("runs after its end", len(w.runs("h")), 1)
		next, err := w.m.Upcoming(w.t.Context(), "run/uid-h", 3)
		w.want("upcoming", []any{len(next), err}, []any{0, nil})
	})
}

func TestHandleWhoseScheduleEnds(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.handle("h", "0 0 12 1 1 ? 2000", `{"schedule":"0 0 12 1 1 ? 2000","timezone":"UTC"}`)
		w.sleep(13 * time.Hour)
		w.want("runs", len(w.runs("h")), 1)
		w.want("stopped", w.ended(), []string{"h"})
		w.want("next", w.next().IsZero(), true)
	})
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		for _, c := range []struct{ kind, spec, pointer string }{
			{"scheduler", `{"schedule":"hello","task":"` + task + `"}`, "/spec/schedule"},
			{"scheduler", `{"schedule":"0 0 12 1 1 ? 1999","task":"` + task + `"}`, "/spec/schedule"},
			{"scheduler", `{"schedule":"@daily","end":"1999-01-01T00:00:00Z","task":"` + task + `"}`, "/spec/schedule"},
			{"scheduler", `{"schedule":"@daily","timezone":"Mars","task":"` + task + `"}`, "/spec/timezone"},
			{"scheduler", `{"schedule":"@daily","concurrency_policy":"maybe","task":"` + task + `"}`, "/spec/concurrency_policy"},
			{"scheduler", `{"schedule":"@daily","misfire_policy":"maybe","task":"` + task + `"}`, "/spec/misfire_policy"},
			{"scheduler", `{"schedule":"@daily","start":"today","task":"` + task + `"}`, "/spec/start"},
			{"scheduler", `{"schedule":"@daily","start":"2001-01-01T00:00:00Z","end":"2000-06-01T00:00:00Z","task":"` + task + `"}`, "/spec/end"},
			{"scheduler", `{"schedule":"@daily","task":"job"}`, "/spec/task"},
			{"scheduler", `{"schedule":5}`, "/spec"},
			{"scheduler", ``, "/spec"},
			{"lifecycle", `{"key":"http://x","states":["READY"],"task":"` + task + `"}`, "/spec/key"},
			{"lifecycle", `{"key":"store://p","states":["READY"],"task":"` + task + `"}`, "/spec/key"},
			{"lifecycle", `{"key":"store://p/artifact/[","states":["READY"],"task":"` + task + `"}`, "/spec/key"},
			{"lifecycle", `{"key":"store://p/artifact","states":[],"task":"` + task + `"}`, "/spec/states"},
			{"lifecycle", `{"key":"store://p/artifact","states":["DONE"],"task":"` + task + `"}`, "/spec/states"},
		} {
			err := w.m.CheckTrigger(w.t.Context(), entity.Doc{Entity: entity.Trigger, Kind: c.kind, Project: "p", Spec: json.RawMessage(c.spec)})
			e, ok := errors.AsType[*entity.Error](err)
			if !ok || e.Code != entity.CodeInvalid || !slices.ContainsFunc(e.Fields, func(f entity.FieldError) bool { return f.Pointer == c.pointer }) {
				w.t.Errorf("%s %s: got %v, want invalid input at %s", c.kind, c.spec, err, c.pointer)
			}
		}
		if err := w.m.CheckTask(w.t.Context(), entity.Doc{Spec: json.RawMessage(`{"schedule":"99 * * * *"}`)}); entity.CodeOf(err) != entity.CodeInvalid {
			w.t.Errorf("got %v for a task, want invalid", err)
		}
		if err := w.m.CheckTask(w.t.Context(), entity.Doc{Spec: json.RawMessage(`{"schedule":""}`)}); err != nil {
			w.t.Errorf("got %v for a task without a schedule", err)
		}
	})
}
