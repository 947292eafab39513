package httpapi

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"dhub/entity"
	"dhub/internal/event"
	"dhub/internal/store"
)

// sent is one server-sent event.
type sent struct{ name, id, data string }

// reader reads the events of a live answer.
type reader struct {
	t    *testing.T
	r    *bufio.Reader
	resp *http.Response
}

func open(t *testing.T, server *httptest.Server, path string, headers ...string) *reader {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "GET", server.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		req.Header.Set(name, value)
	}
	resp, err := server.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	if resp.StatusCode != 200 || !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/event-stream") {
		t.Fatalf("%s: %d %s", path, resp.StatusCode, resp.Header)
	}
	return &reader{t, bufio.NewReader(resp.Body), resp}
}

// next is the next event, false when the stream has ended.
func (r *reader) next() (e sent, ok bool) {
	r.t.Helper()
	for {
		line, err := r.r.ReadString('\n')
		if err != nil {
			return e, false
		}
		line = strings.TrimSuffix(line, "\n")
		name, value, _ := strings.Cut(line, ": ")
		switch {
		case line == "" && e.data != "":
			return e, true
		case name == "event":
			e.name = value
		case name == "id":
			e.id = value
		case name == "data":
			e.data = value
		}
	}
}

func (r *reader) must() sent {
	r.t.Helper()
	e, ok := r.next()
	if !ok {
		r.t.Fatal("the stream ended")
	}
	return e
}

func serve(t *testing.T, a *API) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(a)
	t.Cleanup(func() { a.Close(); s.CloseClientConnections(); s.Close() })
	return s
}

// text is what chunks say together; it checks that each id and offset follow from the bytes.
func chunk(t *testing.T, e sent) (logChunk, string) {
	t.Helper()
	var c logChunk
	if err := json.Unmarshal([]byte(e.data), &c); err != nil {
		t.Fatal(err)
	}
	data, err := base64.StdEncoding.DecodeString(c.Data)
	if err != nil {
		t.Fatal(err)
	}
	id := e.id[strings.LastIndexByte(e.id, ':')+1:]
	if id != strconv.FormatInt(c.Offset+int64(len(data)), 10) {
		t.Errorf("the id %s does not follow from offset %d and %d bytes", e.id, c.Offset, len(data))
	}
	return c, string(data)
}

const streamPath = "/api/v1/-/mine/runs/r1/logs/stream"

func TestLogStreamGoesThroughAllAttemptsAndEnds(t *testing.T) {
	t.Parallel()
	runs, logs := newRunsDouble(entity.StateReady, 0), newLogsDouble()
	r := open(t, serve(t, New(Config{Runs: runs, Logs: logs})), streamPath)
	if r.resp.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", r.resp.Header)
	}
	runs.set(entity.StateRunning, 1)
	read := func(want string) (last sent) {
		t.Helper()
		got := ""
		for len(got) < len(want) {
			last = r.must()
			_, text := chunk(t, last)
			got += text
		}
		if got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
		return last
	}
	logs.write(1, "one\n", false)
	read("one\n")
	logs.write(1, "two with more than seven bytes\n", true)
	if e := read("two with more than seven bytes\n"); e.id != "35" {
		t.Errorf("id %q of attempt 1, want 35", e.id)
	}
	runs.set(entity.StateRunning, 2)
	logs.write(2, "again\n", true)
	if e := read("again\n"); e.id != "2:6" {
		t.Errorf("id %q of attempt 2, want 2:6", e.id)
	}
	runs.set(entity.StateCompleted, 2)
	if e := r.must(); e.name != "end" || e.data != `{"attempt":2,"offset":6}` {
		t.Errorf("got %+v, want end", e)
	}
	if e, ok := r.next(); ok {
		t.Errorf("after the end: %+v", e)
	}
}

