package event

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"dhub/entity"
	"dhub/internal/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// feed is a change feed in memory.
type feed struct {
	mu      sync.Mutex
	rows    []store.Change
	trimmed int64
	fail    error
	wake    chan struct{}
}

func newFeed() *feed { return &feed{wake: make(chan struct{}, 1)} }

func (f *feed) add(project string, n int) {
	f.mu.Lock()
	for range n {
		f.rows = append(f.rows, store.Change{Seq: int64(len(f.rows)) + 1, Project: project})
	}
	f.mu.Unlock()
	f.poke()
}

func (f *feed) poke() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

func (f *feed) set(trimmed int64, fail error) {
	f.mu.Lock()
	f.trimmed, f.fail = trimmed, fail
	f.mu.Unlock()
}

func (f *feed) Changes(_ context.Context, after int64, max int) ([]store.Change, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fail != nil {
		return nil, f.fail
	}
	if after < f.trimmed {
		return nil, entity.Errorf(entity.CodeNotFound, "trimmed")
	}
	list := f.rows[min(after, int64(len(f.rows))):]
	return append([]store.Change(nil), list[:min(len(list), max)]...), nil
}

func (f *feed) Head(context.Context) (int64, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return int64(len(f.rows)), f.fail
}

func (f *feed) Wake() (<-chan struct{}, func()) { return f.wake, func() {} }

func start(t *testing.T, f *feed, buffer int) *Broker {
	t.Helper()
	b := New(Config{Feed: f, Buffer: buffer, Retry: time.Millisecond})
	if err := b.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return b
}

func take(t *testing.T, s *Subscription, n int) []int64 {
	t.Helper()
	var got []int64
	for range n {
		c, err := s.Next(t.Context())
		if err != nil {
			t.Fatalf("after %v: %v", got, err)
		}
		got = append(got, c.Seq)
	}
	return got
}

func TestCatchesUpThenFollowsWithoutHole(t *testing.T) {
	f := newFeed()
	f.add("p", 1000)
	b := start(t, f, 4096)
	s, err := b.Subscribe(t.Context(), 10, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	f.add("p", 1000)
	want := int64(11)
	for _, seq := range take(t, s, 1990) {
		if seq != want {
			t.Fatalf("got %d, want %d", seq, want)
		}
		want++
	}
	if s.Position() != 2000 {
		t.Errorf("position %d, want 2000", s.Position())
	}
}

func TestFromNowSeesOnlyWhatMatches(t *testing.T) {
	f := newFeed()
	f.add("a", 3)
	b := start(t, f, 16)
	s, err := b.Subscribe(t.Context(), FromNow, func(c Change) bool { return c.Project == "b" })
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	f.add("a", 2)
	f.add("b", 1)
	if got := take(t, s, 1); got[0] != 6 {
		t.Errorf("got %v, want 6", got)
	}
}

func TestSlowSubscriberIsToldAndResumes(t *testing.T) {
	f := newFeed()
	b := start(t, f, 8)
	s, err := b.Subscribe(t.Context(), 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	probe, err := b.Subscribe(t.Context(), 0, func(c Change) bool { return c.Project == "end" })
	if err != nil {
		t.Fatal(err)
	}
	defer probe.Close()
	f.add("p", 100)
	f.add("end", 1)
	take(t, probe, 1) // everything has been handed out by now
	var last int64
	for {
		c, err := s.Next(t.Context())
		if err != nil {
			if !errors.Is(err, ErrLagged) {
				t.Fatalf("got %v, want ErrLagged", err)
			}
			break
		}
		last = c.Seq
	}
	if last != 8 || s.Position() != 8 {
		t.Fatalf("delivered up to %d, position %d, want 8", last, s.Position())
	}
	again, err := b.Subscribe(t.Context(), s.Position(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	got := take(t, again, 93)
	if got[0] != 9 || got[92] != 101 {
		t.Errorf("resumed with %d…%d, want 9…101", got[0], got[92])
	}
}

func TestPositionOutOfReachIsReset(t *testing.T) {
	f := newFeed()
	f.add("p", 50)
	f.set(20, nil)
	b := start(t, f, 8)
	for _, after := range []int64{0, 19, 51, 1 << 40} {
		if _, err := b.Subscribe(t.Context(), after, nil); !errors.Is(err, ErrReset) {
			t.Errorf("after %d: got %v, want ErrReset", after, err)
		}
	}
	s, err := b.Subscribe(t.Context(), 20, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	s.Close()
}

func TestFeedErrorIsRetried(t *testing.T) {
	f := newFeed()
	b := start(t, f, 8)
	s, err := b.Subscribe(t.Context(), FromNow, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	f.set(0, errors.New("disk"))
	f.add("p", 1)
	f.set(0, nil)
	if got := take(t, s, 1); got[0] != 1 {
		t.Errorf("got %v", got)
	}
}

func TestStopEndsSubscriptions(t *testing.T) {
	f := newFeed()
	b := start(t, f, 8)
	s, err := b.Subscribe(t.Context(), FromNow, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Next(t.Context()); !errors.Is(err, ErrStopped) {
		t.Errorf("got %v, want ErrStopped", err)
	}
	if _, err := b.Subscribe(t.Context(), 0, nil); !errors.Is(err, ErrStopped) {
		t.Errorf("got %v, want ErrStopped", err)
	}
}
