package sqlstore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"

	"dhub/entity"
)

// Migrator brings a database to the schema of this build.
type Migrator struct {
	Files fs.FS  // NNNN_name.sql from 0001 without gaps
	Place string // for messages
	// Begin opens a transaction that keeps other migrators out.
	Begin string
	// Exists selects one row if the table schema_versions exists, Foreign one row if the database holds other tables.
	Exists, Foreign string
	Translate       func(error) (error, bool)
}

type migration struct {
	version             int
	name, sum, contents string
}

func (m Migrator) load() ([]migration, error) {
	names, err := fs.Glob(m.Files, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var list []migration
	for i, name := range names {
		text, err := fs.ReadFile(m.Files, name)
		if err != nil {
			return nil, err
		}
		base := strings.TrimSuffix(path.Base(name), ".sql")
		number, _, _ := strings.Cut(base, "_")
		version, err := strconv.Atoi(number)
		if err != nil || version != i+1 {
			return nil, fmt.Errorf("migration %s does not follow number %d", name, i)
		}
		sum := sha256.Sum256(text)
		list = append(list, migration{version, base, hex.EncodeToString(sum[:]), string(text)})
	}
	return list, nil
}

// Run applies what is missing, each migration in its own transaction. A database of a newer version, of
// another program, or whose migrations are not ours is refused before anything is changed.
func (m Migrator) Run(ctx context.Context, c *sql.Conn, now time.Time) error {
	list, err := m.load()
	if err != nil {
		return err
	}
	for {
		more, err := m.step(ctx, c, list, now)
		if err != nil {
			err, _ := m.Translate(err)
			return err
		}
		if !more {
			return nil
		}
	}
}

// Check refuses what Run would refuse and changes nothing; current tells that Run has nothing to do.
func (m Migrator) Check(ctx context.Context, c *sql.Conn) (current bool, err error) {
	list, err := m.load()
	if err != nil {
		return false, err
	}
	done, err := m.applied(ctx, c, list)
	if err != nil {
		err, _ = m.Translate(err)
	}
	return done == len(list), err
}

func (m Migrator) applied(ctx context.Context, c *sql.Conn, list []migration) (int, error) {
	var one int
	switch err := c.QueryRowContext(ctx, m.Exists).Scan(&one); {
	case errors.Is(err, sql.ErrNoRows):
		switch err := c.QueryRowContext(ctx, m.Foreign).Scan(&one); {
		case errors.Is(err, sql.ErrNoRows):
			return 0, nil
		case err != nil:
			return 0, err
		}
		return 0, entity.Errorf(entity.CodeConflict, "the database at %s holds tables of another program; give dhub an empty one", m.Place)
	case err != nil:
		return 0, err
	}
	rows, err := c.QueryContext(ctx, "SELECT version, name, checksum FROM schema_versions ORDER BY version")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var version int
		var name, sum string
		if err := rows.Scan(&version, &name, &sum); err != nil {
			return 0, err
		}
		if version > len(list) {
			return 0, entity.Errorf(entity.CodeConflict, "the database at %s was written by a newer dhub (schema %d, %s; this one knows %d); nothing was changed: start the newer dhub, or restore a backup", m.Place, version, name, len(list))
		}
		if version != n+1 || list[n].sum != sum {
			return 0, entity.Errorf(entity.CodeConflict, "the database at %s was written by a different build of dhub (schema %d, %s, has checksum %.8s, expected %.8s); nothing was changed", m.Place, version, name, sum, list[n].sum)
		}
		n++
	}
	return n, rows.Err()
}

func (m Migrator) step(ctx context.Context, c *sql.Conn, list []migration, now time.Time) (more bool, err error) {
	if done, err := m.applied(ctx, c, list); err != nil || done == len(list) {
		return false, err
	}
	for _, q := range strings.Split(m.Begin, ";") {
		if _, err := c.ExecContext(ctx, q); err != nil {
			_, _ = c.ExecContext(ctx, "ROLLBACK")
			return false, err
		}
	}
	defer func() {
		if err != nil {
			_, _ = c.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		}
	}()
	done, err := m.applied(ctx, c, list) // another may have been faster
	if err != nil {
		return false, err
	}
	if done < len(list) {
		next := list[done]
		if done == 0 {
			if _, err := c.ExecContext(ctx, "CREATE TABLE schema_versions (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, at BIGINT NOT NULL)"); err != nil {
				return false, err
			}
		}
		if _, err := c.ExecContext(ctx, next.contents); err != nil {
			return false, fmt.Errorf("migration %s: %w", next.name, err)
		}
		if _, err := c.ExecContext(ctx, "INSERT INTO schema_versions (version, name, checksum, at) VALUES ($1, $2, $3, $4)", next.version, next.name, next.sum, now.UnixMicro()); err != nil {
			return false, err
		}
	}
	if _, err := c.ExecContext(ctx, "COMMIT"); err != nil {
		return false, err
	}
	return true, nil
}
