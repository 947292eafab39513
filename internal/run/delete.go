package run

import (
	"context"
	"errors"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// Delete removes a run. One that an engine executes is ended first and stays in DELETING until then; the
// answer says DELETING in both cases.
func (m *Manager) Delete(ctx context.Context, project, id string) (entity.Doc, error) {
	r, err := m.load(ctx, project, id)
	if err != nil {
		return entity.Doc{}, err
	}
	return m.delete(ctx, r)
}

func (m *Manager) delete(ctx context.Context, was store.Run) (entity.Doc, error) {
	var after store.Run
	var blobs []string
	var gone bool
	now := m.now()
	err := m.cfg.Store.Write(ctx, func(tx store.Tx) error {
		blobs, gone = nil, false
		r, err := tx.Runs().GetByUID(ctx, was.UID)
		if entity.IsNotFound(err) {
			gone, after = true, was
			return nil
		}
		if err != nil {
			return err
		}
		held, err := isHeld(ctx, tx, r)
		if err != nil {
			return err
		}
		if isHandle(r) && m.cfg.Scheduler != nil {
			if err := m.cfg.Scheduler.DeleteRun(ctx, tx, r); err != nil {
				return err
			}
		}
		if !held {
			gone, after = true, r
			blobs, err = remove(ctx, tx, r)
			return err
		}
		if r.Desired == store.WantDelete {
			after = r
			return nil
		}
		after, err = m.update(ctx, tx, r, func(r *store.Run, c *control) error {
			r.Desired, r.Wake = store.WantDelete, time.Time{}
			c.enter(r, entity.StateDeleting, "", now)
			c.because(entity.ReasonDeleting, "")
			c.Message = ""
			return nil
		})
		return err
	})
	if err != nil {
		return entity.Doc{}, err
	}
	if gone {
		m.deleteBlobs(ctx, blobs)
		m.beats.forget(after.UID)
		after, err = change(after, func(r *store.Run, c *control) error {
			c.enter(r, entity.StateDeleting, "", now)
			return nil
		})
		if err != nil {
			return entity.Doc{}, err
		}
	} else {
		m.poke(after)
	}
	return document(after)
}

// isHeld tells whether an engine may still execute the run. What it holds of an ended attempt is freed
// without the row.
func isHeld(ctx context.Context, tx store.Tx, r store.Run) (bool, error) {
	if r.Attempt == 0 {
		return false, nil
	}
	a, err := tx.Attempts().Get(ctx, r.UID, r.Attempt)
	if entity.IsNotFound(err) {
		return false, nil
	}
	return !a.Cleared && a.Finished.IsZero(), err
}

// remove takes a run out of the store and returns the addresses of its long logs.
func remove(ctx context.Context, tx store.Tx, r store.Run) ([]string, error) {
	blobs, err := tx.Logs().DeleteAll(ctx, r.UID)
	if err != nil {
		return nil, err
	}
	if err := tx.Metrics().DeleteAll(ctx, entity.Run, r.ID); err != nil {
		return nil, err
	}
	return blobs, tx.Runs().Delete(ctx, r.ID)
}

// drop removes a run that was to be deleted and of which no engine holds anything any more.
func (m *Manager) drop(ctx context.Context, was store.Run) error {
	var blobs []string
	err := m.write(ctx, func(tx store.Tx) error {
		r, err := tx.Runs().GetByUID(ctx, was.UID)
		if entity.IsNotFound(err) {
			blobs = nil
			return nil
		}
		if err != nil {
			return err
		}
		blobs, err = remove(ctx, tx, r)
		return err
	})
	if err == nil {
		m.deleteBlobs(ctx, blobs)
	}
	return err
}

// DeleteLog removes one stored log and its bytes. While its attempt lives, or the client that executes the
// run may send more, it is a conflict.
func (m *Manager) DeleteLog(ctx context.Context, project, id string, attempt int, container string) error {
	var blob string
	err := m.cfg.Store.Write(ctx, func(tx store.Tx) error {
		r, err := get(ctx, tx, project, id)
		if err != nil {
			return err
		}
		over := entity.FinalRun(r.State, false)
		if attempt > 0 {
			a, err := tx.Attempts().Get(ctx, r.UID, attempt)
			if err != nil && !entity.IsNotFound(err) {
				return err
			}
			over = err != nil || !a.Finished.IsZero()
		}
		if !over {
			return entity.Errorf(entity.CodeConflict, "The log %s of run %s is still being written; it can be deleted when attempt %d has ended.", container, id, attempt)
		}
		blob, err = tx.Logs().Delete(ctx, r.UID, attempt, container)
		return err
	})
	if err == nil && blob != "" {
		m.deleteBlobs(ctx, []string{blob})
	}
	return err
}

// deleteBlobs removes long logs that no row names any more. What fails is swept at the next start.
func (m *Manager) deleteBlobs(ctx context.Context, keys []string) {
	for _, key := range keys {
		if m.cfg.Blobs == nil {
			return
		}
		if err := m.cfg.Blobs.Delete(context.WithoutCancel(ctx), key); err != nil {
			m.log.WarnContext(ctx, "deleting the log of a deleted run", "key", key, "error", err)
		}
	}
}

// pageOf is how many runs a deletion of many takes at a time.
const pageOf = 500

// endWithin bounds how long a deletion of many waits for live runs to end: clients give up after 60 s, and
// the deletion of a project waits twice.
const endWithin = 25 * time.Second

// DeleteRuns deletes all runs that a query selects, ending live ones first. It returns when none of them is
// left, or when those that are have not ended in time: they stay in DELETING until they have.
func (m *Manager) DeleteRuns(ctx context.Context, q store.Query) error {
	return m.deleteAll(ctx, q)
}

// liveStates are those in which a run has not ended.
var liveStates = []entity.State{entity.StateCreated, entity.StateBuilt, entity.StateReady, entity.StatePending,
	entity.StateRunning, entity.StateStop, entity.StateResume, entity.StateDeleting}

// DeleteLiveRuns does so with the runs of a project that have not ended.
func (m *Manager) DeleteLiveRuns(ctx context.Context, project string) error {
	var queries []store.Query
	for _, state := range liveStates {
		queries = append(queries, store.Query{Project: project, State: string(state)})
	}
	return m.deleteAll(ctx, queries...)
}

// deleteAll deletes what any of the queries selects, the first page of each at a time: what no engine holds is
// gone at once, so that only runs that are being ended come again.
func (m *Manager) deleteAll(ctx context.Context, queries ...store.Query) error {
	limit, cancel := context.WithTimeoutCause(ctx, endWithin, errSlowEnd)
	defer cancel()
	asked := map[string]bool{}
	for {
		runs, err := m.selected(ctx, queries)
		if err != nil || len(runs) == 0 {
			return err
		}
		fresh := false
		for _, r := range runs {
			if asked[r.UID] {
				continue
			}
			if _, err := m.delete(ctx, r); err != nil {
				return err
			}
			asked[r.UID], fresh = true, true
		}
		if fresh {
			continue
		}
		for _, r := range runs {
			err := m.awaitGone(limit, r)
			if errors.Is(err, errSlowEnd) {
				m.log.WarnContext(ctx, "runs that are to be deleted have not ended yet", "count", len(runs), "project", r.Project, "run", r.ID)
				return nil
			}
			if err != nil {
				return err
			}
		}
	}
}

var errSlowEnd = errors.New("a run has not ended in time")

// selected reads the first page of each query in one snapshot, in which no run is between two states.
func (m *Manager) selected(ctx context.Context, queries []store.Query) (runs []store.Run, err error) {
	err = m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		runs = nil
		for _, q := range queries {
			q.Entity, q.Page, q.Size = entity.Run, 0, pageOf
			page, err := tx.Runs().List(ctx, q, false)
			if err != nil {
				return err
			}
			runs = append(runs, page.Items...)
		}
		return nil
	})
	return runs, err
}

// awaitGone waits until the driver has removed a run.
func (m *Manager) awaitGone(ctx context.Context, r store.Run) error {
	w := m.waiters.add(r.ID)
	defer m.waiters.remove(w)
	for {
		_, err := m.loadUID(ctx, r.UID)
		if entity.IsNotFound(err) {
			return nil
		}
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-m.stopping():
			return errors.New("the run manager is being stopped")
		case <-w.c:
		}
	}
}
