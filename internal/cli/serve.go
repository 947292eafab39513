package cli

import (
	"context"
	"fmt"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"dhub/entity"
)

// DefaultListen is where a server listens unless told otherwise.
const DefaultListen = "127.0.0.1:8080"

func (a *app) serveCmd() *cobra.Command {
	o, stop := ServeOptions{}, false
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Start the server: API, run manager and local engine in one process",
		Long: `Start the server on embedded defaults: an SQLite database, a local file store and the local engine, all in
one data folder. Runs survive the server: kill it, start it again, and it finds them as they are.

It stays until it is stopped: by Ctrl-C, or from elsewhere by dhub serve --stop, which ends the server of the
data folder however it was started. A server that dhub run started in the background also ends by itself after
ten minutes without a client, a live run or an active schedule; the one of dhub demo stays.`,
		Example: `  dhub serve                           on 127.0.0.1:8080, with the default data folder
  dhub serve --data ./b --listen 127.0.0.1:0
  dhub serve --stop                    end the server of the data folder; live runs go on`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.ensureData(); err != nil {
				return err
			}
			if stop {
				return a.stopServer(cmd.Context())
			}
			if !cmd.Flags().Changed("max-runs") {
				if err := runsFromEnvironment(&o.MaxRuns); err != nil {
					return err
				}
			}
			o.Data = a.data
			return a.host.Serve(cmd.Context(), o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Listen, "listen", envOr("DHUB_LISTEN", DefaultListen), "address to listen on; port 0 takes a free one")
	f.BoolVar(&o.AnyPort, "any-port", false, "take a free port when that of --listen is taken")
	f.StringVar(&o.DatabaseURL, "database-url", os.Getenv("DHUB_DATABASE_URL"), "postgres://… instead of the embedded database")
	f.IntVar(&o.MaxRuns, "max-runs", -1, "local runs at once; -1: as many as processors, 0: none (DHUB_MAX_RUNS)")
	f.StringVar(&o.Engine, "engine", os.Getenv("DHUB_ENGINE"), "engine of runs that name no engine (DHUB_ENGINE; without: the first)")
	f.StringVar(&o.LogLevel, "log-level", envOr("DHUB_LOG_LEVEL", "info"), "debug, info, warn or error")
	f.BoolVar(&o.IdleExit, "idle-exit", false, "end after ten minutes without a client, a live run or an active schedule")
	f.BoolVar(&stop, "stop", false, "stop the server of the data folder instead; live runs go on")
	return cmd
}

// runsFromEnvironment reads DHUB_MAX_RUNS; what is no number is refused instead of being overlooked.
func runsFromEnvironment(n *int) error {
	text := os.Getenv("DHUB_MAX_RUNS")
	if text == "" {
		return nil
	}
	v, err := strconv.Atoi(text)
	if err != nil {
		return entity.Invalid("max-runs", "type", "DHUB_MAX_RUNS is %q; allowed are -1 (as many as processors), 0 (none) and more", text)
	}
	*n = v
	return nil
}

func (a *app) stopServer(ctx context.Context) error {
	s, err := a.host.StopServer(ctx, a.data)
	if err != nil {
		return err
	}
	if !s.Held {
		fmt.Fprintf(a.err, "no server is running for the data folder %s\n", a.data)
		return nil
	}
	fmt.Fprintf(a.err, "stopped the server at %s (process %d); live runs go on, and the next server of %s finds them\n", s.Address, s.PID, a.data)
	return nil
}
