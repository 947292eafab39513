package sqlstore

import (
	"container/heap"
	"fmt"
	"math"
)

// stream is the entries of one facet or slice, read in batches.
type stream struct {
	q     string // "": the listed ones
	id    int64
	to    int64 // its own bound
	buf   []entry
	last  entry
	batch int
	done  bool
	sure  bool             // its entries match
	ok    func(entry) bool // else: whether one can match; its row may still tell
}

type streams struct {
	w    *walk
	list []*stream
}

func (s *streams) Len() int           { return len(s.list) }
func (s *streams) Less(i, j int) bool { return s.w.before(s.list[i].buf[0], s.list[j].buf[0]) }
func (s *streams) Swap(i, j int)      { s.list[i], s.list[j] = s.list[j], s.list[i] }
func (s *streams) Push(x any)         { s.list = append(s.list, x.(*stream)) }
func (s *streams) Pop() any {
	last := s.list[len(s.list)-1]
	s.list = s.list[:len(s.list)-1]
	return last
}

// open makes the streams of column over ids, and of late runs where the walk is windowed.
func (w *walk) open(column string, ids []int64, accept func(entry) bool, listed []entry) (*streams, error) {
	s := &streams{w: w}
	if len(listed) > 0 {
		s.list = append(s.list, &stream{buf: listed, done: true, sure: true})
	}
	batch := w.want + w.skip
	first := min(max(batch, 8), 512)
	if len(ids) > 16 {
		first = max(8, min(batch/4, 512))
	}
	ok := accept
	if w.otherBounded() {
		ok = func(e entry) bool { return w.inside(e) && (accept == nil || accept(e)) }
	}
	var all []*stream
	to := w.to
	if w.windowed() {
		to = min(to, w.oTo+lates[0])
		set := w.set()
		for i, least := range lates {
			most, bound := int64(math.MaxInt64), w.to
			if i+1 < len(lates) {
				most = lates[i+1]
				bound = min(bound, w.oTo+most)
			}
			q := w.query("slice", fmt.Sprintf(" AND updated - created > %d", least))
			for _, id := range w.f.slices {
				all = append(all, &stream{q: q, id: id, to: bound, ok: func(e entry) bool {
					return e.val-e.other <= most && set.has(e.facet) && w.inside(e)
				}})
			}
		}
		inner := ok
		ok = func(e entry) bool { return e.val-e.other <= lates[0] && inner(e) }
	}
	for _, id := range ids {
		all = append(all, &stream{q: w.query(column, ""), id: id, to: to, ok: ok})
	}
	for _, st := range all {
		st.last, st.batch, st.sure = w.after, first, st.ok == nil && !w.byRow
		if err := w.fill(st); err != nil {
			return nil, err
		}
		if len(st.buf) > 0 {
			s.list = append(s.list, st)
		}
	}
	heap.Init(s)
	return s, nil
}

// query is the text that reads a batch of a stream.
func (w *walk) query(column, cond string) string {
	other := "0"
	if w.otherBounded() {
		other = w.other
	}
	if w.desc {
		return fmt.Sprintf("SELECT %[1]s, num, facet, %[3]s FROM runs WHERE %[2]s = $1 AND %[1]s <= $2 AND %[1]s >= $3 AND (%[1]s < $2 OR num < $4)%[4]s ORDER BY %[1]s DESC, num DESC LIMIT $5", w.column, column, other, cond)
	}
	return fmt.Sprintf("SELECT %[1]s, num, facet, %[3]s FROM runs WHERE %[2]s = $1 AND %[1]s >= $2 AND %[1]s <= $3 AND (%[1]s > $2 OR num > $4)%[4]s ORDER BY %[1]s, num LIMIT $5", w.column, column, other, cond)
}

// fill reads the next batch of a stream.
func (w *walk) fill(st *stream) error {
	if st.done {
		return nil
	}
	bound, far, num := min(st.last.val, st.to), w.from, st.last.num
	if bound != st.last.val { // the bound itself lies inside
		num = math.MaxInt64
	}
	if !w.desc {
		bound, far = max(st.last.val, w.from), st.to
		if bound != st.last.val {
			num = math.MinInt64
		}
	}
	buf := make([]entry, 0, st.batch)
	err := w.c.rows(st.q, []any{st.id, bound, far, num, st.batch}, func(scan func(...any) error) error {
		var e entry
		err := scan(&e.val, &e.num, &e.facet, &e.other)
		buf = append(buf, e)
		return err
	})
	if err != nil {
		return err
	}
	st.buf, st.done = buf, len(buf) < st.batch
	if len(buf) > 0 {
		st.last = buf[len(buf)-1]
	}
	st.batch = min(st.batch*2, 2048)
	return nil
}