func TestLogStreamResumes(t *testing.T) {
	t.Parallel()
	runs, logs := newRunsDouble(entity.StateCompleted, 2), newLogsDouble()
	logs.write(1, "0123456789", true)
	logs.write(2, "abcdef", true)
	s := serve(t, New(Config{Runs: runs, Logs: logs}))
	for _, tt := range []struct {
		query, header, want string
	}{
		{"", "", "0123456789abcdef"},
		{"?since=4", "", "456789abcdef"},
		{"?since=4", "Last-Event-ID: 8", "89abcdef"},
		{"", "Last-Event-ID: 2:3", "def"},
		{"?attempt=2&since=5", "", "f"},
		{"?attempt=1&follow=false", "", "0123456789"},
		{"?attempt=2&since=2:6", "", ""},
	} {
		headers := []string{}
		if tt.header != "" {
			headers = append(headers, tt.header)
		}
		r := open(t, s, streamPath+tt.query, headers...)
		got := ""
		for {
			e := r.must()
			if e.name == "end" {
				break
			}
			_, text := chunk(t, e)
			got += text
		}
		if got != tt.want {
			t.Errorf("%s %s: got %q, want %q", tt.query, tt.header, got, tt.want)
		}
	}
	a := New(Config{Runs: runs, Logs: logs})
	if w := ask(t, a, "HEAD", streamPath, ""); w.Code != 200 || w.Body.Len() != 0 {
		t.Errorf("HEAD: %d %s", w.Code, w.Body)
	}
	failure(t, ask(t, a, "GET", streamPath+"?since=x", ""), 400, "since")
	failure(t, ask(t, a, "GET", streamPath+"?since=-1", ""), 400, "since")
	failure(t, ask(t, a, "GET", streamPath+"?attempt=0", ""), 400, "attempt")
	failure(t, ask(t, a, "GET", streamPath+"?attempt=9", ""), 404, "No such log")
	failure(t, ask(t, a, "GET", streamPath+"?follow=maybe", ""), 400, "follow")
	failure(t, ask(t, a, "GET", "/api/v1/-/mine/runs/none/logs/stream", ""), 404, "No such run")
	failure(t, ask(t, a, "GET", "/api/v1/-/other/runs/r1/logs/stream", ""), 400, "invalid project")
}

func TestCloseEndsStreamsAndWaits(t *testing.T) {
	t.Parallel()
	runs, logs := newRunsDouble(entity.StateRunning, 1), newLogsDouble()
	logs.write(1, "x", false)
	a := New(Config{Runs: runs, Logs: logs})
	s := serve(t, a)
	r := open(t, s, streamPath)
	chunk(t, r.must())
	done := make(chan *http.Response, 1)
	go func() {
		resp, err := s.Client().Get(s.URL + "/api/v1/-/mine/runs/r1?wait=50s")
		if err != nil {
			t.Error(err)
		}
		done <- resp
	}()
	// The wait may not have begun yet; then it is answered at once. Both end.
	a.Close()
	if e, ok := r.next(); ok {
		t.Errorf("got %+v, want a stream cut short without an end", e)
	}
	resp := <-done
	defer resp.Body.Close()
	if resp.StatusCode != 503 {
		t.Errorf("the wait was answered %d", resp.StatusCode)
	}
}

