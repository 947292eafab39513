package httpapi

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"dhub/entity"
	"dhub/internal/run"
	"dhub/internal/store"
)

// The doubles of this file stand in for use cases where a test is about the wire alone.

// catalogDouble answers with what its fields say.
type catalogDouble struct {
	Catalog
	create func(entity.Write) (entity.Doc, error)
	update func(entity.Write) (entity.Doc, error)
	get    func(typ, project, id string) (entity.Doc, error)
	list   func(store.Query) (store.Page[entity.Doc], error)
}

func (c catalogDouble) Create(_ context.Context, w entity.Write) (entity.Doc, error) {
	return c.create(w)
}
func (c catalogDouble) Update(_ context.Context, w entity.Write) (entity.Doc, error) {
	return c.update(w)
}
func (c catalogDouble) Get(_ context.Context, typ, project, id string) (entity.Doc, error) {
	return c.get(typ, project, id)
}
func (c catalogDouble) List(_ context.Context, q store.Query) (store.Page[entity.Doc], error) {
	return c.list(q)
}

// tokensDouble knows one token.
type tokensDouble struct{}

func (tokensDouble) VerifyToken(_ context.Context, token string) (run.AttemptIdentity, error) {
	if token == "good" {
		return run.AttemptIdentity{Project: "mine", User: "alice", RunID: "r1", RunUID: "u1", Attempt: 2}, nil
	}
	return run.AttemptIdentity{}, entity.Errorf(entity.CodeUnauthenticated, "the token is not valid, or its run has ended")
}

// runsDouble is one run whose state a test moves.
type runsDouble struct {
	Runs
	mu      sync.Mutex
	doc     entity.Doc
	changed chan struct{}
	callers []run.Caller
}

func newRunsDouble(state entity.State, attempt int) *runsDouble {
	r := &runsDouble{changed: make(chan struct{})}
	r.doc = entity.Doc{Entity: entity.Run, ID: "r1", Name: "r1", Kind: "sample+job:run", Project: "mine", User: "alice", Seq: 1}
	r.set(state, attempt)
	return r
}

func (r *runsDouble) set(state entity.State, attempt int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.doc.Status, _ = json.Marshal(map[string]any{"state": state, "attempt": attempt})
	r.doc.Seq++
	close(r.changed)
	r.changed = make(chan struct{})
}

func (r *runsDouble) Get(_ context.Context, project, id string) (entity.Doc, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if id != r.doc.ID {
		return entity.Doc{}, entity.NotFound(entity.Run)
	}
	if project != "" && project != r.doc.Project {
		return entity.Doc{}, entity.Invalid("/project", "reference", "invalid project")
	}
	return r.doc, nil
}

func (r *runsDouble) Update(_ context.Context, _ entity.Write, c run.Caller) (entity.Doc, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.callers = append(r.callers, c)
	return r.doc, nil
}

func (r *runsDouble) Wait(ctx context.Context, project, id string, after int64, d time.Duration) (entity.Doc, error) {
	r.mu.Lock()
	first, changed := r.doc, r.changed
	r.mu.Unlock()
	if after > 0 && first.Seq > after || finalState(first) {
		return first, nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-changed:
	case <-t.C:
	case <-ctx.Done():
		return entity.Doc{}, ctx.Err()
	}
	return r.Get(ctx, project, id)
}

// logsDouble keeps the logs of runsDouble's run; a reader that follows waits until a log is closed.
type logsDouble struct {
	mu   sync.Mutex
	cond *sync.Cond
	logs map[int]*logDouble // by attempt

	usage func(id string, attempt int) (run.Usage, error)
}

type logDouble struct {
	data      []byte
	container string
	closed    bool
}

func newLogsDouble() *logsDouble {
	l := &logsDouble{logs: map[int]*logDouble{}}
	l.cond = sync.NewCond(&l.mu)
	return l
}

