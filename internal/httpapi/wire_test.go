package httpapi

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"dhub/entity"
	"dhub/internal/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestEveryAnswerCarriesVersionLevelAndRequestID(t *testing.T) {
	t.Parallel()
	a := wired()
	for _, target := range []string{"/healthz", "/.well-known/configuration", "/nowhere", "/api/v1/projects/..", "/s3/x", "/console/x"} {
		w := ask(t, a, "GET", target, "")
		for name, want := range map[string]string{"X-Api-Level": "16", "X-Api-Version": "1.2.3", "X-Content-Type-Options": "nosniff"} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", target, name, got, want)
			}
		}
		if len(w.Header().Get("X-Request-Id")) != 16 {
			t.Errorf("%s: request id %q", target, w.Header().Get("X-Request-Id"))
		}
	}
	if w := ask(t, a, "GET", "/healthz", "", "X-Request-Id: mine-12345"); w.Header().Get("X-Request-Id") != "mine-12345" {
		t.Errorf("a harmless request id is not kept")
	}
	if w := ask(t, a, "GET", "/healthz", "", "X-Request-Id: <script>alert(1)"); strings.Contains(w.Header().Get("X-Request-Id"), "<") {
		t.Errorf("a harmful request id is kept")
	}
}

func TestMountsAreReachedWithTheirPathsAsTheyAre(t *testing.T) {
	t.Parallel()
	a := wired()
	for target, want := range map[string]string{"/s3": "/s3", "/s3/b//a/../c": "/s3/b//a/../c", "/console/x/y": "/console/x/y"} {
		if got := ask(t, a, "GET", target, "").Header().Get("Reached"); got != want {
			t.Errorf("%s reached %q", target, got)
		}
	}
	if got := ask(t, a, "GET", "/s3x", ""); got.Code != 404 {
		t.Errorf("/s3x: %d", got.Code)
	}
	plain := New(Config{})
	for _, target := range []string{"/", "/console/"} {
		w := ask(t, plain, "GET", target, "")
		if w.Code != 200 || !strings.Contains(w.Body.String(), "without the web console") {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
}

func TestFrameErrors(t *testing.T) {
	t.Parallel()
	a := New(Config{MaxBody: 1 << 20, Catalog: catalogDouble{create: func(entity.Write) (entity.Doc, error) { return entity.Doc{}, nil }}})
	const functions = "/api/v1/-/p1/functions"
	tests := []struct {
		name, method, target, body string
		headers                    []string
		status                     int
		part                       string
	}{
		{"unknown path", "GET", "/api/v1/nothing", "", nil, 404, "nothing at this path"},
		{"unknown method", "PATCH", functions, "", nil, 405, "POST"},
		{"yaml", "PUT", "/api/v1/-/p1/secrets/data", "a: b", []string{"Content-Type: application/x-yaml"}, 415, "application/json"},
		{"form", "POST", functions, "a=b", []string{"Content-Type: application/x-www-form-urlencoded"}, 415, "application/json"},
		{"too large by length", "POST", functions, strings.Repeat("x", 1<<20+1), nil, 413, "1048576 bytes (1 MiB)"},
		{"empty segment", "GET", "/api/v1//projects", "", nil, 400, "empty, . or .."},
		{"dots", "GET", "/api/v1/-/p1/functions/../x", "", nil, 400, "empty, . or .."},
		{"encoded dots", "GET", "/api/v1/-/p1/functions/%2e%2e", "", nil, 400, ""},
		{"no body", "POST", functions, "", nil, 400, "has no body"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := ask(t, a, tt.method, tt.target, tt.body, tt.headers...)
			e := failure(t, w, tt.status, tt.part)
			if tt.name != "no body" && (e.Timestamp == "" || e.Error == "" || e.Path == "") {
				t.Errorf("not the frame's body: %s", w.Body)
			}
		})
	}
	t.Run("too large in pieces", func(t *testing.T) {
		t.Parallel()
		req := httptest.NewRequest("POST", functions, io.MultiReader(strings.NewReader(strings.Repeat("x", 1<<20+1))))
		if req.ContentLength != -1 {
			t.Fatalf("length %d is known", req.ContentLength)
		}
		w := httptest.NewRecorder()
		a.ServeHTTP(w, req)
		failure(t, w, 413, "1 MiB")
	})
	if allow := ask(t, a, "PATCH", functions, "").Header().Get("Allow"); !strings.Contains(allow, "POST") {
		t.Errorf("Allow is %q", allow)
	}
}

func TestPathSegmentsAreChecked(t *testing.T) {
	t.Parallel()
	a := New(Config{Catalog: catalogDouble{get: func(string, string, string) (entity.Doc, error) { panic("reached") }}})
	for target, field := range map[string]string{
		"/api/v1/-/a%20b/functions/x":                               "project",
		"/api/v1/-/p/functions/a%2Fb":                               "id",
		"/api/v1/-/p/functions/" + strings.Repeat("a", 257):         "id",
		"/api/v1/-/p/functions/%00":                                 "id",
		"/api/v1/schemas/function/a%2Fb":                            "kind",
		"/api/v1/functions/a%3Cb":                                   "id",
		"/api/v1/-/p/artifacts/schemas/" + strings.Repeat("k", 300): "kind",
	} {
		e := failure(t, ask(t, a, "GET", target, ""), 400, field)
		if len(e.Errors) != 1 || e.Errors[0].Pointer != field {
			t.Errorf("%s: %+v", target, e.Errors)
		}
	}
	failure(t, ask(t, a, "POST", "/api/v1/-/p/runs/r/a%20b", ""), 400, "action")
}

func TestErrorsOfUseCases(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	for _, tt := range []struct {
		err    error
		status int
		part   string
	}{
		{entity.NotFound(entity.Function), 404, "No such function. (No such EntityName.FUNCTION)"},
		{entity.Duplicate(entity.Function, "x"), 400, "Duplicated entity function:x."},
		{entity.Invalid("/spec/x", "type", "spec.x: must be a number"), 400, "spec.x"},
		{entity.Errorf(entity.CodeConflict, "late"), 409, "late"},
		{entity.Errorf(entity.CodeForbidden, "no"), 403, "no"},
		{entity.Errorf(entity.CodeUnavailable, "engine away"), 503, "engine away"},
		{entity.Errorf(entity.CodeUnimplemented, "later"), 501, "later"},
		{entity.Errorf(entity.CodeUnauthenticated, "who"), 401, "who"},
		{errors.New("disk on fire at /secret/path"), 500, "request id"},
	} {
		a := New(Config{Logger: slog.New(slog.NewTextHandler(&log, nil)), Catalog: catalogDouble{get: func(string, string, string) (entity.Doc, error) { return entity.Doc{}, tt.err }}})
		w := ask(t, a, "GET", "/api/v1/-/p/functions/f", "")
		e := failure(t, w, tt.status, tt.part)
		if tt.status == 401 && !strings.HasPrefix(w.Header().Get("WWW-Authenticate"), "Bearer ") {
			t.Errorf("no WWW-Authenticate")
		}
		if strings.Contains(e.Message, "/secret/path") {
			t.Errorf("an inner message went out: %s", e.Message)
		}
	}
	if n := strings.Count(log.String(), "disk on fire"); n != 1 {
		t.Errorf("the inner error was logged %d times: %s", n, log.String())
	}
}

func TestPanicIsA500LoggedOnce(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	a := New(Config{Logger: slog.New(slog.NewTextHandler(&log, nil)), Catalog: catalogDouble{get: func(string, string, string) (entity.Doc, error) { panic("boom") }}})
	w := ask(t, a, "GET", "/api/v1/-/p/functions/f", "")
	e := failure(t, w, 500, w.Header().Get("X-Request-Id"))
	if strings.Contains(e.Message, "boom") || strings.Count(log.String(), "panic=boom") != 1 || !strings.Contains(log.String(), e.RequestID) {
		t.Errorf("message %q, log %s", e.Message, log.String())
	}
}

func TestHostAndOrigin(t *testing.T) {
	t.Parallel()
	a := New(Config{Hosts: Loopback(), Origins: []string{"https://lab.example.org"}})
	for _, tt := range []struct {
		name, method string
		headers      []string
		want         int
	}{
		{"localhost", "GET", []string{"Host: localhost:8080"}, 200},
		{"v4", "GET", []string{"Host: 127.0.0.1:9"}, 200},
		{"v6", "GET", []string{"Host: [::1]:8080"}, 200},
		{"upper case", "GET", []string{"Host: LOCALHOST"}, 200},
		{"rebound name", "GET", []string{"Host: evil.example.org:8080"}, 403},
		{"no name", "GET", []string{"Host: "}, 403},
		{"own origin", "POST", []string{"Host: localhost:8080", "Origin: http://localhost:8080"}, 200},
		{"other port", "GET", []string{"Host: localhost:8080", "Origin: http://localhost:3000"}, 403},
		{"other site", "POST", []string{"Host: localhost:8080", "Origin: https://evil.example.org"}, 403},
		{"null origin", "POST", []string{"Host: localhost:8080", "Origin: null"}, 403},
		{"file origin", "GET", []string{"Host: localhost:8080", "Origin: file://localhost:8080"}, 403},
		{"allowed origin", "POST", []string{"Host: localhost:8080", "Origin: https://lab.example.org"}, 200},
		{"form of another site", "POST", []string{"Host: localhost:8080", "Sec-Fetch-Site: cross-site"}, 403},
		{"link from another site", "GET", []string{"Host: localhost:8080", "Sec-Fetch-Site: cross-site"}, 200},
	} {
		w := ask(t, a, tt.method, "http://x/api/auth", "", tt.headers...)
		if w.Code != tt.want {
			t.Errorf("%s: got %d %s, want %d", tt.name, w.Code, w.Body, tt.want)
		}
	}
	w := ask(t, a, "OPTIONS", "http://x/api/v1/projects", "", "Host: localhost", "Origin: https://lab.example.org", "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: content-type")
	if w.Code != 200 || w.Header().Get("Access-Control-Allow-Origin") != "https://lab.example.org" || w.Header().Get("Access-Control-Allow-Headers") != "content-type" {
		t.Errorf("preflight: %d %v", w.Code, w.Header())
	}
	if w := ask(t, New(Config{}), "GET", "http://any.example.org/healthz", ""); w.Code != 200 {
		t.Errorf("without a list of hosts: %d", w.Code)
	}
}

func TestBearers(t *testing.T) {
	t.Parallel()
	got := map[string]string{}
	a := New(Config{Tokens: tokensDouble{}, Runs: newRunsDouble(entity.StateRunning, 2), Catalog: catalogDouble{
		create: func(w entity.Write) (entity.Doc, error) { got["user"] = w.User; return entity.Doc{}, nil },
		list: func(q store.Query) (store.Page[entity.Doc], error) {
			got["ids"] = strings.Join(q.IDs, ",")
			return store.Page[entity.Doc]{}, nil
		},
	}})
	good, bad := "Authorization: Bearer good", "Authorization: Bearer bad"
	for _, tt := range []struct {
		name, method, target, header string
		want                         int
	}{
		{"nobody", "GET", "/api/auth", "X-None: 1", 200},
		{"basic is not looked at while no login is configured", "GET", "/api/auth", "Authorization: Basic YTpi", 200},
		{"good", "GET", "/api/auth", good, 200},
		{"lower case scheme", "GET", "/api/auth", "Authorization: bearer good", 200},
		{"bad", "GET", "/api/auth", bad, 401},
		{"bad where nothing is asked", "GET", "/healthz", bad, 401},
		{"empty", "GET", "/api/auth", "Authorization: Bearer", 401},
		{"own project", "POST", "/api/v1/-/mine/functions", good, 200},
		{"other project", "POST", "/api/v1/-/other/functions", good, 403},
		{"base api", "GET", "/api/v1/functions", good, 403},
		{"other project itself", "GET", "/api/v1/projects/other", good, 403},
		{"change other project", "PUT", "/api/v1/projects/other", good, 403},
		{"delete own project", "DELETE", "/api/v1/projects/mine", good, 403},
		{"new project", "POST", "/api/v1/projects", good, 403},
		{"projects", "GET", "/api/v1/projects", good, 200},
	} {
		body := ""
		if tt.method == "POST" || tt.method == "PUT" {
			body = "{}"
		}
		w := ask(t, a, tt.method, tt.target, body, tt.header)
		if w.Code != tt.want {
			t.Errorf("%s: got %d %s, want %d", tt.name, w.Code, w.Body, tt.want)
		}
		if w.Code == 401 && w.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("%s: no WWW-Authenticate", tt.name)
		}
	}
	if got["user"] != "alice" || got["ids"] != "mine" {
		t.Errorf("got %v", got)
	}
	who := decode[struct{ Username string }](t, ask(t, a, "POST", "/api/auth", "{}", good))
	if who.Username != "alice" {
		t.Errorf("who: %+v", who)
	}
	runs := newRunsDouble(entity.StateRunning, 2)
	a = New(Config{Tokens: tokensDouble{}, Runs: runs})
	if w := ask(t, a, "PUT", "/api/v1/-/mine/runs/r1", "{}", good); w.Code != 200 || len(runs.callers) != 1 || runs.callers[0].AttemptUID != "u1" || runs.callers[0].Attempt != 2 {
		t.Errorf("%d, callers %+v", w.Code, runs.callers)
	}
}

