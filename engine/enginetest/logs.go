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
			if c.Container == "" || c.Time.IsZero() || c.Time.After(time.Now().Add(time.Hour)) {
				b.Errorf("got container %q and time %v", c.Container, c.Time)
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
	{"Logs of an attempt without output ends", func(t TB, h Harness) {
		b := setup(t, h)
		handle := b.start(b.job("exit 0"))
		if got := b.log(handle, ""); got != "" {
			b.Errorf("got %q", got)
		}
	}},
}
