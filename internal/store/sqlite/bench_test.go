package sqlite_test

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"dhub/entity"
	"dhub/internal/store"
	"dhub/internal/store/sqlite"
	"dhub/internal/store/sqlstore"
)

// BenchmarkCreate measures what the store alone takes for a durable create by 16 callers: the wall time, and
// the processor time, which other work on the machine moves less.
//
//	GOMAXPROCS=1 go test ./internal/store/sqlite -run none -bench Create -benchtime 20000x
func BenchmarkCreate(b *testing.B) {
	b.Run("run", func(b *testing.B) {
		run := fixtureRun()
		run.State, run.Updated = entity.StateReady, run.Created
		run.Control = []byte(`{"transitions":[{"status":"CREATED","time":"2026-11-22T10:00:00Z"},{"status":"BUILT","time":"2026-11-22T10:00:00Z"},{"status":"READY","time":"2026-11-22T10:00:00Z"}],"reason":{"code":"queued"}}`)
		bench(b, func(tx store.Tx, i int64) error {
			r := run
			r.ID, r.UID = random(), fmt.Sprintf("%012x", i)+random()[:20]
			r.Name = fmt.Sprintf("happy-lynx-%d", i%1000)
			r.Created = r.Created.Add(time.Duration(i) * time.Millisecond)
			r.Updated = r.Created
			_, err := tx.Runs().Create(b.Context(), r)
			return err
		})
	})
	b.Run("artifact", func(b *testing.B) {
		rec := fixtureRecord()
		rec.Entity, rec.Kind, rec.SpecHash, rec.Labels = entity.Artifact, "artifact", "", nil
		bench(b, func(tx store.Tx, i int64) error {
			r := rec
			r.ID, r.Name = random(), fmt.Sprint("a", i)
			r.Created = r.Created.Add(time.Duration(i) * time.Millisecond)
			r.Updated = r.Created
			_, err := tx.Entities().Create(b.Context(), r)
			return err
		})
	})
}

func random() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

func bench(b *testing.B, f func(store.Tx, int64) error) {
	s, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "dhub.db"), sqlstore.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	var n atomic.Int64
	var wg sync.WaitGroup
	before := used()
	b.ResetTimer()
	for range 16 {
		wg.Go(func() {
			for i := n.Add(1); i <= int64(b.N); i = n.Add(1) {
				if err := s.Write(b.Context(), func(tx store.Tx) error { return f(tx, i) }); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	b.ReportMetric(float64((used()-before).Nanoseconds())/float64(b.N), "cpu-ns/op")
}

// used is the processor time of this process so far.
func used() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
