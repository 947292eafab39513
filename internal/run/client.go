package run

import (
	"context"
	"sync"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// beats are the last signs of clients that execute runs themselves. They lie in memory: the store learns of
// them when a run is looked at.
type beats struct {
	mu   sync.Mutex
	last map[string]time.Time // by UID
}

func (b *beats) hear(uid string, at time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.last == nil {
		b.last = map[string]time.Time{}
	}
	b.last[uid] = at
}

func (b *beats) heard(uid string) time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.last[uid]
}

func (b *beats) forget(uid string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.last, uid)
}

// silent is the code of the notice about a client that was not heard of for a while.
const silent = "client_silent"

// Heartbeat tells that the client which executes a run is alive.
func (m *Manager) Heartbeat(ctx context.Context, project, id string) error {
	r, err := m.load(ctx, project, id)
	if err != nil {
		return err
	}
	if !r.Local || isHandle(r) || entity.FinalRun(r.State, false) {
		return nil
	}
	now := m.now()
	m.beats.hear(r.UID, now)
	c, err := readControl(r)
	if err != nil || !c.noticed(silent) {
		return err
	}
	return m.cfg.Store.Write(ctx, func(tx store.Tx) error {
		_, err := m.update(ctx, tx, r, func(r *store.Run, c *control) error {
			m.heardOf(r, c, now)
			return nil
		})
		return err
	})
}

func (c *control) noticed(code string) bool {
	for _, n := range c.Notices {
		if n.Code == code {
			return true
		}
	}
	return false
}

// heardOf records a sign of the client and withdraws the notice of its silence.
func (m *Manager) heardOf(r *store.Run, c *control, at time.Time) {
	c.Heard = at
	kept := c.Notices[:0:0]
	for _, n := range c.Notices {
		if n.Code != silent {
			kept = append(kept, n)
		}
	}
	c.Notices = kept
	if !entity.FinalRun(r.State, false) {
		r.Wake = at.Add(m.cfg.SilentNotice)
	}
}

// checkClient looks whether the client of a run was heard of: after a while of silence the run gets a
// notice, after a long one it ends.
func (m *Manager) checkClient(ctx context.Context, was store.Run) error {
	if c, err := readControl(was); err != nil || c.LongLog && entity.FinalRun(was.State, false) {
		if err != nil {
			return err
		}
		return m.putAwayLater(ctx, was)
	}
	now := m.now()
	beat := m.beats.heard(was.UID)
	var ended bool
	var wake time.Time
	err := m.write(ctx, func(tx store.Tx) error {
		ended = false
		r, err := m.update(ctx, tx, was, func(r *store.Run, c *control) error {
			if entity.FinalRun(r.State, false) || c.Schedule != "" {
				r.Wake = time.Time{}
				return nil
			}
			if r.Wake.After(now) {
				return errStale
			}
			if beat.After(c.Heard) {
				m.heardOf(r, c, beat)
				if r.Wake.After(now) {
					return nil
				}
			}
			// A server that has just started has heard nobody yet: clients get their time again.
			if grace := m.since.Add(m.cfg.SilentNotice).UTC(); now.Before(grace) && now.Before(c.Heard.Add(m.cfg.ClientTTL)) {
				r.Wake = grace.Truncate(time.Microsecond).Add(time.Microsecond)
				return nil
			}
			limit := c.Heard.Add(m.cfg.ClientTTL)
			if !now.Before(limit) {
				ended = true
				reason := makeReason(entity.ReasonClientSilent, "The client that executes the run was last heard of at %s.", entity.FormatTime(c.Heard))
				c.enter(r, entity.StateError, reason.Message, now)
				c.reason(reason)
				c.Finished, r.Wake = now, c.putAwayAt(now)
				return nil
			}
			if !c.noticed(silent) {
				c.notice(entity.Notice{Field: "/status/state", Code: silent,
					Message: "The client that executes the run was last heard of at " + entity.FormatTime(c.Heard) + "; at " + entity.FormatTime(limit) + " the run ends."})
			}
			r.Wake = limit
			return nil
		})
		wake = r.Wake
		return err
	})
	if err != nil {
		return err
	}
	if ended {
		m.beats.forget(was.UID)
	}
	if !wake.IsZero() {
		m.wakeAt(wake)
	}
	return nil
}
