package httpapi

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"dhub/internal/run"
)

func TestProfilesAndLimits(t *testing.T) {
	t.Parallel()
	w := newWorldOf(t, run.Config{MaxRuns: 1, Profiles: run.Profiles{
		List: []run.Profile{
			{Name: "big", Description: "four processors", Spec: json.RawMessage(`{"resources":{"cpu":"4"},"envs":[{"name":"A","value":"profile"}],"timeout":60,"node_selector":[{"key":"pool","value":"big"}]}`)},
			{Name: "huge", Spec: json.RawMessage(`{"resources":{"cpu":"64"}}`)}},
		Limits: map[string]map[string]string{"*": {"cpu": "8"}, "p1": {"mem": "4Gi"}},
	}})
	w.project()
	got := decode[profilesBody](t, w.do("GET", p1+"/profiles", ""))
	if len(got.Profiles) != 2 || got.Profiles[0].Name != "big" || got.Limits["cpu"] != "8" || got.Limits["mem"] != "4Gi" {
		t.Errorf("%+v", got)
	}
	task := w.task(w.function("f"))
	post := func(spec string, headers ...string) (int, string) {
		r := ask(t, w, "POST", p1+"/runs", fmt.Sprintf(`{"kind":"python+job:run","spec":{"task":"python+job://p1/%s",%s}}`, task.ID, spec), headers...)
		return r.Code, r.Body.String()
	}
	code, body := post(`"profile":"big","resources":{"cpu":"1","mem":"1Gi"},"envs":[{"name":"A","value":"mine"},{"name":"B","value":"mine"}],"timeout":5,"node_selector":{"pool":"small","disk":"ssd"}`, "Dhub-Strict: 1")
	if code != 200 {
		t.Fatal(body)
	}
	var d doc
	if err := json.Unmarshal([]byte(body), &d); err != nil {
		t.Fatal(err)
	}
	for member, want := range map[string]string{
		"resources": `{"cpu":"4","mem":"1Gi"}`, "envs": `[{"name":"B","value":"mine"},{"name":"A","value":"profile"}]`, "timeout": `60`,
		"node_selector": `[{"key":"disk","value":"ssd"},{"key":"pool","value":"big"}]`, "profile": `"big"`,
	} {
		if raw, _ := json.Marshal(d.Spec[member]); string(raw) != want {
			t.Errorf("%s: %s, want %s", member, raw, want)
		}
	}
	for spec, pointer := range map[string]string{`"profile":"tiny"`: "/spec/profile", `"profile":"huge"`: "/spec/resources/cpu", `"resources":{"mem":"5Gi"}`: "/spec/resources/mem",
		`"resources":{"cpu":{"requests":"1","limits":"9"}}`: "/spec/resources/cpu"} {
		if code, body := post(spec, "Dhub-Strict: 1"); code != 400 || !strings.Contains(body, `"pointer":"`+pointer+`"`) {
			t.Errorf("%s: %d %s", spec, code, body)
		}
	}
	if code, body := post(`"profile":"tiny"`); code != 200 || !strings.Contains(body, "unknown_profile") {
		t.Errorf("%d %s", code, body)
	}
	if n := w.page(p1 + "/runs").TotalElements; n != 2 {
		t.Errorf("%d runs are stored, want 2", n)
	}
	// A task's profile counts too.
	w.do("PUT", p1+"/tasks/"+task.ID, fmt.Sprintf(`{"kind":"python+job","spec":{"function":%q,"profile":"big"}}`, task.Spec["function"]))
	if code, body := post(`"parameters":{}`); code != 200 || !strings.Contains(body, `"resources":{"cpu":"4"}`) {
		t.Errorf("%d %s", code, body)
	}
}
