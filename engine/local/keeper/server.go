//go:build linux

package keeper

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// keeper is the process' one state.
type keeper struct {
	root    string
	hello   Hello
	tiers   Tiers
	idle    time.Duration
	nursery *nursery
	listen  *net.UnixListener
	lock    *os.File // held open: its lock says that the keeper lives
	marks   marker

	mu         sync.Mutex
	attempts   map[string]*attempt
	builds     map[string]*build
	conns      map[*conn]bool
	trees      int
	builtSoFar int
	retired    bool
	greeted    bool // a server has been here
	timer      *time.Timer
	quiet      *time.Timer // trims
}

// conn is one server; its queue is emptied by one goroutine. A server that does not read is cut off: it
// reads the files anew when it comes back.
type conn struct {
	c     net.Conn
	queue chan Reply
	once  sync.Once
}

func (c *conn) close() { c.once.Do(func() { close(c.queue); _ = c.c.Close() }) }

// serve is the keeper's life. ready is called when it listens.
func serve(a Args, ready func()) error {
	debug.SetGCPercent(30)
	debug.SetMemoryLimit(7 << 20)
	syscall.Umask(0o077)
	if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("become child subreaper: %w", err)
	}
	lock, err := os.OpenFile(filepath.Join(a.Root, a.Name+LockSuffix), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	if err := unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		return fmt.Errorf("another keeper named %s lives: %w", a.Name, err)
	}
	tiers, err := Detect(a.Root, a.Tier)
	if err != nil {
		return err
	}
	pid := os.Getpid()
	k := &keeper{root: a.Root, tiers: tiers, idle: a.Idle, lock: lock, attempts: map[string]*attempt{}, builds: map[string]*build{}, conns: map[*conn]bool{}}
	k.hello = Hello{Name: a.Name, Boot: a.Boot, Pid: pid, Start: StartTime(pid), Protocol: Protocol, Tier: tiers.Memory, Tree: tiers.Tree, V1: tiers.v1, V2: tiers.v2}
	k.hello.Instance = fmt.Sprintf("%d-%d", pid, k.hello.Start)
	data, err := json.Marshal(k.hello)
	if err == nil {
		err = lock.Truncate(0)
	}
	if err == nil {
		_, err = lock.WriteAt(data, 0)
	}
	if err != nil {
		return err
	}
	if k.listen, err = listen(a.Root, a.Name); err != nil {
		return err
	}
	chld := make(chan os.Signal, 1)
	signal.Notify(chld, unix.SIGCHLD)
	signal.Notify(make(chan os.Signal, 1), unix.SIGHUP, unix.SIGINT, unix.SIGPIPE) // not for us; ignoring them would be inherited
	k.nursery = newNursery()
	go func() {
		for range chld {
			k.nursery.reap()
		}
	}()
	k.quiet = time.AfterFunc(quietFor, trim)
	k.mu.Lock()
	k.settle()
	k.mu.Unlock()
	ready()
	for {
		c, err := k.listen.Accept()
		if err != nil {
			time.Sleep(10 * time.Millisecond) // out of descriptors; the end of a keeper is in settle
			continue
		}
		k.welcome(c)
	}
}

// listen binds through a descriptor of the folder, since the path may be longer than an address may be.
func listen(root, name string) (*net.UnixListener, error) {
	dir, err := os.Open(root)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	_ = os.Remove(filepath.Join(root, name+SocketSuffix)) // we hold the lock: its owner is dead
	l, err := net.ListenUnix("unix", &net.UnixAddr{Net: "unix", Name: fmt.Sprintf("/proc/self/fd/%d/%s", dir.Fd(), name+SocketSuffix)})
	if err != nil {
		return nil, err
	}
	l.SetUnlinkOnClose(false)
	return l, os.Chmod(filepath.Join(root, name+SocketSuffix), 0o600)
}

func (k *keeper) welcome(nc net.Conn) {
	c := &conn{c: nc, queue: make(chan Reply, 4096)}
	k.mu.Lock()
	k.conns[c] = true
	k.greeted = true
	k.settle()
	c.queue <- Reply{Event: "hello", Hello: &k.hello}
	k.mu.Unlock()
	go func() {
		enc := json.NewEncoder(nc)
		for r := range c.queue {
			_ = nc.SetWriteDeadline(time.Now().Add(5 * time.Second))
			if enc.Encode(r) != nil {
				k.drop(c)
				return
			}
		}
	}()
	go func() {
		dec := json.NewDecoder(bufio.NewReader(nc))
		for {
			var r Request
			if dec.Decode(&r) != nil {
				k.drop(c)
				return
			}
			go k.handle(c, r)
		}
	}()
}

