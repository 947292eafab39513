package postgres_test

import (
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"

	"dhub/internal/store"
	"dhub/internal/store/postgres"
	"dhub/internal/store/sqlstore"
	"dhub/internal/store/storetest"
	"dhub/internal/store/storetest/pgtest"
)

var server *pgtest.Server

func TestMain(m *testing.M) {
	var err error
	if server, err = pgtest.Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	server.Stop()
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func open(t *testing.T, clock *storetest.Clock, countLimit int) store.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), server.Database(t), sqlstore.Options{Now: clock.Now, CountLimit: countLimit})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestSuite(t *testing.T) { storetest.Run(t, open) }
