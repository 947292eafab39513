package run

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"dhub/engine"
	"dhub/entity"
	"dhub/internal/store"
)

// many is more than can be in work at once.
const many = 100_000

// recover takes up what an earlier process left: stored attempts are observed like any other, attempts that
// the store does not know are ended, logs of runs that are gone are removed.
func (m *Manager) recover(ctx context.Context) {
	steps := []struct {
		what string
		do   func(context.Context) error
	}{{"taking up attempts", m.adopt}, {"sweeping the logs of deleted runs", m.sweepLogs}, {"ending unknown attempts", m.reap}}
	for _, s := range steps {
		for delay := firstDelay; ctx.Err() == nil; delay = min(2*delay, lastDelay) {
			err := s.do(ctx)
			if err == nil {
				break
			}
			if ctx.Err() == nil {
				m.log.WarnContext(ctx, s.what, "error", err)
			}
			pause(ctx, delay)
		}
	}
}

// adopt begins work on every run that is neither ended nor queued.
func (m *Manager) adopt(ctx context.Context) error {
	type job struct{ uid, engine string }
	var jobs []job
	err := m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		jobs = nil
		for _, e := range m.cfg.Engines.All() {
			d := e.Describe()
			host := d.Host
			if m.cfg.Sole {
				host = ""
			}
			list, err := tx.Attempts().Uncleared(ctx, d.Name, host, many)
			if err != nil {
				return err
			}
			for _, a := range list {
				jobs = append(jobs, job{a.RunUID, a.Engine})
			}
		}
		active, err := tx.Runs().Active(ctx, many)
		for _, r := range active {
			if r.Engine != "" && !r.Local {
				jobs = append(jobs, job{r.UID, r.Engine})
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, j := range jobs {
		m.begin(ctx, j.uid, j.engine)
	}
	return nil
}

// reap ends attempts that lie with an engine and that the store does not know: of runs deleted meanwhile,
// or written after the backup that this store was restored from.
func (m *Manager) reap(ctx context.Context) error {
	var wg sync.WaitGroup
	defer wg.Wait()
	for _, e := range m.cfg.Engines.All() {
		var unknown []engine.Handle
		err := e.List(ctx, func(h engine.Handle) error {
			known, err := m.knows(ctx, h)
			if err == nil && !known {
				unknown = append(unknown, h)
			}
			return err
		})
		if err != nil {
			return err
		}
		wg.Go(func() { m.endOrphans(ctx, e, unknown) })
	}
	return nil
}

// endOrphans ends attempts that nobody here would end otherwise: those that the engine does not end now are tried
// again until it has.
func (m *Manager) endOrphans(ctx context.Context, e engine.Engine, list []engine.Handle) {
	for delay := firstDelay; len(list) > 0 && ctx.Err() == nil; delay = min(2*delay, lastDelay) {
		var left []engine.Handle
		for _, h := range list {
			m.log.InfoContext(ctx, "ending an attempt that no run here knows", "engine", h.Engine, "uid", h.ID.UID, "attempt", h.ID.Attempt)
			if err := m.endOrphan(ctx, e, h); err != nil && ctx.Err() == nil {
				m.log.WarnContext(ctx, "ending an unknown attempt", "uid", h.ID.UID, "attempt", h.ID.Attempt, "error", err, "again_after", delay)
				left = append(left, h)
			}
		}
		if list = left; len(list) > 0 {
			pause(ctx, delay)
		}
	}
}

// knows tells whether the store has an attempt and still needs what the engine holds of it.
func (m *Manager) knows(ctx context.Context, h engine.Handle) (known bool, err error) {
	err = m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		a, err := tx.Attempts().Get(ctx, h.ID.UID, h.ID.Attempt)
		if entity.IsNotFound(err) {
			known = false
			return nil
		}
		known = err == nil && !a.Cleared
		return err
	})
	return known, err
}

func (m *Manager) endOrphan(ctx context.Context, e engine.Engine, h engine.Handle) error {
	if err := e.Stop(ctx, h.ID, m.cfg.Grace); err != nil {
		return err
	}
	limit, cancel := context.WithTimeout(ctx, m.cfg.Grace+time.Minute)
	defer cancel()
	if err := e.Observe(limit, h, func(engine.Status) error { return nil }); err != nil && !entity.IsNotFound(err) && limit.Err() == nil {
		return err
	}
	return e.Remove(ctx, h.ID)
}

// sweepLogs removes long logs that no row names any more: a crash lay between the two.
func (m *Manager) sweepLogs(ctx context.Context) error {
	if m.cfg.Blobs == nil {
		return nil
	}
	var seen string
	var run logsOfRun
	for after := ""; ; {
		page, err := m.cfg.Blobs.List(ctx, LogPrefix, after, 1000)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, o := range page {
			after = o.Key
			uid, name, ok := strings.Cut(strings.TrimPrefix(o.Key, LogPrefix), "/")
			if !ok {
				continue
			}
			if uid != seen { // keys come in order
				if run, err = m.logsOf(ctx, uid); err != nil {
					return err
				}
				seen = uid
			}
			if !run.needs(o.Key, name) {
				if err := m.cfg.Blobs.Delete(ctx, o.Key); err != nil {
					return err
				}
			}
		}
	}
}

// logsOfRun is what is known of the logs of one run.
type logsOfRun struct {
	there bool
	named map[string]bool // addresses
	ended map[int]bool    // attempts
}

func (m *Manager) logsOf(ctx context.Context, uid string) (l logsOfRun, err error) {
	err = m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		l = logsOfRun{named: map[string]bool{}, ended: map[int]bool{}}
		_, err := tx.Runs().GetByUID(ctx, uid)
		if entity.IsNotFound(err) {
			return nil
		}
		if err != nil {
			return err
		}
		l.there = true
		metas, err := tx.Logs().List(ctx, uid)
		if err != nil {
			return err
		}
		for _, meta := range metas {
			l.named[meta.Blob] = true
		}
		attempts, err := tx.Attempts().List(ctx, uid)
		for _, a := range attempts {
			l.ended[a.Number] = !a.Finished.IsZero()
		}
		return err
	})
	return l, err
}

// needs tells whether a long log has its row or, its attempt being about to end, may still get one.
func (l logsOfRun) needs(key, name string) bool {
	number, _, _ := strings.Cut(name, ".")
	n, err := strconv.Atoi(number)
	return l.there && (l.named[key] || err == nil && !l.ended[n])
}
