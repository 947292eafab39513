package cli_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	_ "dhub/engine/local/keeper" // the test binary is dhub, and its keeper

	"dhub/internal/app"
	"dhub/internal/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"dhub": func() {
		os.Exit(cli.Run(context.Background(), app.Host(), os.Args[1:]))
	}})
}

// TestScripts runs each file of testdata as a user would type it. Every script has its own server on its own
// data folder ($DHUB_DATA), except those whose name begins with "alone".
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// await: until a server of $DHUB_DATA has published its address.
			"await": func(ts *testscript.TestScript, _ bool, _ []string) {
				ts.Check(await(ts.Getenv("DHUB_DATA"), nil))
			},
			// appears FILE: until a job has made it.
			"appears": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(appears(ts.MkAbs(args[0])))
			},
			// setenv NAME FILE: the file's only line becomes the variable's value.
			"setenv": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Setenv(args[0], strings.TrimSpace(ts.ReadFile(args[1])))
			},
		},
		Setup: func(env *testscript.Env) error {
			data := filepath.Join(env.WorkDir, "data")
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("DHUB_DATA", data)
			env.Setenv("DHUB_LISTEN", "127.0.0.1:0")
			env.Setenv("DHUB", binary(env))
			for _, name := range []string{"DHUB_ENDPOINT", "DHCORE_ENDPOINT", "DHCORE_ACCESS_TOKEN", "DHUB_PROJECT", "DHUB_MAX_RUNS"} {
				env.Setenv(name, "")
			}
			if err := os.MkdirAll(filepath.Join(env.WorkDir, "home"), 0o755); err != nil {
				return err
			}
			env.Defer(func() { sweep(data) })
			if strings.Contains(filepath.Base(env.WorkDir), "alone") {
				return nil
			}
			return serve(env, data)
		},
	})
}

// binary finds the command among what the scripts may call; $DHUB is its path, for scripts that change PATH.
func binary(env *testscript.Env) string {
	for _, dir := range filepath.SplitList(env.Getenv("PATH")) {
		if p := filepath.Join(dir, "dhub"); isFile(p) {
			return p
		}
	}
	return "dhub"
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// serve starts a server and waits until it has published its address.
func serve(env *testscript.Env, data string) error {
	cmd := exec.Command(env.Getenv("DHUB"), "serve", "--max-runs", "4", "--log-level", "warn")
	cmd.Env, cmd.Dir = env.Vars, env.WorkDir
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	env.Defer(func() { _ = cmd.Process.Kill(); <-ended })
	return await(data, ended)
}

// await waits until a server has published its address, or has ended.
func await(data string, ended <-chan struct{}) error {
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); {
		if s, err := app.FindServer(data); err == nil && s.Address != "" {
			return nil
		}
		select {
		case <-ended:
			return errors.New("the server ended at once")
		case <-time.After(5 * time.Millisecond):
		}
	}
	return errors.New("the server did not publish its address")
}

// appears waits until a file is there.
func appears(name string) error {
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if isFile(name) {
			return nil
		}
	}
	return errors.New(name + " did not appear")
}

// sweep ends what a script left on its data folder: a server in the background, keepers, jobs.
func sweep(data string) {
	if b, err := os.ReadFile(filepath.Join(data, "lock")); err == nil {
		var info struct{ PID int }
		if json.Unmarshal(b, &info) == nil && info.PID > 1 {
			_ = syscall.Kill(info.PID, syscall.SIGKILL)
		}
	}
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		left := 0
		dirs, _ := filepath.Glob("/proc/[0-9]*")
		for _, d := range dirs {
			pid, _ := strconv.Atoi(filepath.Base(d))
			args, _ := os.ReadFile(filepath.Join(d, "cmdline"))
			env, _ := os.ReadFile(filepath.Join(d, "environ"))
			if pid != os.Getpid() && len(args) > 0 && (strings.Contains(string(args), data) || strings.Contains(string(env), data)) {
				_ = syscall.Kill(pid, syscall.SIGKILL)
				left++
			}
		}
		if left == 0 {
			return
		}
	}
}
