package python

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestModulesUnpackWhole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := Unpack(dir); err != nil {
		t.Fatal(err)
	}
	err := fs.WalkDir(Modules(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if strings.Contains(path, "__pycache__") {
			t.Errorf("%s was left by an interpreter", path)
		}
		want, err := fs.ReadFile(Modules(), path)
		if err != nil {
			return err
		}
		got, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil || string(got) != string(want) {
			t.Errorf("%s: got %d bytes, %v, want %d", path, len(got), err, len(want))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"__init__.py", "_job.py", "_main.py", "_execute.py", "_build.py", "_handler.py", "py.typed"} {
		if _, err := os.Stat(filepath.Join(dir, "digitalhub_runtime_python", name)); err != nil {
			t.Error(err)
		}
	}
	if len(Hash()) != 16 {
		t.Errorf("got hash %q, want 16 digits", Hash())
	}
}
