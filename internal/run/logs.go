package run

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"time"

	"dhub/engine"
	"dhub/entity"
	"dhub/internal/secret"
	"dhub/internal/store"
)

// LogView describes one log of a run: a container of an attempt. A run that its client executes has one of
// attempt 0.
type LogView struct {
	Attempt          int
	Container        string
	Size             int64 // as far as it is known; a live log grows
	Closed           bool  // no more bytes will come
	Created, Updated time.Time
}

// clientLog is the container under which a client's own output is kept.
const clientLog = "client"

// piece is the size in which stored bytes are handed out.
const piece = 256 << 10

// Logs lists the logs of a run, oldest first.
func (m *Manager) Logs(ctx context.Context, project, id string) ([]LogView, error) {
	var views []LogView
	var live []store.Attempt
	var r store.Run
	err := m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
		if r, err = get(ctx, tx, project, id); err != nil {
			return err
		}
		metas, err := tx.Logs().List(ctx, r.UID)
		if err != nil {
			return err
		}
		for _, l := range metas {
			views = append(views, LogView{l.Attempt, l.Container, l.Size, l.Closed, l.Created, l.Updated})
		}
		if r.Attempt == 0 {
			return nil
		}
		a, err := tx.Attempts().Get(ctx, r.UID, r.Attempt)
		if err == nil && a.Finished.IsZero() && len(a.Handle) > 0 {
			live = append(live, a)
		}
		if entity.IsNotFound(err) {
			return nil
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, a := range live {
		sizes, err := m.liveSizes(ctx, a)
		if err != nil {
			return nil, err
		}
		for _, name := range sortedKeys(sizes) {
			views = append(views, LogView{a.Number, name, sizes[name], false, a.Started, m.now()})
		}
	}
	slices.SortStableFunc(views, func(x, y LogView) int { return x.Attempt - y.Attempt })
	return views, nil
}

// ReadLog delivers a log from a byte offset on, masked, in order and without a gap; lost is the number of
// bytes known to be gone before a piece. With follow it goes on with a live log and returns when no more
// can come. An empty container means the main one, attempt 0 the latest.
func (m *Manager) ReadLog(ctx context.Context, project, id string, attempt int, container string, offset int64, follow bool, f func(offset int64, data []byte, lost int64) error) error {
	r, err := m.load(ctx, project, id)
	if err != nil {
		return err
	}
	rd := &logReader{m: m, run: r, attempt: attempt, container: container, offset: max(offset, 0), f: f}
	if rd.attempt == 0 {
		rd.attempt = r.Attempt
	}
	var w *waiter
	if follow {
		w = m.waiters.add(id)
		defer m.waiters.remove(w)
	}
	for {
		more, err := rd.deliver(ctx, follow)
		if err != nil || !more || !follow {
			return err
		}
		// Nothing to read from yet: the attempt has no handle, its log is being moved, or a client sends.
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-m.stopping():
			return nil
		case <-w.c:
		}
	}
}

type logReader struct {
	m         *Manager
	run       store.Run
	attempt   int
	container string
	offset    int64
	f         func(offset int64, data []byte, lost int64) error
}

// deliver hands out what there is; more tells whether another change of the run may bring more.
func (d *logReader) deliver(ctx context.Context, follow bool) (more bool, err error) {
	var metas []store.LogMeta
	var a store.Attempt
	err = d.m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
		if d.run, err = tx.Runs().GetByUID(ctx, d.run.UID); err != nil {
			return err
		}
		if d.attempt == 0 {
			d.attempt = d.run.Attempt
		}
		if metas, err = tx.Logs().List(ctx, d.run.UID); err != nil || d.attempt == 0 {
			return err
		}
		a, err = tx.Attempts().Get(ctx, d.run.UID, d.attempt)
		return err
	})
	if entity.IsNotFound(err) {
		return false, nil // the run, or this attempt of it, is gone
	}
	if err != nil {
		return false, err
	}
	if l, ok := d.pick(metas); ok {
		if err := d.stored(ctx, l); err != nil {
			return false, err
		}
		return !l.Closed && !entity.FinalRun(d.run.State, false), nil
	}
	switch {
	case d.attempt == 0:
		return !entity.FinalRun(d.run.State, false), nil
	case !a.Finished.IsZero():
		return false, nil // it wrote nothing
	case len(a.Handle) == 0:
		return true, nil
	}
	// Live. When the engine has no more to give, the log is on its way into the store.
	return true, d.live(ctx, a, follow)
}

// pick finds the stored log that is asked for.
func (d *logReader) pick(metas []store.LogMeta) (store.LogMeta, bool) {
	for _, l := range metas {
		if l.Attempt == d.attempt && (d.container == "" || l.Container == d.container) {
			return l, true
		}
	}
	return store.LogMeta{}, false
}

