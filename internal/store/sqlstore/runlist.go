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

// Bounds of what a list examines before it takes another way or gives a floor instead of a total.
const (
	smallSet  = 3000  // runs that are cheaper read one by one than found by an index
	scanLimit = 50000 // entries of an index one list walks through
)

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
	bounded  bool // any of the four is given
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
	l := &runList{runs: r, q: q, f: f, size: max(q.Size, 1), page: max(q.Page, 0)}
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
	for _, b := range []*[2]int64{&created, &updated} {
		if b[1] == 0 {
			b[1] = math.MaxInt64
		}
	}
	l.column, l.desc, l.other = column, desc, "updated"
	l.from, l.to, l.oFrom, l.oTo = created[0], created[1], updated[0], updated[1]
	if column == "updated" {
		l.other = "created"
		l.from, l.to, l.oFrom, l.oTo = updated[0], updated[1], created[0], created[1]
	}
}

// otherBounded tells whether the time that is not the order's has bounds.
func (l *runList) otherBounded() bool { return l.oFrom != 0 || l.oTo != math.MaxInt64 }

// entry is a run as the order sees it.
type entry struct{ val, num, facet int64 }

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
	listed, found, complete, err := l.candidates()
	if err != nil {
		return 0, false, err
	}
	if complete {
		// All that can match is at hand, beside the runs whose function or workflow contains the text.
		list, err := l.filter(listed)
		if err != nil {
			return 0, false, err
		}
		slices.SortFunc(list, l.compare)
		w.listed, total, exact = list, int64(len(list)), true
		if l.onlyText() && l.f.hitSum > 0 {
			w.facets = l.f.hits
			sum := l.f.hitSum
			if l.bounded {
				if sum, exact, err = l.countBounded(l.f.hits, sum); err != nil {
					return 0, false, err
				}
			}
			total += sum
		}
		return total, exact, nil
	}
	if l.f.total <= smallSet {
		w.facets, w.byRow = l.f.ids, true
		list, err := (&walk{runList: l, ctx: w.ctx, facets: l.f.ids, byRow: true, want: smallSet}).run()
		return int64(len(list)), true, err
	}
	w.facets, w.byRow = l.f.ids, true
	if found == nil {
		return 0, false, nil
	}
	// More match the text than are counted: of the newest, those in the right facets make a floor.
	if l.f.whole && l.onlyText() && !l.bounded {
		return int64(len(found)), false, nil
	}
	return 0, false, nil
}

// onlyText tells whether the text is the only thing that must be looked up by run.
func (l *runList) onlyText() bool {
	return l.q.IDs == nil && l.q.Name == "" && l.q.NameLike == "" && len(l.q.Labels) == 0
}

// hot is what the index of runs knows of a run.
type hot struct{ num, facet, created, updated int64 }

// candidates lists runs among which all that match by id, name, text or label are, if they are few enough.
func (l *runList) candidates() (list []hot, found []int64, complete bool, err error) {
	q := l.q
	if q.IDs != nil {
		list, err = l.hotByIDs(q.IDs)
		return list, nil, err == nil, err
	}
	text := q.Text
	for _, t := range []string{q.NameLike, q.Name} {
		if t != "" {
			text = t
		}
	}
	if len(q.Labels) > 0 && q.Project != "" {
		err = l.c.rows("SELECT r.num, r.facet, r.created, r.updated FROM labels l JOIN runs r ON r.num = l.num WHERE l.project = $1 AND l.label = $2 AND l.tab = 1 LIMIT $3",
			[]any{q.Project, q.Labels[0], countLimit + 1}, scanHot(&list))
		return list, nil, len(list) <= countLimit, err
	}
	if len([]rune(text)) < 3 || strings.ContainsRune(text, 0) {
		return nil, nil, false, nil
	}
	pattern := l.s.d.TextPattern(text)
	var joined string
	if _, err = l.c.row(l.s.d.TextNums, []any{pattern, countLimit + 1}, &joined); err != nil {
		return nil, nil, false, err
	}
	if found = parseInts(joined); len(found) > countLimit {
		return nil, found, false, nil
	}
	if len(found) == 0 {
		return nil, found, true, nil
	}
	err = l.c.rows(l.s.d.TextHot, []any{pattern, countLimit}, scanHot(&list))
	return list, found, true, err
}

func scanHot(list *[]hot) func(func(...any) error) error {
	return func(scan func(...any) error) error {
		var h hot
		err := scan(&h.num, &h.facet, &h.created, &h.updated)
		*list = append(*list, h)
		return err
	}
}

