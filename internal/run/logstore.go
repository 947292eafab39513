package run

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"

	"dhub/engine"
	"dhub/entity"
	"dhub/internal/blob"
	"dhub/internal/secret"
	"dhub/internal/store"
)

// inlineLog is the size up to which a log lies in the store.
const inlineLog = 64 << 10

// frameLog is how many bytes of a long log are compressed together: what a read in the middle decompresses
// too much at most.
const frameLog = 256 << 10

// LogPrefix is where long logs lie in the file store.
const LogPrefix = "logs/"

// logKey is the address of a long log. The container's name is hashed: it is not ours.
func logKey(a store.Attempt, container string) string {
	sum := sha256.Sum256([]byte(container))
	return fmt.Sprintf("%s%s/%d.%s.zst", LogPrefix, a.RunUID, a.Number, hex.EncodeToString(sum[:8]))
}

// maskFor blackens the values that an attempt was given (D15a).
func maskFor(values engine.Values) *secret.Masker {
	list := make([][]byte, 0, len(values))
	for _, v := range values {
		list = append(list, []byte(v))
	}
	return secret.Mask(list)
}

// collected is a log that lies where it belongs and waits for the write of the attempt's end.
type collected struct {
	meta   store.LogMeta
	inline []byte
	times  []byte
}

// collect moves the whole log of an ended attempt out of the engine's hands. Repeated after a crash, it
// writes the same bytes to the same places.
func (m *Manager) collect(ctx context.Context, e engine.Engine, h engine.Handle, r store.Run, a store.Attempt) ([]collected, error) {
	values, err := m.unseal(attemptID(a), a.Sealed)
	if err != nil {
		return nil, err
	}
	now := m.now()
	sinks := map[string]*sink{}
	var order []*sink
	err = e.Logs(ctx, h, "", func(c engine.Chunk) error {
		s := sinks[c.Container]
		if s == nil {
			s = &sink{ctx: ctx, blobs: m.cfg.Blobs, key: logKey(a, c.Container), mask: maskFor(values).Stream()}
			s.meta = store.LogMeta{RunUID: a.RunUID, RunID: a.RunID, Project: r.Project, Attempt: a.Number,
				Container: c.Container, Closed: true, Created: now, Updated: now}
			sinks[c.Container], order = s, append(order, s)
		}
		s.meta.Cursor = string(c.Next)
		s.times.take(c)
		return s.write(c.Data)
	})
	out := make([]collected, 0, len(order))
	for _, s := range order {
		if closing := s.close(err); err == nil {
			err = closing
		}
		s.meta.Created = orNow(s.times.begun(), s.meta.Created)
		out = append(out, collected{s.meta, s.inline, s.times.encode()})
	}
	if err != nil && entity.CodeOf(err) == entity.CodeNotFound && len(order) == 0 {
		return nil, nil // the engine holds nothing of this attempt: there is nothing to keep
	}
	return out, err
}

// sink takes one log: short ones stay in memory, longer ones flow compressed into the file store.
type sink struct {
	ctx   context.Context
	blobs blob.Store
	key   string
	mask  *secret.Stream
	meta  store.LogMeta
	times logTimes

	inline []byte
	long   *longLog
	pipe   *io.PipeWriter
	done   chan error
}

func (s *sink) write(data []byte) error { return s.put(s.mask.Next(data)) }

func (s *sink) put(data []byte) error {
	s.meta.Size += int64(len(data))
	if s.long == nil {
		s.inline = append(s.inline, data...)
		if len(s.inline) <= inlineLog || s.blobs == nil {
			return nil
		}
		r, w := io.Pipe()
		long, err := newLongLog(w)
		if err != nil {
			return err
		}
		s.pipe, s.done, s.long = w, make(chan error, 1), long
		go func() {
			_, err := s.blobs.Put(s.ctx, s.key, r, blob.Attrs{ContentType: "application/zstd"})
			_ = r.CloseWithError(orEOF(err))
			s.done <- err
		}()
		data, s.inline = s.inline, nil
	}
	_, err := s.long.Write(data)
	return err
}

func orEOF(err error) error {
	if err == nil {
		return io.ErrClosedPipe
	}
	return err
}

