//go:build linux

package local_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dhub/engine"
	"dhub/engine/enginetest"
	"dhub/engine/local"
	"dhub/entity"
)

const servedAttempts = 20

// served is attempt i of the server that is killed.
func served(t enginetest.TB, i int, strokes string) engine.Runnable {
	return engine.Runnable{ID: engine.ID{UID: fmt.Sprintf("served-%d", i), Attempt: 1}, Kind: engine.Job,
		Main: program(t, fmt.Sprintf("append %s %d\n", strokes, i), fmt.Sprintf("print job %d", i))}
}

// logger is a TB for a process that is no test.
type logger struct{ enginetest.TB }

func (logger) Helper()                   {}
func (logger) Fatalf(f string, a ...any) { check(fmt.Errorf(f, a...)) }

func init() {
	enginetest.Words["serve"] = func(rest string) {
		dir, strokes, _ := strings.Cut(rest, " ")
		e, err := local.New(local.Config{Root: dir, Idle: time.Second})
		check(err)
		var wg sync.WaitGroup
		for i := range servedAttempts {
			wg.Go(func() {
				_, err := e.Start(context.Background(), served(logger{}, i, strokes), nil)
				check(err)
			})
			time.Sleep(2 * time.Millisecond)
		}
		wg.Wait()
		select {}
	}
}

func TestFiftyAtOnceBuildOneAssetOnce(t *testing.T) {
	t.Parallel()
	e := open(t, local.Config{Root: root(t)})
	strokes := filepath.Join(t.TempDir(), "strokes")
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			r := job(t, "cat env/made")
			r.Assets = []engine.Asset{{Key: "env-1", Path: "env", Make: []engine.Process{program(t, "append "+strokes+" x", "print building", "sleep 100ms", "write {asset}/made yes")}}}
			h, err := e.Start(t.Context(), r, nil)
			if err != nil {
				t.Errorf("start: %v", err)
				return
			}
			var log []byte
			if err := e.Logs(t.Context(), h, "", func(c engine.Chunk) error { log = append(log, c.Data...); return nil }); err != nil {
				t.Errorf("logs: %v", err)
			}
			if got := string(log); got != "building\nyes\n" && got != "yes\n" {
				t.Errorf("got log %q", got)
			}
		})
	}
	wg.Wait()
	if data, err := os.ReadFile(strokes); err != nil || string(data) != "x" {
		t.Errorf("got strokes %q (%v), want one", data, err)
	}
}

// While others wait, the end of the attempt that began a build does not end the build.
func TestBuildGoesOnForThoseWhoWait(t *testing.T) {
	t.Parallel()
	e := open(t, local.Config{Root: root(t)})
	at := t.TempDir()
	build := func() engine.Runnable {
		r := job(t, "cat {asset:shared}/made")
		r.Assets = []engine.Asset{{Key: "shared", Make: []engine.Process{program(t, "print building", "wait-for "+filepath.Join(at, "go"), "write {asset}/made yes", "print built")}}}
		return r
	}
	first := start(t, e, build())
	firstLine(t, e, first)
	second := start(t, e, build())
	firstLine(t, e, second)
	if err := e.Stop(t.Context(), first.ID, time.Hour); err != nil {
		t.Fatal(err)
	}
	wantReason(t, end(t, e, first), engine.Stopped, entity.ReasonStopped)
	write(t, filepath.Join(at, "go"), "")
	wantReason(t, end(t, e, second), engine.Succeeded, entity.ReasonCompleted)
	if got := readLog(t, e, first); got != "building\n" {
		t.Errorf("first: got log %q", got)
	}
	if got := readLog(t, e, second); got != "building\nbuilt\nyes\n" {
		t.Errorf("second: got log %q", got)
	}
}

func TestLogHoldsAnything(t *testing.T) {
	t.Parallel()
	e := open(t, local.Config{Root: root(t)})
	h := start(t, e, job(t, "megabytes 100"))
	want := sha256.New()
	block := make([]byte, 1<<20)
	for i := range block {
		block[i] = byte(i * 7)
		if block[i] == '\n' {
			block[i] = 0
		}
	}
	for range 100 {
		want.Write(block)
	}
	got := sha256.New()
	size := 0
	if err := e.Logs(t.Context(), h, "", func(c engine.Chunk) error { size += len(c.Data); got.Write(c.Data); return nil }); err != nil {
		t.Fatal(err)
	}
	if size != 100<<20 || !bytes.Equal(got.Sum(nil), want.Sum(nil)) {
		t.Errorf("got %d bytes with another hash, want what was written", size)
	}
}

