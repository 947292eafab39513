package sqlstore

import (
	"container/list"
	"crypto/sha256"
	"fmt"
	"sync"
	"time"

	"dhub/internal/store"
)

// memory remembers where pages of lists ended, so that the next page begins there instead of counting
// rows from the first. An entry is forgotten after a while, for rows come and go.
type memory struct {
	mu      sync.Mutex
	entries map[memoryKey]*list.Element
	recent  *list.List
}

type (
	queryKey  [sha256.Size]byte
	memoryKey struct {
		query queryKey
		page  int
	}
	memoryEntry struct {
		key    memoryKey
		values []any
		at     time.Time
	}
)

const (
	maxMemory = 2048
	memoryTTL = 5 * time.Minute
)

func newMemory() *memory {
	return &memory{entries: map[memoryKey]*list.Element{}, recent: list.New()}
}

func (m *memory) key(table string, q store.Query) queryKey {
	q.Page = 0
	return sha256.Sum256(fmt.Appendf(nil, "%s %#v", table, q))
}

func (m *memory) after(key queryKey, page int, now time.Time) ([]any, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	el := m.entries[memoryKey{key, page}]
	if el == nil {
		return nil, false
	}
	e := el.Value.(*memoryEntry)
	if age := now.Sub(e.at); age < 0 || age > memoryTTL {
		m.recent.Remove(el)
		delete(m.entries, e.key)
		return nil, false
	}
	m.recent.MoveToFront(el)
	return e.values, true
}

func (m *memory) remember(key queryKey, page int, values []any, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k := memoryKey{key, page}
	if el := m.entries[k]; el != nil {
		el.Value = &memoryEntry{k, values, now}
		m.recent.MoveToFront(el)
		return
	}
	m.entries[k] = m.recent.PushFront(&memoryEntry{k, values, now})
	if m.recent.Len() > maxMemory {
		last := m.recent.Back()
		m.recent.Remove(last)
		delete(m.entries, last.Value.(*memoryEntry).key)
	}
}
