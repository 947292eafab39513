//go:build linux

package keeper

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// newMarked begins the marks of an empty log, which has at most so many.
func newMarked(t *testing.T, most int) (*marked, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), LogFile+MarksSuffix)
	marks, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = marks.Close() })
	now := time.Now()
	return &marked{marks: marks, most: most, noted: now, looked: now}, path
}

func readMarks(t *testing.T, path string) []LogMark {
	t.Helper()
	list, read, err := ReadMarks(path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	if again, _, err := ReadMarks(path, list, read); err != nil || !slices.Equal(again, list) {
		t.Errorf("read on from the end: got %v (%v), want %v", again, err, list)
	}
	return list
}

func TestALogThatGrewIsMarkedWithTheTimeOfItsLastWriteAlsoAtTheEnd(t *testing.T) {
	log, err := os.OpenFile(filepath.Join(t.TempDir(), LogFile), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	var m marker
	before := time.Now()
	stop := m.follow(log)
	path := log.Name() + MarksSuffix
	if list := readMarks(t, path); len(list) != 0 {
		t.Errorf("before anything was written: got %v", list)
	}
	if _, err := log.WriteString("one\n"); err != nil {
		t.Fatal(err)
	}
	var list []LogMark
	for deadline := time.Now().Add(10 * time.Second); len(list) == 0 && time.Now().Before(deadline); {
		if list, _, err = ReadMarks(path, nil, 0); err != nil { // it may grow between two readings
			t.Fatal(err)
		}
	}
	if _, err := log.WriteString("two\n"); err != nil {
		t.Fatal(err)
	}
	stop()
	list = readMarks(t, path)
	if len(list) != 2 || list[0].Size != 4 || list[1].Size != 8 || list[1].Time < list[0].Time {
		t.Fatalf("got %v, want marks of 4 and of 8 bytes", list)
	}
	if first, last := list[0].Time, list[1].Time; first < before.UnixMilli() || last > time.Now().UnixMilli() {
		t.Errorf("got %v, which is not between the beginning and now", list)
	}
	if _, err := log.WriteString("three\n"); err != nil {
		t.Fatal(err)
	}
	stop = m.follow(log) // as a build whose file was made before
	stop()
	if m.mu.Lock(); len(m.logs) != 0 {
		t.Errorf("%d logs are still looked at", len(m.logs))
	}
	m.mu.Unlock()
}

func TestAClockThatIsSetBackGivesNoTimesThatRunBackwards(t *testing.T) {
	g, path := newMarked(t, maxMarks)
	begin := time.Now()
	g.last.Time = begin.Add(time.Hour).UnixMilli() // it was an hour ahead
	g.noted = begin
	for i := range 3 {
		g.note(begin.Add(time.Duration(i+1)*time.Second), 0, int64(i+1))
	}
	hour := begin.Add(time.Hour)
	want := []LogMark{{hour.Add(time.Second).UnixMilli(), 1}, {hour.Add(2 * time.Second).UnixMilli(), 2}, {hour.Add(3 * time.Second).UnixMilli(), 3}}
	if got := readMarks(t, path); !slices.Equal(got, want) {
		t.Errorf("got %v, want it to go on by the monotonic clock: %v", got, want)
	}
}

func TestMarksAreBounded(t *testing.T) {
	const most = 100
	g, path := newMarked(t, most)
	begin := time.Now()
	var reader []LogMark
	var read int64
	for i := range 10 * most {
		g.note(begin.Add(time.Duration(i)*time.Millisecond), 0, int64(i+1))
		if i%7 == 0 {
			var err error
			if reader, read, err = ReadMarks(path, reader, read); err != nil {
				t.Fatal(err)
			}
		}
	}
	list := readMarks(t, path)
	if len(list) > most || g.rest < 3 {
		t.Errorf("got %d marks, looked at one time of %d", len(list), g.rest+1)
	}
	reader, _, err := ReadMarks(path, reader, read)
	if err != nil || !slices.Equal(reader, list) {
		t.Errorf("who read all the time has %d marks (%v), the file %d", len(reader), err, len(list))
	}
	if last := list[len(list)-1]; last.Size != 10*most {
		t.Errorf("the last mark is %v", last)
	}
	for _, m := range list {
		if want := begin.Add(time.Duration(m.Size-1) * time.Millisecond).UnixMilli(); m.Time != want {
			t.Errorf("%d bytes were reached at %d, want %d", m.Size, m.Time, want)
		}
	}
}

func TestWhatIsTornOrDamagedIsLeftOut(t *testing.T) {
	g, path := newMarked(t, maxMarks)
	begin := time.Now()
	want := []LogMark{}
	for i := range 4 {
		g.note(begin.Add(time.Duration(i)*time.Second), 0, int64(i+1)*10)
		want = append(want, g.last)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	try := func(what string, data []byte, want ...LogMark) {
		t.Helper()
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if got := readMarks(t, path); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", what, got, want)
		}
	}
	for n := range markLength {
		try("torn", whole[:3*markLength+n], want[:3]...)
	}
	// A keeper was killed between dropping every second mark and cutting the rest off.
	thinned := slices.Concat(whole[markLength:2*markLength], whole[3*markLength:], whole[2*markLength:])
	try("half thinned", thinned, want[1], want[3])
	// Its own job wrote into the file.
	backwards := LogMark{want[3].Time - 1, 1000}
	far := LogMark{1 << 50, 1001}
	try("damaged", far.append(backwards.append(slices.Clone(whole))), want...)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/etc/hostname", path); err != nil {
		t.Fatal(err)
	}
	if _, _, err := ReadMarks(path, nil, 0); err == nil {
		t.Error("a link is followed")
	}
}
