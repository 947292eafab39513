package sqlstore

import (
	"bytes"
	"strings"
	"testing"
)

const sampleBody = `{"name":"happy-lynx","project":"benchmark","labels":["nightly"],"relationships":[{"type":"run_of","dest":"store://benchmark/function/python/calm-train-12:0f1e2d3c4b5a69788796a5b4c3d2e1f0"},{"type":"consumes","dest":"store://benchmark/dataitem/table/ape:0f1e2d3c4b5a69788796a5b4c3d2e1f0"}]}` +
	`{"function":"python://benchmark/calm-train-12:0f1e2d3c4b5a69788796a5b4c3d2e1f0","task":"python+job://benchmark/77aa0b3c4d5e6f708192a3b4c5d6e7f8","local_execution":false,"inputs":{"di":"store://benchmark/dataitem/table/ape:0f1e2d3c4b5a69788796a5b4c3d2e1f0"},"parameters":{"alpha":0.123,"limit":517,"date":"2026-09-17T10:11:12.123Z"}}` +
	`{"state":"COMPLETED","results":{"rows":51234,"loss":0.482910},"outputs":{"out":"store://benchmark/dataitem/table/out:cc11bb22cc33dd44ee55ff6677889900"}}` +
	`{"transitions":[{"status":"CREATED","time":"2026-09-17T10:11:12.123Z"},{"status":"BUILT","time":"2026-09-17T10:11:12.124Z"},{"status":"READY","time":"2026-09-17T10:11:12.125Z"},{"status":"PENDING","time":"2026-09-17T10:11:12.175Z"},{"status":"RUNNING","time":"2026-09-17T10:11:12.325Z"},{"status":"COMPLETED","time":"2026-09-17T10:11:52.125Z"}],"reason":{"code":"completed","message":"The function returned normally."},"cpu_seconds":12.31,"peak_memory":51234567}`

func TestCodec(t *testing.T) {
	t.Parallel()
	var c codec
	for _, doc := range []string{"", "x", sampleBody, strings.Repeat("ab", 1<<20), string(bytes.Repeat([]byte{0, 255, 13, 7}, 100)), string(dictionary)} {
		packed := c.pack([]byte(doc))
		got, err := c.unpack(packed)
		if err != nil || string(got) != doc {
			t.Errorf("%d bytes came back as %d, %v", len(doc), len(got), err)
		}
		if len(packed) > len(doc)+1 {
			t.Errorf("%d bytes became %d", len(doc), len(packed))
		}
	}
	if n := len(c.pack([]byte(sampleBody))); n > len(sampleBody)*2/5 {
		t.Errorf("a run's %d bytes became %d, want two fifths", len(sampleBody), n)
	}
	for _, damaged := range [][]byte{{formatLZ, 0xff, 0xff}, {formatLZ, 5}, {formatLZ, 5, 0x10, 'a'}, {formatLZ, 9, 0x10, 'a', 0, 0}, {formatLZ, 9, 0x14, 'a', 0xff, 0xff}, {9, 1}} {
		if _, err := c.unpack(damaged); err == nil {
			t.Errorf("%v was read", damaged)
		}
	}
}

func TestJoin(t *testing.T) {
	t.Parallel()
	body := join([]byte("a"), nil, []byte{}, []byte("long"))
	var a, b, e, d, missing []byte
	if err := split(body, &a, &b, &e, &d, &missing); err != nil {
		t.Fatal(err)
	}
	if string(a) != "a" || b != nil || e == nil || len(e) != 0 || string(d) != "long" || missing != nil {
		t.Errorf("got %q %v %v %q %v", a, b, e, d, missing)
	}
	for i := range body {
		if err := split(body[:i], &a, &b, &e, &d); err == nil && i > 4 { // up to there a document is whole
			t.Errorf("%d of %d bytes were read", i, len(body))
		}
	}
}

func BenchmarkPack(b *testing.B) {
	var c codec
	for b.Loop() {
		c.pack([]byte(sampleBody))
	}
	b.ReportMetric(float64(len(c.pack([]byte(sampleBody)))), "bytes")
}

func BenchmarkUnpack(b *testing.B) {
	var c codec
	packed := c.pack([]byte(sampleBody))
	for b.Loop() {
		if _, err := c.unpack(packed); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzCodec(f *testing.F) {
	var c codec
	f.Add([]byte(sampleBody))
	f.Add(c.pack([]byte(sampleBody)))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := c.unpack(c.pack(b))
		if err != nil || !bytes.Equal(got, b) {
			t.Errorf("%q came back as %q, %v", b, got, err)
		}
		if _, err := c.unpack(b); err != nil {
			return
		}
	})
}
