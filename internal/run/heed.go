package run

import (
	"context"
	"time"

	"dhub/internal/store"
)

// heedEvery is how often the driver looks, at most, for what was asked of another server.
const heedEvery = time.Second

// heed looks after commits whether another server was asked to end a run that this one drives, or stored one
// that wishes to be looked at. What this server is asked reaches the driver at once, without heed.
func (m *Manager) heed(ctx context.Context) {
	wake, release := m.cfg.Store.Wake()
	defer release()
	for {
		select {
		case <-ctx.Done():
			return
		case <-wake:
		}
		pause(ctx, heedEvery) // first, so that this server's own requests are served already
		if err := m.lookForWishes(ctx); err != nil && ctx.Err() == nil {
			m.log.WarnContext(ctx, "looking for runs that another server was asked to end", "error", err)
		}
		kick(m.dueKick)
	}
}

func (m *Manager) lookForWishes(ctx context.Context) error {
	var active []store.Run
	err := m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
		active, err = tx.Runs().Active(ctx, many)
		return err
	})
	for _, r := range active {
		if r.Desired != store.WantRun && !m.knowsWish(r.UID) {
			m.poke(r)
		}
	}
	return err
}

// knowsWish tells whether whoever works on a run is ending it already.
func (m *Manager) knowsWish(uid string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	l := m.live[uid]
	return l != nil && l.ending.Load()
}
