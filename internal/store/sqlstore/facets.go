package sqlstore

import (
	"slices"
	"strings"
	"sync"

	"dhub/internal/store"
)

// A million runs share some ten thousand facets: combinations of project, function, workflow, task, kind,
// user and state, each with a counter that moves in the transaction that moves a run. A filter on any of
// these becomes a set of facets in a moment, its total is the sum of their counters, and its page comes
// from the indexes of its facets (few rows) or of its slices (many rows); see runlist.go.

// mirror keeps the facets in memory. Each list brings it up to date with what changed since, by ver.
type mirror struct {
	mu     sync.Mutex
	ver    int64
	facets map[int64][]mirrored // by project
	place  map[int64]place      // by id
}

type (
	mirrored struct {
		id, slice, function, workflow, task, kind, user, state int32
		n                                                      int64
	}
	place struct{ project, index int64 }
)

func newMirror() *mirror {
	m := &mirror{}
	m.clear()
	return m
}

func (m *mirror) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.clear()
}

// clear forgets everything; the caller holds mu.
func (m *mirror) clear() { m.ver, m.facets, m.place = -1, map[int64][]mirrored{}, map[int64]place{} }

// mirror returns the facets as the transaction sees them, locked until release is called.
func (t *tx) mirror() (m *mirror, release func(), err error) {
	m = t.s.mirror
	if t.w != nil {
		m = newMirror() // what is not committed is nobody else's business
	}
	m.mu.Lock()
	seen, err := t.seen() // after the lock: a list that reads nothing before sees all that the mirror has
	if err != nil {
		m.mu.Unlock()
		return nil, nil, err
	}
	if m.ver > seen { // another list, of a later snapshot, was here since this one began
		m.mu.Unlock()
		m = newMirror()
		m.mu.Lock()
	}
	if err := m.refresh(t); err != nil {
		m.clear() // what it read may be newer than what it did not come to
		m.mu.Unlock()
		return nil, nil, err
	}
	return m, m.mu.Unlock, nil
}

// refresh reads what changed; the caller holds mu.
func (m *mirror) refresh(t *tx) error {
	return t.c.rows("SELECT id, slice, project, function, workflow, task, kind, usr, state, n, ver FROM facets WHERE ver > $1", []any{m.ver},
		func(scan func(...any) error) error {
			var f mirrored
			var project, ver int64
			if err := scan(&f.id, &f.slice, &project, &f.function, &f.workflow, &f.task, &f.kind, &f.user, &f.state, &f.n, &ver); err != nil {
				return err
			}
			if p, ok := m.place[int64(f.id)]; ok {
				m.facets[p.project][p.index] = f
			} else {
				m.place[int64(f.id)] = place{project, int64(len(m.facets[project]))}
				m.facets[project] = append(m.facets[project], f)
			}
			m.ver = max(m.ver, ver)
			return nil
		})
}

// matched is what a query's filters on facets come to.
type matched struct {
	ids    []int64 // facets with runs that match
	set    bitset
	total  int64
	hit    bitset  // those among them whose function or workflow contains the text, so that every run does
	hits   []int64 // the same as a list
	hitSum int64
	slices []int64 // of the facets
	inside int64   // runs of these slices, matching or not
	whole  bool    // every run of the store matches
}

type bitset []uint64

func (b *bitset) add(i int64) {
	for int(i>>6) >= len(*b) {
		*b = append(*b, make([]uint64, max(16, len(*b)))...)
	}
	(*b)[i>>6] |= 1 << (i & 63)
}

// keep drops what other does not have.
func (b bitset) keep(other bitset) {
	for i := range b {
		if i >= len(other) {
			b[i] = 0
		} else {
			b[i] &= other[i]
		}
	}
}

func (b bitset) has(i int64) bool { return int(i>>6) < len(b) && b[i>>6]&(1<<(i&63)) != 0 }

// wanted is a filter on one column of facets.
type wanted struct {
	set bool
	ids bitset // nil: only id
	id  int32
}

func (w *wanted) ok(id int32) bool {
	return !w.set || w.ids == nil && w.id == id || w.ids != nil && w.ids.has(int64(id))
}

