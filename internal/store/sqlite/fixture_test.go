package sqlite_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dhub/entity"
	"dhub/internal/store"
	"dhub/internal/store/sqlite"
	"dhub/internal/store/sqlstore"
)

var fixture = flag.String("fixture", "", "write a database with today's schema to this file, to be kept in testdata")

var fixtureTime = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

func fixtureRecord() store.Record {
	return store.Record{
		Doc: entity.Doc{Entity: entity.Function, ID: "f1", Name: "f", Kind: "python", Project: "p", User: "alice", Metadata: []byte(`{"labels":["etl"]}`),
			Spec: []byte(`{"a":1.0}`), Created: fixtureTime, Updated: fixtureTime, UpdatedBy: "alice", Seq: 1},
		State: "CREATED", Labels: []string{"etl"}, SpecHash: "h", Version: 1,
	}
}

func fixtureRun() store.Run {
	return store.Run{
		Doc: entity.Doc{Entity: entity.Run, ID: "r1", Name: "happy-lynx", Kind: "python+job:run", Project: "p", User: "bob", UpdatedBy: "bob",
			Metadata: []byte(`{"name":"happy-lynx","project":"p","relationships":[{"type":"run_of","dest":"store://p/function/python/f:f1"}]}`), Spec: []byte(`{"parameters":{"alpha":1.0}}`), Status: []byte(`{"results":{"x":12345678901234567}}`),
			Created: fixtureTime, Updated: fixtureTime.Add(time.Second), Seq: 2},
		UID: "u1", Function: "python://p/f:f1", Task: "python+job://p/t1", FunctionSpec: []byte(`{"a":1.0}`), TaskSpec: []byte(`{}`), State: entity.StateCompleted,
		Finished: fixtureTime.Add(time.Second), Desired: store.WantRun, Engine: "local", Attempt: 1, Control: []byte(`{"transitions":[]}`), Relations: []entity.Relation{{Type: entity.RunOf, Dest: "store://p/function/python/f:f1"}},
	}
}

func fixtureAttempt() store.Attempt {
	return store.Attempt{RunUID: "u1", RunID: "r1", Number: 1, Engine: "local", Host: "h", Handle: []byte(`{"version":1}`), Runnable: []byte(`{"main":{}}`), Status: []byte(`{"phase":"succeeded"}`),
		Gen: 3, Sealed: []byte{1, 2}, TokenHash: []byte{3, 4}, Started: fixtureTime, Finished: fixtureTime, Phase: "succeeded"}
}

// TestWriteFixture makes the fixture of a new schema:
//
//	go test ./internal/store/sqlite -run TestWriteFixture -fixture testdata/schema-0007.db
func TestWriteFixture(t *testing.T) {
	path := *fixture
	if path == "" {
		path = filepath.Join(t.TempDir(), "dhub.db")
	}
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
	s, err := sqlite.Open(t.Context(), path, sqlstore.Options{Now: func() time.Time { return fixtureTime }})
	if err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	err = s.Write(ctx, func(tx store.Tx) error {
		if _, err := tx.Entities().Create(ctx, fixtureRecord()); err != nil {
			return err
		}
		if _, err := tx.Runs().Create(ctx, fixtureRun()); err != nil {
			return err
		}
		if _, err := tx.Leases().Acquire(ctx, "driver", "h", time.Hour); err != nil {
			return err
		}
		for _, err := range []error{
			tx.Attempts().Create(ctx, fixtureAttempt()), tx.Attempts().PutSamples(ctx, "u1", 1, []byte{1, 0, 0xff}),
			tx.Logs().Put(ctx, store.LogMeta{RunUID: "u1", RunID: "r1", Project: "p", Attempt: 1, Container: "main", Size: 3, Cursor: "3", Closed: true, Created: fixtureTime, Updated: fixtureTime}, []byte("abc")),
			tx.Logs().PutMarks(ctx, "u1", 1, "main", 0, []byte{0, 0xff}),
			tx.Files().Put(ctx, entity.Artifact, "a1", []byte(`[]`)), tx.Metrics().Put(ctx, entity.Run, "r1", "m", []byte(`1.0`)), tx.Values().Put(ctx, "p", "S", []byte{5}),
			tx.Schedules().Put(ctx, store.Schedule{Owner: "trigger/t1", Project: "p", Spec: []byte(`{}`), Next: fixtureTime}), tx.Schedules().SetOffset(ctx, "reader", 2),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	checkFixture(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// checkFixture reads all that TestWriteFixture wrote.
func checkFixture(t *testing.T, s store.Store) {
	t.Helper()
	ctx := t.Context()
	err := s.Read(ctx, func(tx store.Tx) error {
		rec, err := tx.Entities().Latest(ctx, entity.Function, "p", "f")
		if d := cmp.Diff(fixtureRecord(), rec); d != "" || err != nil {
			t.Errorf("function: %v %s", err, d)
		}
		for _, q := range []store.Query{{Text: "lynx"}, {Function: "python://p/f:f1", User: "bob"}, {IDs: []string{"r1"}}} {
			q.Size = 5
			p, err := tx.Runs().List(ctx, q, true)
			if d := cmp.Diff([]store.Run{fixtureRun()}, p.Items); d != "" || err != nil {
				t.Errorf("runs: %v %s", err, d)
			}
		}
		a, err := tx.Attempts().ByToken(ctx, []byte{3, 4})
		if d := cmp.Diff(fixtureAttempt(), a); d != "" || err != nil {
			t.Errorf("attempt: %v %s", err, d)
		}
		if b, err := tx.Logs().Read(ctx, "u1", 1, "main", 0, 9); err != nil || string(b) != "abc" {
			t.Errorf("log: %s %v", b, err)
		}
		if b, err := tx.Attempts().Samples(ctx, "u1", 1); err != nil || b != nil && string(b) != "\x01\x00\xff" { // none before schema 7
			t.Errorf("samples: %v %v", b, err)
		}
		if n, err := tx.Schedules().Offset(ctx, "reader"); err != nil || n != 2 {
			t.Errorf("offset: %d %v", n, err)
		}
		if list, err := tx.Schedules().Due(ctx, fixtureTime, 5); err != nil || len(list) != 1 {
			t.Errorf("schedules: %v %v", list, err)
		}
		if l, err := tx.Entities().Labels(ctx, "p", "", 0, 5); err != nil || l.Total != 1 {
			t.Errorf("labels: %v %v", l, err)
		}
		if r, err := tx.Graph().Touching(ctx, "p", "store://p/function/python/f:f1"); err != nil || len(r) != 1 {
			t.Errorf("relations: %v %v", r, err)
		}
		if list, err := tx.Stats().Find(ctx, store.FindQuery{Project: "p", Words: []string{"etl"}, Limit: 5}); err != nil || len(list) != 1 {
			t.Errorf("found: %v %v", list, err)
		}
		if list, err := tx.Logs().Marks(ctx, "u1", 1, "main", 0); err != nil || len(list) > 1 || len(list) == 1 && string(list[0]) != "\x00\xff" { // none before schema 8
			t.Errorf("marks: %v %v", list, err)
		}
		return tx.Leases().Check(ctx, "driver", 1)
	})
	if err != nil {
		t.Error(err)
	}
	if list, err := s.Changes(ctx, 0, 10); err != nil || len(list) != 2 {
		t.Errorf("changes: %v %v", list, err)
	}
}
