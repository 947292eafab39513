//go:build linux

package keeper

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// build makes one asset for all who wait for it. waiters is guarded by the keeper's mutex; err and exit are
// set before done is closed.
type build struct {
	k       *keeper
	name    string
	dir     string // log, home and tmp
	fresh   string // what becomes the asset
	steps   []Step
	waiters int
	stop    chan time.Duration
	done    chan struct{}
	err     error
	exit    *Exit
}

// errCancelled ends a build that nobody waits for any more.
var errCancelled = errors.New("the build was stopped")

// join makes the attempt wait for an asset; nil when it exists already.
func (k *keeper) join(a *attempt, i int, as Asset) (*build, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	b := k.builds[as.Name]
	if b == nil {
		if k.made(as.Name) {
			return nil, nil
		}
		var err error
		if b, err = k.newBuild(a, i, as); err != nil {
			return nil, err
		}
		k.builds[as.Name] = b
		go b.run()
	}
	for _, end := range []string{"", MarksSuffix} {
		if err := os.Link(filepath.Join(b.dir, LogFile+end), filepath.Join(a.dir, fmt.Sprint(buildLog, i, end))); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
	}
	b.waiters++
	return b, nil
}

// leave says that one attempt waits no longer; true when it was the last and the build is being ended.
func (k *keeper) leave(b *build, grace time.Duration) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	b.waiters--
	if b.waiters > 0 {
		return false
	}
	if k.builds[b.name] == b {
		delete(k.builds, b.name) // whoever comes now starts a build of its own, behind the lock
	}
	b.ask(grace)
	return true
}

func (b *build) ask(grace time.Duration) {
	select {
	case b.stop <- grace:
	default:
	}
}

func (k *keeper) made(name string) bool {
	st, err := os.Stat(filepath.Join(k.root, AssetsDir, name))
	return err == nil && st.IsDir()
}

// newBuild lays out the folders; the attempt that asked first gives the asset's files.
func (k *keeper) newBuild(a *attempt, i int, as Asset) (*build, error) {
	k.builtSoFar++
	unique := fmt.Sprintf("%s.%s.%d", as.Name, k.hello.Instance, k.builtSoFar)
	b := &build{k: k, name: as.Name, dir: filepath.Join(k.root, BuildsDir, unique), fresh: filepath.Join(k.root, AssetsDir, Staging+unique),
		steps: as.Make, waiters: 0, stop: make(chan time.Duration, 64), done: make(chan struct{})}
	for _, dir := range []string{b.dir, filepath.Join(b.dir, HomeDir), filepath.Join(b.dir, TmpDir)} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			return nil, err
		}
	}
	for _, name := range []string{LogFile, LogFile + MarksSuffix} {
		f, err := os.OpenFile(filepath.Join(b.dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return nil, err
		}
		_ = f.Close()
	}
	err := os.Rename(filepath.Join(a.dir, fmt.Sprint(assetDir, i)), b.fresh)
	if errors.Is(err, fs.ErrNotExist) {
		err = os.Mkdir(b.fresh, 0o700)
	}
	return b, err
}

func (b *build) started(*child) {}

func (b *build) stopping(string) {}

func (b *build) run() {
	b.err = b.make()
	if b.err != nil {
		removeAll(b.fresh)
	}
	b.k.mu.Lock()
	if b.k.builds[b.name] == b {
		delete(b.k.builds, b.name)
	}
	b.k.settle()
	b.k.mu.Unlock()
	removeAll(b.dir)
	close(b.done)
}

func (b *build) make() error {
	lock, err := os.OpenFile(filepath.Join(b.k.root, BuildsDir, b.name+".lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer lock.Close()
	for unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB) != nil { // another keeper's build, or one that is being stopped
		select {
		case <-b.stop:
			return errCancelled
		case <-time.After(20 * time.Millisecond):
		}
	}
	if b.k.made(b.name) {
		removeAll(b.fresh)
		return nil
	}
	out, err := os.OpenFile(filepath.Join(b.dir, LogFile), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	defer out.Close()
	defer b.k.marks.follow(out)()
	mark := "build." + b.name + "." + b.k.hello.Instance
	t, err := b.k.newTree(mark, "", 0)
	if err != nil {
		return err
	}
	defer t.close()
	for i, s := range b.steps {
		select {
		case <-b.stop:
			return errCancelled
		default:
		}
		x, cause, err := t.run(b.prepare(s, mark), out, b, b.stop, nil, 0)
		switch {
		case err != nil:
			return err
		case cause == causeStop:
			return errCancelled
		case x != Exit{}:
			b.exit = &x
			how := fmt.Sprintf("ended with exit code %d", x.Code)
			if x.Signal != 0 {
				how = fmt.Sprintf("was ended by signal %d", x.Signal)
			}
			return fmt.Errorf("step %d of %d of making %s %s; its output is in the log", i+1, len(b.steps), b.name, how)
		}
	}
	return b.accept()
}

// accept makes the content durable and then names it: a folder without a dot was made to its end.
func (b *build) accept() error {
	d, err := os.Open(b.fresh)
	if err != nil {
		return err
	}
	err = unix.Syncfs(int(d.Fd()))
	_ = d.Close()
	if err != nil {
		return err
	}
	if err := os.Rename(b.fresh, filepath.Join(b.k.root, AssetsDir, b.name)); err != nil {
		return err
	}
	return SyncDir(filepath.Join(b.k.root, AssetsDir))
}

// prepare names the fresh folder in a step and gives it a home of its own.
func (b *build) prepare(s Step, mark string) Step {
	fresh := func(list []string) []string {
		list = slices.Clone(list)
		for i := range list {
			list[i] = strings.ReplaceAll(list[i], "{asset}", b.fresh)
		}
		return list
	}
	s.Argv, s.Env, s.Dir = fresh(s.Argv), fresh(s.Env), strings.ReplaceAll(s.Dir, "{asset}", b.fresh)
	for name, value := range map[string]string{"HOME": filepath.Join(b.dir, HomeDir), "TMPDIR": filepath.Join(b.dir, TmpDir), Mark: mark} {
		if !slices.ContainsFunc(s.Env, func(v string) bool { return strings.HasPrefix(v, name+"=") }) {
			s.Env = append(s.Env, name+"="+value)
		}
	}
	return s
}

// removeAll removes a folder even if its owner took the right to do so away.
func removeAll(dir string) {
	if os.RemoveAll(dir) == nil {
		return
	}
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if d != nil && d.IsDir() {
			_ = os.Chmod(path, 0o700)
		}
		return nil
	})
	_ = os.RemoveAll(dir)
}

// RemoveAll removes a folder even if its owner took the right to do so away.
func RemoveAll(dir string) error {
	removeAll(dir)
	if _, err := os.Lstat(dir); err == nil {
		return os.RemoveAll(dir)
	}
	return nil
}
