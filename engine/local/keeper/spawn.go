//go:build linux

package keeper

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// nursery forks and reaps. Forks happen on one thread that lives as long as the keeper, because the death
// signal of a child is bound to the thread that forked it; each fork and each reaping is done under mu,
// so that no exit is seen before its child is known.
type nursery struct {
	orders chan order

	mu       sync.Mutex
	children map[int]*child
}

type child struct {
	pid   int
	start uint64
	done  chan struct{} // closed when it was reaped; exit and usage are set then
	exit  Exit
	cpu   float64
	peak  int64
}

type order struct {
	step   Step
	out    *os.File
	group  *group
	answer chan result
}

type result struct {
	child *child
	err   error
}

func newNursery() *nursery {
	n := &nursery{orders: make(chan order), children: map[int]*child{}}
	go n.fork()
	return n
}

func (n *nursery) spawn(s Step, out *os.File, g *group) (*child, error) {
	o := order{s, out, g, make(chan result, 1)}
	n.orders <- o
	r := <-o.answer
	return r.child, r.err
}

func (n *nursery) fork() {
	runtime.LockOSThread()
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		panic(err)
	}
	for o := range n.orders {
		c, err := n.forkOne(o, null)
		o.answer <- result{c, err}
	}
}

func (n *nursery) forkOne(o order, null *os.File) (*child, error) {
	path, err := lookPath(o.step)
	if err != nil {
		return nil, err
	}
	attr := &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}
	if o.group != nil && o.group.v2 != "" {
		attr.UseCgroupFD, attr.CgroupFD = true, o.group.fd
	}
	attr.Ptrace = o.group.traced()
	n.mu.Lock()
	defer n.mu.Unlock()
	pid, err := syscall.ForkExec(path, o.step.Argv, &syscall.ProcAttr{Dir: o.step.Dir, Env: o.step.Env,
		Files: []uintptr{null.Fd(), o.out.Fd(), o.out.Fd()}, Sys: attr})
	if err != nil {
		return nil, explain(path, o.step, err)
	}
	if attr.Ptrace {
		err := awaitHeld(pid)
		if err == nil {
			err = o.group.adopt(pid)
		}
		if err != nil {
			_ = unix.Kill(pid, unix.SIGKILL)
			_, _ = unix.Wait4(pid, nil, 0, nil)
			return nil, fmt.Errorf("put %s under its memory limit: %w", path, err)
		}
	}
	c := &child{pid: pid, done: make(chan struct{})}
	c.start = StartTime(pid) // not reaped before mu is free
	n.children[pid] = c
	return c, nil
}

// reap collects all who have ended: our children, and orphans of theirs that we adopted as subreaper.
func (n *nursery) reap() {
	for {
		n.mu.Lock()
		var ws syscall.WaitStatus
		var ru syscall.Rusage
		pid, err := syscall.Wait4(-1, &ws, syscall.WNOHANG, &ru)
		if err == syscall.EINTR {
			n.mu.Unlock()
			continue
		}
		if err != nil || pid <= 0 {
			n.mu.Unlock()
			return
		}
		c := n.children[pid]
		delete(n.children, pid)
		n.mu.Unlock()
		if c == nil || !ws.Exited() && !ws.Signaled() {
			continue
		}
		c.exit = Exit{Code: ws.ExitStatus()}
		if ws.Signaled() {
			c.exit = Exit{Code: 128 + int(ws.Signal()), Signal: int(ws.Signal())}
		}
		c.cpu = time.Duration(ru.Utime.Nano() + ru.Stime.Nano()).Seconds()
		c.peak = ru.Maxrss << 10
		close(c.done)
	}
}

// orphans lists the keeper's children that it did not fork itself.
func (n *nursery) orphans() []process {
	n.mu.Lock()
	defer n.mu.Unlock()
	self := os.Getpid()
	pids, ok := childrenOf(self)
	if !ok {
		for pid, p := range table() {
			if p.ppid == self {
				pids = append(pids, pid)
			}
		}
	}
	var list []process
	for _, pid := range pids {
		if _, ours := n.children[pid]; ours {
			continue
		}
		if p, ok := stat(pid); ok && p.ppid == self && !p.zombie {
			list = append(list, p)
		}
	}
	return list
}

// childrenOf lists the children of all threads of a process, false where the kernel does not tell.
func childrenOf(pid int) ([]int, bool) {
	tasks, err := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid))
	if err != nil {
		return nil, false
	}
	var pids []int
	known := false
	for _, t := range tasks {
		data, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/children", pid, t.Name()))
		if err != nil {
			continue
		}
		known = true
		for _, f := range strings.Fields(string(data)) {
			var child int
			if _, err := fmt.Sscan(f, &child); err == nil {
				pids = append(pids, child)
			}
		}
	}
	return pids, known
}

// lookPath finds the program with the PATH of the process, not of the keeper.
func lookPath(s Step) (string, error) {
	if len(s.Argv) == 0 || s.Argv[0] == "" {
		return "", errors.New("no program is named")
	}
	name := s.Argv[0]
	if strings.Contains(name, "/") {
		return name, nil
	}
	list := ""
	for _, v := range s.Env {
		if p, ok := strings.CutPrefix(v, "PATH="); ok {
			list = p
		}
	}
	for _, dir := range filepath.SplitList(list) {
		if !filepath.IsAbs(dir) {
			continue
		}
		path := filepath.Join(dir, name)
		if st, err := os.Stat(path); err == nil && st.Mode().IsRegular() && unix.Access(path, unix.X_OK) == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("the program %q is not found in PATH=%s", name, list)
}

// explain says what the system's answer to an exec means.
func explain(path string, s Step, err error) error {
	if st, serr := os.Stat(s.Dir); s.Dir != "" && (serr != nil || !st.IsDir()) {
		return fmt.Errorf("start %s: the working directory %s does not exist: %w", path, s.Dir, err)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, serr := os.Stat(path); serr == nil {
			return fmt.Errorf("start %s: the interpreter in its first line does not exist: %w", path, err)
		}
		return fmt.Errorf("the program %s does not exist: %w", path, err)
	case errors.Is(err, syscall.E2BIG):
		return fmt.Errorf("start %s: arguments and environment are larger than the system allows: %w", path, err)
	case errors.Is(err, syscall.EAGAIN):
		return fmt.Errorf("start %s: the limit of processes is reached: %w", path, err)
	}
	return fmt.Errorf("start %s: %w", path, err)
}
