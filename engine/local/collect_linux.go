package local

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"dhub/engine"
	"dhub/engine/local/keeper"
	"dhub/entity"
)

const (
	collectEvery = time.Hour
	youngTomb    = 24 * time.Hour // younger ones stay whatever their number
	youngUse     = time.Hour      // so do assets used since
	horizonFile  = "horizon"
)

// limitKeeping fills in how much is kept.
func (c *Config) limitKeeping() {
	if c.KeepTombs <= 0 {
		c.KeepTombs = 30 * 24 * time.Hour
	}
	if c.MaxTombs <= 0 {
		c.MaxTombs = 100_000
	}
	if c.KeepAssets <= 0 {
		c.KeepAssets = 30 * 24 * time.Hour
	}
	if c.MaxAssets <= 0 {
		c.MaxAssets = 50
	}
}

// collectOften removes what nobody needs any more, at the start and every hour.
func (e *Engine) collectOften() {
	tick := time.NewTicker(collectEvery)
	defer tick.Stop()
	for {
		if err := e.collect(); err != nil && e.closed.Err() == nil {
			e.cfg.Logger.Warn("removing what no attempt needs any more", "error", err)
		}
		select {
		case <-tick.C:
		case <-e.closed.Done():
			return
		}
	}
}

func (e *Engine) collect() error {
	if e.unfit != nil {
		return nil
	}
	return errors.Join(e.collectTombs(), e.collectAssets())
}

// collectTombs forgets old tombstones. Without its tombstone an attempt could be started a second time by who
// still holds the intent: a store restored from a backup. So the horizon comes first and is durable before the
// first tombstone goes: what was claimed before it is refused.
func (e *Engine) collectTombs() error {
	var times []time.Time
	err := e.eachTomb(func(_ string, at time.Time) { times = append(times, at) })
	if err != nil || len(times) == 0 {
		return err
	}
	now := e.cfg.Now()
	before := now.Add(-e.cfg.KeepTombs)
	if over := len(times) - e.cfg.MaxTombs; over > 0 {
		slices.SortFunc(times, time.Time.Compare)
		before = later(before, times[over])
	}
	if young := now.Add(-youngTomb); before.After(young) {
		before = young
	}
	if !slices.ContainsFunc(times, before.After) {
		return nil
	}
	if err := e.moveHorizon(before); err != nil {
		return err
	}
	return e.eachTomb(func(path string, at time.Time) {
		if !at.Before(before) {
			return
		}
		if _, err := os.Lstat(filepath.Join(e.root, keeper.AttemptsDir, filepath.Base(path))); errors.Is(err, fs.ErrNotExist) {
			_ = os.Remove(path)
		}
	})
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// eachTomb hands over every tombstone and when it was left.
func (e *Engine) eachTomb(f func(path string, at time.Time)) error {
	base := filepath.Join(e.root, keeper.TombsDir)
	dirs, err := os.ReadDir(base)
	for _, d := range dirs {
		if !d.IsDir() {
			continue
		}
		list, err := os.ReadDir(filepath.Join(base, d.Name()))
		if err != nil {
			return err
		}
		for _, entry := range list {
			if e.closed.Err() != nil {
				return e.closed.Err()
			}
			if info, err := entry.Info(); err == nil {
				f(filepath.Join(base, d.Name(), entry.Name()), info.ModTime())
			}
		}
	}
	return err
}

// moveHorizon makes a horizon durable. No start is under way meanwhile: one that looked for its tombstone
// before has committed by then.
func (e *Engine) moveHorizon(at time.Time) error {
	e.collecting.Lock()
	defer e.collecting.Unlock()
	if !at.After(e.horizon) {
		return nil
	}
	text, err := at.UTC().MarshalText()
	if err != nil {
		return err
	}
	if err := keeper.WriteFile(filepath.Join(e.root, keeper.TombsDir), horizonFile, text, false); err != nil {
		return err
	}
	e.horizon = at
	return nil
}

func readHorizon(root string) (at time.Time, err error) {
	path := filepath.Join(root, keeper.TombsDir, horizonFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return at, nil
	}
	if err != nil {
		return at, diskError("read "+path, err)
	}
	if err := at.UnmarshalText(text); err != nil {
		return at, entity.Errorf(entity.CodeInternal, "the file %s does not hold a time: %w; write the present time into it, such as %s", path, err, time.Now().UTC().Format(time.RFC3339))
	}
	return at, nil
}

// beyond refuses an attempt that was claimed so long ago that its tombstone may have been forgotten. A horizon
// that lies ahead was written by a clock that was wrong and says nothing.
func (e *Engine) beyond(r engine.Runnable, name string) error {
	if r.Claimed.IsZero() || !r.Claimed.Before(e.horizon) || e.horizon.After(e.cfg.Now()) {
		return nil
	}
	return entity.Errorf(entity.CodeConflict, "the attempt %s was claimed at %s; whether it was started before is not known for what was claimed before %s",
		name, entity.FormatTime(r.Claimed), entity.FormatTime(e.horizon))
}

// touch notes that an asset is used now.
func (e *Engine) touch(name string) error {
	path := filepath.Join(e.root, keeper.BuildsDir, name+keeper.LockSuffix)
	now := e.cfg.Now()
	err := os.Chtimes(path, now, now)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Chtimes(path, now, now))
}