func TestWhatAWriteCarries(t *testing.T) {
	t.Parallel()
	var got entity.Write
	a := New(Config{Catalog: catalogDouble{
		create: func(w entity.Write) (entity.Doc, error) {
			got = w
			return entity.Doc{Entity: entity.Function, Seq: 7}, nil
		},
		update: func(w entity.Write) (entity.Doc, error) {
			got = w
			if w.IfMatch == 3 {
				return entity.Doc{}, entity.Errorf(entity.CodeConflict, "changed meanwhile")
			}
			return entity.Doc{Entity: entity.Function, Seq: 8}, nil
		},
	}})
	w := ask(t, a, "POST", "/api/v1/-/p/functions?dryRun=true", `{"a":1.0}`, "Dhub-Strict: 1", "Content-Type: application/json; charset=utf-8")
	if w.Code != 200 || !got.DryRun || !got.Strict || string(got.Body) != `{"a":1.0}` || got.Project != "p" || got.User != "anonymous" || got.Entity != "function" || w.Header().Get("ETag") != `"7"` {
		t.Errorf("%d %+v", w.Code, got)
	}
	w = ask(t, a, "PUT", "/api/v1/functions/f", `{}`, `If-Match: "42"`)
	if w.Code != 200 || got.IfMatch != 42 || got.ID != "f" || got.Project != "" || got.Strict || got.DryRun {
		t.Errorf("%d %+v", w.Code, got)
	}
	failure(t, ask(t, a, "PUT", "/api/v1/-/p/functions/f", `{}`, `If-Match: "3"`), http.StatusPreconditionFailed, "changed meanwhile")
	failure(t, ask(t, a, "PUT", "/api/v1/-/p/functions/f", `{}`, `If-Match: W/"x"`), 400, "If-Match")
	failure(t, ask(t, a, "POST", "/api/v1/-/p/functions?dryRun=perhaps", `{}`), 400, "dryRun")
	ask(t, a, "POST", "/api/v1/-/p/functions", `{}`)
	if got.ID != "" {
		t.Errorf("a create has the id %q of a path", got.ID)
	}
}

