package event

import (
	"context"

	"dhub/entity"
)

// FromNow as the position of Subscribe means: only what happens from here on.
const FromNow int64 = -1

// Subscription is one reader of the feed. Next and Close belong to one goroutine.
type Subscription struct {
	b     *Broker
	match func(Change) bool
	live  chan Change
	why   error // set before live is closed

	last   int64 // Seq of the last change looked at
	joined int64 // Seq up to which the store, not the buffer, has to be read
	page   []Change
}

// Subscribe starts a reader behind position after (FromNow: at the present head). match is called by the
// broker's goroutine for each change and must neither block nor keep anything; nil takes all.
// ErrReset comes back when the feed does not hold the position any more, or never did.
func (b *Broker) Subscribe(ctx context.Context, after int64, match func(Change) bool) (*Subscription, error) {
	if match == nil {
		match = func(Change) bool { return true }
	}
	s := &Subscription{b: b, match: match, live: make(chan Change, b.cfg.Buffer)}
	b.mu.Lock()
	if b.stopped {
		b.mu.Unlock()
		return nil, ErrStopped
	}
	s.joined = b.at
	b.subs[s] = struct{}{}
	b.mu.Unlock()

	if after < 0 {
		s.last = s.joined
		return s, nil
	}
	s.last = after
	if after > s.joined { // another replica may be ahead of this broker, but nobody is ahead of the store
		head, err := b.cfg.Feed.Head(ctx)
		if err == nil && after > head {
			err = ErrReset
		}
		if err != nil {
			s.Close()
			return nil, err
		}
	}
	if after < s.joined {
		if err := s.fill(ctx); err != nil {
			s.Close()
			return nil, err
		}
	}
	return s, nil
}

// fill reads the next page of what lies behind the live buffer.
func (s *Subscription) fill(ctx context.Context) error {
	list, err := s.b.cfg.Feed.Changes(ctx, s.last, 256)
	if entity.IsNotFound(err) {
		return ErrReset
	}
	if err != nil {
		return err
	}
	if len(list) == 0 {
		s.last = max(s.last, s.joined)
	}
	s.page = list
	return nil
}

// Next waits for the next matching change. It ends with the context's error, ErrLagged, ErrReset or ErrStopped.
func (s *Subscription) Next(ctx context.Context) (Change, error) {
	for {
		if s.last < s.joined {
			if len(s.page) == 0 {
				if err := s.fill(ctx); err != nil {
					return Change{}, err
				}
				continue
			}
			c := s.page[0]
			s.page = s.page[1:]
			if c.Seq > s.joined { // the buffer holds this one and all after it
				s.last, s.page = s.joined, nil
				continue
			}
			s.last = c.Seq
			if s.match(c) {
				return c, nil
			}
			continue
		}
		select {
		case c, ok := <-s.live:
			if !ok {
				return Change{}, s.why
			}
			if c.Seq <= s.last {
				continue
			}
			s.last = c.Seq
			return c, nil
		case <-ctx.Done():
			return Change{}, ctx.Err()
		}
	}
}

// Position is the Seq to resume from.
func (s *Subscription) Position() int64 { return s.last }

// Close frees the subscription; it may be called more than once.
func (s *Subscription) Close() {
	s.b.mu.Lock()
	defer s.b.mu.Unlock()
	s.b.end(s, context.Canceled)
}
