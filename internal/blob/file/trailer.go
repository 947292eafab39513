package file

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"
)

// trailer follows the bytes of an object in the same file, so that both always change together: JSON,
// its length as four bytes big-endian, then magic.
type trailer struct {
	ETag     string            `json:"etag"`
	Type     string            `json:"type,omitempty"`
	Meta     map[string]string `json:"meta,omitempty"`
	Modified time.Time         `json:"modified"`
}

const (
	magic      = "dhubobj1"
	footer     = 4 + len(magic)
	maxTrailer = 64 << 10
)

func (t trailer) bytes() ([]byte, error) {
	b, err := json.Marshal(t)
	if err != nil {
		return nil, fmt.Errorf("encode the trailer of an object: %w", err)
	}
	if len(b) > maxTrailer {
		return nil, fmt.Errorf("the attributes of an object take %d bytes, at most %d are allowed", len(b), maxTrailer)
	}
	b = binary.BigEndian.AppendUint32(b, uint32(len(b)))
	return append(b, magic...), nil
}

// readTrailer returns the trailer of an object's file and the size of the object itself.
func readTrailer(f *os.File) (trailer, int64, error) {
	var t trailer
	st, err := f.Stat()
	if err != nil {
		return t, 0, err
	}
	end := st.Size()
	if !st.Mode().IsRegular() || end < int64(footer) {
		return t, 0, fmt.Errorf("%s is not an object of this store", f.Name())
	}
	buf := make([]byte, min(end, 1024)) // holds the whole trailer of most objects
	if _, err := f.ReadAt(buf, end-int64(len(buf))); err != nil && err != io.EOF {
		return t, 0, err
	}
	foot := buf[len(buf)-footer:]
	n := int64(binary.BigEndian.Uint32(foot))
	if string(foot[4:]) != magic || n > maxTrailer || n+int64(footer) > end {
		return t, 0, fmt.Errorf("%s is damaged: it does not end as an object of this store", f.Name())
	}
	size := end - int64(footer) - n
	js := make([]byte, n)
	if have := int64(len(buf) - footer); have >= n {
		copy(js, buf[have-n:])
	} else if _, err := f.ReadAt(js, size); err != nil {
		return t, 0, err
	}
	if err := json.Unmarshal(js, &t); err != nil {
		return t, 0, fmt.Errorf("%s is damaged: %w", f.Name(), err)
	}
	return t, size, nil
}
