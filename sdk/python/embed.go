// Package python carries the Python modules that a job finds last on its sys.path, inside the binary, so that
// a function without requirements needs no network.
package python

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Patterns of files, since a folder would drop those that begin with _ and bring what an interpreter left.
//
//go:embed digitalhub_runtime_python/*.py digitalhub_runtime_python/py.typed
//go:embed digitalhub/*.py digitalhub/py.typed digitalhub/utils/*.py digitalhub/_stores/*.py
//go:embed digitalhub/_vendor/*.py digitalhub/_vendor/yaml/*.py digitalhub/_vendor/yaml/LICENSE
var files embed.FS

// Modules is the tree of modules, one folder each.
func Modules() fs.FS { return files }

var hash = sync.OnceValue(func() string {
	h := sha256.New()
	err := walk(func(path string, data []byte) error {
		fmt.Fprintf(h, "%s %d\n", path, len(data))
		h.Write(data)
		return nil
	})
	if err != nil {
		panic("sdk/python: embedded files: " + err.Error())
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
})

// Hash names the content of all modules; computed when first asked for.
func Hash() string { return hash() }

// Unpack writes all modules under dir.
func Unpack(dir string) error {
	return walk(func(path string, data []byte) error {
		target := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		return os.WriteFile(target, data, 0o644)
	})
}

func walk(f func(path string, data []byte) error) error {
	return fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, ".pyc") {
			return err
		}
		data, err := files.ReadFile(path)
		if err != nil {
			return err
		}
		return f(path, data)
	})
}
