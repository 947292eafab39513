package run

import (
	"bytes"
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"dhub/engine"
	"dhub/engine/fake"
	"dhub/internal/store"
)

// times reads a log and returns when each of its bytes was written, in milliseconds since an origin; -1: unknown.
func (w *world) times(id string, attempt int, offset int64, origin time.Time) (text string, all []int64) {
	w.t.Helper()
	var b strings.Builder
	w.must(w.m.ReadLog(w.ctx(), "p", id, attempt, "", offset, false, func(p LogPiece) error {
		for i := range p.Data {
			at := int64(-1)
			for _, m := range p.Marks {
				if m.Offset <= p.Offset+int64(i) && m.Time > 0 {
					at = m.Time - origin.UnixMilli()
				}
			}
			all = append(all, at)
		}
		b.Write(p.Data)
		return nil
	}))
	return b.String(), all
}

// wantTimes checks that lines were written at moments, from which on they are read.
func (w *world) wantTimes(id string, attempt int, origin time.Time, want map[string]time.Duration) {
	w.t.Helper()
	text, all := w.times(id, attempt, 0, origin)
	for line, at := range want {
		i := strings.Index(text, line)
		if i < 0 {
			w.t.Errorf("%q is not in %.200q", line, text)
			continue
		}
		_, later := w.times(id, attempt, int64(i), origin)
		for j := range len(line) {
			if all[i+j] != at.Milliseconds() || later[j] != at.Milliseconds() {
				w.t.Errorf("byte %d of %q: got %d and, read from there on, %d ms, want %d", j, line, all[i+j], later[j], at.Milliseconds())
				break
			}
		}
	}
}

func TestALogTellsWhenItsBytesWereWrittenLiveAndStored(t *testing.T) {
	for _, long := range []bool{false, true} {
		inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
			said := script("FAKE_SLEEP", "forever")
			said["secrets"] = []string{"PASSWORD"}
			w.create("r", said)
			time.Sleep(time.Second)
			origin := time.Now()
			id := engine.ID{UID: w.uid("r"), Attempt: 1}
			want := map[string]time.Duration{}
			say := func(text, known string) {
				w.engine.Write(id, text)
				want[known] = time.Since(origin)
				time.Sleep(time.Minute)
			}
			say("first\n", "first\n")
			if long {
				say(strings.Repeat("a long log\n", 2*frameLog/11), "a long log\n")
			}
			say("hunter2", "*******") // the mask keeps it back until the rest has come
			w.engine.Write(id, "hunter2\n")
			time.Sleep(time.Minute)
			say("last\n", "last\n")
			w.wantTimes("r", 1, origin, want)
			w.engine.Finish(id, engine.Exit{})
			w.end("r")
			w.wantTimes("r", 1, origin, want)
			logs, err := w.m.Logs(w.ctx(), "p", "r")
			if err != nil || len(logs) != 1 || logs[0].Created.Sub(origin) >= time.Second {
				t.Errorf("got %+v (%v), want the log made when its first byte was written", logs, err)
			}
			w.must(w.m.DeleteLog(w.ctx(), "p", "r", 1, "main"))
			w.wantMarks(id.UID, 1, "main", 0)
		}, withFiles(t))
	}
}

// wantMarks checks in how many rows the times of a log lie.
func (w *world) wantMarks(uid string, attempt int, container string, want int) {
	w.t.Helper()
	w.must(w.store.Read(w.ctx(), func(tx store.Tx) error {
		rows, err := tx.Logs().Marks(w.ctx(), uid, attempt, container, 0)
		if len(rows) != want {
			w.t.Errorf("got %d rows of times, want %d", len(rows), want)
		}
		return err
	}))
}