func (d *logReader) send(offset int64, data []byte, lost int64) error {
	if offset+int64(len(data)) <= d.offset {
		return nil
	}
	if skip := d.offset - offset; skip > 0 {
		data, offset, lost = data[skip:], d.offset, 0
	}
	d.offset = offset + int64(len(data))
	return d.f(offset, data, lost)
}

// stored hands out a log that lies in the store or in the file store.
func (d *logReader) stored(ctx context.Context, l store.LogMeta) error {
	if l.Blob != "" {
		return readLong(ctx, d.m.cfg.Blobs, l.Blob, d.offset, func(at int64, data []byte) error {
			return d.send(at, data, 0)
		})
	}
	for d.offset < l.Size {
		var data []byte
		err := d.m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
			data, err = tx.Logs().Read(ctx, d.run.UID, l.Attempt, l.Container, d.offset, piece)
			return err
		})
		if err != nil {
			return err
		}
		if len(data) == 0 {
			return nil
		}
		if err := d.send(d.offset, data, 0); err != nil {
			return err
		}
	}
	return nil
}

// errEnough ends a reading of the engine's log that should not wait for more.
var errEnough = errors.New("enough")

// live hands out the log of a running attempt. Without follow it ends when the engine has nothing at hand.
func (d *logReader) live(ctx context.Context, a store.Attempt, follow bool) error {
	values, err := d.m.unseal(attemptID(a), a.Sealed)
	if err != nil {
		return err
	}
	masker := maskFor(values)
	mask := masker.Stream()
	from := d.m.tails.near(a, d.container, d.offset-int64(masker.Lookback()))
	main := d.container
	at := from.offsets[main] // of what was settled
	ended, err := d.m.readLive(ctx, a, from, follow, func(c engine.Chunk, _ map[string]int64) error {
		if main == "" {
			main = c.Container
			at = from.offsets[main]
		}
		if c.Container != main {
			return nil
		}
		data := mask.Next(c.Data)
		if len(data) == 0 {
			return nil
		}
		err := d.send(at, data, c.Lost)
		at += int64(len(data))
		return err
	})
	// What the mask holds back may be half a value: only the end of the log tells that it is none.
	if rest := mask.Rest(); err == nil && ended && len(rest) > 0 {
		err = d.send(at, rest, 0)
	}
	return err
}

// A reading without follow ends when the engine has had nothing at hand for quiet, or for patience in all: then
// the job prints as fast as it is read.
const (
	quiet    = 20 * time.Millisecond
	patience = 10 * quiet
)

