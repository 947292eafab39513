package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"dhub/client"
	"dhub/entity"
)

// DefaultListen is where a server listens unless told otherwise.
const DefaultListen = "127.0.0.1:8080"

func (a *app) serveCmd() *cobra.Command {
	o := ServeOptions{}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Start the server: API, run manager and local engine in one process",
		Long: `Start the server on embedded defaults: an SQLite database, a local file store and the local engine, all in
one data folder. Runs survive the server: kill it, start it again, and it finds them as they are.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.ensureData(); err != nil {
				return err
			}
			o.Data = a.data
			return a.host.Serve(cmd.Context(), o)
		},
	}
	runs := -1
	if v, err := strconv.Atoi(os.Getenv("DHUB_MAX_RUNS")); err == nil {
		runs = v
	}
	f := cmd.Flags()
	f.StringVar(&o.Listen, "listen", envOr("DHUB_LISTEN", DefaultListen), "address to listen on; port 0 takes a free one")
	f.StringVar(&o.DatabaseURL, "database-url", os.Getenv("DHUB_DATABASE_URL"), "postgres://… instead of the embedded database")
	f.IntVar(&o.MaxRuns, "max-runs", runs, "local runs at once; -1: as many as processors, 0: none")
	f.StringVar(&o.Engine, "engine", os.Getenv("DHUB_ENGINE"), "engine of runs that name none")
	f.StringVar(&o.LogLevel, "log-level", envOr("DHUB_LOG_LEVEL", "info"), "debug, info, warn or error")
	f.BoolVar(&o.IdleExit, "idle-exit", false, "end after ten minutes without a client, a live run or an active schedule")
	return cmd
}

// ensureServer returns a client of the running server, starting one in the background when none answers
// for the data folder. A server named by flag or environment is never started here.
func (a *app) ensureServer(ctx context.Context) (*client.Client, error) {
	address, err := a.address()
	if err != nil {
		return nil, err
	}
	if address == "" {
		if address, err = a.startBackground(ctx); err != nil {
			return nil, err
		}
	}
	return client.New(address, client.Options{Token: os.Getenv("DHCORE_ACCESS_TOKEN")}), nil
}

// startBackground starts dhub serve in its own session, logging to server.log in the data folder, and waits
// until it answers. Two callers at once end up with one server: the loser of the folder's lock is not needed.
func (a *app) startBackground(ctx context.Context) (string, error) {
	if err := os.MkdirAll(a.data, 0o700); err != nil {
		return "", entity.Errorf(entity.CodeUnavailable, "data folder: %w", err)
	}
	exe, err := os.Executable()
	if err != nil {
		return "", err
	}
	logName := filepath.Join(a.data, "server.log")
	log, err := os.OpenFile(logName, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return "", entity.Errorf(entity.CodeUnavailable, "server log: %w", err)
	}
	defer log.Close()
	cmd := exec.Command(exe, "serve", "--data", a.data, "--idle-exit")
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
		address, held, err := a.host.FindServer(a.data)
		if failure != nil && err == nil && !held {
			return "", failure
		}
		if err == nil && address != "" && client.New(address, client.Options{}).Ready(ctx) {
			return address, nil
		}
		select {
		case err := <-ended:
			ended = nil // it may be that another caller's server has the folder: then that one is waited for
			failure = entity.Errorf(entity.CodeUnavailable, "the server ended at once (%v); its last words in %s:\n%s", err, logName, tail(logName, 2000))
		case <-tick.C:
		case <-deadline:
			return "", entity.Errorf(entity.CodeUnavailable, "the server did not answer within 30 s; see %s", logName)
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

func tail(name string, max int) string {
	b, err := os.ReadFile(name)
	if err != nil {
		return ""
	}
	return string(b[len(b)-min(max, len(b)):])
}
