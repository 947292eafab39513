package run

import "sync"

// partsKey is what a request says of the parts of its run.
type partsKey struct{ project, kind, task, ref string }

// partsCache remembers the parts of recent runs as long as no function, workflow or task changes
// (store.Store.Stamp), so that a thousand runs of one task load it once. What it holds is shared: nobody
// changes the documents of parts.
type partsCache struct {
	mu    sync.Mutex
	stamp int64
	known map[partsKey]parts
	bytes int
}

// A full cache starts anew. Parts above the size of one are not kept.
const (
	partsBytes = 4 << 20
	partsEach  = 256 << 10
)

func (c *partsCache) get(stamp int64, key partsKey) (parts, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if stamp != c.stamp {
		return parts{}, false
	}
	p, ok := c.known[key]
	return p, ok
}

func (c *partsCache) put(stamp int64, key partsKey, p parts) {
	size := 2048
	for _, doc := range [][]byte{p.task.Spec, p.task.Metadata, p.task.Status, p.function.Spec, p.function.Metadata, p.function.Status} {
		size += len(doc)
	}
	if size > partsEach {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if stamp < c.stamp {
		return
	}
	if stamp != c.stamp || c.known == nil || c.bytes+size > partsBytes {
		c.stamp, c.known, c.bytes = stamp, map[partsKey]parts{}, 0
	}
	if _, ok := c.known[key]; !ok {
		c.bytes += size
	}
	c.known[key] = p
}