func TestInsideOfAJob(t *testing.T) {
	if err := os.Setenv("DHUB_CANARY", "canary-of-the-server"); err != nil {
		t.Fatal(err)
	}
	const canary = "canary-secret-77"
	dir := root(t)
	e := open(t, local.Config{Root: dir})
	r := job(t, "environ", "stdin", "write made x", "argv", "hold")
	r.Main.Env = map[string]string{"WHERE": "{work}", "BINARY": "{dhub}"}
	r.Secrets = []engine.SecretRef{{Name: "s", Env: "TOKEN"}}
	h, err := e.Start(t.Context(), r, engine.Values{"s": canary})
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	if err := e.Logs(t.Context(), h, "", func(c engine.Chunk) error {
		if got += string(c.Data); strings.Contains(got, "argv hold\n") {
			return errEnough
		}
		return nil
	}); err != errEnough {
		t.Fatal(err)
	}
	for _, name := range []string{"PATH=", "LANG=C.UTF-8", "HOME=", "TMPDIR=", "DH_CONFIG=", "XDG_CACHE_HOME=", "DHUB_REPORT=", "DHUB_ATTEMPT=" + h.ID.UID + ".1",
		"TOKEN=" + canary, "WHERE=" + dir, "BINARY=" + self(t), "0 EOF"} {
		if !strings.Contains(got, name) {
			t.Errorf("got %q, want %q in it", got, name)
		}
	}
	if n := strings.Count(got[:strings.Index(got, "0 EOF")], "\n"); n != 11 || strings.Contains(got, "canary-of-the-server") {
		t.Errorf("got %d variables, want 11 and none of the server's: %s", n, got)
	}
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range lines {
		if data, err := os.ReadFile(path); err == nil && bytes.Contains(data, []byte(canary)) {
			t.Errorf("the secret is in %s", path)
		}
	}
	if err := e.Stop(t.Context(), h.ID, 0); err != nil {
		t.Fatal(err)
	}
	end(t, e, h)
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if err == nil && filepath.Base(path) != "log" && bytes.Contains(data, []byte(canary)) {
			t.Errorf("the secret is in %s", path)
		}
		if st, serr := d.Info(); serr == nil && st.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, st.Mode())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestStartFailures(t *testing.T) {
	t.Parallel()
	e := open(t, local.Config{Root: root(t), Blob: func(context.Context, string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("from the store")), nil
	}})
	for name, p := range map[string]engine.Process{
		"no-such-program-x":   {Command: []string{"no-such-program-x"}},
		"/no/such/program":    {Command: []string{"/no/such/program"}},
		"permission denied":   {Command: []string{"/etc/passwd"}},
		"does not exist":      {Command: []string{"/bin/sh"}, Dir: "no/such/folder"},
		"larger than the sys": {Command: []string{"/bin/sh", "-c", strings.Repeat("x", 3<<20)}},
	} {
		r := job(t)
		r.Main = p
		s := end(t, e, start(t, e, r))
		wantReason(t, s, engine.Failed, entity.ReasonStartFailed)
		if !strings.Contains(s.Reason.Message, name) {
			t.Errorf("got message %q, want %q in it", s.Reason.Message, name)
		}
	}
	r := job(t, "cat blob")
	r.Files = []engine.File{{Path: "blob", Blob: "key"}}
	h := start(t, e, r)
	if got := readLog(t, e, h); got != "from the store\n" {
		t.Errorf("got %q", got)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	e := open(t, local.Config{Root: root(t)})
	for what, change := range map[string]func(*engine.Runnable){
		"uid":            func(r *engine.Runnable) { r.ID.UID = "../x" },
		"file":           func(r *engine.Runnable) { r.Files = []engine.File{{Path: "../x"}} },
		"absolute file":  func(r *engine.Runnable) { r.Files = []engine.File{{Path: "/etc/x"}} },
		"asset":          func(r *engine.Runnable) { r.Assets = []engine.Asset{{Key: "k", Path: "../../x"}} },
		"keyless asset":  func(r *engine.Runnable) { r.Assets = []engine.Asset{{}} },
		"image":          func(r *engine.Runnable) { r.Main = engine.Process{Image: "busybox"} },
		"service":        func(r *engine.Runnable) { r.Kind = engine.Service },
		"memory":         func(r *engine.Runnable) { r.Resources = map[string]engine.Quantity{"mem": {Limit: "lots"}} },
		"memory unit":    func(r *engine.Runnable) { r.Resources = map[string]engine.Quantity{"mem": {Limit: "512"}} },
		"variable":       func(r *engine.Runnable) { r.Main.Env = map[string]string{"A=B": "x"} },
		"empty variable": func(r *engine.Runnable) { r.Main.Env = map[string]string{"": "x"} },
		"NUL in a value": func(r *engine.Runnable) { r.Main.Env = map[string]string{"A": "x\x00"} },
		"secret's name":  func(r *engine.Runnable) { r.Secrets = []engine.SecretRef{{Name: "x", Env: "A=B"}} },
		"secret in file": func(r *engine.Runnable) { r.Secrets = []engine.SecretRef{{Name: "x", Path: "/x"}} },
	} {
		r := job(t, "print x")
		change(&r)
		_, admit := e.Admit(t.Context(), r)
		_, start := e.Start(t.Context(), r, nil)
		for _, err := range []error{admit, start} {
			if c := entity.CodeOf(err); c != entity.CodeInvalid && c != entity.CodeUnimplemented {
				t.Errorf("%s: got %v", what, err)
			}
		}
	}
}

