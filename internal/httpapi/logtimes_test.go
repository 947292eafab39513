package httpapi

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"dhub/entity"
	"dhub/internal/run"
)

// timedLogs is a log of which some is known when it was written, handed out in two pieces.
type timedLogs struct {
	*logsDouble
	text  []byte
	marks []run.LogMark
}

func (l timedLogs) ReadLog(_ context.Context, _, _ string, _ int, _ string, offset int64, _ bool, f func(run.LogPiece) error) error {
	half, end := int64(len(l.text)/2), int64(len(l.text))
	for _, piece := range [][2]int64{{0, half}, {half, end}} {
		from, to := max(piece[0], offset), piece[1]
		if from >= to {
			continue
		}
		p := run.LogPiece{Offset: from, Data: l.text[from:to]}
		for i, m := range l.marks {
			if m.Offset < to && (i+1 == len(l.marks) || l.marks[i+1].Offset > from) {
				p.Marks = append(p.Marks, run.LogMark{Offset: max(m.Offset, from), Time: m.Time})
			}
		}
		if err := f(p); err != nil {
			return err
		}
	}
	return nil
}

func TestEventsOfALogSayWhenTheirBytesWereWritten(t *testing.T) {
	t.Parallel()
	runs, logs := newRunsDouble(entity.StateCompleted, 1), newLogsDouble()
	logs.write(1, "x", true)
	const size = 300_000
	l := timedLogs{logs, bytes.Repeat([]byte("a"), size), []run.LogMark{{Offset: 10, Time: 1000}, {Offset: 65_536, Time: 2000}, {Offset: 65_537, Time: 3000}, {Offset: 100_000, Time: 0}, {Offset: 250_000, Time: 4000}}}
	want := func(at int64) (ms int64) {
		for _, m := range l.marks {
			if m.Offset <= at {
				ms = m.Time
			}
		}
		return ms
	}
	s := serve(t, New(Config{Runs: runs, Logs: l}))
	for _, since := range []string{"0", "5", "65536", "99999", "150000", "299999"} {
		r := open(t, s, streamPath+"?since="+since)
		events := 0
		for e := r.must(); e.name != "end"; e = r.must() {
			c, text := chunk(t, e)
			events++
			last := int64(-1)
			for _, pair := range c.Times {
				if pair[0] <= last || pair[0] < c.Offset || pair[0] >= c.Offset+int64(len(text)) {
					t.Fatalf("since %s: the event at %d with %d bytes has the times %v", since, c.Offset, len(text), c.Times)
				}
				last = pair[0]
			}
			for i := range int64(len(text)) {
				got := int64(0)
				if j, _ := slices.BinarySearchFunc(c.Times, c.Offset+i, func(pair [2]int64, at int64) int {
					if pair[0] <= at {
						return -1
					}
					return 1
				}); j > 0 {
					got = c.Times[j-1][1]
				}
				if got != want(c.Offset+i) {
					t.Fatalf("since %s: byte %d was written at %d, got %d of %v", since, c.Offset+i, want(c.Offset+i), got, c.Times)
				}
			}
		}
		if events == 0 {
			t.Errorf("since %s: no events", since)
		}
	}
}

func TestEventsOfALogWithoutTimesHaveNone(t *testing.T) {
	t.Parallel()
	runs, logs := newRunsDouble(entity.StateCompleted, 1), newLogsDouble()
	logs.write(1, "old", true)
	r := open(t, serve(t, New(Config{Runs: runs, Logs: logs})), streamPath)
	if e := r.must(); e.data != `{"offset":0,"attempt":1,"container":"main","data":"b2xk"}` {
		t.Errorf("got %s", e.data)
	}
}
