package run

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// memStore is a store.Store in memory: small enough for thousands of simulations, usable inside a synctest
// bubble, and with hooks that fail writes or cut them off as a crash does.
type memStore struct {
	mu    sync.Mutex
	state memState
	wakes map[chan struct{}]bool
	now   func() time.Time

	// fault is asked before a transaction (write) and after its commit: an error before is a write that did
	// not happen, one after is a write whose answer was lost.
	fault func(write, after bool) error
}

type memState struct {
	seq      int64
	changes  []store.Change
	entities map[string]store.Record
	runs     map[string]store.Run
	order    map[string]int64 // run uid → creation
	attempts map[string]store.Attempt
	samples  map[string][]byte
	logs     map[string]store.LogMeta
	bytes    map[string][]byte
	marks    map[string][]memMarks
	metrics  map[string][]byte
	leases   map[string]memLease
}

type memLease struct {
	holder string
	fence  int64
	until  time.Time
}

func newMemStore(now func() time.Time) *memStore {
	return &memStore{now: now, wakes: map[chan struct{}]bool{}, state: memState{
		marks: map[string][]memMarks{}, entities: map[string]store.Record{}, runs: map[string]store.Run{}, order: map[string]int64{},
		attempts: map[string]store.Attempt{}, logs: map[string]store.LogMeta{}, bytes: map[string][]byte{},
		metrics: map[string][]byte{}, leases: map[string]memLease{}, samples: map[string][]byte{},
	}}
}

func (s memState) clone() memState {
	s.changes, s.marks = slices.Clip(s.changes), maps.Clone(s.marks)
	s.entities, s.runs, s.order = maps.Clone(s.entities), maps.Clone(s.runs), maps.Clone(s.order)
	s.attempts, s.logs, s.bytes = maps.Clone(s.attempts), maps.Clone(s.logs), maps.Clone(s.bytes)
	s.metrics, s.leases, s.samples = maps.Clone(s.metrics), maps.Clone(s.leases), maps.Clone(s.samples)
	return s
}

func (m *memStore) Read(ctx context.Context, f func(store.Tx) error) error {
	if err := m.check(ctx, false, false); err != nil {
		return err
	}
	m.mu.Lock()
	s := m.state // writers replace the maps, never change them
	m.mu.Unlock()
	return f(&memTx{s: &s, m: m})
}

func (m *memStore) check(ctx context.Context, write, after bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if m.fault != nil {
		return m.fault(write, after)
	}
	return nil
}

func (m *memStore) Write(ctx context.Context, f func(store.Tx) error) error {
	if err := m.check(ctx, true, false); err != nil {
		return err
	}
	if err := m.commit(f); err != nil {
		return err
	}
	return m.check(context.Background(), true, true)
}

func (m *memStore) commit(f func(store.Tx) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	// The function may run twice.
	scrap := m.state.clone()
	_ = f(&memTx{s: &scrap, m: m, write: true})
	s := m.state.clone()
	if err := f(&memTx{s: &s, m: m, write: true}); err != nil {
		return err
	}
	m.state = s
	for c := range m.wakes {
		kick(c)
	}
	return nil
}

func (m *memStore) Changes(ctx context.Context, after int64, max int) ([]store.Change, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []store.Change
	for _, c := range m.state.changes {
		if c.Seq > after && len(out) < max {
			out = append(out, c)
		}
	}
	return out, nil
}

func (m *memStore) Head(context.Context) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.state.seq, nil
}

func (m *memStore) Wake() (<-chan struct{}, func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c := make(chan struct{}, 1)
	m.wakes[c] = true
	return c, func() { m.mu.Lock(); delete(m.wakes, c); m.mu.Unlock() }
}

func (m *memStore) Stamp() (int64, bool) { return 0, false }

func (m *memStore) Describe() string { return "memory" }
func (m *memStore) Close() error     { return nil }

// memTx is every bundle at once.
type memTx struct {
	store.Tx // what is not there panics
	s        *memState
	m        *memStore
	write    bool
}

func (t *memTx) Entities() store.Entities { return memEntities{memTx: t} }
func (t *memTx) Runs() store.Runs         { return memRuns{t} }
func (t *memTx) Attempts() store.Attempts { return memAttempts{t} }
func (t *memTx) Logs() store.Logs         { return memLogs{t} }
func (t *memTx) Metrics() store.Metrics   { return memMetrics{t} }
func (t *memTx) Leases() store.Leases     { return memLeases{t} }

func (t *memTx) change(c store.Change) int64 {
	t.s.seq++
	c.Seq, c.At = t.s.seq, t.m.now()
	t.s.changes = append(slices.Clip(t.s.changes), c)
	return t.s.seq
}

type memEntities struct {
	store.Entities
	*memTx
}

