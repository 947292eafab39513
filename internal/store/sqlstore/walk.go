package sqlstore

import (
	"container/heap"
	"context"
	"fmt"
	"math"
	"slices"
)

// walk merges the runs of many facets or slices, and a list at hand, in the order of a runList.
type walk struct {
	*runList
	ctx    context.Context
	facets []int64 // whose runs are wanted
	byRow  bool    // each run must be looked at
	known  bitset  // numbers of runs that hold the text, complete from knownFrom on

	knownFrom int64
	listed    []entry // runs that match for sure, in order
	after     entry   // begins behind this one
	started   bool
	skip      int // matching runs to pass over
	want      int

	gaveUp   bool // ended at scanLimit; more may match
	examined int
	out      []entry
	passed   int
}

// begin is the entry that the walk begins behind.
func (w *walk) begin() entry {
	switch {
	case w.started:
		return w.after
	case w.desc:
		return entry{val: math.MaxInt64, num: math.MaxInt64}
	}
	return entry{val: math.MinInt64, num: math.MinInt64}
}

// run returns up to want matching entries.
func (w *walk) run() ([]entry, error) {
	w.after = w.begin()
	listed := w.listed
	if i, found := slices.BinarySearchFunc(listed, w.after, w.compare); found {
		listed = listed[i+1:]
	} else {
		listed = listed[i:]
	}
	if len(w.facets) == 0 {
		listed = listed[min(w.skip, len(listed)):]
		return listed[:min(w.want, len(listed))], nil
	}
	sum, whole := w.f.total, len(w.facets) == len(w.f.ids) && w.f.total == w.f.inside
	if len(w.facets) != len(w.f.ids) {
		sum = w.f.hitSum
	}
	set := w.set()
	if whole && !w.windowed() {
		return w.merge("slice", w.f.slices, nil, listed, 0)
	}
	if list, ok, err := w.nearest(listed, sum); ok || err != nil {
		return list, err
	}
	// Entries to walk through to find what is wanted among the slices, against one seek per facet; a seek
	// costs as much as some four entries, opening a stream forty.
	need := int64(w.want + w.skip)
	through := int64(len(w.f.slices))*40 + need*w.f.inside/max(sum, 1)
	seeks := int64(len(w.facets))*4 + min(int64(len(w.facets)), need)*40
	if w.byRow {
		seeks = int64(len(w.facets)) * 44
	}
	if through < seeks {
		budget := int(2*through + 4000)
		if w.windowed() {
			budget += scanLimit // what was created in the hour after the end
		}
		list, err := w.merge("slice", w.f.slices, func(e entry) bool { return set.has(e.facet) }, listed, budget)
		if err != nil || !w.gaveUp || w.examined >= scanLimit && w.byRow {
			return list, err
		}
		w.gaveUp = false // the matching runs are not spread evenly
	}
	return w.merge("facet", w.facets, nil, listed, 0)
}

// lates are by how much later than created a run is updated to stand in the indexes runs_late and runs_later,
// in microseconds.
var lates = [...]int64{3_600_000_000, 86_400_000_000}

// windowed tells that the order is updated and created has an end: runs are then sought from an hour after
// that end on, and those that took longer by indexes of their own, not from the newest run on.
func (w *walk) windowed() bool {
	return w.column == "updated" && w.desc && w.given[0] && w.oTo < math.MaxInt64-lates[1]
}

// set is the facets the walk wants.
func (w *walk) set() bitset {
	if len(w.facets) != len(w.f.ids) {
		return w.f.hit
	}
	return w.f.set
}

// merge walks the streams of column over ids together with the listed entries. It examines at most limit
// entries (0: scanLimit where rows are looked at, else no bound) and sets gaveUp at the bound.
func (w *walk) merge(column string, ids []int64, accept func(entry) bool, listed []entry, limit int) ([]entry, error) {
	w.out, w.passed, w.examined = nil, 0, 0
	if limit == 0 {
		limit = math.MaxInt
		if w.byRow {
			limit = scanLimit
		}
	}
	batch := w.want + w.skip
	if accept == nil && !w.byRow && !w.otherBounded() && len(ids) > 2*batch {
		var err error
		if ids, err = w.foremost(column, ids, batch); err != nil {
			return nil, err
		}
	}
	s, err := w.open(column, ids, accept, listed)
	if err != nil {
		return nil, err
	}
	var unsure []entry // their rows are still to be looked at
	settle := func() error {
		list, err := w.checkRows(unsure)
		unsure = unsure[:0]
		for _, e := range list {
			w.take(e)
		}
		return err
	}
	for len(s.list) > 0 && len(w.out) < w.want {
		st := s.list[0]
		e := st.buf[0]
		st.buf = st.buf[1:]
		if st.sure || st.ok == nil || st.ok(e) {
			if !w.byRow {
				w.take(e)
			} else if w.knownFrom > 0 && e.num >= w.knownFrom && !w.known.has(e.num) && !w.f.hit.has(e.facet) {
				// it does not hold the text
			} else if unsure = append(unsure, e); len(unsure) >= 64 {
				if err := settle(); err != nil {
					return nil, err
				}
			}
		}
		if w.examined++; w.examined >= limit {
			w.gaveUp = true
			break
		}
		if w.examined%4096 == 0 && w.ctx.Err() != nil {
			return nil, w.ctx.Err()
		}
		if len(st.buf) == 0 {
			if err := w.fill(st); err != nil {
				return nil, err
			}
		}
		if len(st.buf) == 0 {
			heap.Pop(s)
		} else {
			heap.Fix(s, 0)
		}
	}
	if err := settle(); err != nil {
		return nil, err
	}
	w.out = w.out[:min(len(w.out), w.want)]
	if len(w.out) == w.want {
		w.gaveUp = false
	}
	return w.out, nil
}

func (w *walk) take(e entry) {
	if w.passed < w.skip {
		w.passed++
		return
	}
	w.out = append(w.out, e)
}

// foremost keeps the ids whose first entry can be among the first n: one seek each tells.
func (w *walk) foremost(column string, ids []int64, n int) ([]int64, error) {
	type head struct{ id, val int64 }
	var heads []head
	q := fmt.Sprintf("SELECT f.id, COALESCE((SELECT max(r.%[1]s) FROM runs r WHERE r.%[2]s = f.id AND r.%[1]s <= %[3]d AND r.%[1]s >= %[4]d), -1) FROM facets f WHERE f.id IN (",
		w.column, column, min(w.after.val, w.to), w.from)
	if !w.desc {
		q = fmt.Sprintf("SELECT f.id, COALESCE((SELECT min(r.%[1]s) FROM runs r WHERE r.%[2]s = f.id AND r.%[1]s >= %[3]d AND r.%[1]s <= %[4]d), -1) FROM facets f WHERE f.id IN (",
			w.column, column, max(w.after.val, w.from), w.to)
	}
	for chunk := range slices.Chunk(ids, 2000) {
		err := w.c.rowsOnce(q+joinInts(chunk)+")", nil, func(scan func(...any) error) error {
			var h head
			err := scan(&h.id, &h.val)
			if h.val >= 0 {
				heads = append(heads, h)
			}
			if h.val == w.after.val {
				n++ // this may be an entry that the walk is past
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(heads, func(a, b head) int { return w.compare(entry{val: a.val}, entry{val: b.val}) })
	var out []int64
	for i, h := range heads {
		if i >= n && h.val != heads[n-1].val {
			break
		}
		out = append(out, h.id)
	}
	return out, nil
}