func (k *keeper) drop(c *conn) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.conns, c)
	c.close()
	k.settle()
}

// send queues a line; a full queue cuts the connection.
func (k *keeper) send(c *conn, r Reply) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.sendLocked(c, r)
}

func (k *keeper) sendLocked(c *conn, r Reply) {
	if !k.conns[c] {
		return
	}
	select {
	case c.queue <- r:
	default:
		delete(k.conns, c)
		c.close()
	}
}

func (k *keeper) tell(r Reply) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for c := range k.conns {
		k.sendLocked(c, r)
	}
}

func (k *keeper) handle(c *conn, r Request) {
	reply := Reply{N: r.N, ID: r.ID, Code: CodeOK}
	switch r.Op {
	case OpStart:
		reply.Code, reply.Error = k.start(r)
	case OpStop, OpKill:
		k.mu.Lock()
		a := k.attempts[r.ID]
		k.mu.Unlock()
		if a == nil {
			reply.Code = CodeUnknown
			break
		}
		if r.Op == OpKill {
			a.discard.Store(true)
		}
		a.ask(r.Grace)
		if r.Op == OpKill {
			<-a.ended
		}
	case OpRetire:
		k.mu.Lock()
		k.retired = true
		k.settle()
		k.mu.Unlock()
	default:
		reply.Code, reply.Error = CodeError, "unknown request "+r.Op
	}
	k.send(c, reply)
}

// start commits an attempt. The rename is the one step that decides: whoever comes second, through this
// keeper or another, finds the folder.
func (k *keeper) start(r Request) (code, message string) {
	if r.Plan == nil {
		return CodeError, "a start without a plan"
	}
	attempts := filepath.Join(k.root, AttemptsDir)
	k.mu.Lock()
	if k.attempts[r.ID] != nil {
		k.mu.Unlock()
		return CodeExists, ""
	}
	if k.retired {
		k.mu.Unlock()
		return CodeRetired, ""
	}
	if err := renameOnce(filepath.Join(attempts, r.Plan.Staging), filepath.Join(attempts, r.ID)); err != nil {
		k.mu.Unlock()
		if _, serr := os.Stat(filepath.Join(attempts, r.ID)); serr == nil {
			return CodeExists, ""
		}
		return CodeError, err.Error()
	}
	a := k.newAttempt(r.ID, r.Plan)
	k.attempts[r.ID] = a
	k.settle()
	k.mu.Unlock()
	if err := SyncDir(attempts); err != nil {
		k.complain("sync %s: %v", attempts, err)
	}
	go a.run()
	return CodeOK, ""
}

// finished forgets an attempt whose end is on disk.
func (k *keeper) finished(a *attempt) {
	k.mu.Lock()
	delete(k.attempts, a.id)
	k.settle()
	k.mu.Unlock()
	k.tell(Reply{Event: "changed", ID: a.id})
	close(a.ended)
}

// settle arms or disarms the keeper's own end; the mutex is held.
func (k *keeper) settle() {
	if k.timer != nil {
		k.timer.Stop()
		k.timer = nil
	}
	k.quiet.Stop()
	if len(k.attempts) == 0 && len(k.builds) == 0 {
		k.quiet.Reset(quietFor)
	}
	if len(k.attempts) > 0 || len(k.builds) > 0 || len(k.conns) > 0 && !k.retired {
		return
	}
	d := k.idle
	if !k.greeted {
		d = max(d, 5*time.Second) // who started it is on its way
	}
	if k.retired {
		d = 100 * time.Millisecond // the last answers go out
	}
	k.timer = time.AfterFunc(d, func() {
		k.mu.Lock()
		if len(k.attempts) > 0 || len(k.builds) > 0 || len(k.conns) > 0 && !k.retired {
			k.mu.Unlock()
			return
		}
		_ = os.Remove(filepath.Join(k.root, k.hello.Name+SocketSuffix))
		k.tiers.killInstance(k.hello.Instance)
		k.tiers.release()
		os.Exit(0)
	})
}

// complain writes to the keeper's own log file.
func (k *keeper) complain(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "%s "+format+"\n", append([]any{time.Now().UTC().Format(time.RFC3339)}, args...)...)
}
