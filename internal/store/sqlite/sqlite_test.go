package sqlite_test

import (
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"dhub/internal/store"
	"dhub/internal/store/sqlite"
	"dhub/internal/store/sqlstore"
	"dhub/internal/store/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t *testing.T, clock *storetest.Clock, countLimit int) store.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "dhub.db"), sqlstore.Options{Now: clock.Now, CountLimit: countLimit})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestSuite(t *testing.T) { storetest.Run(t, open) }

// Nobody else writes the file, so what was read may be kept (the suite says how).
func TestStampIsKnown(t *testing.T) {
	t.Parallel()
	if stamp, known := open(t, storetest.NewClock(), 0).Stamp(); !known {
		t.Errorf("the stamp %d is not known", stamp)
	}
}
