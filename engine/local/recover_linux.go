package local

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"dhub/engine"
	"dhub/engine/local/keeper"
	"dhub/entity"
)

// sweepFor bounds the killing of what a dead keeper left; nothing that can be killed takes so long.
const sweepFor = 4 * time.Second

// answerWithin bounds the waiting for a keeper that is just starting or just ending.
const answerWithin = 5 * time.Second

// recover brings what is known in step with what is: it links to keepers that live and ends the attempts
// of those that do not. It may be called at any time.
func (e *Engine) recover(ctx context.Context) error {
	e.keeping.Lock()
	defer e.keeping.Unlock()
	return e.settle(ctx)
}

// retry recovers until it succeeds.
func (e *Engine) retry() {
	for {
		err := e.recover(e.closed)
		if err == nil || e.closed.Err() != nil {
			return
		}
		e.cfg.Logger.Error("the local engine cannot recover and tries again", "error", err)
		select {
		case <-time.After(time.Second):
		case <-e.closed.Done():
			return
		}
	}
}

const hostLost = "the machine was restarted while the attempt was executing"

// settle does it; keeping is held.
func (e *Engine) settle(ctx context.Context) error {
	alive, err := e.census(ctx)
	if err != nil {
		return err
	}
	lost, spoilt := map[string]keeper.Record{}, map[string]keeper.Record{}
	recorded := map[int]uint64{}
	err = e.eachUnfinished(func(name, dir string, rec keeper.Record) {
		meta, err := keeper.ReadMeta(dir)
		switch {
		case err != nil: // of another boot, or its own job took the file away: then its mark tells
			spoilt[name] = rec
		case meta.Boot != e.boot: // its processes are gone, their pids are strangers'
			e.declareLost(name, dir, rec, entity.ReasonHostLost, hostLost)
		case !alive[meta.Instance]:
			lost[name] = rec
			if rec.Pid > 0 {
				recorded[rec.Pid] = rec.Start
			}
		}
	})
	if err != nil {
		return err
	}
	builds := e.deadBuilds(alive)
	if len(lost)+len(spoilt)+len(builds) > 0 {
		left := keeper.Sweep(func(mark string) bool {
			_, gone := lost[mark]
			_, unknown := spoilt[mark]
			return gone || unknown || builds[mark]
		}, recorded, sweepFor)
		if left > 0 {
			e.cfg.Logger.Error("processes of a lost keeper cannot be killed", "count", left)
		}
	}
	for name, rec := range spoilt {
		e.declareLost(name, filepath.Join(e.root, keeper.AttemptsDir, name), rec, entity.ReasonHostLost, hostLost)
	}
	for name, rec := range lost {
		dir := filepath.Join(e.root, keeper.AttemptsDir, name)
		e.declareLost(name, dir, rec, entity.ReasonKeeperLost, "the keeper of local runs was killed, and the attempt with it")
	}
	e.sweepBuilds(alive)
	return nil
}

// eachUnfinished calls f for the attempts that have no end, with what was last recorded of them.
func (e *Engine) eachUnfinished(f func(name, dir string, rec keeper.Record)) error {
	entries, err := os.ReadDir(filepath.Join(e.root, keeper.AttemptsDir))
	if err != nil {
		return diskError("look through the attempts", err)
	}
	for _, entry := range entries {
		dir := filepath.Join(e.root, keeper.AttemptsDir, entry.Name())
		if strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		if _, err := os.Lstat(filepath.Join(dir, keeper.EndFile)); err != nil {
			rec, _ := keeper.ReadRecord(dir)
			f(entry.Name(), dir, rec)
		}
	}
	return nil
}

// census finds out which keepers live, links to them, and ends what the dead ones left in their cgroups.
func (e *Engine) census(ctx context.Context) (map[string]bool, error) {
	alive := map[string]bool{}
	locks, err := filepath.Glob(filepath.Join(e.root, keeper.Prefix+"*"+keeper.LockSuffix))
	if err != nil {
		return nil, err
	}
	for _, path := range locks {
		name := strings.TrimSuffix(filepath.Base(path), keeper.LockSuffix)
		for deadline := time.Now().Add(answerWithin); ; {
			e.mu.Lock()
			l := e.links[name]
			e.mu.Unlock()
			if l != nil {
				alive[l.hello.Instance] = true
				break
			}
			done, err := e.visit(path, name)
			if err != nil {
				return nil, err
			}
			if done {
				break
			}
			if time.Now().After(deadline) {
				return nil, entity.Errorf(entity.CodeUnavailable, "the keeper %s lives and does not answer", name)
			}
			select { // it lives and does not answer: it is just starting or just ending
			case <-time.After(20 * time.Millisecond):
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
	}
	return alive, nil
}

// visit looks at a keeper that is not linked: done when it is dead, foreign, or linked now.
func (e *Engine) visit(path, name string) (done bool, err error) {
	lock, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, diskError("look for a living keeper", err)
	}
	defer lock.Close()
	var hello keeper.Hello
	_ = json.NewDecoder(lock).Decode(&hello)
	if unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB) != nil {
		if hello.Boot != "" && hello.Boot != e.boot {
			return true, nil
		}
		l, err := e.dial(name, 0)
		if err != nil {
			return errors.Is(err, errClosed), nil
		}
		if name != e.keeper {
			_, _ = l.call(e.closed, keeper.Request{Op: keeper.OpRetire})
		}
		return false, nil
	}
	if hello.Boot == e.boot && hello.Instance != "" {
		hello.Tiers().KillInstance(hello.Instance)
	}
	_ = os.Remove(filepath.Join(e.root, name+keeper.SocketSuffix))
	if name != e.keeper { // nobody starts one of this name any more
		_ = os.Remove(filepath.Join(e.root, name+keeper.ErrorSuffix))
		_ = os.Remove(path)
	}
	return true, nil
}

