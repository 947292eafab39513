package run

import (
	"sync"

	"dhub/engine"
	"dhub/internal/store"
)

// markEvery is how many bytes of a live log lie between two marks.
const markEvery = 1 << 20

// mark is a place in an engine's log: its cursor and how far each container had come.
type mark struct {
	cursor  engine.Cursor
	offsets map[string]int64
}

// tails remembers places in the logs of running attempts, so that a reader who comes in the middle of a
// long log does not read it from the start.
type tails struct {
	mu    sync.Mutex
	marks map[tailKey][]mark
}

type tailKey struct {
	uid     string
	attempt int
}

func (t *tails) add(a store.Attempt, cursor engine.Cursor, offsets map[string]int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.marks == nil {
		t.marks = map[tailKey][]mark{}
	}
	key := tailKey{a.RunUID, a.Number}
	list := t.marks[key]
	if n := len(list); n > 0 && total(list[n-1].offsets) >= total(offsets) {
		return
	}
	if len(list) >= 256 { // a very long log: keep every other
		kept := list[:0]
		for i, x := range list {
			if i%2 == 1 {
				kept = append(kept, x)
			}
		}
		list = kept
	}
	copied := make(map[string]int64, len(offsets))
	for k, v := range offsets {
		copied[k] = v
	}
	t.marks[key] = append(list, mark{cursor, copied})
}

func total(offsets map[string]int64) (n int64) {
	for _, v := range offsets {
		n += v
	}
	return n
}

// near is the last mark at or before an offset of a container; without one, the start. An empty container
// is the first that the engine names: then only its only one is known.
func (t *tails) near(a store.Attempt, container string, offset int64) mark {
	t.mu.Lock()
	defer t.mu.Unlock()
	best := mark{}
	for _, x := range t.marks[tailKey{a.RunUID, a.Number}] {
		at, ok := x.offsets[container]
		if container == "" && len(x.offsets) == 1 {
			at, ok = total(x.offsets), true
		}
		if ok && at <= offset {
			best = x
		}
	}
	return best
}

func (t *tails) forget(uid string, attempt int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.marks, tailKey{uid, attempt})
}