func (e memEntities) Create(_ context.Context, r store.Record) (store.Record, error) {
	if _, ok := e.s.entities[r.Entity+"/"+r.ID]; ok {
		return r, entity.Duplicate(r.Entity, r.ID)
	}
	r.Seq = e.change(store.Change{Project: r.Project, Entity: r.Entity, ID: r.ID, Verb: "create", Kind: r.Kind})
	e.s.entities[r.Entity+"/"+r.ID] = r
	return r, nil
}

func (e memEntities) Get(_ context.Context, typ, id string) (store.Record, error) {
	r, ok := e.s.entities[typ+"/"+id]
	if !ok {
		return r, entity.NotFound(typ)
	}
	return r, nil
}

func (e memEntities) Exists(_ context.Context, typ, id string) (bool, error) {
	_, ok := e.s.entities[typ+"/"+id]
	return ok, nil
}

func (e memEntities) Latest(_ context.Context, typ, project, name string) (store.Record, error) {
	var best store.Record
	for _, r := range e.s.entities {
		if r.Entity == typ && r.Project == project && r.Name == name && r.Seq > best.Seq {
			best = r
		}
	}
	if best.ID == "" {
		return best, entity.NotFound(typ)
	}
	return best, nil
}

// List finds the tasks of a function or workflow.
func (e memEntities) List(_ context.Context, q store.Query) (page store.Page[store.Record], err error) {
	for _, r := range e.s.entities {
		spec, _ := entity.ParseObject(r.Spec)
		if r.Entity == q.Entity && r.Project == q.Project && r.Kind == q.Kind && spec.Text("function")+spec.Text("workflow") == q.Function+q.Workflow {
			page.Items = append(page.Items, r)
		}
	}
	return page, nil
}

type memRuns struct{ *memTx }

func (r memRuns) Create(_ context.Context, x store.Run) (store.Run, error) {
	if _, ok := r.s.runs[x.ID]; ok {
		return x, entity.Duplicate(entity.Run, x.ID)
	}
	x.Seq = r.change(store.Change{Project: x.Project, Entity: entity.Run, ID: x.ID, Verb: "create", Kind: x.Kind, State: string(x.State)})
	r.s.runs[x.ID] = x
	r.s.order[x.UID] = x.Seq
	return x, nil
}

func (r memRuns) Get(_ context.Context, id string) (store.Run, error) {
	x, ok := r.s.runs[id]
	if !ok {
		return x, entity.NotFound(entity.Run)
	}
	return x, nil
}

func (r memRuns) GetByUID(_ context.Context, uid string) (store.Run, error) {
	for _, x := range r.s.runs {
		if x.UID == uid {
			return x, nil
		}
	}
	return store.Run{}, entity.NotFound(entity.Run)
}

func (r memRuns) Update(ctx context.Context, id string, f func(store.Run) (store.Run, error)) (store.Run, error) {
	x, err := r.Get(ctx, id)
	if err != nil {
		return x, err
	}
	was := x
	if x, err = f(x); err != nil {
		return was, err
	}
	if was.State != x.State && entity.FinalRun(was.State, false) && x.State != entity.StateDeleting {
		return was, fmt.Errorf("run %s left the final state %s for %s", id, was.State, x.State)
	}
	x.Seq = r.change(store.Change{Project: x.Project, Entity: entity.Run, ID: x.ID, Verb: "update", Kind: x.Kind, State: string(x.State)})
	r.s.runs[id] = x
	return x, nil
}

func (r memRuns) Delete(_ context.Context, id string) error {
	x, ok := r.s.runs[id]
	if !ok {
		return entity.NotFound(entity.Run)
	}
	delete(r.s.runs, id)
	for k, a := range r.s.attempts {
		if a.RunUID == x.UID {
			delete(r.s.attempts, k)
			delete(r.s.samples, k)
		}
	}
	r.change(store.Change{Project: x.Project, Entity: entity.Run, ID: id, Verb: "delete", Kind: x.Kind})
	return nil
}

func (r memRuns) pick(match func(store.Run) bool) []store.Run {
	var out []store.Run
	for _, x := range r.s.runs {
		if match(x) {
			out = append(out, x)
		}
	}
	slices.SortFunc(out, func(a, b store.Run) int { return cmp.Compare(r.s.order[a.UID], r.s.order[b.UID]) })
	return out
}

func first[T any](list []T, n int) []T { return list[:min(n, len(list))] }

func (r memRuns) List(_ context.Context, q store.Query, _ bool) (store.Page[store.Run], error) {
	same := func(want, got string) bool { return want == "" || want == got }
	all := r.pick(func(x store.Run) bool {
		return same(q.Project, x.Project) && same(q.State, string(x.State)) && same(q.Function, x.Function) && same(q.Workflow, x.Workflow) && same(q.Task, x.Task)
	})
	from := min(q.Page*q.Size, len(all))
	items := first(all[from:], q.Size)
	return store.Page[store.Run]{Items: items, Total: int64(len(all)), Exact: true, More: from+len(items) < len(all)}, nil
}

