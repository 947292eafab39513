package sqlstore

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
)

// dictionary primes the compression of small documents. Stored bodies depend on it: a changed one is a new
// format beside this one.
//
//go:embed dictionary1.txt
var dictionary []byte

// Formats of a packed body, its first byte.
const (
	formatRaw = 0
	// formatLZ: the plain length as a varint, then sequences of a token (high half literals, low half match
	// length less four, each continued by bytes of up to 255 when 15), literals, and the match's distance in
	// two bytes behind the rest of its length; the last sequence has literals only. Distances reach into the dictionary, which lies before
	// the document.
	formatLZ = 1
)

const (
	hashBits = 12
	minMatch = 4
	maxReach = 1<<16 - 1
)

// table finds the last place of four bytes: hash → place + 1.
type table [1 << hashBits]int32

// scratch is the memory of one packing; all begins with the dictionary.
type scratch struct {
	table table
	all   []byte
}

// codec packs documents of runs and attempts: they are many, small and alike, and packed with every step of
// a run, so a match finder with a ready dictionary beats a general compressor by its start alone.
type codec struct {
	once  sync.Once
	ready *table // of the dictionary
	pool  sync.Pool
}

func hash4(b []byte) uint32 { return binary.LittleEndian.Uint32(b) * 2654435761 >> (32 - hashBits) }

func (c *codec) prepare() {
	c.ready = &table{}
	for i := 0; i+minMatch <= len(dictionary); i++ {
		c.ready[hash4(dictionary[i:])] = int32(i + 1)
	}
	c.pool.New = func() any { return &scratch{all: append([]byte(nil), dictionary...)} }
}

// pack compresses b where that gains something.
func (c *codec) pack(b []byte) []byte {
	if len(b) > 32 {
		c.once.Do(c.prepare)
		w := c.pool.Get().(*scratch)
		w.table = *c.ready
		out := w.compress(b)
		if cap(w.all) < 1<<16 {
			c.pool.Put(w)
		}
		if len(out) <= len(b) {
			return out
		}
	}
	return append([]byte{formatRaw}, b...)
}

func (w *scratch) compress(b []byte) []byte {
	t := &w.table
	out := binary.AppendUvarint(append(make([]byte, 0, 64+len(b)/2), formatLZ), uint64(len(b)))
	base := len(dictionary)
	w.all = append(w.all[:base], b...)
	all := w.all
	start, i, misses := 0, 0, 0
	for i+minMatch <= len(b) {
		h := hash4(b[i:])
		place := int(t[h]) - 1
		t[h] = int32(base + i + 1)
		if place < 0 || base+i-place > maxReach || binary.LittleEndian.Uint32(all[place:]) != binary.LittleEndian.Uint32(b[i:]) {
			misses++
			i += 1 + misses>>6
			continue
		}
		misses = 0
		n := minMatch
		for i+n < len(b) && all[place+n] == b[i+n] {
			n++
		}
		for i > start && place > 0 && all[place-1] == b[i-1] {
			i, place, n = i-1, place-1, n+1
		}
		out = sequence(out, b[start:i], n)
		out = binary.LittleEndian.AppendUint16(out, uint16(base+i-place))
		for j := i + 1; j < i+n && j+minMatch <= len(b); j += 2 {
			t[hash4(b[j:])] = int32(base + j + 1)
		}
		i += n
		start = i
	}
	return sequence(out, b[start:], 0)
}

// sequence appends a token and literals; a match of n bytes follows, none for 0.
func sequence(out, literals []byte, n int) []byte {
	match := max(n-minMatch, 0)
	out = append(out, byte(min(len(literals), 15)<<4|min(match, 15)))
	out = append(extended(out, len(literals)), literals...)
	return extended(out, match)
}

func extended(out []byte, n int) []byte {
	if n < 15 {
		return out
	}
	for n -= 15; n >= 255; n -= 255 {
		out = append(out, 255)
	}
	return append(out, byte(n))
}

var errDamaged = errors.New("stored document is damaged")

func (c *codec) unpack(b []byte) ([]byte, error) {
	if len(b) == 0 {
		return nil, nil
	}
	switch b[0] {
	case formatRaw:
		return b[1:], nil
	case formatLZ:
		return decompress(b[1:])
	}
	return nil, fmt.Errorf("stored document has format %d, which a newer version wrote", b[0])
}

func decompress(in []byte) ([]byte, error) {
	size, n := binary.Uvarint(in)
	// A byte of input makes at most 255 of output, so a damaged size cannot ask for much.
	if n <= 0 || size > uint64(len(in)+1)*256 {
		return nil, errDamaged
	}
	in = in[n:]
	out := make([]byte, 0, size)
	length := func(half byte) (int, bool) {
		n := int(half)
		if half < 15 {
			return n, true
		}
		for len(in) > 0 {
			x := in[0]
			in = in[1:]
			if n += int(x); x < 255 {
				return n, n <= int(size)
			}
		}
		return 0, false
	}
	for len(in) > 0 {
		token := in[0]
		in = in[1:]
		literals, ok := length(token >> 4)
		if !ok || literals > len(in) || literals > int(size)-len(out) {
			return nil, errDamaged
		}
		out, in = append(out, in[:literals]...), in[literals:]
		if len(in) == 0 {
			break
		}
		match, ok := length(token & 15)
		if match += minMatch; !ok || len(in) < 2 || match > int(size)-len(out) {
			return nil, errDamaged
		}
		distance := int(binary.LittleEndian.Uint16(in))
		in = in[2:]
		from := len(out) - distance
		if distance == 0 || from < -len(dictionary) {
			return nil, errDamaged
		}
		if from < 0 {
			k := min(match, -from)
			out = append(out, dictionary[len(dictionary)+from:][:k]...)
			match, from = match-k, from+k
		}
		for match > 0 { // what is copied may be what was just copied
			k := min(match, len(out)-from)
			out = append(out, out[from:from+k]...)
			match, from = match-k, from+k
		}
	}
	if len(out) != int(size) {
		return nil, errDamaged
	}
	return out, nil
}

// join makes one body of several documents; split undoes it. A nil document stays nil.
func join(docs ...[]byte) []byte {
	n := 0
	for _, d := range docs {
		n += len(d) + binary.MaxVarintLen32
	}
	out := make([]byte, 0, n)
	for _, d := range docs {
		if d == nil {
			out = append(out, 0)
			continue
		}
		out = binary.AppendUvarint(out, uint64(len(d))+1)
		out = append(out, d...)
	}
	return out
}

func split(body []byte, docs ...*[]byte) error {
	for _, d := range docs {
		if len(body) == 0 {
			*d = nil // written before this document existed
			continue
		}
		n, size := binary.Uvarint(body)
		if size <= 0 || n > 0 && uint64(len(body)-size) < n-1 {
			return errDamaged
		}
		body = body[size:]
		if n == 0 {
			*d = nil
			continue
		}
		*d, body = body[:n-1:n-1], body[n-1:]
	}
	return nil
}
