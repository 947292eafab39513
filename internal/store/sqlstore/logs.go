package sqlstore

import (
	"context"

	"dhub/entity"
	"dhub/internal/store"
)

type logs struct{ *tx }

// chunkSize is the most bytes of a log in one row.
const chunkSize = 256 << 10

func (l logs) put(m store.LogMeta) error {
	_, err := l.exec(`INSERT INTO logs (uid, attempt, container, run, project, size, blob, pos, closed, created, updated)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (uid, attempt, container) DO UPDATE SET size = excluded.size, blob = excluded.blob, pos = excluded.pos,
			closed = excluded.closed, updated = excluded.updated, created = CASE WHEN excluded.created = 0 THEN logs.created ELSE excluded.created END`,
		m.RunUID, m.Attempt, m.Container, m.RunID, m.Project, m.Size, m.Blob, m.Cursor, flag(m.Closed), micros(m.Created), micros(m.Updated))
	return err
}

func (l logs) chunks(m store.LogMeta, at int64, data []byte) error {
	for len(data) > 0 {
		n := min(len(data), chunkSize)
		if _, err := l.exec("INSERT INTO log_chunks (uid, attempt, container, pos, data) VALUES ($1, $2, $3, $4, $5)",
			m.RunUID, m.Attempt, m.Container, at, data[:n]); err != nil {
			return err
		}
		at, data = at+int64(n), data[n:]
	}
	return nil
}

// Put implements store.Logs: inline takes the place of all inline bytes there were.
func (l logs) Put(ctx context.Context, m store.LogMeta, inline []byte) error {
	if _, err := l.exec("DELETE FROM log_chunks WHERE uid = $1 AND attempt = $2 AND container = $3", m.RunUID, m.Attempt, m.Container); err != nil {
		return err
	}
	if err := l.put(m); err != nil {
		return err
	}
	return l.chunks(m, 0, inline)
}

// Append implements store.Logs. Bytes that do not begin where the log ends are a conflict.
func (l logs) Append(ctx context.Context, m store.LogMeta, data []byte) error {
	if _, err := l.write(); err != nil {
		return err
	}
	at := m.Size - int64(len(data))
	var size int64
	if _, err := l.c.row("SELECT size FROM logs WHERE uid = $1 AND attempt = $2 AND container = $3", []any{m.RunUID, m.Attempt, m.Container}, &size); err != nil {
		return err
	}
	if at != size {
		return entity.Errorf(entity.CodeConflict, "log %s of attempt %d of run %s ends at %d, not at %d", m.Container, m.Attempt, m.RunID, size, at)
	}
	if err := l.put(m); err != nil {
		return err
	}
	return l.chunks(m, at, data)
}

// List implements store.Logs.
func (l logs) List(ctx context.Context, uid string) (out []store.LogMeta, err error) {
	err = l.c.rows("SELECT uid, attempt, container, run, project, size, blob, pos, closed, created, updated FROM logs WHERE uid = $1 ORDER BY attempt, created, container",
		[]any{uid}, func(scan func(...any) error) error {
			var m store.LogMeta
			var closed, created, updated int64
			err := scan(&m.RunUID, &m.Attempt, &m.Container, &m.RunID, &m.Project, &m.Size, &m.Blob, &m.Cursor, &closed, &created, &updated)
			m.Closed, m.Created, m.Updated = closed != 0, fromMicros(created), fromMicros(updated)
			out = append(out, m)
			return err
		})
	return out, err
}

// Read implements store.Logs.
func (l logs) Read(ctx context.Context, uid string, attempt int, container string, offset int64, max int) (out []byte, err error) {
	var start int64
	if _, err := l.c.row("SELECT COALESCE(max(pos), 0) FROM log_chunks WHERE uid = $1 AND attempt = $2 AND container = $3 AND pos <= $4",
		[]any{uid, attempt, container, offset}, &start); err != nil {
		return nil, err
	}
	err = l.c.rows("SELECT pos, data FROM log_chunks WHERE uid = $1 AND attempt = $2 AND container = $3 AND pos >= $4 AND pos < $5 ORDER BY pos",
		[]any{uid, attempt, container, start, offset + int64(max)}, func(scan func(...any) error) error {
			var at int64
			var data []byte
			if err := scan(&at, &data); err != nil {
				return err
			}
			if skip := offset - at; skip > 0 {
				data = data[min(skip, int64(len(data))):]
			}
			out = append(out, data[:min(len(data), max-len(out))]...)
			if len(out) >= max {
				return errEnough
			}
			return nil
		})
	return out, err
}

// Delete implements store.Logs.
func (l logs) Delete(ctx context.Context, uid string, attempt int, container string) (blob string, err error) {
	if _, err := l.write(); err != nil {
		return "", err
	}
	args := []any{uid, attempt, container}
	found, err := l.c.row("SELECT blob FROM logs WHERE uid = $1 AND attempt = $2 AND container = $3", args, &blob)
	if err == nil && !found {
		err = entity.NotFound(entity.Log)
	}
	if err != nil {
		return "", err
	}
	for _, table := range []string{"log_chunks", "log_marks", "logs"} {
		if _, err := l.exec("DELETE FROM "+table+" WHERE uid = $1 AND attempt = $2 AND container = $3", args...); err != nil {
			return "", err
		}
	}
	return blob, nil
}

// DeleteAll implements store.Logs.
func (l logs) DeleteAll(ctx context.Context, uid string) (blobs []string, err error) {
	list, err := l.List(ctx, uid)
	if err != nil {
		return nil, err
	}
	for _, m := range list {
		if m.Blob != "" {
			blobs = append(blobs, m.Blob)
		}
	}
	for _, table := range []string{"log_chunks", "log_marks", "logs"} {
		if _, err := l.exec("DELETE FROM "+table+" WHERE uid = $1", uid); err != nil {
			return nil, err
		}
	}
	return blobs, nil
}
