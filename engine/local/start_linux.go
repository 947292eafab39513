package local

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"dhub/engine"
	"dhub/engine/local/keeper"
	"dhub/entity"
)

// Start implements engine.Engine. It prepares a folder and asks the keeper to commit it: one rename, which
// fails for whoever comes second. Everything slow, building assets included, is the keeper's.
func (e *Engine) Start(ctx context.Context, r engine.Runnable, values engine.Values) (engine.Handle, error) {
	if err := errors.Join(refuse(r), refuseValues(r, values)); err != nil {
		return engine.Handle{}, err
	}
	name, dir, err := e.dirOf(r.ID)
	if err != nil {
		return engine.Handle{}, err
	}
	free, err := e.locks.lock(ctx, name)
	if err != nil {
		return engine.Handle{}, err
	}
	defer free()
	e.collecting.RLock()
	defer e.collecting.RUnlock()
	for range 3 {
		if h, found, err := e.existing(name, dir); found || err != nil {
			return h, err
		}
		if err := e.beyond(r, name); err != nil {
			return engine.Handle{}, err
		}
		again, err := e.commit(ctx, r, values, name)
		if err != nil {
			return engine.Handle{}, err
		}
		if !again {
			return e.handle(r.ID), nil
		}
	}
	if h, found, err := e.existing(name, dir); found || err != nil {
		return h, err
	}
	return engine.Handle{}, entity.Errorf(entity.CodeUnavailable, "the keeper ended while it was asked to start %s", name)
}

// existing finds the attempt that bears the name already.
func (e *Engine) existing(name, dir string) (h engine.Handle, found bool, err error) {
	conflict := entity.Errorf(entity.CodeConflict, "the attempt %s was stopped or removed and does not start again", name)
	tomb := keeper.Tombed(e.root, name)
	rec, err := keeper.ReadRecord(dir)
	if errors.Is(err, fs.ErrNotExist) {
		if tomb {
			return h, false, conflict
		}
		return h, false, nil
	}
	if err != nil {
		return h, false, diskError("read the state of "+name, err)
	}
	if tomb && (!rec.Final() || engine.Phase(rec.Phase) == engine.Stopped) {
		return h, false, conflict
	}
	h, err = e.stored(dir)
	return h, err == nil, err
}

// stored reads the handle of an attempt from its folder. The folder's name says it, but for the client's id,
// when a power failure took the rest.
func (e *Engine) stored(dir string) (engine.Handle, error) {
	meta, err := keeper.ReadMeta(dir)
	var id engine.ID
	if err == nil && json.Unmarshal(meta.ID, &id) == nil {
		return e.handle(id), nil
	}
	if _, err := os.Lstat(dir); err != nil {
		return engine.Handle{}, err
	}
	uid, number, _ := strings.Cut(filepath.Base(dir), ".")
	n, err := strconv.Atoi(number)
	if err != nil {
		return engine.Handle{}, entity.Errorf(entity.CodeInternal, "%s is not the folder of an attempt", dir)
	}
	return e.handle(engine.ID{UID: uid, Attempt: n}), nil
}

// commit prepares the folder and hands the plan over; again tells that the keeper was gone before it said
// what it did.
func (e *Engine) commit(ctx context.Context, r engine.Runnable, values engine.Values, name string) (again bool, err error) {
	l, err := e.link(ctx)
	if err != nil {
		return false, err
	}
	staging, plan, err := e.stage(ctx, r, values, name, l.hello)
	if err != nil {
		if staging != "" {
			_ = keeper.RemoveAll(staging)
		}
		return false, err
	}
	answer, err := l.call(ctx, keeper.Request{Op: keeper.OpStart, ID: name, Plan: plan})
	if errors.Is(err, errCut) {
		// A dead keeper starts nothing more; a living one may still read the request, which then finds its
		// folder renamed or wins against the next.
		if err := e.recover(ctx); err != nil {
			return false, err
		}
		return true, nil
	}
	if err != nil {
		return false, err
	}
	switch answer.Code {
	case keeper.CodeOK:
		return false, nil
	case keeper.CodeExists:
		_ = keeper.RemoveAll(staging)
		return true, nil
	case keeper.CodeRetired:
		_ = keeper.RemoveAll(staging)
		l.cut()
		<-l.dead
		return true, nil
	}
	_ = keeper.RemoveAll(staging)
	return false, entity.Errorf(entity.CodeUnavailable, "the keeper cannot start %s: %s", name, answer.Error)
}

// List implements engine.Engine.
func (e *Engine) List(ctx context.Context, f func(engine.Handle) error) error {
	base := filepath.Join(e.root, keeper.AttemptsDir)
	entries, err := os.ReadDir(base)
	if err != nil {
		return diskError("list the attempts", err)
	}
	for _, entry := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		if entry.Name()[0] == '.' {
			continue
		}
		h, err := e.stored(filepath.Join(base, entry.Name()))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if err := f(h); err != nil {
			return err
		}
	}
	return nil
}
