package local

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"dhub/engine"
	"dhub/engine/local/keeper"
	"dhub/entity"
)

const (
	container = "main" // the one stream of an attempt
	chunkSize = 256 << 10
	pollFast  = 10 * time.Millisecond
	pollSlow  = 40 * time.Millisecond
)

// Logs implements engine.Engine. The cursor is an offset into the outputs of the builds that the attempt
// waited for, in order, and then its own.
func (e *Engine) Logs(ctx context.Context, h engine.Handle, after engine.Cursor, f func(engine.Chunk) error) error {
	name, dir, err := e.find(h)
	if err != nil {
		return err
	}
	l := &logReader{e: e, dir: dir, name: name, emit: f}
	defer l.close()
	if after != "" {
		if l.offset, err = strconv.ParseInt(string(after), 10, 64); err != nil || l.offset < 0 {
			return entity.Invalid("/after", "pattern", "the cursor %q is not one of the local engine", after)
		}
	}
	pause := pollFast
	timer := time.NewTimer(pause)
	defer timer.Stop()
	for {
		changed := e.hub.wait(name)
		before := l.offset
		done, err := l.pass(ctx)
		if done || err != nil {
			return err
		}
		pause = min(2*pause, pollSlow)
		if l.offset > before {
			pause = pollFast
		}
		timer.Reset(pause)
		select {
		case <-changed:
		case <-timer.C:
		case <-ctx.Done():
			return ctx.Err()
		case <-e.closed.Done():
			return errClosed
		}
	}
}

type logReader struct {
	e         *Engine
	dir, name string
	emit      func(engine.Chunk) error
	offset    int64
	file      *os.File
	part      string
	marks     logMarks // of the part
	told      bool     // that a file is lost
}

func (l *logReader) close() {
	if l.file != nil {
		_ = l.file.Close()
		l.file = nil
	}
}

// pass delivers what there is now; done when no more can come. The record is read before the bytes, so a
// final record means that the bytes are all there.
func (l *logReader) pass(ctx context.Context) (done bool, err error) {
	rec, err := keeper.ReadRecord(l.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, entity.Errorf(entity.CodeNotFound, "there is no attempt %s here", l.name)
	}
	damaged := errors.Is(err, keeper.ErrDamaged)
	if err != nil && !damaged {
		return false, diskError("read the state of "+l.name, err)
	}
	own := keeper.Part{File: keeper.LogFile, Size: -1}
	if rec.Final() {
		own.Size = rec.LogSize
	}
	base := int64(0)
	for _, p := range append(append([]keeper.Part(nil), rec.Parts...), own) {
		if p.Size >= 0 && l.offset >= base+p.Size {
			base += p.Size
			continue
		}
		complete, err := l.read(ctx, p, base)
		if err != nil {
			return false, err
		}
		if p.Size < 0 || !complete {
			return damaged || rec.Final(), nil // it grows still; or it was cut short by its own process and is as it is
		}
		base += p.Size
	}
	return rec.Final(), nil
}

// read delivers a part from the offset to its present end, or to its size; complete when it got there.
func (l *logReader) read(ctx context.Context, p keeper.Part, base int64) (complete bool, err error) {
	if l.file == nil || l.part != p.File {
		l.close()
		f, _, err := keeper.OpenPlain(filepath.Join(l.dir, p.File))
		if errors.Is(err, keeper.ErrDamaged) {
			if !l.told {
				l.told = true
				l.e.cfg.Logger.WarnContext(ctx, "the log of an attempt is lost", "attempt", l.name, "file", p.File, "error", err)
			}
			return p.Size == 0, nil
		}
		if errors.Is(err, fs.ErrNotExist) {
			return p.Size == 0, nil
		}
		if err != nil {
			return false, diskError("open the log of "+l.name, err)
		}
		l.file, l.part, l.marks = f, p.File, logMarks{path: filepath.Join(l.dir, p.File+keeper.MarksSuffix)}
	}
	for p.Size < 0 || l.offset < base+p.Size {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		st, err := l.file.Stat()
		if err != nil {
			return false, diskError("read the log of "+l.name, err)
		}
		end := st.Size()
		if p.Size >= 0 {
			end = min(end, p.Size)
		}
		n := min(end-(l.offset-base), chunkSize)
		if n <= 0 {
			return false, nil
		}
		data := make([]byte, n)
		got, err := l.file.ReadAt(data, l.offset-base)
		if err != nil && !errors.Is(err, io.EOF) {
			return false, diskError("read the log of "+l.name, err)
		}
		if got == 0 {
			return false, nil
		}
		marks := l.marks.of(l.offset-base, int64(got), earlier(st.ModTime(), l.e.cfg.Now()))
		l.offset += int64(got)
		if err := l.emit(engine.Chunk{Container: container, Data: data[:got], Marks: marks, Next: engine.Cursor(strconv.FormatInt(l.offset, 10))}); err != nil {
			return false, err
		}
	}
	return true, nil
}
