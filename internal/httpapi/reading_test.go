package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestReadingNeverWrites asks every GET route of the table, with what is there and with what is not, and
// looks whether the change feed moved.
func TestReadingNeverWrites(t *testing.T) {
	t.Parallel()
	w := newTriggersWorld(t)
	f := w.function("train")
	task := w.task(f)
	w.job(task, "r1")
	w.end("r1")
	ids := map[string]string{"functions": f.ID, "tasks": task.ID, "runs": "r1", "projects": "p1"}
	for path, body := range map[string]string{
		"dataitems": `{"name":"d","kind":"table","spec":{"path":"s3://b/x.csv"}}`, "artifacts": `{"name":"a","kind":"artifact","spec":{"path":"s3://b/x"}}`, "models": `{"name":"m","kind":"model","spec":{"path":"s3://b/x"}}`,
		"secrets":  `{"name":"S","kind":"secret","spec":{"path":"secret://S","provider":"kubernetes"}}`,
		"triggers": fmt.Sprintf(`{"name":"t","kind":"scheduler","spec":{"schedule":"0 0 1 1 *","task":"python+job://p1/%s","function":%q,"template":{}}}`, task.ID, f.ref()),
		"presets":  `{"name":"x","kind":"python+job:run","spec":{}}`, "views": `{"name":"x","page":"runs","query":""}`,
	} {
		ids[path] = w.doc("POST", p1+"/"+path, body).ID
	}
	w.do("PUT", p1+"/secrets/data", `{"S":"value"}`)
	head := func() int64 {
		n, err := w.store.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	// What the run's end still had to write is written when the feed stands still for its driver: the run is
	// final only after its log and report are stored, so nothing more comes.
	before := head()
	asked := 0
	queries := []string{"", "?include=runs", "?key=" + "store://p1/model/model/m" + "&schedule=@daily&keys=S&q=train&buckets=3", "?wait=1ms&fields=status.state&include=function", "?with=tasks"}
	for _, r := range w.Routes() {
		if r.Method != http.MethodGet {
			continue
		}
		parts := strings.Split(r.Pattern, "/")
		for i, part := range parts {
			switch strings.Trim(part, "{}") {
			case "project":
				parts[i] = "p1"
			case "id":
				if parts[i] = ids[parts[i-1]]; parts[i] == "" {
					parts[i] = "hello"
				}
			case "entity":
				parts[i] = "function"
			case "kind":
				parts[i] = "python"
			case "sub...", "metric...", "$":
				parts[i] = "x"
			}
			if strings.HasPrefix(part, "{$") {
				parts[i] = ""
			}
		}
		for _, q := range queries {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			if strings.Contains(r.Pattern, "stream") || strings.HasSuffix(r.Pattern, "/events") {
				cancel() // a stream has no end to wait for
			}
			req := httptestRequest(ctx, strings.Join(parts, "/")+q)
			w.ServeHTTP(&probe{}, req)
			cancel()
			asked++
			if after := head(); after != before {
				list, err := w.store.Changes(t.Context(), before, 10)
				t.Fatalf("GET %s%s changed something: %+v %v", r.Pattern, q, list, err)
			}
		}
	}
	if asked < 300 {
		t.Errorf("only %d requests", asked)
	}
}

func httptestRequest(ctx context.Context, target string) *http.Request {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		panic(err)
	}
	req.Host = "localhost"
	return req
}
