package run

import (
	"context"
	"slices"
	"time"

	"dhub/entity"
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

// LogPiece is a stretch of a log.
type LogPiece struct {
	Offset int64 // of its first byte
	Data   []byte
	Lost   int64     // bytes known to be gone before it
	Marks  []LogMark // when its bytes were written; none where that is not known
}

// ReadLog delivers a log from a byte offset on, masked, in order and without a gap. With follow it goes on with a live log and returns when no more
// can come. An empty container means the main one, attempt 0 the latest.
func (m *Manager) ReadLog(ctx context.Context, project, id string, attempt int, container string, offset int64, follow bool, f func(LogPiece) error) error {
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
	f         func(LogPiece) error
	times     logTimes // of the log that is read
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
	marks := d.times.of(offset, d.offset)
	d.times.forget(d.offset)
	return d.f(LogPiece{offset, data, lost, marks})
}

// stored hands out a log that lies in the store or in the file store.
func (d *logReader) stored(ctx context.Context, l store.LogMeta) error {
	if d.offset >= l.Size {
		return nil
	}
	if err := d.recall(ctx, l); err != nil {
		return err
	}
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
