package python_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dhub/runtime/python"
)

// aPython is a real interpreter of this machine.
func aPython(t *testing.T) python.Interpreter {
	t.Helper()
	raw, err := found()
	if err != nil {
		t.Fatal(err)
	}
	var s python.Settings
	if err := json.Unmarshal(raw, &s); err != nil {
		t.Fatal(err)
	}
	if len(s.Interpreters) == 0 {
		t.Fatal("no interpreter of Python 3.10 or newer was found")
	}
	return s.Interpreters[0]
}

func probe(t *testing.T, rt *python.Runtime, dir string) python.Settings {
	t.Helper()
	raw, err := rt.Probe(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	var s python.Settings
	if err := json.Unmarshal(raw, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

func script(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
}

func TestProbeLooksBehindShims(t *testing.T) {
	real := aPython(t)
	home := t.TempDir()
	calls := filepath.Join(home, "calls")
	script(t, filepath.Join(home, "shims/python3"), fmt.Sprintf("#!/bin/sh\necho x >> %s\nexec %s \"$@\"\n", calls, real.Path))
	script(t, filepath.Join(home, "bin/python3.11"), "#!/bin/sh\nexit 3\n")
	script(t, filepath.Join(home, "bin/python3.12"), "#!/bin/sh\necho Python 3.12\n")
	script(t, filepath.Join(home, "bin/uv"), "#!/bin/sh\n")
	rt := python.NewFor([]string{"PATH=" + home + "/shims:" + home + "/bin:/usr/bin:/bin:relative", "HOME=" + home}, home)
	dir := t.TempDir()
	s := probe(t, rt, dir)
	if s.Default != real.Path {
		t.Errorf("got default %s, want %s behind the shim", s.Default, real.Path)
	}
	if s.UV != filepath.Join(home, "bin/uv") {
		t.Errorf("got uv %q", s.UV)
	}
	for _, p := range s.Interpreters {
		if strings.HasPrefix(p.Path, home) {
			t.Errorf("%+v is no interpreter", p)
		}
	}
	again := probe(t, rt, dir)
	asked, err := os.ReadFile(calls)
	if err != nil || string(asked) != "x\n" {
		t.Errorf("the shim was run %d times, %v, want once", strings.Count(string(asked), "x"), err)
	}
	if again.Default != s.Default {
		t.Errorf("got %s, want the remembered %s", again.Default, s.Default)
	}
	script(t, filepath.Join(home, ".pyenv/version"), "3.12\n")
	probe(t, rt, dir)
	if asked, err = os.ReadFile(calls); err != nil || string(asked) != "x\nx\n" {
		t.Errorf("the shim was run %d times, %v, want once more after the version manager's choice changed", strings.Count(string(asked), "x"), err)
	}
}

func TestProbeFindsVersionManagersFolders(t *testing.T) {
	real := aPython(t)
	for _, where := range []string{".pyenv/versions/3.11.7/bin/python3", ".local/share/uv/python/cpython-3.11.7-linux/bin/python3",
		".asdf/installs/python/3.11.7/bin/python3", ".local/share/mise/installs/python/3.11.7/bin/python3"} {
		home := t.TempDir()
		script(t, filepath.Join(home, where), fmt.Sprintf("#!/bin/sh\nexec %s \"$@\"\n", real.Path))
		s := probe(t, python.NewFor([]string{"PATH=/nonexistent"}, home), t.TempDir())
		if len(s.Interpreters) != 1 || s.Interpreters[0] != real {
			t.Errorf("%s: got %+v, want %+v", where, s.Interpreters, real)
		}
	}
}

func TestProbeKnowsPyenvsChoice(t *testing.T) {
	real := aPython(t)
	home := t.TempDir()
	script(t, filepath.Join(home, ".pyenv/shims/python3"), "#!/bin/sh\necho this is slow >> "+home+"/calls\nexit 1\n")
	script(t, filepath.Join(home, ".pyenv/version"), "mine\n")
	script(t, filepath.Join(home, ".pyenv/versions/mine/bin/python3"), fmt.Sprintf("#!/bin/sh\nexec %s \"$@\"\n", real.Path))
	s := probe(t, python.NewFor([]string{"PATH=" + home + "/.pyenv/shims:/usr/bin"}, home), t.TempDir())
	if s.Default != real.Path {
		t.Errorf("got default %q, want %s", s.Default, real.Path)
	}
	if _, err := os.Stat(filepath.Join(home, "calls")); err == nil {
		t.Error("the shim was run")
	}
}

func TestTheBuilderGetsWhatItNeedsAndNoMore(t *testing.T) {
	home, dir := t.TempDir(), t.TempDir()
	s := probe(t, python.NewFor([]string{"HOME=" + home, "PATH=/nonexistent", "PIP_INDEX_URL=https://user:word@host/simple", "UV_INDEX=x", "https_proxy=p",
		"DHUB_DATABASE_URL=secret", "DHUB_KEY=secret", "AWS_SECRET_ACCESS_KEY=secret", "PIPELINE=secret"}, home), dir)
	b, err := os.ReadFile(s.BuilderEnv)
	if err != nil {
		t.Fatal(err)
	}
	want := "HOME=" + home + "\x00PIP_INDEX_URL=https://user:word@host/simple\x00UV_INDEX=x\x00https_proxy=p\x00"
	if string(b) != want {
		t.Errorf("got %q, want %q", b, want)
	}
	raw, err := json.Marshal(s)
	if err != nil || strings.Contains(string(raw), "word") || strings.Contains(string(raw), "secret") {
		t.Errorf("the settings hold a secret: %s", raw)
	}
}
