package sqlstore

import (
	"context"
	"fmt"
	"slices"

	"dhub/entity"
)

type (
	files       struct{ *tx }
	metrics     struct{ *tx }
	values      struct{ *tx }
	idempotency struct{ *tx }
	settings    struct{ *tx }
)

// Put implements store.Files.
func (f files) Put(ctx context.Context, typ, id string, list []byte) error {
	_, err := f.exec("INSERT INTO files (entity, id, list) VALUES ($1, $2, $3) ON CONFLICT (entity, id) DO UPDATE SET list = excluded.list", typ, id, docIn(list))
	return err
}

// Get implements store.Files.
func (f files) Get(ctx context.Context, typ, id string) (list []byte, err error) {
	_, err = f.c.row("SELECT list FROM files WHERE entity = $1 AND id = $2", []any{typ, id}, &list)
	return nilIfEmpty(list), err
}

// Delete implements store.Files.
func (f files) Delete(ctx context.Context, typ, id string) error {
	_, err := f.exec("DELETE FROM files WHERE entity = $1 AND id = $2", typ, id)
	return err
}

// Put implements store.Metrics.
func (m metrics) Put(ctx context.Context, typ, id, name string, value []byte) error {
	_, err := m.exec("INSERT INTO metrics (entity, id, name, value) VALUES ($1, $2, $3, $4) ON CONFLICT (entity, id, name) DO UPDATE SET value = excluded.value", typ, id, name, docIn(value))
	return err
}

// All implements store.Metrics.
func (m metrics) All(ctx context.Context, typ, id string) (map[string][]byte, error) {
	out := map[string][]byte{}
	err := m.c.rows("SELECT name, value FROM metrics WHERE entity = $1 AND id = $2", []any{typ, id}, func(scan func(...any) error) error {
		var name string
		var value []byte
		err := scan(&name, &value)
		out[name] = value
		return err
	})
	return out, err
}

// tailChars is how much of the end of a metric is read to find its last number.
const tailChars = 64

// Last implements store.Metrics.
func (m metrics) Last(ctx context.Context, typ string, ids []string) (map[string]map[string][]byte, error) {
	out := map[string]map[string][]byte{}
	for chunk := range slices.Chunk(ids, 128) {
		args := []any{typ}
		for _, id := range chunk {
			args = append(args, id)
		}
		q := fmt.Sprintf("SELECT id, name, length(value), substr(value, CASE WHEN length(value) > %[1]d THEN length(value) - %[1]d + 1 ELSE 1 END) FROM metrics WHERE entity = $1 AND id IN %[2]s", tailChars, placeholders(2, len(chunk)))
		long := map[string]bool{} // with a number that is longer than what was read
		err := m.c.rowsOnce(q, args, func(scan func(...any) error) error {
			var id, name string
			var length int64
			var tail []byte
			if err := scan(&id, &name, &length, &tail); err != nil {
				return err
			}
			last, whole := entity.LastNumber(tail)
			switch {
			case !whole && length > tailChars:
				long[id] = true
			case last != nil:
				if out[id] == nil {
					out[id] = map[string][]byte{}
				}
				out[id][name] = last
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		for id := range long {
			all, err := m.All(ctx, typ, id)
			if err != nil {
				return nil, err
			}
			out[id] = map[string][]byte{}
			for name, value := range all {
				if last, _ := entity.LastNumber(value); last != nil {
					out[id][name] = last
				}
			}
		}
	}
	return out, nil
}

// DeleteAll implements store.Metrics.
func (m metrics) DeleteAll(ctx context.Context, typ, id string) error {
	_, err := m.exec("DELETE FROM metrics WHERE entity = $1 AND id = $2", typ, id)
	return err
}

// Put implements store.Values.
func (v values) Put(ctx context.Context, project, name string, sealed []byte) error {
	_, err := v.exec("INSERT INTO sealed (project, name, value) VALUES ($1, $2, $3) ON CONFLICT (project, name) DO UPDATE SET value = excluded.value", project, name, filled(sealed))
	return err
}

// Get implements store.Values.
func (v values) Get(ctx context.Context, project, name string) (sealed []byte, err error) {
	found, err := v.c.row("SELECT value FROM sealed WHERE project = $1 AND name = $2", []any{project, name}, &sealed)
	if err == nil && !found {
		err = entity.NotFound(entity.Secret)
	}
	return sealed, err
}

// Delete implements store.Values.
func (v values) Delete(ctx context.Context, project, name string) error {
	_, err := v.exec("DELETE FROM sealed WHERE project = $1 AND name = $2", project, name)
	return err
}

// DeleteProject implements store.Values.
func (v values) DeleteProject(ctx context.Context, project string) error {
	_, err := v.exec("DELETE FROM sealed WHERE project = $1", project)
	return err
}

// Each implements store.Values.
func (v values) Each(ctx context.Context, f func(project, name string, sealed []byte) error) error {
	type row struct {
		project, name string
		sealed        []byte
	}
	var all []row // f may write, which the open rows would be in the way of
	err := v.c.rows("SELECT project, name, value FROM sealed ORDER BY project, name", nil, func(scan func(...any) error) error {
		var r row
		err := scan(&r.project, &r.name, &r.sealed)
		all = append(all, r)
		return err
	})
	for _, r := range all {
		if err == nil {
			err = f(r.project, r.name, r.sealed)
		}
	}
	return err
}

// Get implements store.Settings.
func (s settings) Get(ctx context.Context, name string) (value []byte, err error) {
	found, err := s.c.row("SELECT value FROM settings WHERE name = $1", []any{name}, &value)
	if err == nil && !found {
		err = entity.Errorf(entity.CodeNotFound, "the setting %s was never stored", name)
	}
	return value, err
}

// Put implements store.Settings.
func (s settings) Put(ctx context.Context, name string, value []byte) error {
	_, err := s.exec("INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, docIn(value))
	return err
}

// Get implements store.Idempotency.
func (i idempotency) Get(ctx context.Context, key string) (hash, answer []byte, err error) {
	found, err := i.c.row("SELECT hash, answer FROM idempotency WHERE key = $1", []any{key}, &hash, &answer)
	if err == nil && !found {
		err = entity.Errorf(entity.CodeNotFound, "no answer is remembered for this key")
	}
	return hash, answer, err
}

// Put implements store.Idempotency.
func (i idempotency) Put(ctx context.Context, key string, hash, answer []byte) error {
	_, err := i.exec("INSERT INTO idempotency (key, hash, answer, at) VALUES ($1, $2, $3, $4) ON CONFLICT (key) DO UPDATE SET hash = excluded.hash, answer = excluded.answer, at = excluded.at",
		key, filled(hash), filled(answer), micros(i.s.opts.Now()))
	return err
}
