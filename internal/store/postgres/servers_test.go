package postgres_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"dhub/entity"
	"dhub/internal/store"
	"dhub/internal/store/postgres"
	"dhub/internal/store/sqlstore"
)

func create(ctx context.Context, s store.Store, id, function string) error {
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	return s.Write(ctx, func(tx store.Tx) error {
		_, err := tx.Runs().Create(ctx, store.Run{
			Doc: entity.Doc{Entity: entity.Run, ID: id, Name: "n", Kind: "python+job:run", Project: "p", User: "alice", Created: now, Updated: now},
			UID: "u" + id, Function: function, Task: "python+job://p/t", FunctionSpec: []byte(`{"of":"` + function + `"}`), State: entity.StateReady, Desired: store.WantRun,
		})
		return err
	})
}

// TestTwoServers has two stores write to one database at once: the feed has no holes, nothing that one
// remembers is spoilt by the other, and each hears of the other's commits.
func TestTwoServers(t *testing.T) {
	t.Parallel()
	url := server.Database(t)
	var servers [2]store.Store
	var opening sync.WaitGroup
	for i := range servers {
		opening.Go(func() {
			s, err := postgres.Open(t.Context(), url, sqlstore.Options{})
			if err != nil {
				t.Error(err)
			}
			servers[i] = s
		})
	}
	opening.Wait()
	if t.Failed() {
		return
	}
	for _, s := range servers {
		defer s.Close()
	}
	ctx := t.Context()
	const writers, each = 6, 20
	var wg sync.WaitGroup
	for w := range writers {
		s := servers[w%2]
		wg.Go(func() {
			for i := range each {
				function := fmt.Sprint("python://p/f:", i%3)
				id := fmt.Sprintf("r%d-%d", w, i)
				if err := create(ctx, s, id, function); err != nil {
					t.Error(err)
				}
				if i%4 == 3 { // its function spec goes with the last run that uses it, and comes back
					if err := servers[(w+1)%2].Write(ctx, func(tx store.Tx) error { return tx.Runs().Delete(ctx, id) }); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
	const want = writers * each * 3 / 4
	for _, s := range servers {
		list, err := s.Changes(ctx, 0, 1000)
		if err != nil || len(list) != writers*each*5/4 {
			t.Errorf("got %d changes, %v", len(list), err)
		}
		for i, c := range list {
			if c.Seq != int64(i+1) {
				t.Fatalf("change %d has seq %d: a hole", i, c.Seq)
			}
		}
		if err := s.Read(ctx, func(tx store.Tx) error {
			p, err := tx.Runs().List(ctx, store.Query{Project: "p", Size: 1000}, true)
			if len(p.Items) != want || p.Total != want {
				t.Errorf("got %d runs of %d, want %d", len(p.Items), p.Total, want)
			}
			for _, r := range p.Items {
				if string(r.FunctionSpec) != `{"of":"`+r.Function+`"}` {
					t.Errorf("run %s of %s has spec %s", r.ID, r.Function, r.FunctionSpec)
				}
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	}
	wake, stop := servers[1].Wake()
	defer stop()
	deadline := time.After(30 * time.Second)
	for n := 0; ; n++ {
		if err := create(ctx, servers[0], fmt.Sprint("wake-", n), "python://p/f:1"); err != nil {
			t.Fatal(err)
		}
		select {
		case <-wake:
			return
		case <-deadline:
			t.Fatal("a commit of one server never woke the other")
		default:
		}
	}
}

// TestConnectionLost has the server end all connections: the store goes on with new ones.
func TestConnectionLost(t *testing.T) {
	t.Parallel()
	url := server.Database(t)
	s, err := postgres.Open(t.Context(), url, sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx := t.Context()
	if err := create(ctx, s, "before", "python://p/f:1"); err != nil {
		t.Fatal(err)
	}
	name := url[strings.LastIndex(url[:strings.Index(url, "?")], "/")+1 : strings.Index(url, "?")]
	server.Exec(t, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"+name+"'")
	if err := create(ctx, s, "after", "python://p/f:1"); err != nil {
		t.Errorf("write: %v", err)
	}
	if err := s.Read(ctx, func(tx store.Tx) error {
		p, err := tx.Runs().List(ctx, store.Query{Size: 5}, false)
		if p.Total != 2 {
			t.Errorf("got %d runs, want 2", p.Total)
		}
		return err
	}); err != nil {
		t.Errorf("read: %v", err)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	refused := func(url string, code entity.Code, words ...string) {
		t.Helper()
		s, err := postgres.Open(t.Context(), url, sqlstore.Options{})
		if err == nil {
			s.Close()
			t.Errorf("%s was opened", words)
			return
		}
		if entity.CodeOf(err) != code {
			t.Errorf("got code %s (%v), want %s", entity.CodeOf(err), err, code)
		}
		for _, w := range words {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("got message %q without %q", err, w)
			}
		}
		if strings.Contains(err.Error(), "s3cret") {
			t.Errorf("message %q holds the password", err)
		}
	}
	exec := func(url, q string) {
		t.Helper()
		db, err := sql.Open("pgx", url)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	url := server.Database(t)
	s, err := postgres.Open(t.Context(), url, sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d := s.Describe(); !strings.HasPrefix(d, "PostgreSQL") || strings.Contains(d, "s3cret") {
		t.Errorf("got description %q", d)
	}
	s.Close()
	exec(url, "INSERT INTO schema_versions VALUES (9000, '9000_future', 'x', 0)")
	refused(url, entity.CodeConflict, "newer dhub", "nothing was changed")
	other := server.Database(t)
	exec(other, "CREATE TABLE theirs (a int)")
	refused(other, entity.CodeConflict, "another program")
	refused("postgres://u:s3cret@/none?host=/nowhere", entity.CodeUnavailable, "cannot be reached")
	refused("postgres://u:s3cret@host:port/x", entity.CodeInvalid, "not understood")
}
