package httpapi

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"dhub/entity"
	"dhub/internal/catalog"
	"dhub/internal/event"
	"dhub/internal/run"
	"dhub/internal/trigger"
)

// newTriggersWorld is a world that fires triggers.
func newTriggersWorld(t *testing.T) *world {
	t.Helper()
	var m *trigger.Manager
	w := newWorld(t, 1, func(c *Config) {
		cat, runs := c.Catalog.(*catalog.Catalog), c.Runs.(*run.Manager)
		m = trigger.New(trigger.Config{Store: c.Answers.(answers).Store,
			Prepare: func(ctx context.Context, w entity.Write) (trigger.Draft, error) {
				d, err := runs.Prepare(ctx, w)
				if err != nil {
					return nil, err
				}
				return d, nil
			},
			StopRun: func(ctx context.Context, project, id, user string) error {
				_, err := runs.Act(ctx, project, id, "stop", user)
				return err
			},
			Get: func(ctx context.Context, typ, project, id string) (entity.Doc, error) {
				if typ == entity.Run {
					return runs.Get(ctx, project, id)
				}
				return cat.Get(ctx, typ, project, id)
			}})
		cat.Guard(entity.Trigger, catalog.Guard{Check: m.CheckTrigger, Stored: m.TriggerStored})
		c.Triggers = m
	})
	if err := m.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	w.project()
	return w
}

func TestSchedulesExplained(t *testing.T) {
	t.Parallel()
	w := newTriggersWorld(t)
	e := decode[trigger.Explanation](t, w.do("GET", "/api/v1/schedules/explain"+query("schedule", "0 2 * * *", "timezone", "Europe/Rome"), "", "Accept-Language: it"))
	if e.Words != "ogni giorno alle 02:00" || len(e.Next) != 5 {
		t.Errorf("%+v", e)
	}
	for q, pointer := range map[string]string{query("schedule", "0 99 * * *"): "schedule", query("schedule", "@daily", "timezone", "Mars"): "timezone", "": "schedule", query("schedule", "@daily", "count", "0"): "count"} {
		r := ask(t, w, "GET", "/api/v1/schedules/explain"+q, "")
		if r.Code != 400 || !strings.Contains(r.Body.String(), `"pointer":"`+pointer+`"`) {
			t.Errorf("%s: %d %s", q, r.Code, r.Body)
		}
	}
	w.doc("POST", p1+"/dataitems", `{"name":"cities","kind":"table","spec":{"path":"s3://b/x"}}`)
	m := decode[trigger.Matches](t, w.do("GET", p1+"/matches"+query("key", "store://p1/dataitem/table/cit*"), ""))
	if m.Total != 1 || m.Items[0].Name != "cities" {
		t.Errorf("%+v", m)
	}
	if r := ask(t, w, "GET", p1+"/matches"+query("key", "cities"), ""); r.Code != 400 || !strings.Contains(r.Body.String(), `"pointer":"key"`) {
		t.Errorf("%d %s", r.Code, r.Body)
	}
}

func TestTriggersWithWhatTheyFired(t *testing.T) {
	t.Parallel()
	w := newTriggersWorld(t)
	f := w.function("on-change")
	task := w.task(f)
	nightly := w.doc("POST", p1+"/triggers", fmt.Sprintf(`{"name":"nightly","kind":"scheduler","spec":{"schedule":"0 2 * * *","task":"python+job://p1/%s","function":%q,"template":{}}}`, task.ID, f.ref()))
	change := w.doc("POST", p1+"/triggers", fmt.Sprintf(`{"name":"change","kind":"lifecycle","spec":{"key":"store://p1/dataitem/table/cities*","states":["READY"],"task":"python+job://p1/%s","function":%q,"template":{"envs":[{"name":"FAKE_EXIT","value":"1"}]}}}`, task.ID, f.ref()))
	if d := w.doc("GET", p1+"/triggers/"+nightly.ID, ""); strings.Count(d.raw, "T02:00:00.000Z") < 5 && strings.Count(d.raw, ":00:00.000Z") < 5 {
		t.Error(d.raw)
	}
	if s := decode[summaryBody](t, w.do("GET", p1+"/summary", "")); len(s.Next) != 1 || s.Next[0].Name != "nightly" || s.Next[0].Function != "on-change" {
		t.Errorf("%+v", s.Next)
	}
	w.doc("POST", p1+"/dataitems", `{"name":"cities","kind":"table","spec":{"path":"s3://b/x"},"status":{"state":"READY"}}`)
	sub, err := w.cfg.Events.Subscribe(t.Context(), 0, func(c event.Change) bool { return c.Entity == entity.Run && c.State == string(entity.StateError) })
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Close()
	ended, err := sub.Next(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/triggers/" + change.ID + "/runs?fields=name", "/runs?trigger=" + change.ID, "/runs" + query("trigger", change.Key)} {
		if got := w.ids(p1 + path); got != ended.ID {
			t.Errorf("%s: %q, want %q", path, got, ended.ID)
		}
	}
	if got := w.ids(p1 + "/triggers/" + nightly.ID + "/runs"); got != "" {
		t.Errorf("%q", got)
	}
	p := decode[pageOf[struct {
		Name, Next string
		Fires      run.Fired
	}]](t, w.do("GET", p1+"/triggers?include=fires&sort=name,asc", ""))
	if len(p.Content) != 2 || p.Content[0].Fires.Total != 1 || p.Content[0].Fires.Failures != 1 || p.Content[0].Fires.Last == nil || p.Content[0].Fires.Last.Trigger != change.Key || p.Content[0].Next != "" {
		t.Errorf("%+v", p.Content)
	}
	if p.Content[1].Next == "" || p.Content[1].Fires.Total != 0 || p.Content[1].Fires.Last != nil {
		t.Errorf("%+v", p.Content[1])
	}
	if r := ask(t, w, "GET", p1+"/triggers/none/runs", ""); r.Code != 404 {
		t.Errorf("%d", r.Code)
	}
}
