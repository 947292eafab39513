package local

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"dhub/engine"
	"dhub/engine/local/keeper"
	"dhub/entity"
)

// Stop implements engine.Engine. The tombstone comes first: an attempt that is being committed at this
// moment either finds it or is found.
func (e *Engine) Stop(ctx context.Context, id engine.ID, grace time.Duration) error {
	name, dir, err := e.dirOf(id)
	if err != nil {
		return err
	}
	if rec, err := keeper.ReadRecord(dir); err == nil && rec.Final() {
		return nil
	}
	if err := e.bury(name); err != nil {
		return err
	}
	return e.ask(ctx, name, dir, keeper.OpStop, max(grace, 0))
}

// Remove implements engine.Engine.
func (e *Engine) Remove(ctx context.Context, id engine.ID) error {
	name, dir, err := e.dirOf(id)
	if err != nil {
		return err
	}
	if err := e.bury(name); err != nil {
		return err
	}
	if err := e.ask(ctx, name, dir, keeper.OpKill, 0); err != nil {
		return err
	}
	gone, err := os.MkdirTemp(filepath.Join(e.root, keeper.AttemptsDir), keeper.Staging)
	if err != nil {
		return diskError("remove the attempt "+name, err)
	}
	if err := os.Rename(dir, filepath.Join(gone, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return diskError("remove the attempt "+name, err)
	}
	e.hub.changed(name)
	if err := keeper.RemoveAll(gone); err != nil {
		e.cfg.Logger.Warn("what an attempt left cannot be removed", "attempt", name, "error", err)
	}
	return nil
}

// bury leaves the tombstone.
func (e *Engine) bury(name string) error {
	path := keeper.TombPath(e.root, name)
	if _, err := os.Lstat(path); err == nil {
		return nil
	}
	dir := filepath.Dir(path)
	if err := os.Mkdir(dir, 0o700); err == nil {
		if err := keeper.SyncDir(filepath.Dir(dir)); err != nil {
			return diskError("leave the tombstone of "+name, err)
		}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		err = f.Close()
	}
	if err == nil {
		err = keeper.SyncDir(dir)
	}
	if err != nil {
		return diskError("leave the tombstone of "+name, err)
	}
	return nil
}

// ask hands a request to end to the keeper of an attempt. The files of one that ended or never was may be
// wrong, since its process reaches them; then the keepers are asked, who know.
func (e *Engine) ask(ctx context.Context, name, dir, op string, grace time.Duration) error {
	for range 3 {
		rec, err := keeper.ReadRecord(dir)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, keeper.ErrDamaged) || err == nil && rec.Final() {
			return e.askAll(ctx, keeper.Request{Op: op, ID: name, Grace: grace})
		}
		meta, err := keeper.ReadMeta(dir)
		if errors.Is(err, keeper.ErrDamaged) {
			return e.askAll(ctx, keeper.Request{Op: op, ID: name, Grace: grace})
		}
		if err != nil {
			if _, serr := os.Lstat(dir); errors.Is(serr, fs.ErrNotExist) {
				return nil
			}
			return diskError("read "+dir, err)
		}
		e.mu.Lock()
		l := e.links[meta.Keeper]
		e.mu.Unlock()
		if l != nil && l.hello.Instance == meta.Instance {
			answer, err := l.call(ctx, keeper.Request{Op: op, ID: name, Grace: grace})
			if err == nil && answer.Code == keeper.CodeOK {
				e.hub.changed(name)
				return nil
			}
			if err != nil && !errors.Is(err, errCut) {
				return err
			}
		}
		if err := e.recover(ctx); err != nil { // the keeper is gone, or the attempt has just ended
			return err
		}
	}
	if rec, err := keeper.ReadRecord(dir); errors.Is(err, fs.ErrNotExist) || err == nil && rec.Final() {
		return nil
	}
	return entity.Errorf(entity.CodeUnavailable, "the keeper of the attempt %s does not answer", name)
}

// askAll hands a request to end to every keeper: those that do not execute the attempt have nothing to do.
func (e *Engine) askAll(ctx context.Context, r keeper.Request) error {
	e.mu.Lock()
	links := slices.Collect(maps.Values(e.links))
	e.mu.Unlock()
	for _, l := range links {
		if _, err := l.call(ctx, r); err != nil && !errors.Is(err, errCut) {
			return err
		}
	}
	return nil
}
