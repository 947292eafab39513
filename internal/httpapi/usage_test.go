package httpapi

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dhub/entity"
	"dhub/internal/run"
)

// usageRun is one run with a log of its second attempt, of which there are three samples.
func usageRun() (*API, *logsDouble) {
	logs := newLogsDouble()
	logs.write(2, "hello\n", true)
	begun := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	logs.usage = func(_ string, attempt int) (run.Usage, error) {
		if attempt != 0 && attempt != 2 {
			return run.Usage{}, entity.Errorf(entity.CodeNotFound, "The run r1 has no attempt %d", attempt)
		}
		return run.Usage{Attempt: 2, Asked: map[string]run.Asked{"cpu": {Request: 0.5, Limit: 2}, "memory": {}}, Samples: []run.Sample{
			{Time: begun}, {Time: begun.Add(250 * time.Millisecond), CPU: 0.125, Memory: 40 << 20}, {Time: begun.Add(15250 * time.Millisecond), CPU: 0.305, Memory: 3<<30 + 4096},
		}}, nil
	}
	return New(Config{Runs: newRunsDouble(entity.StateCompleted, 2), Logs: logs}), logs
}

func TestUsageOfARun(t *testing.T) {
	t.Parallel()
	a, _ := usageRun()
	const path = "/api/v1/-/mine/runs/r1/usage"
	want := `{"attempt":2,"samples":[{"time":"2026-11-23T10:00:00.000Z","cpu_seconds":0,"memory_bytes":0},` +
		`{"time":"2026-11-23T10:00:00.250Z","cpu_seconds":0.125,"memory_bytes":41943040},` +
		`{"time":"2026-11-23T10:00:15.250Z","cpu_seconds":0.305,"memory_bytes":3221229568}],"resources":{"cpu":{"request":0.5,"limit":2}}}`
	for _, query := range []string{"", "?attempt=2"} {
		if r := ask(t, a, "GET", path+query, ""); r.Code != 200 || strings.TrimSpace(r.Body.String()) != want {
			t.Errorf("%q: got %d %s", query, r.Code, r.Body)
		}
	}
	for query, code := range map[string]int{"?attempt=3": 404, "?attempt=0": 400, "?attempt=two": 400, "?attempt=99999999999": 400} {
		if r := ask(t, a, "GET", path+query, ""); r.Code != code || !strings.Contains(r.Body.String(), "attempt") {
			t.Errorf("%q: got %d %s, want %d", query, r.Code, r.Body, code)
		}
	}
}

// Published consoles read the samples beside the log; a log is told also where they cannot be.
func TestALogCarriesTheSamplesOfItsAttempt(t *testing.T) {
	t.Parallel()
	type log struct {
		Content    string
		Extensions struct{ Metrics []logSample }
		Status     struct{ Metrics []logSample }
	}
	a, logs := usageRun()
	want := []logSample{
		{"2026-11-23T10:00:00.250Z", "250ms", map[string]string{"cpu": "500m", "memory": "40Mi"}},
		{"2026-11-23T10:00:15.250Z", "15s", map[string]string{"cpu": "12m", "memory": "3145732Ki"}},
	}
	read := func() log {
		t.Helper()
		r := ask(t, a, "GET", "/api/v1/-/mine/runs/r1/logs", "")
		list := decode[[]log](t, r)
		if r.Code != 200 || len(list) != 1 || list[0].Content != "aGVsbG8K" {
			t.Fatalf("got %d %s", r.Code, r.Body)
		}
		return list[0]
	}
	got := read()
	if d := cmp.Diff(want, got.Status.Metrics); d != "" {
		t.Errorf("status.metrics: %s", d)
	}
	if d := cmp.Diff(want, got.Extensions.Metrics); d != "" {
		t.Errorf("extensions.metrics: %s", d)
	}
	logs.usage = nil
	if got := read(); got.Status.Metrics == nil || len(got.Status.Metrics) != 0 {
		t.Errorf("without samples: got %v, want an empty list", got.Status.Metrics)
	}
}

func TestUsageOfWhatWasNotMeasuredIsAnEmptyList(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1)
	w.project("p1", "p2")
	w.doc("POST", p1+"/runs", `{"id":"mine","kind":"python+job:run","spec":{"task":"python+job://p1/`+w.task(w.function("f")).ID+`","local_execution":true}}`)
	const empty = `{"attempt":0,"samples":[],"resources":{}}`
	if r := w.do("GET", "/api/v1/-/p1/runs/mine/usage", ""); strings.TrimSpace(r.Body.String()) != empty {
		t.Errorf("got %s, want %s", r.Body, empty)
	}
	if r := ask(t, w, "GET", "/api/v1/-/p1/runs/mine/usage?attempt=7", ""); r.Code != 404 || !strings.Contains(r.Body.String(), "mine has no attempt 7") {
		t.Errorf("got %d %s", r.Code, r.Body)
	}
	if r := ask(t, w, "GET", "/api/v1/-/p1/runs/none/usage", ""); r.Code != 404 {
		t.Errorf("of an unknown run: got %d %s", r.Code, r.Body)
	}
	if r := ask(t, w, "GET", "/api/v1/-/p2/runs/mine/usage", ""); r.Code < 400 {
		t.Errorf("of another project: got %d %s", r.Code, r.Body)
	}
}
