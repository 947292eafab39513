//go:build linux

package keeper

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// process is one line of the table of processes. Pid and start time together are never reused in one boot.
type process struct {
	pid, ppid int
	start     uint64
	zombie    bool
	cpu       time.Duration // its own, and of children that it has waited for
}

// tick is the unit of times in /proc on every system that this runs on.
const tick = time.Second / 100

// stat reads /proc/PID/stat; false when the process is gone.
func stat(pid int) (process, bool) {
	data, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return process{}, false
	}
	i := bytes.LastIndexByte(data, ')') // the name may hold anything
	if i < 0 {
		return process{}, false
	}
	f := strings.Fields(string(data[i+1:]))
	if len(f) < 20 {
		return process{}, false
	}
	// A process whose first thread has ended is shown as a zombie while others work on.
	p := process{pid: pid, zombie: (f[0] == "Z" || f[0] == "X") && (f[17] == "0" || f[17] == "1")}
	p.ppid, _ = strconv.Atoi(f[1])
	p.start, _ = strconv.ParseUint(f[19], 10, 64)
	for _, ticks := range f[11:15] {
		n, _ := strconv.ParseInt(ticks, 10, 64)
		p.cpu += time.Duration(n) * tick
	}
	return p, true
}

// StartTime returns field 22 of /proc/PID/stat, 0 when there is no such process.
func StartTime(pid int) uint64 {
	p, _ := stat(pid)
	return p.start
}

// table lists all processes.
func table() map[int]process {
	all := map[int]process{}
	d, err := os.Open("/proc")
	if err != nil {
		return all
	}
	defer d.Close()
	names, _ := d.Readdirnames(-1)
	for _, name := range names {
		if pid, err := strconv.Atoi(name); err == nil {
			if p, ok := stat(pid); ok {
				all[pid] = p
			}
		}
	}
	return all
}

// descend adds the descendants of the given processes to set.
func descend(all map[int]process, set map[int]process) {
	for grown := true; grown; {
		grown = false
		for pid, p := range all {
			if _, in := set[pid]; in {
				continue
			}
			if _, in := set[p.ppid]; in {
				set[pid] = p
				grown = true
			}
		}
	}
}

// living is the folder of a process under /proc; of one whose first thread has ended, that of another thread.
func living(pid int) string {
	base := "/proc/" + strconv.Itoa(pid)
	if _, err := os.Readlink(base + "/exe"); err == nil {
		return base
	}
	threads, _ := os.ReadDir(base + "/task")
	for _, t := range threads {
		dir := base + "/task/" + t.Name()
		if _, err := os.Readlink(dir + "/exe"); err == nil {
			return dir
		}
	}
	return base
}

// markOf returns the attempt whose mark a process bears, "" when none or when it cannot be read.
func markOf(pid int) string {
	env, err := os.ReadFile(living(pid) + "/environ")
	if err != nil {
		return ""
	}
	for v := range bytes.SplitSeq(env, []byte{0}) {
		if mark, ok := bytes.CutPrefix(v, []byte(Mark+"=")); ok {
			return string(mark)
		}
	}
	return ""
}

// placeOf returns the attempt in whose folder a process works or whose log it holds open: a process that
// cleared its environment is known by it.
func placeOf(root string, pid int) string {
	base := living(pid)
	for _, link := range []string{base + "/cwd", base + "/fd/1", base + "/fd/2", base + "/fd/0"} {
		to, err := os.Readlink(link)
		if err != nil {
			continue
		}
		if rest, ok := strings.CutPrefix(to, filepath.Join(root, AttemptsDir)+"/"); ok {
			id, _, _ := strings.Cut(rest, "/")
			return id
		}
	}
	return ""
}

// signal sends a signal to exactly the process that p describes, never to another that got its pid.
func (p process) signal(sig unix.Signal) {
	fd, err := unix.PidfdOpen(p.pid, 0)
	if err != nil {
		if err == unix.ENOSYS || err == unix.EPERM {
			if StartTime(p.pid) == p.start {
				_ = unix.Kill(p.pid, sig)
			}
		}
		return
	}
	defer unix.Close(fd)
	if StartTime(p.pid) == p.start { // the pidfd is of this process: it was opened before this was read
		_ = unix.PidfdSendSignal(fd, sig, nil, 0)
	}
}

// Sweep kills every process that bears one of the marks or is among the recorded ones, with all their
// descendants, and returns when none is left, or after d with their number.
func Sweep(marked func(mark string) bool, recorded map[int]uint64, d time.Duration) int {
	deadline := time.Now().Add(d)
	self := os.Getpid()
	for pause := time.Millisecond; ; pause = min(2*pause, 20*time.Millisecond) {
		all := table()
		set := map[int]process{}
		for pid, p := range all {
			if pid == self || p.zombie {
				continue
			}
			if start, ok := recorded[pid]; ok && start == p.start {
				set[pid] = p
				continue
			}
			if m := markOf(pid); m != "" && marked(m) {
				set[pid] = p
			}
		}
		descend(all, set)
		left := 0
		for pid, p := range set {
			if pid != self && !p.zombie {
				left++
				p.signal(unix.SIGKILL)
			}
		}
		if left == 0 || time.Now().After(deadline) {
			return left
		}
		time.Sleep(pause)
	}
}

// rss returns the resident memory of a process, and pss its fair share, which costs more to know.
func rss(pid int) int64 {
	data, err := os.ReadFile(living(pid) + "/statm")
	if err != nil {
		return 0
	}
	f := strings.Fields(string(data))
	if len(f) < 2 {
		return 0
	}
	n, _ := strconv.ParseInt(f[1], 10, 64)
	return n * int64(os.Getpagesize())
}

func pss(pid int) int64 {
	data, err := os.ReadFile(living(pid) + "/smaps_rollup")
	if err != nil {
		return rss(pid)
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "Pss:"); ok {
			n, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return n << 10
		}
	}
	return rss(pid)
}
