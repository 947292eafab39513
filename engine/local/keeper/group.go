//go:build linux

package keeper

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// group is the cgroups of one tree of processes; a nil group holds nothing.
type group struct {
	v2, v1 string
	fd     int // of v2, for clone
	limit  int64
}

// newGroup makes the groups of one tree. Without a memory limit version 1 is used only where it alone
// can hold the tree: a move into it costs milliseconds.
func (t Tiers) newGroup(instance, name string, limit int64) (*group, error) {
	g := &group{fd: -1, limit: limit}
	if t.v2 != "" {
		g.v2 = filepath.Join(t.v2, instance, name)
		err := makeGroup(g.v2, func() {
			if t.Memory == TierCgroup2 {
				enableMemory(t.v2)
				enableMemory(filepath.Dir(g.v2))
			}
		})
		if err != nil {
			return nil, err
		}
		fd, err := unix.Open(g.v2, unix.O_DIRECTORY|unix.O_RDONLY|unix.O_CLOEXEC, 0)
		if err != nil {
			return nil, err
		}
		g.fd = fd
		if limit > 0 && t.Memory == TierCgroup2 {
			if err := os.WriteFile(filepath.Join(g.v2, "memory.max"), []byte(strconv.FormatInt(limit, 10)), 0); err != nil {
				g.remove()
				return nil, err
			}
			_ = os.WriteFile(filepath.Join(g.v2, "memory.swap.max"), []byte("0"), 0)
			_ = os.WriteFile(filepath.Join(g.v2, "memory.oom.group"), []byte("1"), 0)
		}
	}
	if t.v1 != "" && (limit > 0 || t.Tree == TierCgroup1) {
		g.v1 = filepath.Join(t.v1, instance, name)
		if err := makeGroup(g.v1, func() {}); err != nil {
			g.remove()
			return nil, err
		}
		if limit > 0 {
			if err := os.WriteFile(filepath.Join(g.v1, "memory.limit_in_bytes"), []byte(strconv.FormatInt(limit, 10)), 0); err != nil {
				g.remove()
				return nil, err
			}
			_ = os.WriteFile(filepath.Join(g.v1, "memory.memsw.limit_in_bytes"), []byte(strconv.FormatInt(limit, 10)), 0)
		}
	}
	return g, nil
}

// makeGroup makes a group and those above it; prepare readies these. A server that comes or goes removes the
// installation's group when it finds it empty, so what was made a moment ago may be gone: then it begins anew.
func makeGroup(dir string, prepare func()) (err error) {
	for range 1000 {
		if err = os.MkdirAll(filepath.Dir(dir), 0o755); err == nil {
			prepare()
			err = os.Mkdir(dir, 0o755)
		}
		if !errors.Is(err, fs.ErrNotExist) {
			break
		}
	}
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

// traced tells that processes of the group must be moved into it: version 2 has them born inside, version 1
// takes them over while they are held at their first instruction. The keeper itself never enters a group,
// where the kernel might choose it when the group's memory is gone.
func (g *group) traced() bool { return g != nil && g.v1 != "" }

// adopt moves a process that is held at its first instruction into version 1's group and lets it go.
func (g *group) adopt(pid int) error {
	err := os.WriteFile(filepath.Join(g.v1, "cgroup.procs"), []byte(strconv.Itoa(pid)), 0)
	if err == nil {
		err = unix.PtraceDetach(pid)
	}
	return err
}

// canTrace tries whether this process may hold a child at its first instruction, which some containers forbid. It
// is called for the first time before a nursery reaps, which would take the child's stop from it.
var canTrace = sync.OnceValue(func() bool {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	pid, err := syscall.ForkExec("/proc/self/exe", nil, &syscall.ProcAttr{Sys: &syscall.SysProcAttr{Ptrace: true}})
	if err != nil {
		return false
	}
	held := awaitHeld(pid) == nil
	_ = unix.Kill(pid, unix.SIGKILL)
	_, _ = unix.Wait4(pid, nil, 0, nil)
	return held
})

// awaitHeld waits until a child that was forked to be traced stands at its first instruction.
func awaitHeld(pid int) error {
	var ws unix.WaitStatus
	for {
		switch _, err := unix.Wait4(pid, &ws, 0, nil); {
		case err == unix.EINTR:
		case err != nil:
			return err
		case !ws.Stopped():
			return fmt.Errorf("the process ended before it began (wait status %#x)", int(ws))
		default:
			return nil
		}
	}
}

// pids lists the processes inside.
func (g *group) pids() []int {
	dir := g.v2
	if dir == "" {
		dir = g.v1
	}
	return groupPids(dir)
}

func groupPids(dir string) []int {
	data, _ := os.ReadFile(filepath.Join(dir, "cgroup.procs"))
	var pids []int
	for _, f := range bytes.Fields(data) {
		if pid, err := strconv.Atoi(string(f)); err == nil && pid > 0 {
			pids = append(pids, pid)
		}
	}
	return pids
}

// kill ends everything inside and returns when nothing is left, or false after d.
func (g *group) kill(d time.Duration) bool {
	if g.v2 != "" {
		return killGroup(g.v2, d)
	}
	return killGroup(g.v1, d)
}

func killGroup(dir string, d time.Duration) bool {
	deadline := time.Now().Add(d)
	whole := true
	for pause := time.Millisecond; ; pause = min(2*pause, 20*time.Millisecond) {
		pids := groupPids(dir)
		if len(pids) == 0 {
			return true
		}
		// The group is ended as a whole, so that nothing is born meanwhile. That does not reach a process whose first
		// thread has ended, so what is still there afterwards is ended one by one.
		if !whole || os.WriteFile(filepath.Join(dir, "cgroup.kill"), []byte("1"), 0) != nil {
			for _, pid := range pids {
				killMember(dir, pid)
			}
		}
		whole = !whole
		if time.Now().After(deadline) {
			return false
		}
		time.Sleep(pause)
	}
}

// killMember ends a process of a group, never another that got its pid.
func killMember(dir string, pid int) {
	fd, err := unix.PidfdOpen(pid, 0)
	if err == unix.ENOSYS || err == unix.EPERM {
		_ = unix.Kill(pid, unix.SIGKILL)
	}
	if err != nil {
		return
	}
	defer unix.Close(fd)
	if slices.Contains(groupPids(dir), pid) { // the pidfd is of this process: it was opened before this was read
		_ = unix.PidfdSendSignal(fd, unix.SIGKILL, nil, 0)
	}
}

// oom tells whether the kernel killed for want of memory.
func (g *group) oom() bool {
	if g == nil || g.limit == 0 {
		return false
	}
	for _, file := range []string{filepath.Join(g.v2, "memory.events"), filepath.Join(g.v1, "memory.oom_control")} {
		data, _ := os.ReadFile(file)
		for line := range strings.Lines(string(data)) {
			if n, ok := strings.CutPrefix(strings.TrimSpace(line), "oom_kill "); ok && n != "0" {
				return true
			}
		}
	}
	return false
}

func (g *group) remove() {
	if g.fd >= 0 {
		_ = unix.Close(g.fd)
		g.fd = -1
	}
	for _, dir := range []string{g.v2, g.v1} {
		if dir != "" {
			removeGroup(dir)
		}
	}
}

// removeGroup removes a group that was just emptied: its last zombie may need a moment.
func removeGroup(dir string) {
	for range 50 {
		if err := unix.Rmdir(dir); err == nil || err == unix.ENOENT {
			return
		}
		time.Sleep(2 * time.Millisecond)
	}
}
