// Package blob keeps bytes under keys: what stands behind artifacts, data items, models and long logs.
//
// A key is any UTF-8 text without NUL of at most MaxKey bytes, as in S3: "a" and "a/b" are two objects,
// "..", "//" and a trailing "/" mean nothing special. Implementations never use a key as a path.
package blob

import (
	"context"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"dhub/entity"
)

// Store holds objects. A missing object is code not_found. All methods may be called at once from
// many goroutines; a reader of an object that is replaced meanwhile reads the old bytes to their end.
type Store interface {
	// Put stores what r yields under the key and replaces what was there. On return the object is on
	// disk; on an error, also one of r, the old object is still there, whole.
	Put(ctx context.Context, key string, r io.Reader, a Attrs) (Info, error)
	// Open reads length bytes from offset; a negative length means up to the end. A range that reaches
	// past the end is cut; an offset past the end reads nothing.
	Open(ctx context.Context, key string, offset, length int64) (io.ReadCloser, Info, error)
	Stat(ctx context.Context, key string) (Info, error)
	// List yields at most max objects whose key begins with prefix and is greater than after, in the
	// byte order of keys.
	List(ctx context.Context, prefix, after string, max int) ([]Info, error)
	// Delete removes an object; one that does not exist is no error.
	Delete(ctx context.Context, key string) error
}

// Attrs is what a writer may say about an object besides its bytes.
type Attrs struct {
	ContentType string
	ETag        string            // instead of the MD5 of the bytes; objects made from parts have one
	Meta        map[string]string // kept as it is
}

// Info describes an object.
type Info struct {
	Key         string
	Size        int64
	ETag        string // hex MD5 of the bytes unless the writer gave another, without quotes
	ContentType string // "" when the writer gave none
	Meta        map[string]string
	Modified    time.Time // UTC
}

// MaxKey is the longest key in bytes: an S3 key behind the name of its bucket.
const MaxKey = 1024 + 64

// CheckKey says what is wrong with a key, nil when nothing is.
func CheckKey(key string) error {
	switch {
	case key == "":
		return entity.Invalid("key", "required", "the key of an object is empty")
	case len(key) > MaxKey:
		return entity.Invalid("key", "size", "the key of an object has %d bytes, at most %d are allowed", len(key), MaxKey)
	case !utf8.ValidString(key) || strings.IndexByte(key, 0) >= 0:
		return entity.Invalid("key", "pattern", "the key of an object must be UTF-8 text without NUL, got %q", key)
	}
	return nil
}

// NotFound words a missing object.
func NotFound(key string) error {
	return entity.Errorf(entity.CodeNotFound, "no object with the key %q", key)
}

// DeletePrefix removes all objects whose key begins with prefix and says how many there were.
func DeletePrefix(ctx context.Context, s Store, prefix string) (int, error) {
	n, after := 0, ""
	for {
		page, err := s.List(ctx, prefix, after, 1000)
		if err != nil || len(page) == 0 {
			return n, err
		}
		for _, o := range page {
			if err := s.Delete(ctx, o.Key); err != nil {
				return n, err
			}
			n++
		}
		after = page[len(page)-1].Key
	}
}
