package sqlstore

import (
	"slices"
	"sync"

	"dhub/internal/store"
)

// tailLength is how many changes are remembered at least, and half of how many at most: fewer than trim
// keeps, so that none of them is ever gone from the table.
const tailLength = 256

// tail holds the newest committed changes, so that those who follow the feed do not read each commit again
// from the database. It is used where no other process writes.
type tail struct {
	mu      sync.Mutex
	changes []store.Change // by Seq, without a gap
}

// add appends what was committed.
func (t *tail) add(list []store.Change) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, c := range list {
		if n := len(t.changes); n > 0 && t.changes[n-1].Seq+1 != c.Seq {
			t.changes = nil
		}
		c.At = fromMicros(micros(c.At)) // as it is read from the table
		t.changes = append(t.changes, c)
	}
	if len(t.changes) > 2*tailLength {
		t.changes = slices.Clone(t.changes[len(t.changes)-tailLength:])
	}
}

func (t *tail) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.changes = nil
}

// after returns at most max changes behind a position; known is false when the table has to tell.
func (t *tail) after(seq int64, max int) (out []store.Change, known bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := len(t.changes)
	if n == 0 || seq+1 < t.changes[0].Seq || seq > t.changes[n-1].Seq || max < 0 {
		return nil, false
	}
	rest := t.changes[seq+1-t.changes[0].Seq:]
	return slices.Clone(rest[:min(max, len(rest))]), true
}
