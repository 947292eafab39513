//go:build linux

package local_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"dhub/engine"
	"dhub/engine/enginetest"
	"dhub/engine/local"
	"dhub/engine/local/keeper"
	"dhub/entity"
)

// Words that only real processes understand.
func init() {
	words := enginetest.Words
	words["pid"] = func(file string) {
		check(os.WriteFile(file+".new", []byte(strconv.Itoa(os.Getpid())), 0o600))
		check(os.Rename(file+".new", file))
	}
	// daemon leaves a process that left session and parent and ignores TERM.
	words["daemon"] = func(file string) { startDaemon(file, os.Environ(), "", os.Stdout) }
	// bare-daemon also clears its environment, leaves the folder and closes the log.
	words["bare-daemon"] = func(file string) { startDaemon(file, []string{}, "/", nil) }
	words["daemon-middle"] = func(file string) {
		cmd := exec.Command("/proc/self/exe", child, "stubborn", "pid "+file, "hold")
		cmd.Env, cmd.Stdout = os.Environ(), os.Stdout
		cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
		check(cmd.Start())
		os.Exit(0)
	}
	words["alloc"] = func(mib string) {
		n, err := strconv.Atoi(mib)
		check(err)
		for range n {
			page := make([]byte, 1<<20)
			for i := 0; i < len(page); i += 4096 {
				page[i] = 1
			}
			kept = append(kept, page)
			time.Sleep(time.Millisecond)
		}
	}
	words["spin"] = func(d string) {
		for used := time.Duration(0); used < duration(d); { // processor time: the machine may be busy
			var u syscall.Rusage
			check(syscall.Getrusage(syscall.RUSAGE_SELF, &u))
			used = time.Duration(u.Utime.Nano() + u.Stime.Nano())
		}
	}
	words["environ"] = func(string) { fmt.Println(strings.Join(os.Environ(), "\n")) }
	words["stdin"] = func(string) {
		var b [1]byte
		n, err := os.Stdin.Read(b[:])
		fmt.Println(n, err)
	}
	words["megabytes"] = func(n string) {
		count, err := strconv.Atoi(n)
		check(err)
		block := make([]byte, 1<<20)
		for i := range block {
			block[i] = byte(i * 7)
			if block[i] == '\n' {
				block[i] = 0
			}
		}
		for range count {
			_, err := os.Stdout.Write(block)
			check(err)
		}
	}
	words["wait-for"] = func(file string) {
		for {
			if _, err := os.Stat(file); err == nil {
				return
			}
			time.Sleep(time.Millisecond)
		}
	}
	words["fifo"] = func(file string) { check(syscall.Mkfifo(file, 0o600)) }
}

var kept [][]byte

func startDaemon(file string, env []string, dir string, out *os.File) {
	cmd := exec.Command("/proc/self/exe", child, "daemon-middle "+file)
	cmd.Env, cmd.Dir, cmd.SysProcAttr = env, dir, &syscall.SysProcAttr{Setsid: true}
	if out != nil {
		cmd.Stdout = out
	}
	check(cmd.Run())
	for {
		if _, err := os.Stat(file); err == nil {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "child:", err)
		os.Exit(127)
	}
}

func duration(s string) time.Duration {
	d, err := time.ParseDuration(s)
	check(err)
	return d
}

var attempts = make(chan int, 1)

func init() { attempts <- 0 }

func nextID() engine.ID {
	n := <-attempts + 1
	attempts <- n
	return engine.ID{Run: "run", UID: fmt.Sprintf("t%d-%d", os.Getpid(), n), Attempt: 1}
}

func program(t enginetest.TB, lines ...string) engine.Process {
	return engine.Process{Command: []string{self(t), child}, Args: lines}
}

func job(t enginetest.TB, lines ...string) engine.Runnable {
	return engine.Runnable{ID: nextID(), Project: "p", Kind: engine.Job, Main: program(t, lines...)}
}

func start(t *testing.T, e *local.Engine, r engine.Runnable) engine.Handle {
	t.Helper()
	h, err := e.Start(t.Context(), r, nil)
	if err != nil {
		t.Fatalf("start: %v", err)
	}
	return h
}

// end observes to the final status, for at most d.
func end(t *testing.T, e *local.Engine, h engine.Handle) engine.Status {
	t.Helper()
	var last engine.Status
	if err := e.Observe(t.Context(), h, func(s engine.Status) error { last = s; return nil }); err != nil {
		t.Fatalf("observe: %v", err)
	}
	return last
}

var errEnough = errors.New("enough")

// firstLine waits for output and returns it.
func firstLine(t *testing.T, e *local.Engine, h engine.Handle) string {
	t.Helper()
	got := ""
	err := e.Logs(t.Context(), h, "", func(c engine.Chunk) error {
		if got += string(c.Data); strings.Contains(got, "\n") {
			return errEnough
		}
		return nil
	})
	if !errors.Is(err, errEnough) {
		t.Fatalf("no output: %q, %v", got, err)
	}
	return got
}

func readLog(t *testing.T, e *local.Engine, h engine.Handle) string {
	t.Helper()
	var all []byte
	if err := e.Logs(t.Context(), h, "", func(c engine.Chunk) error { all = append(all, c.Data...); return nil }); err != nil {
		t.Fatalf("logs: %v", err)
	}
	return string(all)
}

// process is one that a test looks after; its identity survives the reuse of its pid.
type process struct {
	pid   int
	start uint64
}

func processIn(t *testing.T, file string) process {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(string(data))
	if err != nil {
		t.Fatal(err)
	}
	p := process{pid, keeper.StartTime(pid)}
	if p.start == 0 {
		t.Fatalf("process %d is gone already", pid)
	}
	return p
}

func (p process) alive() bool {
	if keeper.StartTime(p.pid) != p.start {
		return false
	}
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.pid))
	return err == nil && !strings.Contains(string(data), ") Z ")
}

func wantReason(t *testing.T, s engine.Status, phase engine.Phase, code string) {
	t.Helper()
	if s.Phase != phase || s.Reason.Code != code {
		t.Errorf("got phase %s, reason %+v, exit %+v, want %s with %s", s.Phase, s.Reason, s.Exit, phase, code)
	}
	if _, ok := entity.FindReason(s.Reason.Code); !ok {
		t.Errorf("the reason %q is not in the table", s.Reason.Code)
	}
}
