package run

import (
	"bytes"
	"cmp"
	"slices"

	"dhub/engine"
)

// shortest is the length in bytes from which a value is masked (D15a): shorter ones occur by chance.
const shortest = 4

// masker replaces the bytes of secret values in a stream by asterisks. Offsets stay. A value that is cut
// by the end of a piece is held back until the next piece tells whether it goes on.
type masker struct {
	values  [][]byte // longest first
	first   [256]bool
	held    []byte // raw
	covered int    // so many bytes of held belong to a value that was found
	out     []byte
}

// newMasker returns nil when there is nothing to mask.
func newMasker(values engine.Values) *masker {
	m := &masker{}
	for _, v := range values {
		if len(v) >= shortest {
			m.values = append(m.values, []byte(v))
			m.first[v[0]] = true
		}
	}
	if len(m.values) == 0 {
		return nil
	}
	slices.SortFunc(m.values, func(a, b []byte) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), bytes.Compare(a, b))
	})
	return m
}

// longest is the length of the longest value.
func (m *masker) longest() int {
	if m == nil {
		return 0
	}
	return len(m.values[0])
}

// write takes a piece and returns the masked bytes that are settled. The result is valid until the next call.
func (m *masker) write(data []byte) []byte {
	if m == nil {
		return data
	}
	raw := append(m.held, data...)
	settled := len(raw)
	m.out = append(m.out[:0], raw...)
	m.cover(0, m.covered)
	for i := 0; i < len(raw); i++ {
		if !m.first[raw[i]] {
			continue
		}
		rest := raw[i:]
		for _, v := range m.values {
			if len(rest) >= len(v) && bytes.Equal(rest[:len(v)], v) {
				m.cover(i, i+len(v))
				m.covered = max(m.covered, i+len(v))
				break // longest first
			}
			if len(rest) < len(v) && bytes.Equal(rest, v[:len(rest)]) {
				settled = min(settled, i) // may go on in the next piece
			}
		}
	}
	m.held = bytes.Clone(raw[settled:])
	m.covered = max(m.covered-settled, 0)
	return m.out[:settled]
}

func (m *masker) cover(from, to int) {
	for i := from; i < min(to, len(m.out)); i++ {
		m.out[i] = '*'
	}
}

// flush returns what is held back; the stream has ended.
func (m *masker) flush() []byte {
	if m == nil {
		return nil
	}
	m.out = append(m.out[:0], m.held...)
	m.cover(0, m.covered)
	m.held, m.covered = nil, 0
	return m.out
}