func TestRawLog(t *testing.T) {
	t.Parallel()
	runs, logs := newRunsDouble(entity.StateCompleted, 2), newLogsDouble()
	logs.write(1, "first", true)
	all := "0123456789\x00\xff<script>"
	logs.write(2, all, true)
	a := New(Config{Runs: runs, Logs: logs})
	const path = "/api/v1/-/mine/runs/r1/log"
	for _, tt := range []struct {
		header, query string
		code          int
		want, shown   string
	}{
		{"", "", 200, all, ""},
		{"", "?attempt=1", 200, "first", ""},
		{"", "?attempt=2&container=main", 200, all, ""},
		{"bytes=0-3", "", 206, "0123", "bytes 0-3/20"},
		{"bytes=5-", "", 206, all[5:], "bytes 5-19/20"},
		{"bytes=-3", "", 206, all[17:], "bytes 17-19/20"},
		{"bytes=-300", "", 206, all, "bytes 0-19/20"},
		{"bytes=15-900", "", 206, all[15:], "bytes 15-19/20"},
		{"bytes=20-", "", 416, "", "bytes */20"},
		{"bytes=-0", "", 416, "", "bytes */20"},
		{"bytes=0-1,4-5", "", 200, all, ""},
		{"lines=1-2", "", 200, all, ""},
		{"bytes=9-2", "", 200, all, ""},
	} {
		headers := []string{}
		if tt.header != "" {
			headers = append(headers, "Range: "+tt.header)
		}
		w := ask(t, a, "GET", path+tt.query, "", headers...)
		if w.Code != tt.code || w.Body.String() != tt.want || w.Header().Get("Content-Range") != tt.shown {
			t.Errorf("%q %q: got %d %q %q", tt.header, tt.query, w.Code, w.Body, w.Header().Get("Content-Range"))
		}
		if tt.code < 300 {
			for name, want := range map[string]string{"Content-Type": "application/octet-stream", "Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff",
				"Content-Length": strconv.Itoa(len(tt.want)), "Accept-Ranges": "bytes"} {
				if got := w.Header().Get(name); got != want {
					t.Errorf("%q: %s is %q, want %q", tt.header, name, got, want)
				}
			}
		}
	}
	if w := ask(t, a, "HEAD", path, ""); w.Code != 200 || w.Header().Get("Content-Length") != "20" || w.Body.Len() != 0 {
		t.Errorf("HEAD: %d %v", w.Code, w.Header())
	}
	failure(t, ask(t, a, "GET", path+"?attempt=7", ""), 404, "No such log")
	failure(t, ask(t, a, "GET", path+"?attempt=x", ""), 400, "attempt")
	empty := New(Config{Runs: runs, Logs: newLogsDouble()})
	if w := ask(t, empty, "GET", path, ""); w.Code != 200 || w.Body.Len() != 0 || w.Header().Get("Content-Length") != "0" {
		t.Errorf("a run without logs: %d %s", w.Code, w.Body)
	}
}

func TestAppendLog(t *testing.T) {
	t.Parallel()
	logs := newLogsDouble()
	a := New(Config{Runs: newRunsDouble(entity.StateRunning, 0), Logs: logs})
	const path = "/api/v1/-/mine/runs/r1/log"
	if w := ask(t, a, "POST", path+"?offset=0", "a\x00b", "Content-Type: text/plain"); w.Code != 200 || w.Body.Len() != 0 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := ask(t, a, "POST", path+"?offset=3", "c"); w.Code != 200 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if got := string(logs.logs[0].data); got != "a\x00bc" {
		t.Errorf("kept %q", got)
	}
	failure(t, ask(t, a, "POST", path+"?offset=9", "c"), 409, "ends at offset 4")
	failure(t, ask(t, a, "POST", path, "c"), 400, "offset")
	failure(t, ask(t, a, "POST", path+"?offset=-1", "c"), 400, "offset")
}

