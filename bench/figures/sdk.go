package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"dhub/sdk/python"
)

// firstCall is a program whose first call reaches the server; it prints what the call took by its own clock.
const firstCall = `import sys, time
begun = time.perf_counter()
sys.path.insert(0, sys.argv[1])
import digitalhub as dh
imported = time.perf_counter()
dh.get_or_create_project("bench")
print(imported - begun, time.perf_counter() - begun)
`

// sdk measures the Python package: importing it, and its first call, which loads what it needs and connects.
func sdk(ctx context.Context, b *bench) error {
	s, _, err := b.warm(ctx, nothing)
	if err != nil {
		return err
	}
	defer s.stop()
	folder := filepath.Join(b.dir, "sdk")
	if err := python.Unpack(folder); err != nil {
		return err
	}
	var imported, called sample
	for i := range b.rounds(21) + 3 {
		cmd := exec.CommandContext(ctx, b.python, "-E", "-s", "-c", firstCall, folder)
		cmd.Env = append(os.Environ(), "DHCORE_ENDPOINT="+s.url, "DH_CONFIG="+filepath.Join(b.dir, "none.ini"))
		out, err := cmd.Output()
		if err != nil {
			return fmt.Errorf("the first call of the Python package: %w", err)
		}
		var first, whole float64
		if _, err := fmt.Sscan(strings.TrimSpace(string(out)), &first, &whole); err != nil {
			return err
		}
		if i < 3 { // compiling its modules, and making the project
			continue
		}
		imported = append(imported, time.Duration(first*float64(time.Second)))
		called = append(called, time.Duration(whole*float64(time.Second)))
	}
	b.most("Python package: `import digitalhub`", "ms", 20, imported.ms(0.5), imported.spread())
	b.most("Python package: import and first call, with the answer", "ms", 100, called.ms(0.5), called.spread())
	return nil
}
