package httpapi

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dhub/entity"
	"dhub/internal/catalog"
)

func TestDryRunOfADeleteTellsWhatGoes(t *testing.T) {
	t.Parallel()
	w := newTriggersWorld(t)
	f := w.function("train")
	task := w.task(f)
	w.job(task, "ended")
	w.end("ended")
	w.job(task, "live", "FAKE_SLEEP", "forever")
	w.job(task, "queued", "FAKE_SLEEP", "forever")
	w.doc("POST", p1+"/triggers", fmt.Sprintf(`{"name":"t","kind":"scheduler","spec":{"schedule":"0 0 1 1 *","task":"python+job://p1/%s","function":%q,"template":{}}}`, task.ID, f.ref()))
	w.function("train")
	m := w.doc("POST", p1+"/models", `{"name":"m","kind":"model","spec":{"path":"s3://b/x"}}`)
	before, err := w.store.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]catalog.DeletePlan{
		p1 + "/functions/" + f.ID + "?dryRun=true&cascade=true": {Entities: map[string]int64{"function": 1, "task": 1}, Runs: 3, LiveRuns: 2, Triggers: 1},
		p1 + "/functions/" + f.ID + "?dryRun=true":              {Entities: map[string]int64{"function": 1}, Kept: 3},
		p1 + "/functions?name=train&dryRun=true":                {Entities: map[string]int64{"function": 2, "task": 1}, Runs: 3, LiveRuns: 2, Triggers: 1},
		p1 + "/tasks/" + task.ID + "?dryRun=true&cascade=true":  {Entities: map[string]int64{"task": 1}, Runs: 3, LiveRuns: 2, Triggers: 1},
		p1 + "/models/" + m.ID + "?dryRun=true":                 {Entities: map[string]int64{"model": 1}},
		"/api/v1/projects/p1?dryRun=true&cascade=true":          {Entities: map[string]int64{"project": 1, "function": 2, "task": 1, "trigger": 1, "model": 1}, Runs: 3, LiveRuns: 2},
		"/api/v1/projects/p1?dryRun=true":                       {Entities: map[string]int64{"project": 1}, Runs: 2, LiveRuns: 2},
	} {
		if d := cmp.Diff(want, decode[catalog.DeletePlan](t, w.do("DELETE", path, ""))); d != "" {
			t.Errorf("%s: %s", path, d)
		}
	}
	list, err := w.store.Changes(t.Context(), before, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		if c.Verb == "delete" || c.Entity != entity.Run {
			t.Errorf("a dry run changed %+v", c)
		}
	}
	if r := ask(t, w, "DELETE", p1+"/functions/none?dryRun=true", ""); r.Code != 404 {
		t.Errorf("%d", r.Code)
	}
	w.bulk(`{"action":"stop","ids":["live","queued"]}`)
}
