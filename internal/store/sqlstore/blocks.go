package sqlstore

import (
	"encoding/binary"
	"math"
	"slices"
)

// Text search knows runs by number only. run_blocks has their facets, a thousand to a row, and the bounds of
// their times, so that some thousand runs spread over a million are told apart and ordered by few reads.
// It also counts the runs of many facets within bounds of time.

// move says that a run is of a facet now, of none when it was deleted.
type move struct{ num, facet, created, updated int64 }

const (
	blockRuns   = 1000
	blockHeader = 32 // the least and greatest created, the least and greatest updated
	blockSize   = blockHeader + 4*blockRuns
)

// block is the facets of the runs from number block*blockRuns on.
type block []byte

func newBlock() block {
	b := make(block, blockSize)
	for _, at := range []int{0, 16} {
		binary.LittleEndian.PutUint64(b[at:], math.MaxInt64)
	}
	return b
}

// zone is the bounds of created and of updated in a block; runs may have left them, none lies outside.
type zone struct{ created, updated [2]int64 }

func (b block) zone() zone {
	at := func(i int) int64 { return int64(binary.LittleEndian.Uint64(b[i:])) }
	return zone{[2]int64{at(0), at(8)}, [2]int64{at(16), at(24)}}
}

func (b block) facet(num int64) int64 {
	return int64(binary.LittleEndian.Uint32(b[blockHeader+4*(num%blockRuns):]))
}

func (b block) set(m move) {
	binary.LittleEndian.PutUint32(b[blockHeader+4*(m.num%blockRuns):], uint32(m.facet))
	z := b.zone()
	for i, v := range []int64{min(z.created[0], m.created), max(z.created[1], m.created), min(z.updated[0], m.updated), max(z.updated[1], m.updated)} {
		binary.LittleEndian.PutUint64(b[8*i:], uint64(v))
	}
}

func (w *batch) flushMoves(list []move) error {
	slices.SortStableFunc(list, func(a, b move) int { return int(a.num/blockRuns - b.num/blockRuns) })
	for len(list) > 0 {
		id := list[0].num / blockRuns
		n := slices.IndexFunc(list, func(m move) bool { return m.num/blockRuns != id })
		if n < 0 {
			n = len(list)
		}
		var b []byte
		if _, err := w.c.row("SELECT facets FROM run_blocks WHERE block = $1", []any{id}, &b); err != nil {
			return err
		}
		if len(b) != blockSize {
			b = newBlock()
		}
		for _, m := range list[:n] {
			block(b).set(m)
		}
		if _, err := w.c.exec("INSERT INTO run_blocks (block, facets) VALUES ($1, $2) ON CONFLICT (block) DO UPDATE SET facets = excluded.facets", id, b); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

// blocks calls f for the blocks from high down to low, until it says no.
func (l *runList) blocks(high, low int64, f func(id int64, b block) bool) error {
	return l.c.rows("SELECT block, facets FROM run_blocks WHERE block <= $1 AND block >= $2 ORDER BY block DESC", []any{high, low}, func(scan func(...any) error) error {
		var id int64
		var b []byte
		if err := scan(&id, &b); err != nil {
			return err
		}
		if len(b) == blockSize && !f(id, b) {
			return errEnough
		}
		return nil
	})
}

// group is runs of one block that match but for what only their rows tell.
type group struct {
	zone zone
	nums []int64
	sure bool // all lie within the bounds of time
}

// overlap tells whether a zone may hold runs within the bounds, and whether only such.
func (l *runList) overlap(z zone) (some, all bool) {
	c, u := l.bound("created"), l.bound("updated")
	some = z.created[0] <= c[1] && z.created[1] >= c[0] && z.updated[0] <= u[1] && z.updated[1] >= u[0]
	all = z.created[0] >= c[0] && z.created[1] <= c[1] && z.updated[0] >= u[0] && z.updated[1] <= u[1]
	return some, all
}

// sift keeps of runs that hold the text, newest first, those of the wanted facets whose block overlaps the
// bounds; runs of facets that are hit as a whole are left out.
func (l *runList) sift(nums []int64) (groups []group, err error) {
	if len(nums) == 0 {
		return nil, nil
	}
	err = l.blocks(nums[0]/blockRuns, nums[len(nums)-1]/blockRuns, func(id int64, b block) bool {
		for len(nums) > 0 && nums[0]/blockRuns > id {
			nums = nums[1:]
		}
		n := 0
		for n < len(nums) && nums[n]/blockRuns == id {
			n++
		}
		g := group{zone: b.zone()}
		some, all := l.overlap(g.zone)
		for _, num := range nums[:n] {
			if f := b.facet(num); some && l.f.set.has(f) && !l.f.hit.has(f) {
				g.nums = append(g.nums, num)
			}
		}
		g.sure = all
		if len(g.nums) > 0 {
			groups = append(groups, g)
		}
		nums = nums[n:]
		return true
	})
	return groups, err
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
	var doubt [][2]int64
	exact = true
	err = l.blocks(math.MaxInt64, 0, func(id int64, b block) bool {
		some, all := l.overlap(b.zone())
		switch {
		case all:
			for i := blockHeader; i < blockSize; i += 4 {
				if f := int64(binary.LittleEndian.Uint32(b[i:])); f != 0 && set.has(f) {
					total++
				}
			}
		case some:
			doubt = append(doubt, [2]int64{id * blockRuns, (id + 1) * blockRuns})
		}
		exact = total <= l.limit
		return exact
	})
	c, u := l.bound("created"), l.bound("updated")
	for i := 0; err == nil && exact && i < len(doubt); i++ {
		var list []hot
		err = l.c.rows("SELECT num, facet, created, updated FROM runs WHERE num >= $1 AND num < $2", []any{doubt[i][0], doubt[i][1]}, scanHot(&list))
		for _, h := range list {
			if set.has(h.facet) && h.created >= c[0] && h.created <= c[1] && h.updated >= u[0] && h.updated <= u[1] {
				total++
			}
		}
		exact = total <= l.limit
	}
	return total, exact, err
}