// declareLost writes an attempt's end for a keeper that cannot.
func (e *Engine) declareLost(name, dir string, rec keeper.Record, code, message string) {
	rec.Gen++
	rec.Phase, rec.Code, rec.Message, rec.Finished = string(engine.Lost), code, message, e.cfg.Now().UTC()
	if rec.Finished.Before(rec.Started) {
		rec.Finished = rec.Started
	}
	for i, p := range rec.Parts {
		if st, err := os.Stat(filepath.Join(dir, p.File)); err == nil && p.Size < 0 {
			rec.Parts[i].Size = st.Size()
		}
	}
	if st, err := os.Stat(filepath.Join(dir, keeper.LogFile)); err == nil {
		rec.LogSize = st.Size()
	}
	if err := keeper.WriteEnd(dir, rec); err != nil && !errors.Is(err, fs.ErrExist) && !errors.Is(err, fs.ErrNotExist) {
		e.cfg.Logger.Error("the end of a lost attempt cannot be written", "attempt", name, "error", err)
	}
	e.hub.changed(name)
}

// deadBuilds lists the marks of builds whose keeper is gone.
func (e *Engine) deadBuilds(alive map[string]bool) map[string]bool {
	marks := map[string]bool{}
	entries, _ := os.ReadDir(filepath.Join(e.root, keeper.BuildsDir))
	for _, entry := range entries {
		if name, instance, ok := buildOf(entry.Name()); ok && !alive[instance] {
			marks[fmt.Sprintf("build.%s.%s", name, instance)] = true
		}
	}
	return marks
}

// sweepBuilds removes what dead builds left half-made.
func (e *Engine) sweepBuilds(alive map[string]bool) {
	for _, dir := range []string{keeper.BuildsDir, keeper.AssetsDir} {
		entries, _ := os.ReadDir(filepath.Join(e.root, dir))
		for _, entry := range entries {
			plain, staged := strings.CutPrefix(entry.Name(), keeper.Staging)
			if dir == keeper.AssetsDir && !staged {
				continue
			}
			if _, instance, ok := buildOf(plain); ok && !alive[instance] {
				_ = keeper.RemoveAll(filepath.Join(e.root, dir, entry.Name()))
			}
		}
	}
}

// buildOf takes a build's folder name apart: NAME.INSTANCE.COUNT.
func buildOf(entry string) (name, instance string, ok bool) {
	i := strings.LastIndexByte(entry, '.')
	if i < 0 || strings.HasSuffix(entry, keeper.LockSuffix) {
		return "", "", false
	}
	j := strings.LastIndexByte(entry[:i], '.')
	if j < 0 {
		return "", "", false
	}
	return entry[:j], entry[j+1 : i], true
}

// tidy removes what an earlier server prepared and did not commit, or was just removing. A keeper may be
// reading that server's last request at this moment, so a folder is first taken out of its reach in one
// step: either the keeper commits it whole, or it is gone.
func (e *Engine) tidy() {
	base := filepath.Join(e.root, keeper.AttemptsDir)
	entries, _ := os.ReadDir(base)
	for _, entry := range entries {
		path := filepath.Join(base, entry.Name())
		if strings.HasPrefix(entry.Name(), keeper.Staging) {
			taken := filepath.Join(base, ".gone"+entry.Name())
			if os.Rename(path, taken) != nil {
				continue
			}
			path = taken
		}
		if strings.HasPrefix(entry.Name(), ".") {
			_ = keeper.RemoveAll(path)
		}
	}
}

// tidyLocks removes the locks of assets that are gone. Only while no keeper lives: one that waits for a lock
// would otherwise hold one that nobody else sees.
func (e *Engine) tidyLocks() {
	e.mu.Lock()
	keepers := len(e.links)
	e.mu.Unlock()
	if keepers > 0 {
		return
	}
	locks, _ := filepath.Glob(filepath.Join(e.root, keeper.BuildsDir, "*"+keeper.LockSuffix))
	for _, path := range locks {
		made := filepath.Join(e.root, keeper.AssetsDir, strings.TrimSuffix(filepath.Base(path), keeper.LockSuffix))
		if _, err := os.Lstat(made); errors.Is(err, fs.ErrNotExist) {
			_ = os.Remove(path)
		}
	}
}
