package sqlstore

import (
	"testing"

	"dhub/internal/store"
)

func TestTailAnswersOnlyWhatItHoldsWithoutAGap(t *testing.T) {
	t.Parallel()
	var x tail
	ask := func(after int64, max int, want ...int64) {
		t.Helper()
		got, known := x.after(after, max)
		if !known || len(got) != len(want) {
			t.Fatalf("after %d: got %v %v, want %v", after, got, known, want)
		}
		for i, c := range got {
			if c.Seq != want[i] {
				t.Fatalf("after %d: got %v, want %v", after, got, want)
			}
		}
	}
	unknown := func(after int64) {
		t.Helper()
		if got, known := x.after(after, 9); known {
			t.Fatalf("after %d: got %v, want that the table is asked", after, got)
		}
	}
	unknown(0)
	x.add([]store.Change{{Seq: 5}, {Seq: 6}})
	x.add(nil)
	x.add([]store.Change{{Seq: 7}})
	unknown(3)
	unknown(8)
	ask(4, 9, 5, 6, 7)
	ask(5, 1, 6)
	ask(7, 9)
	x.add([]store.Change{{Seq: 9}})
	unknown(7)
	ask(8, 9, 9)
	for i := int64(10); i < 3000; i++ {
		x.add([]store.Change{{Seq: i}})
	}
	if n := len(x.changes); n > 2*tailLength {
		t.Errorf("got %d changes remembered, want at most %d", n, 2*tailLength)
	}
	ask(2997, 9, 2998, 2999)
	x.forget()
	unknown(2999)
}
