package app

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// idleAfter is how long a server started in the background outlives its last use.
const idleAfter = 10 * time.Minute

// activity remembers the requests under way and when the last one was.
type activity struct {
	open atomic.Int64
	last atomic.Int64 // unix nanoseconds
}

func (a *activity) add(delta int) {
	a.open.Add(int64(delta))
	a.last.Store(time.Now().UnixNano())
}

// quiet tells for how long no request has been under way.
func (a *activity) quiet(now time.Time) time.Duration {
	if a.open.Load() > 0 {
		return 0
	}
	return now.Sub(time.Unix(0, a.last.Load()))
}

// watchIdle closes s.idle when nothing has happened for ten minutes: no request, no live run, no schedule.
func (s *server) watchIdle(ctx context.Context) {
	s.activity.add(0)
	tick := time.NewTicker(15 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if s.activity.quiet(time.Now()) < idleAfter {
			continue
		}
		busy, err := s.busy(ctx)
		if err != nil {
			s.log.Warn("look for live runs", "error", err)
			continue
		}
		if busy {
			s.activity.add(0)
			continue
		}
		close(s.idle)
		return
	}
}

func (s *server) busy(ctx context.Context) (busy bool, err error) {
	err = s.store.Read(ctx, func(tx store.Tx) error {
		states, err := tx.Runs().CountStates(ctx, "")
		if err != nil {
			return err
		}
		for state, n := range states {
			if n > 0 && !entity.FinalRun(state, false) {
				busy = true
			}
		}
		next, err := tx.Schedules().Next(ctx)
		busy = busy || !next.IsZero()
		return err
	})
	return busy, err
}

// background runs functions until it is stopped and waits for them.
type background struct {
	once   sync.Once
	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup
}

func (b *background) start(f func(context.Context)) {
	b.once.Do(func() { b.ctx, b.cancel = context.WithCancel(context.Background()) })
	b.wg.Go(func() { f(b.ctx) })
}

func (b *background) stop() {
	if b.cancel != nil {
		b.cancel()
	}
	b.wg.Wait()
}
