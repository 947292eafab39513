package local

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"

	"dhub/engine/local/keeper"
)

// Provide sees to it that an asset exists whose files the caller holds, so that no attempt has to make it
// first: one that is there already is compared before Provide returns, a missing one is written in the
// background. Its bytes are not synced, since they are compared again by the next server before it starts
// anything; where Provide fails, attempts make the asset themselves.
func (e *Engine) Provide(key string, content fs.FS) error {
	if e.unfit != nil {
		return nil // Check tells why
	}
	name := assetName(key)
	path := filepath.Join(e.root, keeper.AssetsDir, name)
	e.collecting.Lock()
	e.provided[name] = true
	e.collecting.Unlock()
	same, err := holds(path, content)
	if same {
		return nil
	}
	if err == nil { // a power failure, or somebody's hand
		away, err := os.MkdirTemp(filepath.Join(e.root, keeper.AttemptsDir), keeper.Staging) // tidy removes it, should this process die
		if err == nil {
			err = os.Rename(path, filepath.Join(away, name))
			_ = keeper.RemoveAll(away)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return diskError("replace the asset "+key, err)
		}
	}
	e.work.Go(func() {
		if err := e.provide(name, path, content); err != nil {
			e.cfg.Logger.Warn("an asset could not be written ahead; the first run makes it", "asset", key, "error", err)
		}
	})
	return nil
}

// provide writes an asset under the lock that a keeper takes to build it.
func (e *Engine) provide(name, path string, content fs.FS) error {
	lock, err := os.OpenFile(filepath.Join(e.root, keeper.BuildsDir, name+".lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer lock.Close()
	for unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB) != nil {
		select {
		case <-e.closed.Done():
			return nil
		case <-time.After(20 * time.Millisecond):
		}
	}
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	fresh, err := os.MkdirTemp(filepath.Join(e.root, keeper.AttemptsDir), keeper.Staging) // tidy removes it, should this process die
	if err != nil {
		return err
	}
	defer func() { _ = keeper.RemoveAll(fresh) }()
	made := filepath.Join(fresh, name)
	if err := os.CopyFS(made, content); err != nil {
		return err
	}
	return os.Rename(made, path)
}

// holds tells whether a folder has at least the given files; an error says that there is no folder.
func holds(dir string, content fs.FS) (same bool, err error) {
	if _, err := os.Stat(dir); err != nil {
		return false, err
	}
	same = true
	walk := fs.WalkDir(content, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		want, err := fs.ReadFile(content, path)
		if err != nil {
			return err
		}
		got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
		if err != nil || !bytes.Equal(got, want) {
			same = false
			return fs.SkipAll
		}
		return nil
	})
	return same && walk == nil, nil
}
