package sqlite_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"dhub/entity"
	"dhub/internal/store"
	"dhub/internal/store/sqlite"
	"dhub/internal/store/sqlstore"
)

// raw runs statements on a file without the store.
func raw(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, q := range statements {
		if _, err := db.Exec(q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
}

func refused(t *testing.T, path string, code entity.Code, words ...string) {
	t.Helper()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s, err := sqlite.Open(t.Context(), path, sqlstore.Options{})
	if err == nil {
		s.Close()
		t.Fatal("it was opened")
	}
	if entity.CodeOf(err) != code {
		t.Errorf("got code %s (%v), want %s", entity.CodeOf(err), err, code)
	}
	for _, w := range append(words, path) {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("got message %q without %q", err, w)
		}
	}
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(before) != string(after) {
		t.Error("the file was changed")
	}
}

// filled makes a database with a run and closes it.
func filled(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dhub.db")
	s, err := sqlite.Open(t.Context(), path, sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 50 {
		if err := put(t.Context(), s, fmt.Sprint("run-", i), 1); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// put creates a run with a document that does not compress, of so many KiB.
func put(ctx context.Context, s store.Store, id string, kib int) error {
	doc := make([]byte, 0, kib<<10)
	x := uint64(len(id)) + uint64(id[len(id)-1])<<32
	for len(doc) < kib<<10 {
		x = x*6364136223846793005 + 1442695040888963407
		doc = fmt.Appendf(doc, "%016x", x)
	}
	run := store.Run{
		Doc: entity.Doc{Entity: entity.Run, ID: id, Name: "happy-lynx", Kind: "python+job:run", Project: "p", User: "alice", Created: time.Unix(1, 0), Updated: time.Unix(2, 0), Spec: doc},
		UID: "u" + id, Function: "python://p/f:1", Task: "python+job://p/t", FunctionSpec: []byte(`{"a":1.0}`), State: entity.StateReady, Desired: store.WantRun, Engine: "local",
		Relations: []entity.Relation{{Type: entity.RunOf, Dest: "store://p/function/python/f:1"}},
	}
	return s.Write(ctx, func(t store.Tx) error {
		_, err := t.Runs().Create(ctx, run)
		return err
	})
}

func TestNewerVersion(t *testing.T) {
	t.Parallel()
	path := filled(t)
	raw(t, path, "INSERT INTO schema_versions VALUES (9000, '9000_future', 'x', 0)", "PRAGMA wal_checkpoint(TRUNCATE)")
	refused(t, path, entity.CodeConflict, "newer dhub", "9000_future", "nothing was changed")
}

func TestOtherBuild(t *testing.T) {
	t.Parallel()
	path := filled(t)
	raw(t, path, "UPDATE schema_versions SET checksum = 'other'", "PRAGMA wal_checkpoint(TRUNCATE)")
	refused(t, path, entity.CodeConflict, "different build")
}

func TestForeignDatabase(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "other.db")
	raw(t, path, "CREATE TABLE theirs (a)")
	refused(t, path, entity.CodeConflict, "another program")
}

func TestNoDatabase(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "text.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("this is no database. ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, path, entity.CodeUnavailable, "damaged", "restore a backup")
	_, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "none", "dhub.db"), sqlstore.Options{})
	if entity.CodeOf(err) != entity.CodeUnavailable || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("got %v for a folder that is missing", err)
	}
}

func TestCorruptDatabase(t *testing.T) {
	t.Parallel()
	path := filled(t)
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 2 * 4096; i < len(file); i++ {
		file[i] = 0x5a
	}
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := sqlite.Open(t.Context(), path, sqlstore.Options{})
	if err == nil {
		defer s.Close()
		err = put(t.Context(), s, "new", 1)
	}
	if entity.CodeOf(err) != entity.CodeUnavailable || !strings.Contains(err.Error(), "damaged") || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v, want a message about damage", err)
	}
}

