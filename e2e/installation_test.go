package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dhub/entity"
)

// A database in PostgreSQL belongs to one data folder: another is refused with a message that says which, and
// takes it over only when told so; then what executed on the first one ends as lost.
func TestASecondFolderOnADatabaseIsRefused(t *testing.T) {
	t.Parallel()
	url := withEnv("DHUB_DATABASE_URL=" + postgres(t).Database(t))
	first, g := startServer(t, url), newGate(t)
	p := first.project("pr")
	first.completed(first.run(first.function(p, "quick", "def main(): pass\n")))
	r := first.run(first.function(p, "waits", g.wait()+"\ndef main():\n    wait()\n"))
	first.running(r)

	second := newServer(t, url)
	second.refused("another data folder", first.data, second.data, "dhub data adopt")
	// A copy of the folder under the same name is kept out while the first server lives.
	copied := newServer(t, url)
	if err := os.MkdirAll(copied.data, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"id", "key"} {
		b, err := os.ReadFile(filepath.Join(first.data, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(copied.data, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	copied.refused("another server works on this database", first.data)
	if got := second.dhub("data", "adopt", "--yes"); got.code != 4 || !strings.Contains(got.err, "another server works") {
		t.Errorf("adopting while the first server lives: %s", got)
	}
	first.restart()
	first.running(r)
	first.stop()

	second.refused("another data folder")
	if got := second.dhub("data", "adopt"); got.code != 2 || !strings.Contains(got.err, "Files and long logs") || !strings.Contains(got.err, "--yes") {
		t.Errorf("adopting without a terminal: %s", got)
	}
	second.refused("another data folder")
	if got := second.dhub("data", "adopt", "--yes"); got.code != 0 {
		t.Fatalf("adopting: %s", got)
	}
	if got := second.dhub("data", "adopt", "--yes"); got.code != 4 || !strings.Contains(got.err, "already") {
		t.Errorf("adopting again: %s", got)
	}
	second.start()
	second.ended(r, entity.StateError, entity.ReasonHostLost)
	second.completed(second.run(second.function(p, "quick", "def main(): pass\n")))
	first.refused("another data folder", second.data)
}

// A data folder is moved as a whole and needs nothing else, with either database.
func TestAMovedFolderGoesOn(t *testing.T) {
	t.Parallel()
	for _, product := range []string{"sqlite", "postgres"} {
		t.Run(product, func(t *testing.T) {
			t.Parallel()
			var options []option
			if product == "postgres" {
				options = append(options, withEnv("DHUB_DATABASE_URL="+postgres(t).Database(t)))
			}
			s := startServer(t, options...)
			p := s.project("pr")
			s.secret(p, "WORD", "canary-that-moves")
			f := s.function(p, "long", "import os\ndef main():\n    print(('x' * 99 + '\\n') * 3000, end='')\n    print(os.environ['WORD'])\n")
			r := s.run(f, object{"secrets": []string{"WORD"}})
			s.completed(r)
			log := s.log(r)
			s.stop()
			s.sweep()
			to := filepath.Join(t.TempDir(), "moved")
			if err := os.Rename(s.data, to); err != nil {
				t.Fatal(err)
			}
			s.data = to
			s.start()
			if got := s.log(r); got != log || len(got) < 300_000 {
				t.Errorf("after the move the log has %d bytes, before %d", len(got), len(log))
			}
			s.completed(s.run(f, object{"secrets": []string{"WORD"}}))
			s.stop()
			s.sweep()
		})
	}
}

// A database whose key file was replaced is refused until the key is back, or until it is given up: then runs
// that cannot be masked any more end with a reason, and all others go on.
func TestADatabaseWithoutItsKeyIsRefused(t *testing.T) {
	t.Parallel()
	s, g := startServer(t), newGate(t)
	p := s.project("pr")
	s.secret(p, "WORD", "canary-without-key")
	f := s.function(p, "waits", g.wait()+"\nimport os\ndef main():\n    print(os.environ['WORD'], flush=True)\n    wait()\n")
	r := s.run(f, object{"secrets": []string{"WORD"}})
	s.running(r)
	s.kill()
	key := filepath.Join(s.data, "key")
	if err := os.Rename(key, key+".away"); err != nil {
		t.Fatal(err)
	}
	s.refused("key file", key, "backup", "dhub data adopt")
	if err := os.Rename(key+".away", key); err != nil {
		t.Fatal(err)
	}
	s.start()
	s.running(r)
	s.kill()
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	if got := s.dhub("data", "adopt"); got.code != 2 || !strings.Contains(got.err, "1 of 1 stored secrets cannot be opened") {
		t.Errorf("adopting without a terminal: %s", got)
	}
	if got := s.dhub("data", "adopt", "--yes"); got.code != 0 {
		t.Fatalf("adopting: %s", got)
	}
	s.start()
	g.open(t)
	s.ended(r, entity.StateError, entity.ReasonKeyMissing)
	if got := s.dhub("--project", p, "why", r.ID); !strings.Contains(got.out, "key file") {
		t.Errorf("dhub why: %s", got)
	}
	s.ended(s.run(f, object{"secrets": []string{"WORD"}}), entity.StateError, entity.ReasonKeyMissing)
	s.completed(s.run(s.function(p, "plain", "def main(): pass\n")))
	if err := s.SetSecrets(t.Context(), p, map[string]string{"WORD": "anew"}); err != nil {
		t.Fatal(err)
	}
	s.completed(s.run(f, object{"secrets": []string{"WORD"}}))
	s.cleared()
	s.stop()
	s.hunt("at the end", nil, "canary-without-key")
}
