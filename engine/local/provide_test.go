//go:build linux

package local_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"dhub/engine/local"
	"dhub/engine/local/keeper"
)

func TestProvideWritesAMissingAssetAndReplacesADamagedOne(t *testing.T) {
	t.Parallel()
	dir := root(t)
	content := fstest.MapFS{"pkg/a.py": {Data: []byte("a = 1\n")}, "b.py": {Data: []byte("b = 2\n")}}
	made := filepath.Join(dir, keeper.AssetsDir, "sdk-1")
	provide := func() {
		t.Helper()
		e := open(t, local.Config{Root: dir})
		if err := e.Provide("sdk-1", content); err != nil {
			t.Fatalf("provide: %v", err)
		}
		_ = e.Close() // waits for what is written in the background
		for name, f := range content {
			if got, err := os.ReadFile(filepath.Join(made, name)); err != nil || string(got) != string(f.Data) {
				t.Errorf("%s: got %q, %v, want %q", name, got, err, f.Data)
			}
		}
	}
	provide()
	if err := os.WriteFile(filepath.Join(made, "pkg/a.pyc"), []byte("cached"), 0o600); err != nil {
		t.Fatal(err)
	}
	provide()
	if _, err := os.Stat(filepath.Join(made, "pkg/a.pyc")); err != nil {
		t.Errorf("an asset that is as it should be was replaced: %v", err)
	}
	if err := os.Truncate(filepath.Join(made, "b.py"), 0); err != nil { // as after a power failure
		t.Fatal(err)
	}
	provide()
	for _, folder := range []string{keeper.AttemptsDir, keeper.BuildsDir} {
		left, err := filepath.Glob(filepath.Join(dir, folder, keeper.Staging+"*"))
		if err != nil || len(left) > 0 {
			t.Errorf("left in %s: %v, %v", folder, left, err)
		}
	}
}
