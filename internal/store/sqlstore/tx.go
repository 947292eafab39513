package sqlstore

import (
	"encoding/json"
	"errors"
	"math"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// tx implements store.Tx and all its small interfaces' state; w is nil while reading.
type tx struct {
	s    *Store
	c    *conn
	w    *batch
	over bool

	head *int64 // what seen answered
}

func (t *tx) Entities() store.Entities       { return entities{t} }
func (t *tx) Runs() store.Runs               { return runs{t} }
func (t *tx) Attempts() store.Attempts       { return attempts{t} }
func (t *tx) Logs() store.Logs               { return logs{t} }
func (t *tx) Files() store.Files             { return files{t} }
func (t *tx) Metrics() store.Metrics         { return metrics{t} }
func (t *tx) Graph() store.Graph             { return graph{t} }
func (t *tx) Values() store.Values           { return values{t} }
func (t *tx) Schedules() store.Schedules     { return schedules{t} }
func (t *tx) Leases() store.Leases           { return leases{t} }
func (t *tx) Idempotency() store.Idempotency { return idempotency{t} }
func (t *tx) Settings() store.Settings       { return settings{t} }
func (t *tx) Stats() store.Stats             { return stats{t} }
func (t *tx) Saved() store.Saved             { return saved{t} }

// write returns the write transaction.
func (t *tx) write() (*batch, error) {
	if t.w == nil {
		return nil, errors.New("write inside store.Read")
	}
	if t.over {
		return nil, errors.New("store.Tx used after its function returned")
	}
	return t.w, nil
}

// exec writes.
func (t *tx) exec(q string, args ...any) (int64, error) {
	if _, err := t.write(); err != nil {
		return 0, err
	}
	return t.c.exec(q, args...)
}

// seen is the number of the last change that a reading transaction sees. A writing one sees all there is.
func (t *tx) seen() (int64, error) {
	if t.w != nil {
		return math.MaxInt64, nil
	}
	if t.head == nil {
		var seq int64
		if _, err := t.c.row("SELECT seq FROM head WHERE one = 1", nil, &seq); err != nil {
			return 0, err
		}
		t.head = &seq
	}
	return *t.head, nil
}

// settle makes what this transaction put off visible to its own queries.
func (t *tx) settle() error {
	if t.w == nil {
		return nil
	}
	return t.w.flush()
}

func (t *tx) changes(after int64, max int) ([]store.Change, error) {
	var head, trimmed int64
	if _, err := t.c.row("SELECT seq, trimmed FROM head WHERE one = 1", nil, &head, &trimmed); err != nil {
		return nil, err
	}
	if after < trimmed {
		return nil, entity.Errorf(entity.CodeNotFound, "changes up to %d are no longer kept; start anew from %d", trimmed, head)
	}
	var out []store.Change
	var names [][6]int64
	err := t.c.rows("SELECT seq, at, project, entity, verb, kind, state, was, id, name FROM changes WHERE seq > $1 ORDER BY seq LIMIT $2", []any{after, max},
		func(scan func(...any) error) error {
			var c store.Change
			var at int64
			var n [6]int64
			if err := scan(&c.Seq, &at, &n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &c.ID, &c.Name); err != nil {
				return err
			}
			c.At = fromMicros(at)
			out, names = append(out, c), append(names, n)
			return nil
		})
	if err != nil {
		return nil, err
	}
	for i := range out {
		c := &out[i]
		for j, dest := range []*string{&c.Project, &c.Entity, &c.Verb, &c.Kind, &c.State, &c.Was} {
			if *dest, err = t.text(names[i][j]); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// Documents are text; the empty text stands for an absent one.
func docIn(b []byte) string { return string(b) }

func docOut(s []byte) json.RawMessage {
	if len(s) == 0 {
		return nil
	}
	return s
}

func listIn[T any](list []T) string {
	if len(list) == 0 {
		return ""
	}
	b, err := json.Marshal(list)
	if err != nil {
		panic(err) // strings only
	}
	return string(b)
}

func listOut[T any](text []byte) (list []T, err error) {
	if len(text) == 0 {
		return nil, nil
	}
	err = json.Unmarshal(text, &list)
	return list, err
}

func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func fromMicros(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
