// Command store fills a database with runs and prints how long lists take, filter by filter and pair by
// pair, what a run takes on disk, and how fast runs are created and moved.
//
//	go run ./bench/store -runs 1000000
//	go run ./bench/store -postgres postgres://… -runs 100000
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	goruntime "runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"time"

	"dhub/internal/store"
	"dhub/internal/store/postgres"
	"dhub/internal/store/sqlite"
	"dhub/internal/store/sqlstore"
)

func main() {
	n := flag.Int("runs", 100_000, "how many runs")
	db := flag.String("db", "", "SQLite file; kept and used again when given")
	pg := flag.String("postgres", "", "URL of an empty PostgreSQL database instead")
	each := flag.Int("each", 40, "queries per filter")
	only := flag.String("only", "", "only filters that contain this")
	writes := flag.Bool("writes", true, "measure writes too")
	profile := flag.String("cpuprofile", "", "write a CPU profile of filling and writing")
	flag.Parse()
	if *profile != "" {
		f, err := os.Create(*profile)
		if err == nil {
			err = pprof.StartCPUProfile(f)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		defer pprof.StopCPUProfile()
	}
	if err := run(*n, *db, *pg, *each, *only, *writes); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(n int, db, pg string, each int, only string, writes bool) error {
	ctx := context.Background()
	if db == "" {
		dir, err := os.MkdirTemp("", "dhub-bench")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		db = filepath.Join(dir, "dhub.db")
	}
	var s store.Store
	var err error
	if pg != "" {
		s, err = postgres.Open(ctx, pg, sqlstore.Options{})
	} else {
		s, err = sqlite.Open(ctx, db, sqlstore.Options{})
	}
	if err != nil {
		return err
	}
	defer s.Close()
	fmt.Printf("%s\n%s %s/%s, %d processors, fsync p50 %v\n", s.Describe(), goruntime.Version(), goruntime.GOOS, goruntime.GOARCH, goruntime.NumCPU(), fsync(filepath.Dir(db)))
	w := newWorld(n)
	counts := map[string]int64{}
	var have int64
	if err := s.Read(ctx, func(t store.Tx) error {
		states, err := t.Runs().CountStates(ctx, w.project)
		for state, k := range states {
			counts[string(state)] = k
			have += k
		}
		return err
	}); err != nil {
		return err
	}
	if have == 0 {
		start := time.Now()
		if err := w.fill(ctx, s); err != nil {
			return err
		}
		fmt.Printf("filled %d runs in %v\n", n, time.Since(start).Round(time.Second))
	} else if have != int64(n) {
		return fmt.Errorf("the database holds %d runs, not %d", have, n)
	}
	if err := calm(ctx, s, n); err != nil {
		return err
	}
	if pg == "" {
		if err := size(s, db, n); err != nil {
			return err
		}
	}
	if err := lists(ctx, s, w, each, only); err != nil {
		return err
	}
	if err := live(ctx, s); err != nil {
		return err
	}
	fmt.Printf("memory: %s\n", memory())
	if writes {
		return writing(ctx, s, w)
	}
	return nil
}

// calm is the quiet time after the filling, when nobody shares a commit: the store then merges its text
// indexes bit by bit.
func calm(ctx context.Context, s store.Store, n int) error {
	start := time.Now()
	commits := n / 200
	for range commits {
		if err := s.Write(ctx, func(store.Tx) error { return nil }); err != nil {
			return err
		}
	}
	fmt.Printf("%d small commits in %v\n", commits, time.Since(start).Round(time.Millisecond))
	return nil
}

// size prints what the file takes.
func size(s store.Store, db string, n int) error {
	total := int64(0)
	for _, suffix := range []string{"", "-wal"} {
		if fi, err := os.Stat(db + suffix); err == nil {
			total += fi.Size()
			fmt.Printf("%s: %d MiB\n", filepath.Base(db)+suffix, fi.Size()>>20)
		}
	}
	fmt.Printf("bytes a run: %.0f\n", float64(total)/float64(n))
	return nil
}

// fsync is the middle latency of a small durable write.
func fsync(dir string) time.Duration {
	f, err := os.CreateTemp(dir, "fsync")
	if err != nil {
		return 0
	}
	defer os.Remove(f.Name())
	defer f.Close()
	var took []time.Duration
	for range 100 {
		start := time.Now()
		if _, err := f.Write(make([]byte, 4096)); err != nil {
			return 0
		}
		if err := f.Sync(); err != nil {
			return 0
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	return took[len(took)/2].Round(time.Microsecond)
}

func memory() string {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "unknown"
	}
	var out []string
	for line := range strings.Lines(string(text)) {
		for _, key := range []string{"VmHWM", "VmRSS", "RssAnon"} {
			if strings.HasPrefix(line, key) {
				out = append(out, strings.Join(strings.Fields(line), " "))
			}
		}
	}
	return strings.Join(out, ", ")
}
