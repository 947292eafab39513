// Package postgres opens a store in a PostgreSQL database.
package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"dhub/entity"
	"dhub/internal/store"
	"dhub/internal/store/sqlstore"
)

//go:embed migrations/*.sql
var migrations embed.FS

const (
	readers = 6
	// migrationLock is the key of the advisory lock that lets one server migrate at a time.
	migrationLock = 0x64687562
	channel       = "dhub_changes"
)

// pgStore is a store that also hears of other servers' commits.
type pgStore struct {
	*sqlstore.Store
	stop   context.CancelFunc
	ended  sync.WaitGroup
	closed sync.Once
}

// Open opens the database at url, "postgres://user@host/name", and makes its tables if there are none.
// Several servers may use one database.
func Open(ctx context.Context, url string, opts sqlstore.Options) (store.Store, error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, entity.Errorf(entity.CodeInvalid, "the database URL is not understood: %s", strings.ReplaceAll(err.Error(), url, "…"))
	}
	if cfg.RuntimeParams["application_name"] == "" {
		cfg.RuntimeParams["application_name"] = "dhub"
	}
	place := fmt.Sprintf("%s:%d/%s", cfg.Host, cfg.Port, cfg.Database)
	db := stdlib.OpenDB(*cfg)
	db.SetMaxOpenConns(readers + 2)
	db.SetMaxIdleConns(0) // ours are held, none idles
	c, err := db.Conn(ctx)
	if err == nil {
		m := sqlstore.Migrator{
			Files: fs.FS(migrations), Place: place,
			Begin:     fmt.Sprintf("BEGIN;SELECT pg_advisory_xact_lock(%d)", migrationLock),
			Exists:    "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_versions'",
			Foreign:   "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() LIMIT 1",
			Translate: func(err error) (error, bool) { return classify(place, err) },
		}
		err = m.Run(ctx, c, opts.Clock()())
		c.Close()
	}
	if err != nil {
		db.Close()
		err, _ = classify(place, err)
		return nil, err
	}
	s := &pgStore{Store: sqlstore.New(db, dialect(place), opts)}
	listening, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.ended.Go(func() { s.listen(listening, cfg, opts.Logger) })
	return s, nil
}

// Close implements store.Store.
func (s *pgStore) Close() error {
	s.closed.Do(func() {
		s.stop()
		s.ended.Wait()
	})
	return s.Store.Close()
}

// listen passes other servers' commits on. It connects again whenever the connection is lost, and wakes
// all then, for something may have been missed.
func (s *pgStore) listen(ctx context.Context, cfg *pgx.ConnConfig, logger *slog.Logger) {
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	for pause := time.Second; ctx.Err() == nil; pause = min(2*pause, time.Minute) {
		err := func() error {
			c, err := pgx.ConnectConfig(ctx, cfg)
			if err != nil {
				return err
			}
			defer c.Close(context.WithoutCancel(ctx))
			if _, err := c.Exec(ctx, "LISTEN "+channel); err != nil {
				return err
			}
			s.WakeAll()
			pause = time.Second
			for {
				if _, err := c.WaitForNotification(ctx); err != nil {
					return err
				}
				s.WakeAll()
			}
		}()
		if ctx.Err() != nil {
			return
		}
		logger.Warn("lost the connection that listens for changes", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

func dialect(place string) *sqlstore.Dialect {
	// The newest matches come first; the index over trigrams finds them.
	matching := `SELECT num FROM runs WHERE lower(id || chr(10) || name) LIKE $1 ESCAPE '\' AND num < $3 ORDER BY num DESC LIMIT $2`
	return &sqlstore.Dialect{
		Name: "PostgreSQL", Place: place, Batch: 64, Readers: readers, EmptyBytes: `'\x'::bytea`,
		BeginRead: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", BeginWrite: "BEGIN", ForUpdate: " FOR UPDATE",
		TextNums:    "SELECT COALESCE(string_agg(num::text, ','), '') FROM (" + matching + ") AS t",
		TextPattern: sqlstore.Like,
		FindMatch:   `t LIKE ? ESCAPE '\'`,
		Translate:   func(err error) (error, bool) { return classify(place, err) },
		Notify:      "NOTIFY " + channel,
	}
}

// classify words PostgreSQL's errors; fatal ones have cost the connection.
func classify(place string, err error) (error, bool) {
	if err == nil {
		return nil, false
	}
	if _, ok := errors.AsType[*entity.Error](err); ok {
		return err, false
	}
	unavailable := func(format string, args ...any) error {
		return &entity.Error{Code: entity.CodeUnavailable, Message: fmt.Sprintf(format, args...), Err: err}
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch {
		case e.Code == "53100":
			return unavailable("no space left for the database %s: free some disk space and try again; nothing was stored", place), false
		case e.Code == "25006":
			return unavailable("the database %s is read-only", place), false
		case e.Code == "22021" || e.Code == "22P05":
			return entity.Errorf(entity.CodeInvalid, "text holds bytes that the database cannot store: %s", e.Message), false
		case e.Code == "28P01" || e.Code == "28000" || e.Code == "3D000":
			return unavailable("the database %s refuses the connection: %s", place, e.Message), true
		case strings.HasPrefix(e.Code, "53"), strings.HasPrefix(e.Code, "58"), strings.HasPrefix(e.Code, "XX"):
			return unavailable("the database %s fails: %s", place, e.Message), false
		case strings.HasPrefix(e.Code, "08"), strings.HasPrefix(e.Code, "57P"):
			return unavailable("the database %s ended the connection: %s", place, e.Message), true
		case e.Code == "40001" || e.Code == "40P01" || e.Code == "55P03":
			return unavailable("the database %s is busy: %s", place, e.Message), false
		}
		return fmt.Errorf("database %s: %w", place, err), false
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return unavailable("the database %s cannot be reached: check DHUB_DATABASE_URL and that it is running", place), true
	}
	if errors.Is(err, sql.ErrConnDone) || errors.Is(err, sql.ErrTxDone) || pgconn.Timeout(err) || strings.Contains(err.Error(), "conn closed") || strings.Contains(err.Error(), "driver: bad connection") || strings.Contains(err.Error(), "unexpected EOF") {
		return unavailable("the connection to the database %s was lost", place), true
	}
	return err, false
}
