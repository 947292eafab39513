package run

import (
	"context"
	"encoding/binary"
	"slices"
	"sort"
	"time"

	"dhub/engine"
	"dhub/internal/store"
)

// LogMark says when the bytes of a log from Offset on, up to the next mark, were written, in Unix milliseconds.
// Zero: unknown, as it is of bytes before any mark.
type LogMark struct{ Offset, Time int64 }

// maxMarks bounds what is kept of one log; then every second mark goes.
const maxMarks = 20_000

// logTimes gathers when the bytes of a log were written, in the order of their offsets.
type logTimes struct {
	marks []LogMark
	end   int64 // of the bytes that were taken in
}

// take adds those of the next bytes that an engine delivers.
func (t *logTimes) take(c engine.Chunk) {
	for _, m := range c.Marks {
		ms := int64(0)
		if !m.Time.IsZero() {
			ms = m.Time.UnixMilli()
		}
		t.add(t.end+int64(m.Offset), ms)
	}
	t.end += int64(len(c.Data))
}

func (t *logTimes) add(offset, ms int64) {
	n := len(t.marks)
	if ms > 0 && n > 0 {
		ms = max(ms, t.marks[n-1].Time)
	}
	if n > 0 && t.marks[n-1].Time == ms || n == 0 && ms == 0 {
		return // it goes on
	}
	if n > 0 && t.marks[n-1].Offset == offset {
		t.marks[n-1].Time = ms
		return
	}
	if n >= maxMarks {
		t.thin()
	}
	t.marks = append(t.marks, LogMark{offset, ms})
}

// thin lets the bytes of every second mark count to the one after it, by which they had been written.
func (t *logTimes) thin() {
	kept := t.marks[:0]
	for i := 0; i+1 < len(t.marks); i += 2 {
		kept = append(kept, LogMark{t.marks[i].Offset, t.marks[i+1].Time})
	}
	t.marks = kept
}

// of returns the marks of the bytes from an offset to another, the first of them at the first byte.
func (t *logTimes) of(from, to int64) []LogMark {
	i := sort.Search(len(t.marks), func(i int) bool { return t.marks[i].Offset > from })
	j := i + sort.Search(len(t.marks)-i, func(j int) bool { return t.marks[i+j].Offset >= to })
	if i > 0 {
		i--
	}
	out := slices.Clone(t.marks[i:j])
	if len(out) > 0 {
		out[0].Offset = max(out[0].Offset, from)
		if out[0].Time == 0 {
			out = out[1:]
		}
	}
	return out
}

// forget drops what tells of bytes before an offset only, once they have been handed out.
func (t *logTimes) forget(offset int64) {
	i := sort.Search(len(t.marks), func(i int) bool { return t.marks[i].Offset > offset })
	if i > 1024 {
		t.marks = slices.Clone(t.marks[i-1:])
	}
}

// encode writes marks down: pairs of varints, of how much offset and time differ from those before.
func (t *logTimes) encode() []byte {
	var b []byte
	last := LogMark{}
	for _, m := range t.marks {
		b = binary.AppendVarint(b, m.Offset-last.Offset)
		b = binary.AppendVarint(b, m.Time-last.Time)
		last = m
	}
	return b
}

// decode adds what encode wrote; what is damaged ends it.
func (t *logTimes) decode(b []byte) {
	last := LogMark{}
	for len(b) > 0 {
		offset, n := binary.Varint(b)
		if n <= 0 {
			return
		}
		ms, k := binary.Varint(b[n:])
		if k <= 0 {
			return
		}
		b = b[n+k:]
		last = LogMark{last.Offset + offset, last.Time + ms}
		t.add(last.Offset, last.Time)
	}
}

// begun is when the first byte was written that anything is known of.
func (t *logTimes) begun() time.Time {
	for _, m := range t.marks {
		if m.Time > 0 {
			return time.UnixMilli(m.Time).UTC()
		}
	}
	return time.Time{}
}

// keepTimes stores when the bytes of a log from an offset on were written, in the transaction that stores them.
func keepTimes(ctx context.Context, tx store.Tx, l store.LogMeta, offset int64, marks []byte) error {
	return tx.Logs().PutMarks(ctx, l.RunUID, l.Attempt, l.Container, offset, marks)
}

// timesOfPiece is what is kept of a piece that a client sent: it was written when it came.
func timesOfPiece(l store.LogMeta, piece []byte) []byte {
	t := logTimes{}
	t.add(l.Size-int64(len(piece)), l.Updated.UnixMilli())
	return t.encode()
}

// joinTimes puts what is kept of a log's pieces together.
func joinTimes(ctx context.Context, tx store.Tx, l store.LogMeta) error {
	t, err := timesOf(ctx, tx, l, 0)
	if err != nil {
		return err
	}
	return keepTimes(ctx, tx, l, 0, t.encode())
}

func timesOf(ctx context.Context, tx store.Tx, l store.LogMeta, offset int64) (t logTimes, err error) {
	rows, err := tx.Logs().Marks(ctx, l.RunUID, l.Attempt, l.Container, offset)
	for _, marks := range rows {
		t.decode(marks)
	}
	return t, err
}

// recall reads when the bytes of a stored log were written that are yet to be handed out.
func (d *logReader) recall(ctx context.Context, l store.LogMeta) error {
	return d.m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
		d.times, err = timesOf(ctx, tx, l, d.offset)
		return err
	})
}
