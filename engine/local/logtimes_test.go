//go:build linux

package local_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"dhub/engine"
	"dhub/engine/local"
	"dhub/engine/local/keeper"
	"dhub/entity"
)

// logTimes reads a log and when each of its bytes was written; bytes of which that is not known have no time.
func logTimes(t *testing.T, e *local.Engine, h engine.Handle) (log string, times []time.Time) {
	t.Helper()
	err := e.Logs(t.Context(), h, "", func(c engine.Chunk) error {
		at := time.Time{}
		for i := range c.Data {
			for len(c.Marks) > 0 && c.Marks[0].Offset <= i {
				at, c.Marks = c.Marks[0].Time, c.Marks[1:]
			}
			times = append(times, at)
		}
		log += string(c.Data)
		return nil
	})
	if err != nil {
		t.Fatalf("logs: %v", err)
	}
	return log, times
}

func wantInOrder(t *testing.T, begin time.Time, times []time.Time) {
	t.Helper()
	last := begin.Add(-time.Second) // the clock of files lags behind
	for i, at := range times {
		if at.Before(last) || at.After(time.Now()) {
			t.Fatalf("byte %d was written at %v, want between %v and now", i, at, last)
		}
		last = at
	}
}

// What is built while an attempt waits has its times too, for all who wait.
func TestTheOutputOfABuildHasTimes(t *testing.T) {
	t.Parallel()
	e, begin, at := open(t, local.Config{Root: root(t)}), time.Now(), t.TempDir()
	r := job(t, "print job")
	r.Assets = []engine.Asset{{Key: "timed", Make: []engine.Process{program(t, "print building", "wait-for "+filepath.Join(at, "go"), "print built")}}}
	h := start(t, e, r)
	firstLine(t, e, h)
	second := r
	second.ID = nextID()
	later := start(t, e, second)
	firstLine(t, e, later)
	write(t, filepath.Join(at, "go"), "")
	for _, h := range []engine.Handle{h, later} {
		wantReason(t, end(t, e, h), engine.Succeeded, entity.ReasonCompleted)
		log, times := logTimes(t, e, h)
		if log != "building\nbuilt\njob\n" {
			t.Fatalf("got log %q", log)
		}
		wantInOrder(t, begin, times)
	}
}

// A job that is over before anything was looked at has its times, and what a killed keeper had not noted yet has that
// of the last write.
func TestShortJobsAndThoseOfAKilledKeeperHaveTimes(t *testing.T) {
	t.Parallel()
	dir := root(t)
	e, begin := open(t, local.Config{Root: dir}), time.Now()
	short := start(t, e, job(t, "print short"))
	wantReason(t, end(t, e, short), engine.Succeeded, entity.ReasonCompleted)
	killed := start(t, e, job(t, "print ready", "hold"))
	firstLine(t, e, killed)
	if got := killKeepers(dir); len(got) != 1 {
		t.Fatalf("killed %v, want one keeper", got)
	}
	wantReason(t, end(t, e, killed), engine.Lost, entity.ReasonKeeperLost)
	for _, h := range []engine.Handle{short, killed} {
		_, times := logTimes(t, e, h)
		wantInOrder(t, begin, times)
	}
}

// What an older keeper left, or a job took away, has no times; the log is whole.
func TestALogWithoutMarksHasNoTimes(t *testing.T) {
	t.Parallel()
	dir := root(t)
	e := open(t, local.Config{Root: dir})
	h := start(t, e, job(t, "print hello"))
	wantReason(t, end(t, e, h), engine.Succeeded, entity.ReasonCompleted)
	marks, err := filepath.Glob(filepath.Join(dir, keeper.AttemptsDir, "*", keeper.LogFile+keeper.MarksSuffix))
	if err != nil || len(marks) != 1 {
		t.Fatalf("got %v (%v), want one file of marks", marks, err)
	}
	if err := os.Remove(marks[0]); err != nil {
		t.Fatal(err)
	}
	log, times := logTimes(t, e, h)
	if log != "hello\n" {
		t.Errorf("got log %q", log)
	}
	for _, at := range times {
		if !at.IsZero() {
			t.Fatalf("got %v", times)
		}
	}
}

// A job may give the file of its log any time; no byte was written later than it is read.
func TestALogIsNotOfTheFuture(t *testing.T) {
	t.Parallel()
	dir := root(t)
	e, begin := open(t, local.Config{Root: dir}), time.Now()
	h := start(t, e, job(t, "print hello"))
	wantReason(t, end(t, e, h), engine.Succeeded, entity.ReasonCompleted)
	logs, err := filepath.Glob(filepath.Join(dir, keeper.AttemptsDir, "*", keeper.LogFile))
	if err != nil || len(logs) != 1 {
		t.Fatalf("got %v (%v), want one log", logs, err)
	}
	if err := os.Truncate(logs[0]+keeper.MarksSuffix, 0); err != nil {
		t.Fatal(err)
	}
	if later := time.Now().AddDate(200, 0, 0); os.Chtimes(logs[0], later, later) != nil {
		t.Fatal("the log takes no time")
	}
	_, times := logTimes(t, e, h)
	if len(times) != len("hello\n") {
		t.Fatalf("got %v", times)
	}
	wantInOrder(t, begin, times)
}
