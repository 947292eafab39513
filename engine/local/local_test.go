//go:build linux

package local_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"dhub/engine"
	"dhub/engine/enginetest"
	"dhub/engine/local"
	"dhub/engine/local/keeper"
)

// child is the argument by which the test binary becomes a job; its argument "keeper" is taken by the
// package keeper before this runs.
const child = "-enginetest-child"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == child {
		enginetest.Child(os.Args[2:])
	}
	goleak.VerifyTestMain(m)
}

func self(t enginetest.TB) string {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatalf("own executable: %v", err)
	}
	return exe
}

// open makes an engine over root. When the test ends everything in it is ended, its keeper included.
func open(t enginetest.TB, cfg local.Config) *local.Engine {
	t.Helper()
	if cfg.Idle == 0 {
		cfg.Idle = 50 * time.Millisecond
	}
	e, err := local.New(cfg)
	if err != nil {
		t.Fatalf("new engine: %v", err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

// root makes a root folder; whatever lives in it at the end of the test is killed.
func root(t enginetest.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "dhub-local-")
	if err != nil {
		t.Fatalf("temporary folder: %v", err)
	}
	t.Cleanup(func() {
		clean(dir, nil)
		_ = keeper.RemoveAll(dir)
	})
	return dir
}

// clean kills what lives in a root, and has an engine of that boot mourn it.
func clean(dir string, boot func() string) {
	killKeepers(dir)
	if e, err := local.New(local.Config{Root: dir, BootID: boot}); err == nil {
		_ = e.Close()
	}
}

func conformance(t *testing.T, tier string) {
	enginetest.Run(t, enginetest.Harness{
		Command: []string{self(t), child},
		New: func(t enginetest.TB) engine.Engine {
			return open(t, local.Config{Root: root(t), Tier: tier})
		},
		Restart: func(t enginetest.TB, e engine.Engine) engine.Engine {
			old := e.(*local.Engine)
			_ = old.Close()
			return open(t, local.Config{Root: old.Root(), Tier: tier})
		},
	})
}

func TestConformance(t *testing.T) { conformance(t, "") }

func TestConformanceWithoutCgroups(t *testing.T) { conformance(t, keeper.TierWatch) }

// killKeepers kills every keeper over a root, as an operator would.
func killKeepers(dir string) (pids []int) {
	locks, _ := filepath.Glob(filepath.Join(dir, keeper.Prefix+"*"+keeper.LockSuffix))
	for _, path := range locks {
		if h, err := keeper.ReadHello(path); err == nil && h.Pid > 0 && keeper.StartTime(h.Pid) == h.Start {
			_ = syscall.Kill(h.Pid, syscall.SIGKILL)
			pids = append(pids, h.Pid)
		}
	}
	for _, pid := range pids {
		for p := (process{pid, keeper.StartTime(pid)}); p.alive(); {
			time.Sleep(time.Millisecond)
		}
	}
	return pids
}
