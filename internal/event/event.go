// Package event follows the store's change feed once for the whole process and hands each change to
// everyone who asked: event streams, triggers, caches.
//
// A subscription starts at any Seq the feed still holds: it reads what lies behind it from the store, then
// goes on with the live buffer, without a hole and without a repetition. Buffers are bounded. A subscriber
// that falls behind is not lost: its subscription ends with ErrLagged, and it subscribes again from the
// Position it had reached.
package event

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// Why a subscription ended.
var (
	// ErrLagged: the subscriber was too slow; subscribe again from Position.
	ErrLagged = errors.New("subscriber fell behind, resume from its position")
	// ErrReset: the feed no longer holds the wished position; read the state anew, then subscribe from now.
	ErrReset = errors.New("the change feed does not hold this position any more")
	// ErrStopped: the broker stops.
	ErrStopped = errors.New("the change feed is being shut down")
)

// Change is one row of the feed.
type Change = store.Change

// Feed is what the broker follows: a part of store.Store.
type Feed interface {
	Changes(ctx context.Context, after int64, max int) ([]store.Change, error)
	Head(ctx context.Context) (int64, error)
	Wake() (wake <-chan struct{}, stop func())
}

// Config of a Broker; Feed is required.
type Config struct {
	Feed   Feed
	Logger *slog.Logger
	Buffer int           // changes a live subscription may be behind, 256 unless set
	Retry  time.Duration // pause after an error of the feed, a second unless set
}

// Broker follows the feed with one goroutine.
type Broker struct {
	cfg Config

	mu      sync.Mutex
	at      int64 // Seq of the last change handed out
	subs    map[*Subscription]struct{}
	started bool
	stopped bool
	cancel  context.CancelFunc
	done    chan struct{}
}

// New makes a broker that does nothing before Start.
func New(cfg Config) *Broker {
	if cfg.Buffer <= 0 {
		cfg.Buffer = 256
	}
	if cfg.Retry <= 0 {
		cfg.Retry = time.Second
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	return &Broker{cfg: cfg, subs: map[*Subscription]struct{}{}, done: make(chan struct{})}
}

// Start begins to follow the feed from its head. It may be called once; further calls do nothing.
func (b *Broker) Start(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.started || b.stopped {
		return nil
	}
	wake, release := b.cfg.Feed.Wake() // before Head, so that nothing between the two is slept through
	head, err := b.cfg.Feed.Head(ctx)
	if err != nil {
		release()
		return err
	}
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	b.at, b.started, b.cancel = head, true, cancel
	go func() {
		defer close(b.done)
		defer release()
		b.follow(run, wake)
	}()
	return nil
}

// Stop ends every subscription with ErrStopped and waits for the goroutine.
func (b *Broker) Stop(ctx context.Context) error {
	b.mu.Lock()
	first := !b.stopped
	b.stopped = true
	if first {
		b.endAll(ErrStopped)
	}
	started := b.started
	b.mu.Unlock()
	if !started {
		return nil
	}
	b.cancel()
	select {
	case <-b.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Head is the Seq of the last change handed out.
func (b *Broker) Head() int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.at
}

func (b *Broker) follow(ctx context.Context, wake <-chan struct{}) {
	for {
		wait, err := b.drain(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			b.cfg.Logger.ErrorContext(ctx, "reading the change feed", "error", err)
		}
		var again <-chan time.Time
		if wait > 0 {
			again = time.After(wait)
		}
		select {
		case <-ctx.Done():
			return
		case <-wake:
		case <-again:
		}
	}
}

// drain hands out all settled changes; wait is the pause before the next try when the feed failed.
func (b *Broker) drain(ctx context.Context) (wait time.Duration, err error) {
	const page = 512
	for {
		after := b.Head()
		list, err := b.cfg.Feed.Changes(ctx, after, page)
		if entity.IsNotFound(err) { // trimmed under our feet: every subscriber must look anew
			head, err := b.cfg.Feed.Head(ctx)
			if err != nil {
				return b.cfg.Retry, err
			}
			b.mu.Lock()
			b.at = head
			b.endAll(ErrReset)
			b.mu.Unlock()
			continue
		}
		if err != nil {
			return b.cfg.Retry, err
		}
		if len(list) == 0 {
			return 0, nil
		}
		b.publish(list)
	}
}

func (b *Broker) publish(list []Change) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range list {
		b.at = c.Seq
		for s := range b.subs {
			if !s.match(c) {
				continue
			}
			select {
			case s.live <- c:
			default:
				b.end(s, ErrLagged)
			}
		}
	}
}

// endAll needs b.mu.
func (b *Broker) endAll(why error) {
	for s := range b.subs {
		b.end(s, why)
	}
}

// end needs b.mu. What lies in the buffer is still delivered before why.
func (b *Broker) end(s *Subscription, why error) {
	if _, ok := b.subs[s]; !ok {
		return
	}
	delete(b.subs, s)
	s.why = why
	close(s.live)
}
