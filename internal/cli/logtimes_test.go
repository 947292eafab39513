package cli

import (
	"bytes"
	"testing"
	"time"

	"dhub/client"
)

func TestLinesBeginWithTheTimeOfTheirFirstByte(t *testing.T) {
	var out, notes bytes.Buffer
	write := (&app{out: &out, err: &notes}).timedPrinter()
	at := func(ms int64) time.Time { return time.UnixMilli(ms) }
	for _, ch := range []client.LogChunk{
		{Attempt: 1, Offset: 0, Data: []byte("old\none\ntw"), Times: []client.LogTime{{Offset: 4, Time: at(0)}, {Offset: 9, Time: at(1500)}}},
		{Attempt: 1, Offset: 10, Data: []byte("o\n"), Times: []client.LogTime{{Offset: 10, Time: at(1500)}}},
		{Attempt: 1, Offset: 12, Data: []byte("\nopen"), Times: []client.LogTime{{Offset: 12, Time: at(2000)}, {Offset: 13}}},
		{Attempt: 2, Offset: 0, Data: []byte("again\n"), Times: []client.LogTime{{Offset: 0, Time: at(3000)}}},
	} {
		if err := write(ch); err != nil {
			t.Fatal(err)
		}
	}
	want := "- old\n1970-01-01T00:00:00.000Z one\n1970-01-01T00:00:00.000Z two\n1970-01-01T00:00:02.000Z \n- open\n1970-01-01T00:00:03.000Z again\n"
	if out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
	if notes.String() != "--- attempt 2 ---\n" {
		t.Errorf("got notes %q", notes.String())
	}
}