func TestLogObjects(t *testing.T) {
	t.Parallel()
	runs, logs := newRunsDouble(entity.StateCompleted, 3), newLogsDouble()
	runs.doc.Kind, runs.doc.ID = "sample-x+job:run", "9b8a7c6d"
	big := strings.Repeat("0123456789abcde\n", logTail/16) + "the end\n"
	logs.write(1, "hello world\n", true)
	logs.write(2, big, true)
	logs.write(3, "side\n", true)
	logs.logs[3].container = "Side Car"
	a := New(Config{Runs: runs, Logs: logs})
	list := decode[[]logBody](t, ask(t, a, "GET", "/api/v1/-/mine/runs/9b8a7c6d/logs", ""))
	if len(list) != 3 {
		t.Fatalf("got %d logs", len(list))
	}
	for i, want := range []string{"c-sample-xjob-9b8a7c6d", "c-sample-xjob-9b8a7c6d-2", "c-sample-xjob-9b8a7c6d-side-car-3"} {
		l := list[i]
		if l.ID != want || l.Name != want || l.Status.Container != want || l.Key != "store://mine/log/log/"+want || l.Spec.Run != "9b8a7c6d" || l.Run != "9b8a7c6d" ||
			l.Kind != "log" || l.Project != "mine" || l.User != "alice" || l.Metadata["created"] == "" || l.Metadata["project"] != "mine" {
			t.Errorf("log %d: %+v", i, l)
		}
		one := decode[logBody](t, ask(t, a, "GET", "/api/v1/-/mine/logs/"+want, ""))
		if one.Content != l.Content || one.ID != want {
			t.Errorf("%s alone differs", want)
		}
	}
	if list[0].Content != base64.StdEncoding.EncodeToString([]byte("hello world\n")) || list[0].Status.Offset != 0 {
		t.Errorf("first: %+v", list[0])
	}
	tail, _ := base64.StdEncoding.DecodeString(list[1].Content)
	if int64(len(tail)) != logTail || list[1].Status.Offset != int64(len(big))-logTail || list[1].Status.Size != int64(len(big)) || !bytes.HasSuffix([]byte(big), tail) {
		t.Errorf("tail of %d bytes from %d of %d", len(tail), list[1].Status.Offset, list[1].Status.Size)
	}
	page := decode[struct {
		Content       []logBody
		TotalElements int
	}](t, ask(t, a, "GET", "/api/v1/-/mine/logs?run=9b8a7c6d&size=2", ""))
	if len(page.Content) != 2 || page.TotalElements != 3 || page.Content[0].Status.Attempt != 3 {
		t.Errorf("page: %d of %d, first %+v", len(page.Content), page.TotalElements, page.Content[0].Status)
	}
	if got := decode[struct{ Content []logBody }](t, ask(t, a, "GET", "/api/v1/-/mine/logs?run=none", "")); got.Content == nil || len(got.Content) != 0 {
		t.Errorf("logs of no run: %+v", got)
	}
	failure(t, ask(t, a, "GET", "/api/v1/-/mine/logs?run=a%2Fb", ""), 400, "run")
	failure(t, ask(t, a, "GET", "/api/v1/-/mine/logs/c-sample-xjob-9b8a7c6d-7", ""), 404, "No such log")
	failure(t, ask(t, a, "GET", "/api/v1/-/mine/logs/x", ""), 404, "No such log")
}

func TestWait(t *testing.T) {
	t.Parallel()
	runs := newRunsDouble(entity.StateRunning, 1)
	a := New(Config{Runs: runs})
	const path = "/api/v1/-/mine/runs/r1"
	type state struct{ Status struct{ State string } }
	if w := ask(t, a, "GET", path+"?wait=1ms", ""); decode[state](t, w).Status.State != "RUNNING" || w.Header().Get("ETag") != `"2"` {
		t.Errorf("%s %v", w.Body, w.Header())
	}
	if w := ask(t, a, "GET", path+"?wait=50s&since=1", ""); decode[state](t, w).Status.State != "RUNNING" {
		t.Errorf("a change that is known to the server: %s", w.Body)
	}
	answer := make(chan *httptest.ResponseRecorder)
	go func() { answer <- ask(t, a, "GET", path+"?wait=50s&since=2", "") }()
	runs.set(entity.StateCompleted, 1)
	if w := <-answer; decode[state](t, w).Status.State != "COMPLETED" {
		t.Errorf("%s", w.Body)
	}
	if w := ask(t, a, "GET", path+"?wait=30", ""); decode[state](t, w).Status.State != "COMPLETED" {
		t.Errorf("final: %s", w.Body)
	}
	for _, bad := range []string{"soon", "-3s", "-3"} {
		failure(t, ask(t, a, "GET", path+"?wait="+bad, ""), 400, "wait")
	}
	failure(t, ask(t, a, "GET", path+"?wait=1s&since=x", ""), 400, "since")
	failure(t, ask(t, a, "POST", "/api/v1/-/mine/runs?wait=1s", `{"kind":"x+job:run"}`), 400, "wait")
	for text, want := range map[string]time.Duration{"": 0, "30s": 30 * time.Second, "30": 30 * time.Second, "1500ms": 1500 * time.Millisecond, "2h": maxWait, "1e99": maxWait, "0": 0} {
		if got, err := waitTime(text); err != nil || got != want {
			t.Errorf("wait=%s: %v %v, want %v", text, got, err, want)
		}
	}
}

func TestACancelledWaitIsNoSuccess(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := httptest.NewRecorder()
	New(Config{Runs: newRunsDouble(entity.StateRunning, 1)}).ServeHTTP(w, httptest.NewRequestWithContext(ctx, "GET", "/api/v1/-/mine/runs/r1?wait=50s", nil))
	failure(t, w, 503, "shutting down")
}

