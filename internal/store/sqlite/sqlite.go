// Package sqlite opens a store in one SQLite file.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	sqlite3 "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"dhub/entity"
	"dhub/internal/store"
	"dhub/internal/store/sqlstore"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Caches of the connections in KiB: one writer and the readers stay under 16 MiB together.
const (
	readers     = 3
	readerCache = 4096
	writerCache = 3072
)

// Open opens the database at path and makes it if there is none. The folder must exist. One process at a
// time may have it open; keeping others out is the caller's matter.
func Open(ctx context.Context, path string, opts sqlstore.Options) (store.Store, error) {
	d := dialect(path)
	if fi, err := os.Stat(filepath.Dir(path)); err != nil || !fi.IsDir() {
		return nil, entity.Errorf(entity.CodeUnavailable, "the folder of the database %s does not exist", path)
	}
	dsn := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: "_pragma=busy_timeout(10000)"}).String()
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, translate(path, err)
	}
	db.SetMaxOpenConns(readers + 1)
	db.SetMaxIdleConns(0) // ours are held, none idles
	if err := prepare(ctx, db, path, opts); err != nil {
		db.Close()
		return nil, err
	}
	return sqlstore.New(db, d, opts), nil
}

// prepare checks the file before anything is changed in it, then migrates.
func prepare(ctx context.Context, db *sql.DB, path string, opts sqlstore.Options) error {
	c, err := db.Conn(ctx)
	if err != nil {
		return translate(path, err)
	}
	defer c.Close()
	m := sqlstore.Migrator{
		Files: fs.FS(migrations), Place: path, Begin: "BEGIN IMMEDIATE",
		Exists:    "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_versions'",
		Foreign:   "SELECT 1 FROM sqlite_schema LIMIT 1",
		Translate: func(err error) (error, bool) { return classify(path, err) },
	}
	if _, err := m.Check(ctx, c); err != nil {
		return err
	}
	for _, p := range []string{"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"} {
		if _, err := c.ExecContext(ctx, p); err != nil {
			return translate(path, err)
		}
	}
	return m.Run(ctx, c, opts.Clock()())
}

func translate(path string, err error) error {
	err, _ = classify(path, err)
	return err
}

func dialect(path string) *sqlstore.Dialect {
	return &sqlstore.Dialect{
		Name: "SQLite", Place: path, Prepare: true, Batch: 1, Readers: readers, EmptyBytes: "x''",
		BeginRead: "BEGIN", BeginWrite: "BEGIN IMMEDIATE",
		TextIndex:   "INSERT INTO runs_text (rowid, t) SELECT num, id || char(10) || name FROM runs WHERE num > $1 AND num <= $2",
		TextDelete:  "INSERT INTO runs_text (runs_text, rowid, t) VALUES ('delete', $1, $2)",
		TextNums:    "SELECT COALESCE(group_concat(num), '') FROM (SELECT rowid AS num FROM runs_text WHERE runs_text MATCH $1 AND rowid < $3 ORDER BY rowid DESC LIMIT $2)",
		TextPattern: func(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` },
		TextMerge: [2]string{
			"INSERT INTO runs_text (runs_text, rank) VALUES ('merge', $1)",
			"INSERT INTO entities_text (entities_text, rank) VALUES ('merge', $1)",
		},
		FindMatch: "entities_text MATCH ?",
		Translate: func(err error) (error, bool) { return classify(path, err) },
		Opened: func(ctx context.Context, c *sql.Conn, writer bool) error {
			pragmas := []string{"synchronous = FULL", "temp_store = MEMORY", "foreign_keys = OFF", "wal_autocheckpoint = 4000", "journal_size_limit = 16777216"}
			if writer {
				pragmas = append(pragmas, fmt.Sprintf("cache_size = -%d", writerCache))
			} else {
				pragmas = append(pragmas, fmt.Sprintf("cache_size = -%d", readerCache), "query_only = ON")
			}
			for _, p := range pragmas {
				if _, err := c.ExecContext(ctx, "PRAGMA "+p); err != nil {
					return err
				}
			}
			return nil
		},
		Closing: func(ctx context.Context, c *sql.Conn) {
			// Best effort: the next start recovers from the log just as well.
			_, _ = c.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
		},
	}
}

// classify words SQLite's errors; fatal ones have cost the transaction.
func classify(path string, err error) (error, bool) {
	if err == nil {
		return nil, false
	}
	if _, ok := errors.AsType[*entity.Error](err); ok {
		return err, false
	}
	e, ok := errors.AsType[*sqlite3.Error](err)
	if !ok {
		if errors.Is(err, sql.ErrConnDone) || errors.Is(err, sql.ErrTxDone) {
			return entity.Errorf(entity.CodeUnavailable, "the database %s was closed: %w", path, err), true
		}
		return err, false
	}
	unavailable := func(format string, args ...any) (error, bool) {
		return &entity.Error{Code: entity.CodeUnavailable, Message: fmt.Sprintf(format, args...), Err: err}, true
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_FULL:
		return unavailable("no space left for the database %s: free some disk space and try again; nothing was stored", path)
	case lib.SQLITE_READONLY:
		return unavailable("the database %s cannot be written: check the rights of the file and its folder, and whether the disk is mounted read-only", path)
	case lib.SQLITE_CANTOPEN:
		return unavailable("the database %s cannot be opened: check that its folder exists and that you may read and write in it", path)
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return unavailable("the database %s is damaged or is no SQLite file: stop dhub, move it away and restore a backup", path)
	case lib.SQLITE_IOERR:
		return unavailable("the disk failed while reading or writing the database %s", path)
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return unavailable("the database %s is locked by another process", path)
	case lib.SQLITE_NOMEM:
		return unavailable("out of memory in the database %s", path)
	}
	return fmt.Errorf("database %s: %w", path, err), false
}
