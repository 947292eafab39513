package app

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"

	"dhub/entity"
	"dhub/internal/cli"
	"dhub/internal/store"
	"dhub/internal/store/postgres"
	"dhub/internal/store/sqlite"
	"dhub/internal/store/sqlstore"
)

// openStore opens PostgreSQL when a URL names one, else the database file of the data folder.
func openStore(ctx context.Context, o cli.ServeOptions, log *slog.Logger) (store.Store, error) {
	opts := sqlstore.Options{Logger: log}
	switch {
	case o.DatabaseURL == "":
		return sqlite.Open(ctx, filepath.Join(o.Data, "dhub.db"), opts)
	case strings.HasPrefix(o.DatabaseURL, "postgres://"), strings.HasPrefix(o.DatabaseURL, "postgresql://"):
		return postgres.Open(ctx, o.DatabaseURL, opts)
	}
	scheme, _, _ := strings.Cut(o.DatabaseURL, ":")
	return nil, entity.Invalid("database-url", "pattern", "the database URL begins with %q; expected postgres://USER@HOST/DATABASE", scheme)
}