// TestSchemaFixtures opens databases that earlier schemas wrote.
func TestSchemaFixtures(t *testing.T) {
	t.Parallel()
	fixtures, err := filepath.Glob("testdata/schema-*.db")
	if err != nil || len(fixtures) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, fixture := range fixtures {
		t.Run(filepath.Base(fixture), func(t *testing.T) {
			text, err := os.ReadFile(fixture)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), "dhub.db")
			if err := os.WriteFile(path, text, 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := sqlite.Open(t.Context(), path, sqlstore.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			checkFixture(t, s)
			checkTextIndex(t, s)
		})
	}
}

// checkTextIndex fills the block of the fixture's run, which may have been indexed alone before: it is found
// once then, and no more when it is gone.
func checkTextIndex(t *testing.T, s store.Store) {
	ctx := t.Context()
	want := func(n int64) {
		if err := s.Read(ctx, func(tx store.Tx) error {
			p, err := tx.Runs().List(ctx, store.Query{Text: "happy-lynx", Size: 5}, false)
			if err == nil && (p.Total != n || int64(len(p.Items)) != n) {
				t.Errorf("found %d of %d runs by text, want %d", len(p.Items), p.Total, n)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	}
	if err := s.Write(ctx, func(tx store.Tx) error {
		for i := range 300 {
			r := fixtureRun()
			r.ID, r.UID, r.Name = fmt.Sprint("more-", i), fmt.Sprint("uid-", i), "other"
			if _, err := tx.Runs().Create(ctx, r); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	want(1)
	if err := s.Write(ctx, func(tx store.Tx) error { return tx.Runs().Delete(ctx, fixtureRun().ID) }); err != nil {
		t.Fatal(err)
	}
	want(0)
}

// TestDiskFullAndReadOnly needs a small disk of its own: it runs itself again in a name space where it
// may mount one.
func TestDiskFullAndReadOnly(t *testing.T) {
	if os.Getenv("DHUB_TEST_OWN_MOUNTS") == "" {
		t.Parallel()
		c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestDiskFullAndReadOnly$", "-test.v")
		c.Env = append(os.Environ(), "DHUB_TEST_OWN_MOUNTS="+t.TempDir())
		c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
			UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}, GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}}
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("in a name space of its own (as unshare -rm): %v\n%s", err, out)
		}
		return
	}
	dir := os.Getenv("DHUB_TEST_OWN_MOUNTS")
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=3m"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "dhub.db")
	s, err := sqlite.Open(t.Context(), path, sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	stored := 0
	for ; ; stored++ {
		if err = put(t.Context(), s, fmt.Sprint("run-", stored), 64); err != nil {
			break
		}
		if stored > 1000 {
			t.Fatal("the disk never became full")
		}
	}
	unavailable(t, err, "no space left", path)
	count := func() int {
		var p store.Page[store.Run]
		if err := s.Read(t.Context(), func(tx store.Tx) (err error) {
			p, err = tx.Runs().List(t.Context(), store.Query{Size: 1000}, false)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if p.Total != int64(len(p.Items)) {
			t.Errorf("got %d runs, but a total of %d", len(p.Items), p.Total)
		}
		return len(p.Items)
	}
	if n := count(); n != stored {
		t.Errorf("got %d runs on the full disk, want the %d that were acknowledged", n, stored)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=8m"); err != nil {
		t.Fatal(err)
	}
	if err := put(t.Context(), s, "after", 64); err != nil {
		t.Errorf("with space again: %v", err)
	}
	if n := count(); n != stored+1 {
		t.Errorf("got %d runs with space again, want %d", n, stored+1)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	if s, err = sqlite.Open(t.Context(), path, sqlstore.Options{}); err == nil {
		err = put(t.Context(), s, "read-only", 1)
		s.Close()
	}
	unavailable(t, err, "cannot be", path)
}

func unavailable(t *testing.T, err error, words ...string) {
	t.Helper()
	if entity.CodeOf(err) != entity.CodeUnavailable {
		t.Errorf("got code %q (%v), want unavailable", entity.CodeOf(err), err)
		return
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("got message %q without %q", err, w)
		}
	}
}
