//go:build linux

package keeper

import (
	"encoding/binary"
	"errors"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

const (
	markEvery  = 200 * time.Millisecond // how often logs are looked at
	maxMarks   = 20_000                 // of one log: then every second one goes, and it is looked at half as often
	markLength = 16                     // of a record: time in milliseconds and size, little endian
)

// LogMark says that a log had reached Size bytes at Time, in Unix milliseconds: those after the mark before it
// were written until then.
type LogMark struct{ Time, Size int64 }

// marker notes when logs grow, all of them by one timer that rests while there is none. The time of the last
// write is the file's own, so that a line that stands alone is known exactly, and a burst to markEvery.
type marker struct {
	mu    sync.Mutex
	logs  map[*marked]bool
	timer *time.Timer
}

// marked is a log that may grow. It is guarded by the marker's mutex.
type marked struct {
	log, marks *os.File
	most       int
	count      int
	last       LogMark
	noted      time.Time // when last was
	looked     time.Time
	rest, wait int // ticks to leave out between two looks, and still to leave out
}

// follow notes the growth of a log in the file beside it until stop, which looks once more. Where that file
// cannot be made there are no marks; the log is what counts.
func (m *marker) follow(log *os.File) (stop func()) {
	marks, err := os.OpenFile(log.Name()+MarksSuffix, os.O_CREATE|os.O_RDWR|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0o600)
	if err != nil {
		return func() {}
	}
	now := time.Now()
	g := &marked{log: log, marks: marks, most: maxMarks, noted: now, looked: now}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.logs == nil {
		m.logs = map[*marked]bool{}
	}
	m.logs[g] = true
	if m.timer == nil {
		m.timer = time.AfterFunc(markEvery, m.tick)
	}
	return func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		delete(m.logs, g)
		g.look(time.Now())
		_ = marks.Close()
	}
}

func (m *marker) tick() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.logs) == 0 {
		m.timer = nil
		return
	}
	now := time.Now()
	for g := range m.logs {
		if g.wait > 0 {
			g.wait--
			continue
		}
		g.wait = g.rest
		g.look(now)
	}
	m.timer.Reset(markEvery)
}

// look notes that the log has grown. What cannot be written is noted with what comes next.
func (g *marked) look(now time.Time) {
	var st unix.Stat_t
	err := unix.Fstat(int(g.log.Fd()), &st)
	since := now.Sub(g.looked)
	g.looked = now
	if err != nil || st.Size <= g.last.Size {
		return
	}
	g.note(now, min(max(now.Sub(time.Unix(st.Mtim.Unix())), 0), since), st.Size)
}

// note appends a mark; ago is how long before now the log was last written to. A clock that was set back goes on
// from the last mark by the monotonic one.
func (g *marked) note(now time.Time, ago time.Duration, size int64) {
	at := now.Add(-ago).UnixMilli()
	if at < g.last.Time {
		at = g.last.Time + max(now.Sub(g.noted)-ago, 0).Milliseconds()
	}
	if g.count >= g.most && !g.thin() {
		return
	}
	next := LogMark{at, size}
	if _, err := g.marks.WriteAt(next.append(nil), int64(g.count)*markLength); err != nil {
		return // a piece of it is written over by the next, or left out by who reads
	}
	g.count, g.last, g.noted = g.count+1, next, now
}

// thin drops every second mark where they stand, so that links to the file hold. Whoever reads meanwhile, or after
// it was broken off, finds marks of less than what came before and leaves them out.
func (g *marked) thin() bool {
	all := make([]byte, g.count*markLength)
	if _, err := g.marks.ReadAt(all, 0); err != nil {
		return false
	}
	kept := 0
	for i := 1; i < g.count; i += 2 {
		copy(all[kept*markLength:], all[i*markLength:(i+1)*markLength])
		kept++
	}
	if _, err := g.marks.WriteAt(all[:kept*markLength], 0); err != nil {
		return false
	}
	if g.marks.Truncate(int64(kept)*markLength) != nil {
		return false
	}
	g.count, g.rest = kept, 2*g.rest+1
	return true
}

func (k LogMark) append(b []byte) []byte {
	b = binary.LittleEndian.AppendUint64(b, uint64(k.Time))
	return binary.LittleEndian.AppendUint64(b, uint64(k.Size))
}

// ReadMarks adds to a list what a file of marks holds from an offset on, and returns the offset to go on from. A file
// that has become shorter is read anew. Records that are torn, or that run backwards, are left out.
func ReadMarks(path string, list []LogMark, from int64) ([]LogMark, int64, error) {
	f, st, err := OpenPlain(path)
	if err != nil {
		return list, from, err
	}
	defer f.Close()
	end := min(st.Size(), 2*maxMarks*markLength)
	if end < from {
		list, from = list[:0], 0
	}
	data := make([]byte, (end-from)/markLength*markLength)
	n, err := f.ReadAt(data, from)
	if err != nil && !errors.Is(err, io.EOF) {
		return list, from, err
	}
	data = data[:n/markLength*markLength]
	from += int64(len(data))
	for ; len(data) > 0; data = data[markLength:] {
		next := LogMark{int64(binary.LittleEndian.Uint64(data)), int64(binary.LittleEndian.Uint64(data[8:]))}
		last := LogMark{}
		if len(list) > 0 {
			last = list[len(list)-1]
		}
		if next.Size > last.Size && next.Time >= last.Time && next.Time < 1<<43 { // until the year 2248
			list = append(list, next)
		}
	}
	return list, from, nil
}
