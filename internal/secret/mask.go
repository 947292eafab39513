package secret

import (
	"bytes"
	"io"
	"log/slog"
)

// MinMasked is the shortest value that is masked: shorter ones would blacken half of a log.
const MinMasked = 4

// Masker finds values in bytes. It is immutable and serves any number of streams at once.
type Masker struct {
	nodes []node
	root  [256]int32 // children of the root, 0 when there is none
	long  int        // length of the longest value
}

// node is a state: the text read so far ends with this prefix of a value. Nearly all have one child.
type node struct {
	fail  int32
	child int32 // 0 when there is none
	match int32 // length of the longest value that ends here, 0 when none does
	depth int32
	by    byte
	more  map[byte]int32
}

// LogValue keeps the values out of logs.
func (*Masker) LogValue() slog.Value { return slog.StringValue("[redacted]") }

// Mask makes a masker for the values of four bytes or more, each also without white space around it.
func Mask(values [][]byte) *Masker {
	m := &Masker{nodes: make([]node, 1)}
	for _, v := range values {
		m.add(v)
		if t := bytes.TrimSpace(v); len(t) < len(v) {
			m.add(t)
		}
	}
	m.link()
	return m
}

// Empty tells whether nothing is masked.
func (m *Masker) Empty() bool { return m.long == 0 }

// Lookback is how many bytes before an offset a stream must begin so that all from the offset on comes out
// as if the stream had begun at the first byte.
func (m *Masker) Lookback() int { return max(0, m.long-1) }

func (m *Masker) add(v []byte) {
	if len(v) < MinMasked {
		return
	}
	m.long = max(m.long, len(v))
	at := int32(0)
	for i, b := range v {
		next := m.next(at, b)
		if next == 0 {
			next = int32(len(m.nodes))
			m.nodes = append(m.nodes, node{depth: int32(i + 1)})
			m.join(at, b, next)
		}
		at = next
	}
	m.nodes[at].match = int32(len(v))
}

func (m *Masker) join(at int32, b byte, next int32) {
	n := &m.nodes[at]
	switch {
	case at == 0:
		m.root[b] = next
	case n.child == 0:
		n.by, n.child = b, next
	case n.more == nil:
		n.more = map[byte]int32{b: next}
	default:
		n.more[b] = next
	}
}

// next follows the trie, 0 when it has no such branch.
func (m *Masker) next(at int32, b byte) int32 {
	if at == 0 {
		return m.root[b]
	}
	n := &m.nodes[at]
	if n.child != 0 && n.by == b {
		return n.child
	}
	return n.more[b]
}

// link sets, breadth first, where each state falls back to.
func (m *Masker) link() {
	var queue []int32
	for _, c := range m.root {
		if c != 0 {
			queue = append(queue, c)
		}
	}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		n := m.nodes[at]
		visit := func(b byte, c int32) {
			m.nodes[c].fail = m.step(n.fail, b)
			if m.nodes[c].match == 0 {
				m.nodes[c].match = m.nodes[m.nodes[c].fail].match
			}
			queue = append(queue, c)
		}
		if n.child != 0 {
			visit(n.by, n.child)
		}
		for b, c := range n.more {
			visit(b, c)
		}
	}
}

func (m *Masker) step(at int32, b byte) int32 {
	for at != 0 {
		if c := m.next(at, b); c != 0 {
			return c
		}
		at = m.nodes[at].fail
	}
	return m.root[b]
}

// Bytes returns p with all values replaced; p itself stays as it is.
func (m *Masker) Bytes(p []byte) []byte {
	s := m.Stream()
	return append(s.Next(p), s.Rest()...)
}

// Stream masks one run of bytes that comes in pieces.
type Stream struct {
	m          *Masker
	at         int32
	held       []byte // bytes that may be the beginning of a value
	start, end int    // the last masked stretch, relative to held; both may be negative
}

// Stream begins a stream.
func (m *Masker) Stream() *Stream { return &Stream{m: m} }

// Next takes a piece and returns what is settled: all but the bytes that a value could begin with. What
// comes out is as long in sum as what went in. The result is the caller's.
func (s *Stream) Next(p []byte) []byte {
	m := s.m
	if m.Empty() {
		return bytes.Clone(p)
	}
	out := make([]byte, 0, len(s.held)+len(p))
	out = append(append(out, s.held...), p...)
	for i := len(s.held); i < len(out); i++ {
		if s.at == 0 {
			for i < len(out) && m.root[out[i]] == 0 {
				i++
			}
			if i == len(out) {
				break
			}
		}
		s.at = m.step(s.at, out[i])
		if n := int(m.nodes[s.at].match); n > 0 {
			s.mask(out, i+1-n, i+1)
		}
	}
	keep := int(m.nodes[s.at].depth)
	settled := len(out) - keep
	s.held = bytes.Clone(out[settled:])
	s.start -= settled
	s.end -= settled
	return out[:settled:settled]
}

// mask blackens a stretch; what the last one covered already is not touched again.
func (s *Stream) mask(b []byte, from, to int) {
	first := from
	if s.start <= from && from < s.end {
		first, from = s.end, s.start
	}
	for i := first; i < to; i++ {
		b[i] = '*'
	}
	s.start, s.end = from, to
}

// Held is how many bytes the stream keeps back at the moment.
func (s *Stream) Held() int { return len(s.held) }

// Rest ends the stream and returns what was kept back: it turned out to be no value.
func (s *Stream) Rest() []byte {
	rest := s.held
	*s = Stream{m: s.m}
	return rest
}

// Reader masks what r delivers.
func (m *Masker) Reader(r io.Reader) io.Reader {
	if m.Empty() {
		return r
	}
	return &maskReader{from: r, s: m.Stream(), buf: make([]byte, 32<<10)}
}

type maskReader struct {
	from  io.Reader
	s     *Stream
	buf   []byte
	ready []byte
	err   error
}

func (r *maskReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for len(r.ready) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		var n int
		n, r.err = r.from.Read(r.buf)
		r.ready = r.s.Next(r.buf[:n])
		if r.err == io.EOF {
			r.ready = append(r.ready, r.s.Rest()...)
		}
	}
	n := copy(p, r.ready)
	r.ready = r.ready[n:]
	return n, nil
}

// Writer masks what is written and passes it on to w; Close writes what was kept back and leaves w open.
func (m *Masker) Writer(w io.Writer) io.WriteCloser { return &maskWriter{to: w, s: m.Stream()} }

type maskWriter struct {
	to io.Writer
	s  *Stream
}

func (w *maskWriter) Write(p []byte) (int, error) {
	if _, err := w.to.Write(w.s.Next(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (w *maskWriter) Close() error {
	_, err := w.to.Write(w.s.Rest())
	return err
}
