package run

import (
	"bytes"
	"context"
	"errors"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// maxAppend bounds one piece of output that a client sends.
const maxAppend = 16 << 20

// AppendLog stores output of a run that its client executes. A piece that is stored already is accepted
// again; one that would leave a gap is refused with a conflict that names the offset to go on from. A long log
// is put away into the file store some time after the run has ended; then nothing can be added any more.
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
		l, known, err := clientLogOf(ctx, tx, r.UID)
		if err != nil {
			return err
		}
		if !known {
			l = store.LogMeta{RunUID: r.UID, RunID: r.ID, Project: r.Project, Container: clientLog, Created: now}
		}
		if offset > l.Size {
			return entity.Errorf(entity.CodeConflict, "the log of run %s ends at offset %d; a piece at %d would leave a gap", id, l.Size, offset)
		}
		fresh := data[min(l.Size-offset, int64(len(data))):]
		if len(fresh) == 0 {
			return nil
		}
		if l.Closed {
			return entity.Errorf(entity.CodeConflict, "the log of run %s was put away at offset %d, %s after the run ended; nothing can be added to it", id, l.Size, putAwayAfter)
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
		if err := keepTimes(ctx, tx, l, l.Size-int64(len(fresh)), timesOfPiece(l, fresh)); err != nil {
			return err
		}
		_, err = m.update(ctx, tx, r, func(r *store.Run, c *control) error { // its readers look at changes of the run
			if c.LongLog = l.Size > inlineLog && m.cfg.Blobs != nil; c.LongLog && entity.FinalRun(r.State, false) {
				r.Wake = c.putAwayAt(now)
			}
			return nil
		})
		return err
	})
}

const (
	// putAwayAfter is how long a client may add to the log of a run that has ended.
	putAwayAfter = time.Minute
	// putAwayAgain is when another try is made to put a long log away.
	putAwayAgain = 10 * time.Minute
)

// putAwayAt is when the driver should look at a run of a client that has ended: zero when its log is short.
func (c *control) putAwayAt(now time.Time) time.Time {
	if !c.LongLog {
		return time.Time{}
	}
	return now.Add(putAwayAfter)
}

// putAwayLater moves the long log of an ended run in the background. The next try is stored first, so that a
// crash, or a file store that does not answer, costs no more than time.
func (m *Manager) putAwayLater(ctx context.Context, was store.Run) error {
	err := m.write(ctx, func(tx store.Tx) error {
		_, err := m.update(ctx, tx, was, func(r *store.Run, c *control) error {
			if r.Wake.IsZero() || r.Wake.After(m.now()) || !c.LongLog {
				return errStale
			}
			r.Wake = m.now().Add(putAwayAgain)
			return nil
		})
		return err
	})
	if err != nil {
		return err
	}
	m.wg.Go(func() {
		if err := m.putAway(ctx, was); err != nil && ctx.Err() == nil {
			m.log.WarnContext(ctx, "a long log stays in the database for now", "run", was.ID, "error", err, "again_after", putAwayAgain)
		}
	})
	return nil
}

// putAway moves a client's long log to where engines' long logs lie. Repeated after a crash, it writes the same
// bytes to the same place.
func (m *Manager) putAway(ctx context.Context, was store.Run) error {
	var old store.LogMeta
	var found bool
	err := m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
		old, found, err = clientLogOf(ctx, tx, was.UID)
		return err
	})
	if err != nil {
		return err
	}
	meta := old
	if found && !old.Closed {
		if meta, err = m.copyAway(ctx, old); err != nil {
			return err
		}
	}
	gone := false
	err = m.write(ctx, func(tx store.Tx) error {
		now, there, err := clientLogOf(ctx, tx, was.UID)
		if err != nil {
			return err
		}
		gone = !there
		if there && now.Size != old.Size {
			return errStale // more has come: the next try takes it along
		}
		if there && !now.Closed {
			if err := tx.Logs().Put(ctx, meta, nil); err != nil {
				return err
			}
			if err := joinTimes(ctx, tx, meta); err != nil {
				return err
			}
		}
		_, err = m.update(ctx, tx, was, func(r *store.Run, c *control) error {
			c.LongLog, r.Wake = false, time.Time{}
			return nil
		})
		return err
	})
	if gone && meta.Blob != "" && (err == nil || errors.Is(err, errStale)) {
		m.deleteBlobs(ctx, []string{meta.Blob}) // deleted meanwhile
	}
	return err
}

// copyAway writes a client's log into the file store and returns what its row should say then.
func (m *Manager) copyAway(ctx context.Context, old store.LogMeta) (store.LogMeta, error) {
	s := &sink{ctx: ctx, blobs: m.cfg.Blobs, key: logKey(store.Attempt{RunUID: old.RunUID}, old.Container), mask: maskFor(nil).Stream(), meta: old}
	s.meta.Size, s.meta.Closed = 0, true
	var err error
	for s.meta.Size < old.Size && err == nil {
		var data []byte
		err = m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
			data, err = tx.Logs().Read(ctx, old.RunUID, old.Attempt, old.Container, s.meta.Size, piece)
			return err
		})
		if err == nil && len(data) == 0 {
			err = entity.Errorf(entity.CodeInternal, "the log of run %s ends at %d, its row says %d", old.RunID, s.meta.Size, old.Size)
		}
		if err == nil {
			err = s.write(data)
		}
	}
	return s.meta, s.close(err)
}

// clientLogOf finds the log that the client of a run sent.
func clientLogOf(ctx context.Context, tx store.Tx, uid string) (store.LogMeta, bool, error) {
	metas, err := tx.Logs().List(ctx, uid)
	for _, l := range metas {
		if l.Container == clientLog && l.Attempt == 0 {
			return l, true, nil
		}
	}
	return store.LogMeta{}, false, err
}