func TestWhatAClientSendsWasWrittenWhenItCameAlsoAfterItWasPutAway(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.local("r")
		origin, want, size := time.Now(), map[string]time.Duration{}, int64(0)
		for _, text := range []string{"one\n", "two\n", strings.Repeat("a long log\n", 2*inlineLog/11), "three\n"} {
			w.must(w.m.AppendLog(w.ctx(), "p", "r", size, []byte(text)))
			size += int64(len(text))
			want[text] = time.Since(origin)
			time.Sleep(time.Second)
			w.must(w.m.AppendLog(w.ctx(), "p", "r", size-2, []byte(text[len(text)-2:]))) // sent again: it is no news
			w.wantTimes("r", 0, origin, want)
		}
		uid := w.uid("r")
		w.wantMarks(uid, 0, clientLog, 4)
		w.put("r", `{"status":{"state":"COMPLETED"}}`)
		time.Sleep(putAwayAfter + time.Minute)
		logs, err := w.m.Logs(w.ctx(), "p", "r")
		if err != nil || len(logs) != 1 || !logs[0].Closed {
			t.Fatalf("got %+v (%v), want a log that was put away", logs, err)
		}
		w.wantTimes("r", 0, origin, want)
		w.wantMarks(uid, 0, clientLog, 1)
		_, err = w.m.Delete(w.ctx(), "p", "r")
		w.must(err)
		w.wantMarks(uid, 0, clientLog, 0)
	}, withFiles(t))
}

// timeless is an engine that does not know when logs were written, as an earlier version left them.
type timeless struct{ *fake.Engine }

func (e timeless) Logs(ctx context.Context, h engine.Handle, after engine.Cursor, f func(engine.Chunk) error) error {
	return e.Engine.Logs(ctx, h, after, func(c engine.Chunk) error {
		c.Marks = nil
		return f(c)
	})
}

func TestALogWithoutTimesHasNone(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("r", script("FAKE_LOG", "hello\n", "FAKE_SLEEP", "1m"))
		time.Sleep(time.Second)
		for range 2 {
			text, all := w.times("r", 1, 0, time.Now())
			if text != "hello\n" || slices.ContainsFunc(all, func(at int64) bool { return at != -1 }) {
				t.Errorf("got %q with %v", text, all)
			}
			w.end("r")
		}
		w.wantMarks(w.uid("r"), 1, "main", 0)
	}, func(c *Config) { c.Engines = engine.NewSet(timeless{c.Engines.All()[0].(*fake.Engine)}) })
}

func TestMarksOfAVeryLongLogAreThinnedAndStayInOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var times logTimes
	written := map[int64]int64{}
	now := int64(1_800_000_000_000)
	for range 3 * maxMarks {
		now += 1 + random.Int64N(1000)
		written[times.end] = now
		times.take(engine.Chunk{Data: make([]byte, 1+random.IntN(100)), Marks: []engine.Mark{{Time: time.UnixMilli(now)}}})
	}
	times.take(engine.Chunk{Data: make([]byte, 10), Marks: []engine.Mark{{Time: time.UnixMilli(now - 1000)}}}) // backwards
	data := times.encode()
	if len(times.marks) > maxMarks || len(data) > 6*maxMarks {
		t.Errorf("got %d marks in %d bytes", len(times.marks), len(data))
	}
	var read logTimes
	read.decode(data)
	if !slices.Equal(read.marks, times.marks) {
		t.Fatal("what is read is not what was written")
	}
	last := LogMark{Offset: -1}
	for _, m := range read.marks {
		if m.Offset <= last.Offset || m.Time < last.Time {
			t.Fatalf("after %+v came %+v", last, m)
		}
		last = m
	}
	for offset, at := range written {
		if got := read.of(offset, offset+1); len(got) != 1 || got[0].Offset != offset || got[0].Time < at {
			t.Fatalf("byte %d, written at %d: got %+v", offset, at, got)
		}
	}
	for cut := range 50 { // damaged
		var part logTimes
		part.decode(bytes.Clone(data[:cut]))
		if !slices.Equal(part.marks, times.marks[:len(part.marks)]) {
			t.Fatalf("of %d bytes: got %+v", cut, part.marks)
		}
	}
}
