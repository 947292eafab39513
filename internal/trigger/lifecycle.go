package trigger

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

const (
	reader  = "trigger"       // name of the stored position in the change feed
	batch   = 500             // changes read at a time
	saveGap = 5 * time.Second // how often the position is stored while nothing fires
)

// watch is a lifecycle trigger that runs.
type watch struct {
	doc  entity.Doc
	spec spec
	key  pattern
}

// follower reads the change feed and fires lifecycle triggers.
type follower struct {
	m       *Manager
	at      int64 // Seq of the last change dealt with
	saved   int64
	savedAt time.Time
	watches map[string][]watch // by project
}

// begin finds the position where an earlier process ended.
func (f *follower) begin(ctx context.Context) error {
	if err := f.m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
		f.at, err = tx.Schedules().Offset(ctx, reader)
		return err
	}); err != nil {
		return err
	}
	if f.at == 0 {
		return f.reset(ctx)
	}
	f.saved = f.at
	return f.load(ctx)
}

// reset begins at the newest change.
func (f *follower) reset(ctx context.Context) error {
	head, err := f.m.cfg.Store.Head(ctx)
	if err != nil {
		return err
	}
	f.at = head
	if err := f.load(ctx); err != nil {
		return err
	}
	return f.save(ctx)
}

// load reads the lifecycle triggers that run.
func (f *follower) load(ctx context.Context) error {
	watches := map[string][]watch{}
	for page := 0; ; page++ {
		var got store.Page[store.Record]
		if err := f.m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
			got, err = tx.Entities().List(ctx, store.Query{Entity: entity.Trigger, Kind: Lifecycle, State: string(entity.StateRunning), Page: page, Size: 200})
			return err
		}); err != nil {
			return err
		}
		for _, r := range got.Items {
			s, err := read(r.Doc)
			if err != nil {
				return err
			}
			if key, err := parsePattern(s.Key); err == nil {
				watches[r.Project] = append(watches[r.Project], watch{r.Doc, s, key})
			}
		}
		if len(got.Items) < 200 {
			break
		}
	}
	f.watches = watches
	return nil
}

func (f *follower) save(ctx context.Context) error {
	f.savedAt = time.Now()
	if f.saved == f.at {
		return nil
	}
	f.saved = f.at
	return f.m.cfg.Store.Write(ctx, func(tx store.Tx) error { return tx.Schedules().SetOffset(ctx, reader, f.at) })
}

// follow deals with changes until ctx ends.
func (f *follower) follow(ctx context.Context) {
	wake, release := f.m.cfg.Store.Wake()
	defer release()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			if err := f.save(context.WithoutCancel(ctx)); err != nil {
				f.m.log.ErrorContext(ctx, "storing the position in the change feed", "error", err)
			}
			return
		case <-wake:
		case <-timer.C:
		}
		if err := f.drain(ctx); err != nil && ctx.Err() == nil {
			f.m.log.ErrorContext(ctx, "following the change feed", "error", err)
			timer.Reset(f.m.cfg.Retry)
		} else if f.saved != f.at {
			timer.Reset(saveGap)
		}
	}
}

// drain deals with all changes there are.
func (f *follower) drain(ctx context.Context) error {
	for ctx.Err() == nil {
		list, err := f.m.cfg.Store.Changes(ctx, f.at, batch)
		if entity.IsNotFound(err) {
			f.m.log.WarnContext(ctx, "the change feed was trimmed before lifecycle triggers had read it; going on from its end", "from", f.at)
			return f.reset(ctx)
		}
		if err != nil {
			return err
		}
		for _, c := range list {
			if ctx.Err() != nil {
				return nil
			}
			if err := f.deal(context.WithoutCancel(ctx), c); err != nil {
				return err
			}
			f.at = c.Seq
		}
		if len(list) == 0 {
			if f.saved != f.at && time.Since(f.savedAt) >= saveGap {
				return f.save(ctx)
			}
			return nil
		}
	}
	return nil
}

