//go:build linux

package local_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"dhub/engine"
	"dhub/engine/enginetest"
	"dhub/engine/local"
)

func init() {
	if slices.ContainsFunc(os.Args, func(a string) bool { return strings.HasPrefix(a, "leaderless") }) {
		runtime.LockOSThread() // keeps the program on the first thread of its process
	}
	// leaderless ends the first thread of the process, by whose state the system shows all of it as a zombie, while
	// others work on; then it writes the pid to a file and says so.
	enginetest.Words["leaderless"] = func(file string) {
		pid := os.Getpid()
		go func() {
			for state := ""; !strings.Contains(state, ") Z "); {
				data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
				check(err)
				state = string(data)
			}
			check(os.WriteFile(file, []byte(strconv.Itoa(pid)), 0o600))
			fmt.Println("ready")
			time.Sleep(time.Hour)
		}()
		_, _, _ = syscall.Syscall(syscall.SYS_EXIT, 0, 0, 0) // of this thread alone
	}
}

// A process whose first thread has ended while others work on is no zombie that could be left alone.
func TestAProcessWithoutItsFirstThreadIsEnded(t *testing.T) {
	t.Parallel()
	eachTier(t, func(t *testing.T, tier string) {
		for how, act := range map[string]func(*local.Engine, engine.Handle) error{
			"stop":   func(e *local.Engine, h engine.Handle) error { return e.Stop(t.Context(), h.ID, 50*time.Millisecond) },
			"remove": func(e *local.Engine, h engine.Handle) error { return e.Remove(t.Context(), h.ID) },
			"keeper": func(e *local.Engine, _ engine.Handle) error { killKeepers(e.Root()); return nil },
		} {
			t.Run(how, func(t *testing.T) {
				e := open(t, local.Config{Root: root(t), Tier: tier})
				file := filepath.Join(t.TempDir(), "pid")
				h := start(t, e, job(t, "stubborn", "leaderless "+file))
				firstLine(t, e, h)
				data, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				pid, err := strconv.Atoi(string(data))
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = syscall.Kill(pid, syscall.SIGKILL) }()
				if err := act(e, h); err != nil {
					t.Fatal(err)
				}
				if how != "remove" {
					end(t, e, h)
				}
				if threads, err := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid)); err == nil && len(threads) > 1 {
					t.Errorf("process %d has %d threads after %s", pid, len(threads), how)
				}
			})
		}
	})
}