func (l *logsDouble) write(attempt int, text string, closed bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	d := l.logs[attempt]
	if d == nil {
		d = &logDouble{container: "main"}
		l.logs[attempt] = d
	}
	d.data, d.closed = append(d.data, text...), closed
	l.cond.Broadcast()
}

func (l *logsDouble) Logs(context.Context, string, string) ([]run.LogView, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []run.LogView
	for n := range 10 {
		if d := l.logs[n]; d != nil {
			at := time.Date(2026, 1, 2, 3, 4, n, 0, time.UTC)
			out = append(out, run.LogView{Attempt: n, Container: d.container, Size: int64(len(d.data)), Closed: d.closed, Created: at, Updated: at})
		}
	}
	return out, nil
}

func (l *logsDouble) Usage(_ context.Context, _, id string, attempt int) (run.Usage, error) {
	if l.usage == nil {
		return run.Usage{}, entity.Errorf(entity.CodeUnavailable, "not now")
	}
	return l.usage(id, attempt)
}

func (l *logsDouble) ReadLog(ctx context.Context, _, _ string, attempt int, _ string, offset int64, follow bool, f func(run.LogPiece) error) error {
	defer context.AfterFunc(ctx, l.cond.Broadcast)()
	l.mu.Lock()
	defer l.mu.Unlock()
	for {
		d := l.logs[attempt]
		if attempt == 0 && d == nil {
			d = l.logs[1] // 0 is the latest, and in these tests there is no later one yet
		}
		if d != nil && offset < int64(len(d.data)) {
			piece := append([]byte(nil), d.data[offset:min(int64(len(d.data)), offset+7)]...)
			l.mu.Unlock()
			err := f(run.LogPiece{Offset: offset, Data: piece})
			l.mu.Lock()
			if err != nil {
				return err
			}
			offset += int64(len(piece))
			continue
		}
		if !follow || d != nil && d.closed {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		l.cond.Wait()
	}
}

func (l *logsDouble) AppendLog(_ context.Context, _, _ string, offset int64, data []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	d := l.logs[0]
	if d == nil {
		d = &logDouble{container: "client"}
		l.logs[0] = d
	}
	if offset != int64(len(d.data)) {
		return entity.Errorf(entity.CodeConflict, "the log ends at offset %d", len(d.data))
	}
	d.data = append(d.data, data...)
	l.cond.Broadcast()
	return nil
}

// answersDouble remembers in memory.
type answersDouble struct {
	mu sync.Mutex
	m  map[string][2][]byte
}

func (a *answersDouble) Answer(_ context.Context, key string) ([]byte, []byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	v, ok := a.m[key]
	if !ok {
		return nil, nil, entity.Errorf(entity.CodeNotFound, "unknown")
	}
	return v[0], v[1], nil
}

func (a *answersDouble) Remember(_ context.Context, key string, hash, answer []byte) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.m == nil {
		a.m = map[string][2][]byte{}
	}
	a.m[key] = [2][]byte{hash, answer}
	return nil
}

// ask sends one request through the handler; headers come as "Name: value".
func ask(t *testing.T, h http.Handler, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	var r io.Reader
	if body != "" {
		r = strings.NewReader(body)
	}
	req := httptest.NewRequestWithContext(t.Context(), method, target, r)
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		if name == "Host" {
			req.Host = value
		}
		req.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	return w
}

func decode[T any](t *testing.T, w *httptest.ResponseRecorder) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("%d %s: %v", w.Code, w.Body, err)
	}
	return v
}

// failure checks status and a part of the message, and that the body is a whole error.
func failure(t *testing.T, w *httptest.ResponseRecorder, status int, part string) errorBody {
	t.Helper()
	e := decode[errorBody](t, w)
	if w.Code != status || e.Status != status || !strings.Contains(e.Message, part) {
		t.Errorf("got %d %s, want %d with %q", w.Code, w.Body, status, part)
	}
	if e.RequestID == "" || e.RequestID != w.Header().Get("X-Request-Id") || e.Errors == nil {
		t.Errorf("the error has no request id or no list of errors: %s", w.Body)
	}
	return e
}
