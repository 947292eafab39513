package sqlstore

import (
	"context"
	"fmt"
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
	limit    int64   // how far it counts
	given    [2]bool // bounds of created, of updated
}

// fewRuns is how many runs are read one by one without further thought.
func (l *runList) fewRuns() int { return int(l.limit / 20) }

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
	if q.Sort, err = checkSort(q.Sort); err != nil {
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
	if l.page > 0 {
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

// needsRows tells whether runs must be looked at one by one, beyond facet and times.
func (l *runList) needsRows() bool {
	q := l.q
	return q.IDs != nil || q.Name != "" || q.NameLike != "" || len(q.Labels) > 0 || q.Text != "" && l.f.hitSum < l.f.total
}

// plan chooses how the walk goes and counts.
func (l *runList) plan(w *walk) (total int64, exact bool, err error) {
	if !l.needsRows() {
		w.facets = l.f.ids
		if !l.bounded {
			return l.f.total, true, nil
		}
		return l.countBounded(l.f.ids, l.f.total)
	}
	c, err := l.candidates()
	if err != nil {
		return 0, false, err
	}
	switch {
	case c.all && c.runs == nil && l.onlyText() && len(c.nums) > l.fewRuns():
		return l.planText(w, c.nums)
	case c.all:
		if c.runs == nil {
			if c.runs, err = l.hotByNums(c.nums); err != nil {
				return 0, false, err
			}
		}
		return l.planListed(w, c.runs)
	}
	w.facets, w.byRow = l.f.ids, true
	if l.f.total <= l.smallSet() {
		list, err := (&walk{runList: l, ctx: w.ctx, facets: l.f.ids, byRow: true, want: int(l.limit)}).run()
		return int64(len(list)), true, err
	}
	if len(c.nums) == 0 || !l.onlyText() {
		return 0, false, nil
	}
	return l.planNewest(w, c.nums)
}

// last is behind every value.
func (l *runList) last() int64 {
	if l.desc {
		return math.MinInt64
	}
	return math.MaxInt64
}

// onlyText tells whether the text is the only thing that must be looked up by run.
func (l *runList) onlyText() bool {
	return l.q.IDs == nil && l.q.Name == "" && l.q.NameLike == "" && len(l.q.Labels) == 0
}

// filter keeps what matches the query; where only the text is looked up, candidates match it already, and
// runs of facets that match as a whole are left to the walk.
func (l *runList) filter(list []hot) (out []entry, err error) {
	onlyText := l.onlyText()
	for _, h := range list {
		if !l.f.set.has(h.facet) || onlyText && l.f.hit.has(h.facet) {
			continue
		}
		e := entry{h.created, h.num, h.facet, h.updated}
		if l.column == "updated" {
			e.val, e.other = e.other, e.val
		}
		if e.val >= l.from && e.val <= l.to && l.inside(e) {
			out = append(out, e)
		}
	}
	if !onlyText {
		return l.checkRows(out)
	}
	return out, nil
}

// checkRows keeps the entries whose run matches in all that only the row itself tells.
func (l *runList) checkRows(list []entry) ([]entry, error) {
	q := l.q
	keep := make(map[int64]bool, len(list))
	text, nameLike := strings.ToLower(q.Text), strings.ToLower(q.NameLike)
	for chunk := range slices.Chunk(list, 64) {
		var in strings.Builder
		byNum := map[int64]entry{}
		for i, e := range chunk {
			if i > 0 {
				in.WriteByte(',')
			}
			in.WriteString(strconv.FormatInt(e.num, 10))
			byNum[e.num] = e
		}
		err := l.c.rowsOnce("SELECT num, id, name FROM runs WHERE num IN ("+in.String()+")", nil, func(scan func(...any) error) error {
			var num int64
			var id, name string
			if err := scan(&num, &id, &name); err != nil {
				return err
			}
			lower := strings.ToLower(name)
			keep[num] = (q.Name == "" || name == q.Name) &&
				(nameLike == "" || strings.Contains(lower, nameLike)) &&
				(q.IDs == nil || slices.Contains(q.IDs, id)) &&
				(text == "" || l.f.hit.has(byNum[num].facet) || strings.Contains(lower, text) || strings.Contains(strings.ToLower(id), text))
			return nil
		})
		if err != nil {
			return nil, err
		}
		for _, e := range chunk {
			for _, label := range q.Labels {
				if keep[e.num] {
					var one int
					if keep[e.num], err = l.c.row("SELECT 1 FROM labels l JOIN runs r ON r.num = l.num WHERE r.num = $1 AND l.num = $1 AND l.tab = 1 AND l.label = $2 AND l.project = $3",
						[]any{e.num, label, l.q.Project}, &one); err != nil {
						return nil, err
					}
				}
			}
		}
	}
	return slices.DeleteFunc(list, func(e entry) bool { return !keep[e.num] }), nil
}

// countBounded counts the runs of facets within the bounds, up to the limit; most says how many there can be.
func (l *runList) countBounded(facets []int64, most int64) (int64, bool, error) {
	column, ids := "facet", facets
	if most == l.f.inside {
		column, ids = "slice", l.f.slices
	} else if len(facets) > 300 {
		set := l.f.set
		if len(facets) != len(l.f.ids) {
			set = l.f.hit
		}
		return l.countInBlocks(set)
	}
	var total int64
	for chunk := range slices.Chunk(ids, 2000) {
		cond := ""
		if l.otherBounded() {
			cond = fmt.Sprintf(" AND %s >= %d AND %s <= %d", l.other, l.oFrom, l.other, l.oTo)
		}
		column2, from, to := l.column, l.from, l.to
		if !l.given[0] || !l.given[1] { // one index tells all
			column2, from, to, cond = "updated", l.bound("updated")[0], l.bound("updated")[1], ""
			if !l.given[1] {
				column2, from, to = "created", l.bound("created")[0], l.bound("created")[1]
			}
		}
		var n int64
		q := fmt.Sprintf("SELECT count(*) FROM (SELECT 1 AS one FROM runs WHERE %s IN (%s) AND %s >= %d AND %s <= %d%s LIMIT %d) AS c",
			column, joinInts(chunk), column2, from, column2, to, cond, l.limit+1-total)
		err := l.c.rowsOnce(q, nil, func(scan func(...any) error) error { return scan(&n) })
		if err != nil {
			return 0, false, err
		}
		if total += n; total > l.limit {
			return total, false, nil
		}
	}
	return total, true, nil
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
