// Command chaos kills the server with SIGKILL at random instants while a mixed load runs, starts it again,
// and at the end checks that no acknowledged run was lost, none was executed twice, each reached exactly one
// final state, and every log is complete.
//
// It knows the server only from outside: its command line, its wire, and the trace of steps that it writes
// when DHUB_TRACE_STEPS names a file. The jobs append their attempts to a file outside the data folder; the
// history of what was asked and answered is kept as JSON lines. The same seed makes the same load.
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
)

type options struct {
	rounds   int
	seed     uint64
	dhub     string
	dir      string
	minShare float64
	kinds    []string
}

func main() {
	var o options
	flag.IntVar(&o.rounds, "rounds", 20, "how often the server is killed")
	flag.Uint64Var(&o.seed, "seed", uint64(time.Now().UnixNano()), "seed of the load and of the instants; printed, so that a failure can be repeated")
	flag.StringVar(&o.dhub, "dhub", "bin/dhub", "the binary under test")
	flag.StringVar(&o.dir, "dir", "", "folder for data, attempts, history (default a temporary one, kept on failure)")
	flag.Float64Var(&o.minShare, "inside", 0.4, "share of kills that must land inside a start, stop, environment build or log move")
	kinds := flag.String("kinds", mixed, "what runs are, one of quick, slow, failing, long, stubborn and build, each as often as it is named")
	flag.Parse()
	o.kinds = strings.Split(*kinds, ",")
	if err := run(context.Background(), o); err != nil {
		fmt.Fprintln(os.Stderr, "chaos:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	keep := o.dir != ""
	if !keep {
		dir, err := os.MkdirTemp("", "dhub-chaos-")
		if err != nil {
			return err
		}
		o.dir = dir
	}
	abs, err := filepath.Abs(o.dhub)
	if err != nil {
		return err
	}
	o.dhub = abs
	fmt.Printf("chaos: %d rounds, seed %d, folder %s\n", o.rounds, o.seed, o.dir)
	rng := rand.New(rand.NewPCG(o.seed, 1))
	srv := &server{options: o, trace: filepath.Join(o.dir, "steps")}
	defer srv.kill()
	l, err := newLoad(ctx, srv, rng)
	if err != nil {
		return err
	}
	for round := range o.rounds {
		if err := l.round(ctx, round); err != nil {
			return fmt.Errorf("round %d: %w", round, err)
		}
		if (round+1)%20 == 0 {
			fmt.Printf("chaos: %d rounds, %d runs, %d of %d kills inside a step\n", round+1, len(l.history), srv.inside, srv.kills)
		}
	}
	if err := l.settle(ctx); err != nil {
		return err
	}
	faults := l.check(ctx)
	share := float64(srv.inside) / float64(max(srv.kills, 1))
	fmt.Printf("chaos: %d kills, %d inside a step (%.0f %%): %v\n", srv.kills, srv.inside, 100*share, srv.steps)
	if share < o.minShare {
		faults = append(faults, fmt.Sprintf("only %.0f %% of the kills landed inside a step; %.0f %% are needed", 100*share, 100*o.minShare))
	}
	if len(faults) > 0 {
		for _, f := range faults {
			fmt.Println("FAULT:", f)
		}
		return fmt.Errorf("%d faults; repeat with -seed %d -rounds %d; evidence in %s", len(faults), o.seed, o.rounds, o.dir)
	}
	fmt.Printf("chaos: %d runs, none lost, none doubled, one final state each, all logs complete\n%d passed, 0 failed\n", len(l.history), len(l.history))
	if !keep {
		srv.kill()
		return os.RemoveAll(o.dir)
	}
	return nil
}