func TestIdempotencyKey(t *testing.T) {
	t.Parallel()
	made := 0
	a := New(Config{Answers: &answersDouble{}, Catalog: catalogDouble{create: func(w entity.Write) (entity.Doc, error) {
		made++
		if strings.Contains(string(w.Body), "bad") {
			return entity.Doc{}, entity.Invalid("/name", "pattern", "bad name")
		}
		return entity.Doc{Entity: entity.Function, ID: "f" + string(rune('0'+made)), Seq: int64(made)}, nil
	}}})
	post := func(body, key string, more ...string) (int, string) {
		w := ask(t, a, "POST", "/api/v1/-/p/functions", body, append(more, "Idempotency-Key: "+key)...)
		return w.Code, w.Body.String()
	}
	code, first := post(`{"name":"a"}`, "k1")
	if code != 200 || made != 1 {
		t.Fatalf("%d %s", code, first)
	}
	if code, again := post(`{"name":"a"}`, "k1"); code != 200 || again != first || made != 1 {
		t.Errorf("replay: %d %s, made %d", code, again, made)
	}
	if code, body := post(`{"name":"b"}`, "k1"); code != 409 || !strings.Contains(body, "Idempotency-Key") || made != 1 {
		t.Errorf("other body: %d %s", code, body)
	}
	if code, _ := post(`{"name":"a"}`, "k2"); code != 200 || made != 2 {
		t.Errorf("other key: %d, made %d", code, made)
	}
	for range 2 { // a failure is not remembered
		if code, _ := post(`{"name":"bad"}`, "k3"); code != 400 {
			t.Errorf("got %d", code)
		}
	}
	if code, _ := post(`{"name":"good"}`, "k3"); code != 200 {
		t.Errorf("after a failure: %d", code)
	}
	if code, body := post(`{}`, strings.Repeat("k", 256)); code != 400 || !strings.Contains(body, "255") {
		t.Errorf("long key: %d %s", code, body)
	}
}