func (r memRuns) Queued(_ context.Context, engine string, limit int) ([]store.Run, error) {
	return first(r.pick(func(x store.Run) bool {
		return x.State == entity.StateReady && x.Desired == store.WantRun && !x.Local && x.Engine == engine && x.Wake.IsZero()
	}), limit), nil
}

func (r memRuns) Active(_ context.Context, limit int) ([]store.Run, error) {
	return first(r.pick(func(x store.Run) bool {
		return !x.Local && x.State != entity.StateReady && !entity.FinalRun(x.State, x.Resume)
	}), limit), nil
}

func (r memRuns) Due(_ context.Context, now time.Time, limit int) ([]store.Run, error) {
	list := r.pick(func(x store.Run) bool { return !x.Wake.IsZero() && !x.Wake.After(now) })
	slices.SortStableFunc(list, func(a, b store.Run) int { return a.Wake.Compare(b.Wake) })
	return first(list, limit), nil
}

func (r memRuns) CountStates(context.Context, string) (map[entity.State]int64, error) {
	out := map[entity.State]int64{}
	for _, x := range r.s.runs {
		out[x.State]++
	}
	return out, nil
}

func (r memRuns) CountExecuting(context.Context, string) (int, error) { return 0, nil }

type memAttempts struct{ *memTx }

func attemptKeyOf(uid string, n int) string { return fmt.Sprintf("%s.%d", uid, n) }

func (a memAttempts) Create(_ context.Context, x store.Attempt) error {
	key := attemptKeyOf(x.RunUID, x.Number)
	if _, ok := a.s.attempts[key]; ok {
		return entity.Duplicate("attempt", key)
	}
	a.s.attempts[key] = x
	return nil
}

func (a memAttempts) Get(_ context.Context, uid string, n int) (store.Attempt, error) {
	x, ok := a.s.attempts[attemptKeyOf(uid, n)]
	if !ok {
		return x, entity.NotFound("attempt")
	}
	return x, nil
}

func (a memAttempts) Update(ctx context.Context, uid string, n int, f func(store.Attempt) (store.Attempt, error)) error {
	x, err := a.Get(ctx, uid, n)
	if err != nil {
		return err
	}
	if x, err = f(x); err != nil {
		return err
	}
	a.s.attempts[attemptKeyOf(uid, n)] = x
	return nil
}

func (a memAttempts) PutSamples(_ context.Context, uid string, n int, samples []byte) error {
	a.s.samples[attemptKeyOf(uid, n)] = samples
	return nil
}

func (a memAttempts) Samples(_ context.Context, uid string, n int) ([]byte, error) {
	return a.s.samples[attemptKeyOf(uid, n)], nil
}

