package e2e

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite" // to look into a data folder

	"dhub/entity"
)

// refused starts a server that must end by itself with every one of the words.
func (s *server) refused(words ...string) {
	s.t.Helper()
	s.spawn()
	select {
	case <-s.done:
	case <-time.After(30 * time.Second):
		s.t.Fatalf("the server did not end:\n%s", s.out)
	}
	code := s.cmd.ProcessState.ExitCode()
	s.cmd = nil
	if code <= 0 {
		s.t.Errorf("exit code %d of a refused start", code)
	}
	for _, w := range words {
		if !strings.Contains(s.out.String(), w) {
			s.t.Errorf("the refusal does not say %q:\n%s", w, s.out)
		}
	}
	if strings.Contains(s.out.String(), "goroutine ") {
		s.t.Errorf("a stack trace:\n%s", s.out)
	}
}

func TestASecondServerOnTheFolderIsRefused(t *testing.T) {
	t.Parallel()
	first := startServer(t)
	second := newServer(t, withData(first.data))
	second.refused(first.data, first.Endpoint())
	if !first.Ready(context.Background()) {
		t.Error("the first server does not answer any more")
	}
}

func TestATakenPortIsRefused(t *testing.T) {
	t.Parallel()
	first := startServer(t)
	address := strings.TrimPrefix(first.Endpoint(), "http://")
	newServer(t, withArgs("--listen", address)).refused(address, "dhub", "--listen")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() { // a stranger that says nothing
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			c.Close()
		}
	}()
	newServer(t, withArgs("--listen", l.Addr().String())).refused(l.Addr().String(), "another program")
}

func TestListeningBeyondTheMachineIsRefused(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"0.0.0.0:0", ":0", "[::]:0", "example.org:80"} {
		s := newServer(t, withArgs("--listen", address))
		s.refused("authentication")
		if _, err := os.Stat(s.data); err == nil {
			t.Errorf("--listen %s made the data folder", address)
		}
	}
	newServer(t, withArgs("--listen", "nonsense")).refused("HOST:PORT")
}

func TestAFolderOfANewerVersionIsRefused(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.project("pr")
	s.stop()
	name := filepath.Join(s.data, "dhub.db")
	db, err := sql.Open("sqlite", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("INSERT INTO schema_versions (version, name, checksum, at) VALUES (9000, '9000_future', 'x', 0)"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before := checksum(t, name)
	s.refused("newer", "9000", name)
	if after := checksum(t, name); after != before {
		t.Error("the refused start changed the database")
	}
}

func checksum(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", sha256.Sum256(b))
}

func TestACorruptDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	for what, spoil := range map[string]func([]byte){
		"header": func(b []byte) { copy(b, "this is no database at all, it says so") },
		"pages": func(b []byte) {
			for i := 4096; i < len(b); i++ {
				b[i] = byte(i * 7)
			}
		},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			s := startServer(t)
			f := s.function(s.project("pr"), "f", "def main(): pass\n")
			s.completed(s.run(f))
			s.stop()
			name := filepath.Join(s.data, "dhub.db")
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			whole := append([]byte(nil), b...)
			spoil(b)
			if err := os.WriteFile(name, b, 0o600); err != nil {
				t.Fatal(err)
			}
			s.refused(name)
			// With the database back, all is as it was.
			for _, side := range []string{"-wal", "-shm"} {
				if err := os.RemoveAll(name + side); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.WriteFile(name, whole, 0o600); err != nil {
				t.Fatal(err)
			}
			s.start()
			if n := s.count(entity.Run, "pr", nil); n != 1 {
				t.Errorf("%d runs after the database was restored, want 1", n)
			}
		})
	}
}
