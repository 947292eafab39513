//go:build linux

package local_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"dhub/engine"
	"dhub/engine/enginetest"
	"dhub/engine/local"
	"dhub/entity"
)

func init() {
	enginetest.Words["fill-disk"] = func(file string) {
		f, err := os.Create(file)
		check(err)
		for size := 64 << 10; size > 0; size /= 2 {
			for err = nil; err == nil; {
				_, err = f.Write(make([]byte, size))
			}
		}
		if !errors.Is(err, syscall.ENOSPC) {
			check(err)
		}
	}
	enginetest.Words["full-disk"] = fullDisk
}

// TestFullDisk runs the engine on a small disk, in a name space of its own.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	cmd := exec.Command(self(t), child, "full-disk "+root(t))
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func fullDisk(dir string) {
	check(unix.Mount("dhub", dir, "tmpfs", 0, "size=3m,mode=0700"))
	e, err := local.New(local.Config{Root: dir, Idle: time.Millisecond})
	check(err)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	exe, err := os.Executable()
	check(err)
	make := func(uid string, lines ...string) engine.Runnable {
		return engine.Runnable{ID: engine.ID{UID: uid, Attempt: 1}, Main: engine.Process{Command: []string{exe, child}, Args: lines}}
	}
	final := func(h engine.Handle) (last engine.Status) {
		check(e.Observe(ctx, h, func(s engine.Status) error { last = s; return nil }))
		return last
	}
	first, err := e.Start(ctx, make("first", "fill-disk full"), nil)
	check(err)
	if s := final(first); s.Phase != engine.Succeeded {
		check(fmt.Errorf("on a full disk: got %+v, want it succeeded", s))
	}
	second := make("second", "print hello")
	second.Files = []engine.File{{Path: "big", Text: strings.Repeat("x", 64<<10)}}
	_, err = e.Start(ctx, second, nil)
	if entity.CodeOf(err) != entity.CodeUnavailable || !errors.Is(err, syscall.ENOSPC) {
		check(fmt.Errorf("start on a full disk: got %v", err))
	}
	check(e.Remove(ctx, first.ID))
	h, err := e.Start(ctx, second, nil)
	check(err)
	if s := final(h); s.Phase != engine.Succeeded {
		check(fmt.Errorf("with room again: got %+v, want it succeeded", s))
	}
	check(e.Close())
	clean(dir, nil)
	for err = unix.EBUSY; err == unix.EBUSY && ctx.Err() == nil; { // the killed keeper's files are just being closed
		err = unix.Mount("", dir, "", unix.MS_REMOUNT|unix.MS_RDONLY, "")
	}
	check(err)
	e, err = local.New(local.Config{Root: dir, Idle: time.Millisecond})
	check(err)
	_, err = e.Start(ctx, make("third", "print x"), nil)
	if entity.CodeOf(err) != entity.CodeUnavailable || !errors.Is(err, syscall.EROFS) {
		check(fmt.Errorf("start on a read-only disk: got %v", err))
	}
	if err := e.Check(ctx); !errors.Is(err, syscall.EROFS) {
		check(fmt.Errorf("check on a read-only disk: got %v", err))
	}
	if s := final(h); s.Phase != engine.Succeeded {
		check(fmt.Errorf("read from a read-only disk: got %+v", s))
	}
	check(e.Close())
	os.Exit(0)
}