func TestASecretWithANULByteIsRefused(t *testing.T) {
	t.Parallel()
	e := open(t, local.Config{Root: root(t)})
	r := job(t, "print x")
	r.Secrets = []engine.SecretRef{{Name: "WORD", Env: "WORD"}}
	_, err := e.Start(t.Context(), r, engine.Values{"WORD": "canary\x00"})
	if entity.CodeOf(err) != entity.CodeInvalid || !strings.Contains(err.Error(), "WORD") || strings.Contains(err.Error(), "canary") {
		t.Errorf("got %v, want a refusal that names the secret alone", err)
	}
}

func TestReports(t *testing.T) {
	t.Parallel()
	e := open(t, local.Config{Root: root(t)})
	for what, line := range map[string]string{"no JSON": "report {broken", "pipe": "fifo ../report.json"} {
		s := end(t, e, start(t, e, job(t, line)))
		if s.Phase != engine.Failed || s.Reason.Code != entity.ReasonReport || s.Report != nil {
			t.Errorf("%s: got %+v", what, s)
		}
	}
}

func TestLongPath(t *testing.T) {
	t.Parallel()
	deep := filepath.Join(root(t), strings.Repeat("long-name-", 12), strings.Repeat("long-name-", 12))
	t.Cleanup(func() { clean(deep, nil) })
	e := open(t, local.Config{Root: deep})
	wantReason(t, end(t, e, start(t, e, job(t, "print x"))), engine.Succeeded, entity.ReasonCompleted)
}

// A folder that cannot be written keeps the attempt for later, and says why.
func TestUnwritableFolder(t *testing.T) {
	t.Parallel()
	dir := root(t)
	e := open(t, local.Config{Root: dir})
	attempts := filepath.Join(dir, "attempts")
	if err := os.Rename(attempts, attempts+".away"); err != nil {
		t.Fatal(err)
	}
	write(t, attempts, "")
	r := job(t, "print x")
	_, err := e.Start(t.Context(), r, nil)
	if entity.CodeOf(err) != entity.CodeUnavailable || !strings.Contains(err.Error(), "not a directory") {
		t.Errorf("got %v, want it unavailable and why", err)
	}
	if err := e.Check(t.Context()); entity.CodeOf(err) != entity.CodeUnavailable {
		t.Errorf("check: got %v", err)
	}
	if err := os.Remove(attempts); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(attempts+".away", attempts); err != nil {
		t.Fatal(err)
	}
	wantReason(t, end(t, e, start(t, e, r)), engine.Succeeded, entity.ReasonCompleted)
}
