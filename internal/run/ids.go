package run

import (
	"crypto/rand"
	"encoding/hex"
	"time"
)

// newID makes the id of an entity: a UUID of version 4 without dashes, for the wire promises random ids.
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	return uuid(b, 4)
}

// orderedID makes the id by which only the server knows a run: a UUID of version 7 without dashes. It begins
// with the time, so that the store adds each at the end of an index rather than to a page of its own.
func orderedID(now time.Time) string {
	var b [16]byte
	_, _ = rand.Read(b[6:])
	ms := now.UnixMilli()
	for i := range 6 {
		b[i] = byte(ms >> (40 - 8*i))
	}
	return uuid(b, 7)
}

func uuid(b [16]byte, version byte) string {
	b[6], b[8] = b[6]&0x0f|version<<4, b[8]&0x3f|0x80
	return hex.EncodeToString(b[:])
}
