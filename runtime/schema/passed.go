package schema

import (
	"slices"
	"sync"
)

// passed remembers specs that were found right, with the members that the schema does not know: a spec is
// checked several times on its way from request to plan, and repeated runs often have the same. It holds 64
// small ones at most; a full one starts anew.
type passed struct {
	mu      sync.Mutex
	unknown map[string][]string // by spec
}

const (
	passedMost = 64
	passedEach = 8 << 10
)

func (p *passed) find(spec []byte) (unknown []string, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	unknown, ok = p.unknown[string(spec)]
	return slices.Clone(unknown), ok
}

func (p *passed) add(spec []byte, unknown []string) {
	if len(spec) > passedEach {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.unknown == nil || len(p.unknown) >= passedMost {
		p.unknown = map[string][]string{}
	}
	p.unknown[string(spec)] = slices.Clone(unknown)
}
