//go:build linux

package keeper

import (
	"os"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

const (
	watchEvery  = 50 * time.Millisecond  // memory, where the kernel does not limit it
	recordEvery = 500 * time.Millisecond // ancestry, where no cgroup holds the tree
	killFor     = 10 * time.Second       // a process in an uninterruptible sleep cannot be waited for longer
)

// tree is all processes of one attempt or build. It is used by one goroutine.
type tree struct {
	k      *keeper
	mark   string
	id     string // of the attempt, "" for a build
	group  *group
	memory int64
	watch  bool // memory is sampled
	seen   map[int]uint64
	cpu    float64
	peak   int64
	meter  *meter // nil for a build
}

// causes of an end that is not the process' own.
const (
	causeStop    = "stop"
	causeTimeout = "timeout"
	causeMemory  = "memory"
)

func (k *keeper) newTree(mark, id string, memory int64) (*tree, error) {
	t := &tree{k: k, mark: mark, id: id, memory: memory, seen: map[int]uint64{}}
	k.mu.Lock()
	k.trees++
	k.mu.Unlock()
	if k.tiers.Tree != TreeMark {
		g, err := k.tiers.newGroup(k.hello.Instance, mark, memory)
		if err != nil {
			k.forget(t)
			return nil, err
		}
		t.group = g
	}
	t.watch = memory > 0 && k.tiers.Memory == TierWatch
	t.meter = newMeter(k.root, id)
	return t, nil
}

func (k *keeper) forget(*tree) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.trees--
}

// close ends what is left of the tree, and frees its groups.
func (t *tree) close() {
	t.kill(nil)
	t.meter.close()
	if t.group != nil {
		go t.group.remove() // its last zombie may need a moment, the end of the attempt does not
	}
	t.k.forget(t)
}

// watcher is told what happens to a process.
type watcher interface {
	started(c *child)
	stopping(cause string)
}

// run executes one process to its end and leaves nothing behind of what it started. stop brings the grace
// of a request to end; timeout fires once.
func (t *tree) run(s Step, out *os.File, tell watcher, stop <-chan time.Duration, timeout <-chan time.Time, grace time.Duration) (Exit, string, error) {
	c, err := t.k.nursery.spawn(s, out, t.group)
	if err != nil {
		return Exit{}, "", err
	}
	tell.started(c)
	var tick <-chan time.Time
	switch {
	case t.watch:
		ticker := time.NewTicker(watchEvery)
		defer ticker.Stop()
		tick = ticker.C
	case t.group == nil:
		ticker := time.NewTicker(recordEvery)
		defer ticker.Stop()
		tick = ticker.C
	}
	cause := ""
	var kill <-chan time.Time
	var killAt time.Time
	term := func(why string, d time.Duration) {
		if cause == "" {
			cause = why
			t.k.nursery.signalGroup(c, unix.SIGTERM)
			tell.stopping(why)
		}
		if at := time.Now().Add(d); kill == nil || at.Before(killAt) { // also when a kill was not enough
			killAt, kill = at, time.After(d)
		}
	}
	for alive := true; alive; {
		select {
		case <-c.done:
			alive = false
		case d := <-stop:
			term(causeStop, d)
		case <-timeout:
			timeout = nil
			term(causeTimeout, grace)
		case <-kill:
			kill = nil
			t.kill(c)
		case <-t.meter.due():
			t.measure(c)
		case <-tick:
			if t.sample(c) {
				cause = causeMemory
				t.kill(c)
			}
		}
	}
	t.kill(nil)
	t.cpu += c.cpu
	t.peak = max(t.peak, c.peak)
	x := c.exit
	if cause == causeMemory || t.group.oom() && (x.Code != 0 || x.Signal != 0) {
		cause, x.OOM = causeMemory, true
	}
	return x, cause, nil
}

// record lists the processes of the tree, and remembers them where no cgroup holds it.
func (t *tree) record(c *child) []int {
	if t.group != nil {
		return t.group.pids()
	}
	var pids []int
	for pid, p := range t.collect(c) {
		t.seen[pid] = p.start
		pids = append(pids, pid)
	}
	for pid, start := range t.seen {
		if StartTime(pid) != start {
			delete(t.seen, pid)
		}
	}
	return pids
}

// sample records the tree, and tells whether it holds more memory than it may.
func (t *tree) sample(c *child) bool {
	pids := t.record(c)
	if !t.watch {
		return false
	}
	var sum int64
	for _, pid := range pids {
		sum += rss(pid)
	}
	if sum > t.memory { // shared pages were counted more than once
		sum = 0
		for _, pid := range pids {
			sum += pss(pid)
		}
	}
	t.peak = max(t.peak, sum)
	return sum > t.memory
}

// collect finds the tree without a cgroup: the child, what was recorded, the orphans that bear the mark or
// stand in the attempt's place, and all their descendants. An orphan that nothing is known of belongs to
// the only tree there is.
func (t *tree) collect(c *child) map[int]process {
	set := map[int]process{}
	if c != nil {
		select {
		case <-c.done:
		default:
			if p, ok := stat(c.pid); ok {
				set[c.pid] = p
			}
		}
	}
	for pid, start := range t.seen {
		if p, ok := stat(pid); ok && p.start == start && !p.zombie {
			set[pid] = p
		}
	}
	for _, p := range t.k.nursery.orphans() {
		if t.owns(p.pid) {
			set[p.pid] = p
		}
	}
	queue := make([]int, 0, len(set))
	for pid := range set {
		queue = append(queue, pid)
	}
	for len(queue) > 0 {
		pid := queue[0]
		queue = queue[1:]
		children, ok := childrenOf(pid)
		if !ok {
			if _, gone := os.Stat("/proc/self/task/" + strconv.Itoa(os.Getpid()) + "/children"); gone != nil {
				descend(table(), set)
				return set
			}
		}
		for _, n := range children {
			if _, in := set[n]; in {
				continue
			}
			if p, ok := stat(n); ok {
				set[n] = p
				queue = append(queue, n)
			}
		}
	}
	return set
}

func (t *tree) owns(pid int) bool {
	if mark := markOf(pid); mark != "" {
		return mark == t.mark
	}
	if place := placeOf(t.k.root, pid); place != "" {
		return place == t.id
	}
	t.k.mu.Lock()
	defer t.k.mu.Unlock()
	return t.k.trees == 1
}

// kill ends every process of the tree and returns when none is left; c is the direct child while it lives.
func (t *tree) kill(c *child) {
	if t.group != nil {
		t.group.kill(killFor)
		return
	}
	deadline := time.Now().Add(killFor)
	for pause := time.Millisecond; ; pause = min(2*pause, 20*time.Millisecond) {
		left := 0
		for _, p := range t.collect(c) {
			if !p.zombie {
				left++
				p.signal(unix.SIGKILL)
			}
		}
		if left == 0 || time.Now().After(deadline) {
			return
		}
		time.Sleep(pause)
	}
}

// signalGroup signals the process group of a child that was not reaped yet.
func (n *nursery) signalGroup(c *child, sig unix.Signal) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.children[c.pid] == c {
		_ = unix.Kill(-c.pid, sig)
	}
}
