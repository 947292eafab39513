package sqlstore

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// runBlock is a row of run_blocks; it is never changed in place.
type runBlock struct {
	id     int64
	ver    int64
	zone   zone
	facets block
}

// blockMirror keeps run_blocks in memory, four bytes a run. Each list brings it up to date with what changed
// since, by ver, as with the mirror of the facets.
type blockMirror struct {
	mu   sync.Mutex
	ver  int64
	list []*runBlock // by id; lists under way hold older ones
}

func newBlockMirror() *blockMirror { return &blockMirror{ver: -1} }

func (m *blockMirror) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ver, m.list = -1, nil
}

const blockCols = "block, created_min, created_max, updated_min, updated_max, ver, facets"

func (b *runBlock) scan(scan func(...any) error) error {
	return scan(&b.id, &b.zone.created[0], &b.zone.created[1], &b.zone.updated[0], &b.zone.updated[1], &b.ver, (*[]byte)(&b.facets))
}

// at returns all blocks as the transaction sees them, oldest runs first; the caller changes nothing in them.
func (m *blockMirror) at(t *tx) ([]*runBlock, error) {
	seen, err := t.seen()
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ver > seen { // another list, of a later snapshot, was here since this one began
		return asOf(t, m.list, seen)
	}
	var changed []*runBlock
	ver := m.ver
	err = t.c.rows("SELECT "+blockCols+" FROM run_blocks WHERE ver > $1", []any{m.ver}, func(scan func(...any) error) error {
		b := &runBlock{}
		err := b.scan(scan)
		if err == nil && len(b.facets) == blockSize {
			changed, ver = append(changed, b), max(ver, b.ver)
		}
		return err
	})
	if err != nil || len(changed) == 0 {
		return m.list, err
	}
	list := slices.Clone(m.list)
	slices.SortFunc(changed, compareBlocks)
	for _, b := range changed {
		i, found := slices.BinarySearchFunc(list, b, compareBlocks)
		switch {
		case found:
			list[i] = b
		case i == len(list):
			list = append(list, b)
		default:
			list = slices.Insert(list, i, b)
		}
	}
	m.list, m.ver = list, ver
	return list, nil
}

// asOf returns the blocks of an older snapshot: those that have changed since are read from it.
func asOf(t *tx, list []*runBlock, seen int64) ([]*runBlock, error) {
	old := make([]*runBlock, 0, len(list))
	for _, b := range list {
		if b.ver > seen {
			older := &runBlock{}
			there := false
			err := t.c.rows("SELECT "+blockCols+" FROM run_blocks WHERE block = $1", []any{b.id}, func(scan func(...any) error) error {
				there = true
				return older.scan(scan)
			})
			if err != nil {
				return nil, err
			}
			if b = older; !there {
				continue
			}
		}
		old = append(old, b)
	}
	return old, nil
}

func compareBlocks(a, b *runBlock) int { return cmp.Compare(a.id, b.id) }

// learnBlocks brings the blocks up to date, once in a list.
func (l *runList) learnBlocks() (err error) {
	if l.known != nil {
		return nil
	}
	m := l.s.blocks
	if l.w != nil {
		m = newBlockMirror() // what is not committed is nobody else's business
	}
	l.known, err = m.at(l.tx)
	return err
}

// blocks calls f for the blocks from high down to low that may hold runs within the bounds, until it says no.
func (l *runList) blocks(high, low int64, f func(*runBlock) bool) error {
	if err := l.learnBlocks(); err != nil {
		return err
	}
	list := l.known
	c, u := l.bound("created"), l.bound("updated")
	end, _ := slices.BinarySearchFunc(list, &runBlock{id: min(high, math.MaxInt64-1) + 1}, compareBlocks)
	for _, b := range slices.Backward(list[:end]) {
		z := b.zone
		if b.id < low {
			break
		}
		if z.created[1] < c[0] || z.created[0] > c[1] || z.updated[1] < u[0] || z.updated[0] > u[1] {
			continue
		}
		if !f(b) {
			break
		}
	}
	return nil
}
