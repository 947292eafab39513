// Command profiled is dhub that writes profiles when it ends: of the processors to the file named by
// CPUPROFILE, of the memory that lives to that named by MEMPROFILE. It is built for benches only.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"

	_ "dhub/engine/local/keeper" // as in cmd/dhub: must come first

	"dhub/internal/app"
	"dhub/internal/cli"
)

func main() {
	os.Exit(profiled())
}

func profiled() int {
	if name := os.Getenv("CPUPROFILE"); name != "" {
		f, err := os.Create(name)
		if err == nil {
			err = pprof.StartCPUProfile(f)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer pprof.StopCPUProfile()
	}
	code := cli.Run(context.Background(), app.Host(), os.Args[1:])
	if name := os.Getenv("MEMPROFILE"); name != "" {
		f, err := os.Create(name)
		if err == nil {
			runtime.GC()
			err = pprof.WriteHeapProfile(f)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return code
}