// match finds the facets of a query; none is false when no run can match.
func (r runs) match(q store.Query) (f matched, none bool, err error) {
	var project, user, kind, state, function, workflow, task wanted
	for _, x := range []struct {
		dest *wanted
		text string
	}{{&project, q.Project}, {&user, q.User}, {&kind, q.Kind}, {&state, q.State}, {&function, q.Function}, {&workflow, q.Workflow}, {&task, q.Task}} {
		if x.text == "" {
			continue
		}
		id, err := r.findName(x.text)
		if err != nil || id == 0 {
			return f, true, err
		}
		*x.dest = wanted{set: true, id: int32(id)}
	}
	m, release, err := r.mirror()
	if err != nil {
		return f, true, err
	}
	defer release()
	all := int64(0)
	var lists [][]mirrored
	for p, list := range m.facets {
		for i := range list {
			all += list[i].n
		}
		if project.ok(int32(p)) {
			lists = append(lists, list)
		}
	}
	var text bitset
	if q.Text != "" {
		if text, err = r.refsLike(lists, q.Text, true, true, false); err != nil {
			return f, true, err
		}
	}
	if q.States != nil {
		ids := make(bitset, 1)
		for _, s := range q.States {
			id, err := r.findName(s)
			if err != nil {
				return f, true, err
			}
			if id != 0 && state.ok(int32(id)) {
				ids.add(id)
			}
		}
		state = wanted{set: true, ids: ids}
	}
	for _, x := range []struct {
		dest *wanted
		name string
		col  int
	}{{&function, q.FunctionName, 0}, {&workflow, q.WorkflowName, 1}} {
		if x.name == "" {
			continue
		}
		ids, err := r.refsWhere(lists, x.col == 0, x.col == 1, false, func(ref string) bool { return refName(ref) == x.name })
		if err != nil {
			return f, true, err
		}
		if x.dest.set && !ids.has(int64(x.dest.id)) {
			return f, true, nil
		}
		if !x.dest.set {
			*x.dest = wanted{set: true, ids: ids}
		}
	}
	for _, x := range []struct {
		dest *wanted
		like string
		col  int
	}{{&function, q.FunctionLike, 0}, {&workflow, q.WorkflowLike, 1}, {&task, q.TaskLike, 2}} {
		if x.like == "" {
			continue
		}
		ids, err := r.refsLike(lists, x.like, x.col == 0, x.col == 1, x.col == 2)
		if err != nil {
			return f, true, err
		}
		if x.dest.set && x.dest.ids == nil && !ids.has(int64(x.dest.id)) {
			return f, true, nil
		}
		if x.dest.ids != nil {
			x.dest.ids.keep(ids)
		}
		if !x.dest.set {
			*x.dest = wanted{set: true, ids: ids}
		}
	}
	var bySlice bitset
	for _, list := range lists {
		for i := range list {
			c := &list[i]
			if c.n == 0 || !(user.ok(c.user) && kind.ok(c.kind) && state.ok(c.state) && function.ok(c.function) && workflow.ok(c.workflow) && task.ok(c.task)) {
				continue
			}
			f.ids, f.total = append(f.ids, int64(c.id)), f.total+c.n
			f.set.add(int64(c.id))
			if !bySlice.has(int64(c.slice)) {
				bySlice.add(int64(c.slice))
				f.slices = append(f.slices, int64(c.slice))
			}
			if text != nil && (text.has(int64(c.function)) || text.has(int64(c.workflow))) {
				f.hit.add(int64(c.id))
				f.hits, f.hitSum = append(f.hits, int64(c.id)), f.hitSum+c.n
			}
		}
	}
	for _, list := range lists {
		for i := range list {
			if bySlice.has(int64(list[i].slice)) {
				f.inside += list[i].n
			}
		}
	}
	slices.Sort(f.slices)
	f.whole = f.total == all
	return f, len(f.ids) == 0, nil
}

// refsLike finds which names in the chosen columns of the facets contain text without case.
func (r runs) refsLike(lists [][]mirrored, text string, function, workflow, task bool) (found bitset, err error) {
	text = strings.ToLower(text)
	return r.refsWhere(lists, function, workflow, task, func(ref string) bool { return strings.Contains(strings.ToLower(ref), text) })
}

// refName is the name inside the reference of a function or workflow, kind://project/name:id.
func refName(ref string) string {
	_, rest, _ := strings.Cut(ref, "://")
	_, rest, _ = strings.Cut(rest, "/")
	name, _, _ := strings.Cut(rest, ":")
	return name
}

// refsWhere finds which names in the chosen columns of the facets fit.
func (r runs) refsWhere(lists [][]mirrored, function, workflow, task bool, fits func(string) bool) (found bitset, err error) {
	var seen bitset
	found.add(0)
	found[0] = 0
	check := func(id int32) error {
		if id == 0 || seen.has(int64(id)) {
			return nil
		}
		seen.add(int64(id))
		name, err := r.text(int64(id))
		if fits(name) {
			found.add(int64(id))
		}
		return err
	}
	for _, list := range lists {
		for i := range list {
			c := &list[i]
			if function {
				err = check(c.function)
			}
			if workflow && err == nil {
				err = check(c.workflow)
			}
			if task && err == nil {
				err = check(c.task)
			}
			if err != nil {
				return nil, err
			}
		}
	}
	return found, nil
}

// states sums the runs of a project by state, of all projects for "".
func (r runs) states(project string) (map[int64]int64, error) {
	want, err := r.findName(project)
	if err != nil || want == 0 && project != "" {
		return nil, err
	}
	m, release, err := r.mirror()
	if err != nil {
		return nil, err
	}
	defer release()
	sums := map[int64]int64{}
	for p, list := range m.facets {
		if want != 0 && p != want {
			continue
		}
		for i := range list {
			if list[i].n > 0 {
				sums[int64(list[i].state)] += list[i].n
			}
		}
	}
	return sums, nil
}
