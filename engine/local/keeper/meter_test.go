//go:build linux

package keeper

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func meterIn(t *testing.T) (*meter, string) {
	t.Helper()
	root := t.TempDir()
	dir := filepath.Join(root, AttemptsDir, "u.1")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	m := newMeter(root, "u.1")
	t.Cleanup(m.close)
	return m, dir
}

func samplesOf(t *testing.T, dir string) []Sample {
	t.Helper()
	list, err := ReadSamples(dir)
	if err != nil && !errors.Is(err, ErrDamaged) {
		t.Fatal(err)
	}
	return list
}

// A year is a file of at most 300 samples, which span the whole time at equal distances.
func TestSamplesStayFewHoweverLongAnAttemptIs(t *testing.T) {
	t.Parallel()
	m, dir := meterIn(t)
	now, i := m.begun, 0
	for ; now.Sub(m.begun) < 365*24*time.Hour; i++ {
		now = now.Add(m.every) // as the timer does
		if err := m.write(Sample{now, time.Duration(i) * time.Millisecond, int64(i)}); err != nil {
			t.Fatal(err)
		}
		st, err := os.Stat(filepath.Join(dir, SamplesFile))
		if err != nil || st.Size() > maxSamples*sampleSize {
			t.Fatalf("sample %d: %v, %v", i, st, err)
		}
	}
	list := samplesOf(t, dir)
	if len(list) <= maxSamples/2 || len(list) > maxSamples {
		t.Fatalf("got %d samples", len(list))
	}
	if first := list[0]; !first.Time.Equal(m.begun.UTC().Truncate(time.Microsecond)) || first.CPU != 0 || first.Memory != 0 {
		t.Errorf("got %+v first, want the beginning", first)
	}
	if last := list[len(list)-1]; !last.Time.Equal(now.UTC().Truncate(time.Microsecond)) || last.CPU != time.Duration(i-1)*time.Millisecond || last.Memory != int64(i-1) {
		t.Errorf("got %+v last", last)
	}
	for i := 2; i < len(list); i++ {
		if d := list[i].Time.Sub(list[i-1].Time); (d - m.every).Abs() > time.Microsecond {
			t.Errorf("samples %d and %d lie %v apart, want %v", i-1, i, d, m.every)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// Processor time never falls, though a process that ended unseen takes its own along.
func TestSampledProcessorTimeNeverFalls(t *testing.T) {
	t.Parallel()
	m, dir := meterIn(t)
	for _, cpu := range []time.Duration{3 * time.Second, time.Second, 4 * time.Second} {
		if err := m.keep(cpu, 1); err != nil {
			t.Fatal(err)
		}
		for begun := time.Now(); time.Since(begun) < 2*time.Microsecond; { // the unit of the file
			continue
		}
	}
	want := []time.Duration{0, 3 * time.Second, 3 * time.Second, 4 * time.Second}
	list := samplesOf(t, dir)
	if len(list) != len(want) {
		t.Fatalf("got %+v", list)
	}
	for i, s := range list {
		if s.CPU != want[i] {
			t.Errorf("sample %d: got %v, want %v", i, s.CPU, want[i])
		}
	}
}

func TestATornSampleIsNone(t *testing.T) {
	t.Parallel()
	m, dir := meterIn(t)
	for i := range 3 {
		if err := m.write(Sample{m.begun.Add(time.Duration(i+1) * time.Second), 0, 7}); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, SamplesFile)
	for cut := range int64(sampleSize) {
		if err := os.Truncate(path, 4*sampleSize-cut); err != nil {
			t.Fatal(err)
		}
		want := 4
		if cut > 0 {
			want = 3
		}
		if got := len(samplesOf(t, dir)); got != want {
			t.Errorf("without the last %d bytes: got %d samples, want %d", cut, got, want)
		}
	}
	// The keeper goes on where the last whole one ends.
	m.count = 3
	if err := m.write(Sample{m.begun.Add(9 * time.Second), 0, 9}); err != nil {
		t.Fatal(err)
	}
	if list := samplesOf(t, dir); len(list) != 4 || list[3].Memory != 9 {
		t.Errorf("got %+v", list)
	}
}

// A job reaches its own folder: what it leaves there is never more than wrong samples.
func TestWhateverLiesAtTheSamplesIsReadWithinBounds(t *testing.T) {
	t.Parallel()
	junk := make([]byte, 1<<20)
	for i := range junk {
		junk[i] = byte(i * 31 / 7)
	}
	for name, put := range map[string]func(path string) error{
		"nothing": func(string) error { return nil },
		"a link":  func(path string) error { return os.Symlink("/etc/passwd", path) },
		"folder":  func(path string) error { return os.Mkdir(path, 0o700) },
		"zeroes":  func(path string) error { return os.WriteFile(path, make([]byte, 4*sampleSize), 0o600) },
		"junk":    func(path string) error { return os.WriteFile(path, junk, 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := put(filepath.Join(dir, SamplesFile)); err != nil {
				t.Fatal(err)
			}
			list := samplesOf(t, dir)
			if len(list) > maxSamples || name != "junk" && len(list) > 0 {
				t.Fatalf("got %d samples", len(list))
			}
			for i, s := range list {
				if s.Memory < 0 || s.CPU < 0 || i > 0 && (!s.Time.After(list[i-1].Time) || s.CPU < list[i-1].CPU) {
					t.Errorf("sample %d: %+v", i, s)
				}
			}
		})
	}
}
