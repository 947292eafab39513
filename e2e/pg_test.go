package e2e

import (
	"sync"
	"testing"

	"dhub/internal/store/storetest/pgtest"
)

var pg struct {
	once   sync.Once
	server *pgtest.Server
	err    error
}

// postgres starts the PostgreSQL of these tests on first use.
func postgres(t *testing.T) *pgtest.Server {
	t.Helper()
	pg.once.Do(func() { pg.server, pg.err = pgtest.Start() })
	if pg.err != nil {
		t.Fatal(pg.err)
	}
	return pg.server
}

func stopPostgres() {
	if pg.server != nil {
		pg.server.Stop()
	}
}
