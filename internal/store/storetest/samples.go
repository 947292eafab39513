package storetest

import (
	"bytes"
	"testing"

	"dhub/internal/store"
)

func testSamples(t *testing.T, b *bundle) {
	want := func(uid string, number int, want []byte) {
		t.Helper()
		b.read(func(tx store.Tx) error {
			got, err := tx.Attempts().Samples(b.ctx, uid, number)
			if !bytes.Equal(got, want) || (got == nil) != (want == nil) {
				t.Errorf("attempt %s.%d: got %v, want %v", uid, number, got, want)
			}
			return err
		})
	}
	put := func(uid string, number int, samples []byte) {
		t.Helper()
		b.write(func(tx store.Tx) error { return tx.Attempts().PutSamples(b.ctx, uid, number, samples) })
	}
	first, other, long := []byte{1, 0, 0xff, '\n'}, []byte{2}, bytes.Repeat([]byte{0, 7, 0xff}, 4000)
	want("u", 1, nil)
	put("u", 1, first)
	put("u", 2, other)
	put("v", 1, long)
	want("u", 1, first)
	want("u", 2, other)
	want("v", 1, long)
	put("u", 1, long) // an end that is written again after a crash
	want("u", 1, long)
	want("u", 3, nil)
	b.read(func(tx store.Tx) error { // samples alone make no attempt
		list, err := tx.Attempts().List(b.ctx, "u")
		if len(list) != 0 {
			t.Errorf("got attempts %+v", list)
		}
		return err
	})
}
