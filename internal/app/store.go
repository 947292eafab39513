package app

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"

	"dhub/entity"
	"dhub/internal/cli"
	"dhub/internal/store"
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
		return nil, entity.Errorf(entity.CodeUnimplemented, "PostgreSQL is not supported by this build")
	}
	scheme, _, _ := strings.Cut(o.DatabaseURL, ":")
	return nil, entity.Invalid("database-url", "pattern", "the database URL begins with %q; expected postgres://USER@HOST/DATABASE", scheme)
}
