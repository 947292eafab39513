package python_test

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"dhub/engine"
	"dhub/entity"
	"dhub/runtime"
	"dhub/runtime/python"
)

// wheel writes a package with a module and a program into a folder that pip can find it in.
func wheel(t *testing.T, dir string) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "dhubsample-1.0-py3-none-any.whl"))
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for _, file := range [][2]string{
		{"dhubsample/__init__.py", "import sys\nANSWER = 42\ndef main():\n    print('sample', sys.prefix)\n"},
		{"digitalhub/__init__.py", "PUBLISHED = True\n"},
		{"dhubsample-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: dhubsample\nVersion: 1.0\n"},
		{"dhubsample-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"},
		{"dhubsample-1.0.dist-info/entry_points.txt", "[console_scripts]\ndhubsample = dhubsample:main\n"},
		{"dhubsample-1.0.dist-info/RECORD", ""},
	} {
		w, err := z.Create(file[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(file[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
}

// build does what an engine does with the last asset of a plan: files, make in a fresh folder, rename.
func build(t *testing.T, r *engine.Runnable) (folder, log string, err error) {
	t.Helper()
	ours, err := modules()
	if err != nil {
		t.Fatal(err)
	}
	a := r.Assets[len(r.Assets)-1]
	root := t.TempDir()
	fresh, done := filepath.Join(root, ".fresh"), filepath.Join(root, a.Key)
	if err := os.Mkdir(fresh, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Files {
		if err := os.WriteFile(filepath.Join(fresh, f.Path), []byte(f.Text), os.FileMode(f.Mode)); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range a.Make {
		var argv []string
		for _, s := range append(append([]string{}, p.Command...), p.Args...) {
			argv = append(argv, strings.NewReplacer("{asset}", fresh, "{asset:"+r.Assets[0].Key+"}", ours).Replace(s))
		}
		cmd := exec.CommandContext(t.Context(), argv[0], argv[1:]...)
		cmd.Env = []string{"PATH=/usr/bin:/bin", "TMPDIR=" + root, "HOME=" + root}
		out, err := cmd.CombinedOutput()
		log += string(out)
		if err != nil {
			return "", log, err
		}
	}
	if err := os.Rename(fresh, done); err != nil {
		t.Fatal(err)
	}
	return done, log, nil
}

func TestAnEnvironmentIsBuiltMovedAndUsed(t *testing.T) {
	index, dir := t.TempDir(), t.TempDir()
	wheel(t, index)
	p := aPython(t)
	settings := python.Settings{Interpreters: []python.Interpreter{p}, Default: p.Path, BuilderEnv: filepath.Join(dir, "builder.env")}
	if err := os.WriteFile(settings.BuilderEnv, []byte("PIP_NO_INDEX=1\x00PIP_FIND_LINKS="+index+"\x00PIP_NO_CACHE_DIR=1\x00"), 0o600); err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(settings)
	if err != nil {
		t.Fatal(err)
	}
	planned := func(lines string) (*engine.Runnable, error) {
		r, err := python.New().Plan(t.Context(), requestOf(planCase{settings: string(raw),
			function: `{"source":{"base64":"eD0x","handler":"x"},"requirements":` + lines + `}`}))
		return r.Runnable, err
	}
	r, err := planned(`["dhubsample==1.0"]`)
	if p.Pip == "" && !p.EnsurePip { // a host that can install nothing says so before anything starts
		if reject, ok := errors.AsType[*runtime.Reject](err); !ok || reject.Reason.Code != entity.ReasonEnvFailed {
			t.Fatalf("got %v, want reason %s", err, entity.ReasonEnvFailed)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	folder, log, err := build(t, r)
	if err != nil {
		t.Fatalf("%v: %s", err, log)
	}
	if !strings.Contains(log, "+ ") || !strings.Contains(log, "dhubsample") {
		t.Errorf("the log does not say what is done: %s", log)
	}
	e := execute(t, job{requirements: []string{"dhubsample==1.0"}, assets: map[string]string{"env-": folder}, code: `
import subprocess, sys, digitalhub, dhubsample
from digitalhub_runtime_python import handler
@handler(outputs=["answer", "published", "program", "prefix"])
def main():
    program = subprocess.run(["dhubsample"], capture_output=True, text=True, check=True).stdout
    return dhubsample.ANSWER, digitalhub.PUBLISHED, program.strip(), sys.prefix
`})
	for name, want := range map[string]string{"answer": "42", "published": "true", "program": `"sample ` + folder + `"`, "prefix": `"` + folder + `"`} {
		if e.result(name) != want {
			t.Errorf("%s: got %s, want %s; log %s", name, e.result(name), want, e.out)
		}
	}

	r, err = planned(`["dhubsample==2.0"]`)
	if err != nil {
		t.Fatal(err)
	}
	if _, log, err = build(t, r); err == nil || !strings.Contains(log, "dhubsample==2.0") {
		t.Errorf("a version that does not exist: got %v, log %s", err, log)
	}
}
