package httpapi

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dhub/entity"
	"dhub/internal/run"
)

// many makes a world with ended runs of train and train-v2, some with labels, and a queued one.
func many(t *testing.T) *world {
	w := newWorld(t, 2)
	w.project()
	for _, name := range []string{"train", "train-v2"} {
		task := w.task(w.function(name))
		for i := range 3 {
			id, envs := fmt.Sprintf("%s-%d", name, i), []string(nil)
			if i == 2 {
				envs = []string{"FAKE_EXIT", "3"}
			}
			w.job(task, id, envs...)
			w.end(id)
		}
	}
	return w
}

func (w *world) ids(path string) string {
	w.t.Helper()
	var out []string
	for _, d := range w.page(path).Content {
		out = append(out, d.ID)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestFiltersOfRunLists(t *testing.T) {
	t.Parallel()
	w := many(t)
	d := w.doc("GET", p1+"/runs/train-0", "")
	d.Metadata["labels"] = []string{"sweep", "night"}
	body, _ := json.Marshal(map[string]any{"kind": d.Kind, "metadata": d.Metadata, "spec": d.Spec})
	w.do("PUT", p1+"/runs/train-0", string(body))
	created := w.doc("GET", p1+"/runs/train-v2-0", "").Metadata["created"].(string)
	train := "train-0 train-1 train-2"
	for q, want := range map[string]string{
		"functionName=train":                       train,
		"functionName=Train":                       "",
		"functionName=train-v2":                    "train-v2-0 train-v2-1 train-v2-2",
		"state=ERROR":                              "train-2 train-v2-2",
		"state=ERROR&state=STOPPED":                "train-2 train-v2-2",
		"state=ERROR,COMPLETED&functionName=train": train,
		"state=PENDING,RUNNING":                    "",
		"labels=sweep":                             "train-0",
		"label=sweep&label=night":                  "train-0",
		"labels=sweep,other":                       "",
		"until=" + created + "&functionName=train": train,
		"since=" + created:                         "train-v2-0 train-v2-1 train-v2-2",
		"user=anonymous&q=v2-1":                    "train-v2-1",
		"workflowName=train":                       "",
	} {
		if got := w.ids(p1 + "/runs?" + q); got != want {
			t.Errorf("%s: %q, want %q", q, got, want)
		}
		counts := decode[run.Counts](t, w.do("GET", p1+"/summary/runs?buckets=5&"+q, ""))
		if n := len(strings.Fields(want)); counts.Total != int64(n) || !counts.Exact || len(counts.Bucket) != 5 {
			t.Errorf("%s: counted %+v, want %d", q, counts, n)
		}
	}
	for q, field := range map[string]string{"functionName=a b": "functionName", "since=now": "since", "cursor=zz": "cursor", "sort=nothing": "sort", "fields=a..b": "fields", "include=all": "include", "trigger=none": "trigger", "trigger=store://": "trigger"} {
		r := ask(t, w, "GET", p1+"/runs?"+strings.ReplaceAll(q, " ", "%20"), "")
		if r.Code != 400 || !strings.Contains(r.Body.String(), `"pointer":"`+field+`"`) {
			t.Errorf("%s: %d %s", q, r.Code, r.Body)
		}
	}
	if r := ask(t, w, "GET", "/api/v1/runs?labels=x", ""); r.Code != 400 {
		t.Errorf("labels without a project: %d", r.Code)
	}
}

func TestCursorsAndSparseRowsOfRunLists(t *testing.T) {
	t.Parallel()
	w := many(t)
	type sparse struct {
		Content []map[string]any
		Next    string
		Exact   bool
	}
	for _, sort := range []string{"created,desc", "duration,desc", "name,asc"} {
		var got []string
		next := ""
		for {
			p := decode[sparse](t, w.do("GET", p1+"/runs?size=4&fields=status.state,status.durations,name&sort="+sort+"&cursor="+next, ""))
			for _, row := range p.Content {
				got = append(got, row["id"].(string))
				status, _ := row["status"].(map[string]any)
				if len(row) != 3 || row["name"] == "" || len(status) != 2 || status["state"] == "" {
					t.Errorf("row %v", row)
				}
			}
			if next = p.Next; next == "" {
				break
			}
			if !p.Exact {
				t.Error("six runs are not counted")
			}
		}
		slices.Sort(got)
		if s := strings.Join(got, " "); s != "train-0 train-1 train-2 train-v2-0 train-v2-1 train-v2-2" {
			t.Errorf("%s: %s", sort, s)
		}
	}
	p := decode[sparse](t, w.do("GET", p1+"/runs?size=1&fields=spec.function,spec.envs&include=function&functionName=train", ""))
	spec := p.Content[0]["spec"].(map[string]any)
	of := p.Content[0]["function"].(map[string]any)
	if r := w.do("PUT", p1+"/runs/train-0/metrics/loss", "[0.9,0.31]"); r.Code >= 300 {
		t.Fatal(r.Code, r.Body)
	}
	if r := w.do("PUT", p1+"/runs/train-0/metrics/acc", "0.93"); r.Code >= 300 {
		t.Fatal(r.Code, r.Body)
	}
	measured := decode[sparse](t, w.do("GET", p1+"/runs?fields=name&include=metrics&functionName=train", ""))
	for _, row := range measured.Content {
		got, _ := json.Marshal(row["metrics"])
		if want := map[bool]string{true: `{"acc":0.93,"loss":0.31}`, false: "{}"}[row["id"] == "train-0"]; string(got) != want || row["status"] != nil {
			t.Errorf("%v: metrics %s, want %s", row["id"], got, want)
		}
	}
	if len(measured.Content) != 3 {
		t.Errorf("%d rows", len(measured.Content))
	}
	if len(spec) != 2 || !strings.HasPrefix(spec["function"].(string), "python://p1/train:") || of["name"] != "train" || of["version"] != 1.0 || of["entity"] != "function" {
		t.Errorf("row %v", p.Content[0])
	}
}

func TestFunctionsWithTheirRuns(t *testing.T) {
	t.Parallel()
	w := many(t)
	w.function("train")
	w.function("idle")
	type row struct {
		Name     string
		Versions int
		Runs     run.Recent
	}
	p := decode[pageOf[row]](t, w.do("GET", p1+"/functions?include=runs&sort=name,asc", ""))
	if len(p.Content) != 3 {
		t.Fatalf("%+v", p)
	}
	idle, train := p.Content[0], p.Content[1]
	if idle.Name != "idle" || idle.Versions != 1 || idle.Runs.Total != 0 || idle.Runs.Last == nil {
		t.Errorf("%+v", idle)
	}
	if train.Name != "train" || train.Versions != 2 || train.Runs.Total != 3 || train.Runs.States[entity.StateError] != 1 || len(train.Runs.Last) != 3 {
		t.Errorf("%+v", train)
	}
	last := train.Runs.Last[0]
	if last.ID != "train-2" || last.State != entity.StateError || last.Reason == nil || last.Function != "train" || last.Durations.Total == nil || last.Action != "job" {
		t.Errorf("%+v", last)
	}
	if r := w.do("GET", p1+"/models?include=versions", ""); !strings.Contains(r.Body.String(), `"content":[]`) {
		t.Error(r.Body)
	}
	for _, path := range []string{"/api/v1/functions?include=runs", p1 + "/models?include=runs", p1 + "/secrets?include=runs"} {
		if r := ask(t, w, "GET", path, ""); r.Code != 400 {
			t.Errorf("%s: %d", path, r.Code)
		}
	}
}

func TestProjectsWithTheirRuns(t *testing.T) {
	t.Parallel()
	w := many(t)
	w.doc("POST", "/api/v1/projects", `{"name":"quiet","metadata":{"labels":["ml"]}}`)
	type row struct {
		Name string
		Runs *run.ProjectRuns
	}
	p := decode[pageOf[row]](t, w.do("GET", "/api/v1/projects?include=runs&since=1h&sort=name,asc", ""))
	if len(p.Content) != 2 {
		t.Fatalf("%+v", p)
	}
	busy, quiet := p.Content[0].Runs, p.Content[1].Runs
	if busy.States[entity.StateCompleted] != 4 || busy.States[entity.StateError] != 2 || busy.Failed != 2 || !busy.Exact || busy.Last == "" {
		t.Errorf("%+v", busy)
	}
	if len(quiet.States) != 0 || quiet.States == nil || quiet.Failed != 0 || !quiet.Exact || quiet.Last != "" {
		t.Errorf("%+v", quiet)
	}
	if old := decode[pageOf[row]](t, w.do("GET", "/api/v1/projects?include=runs&since=1ns&name=P1", "")); len(old.Content) != 1 || old.Content[0].Runs.Failed != 0 {
		t.Errorf("%+v", old)
	}
	if bare := decode[pageOf[row]](t, w.do("GET", "/api/v1/projects?labels=ml", "")); len(bare.Content) != 1 || bare.Content[0].Name != "quiet" || bare.Content[0].Runs != nil {
		t.Errorf("%+v", bare)
	}
	for _, query := range []string{"include=versions", "include=runs&since=long"} {
		if r := ask(t, w, "GET", "/api/v1/projects?"+query, ""); r.Code != 400 {
			t.Errorf("%s: %d", query, r.Code)
		}
	}
}

func TestSummaryOfAProject(t *testing.T) {
	t.Parallel()
	w := many(t)
	s := decode[summaryBody](t, w.do("GET", p1+"/summary?since=1h&buckets=4", ""))
	if s.Project != "p1" || s.Counts[0].Entity != "function" || s.Counts[0].Total != 2 || !s.Counts[0].Exact {
		t.Errorf("counts %+v", s.Counts)
	}
	if s.Runs.States[entity.StateCompleted] != 4 || s.Runs.States[entity.StateError] != 2 || s.Runs.Recent.Total != 6 || len(s.Runs.Recent.Bucket) != 4 || s.Runs.Recent.Bucket[3].Total != 6 {
		t.Errorf("runs %+v", s.Runs)
	}
	if len(s.Runs.Timeline) != 2 || s.Runs.Timeline[0].Name != "train-v2" || len(s.Runs.Timeline[0].Runs) != 3 || s.Runs.More {
		t.Errorf("timeline %+v", s.Runs.Timeline)
	}
	if len(s.Changed) != 2 || s.Changed[0].Name != "train-v2" {
		t.Errorf("changed %+v", s.Changed)
	}
	if len(s.Runs.Attention) != 2 {
		t.Fatalf("attention %+v", s.Runs.Attention)
	}
	for _, a := range s.Runs.Attention {
		if a.Why != "failed" || a.Times != 1 || a.Run.State != entity.StateError || a.Run.Reason == nil || a.Run.Reason.Message == "" {
			t.Errorf("attention %+v", a)
		}
	}
	// A later run that completes mends it.
	task := w.page(p1 + "/tasks").Content
	for _, d := range task {
		if strings.Contains(d.Spec["function"].(string), "/train:") {
			w.job(d, "again")
			w.end("again")
		}
	}
	s = decode[summaryBody](t, w.do("GET", p1+"/summary", ""))
	if len(s.Runs.Attention) != 1 || s.Runs.Attention[0].Run.Function != "train-v2" {
		t.Errorf("attention %+v", s.Runs.Attention)
	}
	for _, q := range []string{"since=0h", "since=x", "since=9999d", "buckets=0", "buckets=501"} {
		if r := ask(t, w, "GET", p1+"/summary?"+q, ""); r.Code != 400 {
			t.Errorf("%s: %d", q, r.Code)
		}
	}
	if r := ask(t, w, "GET", "/api/v1/-/none/summary", ""); r.Code != 404 {
		t.Errorf("no project: %d", r.Code)
	}
}

func TestDurationsOnTheWire(t *testing.T) {
	t.Parallel()
	w := many(t)
	var d struct {
		Status struct {
			Durations             run.Durations
			StartedAt, FinishedAt string
			Transitions           []struct{ Status, Time string }
		}
	}
	read := func() float64 {
		d = struct {
			Status struct {
				Durations             run.Durations
				StartedAt, FinishedAt string
				Transitions           []struct{ Status, Time string }
			}
		}{}
		if err := json.Unmarshal(w.do("GET", p1+"/runs/train-0", "").Body.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		if d.Status.Durations.Total == nil {
			t.Fatal("no total")
		}
		return *d.Status.Durations.Total
	}
	total := read()
	if sum := d.Status.Durations.Queued + d.Status.Durations.Starting + d.Status.Durations.Running; sum-total > 1e-9 || total-sum > 1e-9 {
		t.Errorf("%+v", d.Status.Durations)
	}
	w.do("PUT", p1+"/runs/train-0", `{"kind":"python+job:run","metadata":{"labels":["later"]},"spec":{},"status":{"durations":{"total":99}}}`)
	if again := read(); again != total {
		t.Errorf("total went from %v to %v", total, again)
	}
}
