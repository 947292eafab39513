// Command figures measures what docs/benchmarks.md publishes and prints it as a markdown table, after the
// machine it was measured on. Every figure is of a real server started on an empty data folder.
//
//	go run ./bench/figures -dhub bin/dhub
//	go run ./bench/figures -dhub bin/dhub start cold fibo
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// figure is one row or a few rows of the table.
type figure struct {
	name    string
	measure func(context.Context, *bench) error
}

var figures = []figure{
	{"size", size}, {"start", start}, {"cold", cold}, {"fibo", fibo}, {"sdk", sdk}, {"creates", creates},
	{"logs", logs}, {"printing", printing}, {"queue", queue}, {"jobs", jobs}, {"idle", idle},
}

// bench is one invocation.
type bench struct {
	dhub   string
	dir    string // temporary
	python string // the interpreter that jobs get, once known
	quick  bool
	rows   []row
}

type row struct{ what, target, got, spread, verdict string }

func main() {
	dhub := flag.String("dhub", "bin/dhub", "binary to measure")
	quick := flag.Bool("quick", false, "fewer rounds, no minute of rest: to see that the commands work")
	flag.Usage = func() {
		var names []string
		for _, f := range figures {
			names = append(names, f.name)
		}
		fmt.Fprintf(os.Stderr, "figures [-dhub FILE] [-quick] [NAME…]\nnames: %s (all unless named)\n", strings.Join(names, " "))
	}
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *dhub, *quick, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "figures:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dhub string, quick bool, names []string) error {
	binary, err := filepath.Abs(dhub)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "dhub-figures-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{dhub: binary, dir: dir, quick: quick}
	m, err := b.machine(ctx)
	if err != nil {
		return err
	}
	fmt.Print(m)
	for _, f := range figures {
		if len(names) > 0 && !slices.Contains(names, f.name) {
			continue
		}
		fmt.Fprintf(os.Stderr, "%s %s …\n", time.Now().Format(time.TimeOnly), f.name)
		if err := f.measure(ctx, b); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	fmt.Print("\n| what | target | measured | spread | |\n|---|---|---|---|---|\n")
	for _, r := range b.rows {
		fmt.Printf("| %s | %s | %s | %s | %s |\n", r.what, r.target, r.got, r.spread, r.verdict)
	}
	fmt.Println("\nLoad of the machine at the end:", load())
	return nil
}

// least is a row of which more is better, most one of which less is.
func (b *bench) least(what, unit string, target, got float64, spread string) {
	b.add(what, unit, "at least ", target, got, got >= target, spread)
}

func (b *bench) most(what, unit string, target, got float64, spread string) {
	b.add(what, unit, "", target, got, got <= target, spread)
}

func (b *bench) add(what, unit, prefix string, target, got float64, ok bool, spread string) {
	verdict := "met"
	if !ok {
		verdict = "**missed**"
	}
	b.rows = append(b.rows, row{what, prefix + number(target) + " " + unit, number(got) + " " + unit, spread, verdict})
}

// tell is a row without a target.
func (b *bench) tell(what, got, spread string) {
	b.rows = append(b.rows, row{what, "", got, spread, ""})
}

func number(x float64) string {
	switch {
	case x >= 100:
		return fmt.Sprintf("%.0f", x)
	case x >= 10:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.2f", x)
}

// rounds is n, or a few when quick.
func (b *bench) rounds(n int) int {
	if b.quick {
		return max(n/10, 3)
	}
	return n
}
