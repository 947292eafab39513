package sqlstore

import (
	"encoding/binary"
	"math"
	"slices"
)

// Text search knows runs by number only. run_blocks has their facets, a thousand to a row, and the bounds of
// their times, so that some thousand runs spread over a million are told apart and ordered by few reads; blockmirror.go keeps it in memory.
// It also counts the runs of many facets within bounds of time.

// move says that a run is of a facet now, of none when it was deleted.
type move struct{ num, facet, created, updated int64 }

const (
	blockRuns = 1000
	blockSize = 4 * blockRuns
)

// block is the facets of the runs from number block*blockRuns on, four bytes each.
type block []byte

func (b block) facet(num int64) int64 {
	return int64(binary.LittleEndian.Uint32(b[4*(num%blockRuns):]))
}

// zone is the bounds of created and of updated in a block; runs may have left them, none lies outside.
type zone struct{ created, updated [2]int64 }

func (z *zone) add(m move) {
	z.created = [2]int64{min(z.created[0], m.created), max(z.created[1], m.created)}
	z.updated = [2]int64{min(z.updated[0], m.updated), max(z.updated[1], m.updated)}
}

func (w *batch) flushMoves(list []move) error {
	slices.SortStableFunc(list, func(a, b move) int { return int(a.num/blockRuns - b.num/blockRuns) })
	for len(list) > 0 {
		id := list[0].num / blockRuns
		n := slices.IndexFunc(list, func(m move) bool { return m.num/blockRuns != id })
		if n < 0 {
			n = len(list)
		}
		z := zone{[2]int64{math.MaxInt64, 0}, [2]int64{math.MaxInt64, 0}}
		var b []byte
		if _, err := w.c.row("SELECT created_min, created_max, updated_min, updated_max, facets FROM run_blocks WHERE block = $1", []any{id},
			&z.created[0], &z.created[1], &z.updated[0], &z.updated[1], &b); err != nil {
			return err
		}
		if len(b) != blockSize {
			b = make([]byte, blockSize)
		}
		for _, m := range list[:n] {
			binary.LittleEndian.PutUint32(b[4*(m.num%blockRuns):], uint32(m.facet))
			z.add(m)
		}
		if _, err := w.c.exec(`INSERT INTO run_blocks (block, created_min, created_max, updated_min, updated_max, facets, ver) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (block) DO UPDATE SET created_min = excluded.created_min, created_max = excluded.created_max,
				updated_min = excluded.updated_min, updated_max = excluded.updated_max, facets = excluded.facets, ver = excluded.ver`,
			id, z.created[0], z.created[1], z.updated[0], z.updated[1], b, w.head.seq); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

// group is runs of one block that match but for what only their rows tell.
type group struct {
	zone zone
	nums []int64
	sure bool // all lie within the bounds of time
}

// insideZone tells whether a zone holds only runs within the bounds.
func (l *runList) insideZone(z zone) bool {
	c, u := l.bound("created"), l.bound("updated")
	return z.created[0] >= c[0] && z.created[1] <= c[1] && z.updated[0] >= u[0] && z.updated[1] <= u[1]
}

// sift keeps of runs that hold the text, newest first, those of the wanted facets whose block may hold runs
// within the bounds. Runs of facets that are hit as a whole are left out, or else all added where hitsListed is set.
func (l *runList) sift(nums []int64) (groups []group, err error) {
	if len(nums) == 0 && !l.hitsListed {
		return nil, nil
	}
	high, low := int64(math.MaxInt64), int64(0)
	if !l.hitsListed {
		high, low = nums[0]/blockRuns, nums[len(nums)-1]/blockRuns
	}
	all := l.f.whole && l.f.hitSum == 0
	err = l.blocks(high, low, func(b *runBlock) bool {
		for len(nums) > 0 && nums[0]/blockRuns > b.id {
			nums = nums[1:]
		}
		n := 0
		for n < len(nums) && nums[n]/blockRuns == b.id {
			n++
		}
		g := group{zone: b.zone, sure: l.insideZone(b.zone)}
		if all {
			g.nums = nums[:n]
		} else {
			g.nums = l.siftBlock(b, nums[:n])
		}
		if len(g.nums) > 0 {
			groups = append(groups, g)
		}
		nums = nums[n:]
		return true
	})
	return groups, err
}

func (l *runList) siftBlock(b *runBlock, nums []int64) (kept []int64) {
	for _, num := range nums {
		if f := b.facets.facet(num); l.f.set.has(f) && !l.f.hit.has(f) {
			kept = append(kept, num)
		}
	}
	if l.hitsListed {
		for num := b.id * blockRuns; num < (b.id+1)*blockRuns; num++ {
			if f := b.facets.facet(num); f != 0 && l.f.hit.has(f) {
				kept = append(kept, num)
			}
		}
	}
	return kept
}

// foremostOf reads runs of groups, those of the most promising blocks first, until the first n behind after
// are known. rest bounds the value of runs that are in no group. It says whether the list is all of the first n.
func (l *runList) foremostOf(groups []group, after entry, n int, rest int64) (list []entry, complete bool, err error) {
	edge := func(z zone) int64 { // the foremost value a block can hold
		times := z.created
		if l.column == "updated" {
			times = z.updated
		}
		return times[flag(l.desc)]
	}
	groups = slices.Clone(groups)
	slices.SortFunc(groups, func(a, b group) int { return l.compare(entry{val: edge(a.zone)}, entry{val: edge(b.zone)}) })
	trim := func() {
		slices.SortFunc(list, l.compare)
		list = list[:min(len(list), n)]
	}
	// worse tells that nothing at v or behind it can be among the first n.
	worse := func(v int64) bool {
		return len(list) >= n && l.before(list[n-1], entry{val: v, num: list[n-1].num}) && v != list[n-1].val
	}
	for i := 0; i < len(groups); {
		if worse(edge(groups[i].zone)) {
			break
		}
		var nums []int64
		for ; i < len(groups) && len(nums) < max(n, 32); i++ {
			nums = append(nums, groups[i].nums...)
		}
		runs, err := l.hotByNums(nums)
		if err != nil {
			return nil, false, err
		}
		found, err := l.filter(runs)
		if err != nil {
			return nil, false, err
		}
		for _, e := range found {
			if l.before(after, e) {
				list = append(list, e)
			}
		}
		trim()
	}
	trim()
	return list, worse(rest), nil
}

// countInBlocks counts the runs of the facets within the bounds, up to the limit.
func (l *runList) countInBlocks(set bitset) (total int64, exact bool, err error) {
	var doubt []int64
	exact = true
	err = l.blocks(math.MaxInt64, 0, func(b *runBlock) bool {
		if !l.insideZone(b.zone) {
			doubt = append(doubt, b.id)
			return true
		}
		for rest := b.facets; len(rest) > 0; rest = rest[4:] {
			if f := int64(binary.LittleEndian.Uint32(rest)); f != 0 && set.has(f) {
				total++
			}
		}
		exact = total <= l.limit
		return exact
	})
	c, u := l.bound("created"), l.bound("updated")
	for i := 0; err == nil && exact && i < len(doubt); i++ {
		err = l.c.rows("SELECT facet, count(*) FROM runs WHERE num >= $1 AND num < $2 AND created >= $3 AND created <= $4 AND updated >= $5 AND updated <= $6 GROUP BY facet",
			[]any{doubt[i] * blockRuns, (doubt[i] + 1) * blockRuns, c[0], c[1], u[0], u[1]}, func(scan func(...any) error) error {
				var facet, n int64
				err := scan(&facet, &n)
				if set.has(facet) {
					total += n
				}
				return err
			})
		exact = total <= l.limit
	}
	return total, exact, err
}
