package sqlstore

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// needsRows tells whether runs must be looked at one by one, beyond facet and times.
func (l *runList) needsRows() bool {
	q := l.q
	return q.IDs != nil || q.Name != "" || q.NameLike != "" || len(q.Labels) > 0 || q.Relation != "" || q.Text != "" && l.f.hitSum < l.f.total
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
	case c.all && c.runs == nil && l.onlyText() && (len(c.nums) > l.fewRuns() || w.hitsInBlocks()):
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

// onlyText tells whether the text, or else the relation, is the only thing that must be looked up by run.
func (l *runList) onlyText() bool {
	return l.q.IDs == nil && l.q.Name == "" && l.q.NameLike == "" && len(l.q.Labels) == 0 && (l.q.Text == "" || l.q.Relation == "")
}

// filter keeps what matches the query; where only the text is looked up, candidates match it already, and
// runs of facets that match as a whole are left to the walk.
func (l *runList) filter(list []hot) (out []entry, err error) {
	onlyText := l.onlyText()
	for _, h := range list {
		if !l.f.set.has(h.facet) || onlyText && !l.hitsListed && l.f.hit.has(h.facet) {
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
			if q.Relation != "" && keep[e.num] {
				var one int
				if keep[e.num], err = l.c.row("SELECT 1 FROM relations WHERE hash = $1 AND tab = 1 AND num = $2", []any{keyHash(q.Relation), e.num}, &one); err != nil {
					return nil, err
				}
			}
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
	} else if len(facets) > l.manyFacets() {
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