// feedDouble is a change feed in memory.
type feedDouble struct {
	rows []store.Change
	wake chan struct{}
	lock chan struct{}
}

func newFeed() *feedDouble {
	return &feedDouble{wake: make(chan struct{}, 1), lock: make(chan struct{}, 1)}
}

func (f *feedDouble) add(project string, n int) {
	f.lock <- struct{}{}
	for range n {
		seq := int64(len(f.rows)) + 1
		f.rows = append(f.rows, store.Change{Seq: seq, Project: project, Entity: entity.Run, ID: fmt.Sprint("r", seq), Verb: "update", State: "RUNNING", Kind: "k", Name: "n", At: time.Unix(seq, 0)})
	}
	<-f.lock
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

func (f *feedDouble) Changes(_ context.Context, after int64, max int) ([]store.Change, error) {
	f.lock <- struct{}{}
	defer func() { <-f.lock }()
	if after < 0 || after > int64(len(f.rows)) {
		return nil, nil
	}
	list := f.rows[after:]
	return append([]store.Change(nil), list[:min(len(list), max)]...), nil
}

func (f *feedDouble) Head(context.Context) (int64, error) {
	f.lock <- struct{}{}
	defer func() { <-f.lock }()
	return int64(len(f.rows)), nil
}

func (f *feedDouble) Wake() (<-chan struct{}, func()) { return f.wake, func() {} }

func TestEventsOfOneProjectResume(t *testing.T) {
	t.Parallel()
	f := newFeed()
	f.add("mine", 3)
	f.add("other", 2)
	b := event.New(event.Config{Feed: f})
	if err := b.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Stop(context.Background()) })
	a := New(Config{Events: b, Catalog: catalogDouble{get: func(_, _, id string) (entity.Doc, error) {
		if id != "mine" {
			return entity.Doc{}, entity.NotFound(entity.Project)
		}
		return entity.Doc{}, nil
	}}})
	s := serve(t, a)
	const path = "/api/v1/-/mine/events"
	live := open(t, s, path)
	if e := live.must(); e.name != "ready" || e.id != "5" {
		t.Errorf("got %+v, want ready at 5", e)
	}
	resumed := open(t, s, path, "Last-Event-ID: 1")
	for _, want := range []string{"2", "3"} {
		if e := resumed.must(); e.name != "change" || e.id != want {
			t.Errorf("got %+v, want %s", e, want)
		}
	}
	f.add("other", 1)
	f.add("mine", 1)
	for _, r := range []*reader{live, resumed} {
		e := r.must()
		var c changeBody
		if err := json.Unmarshal([]byte(e.data), &c); err != nil {
			t.Fatal(err)
		}
		if e.id != "7" || c.Seq != 7 || c.ID != "r7" || c.Project != "mine" || c.Entity != "run" || c.Verb != "update" || c.State != "RUNNING" || c.At != "1970-01-01T00:00:07.000Z" {
			t.Errorf("got %+v %+v", e, c)
		}
	}
	future := open(t, s, path, "Last-Event-ID: 99")
	if e := future.must(); e.name != "reset" {
		t.Errorf("got %+v, want reset", e)
	}
	failure(t, ask(t, a, "GET", path+"?since=x", ""), 400, "since")
	failure(t, ask(t, a, "GET", "/api/v1/-/other/events", ""), 404, "No such project")
	if err := b.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if e := live.must(); e.name != "resume" || e.id != "7" {
		t.Errorf("got %+v, want resume at 7", e)
	}
	if _, ok := live.next(); ok {
		t.Error("the stream goes on")
	}
	failure(t, ask(t, a, "GET", path, ""), 503, "shutting down")
}

func TestARangeOfAnEmptyLogIsTheWholeOfIt(t *testing.T) {
	t.Parallel()
	for _, header := range []string{"bytes=0-", "bytes=-4", "bytes=3-9", ""} {
		if from, to, partial, err := byteRange(header, 0); from != 0 || to != 0 || partial || err != nil {
			t.Errorf("%q: got %d to %d, partial %v, %v", header, from, to, partial, err)
		}
	}
}
