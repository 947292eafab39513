package sqlstore

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"fmt"
	"io"
	"sync"
)

// dictionary primes the compression of small documents. Stored bodies depend on it: a changed one is a new
// format beside this one.
//
//go:embed dictionary1.txt
var dictionary []byte

// Formats of a packed body, its first byte.
const (
	formatRaw   = 0
	formatFlate = 1 // raw deflate primed with dictionary
)

// codec packs documents of runs and attempts: they are many, small and alike.
type codec struct {
	mu      sync.Mutex
	writer  *flate.Writer
	readers sync.Pool
}

// pack compresses b where that gains something.
func (c *codec) pack(b []byte) []byte {
	if len(b) > 64 {
		c.mu.Lock()
		defer c.mu.Unlock()
		out := bytes.NewBuffer(make([]byte, 0, 32+len(b)/3))
		out.WriteByte(formatFlate)
		if c.writer == nil {
			c.writer, _ = flate.NewWriterDict(out, 4, dictionary) // errs on a bad level only
		} else {
			c.writer.Reset(out)
		}
		if _, err := c.writer.Write(b); err == nil && c.writer.Close() == nil && out.Len() < len(b) {
			return out.Bytes()
		}
	}
	return append([]byte{formatRaw}, b...)
}

func (c *codec) unpack(b []byte) ([]byte, error) {
	if len(b) == 0 {
		return nil, nil
	}
	switch b[0] {
	case formatRaw:
		return b[1:], nil
	case formatFlate:
		r, _ := c.readers.Get().(io.ReadCloser)
		if r == nil {
			r = flate.NewReaderDict(bytes.NewReader(b[1:]), dictionary)
		} else if err := r.(flate.Resetter).Reset(bytes.NewReader(b[1:]), dictionary); err != nil {
			return nil, err
		}
		var out bytes.Buffer
		_, err := out.ReadFrom(r)
		c.readers.Put(r)
		if err != nil {
			return nil, fmt.Errorf("stored document is damaged: %w", err)
		}
		return out.Bytes(), nil
	}
	return nil, fmt.Errorf("stored document has format %d, which a newer version wrote", b[0])
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
			return fmt.Errorf("stored document is damaged: %d bytes where %d should be", len(body), n)
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
