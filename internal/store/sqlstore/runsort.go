package sqlstore

import (
	"context"
	"fmt"
	"math"
	"strings"

	"dhub/entity"
)

// mostSorted is how many runs at most are ordered by more than one field: no index has such an order, so that each page
// looks at all that match, and compares them by names that stand elsewhere.
func (l *runList) mostSorted() int64 { return l.limit * 20 }

// sortable refuses an order by several fields where too many runs match. total may be a floor; how many there are of
// the kinds, states and functions that match is known then.
func (l *runList) sortable(total int64, exact bool) error {
	if !exact {
		total = l.f.total
	}
	if len(l.q.Sort) < 2 || total <= l.mostSorted() {
		return nil
	}
	first, second := l.q.Sort[0].Field, l.q.Sort[1].Field
	return entity.Invalid("sort", "range", "The query parameter sort names %q after %q: runs are sorted by more than one field where at most %d match, and up to %d do. Filter by function, state or user, or sort by %s alone.", second, first, l.mostSorted(), total, first)
}

// bySQL lists in any other order: it sorts all that matches, so it is for small lists.
func (l *runList) bySQL() (nums []int64, more bool, total int64, exact bool, err error) {
	l.order("created", true)
	w := &walk{runList: l, ctx: context.Background(), want: 1}
	if total, exact, err = l.plan(w); err != nil {
		return nil, false, 0, false, err
	}
	if err := l.sortable(total, exact); err != nil {
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
		if l.q.Relation != "" {
			cond.add("EXISTS (SELECT 1 FROM relations x WHERE x.hash = ? AND x.tab = 1 AND x.num = r.num)", keyHash(l.q.Relation))
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
		case "duration": // of a run that has not ended, up to now
			column = fmt.Sprintf("CASE WHEN r.finished > 0 THEN r.finished - r.created ELSE %d - r.created END", micros(l.s.opts.Now()))
		case "embedded":
			continue // runs are never embedded
		}
		orders = append(orders, column+map[bool]string{true: " DESC"}[s.Desc])
	}
	orders = append(orders, "r.num"+map[bool]string{true: " DESC"}[numDesc(l.q.Sort)])
	q := fmt.Sprintf("SELECT r.num FROM runs r%s%s ORDER BY %s LIMIT %d OFFSET %d", joins, cond, strings.Join(orders, ", "), l.size+1, l.offset)
	err = l.c.rowsOnce(q, cond.args, func(scan func(...any) error) error {
		var num int64
		err := scan(&num)
		nums = append(nums, num)
		return err
	})
	if more = len(nums) > l.size; more {
		nums = nums[:l.size]
		l.next = cursor('o', int64(l.offset+l.size), 0)
	}
	return nums, more, total, exact, err
}
