package sqlstore

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"dhub/entity"
	"dhub/internal/store"
)

// scanLimit is how many entries of an index one list walks through where each run must be looked at.
const scanLimit = 50000

// runList is one list of runs under way.
type runList struct {
	runs
	q      store.Query
	f      matched
	column string // created or updated: the order
	desc   bool
	size   int
	page   int

	from, to int64 // bounds of the order's column, both inside
	other    string
	oFrom    int64 // bounds of the other time
	oTo      int64
	bounded  bool    // any of the four is given
	offset   int     // of the page in lists that SQL sorts
	next     string  // cursor of the page behind
	after    *entry  // the page begins behind it, where a cursor says so
	limit    int64   // how far it counts
	given    [2]bool // bounds of created, of updated

	known      []*runBlock // all blocks, once they were asked for
	hitsListed bool        // runs of facets that are hit as a whole are listed with the others, not left to the walk
}

// fewRuns is how many runs are read one by one without further thought.
func (l *runList) fewRuns() int { return int(l.limit / 200) }

// manyFacets is from how many facets on runs are counted in blocks rather than facet by facet.
func (l *runList) manyFacets() int { return int(l.limit / 33) }

// smallSet is how many runs at most are all looked at rather than not counted.
func (l *runList) smallSet() int64 { return l.limit * 3 / 10 }

// bound returns the bounds of a column.
func (l *runList) bound(column string) [2]int64 {
	if column == l.column {
		return [2]int64{l.from, l.to}
	}
	return [2]int64{l.oFrom, l.oTo}
}

// List implements store.Runs.
func (r runs) List(ctx context.Context, q store.Query, full bool) (p store.Page[store.Run], err error) {
	if q.Sort, err = checkSort(q.Sort, "duration"); err != nil {
		return p, err
	}
	if err := r.settle(); err != nil {
		return p, err
	}
	p.Exact = true
	f, none, err := r.match(q)
	if err != nil || none || q.IDs != nil && len(q.IDs) == 0 {
		return p, err
	}
	l := &runList{runs: r, q: q, f: f, limit: int64(r.s.opts.CountLimit), size: max(q.Size, 1), page: max(q.Page, 0)}
	l.offset = l.page * l.size
	if q.After != "" {
		if err := l.resume(q.After); err != nil {
			return p, err
		}
	}
	var nums []int64
	var total int64
	exact := true
	if field := q.Sort[0].Field; len(q.Sort) == 1 && (field == "created" || field == "updated") {
		l.order(field, q.Sort[0].Desc)
		nums, p.More, total, exact, err = l.byTime(ctx)
	} else {
		nums, p.More, total, exact, err = l.bySQL()
	}
	if err != nil {
		return p, err
	}
	if p.More {
		p.Next = l.next
	}
	p.Items, err = r.byNums(nums, full)
	p.Total, p.Exact = totalOf(total, exact, l.page, l.size, len(nums), p.More)
	return p, err
}

func (l *runList) order(column string, desc bool) {
	q := l.q
	created := [2]int64{micros(q.CreatedFrom), micros(q.CreatedTo)}
	updated := [2]int64{micros(q.UpdatedFrom), micros(q.UpdTo)}
	l.bounded = created != [2]int64{} || updated != [2]int64{}
	l.given = [2]bool{created != [2]int64{}, updated != [2]int64{}}
	for _, b := range []*[2]int64{&created, &updated} {
		if b[1] == 0 {
			b[1] = math.MaxInt64
		}
	}
	l.column, l.desc, l.other = column, desc, "updated"
	// No run is updated before it was created.
	updated[0], created[1] = max(updated[0], created[0]), min(created[1], updated[1])
	l.from, l.to, l.oFrom, l.oTo = created[0], created[1], updated[0], updated[1]
	if column == "updated" {
		l.other = "created"
		l.from, l.to, l.oFrom, l.oTo = updated[0], updated[1], created[0], created[1]
	}
}

// otherBounded tells whether the time that is not the order's was given bounds.
func (l *runList) otherBounded() bool { return l.given[flag(l.column == "created")] }

// entry is a run as the order sees it; other is the time that is not the order's, where that has bounds.
type entry struct{ val, num, facet, other int64 }

// inside tells whether the other time of an entry that the walk read lies within its bounds.
func (l *runList) inside(e entry) bool { return e.other >= l.oFrom && e.other <= l.oTo }

// before tells whether a is listed before b.
func (l *runList) before(a, b entry) bool {
	if a.val != b.val {
		return (a.val < b.val) != l.desc
	}
	return a.num != b.num && (a.num < b.num) != l.desc
}

func (l *runList) compare(a, b entry) int {
	switch {
	case l.before(a, b):
		return -1
	case l.before(b, a):
		return 1
	}
	return 0
}

// byTime lists in the order of created or updated.
func (l *runList) byTime(ctx context.Context) (nums []int64, more bool, total int64, exact bool, err error) {
	w := &walk{runList: l, ctx: ctx, want: l.size + 1}
	key := l.s.memory.key("runs", l.q)
	now := l.s.opts.Now()
	if l.after != nil {
		w.after, w.started = *l.after, true
	} else if l.page > 0 {
		if v, ok := l.s.memory.after(key, l.page, now); ok {
			w.after, w.started = entry{val: v[0].(int64), num: v[1].(int64)}, true
		} else {
			w.skip = l.page * l.size
		}
	}
	if total, exact, err = l.plan(w); err != nil || l.beyond(total, exact) {
		return nil, false, total, exact, err
	}
	list, err := w.run()
	if err != nil {
		return nil, false, 0, false, err
	}
	if more = len(list) > l.size; more {
		list = list[:l.size]
		last := list[l.size-1]
		l.next = cursor('t', last.val, last.num)
		l.s.memory.remember(key, l.page+1, []any{last.val, last.num}, now)
	}
	for _, e := range list {
		nums = append(nums, e.num)
	}
	if w.gaveUp {
		exact = false
	}
	return nums, more, total, exact, nil
}

// beyond tells that the page lies past every run that can match; w.skip may have overflowed then.
func (l *runList) beyond(total int64, exact bool) bool {
	if !exact {
		total = l.f.total
	}
	return int64(l.page) > total/int64(l.size)
}

func joinInts(list []int64) string {
	var b strings.Builder
	for i, n := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(n, 10))
	}
	return b.String()
}

// byNums reads whole runs in the order of nums.
func (r runs) byNums(nums []int64, full bool) ([]store.Run, error) {
	rows := map[int64]*runRow{}
	for chunk := range slices.Chunk(nums, 128) {
		err := r.c.rowsOnce("SELECT "+runCols+" FROM runs WHERE num IN ("+joinInts(chunk)+")", nil, func(scan func(...any) error) error {
			row := &runRow{}
			err := row.scan(scan)
			rows[row.num] = row
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	out := make([]store.Run, 0, len(nums))
	for _, num := range nums {
		row := rows[num]
		if row == nil {
			return nil, entity.Errorf(entity.CodeUnavailable, "the database at %s is damaged: an index names run %d, which is missing; restore a backup", r.s.d.Place, num)
		}
		run, err := r.run(row, full)
		if err != nil {
			return nil, err
		}
		out = append(out, run)
	}
	return out, nil
}