func (l *runList) hotByIDs(ids []string) (list []hot, err error) {
	for _, id := range ids {
		err := l.c.rows("SELECT num, facet, created, updated FROM runs WHERE id = $1", []any{id}, scanHot(&list))
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(list, func(a, b hot) int { return int(a.num - b.num) })
	return slices.Compact(list), nil
}

func parseInts(joined string) []int64 {
	if joined == "" {
		return []int64{}
	}
	out := make([]int64, 0, strings.Count(joined, ",")+1)
	for part := range strings.SplitSeq(joined, ",") {
		n, err := strconv.ParseInt(part, 10, 64)
		if err == nil {
			out = append(out, n)
		}
	}
	return out
}

// filter keeps what matches the query; where only the text is looked up, candidates match it already, and
// runs of facets that match as a whole are left to the walk.
func (l *runList) filter(list []hot) (out []entry, err error) {
	onlyText := l.onlyText()
	for _, h := range list {
		if !l.f.set.has(h.facet) || onlyText && l.f.hit.has(h.facet) {
			continue
		}
		e, other := entry{h.created, h.num, h.facet}, h.updated
		if l.column == "updated" {
			e.val, other = other, e.val
		}
		if e.val >= l.from && e.val <= l.to && other >= l.oFrom && other <= l.oTo {
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
		err := l.c.rowsOnce("SELECT num, id, name, "+l.other+" FROM runs WHERE num IN ("+in.String()+")", nil, func(scan func(...any) error) error {
			var num, other int64
			var id, name string
			if err := scan(&num, &id, &name, &other); err != nil {
				return err
			}
			lower := strings.ToLower(name)
			keep[num] = other >= l.oFrom && other <= l.oTo &&
				(q.Name == "" || name == q.Name) &&
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
	}
	var total int64
	for chunk := range slices.Chunk(ids, 2000) {
		cond := ""
		if l.otherBounded() {
			cond = fmt.Sprintf(" AND %s >= %d AND %s <= %d", l.other, l.oFrom, l.other, l.oTo)
		}
		column2, from, to := l.column, l.from, l.to
		if l.from == 0 && l.to == math.MaxInt64 {
			column2, from, to, cond = l.other, l.oFrom, l.oTo, ""
		}
		var n int64
		q := fmt.Sprintf("SELECT count(*) FROM (SELECT 1 AS one FROM runs WHERE %s IN (%s) AND %s >= %d AND %s <= %d%s LIMIT %d) AS c",
			column, joinInts(chunk), column2, from, column2, to, cond, countLimit+1-total)
		err := l.c.rowsOnce(q, nil, func(scan func(...any) error) error { return scan(&n) })
		if err != nil {
			return 0, false, err
		}
		if total += n; total > countLimit {
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

// bySQL lists in any other order: it sorts all that matches, so it is for small lists.
func (l *runList) bySQL() (nums []int64, more bool, total int64, exact bool, err error) {
	l.order("created", true)
	w := &walk{runList: l, ctx: context.Background(), want: 1}
	if total, exact, err = l.plan(w); err != nil {
		return nil, false, 0, false, err
	}
	if l.beyond(total, exact) {
		return nil, false, total, exact, nil
	}
	cond := &where{}
	for _, b := range []struct {
		column   string
		from, to int64
	}{{"r.created", l.from, l.to}, {"r.updated", l.oFrom, l.oTo}} {
		if b.from != 0 {
			cond.add(b.column+" >= ?", b.from)
		}
		if b.to != math.MaxInt64 {
			cond.add(b.column+" <= ?", b.to)
		}
	}
	if !l.f.whole {
		cond.conds = append(cond.conds, "r.facet IN ("+joinInts(l.f.ids)+")")
	}
	if l.needsRows() {
		if l.q.Text != "" {
			or := ""
			if len(l.f.hits) > 0 {
				or = " OR r.facet IN (" + joinInts(l.f.hits) + ")"
			}
			cond.add(`(lower(r.id) LIKE ? ESCAPE '\' OR lower(r.name) LIKE ? ESCAPE '\'`+or+")", Like(l.q.Text), Like(l.q.Text))
		}
		cond.equal("r.name", l.q.Name)
		cond.like("r.name", l.q.NameLike)
		for _, label := range l.q.Labels {
			cond.add("EXISTS (SELECT 1 FROM labels l WHERE l.project = ? AND l.label = ? AND l.tab = 1 AND l.num = r.num)", l.q.Project, label)
		}
		if l.q.IDs != nil {
			listed, err := l.hotByIDs(l.q.IDs)
			if err != nil {
				return nil, false, 0, false, err
			}
			in := []int64{0}
			for _, h := range listed {
				in = append(in, h.num)
			}
			cond.conds = append(cond.conds, "r.num IN ("+joinInts(in)+")")
		}
	}
	joins, orders := "", []string(nil)
	for i, s := range l.q.Sort {
		column := "r." + sortColumns[s.Field]
		switch s.Field {
		case "project", "kind", "function", "workflow", "task", "state", "createdBy":
			joins += fmt.Sprintf(" JOIN facets f%d ON f%d.id = r.facet LEFT JOIN names n%d ON n%d.id = f%d.%s", i, i, i, i, i, sortColumns[s.Field])
			column = fmt.Sprintf("COALESCE(n%d.text, '')", i)
		case "updatedBy":
			joins += fmt.Sprintf(" LEFT JOIN names n%d ON n%d.id = r.updated_by", i, i)
			column = fmt.Sprintf("COALESCE(n%d.text, '')", i)
		case "embedded":
			continue // runs are never embedded
		}
		orders = append(orders, column+map[bool]string{true: " DESC"}[s.Desc])
	}
	orders = append(orders, "r.num"+map[bool]string{true: " DESC"}[numDesc(l.q.Sort)])
	q := fmt.Sprintf("SELECT r.num FROM runs r%s%s ORDER BY %s LIMIT %d OFFSET %d", joins, cond, strings.Join(orders, ", "), l.size+1, l.page*l.size)
	err = l.c.rowsOnce(q, cond.args, func(scan func(...any) error) error {
		var num int64
		err := scan(&num)
		nums = append(nums, num)
		return err
	})
	if more = len(nums) > l.size; more {
		nums = nums[:l.size]
	}
	return nums, more, total, exact, err
}
