package run

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"dhub/engine"
	"dhub/engine/fake"
	"dhub/engine/local"
	"dhub/entity"
)

// What the local engine does not honour stands on a run once per field, as a pointer into the run.
func TestALocalRunHasOneNoticePerFieldThatIsNotHonoured(t *testing.T) {
	e, err := local.New(local.Config{Root: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}()
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		d, err := w.m.Create(w.ctx(), Write{Project: "p", DryRun: true, Body: body("r", map[string]any{
			"engine": "local", "replicas": 3, "affinity": map[string]any{"a": 1}, "resources": map[string]any{"nvidia.com/gpu": "1", "mem": "1Gi"},
			"tolerations":   []any{map[string]any{"key": "a"}},
			"node_selector": []any{map[string]any{"key": "a", "value": "b"}},
			"volumes": []any{map[string]any{"volume_type": "persistent_volume_claim", "name": "a", "mount_path": "/a"},
				map[string]any{"volume_type": "config_map", "name": "b", "mount_path": "/b"}}})})
		w.must(err)
		var got []string
		for _, n := range w.view(d).Notices {
			got = append(got, n.Field)
			if n.Code == "" || n.Message == "" {
				t.Errorf("got an incomplete notice %+v", n)
			}
		}
		slices.Sort(got)
		want := "/spec/affinity /spec/node_selector /spec/replicas /spec/resources/nvidia.com~1gpu /spec/tolerations /spec/volumes/0 /spec/volumes/1"
		if strings.Join(got, " ") != want {
			t.Errorf("notices about %s, want %s", strings.Join(got, " "), want)
		}
	}, func(c *Config) { c.Engines = engine.NewSet(c.Engines.All()[0], e) })
}

func TestNoticesNameFieldsAsPointersIntoTheRun(t *testing.T) {
	for field, want := range map[string]string{"replicas": "/spec/replicas", "resources.cpu": "/spec/resources/cpu", "/volumes/0": "/spec/volumes/0",
		"spec.affinity": "/spec/affinity", "/spec/profile": "/spec/profile", "": ""} {
		if got := fieldPointer(field); got != want {
			t.Errorf("%q: got %q, want %q", field, got, want)
		}
	}
	var c control
	c.notice(entity.Notice{Field: "/spec/a", Code: "x", Message: "one"}, entity.Notice{Field: "/spec/a", Code: "y", Message: "two"})
	c.remark(mergeNotices([]entity.Notice{{Field: "a", Code: "z"}, {Field: "b", Code: "z"}, {Code: "general"}}))
	raw, err := json.Marshal(c.Notices)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Notices) != 4 || c.Notices[2].Field != "/spec/b" || c.Notices[3].Code != "general" {
		t.Errorf("got %s", raw)
	}
}
