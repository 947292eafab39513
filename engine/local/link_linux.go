package local

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"dhub/engine/local/keeper"
	"dhub/entity"
)

// link is the connection to one keeper.
type link struct {
	hello keeper.Hello
	c     net.Conn
	pid   int // of a keeper that this process started, to be reaped

	mu      sync.Mutex
	n       int64
	pending map[int64]chan keeper.Reply
	dead    chan struct{}
}

// errCut says that the connection ended before the answer came.
var errCut = errors.New("the keeper's connection ended")

func (l *link) cut() { _ = l.c.Close() }

// call sends one request and waits for its answer.
func (l *link) call(ctx context.Context, r keeper.Request) (keeper.Reply, error) {
	answer := make(chan keeper.Reply, 1)
	l.mu.Lock()
	l.n++
	r.N = l.n
	data, err := json.Marshal(r)
	if err == nil {
		l.pending[r.N] = answer
		_, err = l.c.Write(append(data, '\n'))
	}
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		delete(l.pending, r.N)
		l.mu.Unlock()
	}()
	if err != nil {
		l.cut()
		<-l.dead
		return keeper.Reply{}, errCut
	}
	select {
	case a := <-answer:
		return a, nil
	case <-l.dead:
		select {
		case a := <-answer:
			return a, nil
		default:
		}
		return keeper.Reply{}, errCut
	case <-ctx.Done():
		return keeper.Reply{}, ctx.Err()
	}
}

// dial connects through a descriptor of the folder, since the path may be longer than an address may be.
func (e *Engine) dial(name string, pid int) (*link, error) {
	dir, err := os.Open(e.root)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	c, err := net.DialUnix("unix", nil, &net.UnixAddr{Net: "unix", Name: fmt.Sprintf("/proc/self/fd/%d/%s", dir.Fd(), name+keeper.SocketSuffix)})
	if err != nil {
		return nil, err
	}
	l := &link{c: c, pid: pid, pending: map[int64]chan keeper.Reply{}, dead: make(chan struct{})}
	in := json.NewDecoder(bufio.NewReader(c))
	_ = c.SetReadDeadline(time.Now().Add(3 * time.Second))
	var first keeper.Reply
	if err := in.Decode(&first); err != nil || first.Hello == nil {
		_ = c.Close()
		return nil, fmt.Errorf("the keeper %s does not greet: %w", name, err)
	}
	_ = c.SetReadDeadline(time.Time{})
	l.hello = *first.Hello
	if l.hello.Boot != e.boot {
		_ = c.Close()
		return nil, fmt.Errorf("the keeper %s is of another boot", name)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed.Err() != nil {
		_ = c.Close()
		return nil, errClosed
	}
	e.links[name] = l
	e.work.Go(func() { e.listen(l, in) })
	return l, nil
}

var errClosed = entity.Errorf(entity.CodeUnavailable, "the local engine is closed")

// listen hands out answers and events until the connection ends.
func (e *Engine) listen(l *link, in *json.Decoder) {
	for {
		var r keeper.Reply
		if in.Decode(&r) != nil {
			break
		}
		if r.Event != "" {
			e.hub.changed(r.ID)
			continue
		}
		l.mu.Lock()
		if answer := l.pending[r.N]; answer != nil {
			answer <- r
			delete(l.pending, r.N)
		}
		l.mu.Unlock()
	}
	l.cut()
	e.mu.Lock()
	if e.links[l.hello.Name] == l {
		delete(e.links, l.hello.Name)
	}
	closing := e.closed.Err() != nil
	again := !closing && !e.mourner
	e.mourner = e.mourner || again
	e.mu.Unlock()
	close(l.dead)
	if again {
		e.work.Go(func() {
			e.mu.Lock()
			e.mourner = false
			e.mu.Unlock()
			e.retry()
		})
	}
	e.reap(l.pid)
}

// reap collects a keeper that this process started, as soon as it is gone.
func (e *Engine) reap(pid int) {
	for pause := 2 * time.Millisecond; pid > 0; pause = min(2*pause, time.Second) {
		got, err := syscall.Wait4(pid, nil, syscall.WNOHANG, nil)
		if got == pid || err != nil && err != syscall.EINTR {
			return
		}
		select {
		case <-time.After(pause):
		case <-e.closed.Done():
			return
		}
	}
}

// link returns the connection to this binary's keeper, starting it when there is none.
func (e *Engine) link(ctx context.Context) (*link, error) {
	if e.unfit != nil {
		return nil, entity.Errorf(entity.CodeUnavailable, "the local engine cannot be used: %w", e.unfit)
	}
	e.mu.Lock()
	l := e.links[e.keeper]
	e.mu.Unlock()
	if l != nil {
		return l, nil
	}
	e.keeping.Lock()
	defer e.keeping.Unlock()
	if err := e.settle(ctx); err != nil { // finds a living one, and mourns a dead one first
		return nil, err
	}
	e.mu.Lock()
	l = e.links[e.keeper]
	e.mu.Unlock()
	if l != nil {
		return l, nil
	}
	pid, err := e.spawn(ctx)
	if err != nil {
		return nil, entity.Errorf(entity.CodeUnavailable, "start the keeper: %w", err)
	}
	if l, err = e.dial(e.keeper, pid); err != nil {
		return nil, entity.Errorf(entity.CodeUnavailable, "reach the keeper: %w", err)
	}
	return l, nil
}

// spawn starts a keeper in a session of its own and waits until it listens.
func (e *Engine) spawn(ctx context.Context) (int, error) {
	args, err := json.Marshal(keeper.Args{Root: e.root, Name: e.keeper, Boot: e.boot, Tier: e.cfg.Tier, Idle: e.cfg.Idle})
	if err != nil {
		return 0, err
	}
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return 0, err
	}
	defer null.Close()
	errs, err := os.OpenFile(filepath.Join(e.root, e.keeper+keeper.ErrorSuffix), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	defer errs.Close()
	r, w, err := os.Pipe()
	if err != nil {
		return 0, err
	}
	defer r.Close()
	pid, err := syscall.ForkExec(e.cfg.Executable, []string{"dhub", "keeper", string(args)}, &syscall.ProcAttr{
		Dir: e.root, Env: []string{"PATH=" + e.cfg.Path}, Files: []uintptr{null.Fd(), null.Fd(), errs.Fd(), w.Fd()},
		Sys: &syscall.SysProcAttr{Setsid: true}})
	_ = w.Close()
	if err != nil {
		return 0, err
	}
	_ = r.SetReadDeadline(time.Now().Add(10 * time.Second))
	stop := context.AfterFunc(ctx, func() { _ = r.SetReadDeadline(time.Now()) })
	defer stop()
	line, err := bufio.NewReader(r).ReadString('\n')
	if line != "ready\n" {
		_ = syscall.Kill(pid, syscall.SIGKILL)
		_, _ = syscall.Wait4(pid, nil, 0, nil)
		return 0, fmt.Errorf("it did not become ready: %s %w", strings.TrimSpace(line), err)
	}
	return pid, nil
}
