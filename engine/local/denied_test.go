//go:build linux

package local_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"dhub/engine"
	"dhub/engine/enginetest"
	"dhub/engine/local"
	"dhub/engine/local/keeper"
)

func init() { enginetest.Words["denied-files"] = deniedFiles }

// TestAJobThatTakesTheRightsOffItsFiles runs the engine as a user whom rights bind, whoever runs the tests.
func TestAJobThatTakesTheRightsOffItsFiles(t *testing.T) {
	t.Parallel()
	cmd := exec.Command(self(t), child, "denied-files "+root(t))
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 1000, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 1000, HostID: os.Getgid(), Size: 1}}}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func deniedFiles(dir string) {
	var said bytes.Buffer
	e, err := local.New(local.Config{Root: dir, Tier: keeper.TierWatch, Idle: time.Millisecond, Logger: slog.New(slog.NewTextHandler(&said, nil))})
	check(err)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	r := shell("echo hello; until test -e samples; do sleep 0.01; done; chmod 0 samples log; echo '{}' > report.json; chmod 0 report.json")
	r.ID.UID = "denied" // a sweep of another test kills whatever bears the mark of its own attempts
	h, err := e.Start(ctx, r, nil)
	check(err)
	var last engine.Status
	check(e.Observe(ctx, h, func(s engine.Status) error { last = s; return nil }))
	for _, name := range []string{keeper.SamplesFile, keeper.LogFile, keeper.ReportFile} {
		f, err := os.Open(filepath.Join(dir, keeper.AttemptsDir, "denied.1", name))
		if !errors.Is(err, fs.ErrPermission) {
			_ = f.Close()
			check(fmt.Errorf("%s is not denied: %v; the attempt: %+v", name, err, last))
		}
	}
	if last.Exit == nil || last.Exit.Code != 0 || !strings.Contains(last.Reason.Message, "that the server may read") {
		check(fmt.Errorf("got %+v, want its exit code 0 and a report that cannot be read", last))
	}
	if list, err := e.Samples(ctx, h); err != nil || len(list) != 0 {
		check(fmt.Errorf("samples: got %v, %v", list, err))
	}
	got := 0
	if err := e.Logs(ctx, h, "", func(c engine.Chunk) error { got += len(c.Data); return nil }); err != nil || got != 0 {
		check(fmt.Errorf("logs: got %d bytes, %v", got, err))
	}
	for _, want := range []string{"the samples of an attempt are lost", "the log of an attempt is lost"} {
		if strings.Count(said.String(), want) != 1 {
			check(fmt.Errorf("the engine's own log: got %s, want once %q", said.String(), want))
		}
	}
	check(e.Remove(ctx, h.ID))
	check(e.Close())
	os.Exit(0)
}
