package sqlstore

import (
	"encoding/binary"
	"math"
	"slices"
)

// Text search knows runs by number only. run_blocks has their facets, a thousand to a row, so that some
// thousand runs spread over all of a million are told apart by few reads.

// move says that a run is of a facet now, of none when it was deleted.
type move struct{ num, facet, created int64 }

const (
	blockRuns   = 1000
	blockHeader = 16 // the earliest and latest creation
	blockSize   = blockHeader + 4*blockRuns
)

// block is the facets of the runs from number block*blockRuns on.
type block []byte

func newBlock() block {
	b := make(block, blockSize)
	binary.LittleEndian.PutUint64(b, math.MaxInt64)
	return b
}

func (b block) from() int64 { return int64(binary.LittleEndian.Uint64(b)) }
func (b block) to() int64   { return int64(binary.LittleEndian.Uint64(b[8:])) }

func (b block) facet(num int64) int64 {
	return int64(binary.LittleEndian.Uint32(b[blockHeader+4*(num%blockRuns):]))
}

func (b block) set(m move) {
	binary.LittleEndian.PutUint32(b[blockHeader+4*(m.num%blockRuns):], uint32(m.facet))
	binary.LittleEndian.PutUint64(b, uint64(min(b.from(), m.created)))
	binary.LittleEndian.PutUint64(b[8:], uint64(max(b.to(), m.created)))
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

// sift keeps of runs that hold the text, newest first, those of the wanted facets that were created within
// the bounds; runs of facets that are hit as a whole are left out. inFacets counts them before the bounds.
func (l *runList) sift(nums []int64) (match []int64, inFacets int, err error) {
	created := l.bound("created")
	var doubt []int64 // their blocks lie across a bound
	for len(nums) > 0 {
		// All blocks from the newest needed on, in few reads.
		high := nums[0] / blockRuns
		low := max(nums[len(nums)-1]/blockRuns, high-99)
		blocks := make(map[int64]block, high-low+1)
		if err := l.c.rows("SELECT block, facets FROM run_blocks WHERE block BETWEEN $1 AND $2", []any{low, high}, func(scan func(...any) error) error {
			var id int64
			var b []byte
			err := scan(&id, &b)
			blocks[id] = b
			return err
		}); err != nil {
			return nil, 0, err
		}
		i := 0
		for ; i < len(nums) && nums[i]/blockRuns >= low; i++ {
			b := blocks[nums[i]/blockRuns]
			if len(b) != blockSize {
				continue
			}
			facet := b.facet(nums[i])
			if !l.f.set.has(facet) || l.f.hit.has(facet) {
				continue
			}
			inFacets++
			switch {
			case b.from() >= created[0] && b.to() <= created[1]:
				match = append(match, nums[i])
			case b.to() >= created[0] && b.from() <= created[1]:
				doubt = append(doubt, nums[i])
			}
		}
		nums = nums[i:]
	}
	if len(doubt) > 0 {
		runs, err := l.hotByNums(doubt)
		if err != nil {
			return nil, 0, err
		}
		for _, h := range runs {
			if h.created >= created[0] && h.created <= created[1] {
				match = append(match, h.num)
			}
		}
	}
	return match, inFacets, nil
}