// readLive reads the engine's log from a mark on and remembers further marks. ended tells that no more can
// come, and not that the reader had enough or that the log has moved into the store.
func (m *Manager) readLive(ctx context.Context, a store.Attempt, from mark, follow bool, f func(engine.Chunk, map[string]int64) error) (ended bool, err error) {
	e, ok := m.cfg.Engines.Get(a.Engine)
	if !ok || a.Host != "" && a.Host != e.Describe().Host {
		return false, entity.Errorf(entity.CodeUnavailable, "the log of a running attempt lies with another server")
	}
	var h engine.Handle
	if err := json.Unmarshal(a.Handle, &h); err != nil {
		return false, entity.Errorf(entity.CodeInternal, "the stored handle of attempt %s.%d: %w", a.RunUID, a.Number, err)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var idle *time.Timer
	waiting, waited := time.Now(), time.Duration(0)
	if !follow {
		idle = time.AfterFunc(quiet, func() { cancel(errEnough) })
		defer idle.Stop()
	}
	offsets := map[string]int64{}
	for k, v := range from.offsets {
		offsets[k] = v
	}
	since := int64(0)
	err = e.Logs(ctx, h, from.cursor, func(c engine.Chunk) error {
		if idle != nil { // what the reader takes its time for is not the engine's silence
			idle.Stop()
			waited += time.Since(waiting)
		}
		err := f(c, offsets)
		offsets[c.Container] += int64(len(c.Data))
		if since += int64(len(c.Data)); since >= markEvery {
			since = 0
			m.tails.add(a, c.Next, offsets)
		}
		if idle != nil && err == nil {
			if waited > patience {
				return errEnough
			}
			waiting = time.Now()
			idle.Reset(quiet)
		}
		return err
	})
	if errors.Is(err, errEnough) || err != nil && errors.Is(context.Cause(ctx), errEnough) || entity.IsNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

// liveSizes counts the bytes of a running attempt's logs that ReadLog delivers now: what the mask holds back
// may yet turn out to be a secret.
func (m *Manager) liveSizes(ctx context.Context, a store.Attempt) (map[string]int64, error) {
	values, err := m.unseal(attemptID(a), a.Sealed)
	if errors.Is(err, errSealed) {
		return nil, nil // nothing of it can be read
	}
	if err != nil {
		return nil, err
	}
	from := m.tails.near(a, "", 1<<62)
	sizes, masks := map[string]int64{}, map[string]*secret.Stream{}
	for k, v := range from.offsets {
		sizes[k] = v
	}
	masker := maskFor(values)
	_, err = m.readLive(ctx, a, from, false, func(c engine.Chunk, _ map[string]int64) error {
		if masks[c.Container] == nil {
			masks[c.Container] = masker.Stream()
		}
		sizes[c.Container] += int64(len(masks[c.Container].Next(c.Data)))
		return nil
	})
	return sizes, err
}

// markEvery is how many bytes of a live log lie between two marks.
const markEvery = 1 << 20

// mark is a place in an engine's log: its cursor and how far each container had come.
type mark struct {
	cursor  engine.Cursor
	offsets map[string]int64
}

// tails remembers places in the logs of running attempts, so that a reader who comes in the middle of a
// long log does not read it from the start.
type tails struct {
	mu    sync.Mutex
	marks map[tailKey][]mark
}

type tailKey struct {
	uid     string
	attempt int
}

func (t *tails) add(a store.Attempt, cursor engine.Cursor, offsets map[string]int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.marks == nil {
		t.marks = map[tailKey][]mark{}
	}
	key := tailKey{a.RunUID, a.Number}
	list := t.marks[key]
	if n := len(list); n > 0 && total(list[n-1].offsets) >= total(offsets) {
		return
	}
	if len(list) >= 256 { // a very long log: keep every other
		kept := list[:0]
		for i, x := range list {
			if i%2 == 1 {
				kept = append(kept, x)
			}
		}
		list = kept
	}
	copied := make(map[string]int64, len(offsets))
	for k, v := range offsets {
		copied[k] = v
	}
	t.marks[key] = append(list, mark{cursor, copied})
}

func total(offsets map[string]int64) (n int64) {
	for _, v := range offsets {
		n += v
	}
	return n
}

// near is the last mark at or before an offset of a container; without one, the start. An empty container
// is the first that the engine names: then only its only one is known.
func (t *tails) near(a store.Attempt, container string, offset int64) mark {
	t.mu.Lock()
	defer t.mu.Unlock()
	best := mark{}
	for _, x := range t.marks[tailKey{a.RunUID, a.Number}] {
		at, ok := x.offsets[container]
		if container == "" && len(x.offsets) == 1 {
			at, ok = total(x.offsets), true
		}
		if ok && at <= offset {
			best = x
		}
	}
	return best
}

func (t *tails) forget(uid string, attempt int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.marks, tailKey{uid, attempt})
}

// maxAppend bounds one piece of output that a client sends.
const maxAppend = 16 << 20

// AppendLog stores output of a run that its client executes. A piece that is stored already is accepted
// again; one that would leave a gap is refused with a conflict that names the offset to go on from.
func (m *Manager) AppendLog(ctx context.Context, project, id string, offset int64, data []byte) error {
	if offset < 0 {
		return entity.Invalid("offset", "range", "offset: must not be negative")
	}
	if len(data) > maxAppend {
		return entity.Invalid("", "size", "a piece of a log has %d bytes, at most %d are allowed", len(data), maxAppend)
	}
	data = bytes.Clone(data)
	now := m.now()
	return m.cfg.Store.Write(ctx, func(tx store.Tx) error {
		r, err := get(ctx, tx, project, id)
		if err != nil {
			return err
		}
		if !r.Local || isHandle(r) {
			return entity.Errorf(entity.CodeConflict, "run %s is executed by an engine, which keeps its log", id)
		}
		metas, err := tx.Logs().List(ctx, r.UID)
		if err != nil {
			return err
		}
		l := store.LogMeta{RunUID: r.UID, RunID: r.ID, Project: r.Project, Container: clientLog, Created: now}
		known := false
		for _, x := range metas {
			if x.Container == clientLog && x.Attempt == 0 {
				l, known = x, true
			}
		}
		if offset > l.Size {
			return entity.Errorf(entity.CodeConflict, "the log of run %s ends at offset %d; a piece at %d would leave a gap", id, l.Size, offset)
		}
		fresh := data[min(l.Size-offset, int64(len(data))):]
		if len(fresh) == 0 {
			return nil
		}
		l.Updated = now
		if !known {
			if err := tx.Logs().Put(ctx, l, nil); err != nil {
				return err
			}
		}
		l.Size += int64(len(fresh))
		if err := tx.Logs().Append(ctx, l, fresh); err != nil {
			return err
		}
		_, err = m.update(ctx, tx, r, func(*store.Run, *control) error { return nil }) // its readers look at changes of the run
		return err
	})
}
