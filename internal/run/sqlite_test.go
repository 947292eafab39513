package run

import (
	"bytes"
	"fmt"
	"path/filepath"
	goruntime "runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"dhub/engine"
	"dhub/engine/fake"
	"dhub/entity"
	"dhub/internal/store"
	"dhub/internal/store/sqlite"
	"dhub/internal/store/sqlstore"
)

// openSQLite opens a store on disk.
func openSQLite(t testing.TB, path string) store.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path, sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// onSQLite runs a test in virtual time on a real SQLite file, opened and closed inside the bubble.
func onSQLite(t *testing.T, f fake.Config, test func(t *testing.T, w *world), edit ...func(*Config)) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dhub.db")
	synctest.Test(t, func(t *testing.T) {
		s := openSQLite(t, path)
		w := newWorld(t, s, f, edit...)
		defer func() {
			w.stop()
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}()
		test(t, w)
	})
}

func TestOnSQLiteARunGoesItsWay(t *testing.T) {
	onSQLite(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("r", script("FAKE_LOG", "hello\n", "FAKE_SLEEP", "5s", "FAKE_REPORT", `{"outputs":{"o":"store://p/dataitem/table/o:1"},"results":{"n":1.0}}`))
		v := w.end("r")
		if v.path() != "CREATED BUILT READY PENDING RUNNING COMPLETED" || string(v.Results["n"]) != "1.0" || w.log("r", 1) != "hello\n" {
			t.Errorf("got %s %v %q", v.path(), v.Results, w.log("r", 1))
		}
		w.create("stop", script("FAKE_SLEEP", "forever"))
		time.Sleep(time.Second)
		_, err := w.m.Act(w.ctx(), "p", "stop", "stop", "")
		w.must(err)
		if v := w.end("stop"); v.State != entity.StateStopped {
			t.Errorf("stop: got %s", v.State)
		}
		w.create("again", map[string]any{"backoff_limit": 1, "parameters": map[string]any{"FAKE_EXIT": "1"}})
		if v := w.end("again"); v.State != entity.StateError || len(v.Attempts) != 2 {
			t.Errorf("again: got %s %d", v.State, len(v.Attempts))
		}
		w.create("delete", script("FAKE_SLEEP", "forever"))
		time.Sleep(time.Second)
		_, err = w.m.Delete(w.ctx(), "p", "delete")
		w.must(err)
		time.Sleep(time.Minute)
		if _, err := w.m.Get(w.ctx(), "p", "delete"); !entity.IsNotFound(err) {
			t.Errorf("delete: got %v", err)
		}
		page, err := w.m.List(w.ctx(), store.Query{Project: "p", Size: 10})
		w.must(err)
		if page.Total != 3 || !strings.Contains(string(page.Items[0].Spec), "script") {
			t.Errorf("list: got %d, %s", page.Total, page.Items[0].Spec)
		}
	})
}

func TestOnSQLiteWaitingRetriesDoNotHoldUpTheQueue(t *testing.T) {
	onSQLite(t, fake.Config{}, func(t *testing.T, w *world) {
		for i := range 8 {
			w.create(fmt.Sprint("r", i), map[string]any{"backoff_limit": 9, "parameters": map[string]any{"FAKE_EXIT": "1"}})
		}
		time.Sleep(100 * time.Second) // all are in their longer pauses
		w.create("quick", nil)
		start := time.Now()
		if v := w.end("quick"); v.State != entity.StateCompleted || time.Since(start) > time.Second {
			t.Errorf("got %s after %s", v.State, time.Since(start))
		}
	}, func(c *Config) { c.MaxRuns = 2 })
}

func TestOnSQLiteARestartFindsEverything(t *testing.T) {
	onSQLite(t, fake.Config{}, func(t *testing.T, w *world) {
		for i := range 10 {
			w.create(fmt.Sprint("r", i), script("FAKE_SLEEP", "10s", "FAKE_LOG", "x"))
		}
		for i := range 6 {
			time.Sleep(time.Duration(i) * 1700 * time.Millisecond)
			w.stop()
			w.restart()
		}
		for i := range 10 {
			id := fmt.Sprint("r", i)
			v := w.end(id)
			if n := w.engine.Executions(engine.ID{UID: w.uid(id), Attempt: 1}); v.State != entity.StateCompleted || n != 1 || w.log(id, 1) != "x" {
				t.Errorf("%s: got %s, %d executions, log %q", id, v.State, n, w.log(id, 1))
			}
		}
	})
}

func TestOnSQLiteAClientsLogGrows(t *testing.T) {
	onSQLite(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("r", map[string]any{"local_execution": true})
		var want bytes.Buffer
		for i := range 50 {
			line := fmt.Sprintf("line %d\n", i)
			w.must(w.m.AppendLog(w.ctx(), "p", "r", int64(want.Len()), []byte(line)))
			want.WriteString(line)
		}
		if got := w.log("r", 0); got != want.String() {
			t.Errorf("got %q", got)
		}
	})
}

// BenchmarkCreate measures durable creates by 32 clients with the queue's limit at 0.
func BenchmarkCreate(b *testing.B) {
	s := openSQLite(b, filepath.Join(b.TempDir(), "dhub.db"))
	defer s.Close()
	m := benchManager(b, s, 0)
	raw := []byte(`{"kind":"test+job:run","project":"p","spec":{"task":"test+job://p/t1","function":"test://p/f:f1","inputs":{},"parameters":{"a":1}}}`)
	b.ResetTimer()
	each(b, 32, func() error {
		_, err := m.Create(b.Context(), Write{Project: "p", Body: raw, User: "ann"})
		return err
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "runs/s")
}

// BenchmarkRun measures whole runs on the fake engine, one after another.
func BenchmarkRun(b *testing.B) {
	s := openSQLite(b, filepath.Join(b.TempDir(), "dhub.db"))
	defer s.Close()
	m := benchManager(b, s, 4)
	if err := m.Start(b.Context()); err != nil {
		b.Fatal(err)
	}
	defer m.Stop(b.Context())
	for b.Loop() {
		d, err := m.Create(b.Context(), Write{Project: "p", Body: body("", nil)})
		for err == nil {
			if d, err = m.Wait(b.Context(), "p", d.ID, d.Seq, time.Minute); strings.Contains(string(d.Status), `"COMPLETED"`) {
				break
			}
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

func each(b *testing.B, clients int, f func() error) {
	var left atomic.Int64
	left.Store(int64(b.N))
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			for left.Add(-1) >= 0 {
				if err := f(); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestOnSQLiteAQueuedRunIsARowAndNothingElse(t *testing.T) {
	onSQLite(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("first", script("FAKE_SLEEP", "forever"))
		time.Sleep(time.Second)
		synctest.Wait()
		goroutines, live := goruntime.NumGoroutine(), len(w.m.live)
		for i := range 1000 {
			w.create(fmt.Sprint("r", i), nil)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if n, l := goruntime.NumGoroutine(), len(w.m.live); n > goroutines || l != live {
			t.Errorf("got %d goroutines and %d runs in work, want %d and %d", n, l, goroutines, live)
		}
	}, func(c *Config) { c.MaxRuns = 1 })
}