// close ends the log; with cause not nil nothing is kept.
func (s *sink) close(cause error) error {
	if cause == nil {
		cause = s.put(s.mask.Rest())
	}
	if s.long == nil {
		return cause
	}
	if cause == nil {
		cause = s.long.Close()
	}
	if cause != nil {
		_ = s.pipe.CloseWithError(cause)
		<-s.done
		return cause
	}
	_ = s.pipe.Close()
	s.meta.Blob = s.key
	return <-s.done
}

// longLog is the form of a long log: zstd frames of frameLog bytes each, then an index (the compressed
// length of each frame), the number of frames and a mark.
type longLog struct {
	w      io.Writer
	z      *zstd.Encoder
	buf    []byte
	frames []uint32
}

const longMark = uint32(0x3147_4c44) // "DLG1"

func newLongLog(w io.Writer) (*longLog, error) {
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
		zstd.WithWindowSize(frameLog), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return nil, fmt.Errorf("compress a log: %w", err)
	}
	return &longLog{w: w, z: z}, nil
}

func (l *longLog) Write(data []byte) (int, error) {
	n := len(data)
	for len(data) > 0 {
		take := min(len(data), frameLog-len(l.buf))
		l.buf = append(l.buf, data[:take]...)
		data = data[take:]
		if len(l.buf) == frameLog {
			if err := l.flush(); err != nil {
				return 0, err
			}
		}
	}
	return n, nil
}

func (l *longLog) flush() error {
	frame := l.z.EncodeAll(l.buf, nil)
	l.buf = l.buf[:0]
	l.frames = append(l.frames, uint32(len(frame)))
	_, err := l.w.Write(frame)
	return err
}

// Close writes the rest and the index.
func (l *longLog) Close() error {
	if len(l.buf) > 0 {
		if err := l.flush(); err != nil {
			return err
		}
	}
	var tail []byte
	for _, n := range l.frames {
		tail = binary.LittleEndian.AppendUint32(tail, n)
	}
	tail = binary.LittleEndian.AppendUint32(tail, uint32(len(l.frames)))
	tail = binary.LittleEndian.AppendUint32(tail, longMark)
	_, err := l.w.Write(tail)
	return err
}

// readLong delivers a long log from an offset on, a frame at a time.
func readLong(ctx context.Context, blobs blob.Store, key string, offset int64, f func(offset int64, data []byte) error) error {
	info, err := blobs.Stat(ctx, key)
	if err != nil {
		return err
	}
	broken := entity.Errorf(entity.CodeInternal, "the stored log %s is damaged", key)
	end, err := readRange(ctx, blobs, key, info.Size-8, 8)
	if err != nil || len(end) != 8 || binary.LittleEndian.Uint32(end[4:]) != longMark {
		return orError(err, broken)
	}
	count := int64(binary.LittleEndian.Uint32(end))
	index, err := readRange(ctx, blobs, key, info.Size-8-4*count, 4*count)
	if err != nil || int64(len(index)) != 4*count {
		return orError(err, broken)
	}
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(4*frameLog))
	if err != nil {
		return fmt.Errorf("read a compressed log: %w", err)
	}
	defer z.Close()
	at, start := int64(0), int64(0) // in the compressed and in the plain bytes
	for i := range count {
		length := int64(binary.LittleEndian.Uint32(index[4*i:]))
		if offset < start+frameLog {
			frame, err := readRange(ctx, blobs, key, at, length)
			if err != nil {
				return err
			}
			plain, err := z.DecodeAll(frame, nil)
			if err != nil {
				return broken
			}
			skip := min(max(offset-start, 0), int64(len(plain)))
			if skip < int64(len(plain)) {
				if err := f(start+skip, plain[skip:]); err != nil {
					return err
				}
			}
		}
		at, start = at+length, start+frameLog
	}
	return nil
}

func orError(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

func readRange(ctx context.Context, blobs blob.Store, key string, offset, length int64) ([]byte, error) {
	if offset < 0 || length < 0 {
		return nil, nil
	}
	r, _, err := blobs.Open(ctx, key, offset, length)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var b bytes.Buffer
	b.Grow(int(length))
	_, err = io.Copy(&b, r)
	return b.Bytes(), err
}