func TestIdempotencyKeyAtOnce(t *testing.T) {
	t.Parallel()
	made, hold := make(chan int, 10), make(chan struct{})
	a := New(Config{Answers: &answersDouble{}, Catalog: catalogDouble{create: func(entity.Write) (entity.Doc, error) {
		made <- 1
		<-hold
		return entity.Doc{Entity: entity.Function, ID: "f"}, nil
	}}})
	codes := make(chan int, 8)
	for range 8 {
		go func() {
			codes <- ask(t, a, "POST", "/api/v1/-/p/functions", `{}`, "Idempotency-Key: same").Code
		}()
	}
	<-made
	close(hold)
	for range 8 {
		if code := <-codes; code != 200 {
			t.Errorf("got %d", code)
		}
	}
	if len(made) != 0 {
		t.Errorf("made %d more", len(made))
	}
	if len(a.busy.keys) != 0 {
		t.Errorf("%d keys are left behind", len(a.busy.keys))
	}
}

func TestConfigurationAndHealth(t *testing.T) {
	t.Parallel()
	var broken error
	a := New(Config{Version: "0.1.0", Endpoint: func() string { return "http://127.0.0.1:8080" },
		Public: func() map[string]any { return map[string]any{"aws_region": "us-east-1", "container_registry": ""} },
		Ready:  func(context.Context) error { return broken }})
	w := ask(t, a, "GET", "/.well-known/configuration", "", "Origin: https://other.example.org")
	got := decode[map[string]any](t, w)
	for k, v := range map[string]any{"dhcore_endpoint": "http://127.0.0.1:8080", "dhcore_issuer": "http://127.0.0.1:8080", "dhcore_api_level": "16", "dhcore_api_version": "v1",
		"dhcore_version": "0.1.0", "dhcore_name": "dhub", "aws_region": "us-east-1"} {
		if got[k] != v {
			t.Errorf("%s is %v, want %v", k, got[k], v)
		}
	}
	if _, there := got["container_registry"]; there {
		t.Error("an absent feature has a key")
	}
	if w.Header().Get("Cache-Control") == "" || w.Header().Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("headers %v", w.Header())
	}
	if got := decode[map[string]any](t, ask(t, a, "GET", "/.well-known/openid-configuration", "")); got["issuer"] != "http://127.0.0.1:8080" {
		t.Errorf("openid: %v", got)
	}
	who := decode[struct {
		Username    string
		Permissions []string
	}](t, ask(t, a, "GET", "/api/auth", ""))
	if who.Username != "anonymous" || strings.Join(who.Permissions, " ") != "ROLE_USER ROLE_ADMIN" {
		t.Errorf("who: %+v", who)
	}
	if w := ask(t, a, "GET", "/readyz", ""); w.Code != 200 {
		t.Errorf("ready: %d", w.Code)
	}
	broken = errors.New("migrating")
	failure(t, ask(t, a, "GET", "/readyz", ""), 503, "migrating")
	if w := ask(t, a, "GET", "/healthz", ""); w.Code != 200 {
		t.Errorf("health: %d", w.Code)
	}
	if !bytes.Equal(ask(t, a, "GET", "/openapi.json", "").Body.Bytes(), ask(t, a, "GET", "/v1/api-docs", "").Body.Bytes()) {
		t.Error("two documents")
	}
}