// deal fires the triggers that wait for a change. It may be repeated: the runs have the same ids again.
func (f *follower) deal(ctx context.Context, c store.Change) error {
	if c.Entity == entity.Trigger {
		if err := f.load(ctx); err != nil {
			return err
		}
	}
	state, entered := enters(c)
	if !entered {
		return nil
	}
	for _, w := range f.watches[c.Project] {
		if !slices.Contains(w.spec.States, state) || !w.key.fits(c.Entity, c.Project, c.Kind, c.Name, c.ID) {
			continue
		}
		if err := f.fire(ctx, w, c, state); err != nil {
			return err
		}
	}
	return nil
}

// enters returns the state that an entity is in after a change and whether it was in another one before: a
// trigger fires when a state is entered, not at each write in it.
func enters(c store.Change) (state string, entered bool) {
	switch c.Verb {
	case "delete":
		return string(entity.StateDeleted), true
	case "update":
		return c.State, c.State != "" && c.State != c.Was
	}
	return c.State, c.State != ""
}

// fire makes the run of one change.
func (f *follower) fire(ctx context.Context, w watch, c store.Change, state string) error {
	m := f.m
	doc, err := m.cfg.Get(ctx, c.Entity, c.Project, c.ID)
	if entity.IsNotFound(err) {
		status, err := entity.EncodeJSON(map[string]string{"state": state})
		if err != nil {
			return err
		}
		doc = entity.Doc{Entity: c.Entity, ID: c.ID, Name: c.Name, Kind: c.Kind, Project: c.Project, Status: status, Created: c.At, Updated: c.At}
	} else if err != nil {
		return err
	}
	loops, err := m.loops(ctx, w.doc.Key(), doc)
	if err != nil {
		return err
	}
	if loops {
		m.log.WarnContext(ctx, "a lifecycle trigger does not fire for what its own run made", "trigger", w.doc.ID, "project", c.Project, "key", doc.Key())
		return nil
	}
	input, err := decode(entity.Render(doc))
	if err != nil {
		return entity.Errorf(entity.CodeInternal, "render %s: %w", doc.Key(), err)
	}
	details := map[string]any{"timestamp": c.At.UnixMilli(), "key": w.spec.Key, "state": state, "input": input}
	id := runID(ownerOf(w.doc.ID), c.Entity, c.ID, strconv.FormatInt(c.Seq, 10))
	draft, err := m.prepareTrigger(ctx, w.doc, w.spec, id, details, []string{doc.Key()})
	if err == nil {
		err = m.cfg.Store.Write(ctx, func(tx store.Tx) error {
			r, err := tx.Entities().Get(ctx, entity.Trigger, w.doc.ID)
			if entity.IsNotFound(err) || err == nil && r.State != string(entity.StateRunning) {
				return errIdle
			}
			if err != nil {
				return err
			}
			return draft.Insert(ctx, tx)
		})
		if err == nil {
			draft.Stored()
		}
	}
	switch {
	case err == nil, duplicate(err), errors.Is(err, errIdle):
		return nil
	case hopeless(err):
		m.log.WarnContext(ctx, "a lifecycle trigger could not start a run", "trigger", w.doc.ID, "project", c.Project, "error", err)
		return m.fail(ctx, w.doc.ID, err)
	}
	return err
}

var errIdle = entity.Errorf(entity.CodeConflict, "the trigger does not run any more")

// loops tells whether a trigger stands already in the chain of runs that made an entity.
func (m *Manager) loops(ctx context.Context, trigger string, d entity.Doc) (bool, error) {
	seen := map[string]bool{d.Key(): true}
	level := []entity.Doc{d}
	for range 2 * m.cfg.Depth { // from an entity to its run, from a run to what it consumed
		var next []entity.Doc
		for _, d := range level {
			for _, r := range entity.Relations(d.Metadata, d.Key()) {
				if r.Source != d.Key() || r.Type != entity.ProducedBy && r.Type != entity.Consumes {
					continue
				}
				if r.Dest == trigger {
					return true, nil
				}
				k, ok := entity.ParseKey(r.Dest)
				if !ok || k.ID == "" || seen[r.Dest] || k.Entity == entity.Trigger || len(seen) > 1000 {
					continue
				}
				seen[r.Dest] = true
				made, err := m.cfg.Get(ctx, k.Entity, k.Project, k.ID)
				if entity.IsNotFound(err) {
					continue
				}
				if err != nil {
					return false, err
				}
				next = append(next, made)
			}
		}
		if level = next; len(level) == 0 {
			return false, nil
		}
	}
	return false, nil
}
