package enginetest

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"dhub/engine"
)

var logCases = []Case{
	{"Logs delivers all bytes in order", func(t TB, h Harness) {
		b := setup(t, h)
		var lines []string
		var want strings.Builder
		for i := range 50 {
			lines = append(lines, fmt.Sprintf("print line %d of the log", i))
			fmt.Fprintf(&want, "line %d of the log\n", i)
		}
		handle := b.start(b.job(lines...))
		if got := b.log(handle, ""); got != want.String() {
			b.Errorf("got %q, want %q", got, want.String())
		}
	}},
	{"Logs delivers bytes as they are", func(t TB, h Harness) {
		b := setup(t, h)
		raw := "nul \x00 and \xff\xfe, a \r and no final newline"
		handle := b.start(b.job(fmt.Sprintf("raw %q", raw)))
		if got := b.log(handle, ""); got != raw {
			b.Errorf("got %q, want %q", got, raw)
		}
	}},
	{"Logs delivers while the attempt lives", func(t TB, h Harness) {
		b := setup(t, h)
		handle := b.start(b.job("print early", "hold"))
		got := ""
		err := b.e.Logs(b.within(), handle, "", func(c engine.Chunk) error {
			if got += string(c.Data); got == "early\n" {
				return errEnough
			}
			return nil
		})
		if !errors.Is(err, errEnough) {
			b.Errorf("got %q and %v, want the line while the attempt lives", got, err)
		}
	}},
	{"Logs goes on to the end when it began early", func(t TB, h Harness) {
		b := setup(t, h)
		handle := b.start(b.job("print one", "sleep 150ms", "print two", "sleep 150ms", "print three"))
		if got := b.log(handle, ""); got != "one\ntwo\nthree\n" {
			b.Errorf("got %q", got)
		}
	}},
	{"Logs delivers also after the end", func(t TB, h Harness) {
		b := setup(t, h)
		handle, _ := b.run(b.job("print hello"))
		for range 2 {
			if got := b.log(handle, ""); got != "hello\n" {
				b.Errorf("got %q", got)
			}
		}
		b.crash()
		if got := b.log(roundTrip(b, handle), ""); got != "hello\n" {
			b.Errorf("after a crash: got %q", got)
		}
	}},
	{"Logs delivers the bytes after the cursor", func(t TB, h Harness) {
		b := setup(t, h)
		handle := b.start(b.job("print one", "sleep 60ms", "print two", "sleep 60ms", "print three"))
		var all strings.Builder
		cursors := map[engine.Cursor]int{"": 0}
		if err := b.e.Logs(b.within(), handle, "", func(c engine.Chunk) error {
			all.Write(c.Data)
			cursors[c.Next] = all.Len()
			if c.Container == "" {
				b.Errorf("got a chunk %q without a container", c.Data)
			}
			return nil
		}); err != nil {
			b.Fatalf("logs: %v", err)
		}
		for c, at := range cursors {
			if got, want := b.log(handle, c), all.String()[at:]; got != want {
				b.Errorf("after cursor %q: got %q, want %q", c, got, want)
			}
		}
	}},
	{"Logs loses and repeats nothing when it is taken up again and again", func(t TB, h Harness) {
		b := setup(t, h)
		var lines []string
		want := ""
		for i := range 20 {
			lines = append(lines, fmt.Sprintf("print %d", i), "sleep 10ms")
			want += fmt.Sprintf("%d\n", i)
		}
		handle := b.start(b.job(lines...))
		got, cursor := "", engine.Cursor("")
		for range 1000 {
			err := b.e.Logs(b.within(), handle, cursor, func(c engine.Chunk) error {
				got += string(c.Data)
				cursor = c.Next
				return errEnough
			})
			if err == nil {
				break
			}
			if !errors.Is(err, errEnough) {
				b.Fatalf("logs: %v", err)
			}
		}
		if got != want {
			b.Errorf("got %q, want %q", got, want)
		}
	}},
	{"Logs tells when each byte was written, whenever it is read and from wherever", func(t TB, h Harness) {
		b := setup(t, h)
		begin := time.Now().Add(-time.Second) // the clock of files lags behind
		handle := b.start(b.job("print one", "sleep 300ms", "print two", "sleep 300ms", "print three"))
		live := b.times(handle, "", nil)
		cursors := map[engine.Cursor]int{"": 0}
		for _, times := range [][]time.Time{live, b.times(handle, "", cursors)} {
			one, two, three := times[0], times[len("one\n")], times[len("one\ntwo\n")]
			if one.Before(begin) || !two.After(one) || !three.After(two) || three.After(time.Now().Add(time.Second)) {
				b.Errorf("between %v and %v: got %v, %v and %v for lines written one after the other", begin, time.Now(), one, two, three)
			}
			for i := range times[1:] {
				if times[i+1].Before(times[i]) {
					b.Errorf("the times run backwards at byte %d: %v", i+1, times)
					break
				}
			}
		}
		for cursor, at := range cursors {
			if got := b.times(handle, cursor, nil); len(got) > 0 && got[0].Before(begin) {
				b.Errorf("from byte %d: got %v", at, got[0])
			}
		}
	}},
	{"Logs of an attempt without output ends", func(t TB, h Harness) {
		b := setup(t, h)
		handle := b.start(b.job("exit 0"))
		if got := b.log(handle, ""); got != "" {
			b.Errorf("got %q", got)
		}
	}},
}

// times reads a log to its end and returns when each of its bytes was written; cursors, if any, get those of its
// chunks.
func (b *bench) times(h engine.Handle, after engine.Cursor, cursors map[engine.Cursor]int) (all []time.Time) {
	b.Helper()
	err := b.e.Logs(b.within(), h, after, func(c engine.Chunk) error {
		if len(c.Marks) == 0 || c.Marks[0].Offset != 0 {
			b.Fatalf("a chunk of %d bytes has the marks %v, want one at its first byte", len(c.Data), c.Marks)
		}
		for i := range c.Data {
			for len(c.Marks) > 1 && c.Marks[1].Offset <= i {
				c.Marks = c.Marks[1:]
			}
			all = append(all, c.Marks[0].Time)
		}
		if cursors != nil {
			cursors[c.Next] = len(all)
		}
		return nil
	})
	if err != nil {
		b.Fatalf("logs: %v", err)
	}
	return all
}
