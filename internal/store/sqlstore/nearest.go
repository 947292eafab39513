package sqlstore

import (
	"fmt"
	"slices"
)

// Runs of a few hundred facets that lie apart are read by one statement: a seek inside it costs a fraction
// of opening a stream, or of reading past the runs between them. What keeps the statement short is a bound:
// the newest runs are sought among so many that they should hold enough, then among more.

const (
	nearFacets = 400   // facets in one statement at most
	nearRows   = 20000 // runs that one statement may have to sort, by what their index tells
	nearLooked = 1000  // runs that one statement may have to look up
)

// nearest returns the first want entries behind the walk's begin, of the walk's facets and those listed, or
// ok false where streams are the better way.
func (w *walk) nearest(listed []entry, sum int64) (list []entry, ok bool, err error) {
	if !w.desc || w.byRow || len(w.facets) > nearFacets {
		return nil, false, nil
	}
	need := int64(w.want) + int64(w.skip)
	if need > nearRows/4 || need < 0 {
		return nil, false, nil
	}
	if w.windowed() {
		return w.sorted(listed, int(need))
	}
	for _, spread := range []int64{2, 32, 0} {
		low := w.from
		if spread > 0 {
			among := spread * (need + 20) * (w.f.inside/max(sum, 1) + 1)
			if low, err = w.lowOf(among); err != nil {
				return nil, false, err
			}
		} else if sum > nearRows {
			return nil, false, nil
		}
		if list, err = w.between(low, need); err != nil {
			return nil, false, err
		}
		if int64(len(list)) == need || low <= w.from {
			return w.join(list, listed), true, nil
		}
	}
	return nil, false, nil
}

// lowOf returns a time such that about so many runs lie between it and where the walk begins.
func (w *walk) lowOf(among int64) (int64, error) {
	high := min(w.after.val, w.to)
	var block, low int64
	if _, err := w.c.row("SELECT block FROM run_blocks WHERE created_min <= $1 ORDER BY block DESC LIMIT 1", []any{high}, &block); err != nil {
		return 0, err
	}
	if _, err := w.c.row("SELECT created_min FROM run_blocks WHERE block <= $1 ORDER BY block DESC LIMIT 1", []any{block - among/blockRuns - 1}, &low); err != nil {
		return 0, err
	}
	return max(low, w.from), nil
}

// between reads the foremost entries of the walk's facets down to low.
func (w *walk) between(low, n int64) ([]entry, error) {
	other := "0"
	cond := ""
	if w.otherBounded() {
		other, cond = w.other, fmt.Sprintf(" AND +%[1]s >= %[2]d AND +%[1]s <= %[3]d", w.other, w.oFrom, w.oTo)
	}
	return w.entries(fmt.Sprintf("SELECT %[1]s, num, facet, %[2]s FROM runs WHERE facet IN (%[3]s) AND %[1]s <= %[4]d AND %[1]s >= %[5]d AND (%[1]s < %[6]d OR num < %[7]d)%[8]s ORDER BY %[1]s DESC, num DESC LIMIT %[9]d",
		w.column, other, joinInts(w.facets), min(w.after.val, w.to), low, w.after.val, w.after.num, cond, n))
}

// sorted serves the order of updated within bounds of created: it sorts all that the bounds hold, if that
// is not much.
func (w *walk) sorted(listed []entry, need int) ([]entry, bool, error) {
	where := fmt.Sprintf(" FROM runs WHERE facet IN (%s) AND created >= %d AND created <= %d", joinInts(w.facets), w.oFrom, w.oTo)
	var n int64
	if err := w.c.rowsOnce(fmt.Sprintf("SELECT count(*) FROM (SELECT 1 AS one%s LIMIT %d) AS c", where, nearLooked+1), nil, func(scan func(...any) error) error { return scan(&n) }); err != nil || n > nearLooked {
		return nil, false, err
	}
	list, err := w.entries(fmt.Sprintf("SELECT updated, num, facet, created%s AND +updated <= %d AND +updated >= %d AND (+updated < %d OR num < %d) ORDER BY updated DESC, num DESC LIMIT %d",
		where, min(w.after.val, w.to), w.from, w.after.val, w.after.num, need))
	return w.join(list, listed), true, err
}

func (w *walk) entries(q string) (list []entry, err error) {
	err = w.c.rowsOnce(q, nil, func(scan func(...any) error) error {
		var e entry
		err := scan(&e.val, &e.num, &e.facet, &e.other)
		list = append(list, e)
		return err
	})
	return list, err
}

// join merges what was read with what is listed and takes the wanted part.
func (w *walk) join(list, listed []entry) []entry {
	if len(listed) > 0 {
		list = append(list, listed[:min(len(listed), w.want+w.skip)]...)
		slices.SortFunc(list, w.compare)
	}
	list = list[min(w.skip, len(list)):]
	return list[:min(w.want, len(list))]
}