func (a memAttempts) pick(match func(store.Attempt) bool) []store.Attempt {
	var out []store.Attempt
	for _, key := range slices.Sorted(maps.Keys(a.s.attempts)) {
		if x := a.s.attempts[key]; match(x) {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(x, y store.Attempt) int { return cmp.Compare(x.Number, y.Number) })
	return out
}

func (a memAttempts) List(_ context.Context, uid string) ([]store.Attempt, error) {
	return a.pick(func(x store.Attempt) bool { return x.RunUID == uid }), nil
}

func (a memAttempts) Uncleared(_ context.Context, engine, host string, limit int) ([]store.Attempt, error) {
	return first(a.pick(func(x store.Attempt) bool { return !x.Cleared && x.Engine == engine && x.Host == host }), limit), nil
}

func (a memAttempts) ByToken(_ context.Context, hash []byte) (store.Attempt, error) {
	list := a.pick(func(x store.Attempt) bool { return len(hash) > 0 && bytes.Equal(x.TokenHash, hash) })
	if len(list) == 0 {
		return store.Attempt{}, entity.NotFound("attempt")
	}
	return list[0], nil
}

type memLogs struct{ *memTx }

func logKeyOf(uid string, attempt int, container string) string {
	return fmt.Sprintf("%s.%d.%s", uid, attempt, container)
}

func (l memLogs) Put(_ context.Context, m store.LogMeta, inline []byte) error {
	key := logKeyOf(m.RunUID, m.Attempt, m.Container)
	l.s.logs[key], l.s.bytes[key] = m, bytes.Clone(inline)
	return nil
}

func (l memLogs) Append(_ context.Context, m store.LogMeta, data []byte) error {
	key := logKeyOf(m.RunUID, m.Attempt, m.Container)
	if int64(len(l.s.bytes[key])) != m.Size-int64(len(data)) {
		return fmt.Errorf("append at %d to a log of %d bytes", m.Size-int64(len(data)), len(l.s.bytes[key]))
	}
	l.s.logs[key] = m
	l.s.bytes[key] = append(bytes.Clone(l.s.bytes[key]), data...)
	return nil
}

func (l memLogs) List(_ context.Context, uid string) ([]store.LogMeta, error) {
	var out []store.LogMeta
	for _, key := range slices.Sorted(maps.Keys(l.s.logs)) {
		if l.s.logs[key].RunUID == uid {
			out = append(out, l.s.logs[key])
		}
	}
	return out, nil
}

func (l memLogs) Read(_ context.Context, uid string, attempt int, container string, offset int64, max int) ([]byte, error) {
	data := l.s.bytes[logKeyOf(uid, attempt, container)]
	offset = min(offset, int64(len(data)))
	return first(data[offset:], max), nil
}

type memMarks struct {
	offset int64
	marks  []byte
}

func (l memLogs) PutMarks(_ context.Context, uid string, attempt int, container string, offset int64, marks []byte) error {
	key := logKeyOf(uid, attempt, container)
	kept := slices.DeleteFunc(slices.Clone(l.s.marks[key]), func(m memMarks) bool { return m.offset >= offset })
	if len(marks) > 0 {
		kept = append(kept, memMarks{offset, bytes.Clone(marks)})
	}
	l.s.marks[key] = kept
	return nil
}

func (l memLogs) Marks(_ context.Context, uid string, attempt int, container string, offset int64) (out [][]byte, err error) {
	for _, m := range l.s.marks[logKeyOf(uid, attempt, container)] {
		if m.offset <= offset {
			out = nil
		}
		out = append(out, m.marks)
	}
	return out, nil
}

func (l memLogs) Delete(_ context.Context, uid string, attempt int, container string) (blob string, err error) {
	key := logKeyOf(uid, attempt, container)
	m, ok := l.s.logs[key]
	if !ok {
		return "", entity.NotFound(entity.Log)
	}
	delete(l.s.logs, key)
	delete(l.s.bytes, key)
	delete(l.s.marks, key)
	return m.Blob, nil
}

func (l memLogs) DeleteAll(_ context.Context, uid string) (blobs []string, err error) {
	for key, m := range l.s.logs {
		if strings.HasPrefix(key, uid+".") {
			if m.Blob != "" {
				blobs = append(blobs, m.Blob)
			}
			delete(l.s.logs, key)
			delete(l.s.bytes, key)
			delete(l.s.marks, key)
		}
	}
	return blobs, nil
}

type memMetrics struct{ *memTx }

func (m memMetrics) Put(_ context.Context, typ, id, name string, value []byte) error {
	m.s.metrics[typ+"/"+id+"/"+name] = value
	return nil
}

func (m memMetrics) All(_ context.Context, typ, id string) (map[string][]byte, error) {
	out := map[string][]byte{}
	for key, value := range m.s.metrics {
		if name, ok := strings.CutPrefix(key, typ+"/"+id+"/"); ok {
			out[name] = value
		}
	}
	return out, nil
}

func (m memMetrics) Last(ctx context.Context, typ string, ids []string) (map[string]map[string][]byte, error) {
	out := map[string]map[string][]byte{}
	for _, id := range ids {
		all, err := m.All(ctx, typ, id)
		if err != nil {
			return nil, err
		}
		for name, value := range all {
			if last, _ := entity.LastNumber(value); last != nil {
				if out[id] == nil {
					out[id] = map[string][]byte{}
				}
				out[id][name] = last
			}
		}
	}
	return out, nil
}

func (m memMetrics) DeleteAll(_ context.Context, typ, id string) error {
	for key := range m.s.metrics {
		if strings.HasPrefix(key, typ+"/"+id+"/") {
			delete(m.s.metrics, key)
		}
	}
	return nil
}

type memLeases struct{ *memTx }

func (l memLeases) Acquire(_ context.Context, name, holder string, ttl time.Duration) (int64, error) {
	x, now := l.s.leases[name], l.m.now()
	if x.holder != holder {
		if x.holder != "" && x.until.After(now) {
			return 0, entity.Errorf(entity.CodeConflict, "lease %s is held by %s", name, x.holder)
		}
		x.fence++
	}
	x.holder, x.until = holder, now.Add(ttl)
	l.s.leases[name] = x
	return x.fence, nil
}

func (l memLeases) Release(_ context.Context, name, holder string) error {
	if x := l.s.leases[name]; x.holder == holder {
		x.holder = ""
		l.s.leases[name] = x
	}
	return nil
}

func (l memLeases) Check(_ context.Context, name string, fence int64) error {
	if x := l.s.leases[name]; x.holder == "" || x.fence != fence {
		return entity.Errorf(entity.CodeConflict, "lease %s is not held under fence %d", name, fence)
	}
	return nil
}