// collectAssets removes assets that were not used for long, and the least recently used of too many. One that an
// attempt uses which has not ended, that is being made, or that this binary provides, stays.
func (e *Engine) collectAssets() error {
	e.collecting.Lock()
	defer e.collecting.Unlock()
	entries, err := os.ReadDir(filepath.Join(e.root, keeper.AssetsDir))
	if err != nil {
		return err
	}
	used, known, err := e.usedAssets()
	if err != nil || !known {
		return err
	}
	type asset struct {
		name string
		at   time.Time
	}
	var idle []asset
	all := 0
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		all++
		if !used[entry.Name()] && !e.provided[entry.Name()] {
			idle = append(idle, asset{entry.Name(), e.lastUse(entry)})
		}
	}
	slices.SortFunc(idle, func(a, b asset) int { return a.at.Compare(b.at) })
	now := e.cfg.Now()
	for i, a := range idle {
		old, many := now.Sub(a.at) > e.cfg.KeepAssets, all-i > e.cfg.MaxAssets
		if !old && !(many && now.Sub(a.at) > youngUse) {
			break
		}
		if err := e.discard(a.name); err != nil {
			return err
		}
	}
	return nil
}

// lastUse is the time of the asset's lock; of one that was made before uses were noted, its own.
func (e *Engine) lastUse(entry fs.DirEntry) time.Time {
	var at time.Time
	if info, err := entry.Info(); err == nil {
		at = info.ModTime()
	}
	if info, err := os.Stat(filepath.Join(e.root, keeper.BuildsDir, entry.Name()+keeper.LockSuffix)); err == nil {
		at = later(at, info.ModTime())
	}
	return at
}

// usedAssets lists what the attempts that have not ended use; known is false when one of them does not say.
func (e *Engine) usedAssets() (used map[string]bool, known bool, err error) {
	base := filepath.Join(e.root, keeper.AttemptsDir)
	entries, err := os.ReadDir(base)
	if err != nil {
		return nil, false, err
	}
	used = map[string]bool{}
	for _, entry := range entries {
		dir := filepath.Join(base, entry.Name())
		if strings.HasPrefix(entry.Name(), ".") { // no start is under way: it is being removed
			continue
		}
		if rec, err := keeper.ReadRecord(dir); err == nil && rec.Final() {
			continue
		}
		meta, err := keeper.ReadMeta(dir)
		if err != nil || meta.Assets == nil {
			if _, gone := os.Lstat(dir); errors.Is(gone, fs.ErrNotExist) {
				continue
			}
			return nil, false, nil
		}
		for _, name := range meta.Assets {
			used[name] = true
		}
	}
	return used, true, nil
}

// discard removes an asset under the lock by which it is made: first out of reach in one step, so that it is
// there whole or not at all, then its content, which tidy finishes should this process die.
func (e *Engine) discard(name string) error {
	lock, err := os.OpenFile(filepath.Join(e.root, keeper.BuildsDir, name+keeper.LockSuffix), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer lock.Close()
	if unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB) != nil {
		return nil // it is being made
	}
	away, err := os.MkdirTemp(filepath.Join(e.root, keeper.AttemptsDir), keeper.Staging)
	if err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(e.root, keeper.AssetsDir, name), filepath.Join(away, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, os.Remove(away))
	}
	e.cfg.Logger.Info("an asset that was not used for long is removed", "asset", name)
	e.work.Go(func() { _ = keeper.RemoveAll(away) })
	return nil
}
