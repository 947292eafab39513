package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"dhub/client"
	"dhub/entity"
)

// ensureServer returns a client of the running server, starting one in the background when none answers
// for the data folder: one that stays until it is stopped, or one that ends when nobody uses it. A server named
// by flag or environment is never started here.
func (a *app) ensureServer(ctx context.Context, stay bool) (*client.Client, error) {
	address, err := a.address()
	if err != nil {
		return nil, err
	}
	if address == "" {
		if address, err = a.startBackground(ctx, stay); err != nil {
			return nil, err
		}
	}
	return a.clientOf(address), nil
}

// startBackground starts dhub serve in its own session, logging to server.log in the data folder, and waits
// until it answers. Two callers at once end up with one server: the loser of the folder's lock is not needed.
// Where the port is taken the server chooses another; the folder's lock file tells every later command.
func (a *app) startBackground(ctx context.Context, stay bool) (string, error) {
	if err := os.MkdirAll(a.data, 0o700); err != nil {
		return "", entity.Errorf(entity.CodeUnavailable, "data folder: %w", err)
	}
	exe, err := os.Executable()
	if err != nil {
		return "", err
	}
	logName := filepath.Join(a.data, "server.log")
	log, err := os.OpenFile(logName, os.O_CREATE|os.O_APPEND|os.O_RDWR, 0o600)
	if err != nil {
		return "", entity.Errorf(entity.CodeUnavailable, "server log: %w", err)
	}
	defer log.Close()
	before, err := log.Seek(0, io.SeekEnd)
	if err != nil {
		return "", entity.Errorf(entity.CodeUnavailable, "server log: %w", err)
	}
	args := []string{"serve", "--data", a.data, "--any-port"}
	if !stay {
		args = append(args, "--idle-exit")
	}
	cmd := exec.Command(exe, args...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	fmt.Fprintf(a.err, "starting a server in the background (log: %s)\n", logName)
	if err := cmd.Start(); err != nil {
		return "", entity.Errorf(entity.CodeUnavailable, "start a server: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(30 * time.Second)
	var failure error
	for {
		s, err := a.host.FindServer(a.data)
		if failure != nil && err == nil && !s.Held {
			return "", failure
		}
		if err == nil && s.Address != "" && client.New(s.Address, client.Options{}).Ready(ctx) {
			if wanted := "http://" + envOr("DHUB_LISTEN", DefaultListen); s.Address != wanted {
				fmt.Fprintf(a.err, "it listens at %s\n", s.Address)
			}
			return s.Address, nil
		}
		select {
		case err := <-ended:
			ended = nil // it may be that another caller's server has the folder: then that one is waited for
			failure = entity.Errorf(entity.CodeUnavailable, "the server ended at once (%v); its last words in %s:\n%s", err, logName, wordsSince(log, before))
		case <-tick.C:
		case <-deadline:
			return "", entity.Errorf(entity.CodeUnavailable, "the server did not answer within 30 s; see %s", logName)
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

// wordsSince reads what this start added to the log, at most the last two thousand bytes of it.
func wordsSince(log io.ReaderAt, from int64) string {
	b, err := io.ReadAll(io.NewSectionReader(log, from, 1<<20))
	if err != nil {
		return ""
	}
	return string(b[max(len(b)-2000, 0):])
}
