package sqlstore

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// hot is what filters need of a run.
type hot struct{ num, facet, created, updated int64 }

// candidates are runs among which all that match by id, name, text or label are, if all is set.
type candidates struct {
	runs []hot
	nums []int64 // newest first
	all  bool
}

func (l *runList) candidates() (c candidates, err error) {
	q := l.q
	if q.IDs != nil {
		c.runs, err = l.hotByIDs(q.IDs)
		c.all = true
		return c, err
	}
	text := q.Text
	for _, t := range []string{q.NameLike, q.Name} {
		if t != "" {
			text = t
		}
	}
	if len(q.Labels) > 0 && q.Project != "" {
		err = l.c.rows("SELECT r.num, r.facet, r.created, r.updated FROM labels l JOIN runs r ON r.num = l.num WHERE l.project = $1 AND l.label = $2 AND l.tab = 1 LIMIT $3",
			[]any{q.Project, q.Labels[0], l.limit + 1}, scanHot(&c.runs))
		c.all = int64(len(c.runs)) <= l.limit
		return c, err
	}
	if q.Relation != "" {
		err = l.c.rows("SELECT num FROM relations WHERE hash = $1 AND tab = 1 ORDER BY num DESC LIMIT $2", []any{keyHash(q.Relation), l.limit + 1}, func(scan func(...any) error) error {
			var num int64
			err := scan(&num)
			c.nums = append(c.nums, num)
			return err
		})
		c.all = int64(len(c.nums)) <= l.limit
		return c, err
	}
	if len([]rune(text)) < 3 || strings.ContainsRune(text, 0) {
		return c, nil
	}
	if c.nums, err = l.numsWith(text); err != nil {
		return c, err
	}
	if c.all = int64(len(c.nums)) <= l.limit; c.all || l.f.total > l.smallSet() || !l.onlyText() {
		return c, nil
	}
	// Few runs are wanted and each is counted: knowing some more by the text costs less than looking at them.
	older, err := l.numsBelow(c.nums[len(c.nums)-1], text, 2*l.limit+1)
	if c.all = int64(len(older)) <= 2*l.limit; c.all {
		c.nums = append(c.nums, older...)
	}
	return c, err
}

// hotByNums reads runs one by one.
func (l *runList) hotByNums(nums []int64) (list []hot, err error) {
	for chunk := range slices.Chunk(nums, 512) {
		if err := l.c.rowsOnce("SELECT num, facet, created, updated FROM runs WHERE num IN ("+joinInts(chunk)+")", nil, scanHot(&list)); err != nil {
			return nil, err
		}
	}
	return list, nil
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

// planListed makes the walk of all runs that can match, beside those whose function or workflow contains the text.
func (l *runList) planListed(w *walk, runs []hot) (total int64, exact bool, err error) {
	list, err := l.filter(runs)
	if err != nil {
		return 0, false, err
	}
	slices.SortFunc(list, l.compare)
	w.listed = list
	sum, exact, err := l.planHits(w)
	return sum + int64(len(list)), exact, err
}

// planHits has the walk take the facets whose function or workflow contains the text, and counts them.
func (l *runList) planHits(w *walk) (sum int64, exact bool, err error) {
	if !l.onlyText() || l.f.hitSum == 0 || l.hitsListed {
		return 0, true, nil
	}
	w.facets = l.f.hits
	if l.bounded {
		return l.countBounded(l.f.hits, l.f.hitSum)
	}
	return l.f.hitSum, true, nil
}

// hitsInBlocks tells that the walk would pass by many runs to find those that are hit by their facet, which the
// blocks, whose times of creation are near each other, tell sooner.
func (w *walk) hitsInBlocks() bool { return w.windowed() && !w.given[1] && w.f.hitSum > 0 }

// planText orders some thousand runs that hold the text by the bounds of their blocks.
func (l *runList) planText(w *walk, nums []int64) (total int64, exact bool, err error) {
	l.hitsListed = w.hitsInBlocks()
	groups, err := l.sift(nums)
	if err != nil {
		return 0, false, err
	}
	var doubt []int64
	for _, g := range groups {
		if g.sure {
			total += int64(len(g.nums))
		} else {
			doubt = append(doubt, g.nums...)
		}
	}
	if len(doubt) > 0 {
		runs, err := l.hotByNums(doubt)
		if err != nil {
			return 0, false, err
		}
		list, err := l.filter(runs)
		if err != nil {
			return 0, false, err
		}
		total += int64(len(list))
	}
	if w.listed, _, err = l.foremostOf(groups, w.begin(), w.want+w.skip, l.last()); err != nil {
		return 0, false, err
	}
	sum, exact, err := l.planHits(w)
	return sum + total, exact, err
}

// planNewest is for a text that more runs hold than are counted, of which the newest are known: if the page
// cannot hold any other it is read from them, else the walk looks at each run that is not known.
func (l *runList) planNewest(w *walk, nums []int64) (total int64, exact bool, err error) {
	groups, err := l.sift(nums)
	if err != nil {
		return 0, false, err
	}
	for _, g := range groups {
		if g.sure {
			total += int64(len(g.nums))
		}
	}
	w.knownFrom = nums[len(nums)-1]
	for _, num := range nums {
		w.known.add(num)
	}
	if !l.desc {
		return total, false, nil
	}
	rest := int64(math.MinInt64)
	if err := l.blocks(w.knownFrom/blockRuns, 0, func(b *runBlock) bool {
		if l.column == "updated" {
			rest = max(rest, b.zone.updated[1])
		} else {
			rest = max(rest, b.zone.created[1])
		}
		return true
	}); err != nil {
		return 0, false, err
	}
	list, complete, err := l.foremostOf(groups, w.begin(), w.want+w.skip, rest)
	if err != nil || !complete {
		return total, false, err
	}
	w.byRow, w.facets, w.listed = false, nil, list
	sum, _, err := l.planHits(w)
	return total + sum, false, err
}
