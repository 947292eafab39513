package sqlite_test

import (
	"database/sql"
	"fmt"
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

// TestSmallCommitsMergeTheTextIndexes lets a search look into few segments, however many blocks were taken in.
func TestSmallCommitsMergeTheTextIndexes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dhub.db")
	s, err := sqlite.Open(t.Context(), path, sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	segments := func(table string) (n int) {
		db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		// A segment's pages have its number above the 37th bit of theirs; row 1 and 10 are averages and structure.
		if err := db.QueryRow("SELECT count(DISTINCT id >> 37) FROM " + table + "_data WHERE id > 10").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	num := 0
	block := func(tx store.Tx) error {
		for range 256 {
			num++
			r, rec := fixtureRun(), fixtureRecord()
			r.ID, r.UID, r.Name = fmt.Sprintf("%032x", num*7919), fmt.Sprintf("u%d", num), fmt.Sprintf("lynx-%d", num)
			rec.ID, rec.Name = r.ID, r.Name
			if _, err := tx.Runs().Create(t.Context(), r); err != nil {
				return err
			}
			if _, err := tx.Entities().Create(t.Context(), rec); err != nil {
				return err
			}
		}
		return nil
	}
	const blocks = 24
	for range blocks {
		if err := s.Write(t.Context(), block); err != nil {
			t.Fatal(err)
		}
	}
	for range 200 {
		if err := s.Write(t.Context(), func(store.Tx) error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
	for _, table := range []string{"runs_text", "entities_text"} {
		// One of each size: sizes double.
		if n := segments(table); n > 5 {
			t.Errorf("%s has %d segments after %d blocks, expected at most 5", table, n, blocks)
		}
	}
	err = s.Read(t.Context(), func(tx store.Tx) error {
		p, err := tx.Runs().List(t.Context(), store.Query{Project: "p", Text: "lynx-", Size: 1}, false)
		if p.Total != int64(num) {
			t.Errorf("%d runs are found, expected %d", p.Total, num)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
