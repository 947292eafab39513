package main

import (
	"context"
	"os"
	"time"
)

// size is that of the binary.
func size(_ context.Context, b *bench) error {
	st, err := os.Stat(b.dhub)
	if err != nil {
		return err
	}
	b.most("binary", "MB", 30, float64(st.Size())/1e6, "")
	return nil
}

const nothing = "def main():\n    return None\n"

// start measures from the start of the process on an empty folder to the first answer and the first result.
func start(ctx context.Context, b *bench) error {
	var ready, completed sample
	for range b.rounds(20) {
		begun := time.Now()
		s, took, err := b.serve(ctx)
		if err != nil {
			return err
		}
		ready = append(ready, took)
		f, err := s.function(ctx, "nothing", nothing)
		if err == nil {
			_, err = s.run(ctx, runBody(f, nil))
		}
		completed = append(completed, time.Since(begun))
		s.stop()
		if err != nil {
			return err
		}
	}
	b.most("process start to first 200 on /readyz, empty folder", "ms", 100, ready.ms(0.5), ready.spread())
	b.most("process start to first completed run, empty folder (project, function and run are posted on the way)", "ms", 400, completed.ms(0.5), completed.spread())
	return nil
}
