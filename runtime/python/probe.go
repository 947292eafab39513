package python

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// host is how the prober sees the machine; tests give it another one.
type host struct {
	environ func() []string
	home    string
	timeout time.Duration
}

func thisHost() host {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "/nonexistent"
	}
	return host{environ: os.Environ, home: home, timeout: 10 * time.Second}
}

func (h host) getenv(name string) string {
	for _, e := range h.environ() {
		if v, ok := strings.CutPrefix(e, name+"="); ok {
			return v
		}
	}
	return ""
}

// question makes an interpreter tell what it is; an environment or a shim answers for what stands behind it.
// It imports nothing, since a fresh host waits for the answers before its first job.
const question = `import sys
print('\x1f'.join(['dhub', sys.implementation.name, '%d.%d.%d' % sys.version_info[:3], getattr(sys, '_base_executable', None) or sys.executable,
    sys.base_prefix, getattr(sys, 'platlibdir', 'lib'), getattr(sys, 'abiflags', '')]))`

// remembered is the cache file: what each candidate answered, as long as it and its surroundings are unchanged.
type remembered struct {
	Generation int               `json:"generation"`
	Answers    map[string]answer `json:"answers"`
}

type answer struct {
	Stamp string       `json:"stamp"`
	Real  string       `json:"real,omitempty"` // stamp of the executable behind
	Found *Interpreter `json:"found,omitempty"`
}

const cacheGeneration = 3

// Probe implements runtime.Prober: it runs each candidate once and remembers its answer in dir.
func (rt *Runtime) Probe(ctx context.Context, dir string) (json.RawMessage, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("probe interpreters: %w", err)
	}
	cacheFile := filepath.Join(dir, "interpreters.json")
	old := remembered{}
	if b, err := os.ReadFile(cacheFile); err == nil {
		if json.Unmarshal(b, &old) != nil || old.Generation != cacheGeneration {
			old = remembered{}
		}
	}
	candidates := rt.host.candidates()
	answers := rt.host.ask(ctx, candidates, old.Answers)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	now := remembered{Generation: cacheGeneration, Answers: map[string]answer{}}
	for i, c := range candidates {
		now.Answers[c] = answers[i]
	}
	if b, err := json.Marshal(now); err == nil {
		if err := replaceFile(cacheFile, b); err != nil {
			return nil, fmt.Errorf("remember interpreters: %w", err)
		}
	}
	s := rt.host.settings(candidates, answers)
	s.BuilderEnv = filepath.Join(dir, "builder.env")
	if err := replaceFile(s.BuilderEnv, rt.host.builderEnv()); err != nil {
		return nil, fmt.Errorf("write the builder's environment: %w", err)
	}
	return json.Marshal(s)
}

// candidates lists executables that may be interpreters, those on PATH first, each path once.
func (h host) candidates() []string {
	var out []string
	add := func(paths ...string) {
		for _, p := range paths {
			if real, err := filepath.EvalSymlinks(p); err == nil && strings.HasPrefix(filepath.Base(real), "python") {
				p = real // one interpreter under several names is run once; a program of many names keeps the one given
			}
			if info, err := os.Stat(p); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	or := func(name, otherwise string) string {
		if v := h.getenv(name); v != "" {
			return v
		}
		return otherwise
	}
	pyenv := or("PYENV_ROOT", filepath.Join(h.home, ".pyenv"))
	add(filepath.SplitList(h.getenv("DHUB_PYTHON"))...)
	names := []string{"python3"}
	for minor := oldest; minor <= 19; minor++ {
		names = append(names, "python3."+strconv.Itoa(minor))
	}
	names = append(names, "python")
	for _, d := range filepath.SplitList(h.getenv("PATH")) {
		if !filepath.IsAbs(d) {
			continue
		}
		if d == filepath.Join(pyenv, "shims") {
			add(h.pyenvChoice(pyenv)...) // what its shims, which are slow, would start
			continue
		}
		for _, n := range names {
			if strings.HasSuffix(d, "/shims") && n != "python3" {
				continue // a version manager's shim is slow: the versions' own folders are below
			}
			add(filepath.Join(d, n))
		}
	}
	data := or("XDG_DATA_HOME", filepath.Join(h.home, ".local/share"))
	for _, pattern := range []string{
		filepath.Join(pyenv, "versions/3.*/bin/python3"),
		filepath.Join(or("UV_PYTHON_INSTALL_DIR", filepath.Join(data, "uv/python")), "cpython-3.*/bin/python3"),
		filepath.Join(or("ASDF_DATA_DIR", filepath.Join(h.home, ".asdf")), "installs/python/3.*/bin/python3"),
		filepath.Join(or("MISE_DATA_DIR", filepath.Join(data, "mise")), "installs/python/3.*/bin/python3"),
	} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			continue
		}
		for _, f := range found {
			if m := folderVersion.FindStringSubmatch(f); m != nil {
				if minor, err := strconv.Atoi(m[1]); err == nil && minor < oldest {
					continue
				}
			}
			add(f)
		}
	}
	return out
}

// pyenvChoice lists the interpreters that a user of pyenv chose for everywhere, in order.
func (h host) pyenvChoice(root string) []string {
	chosen := strings.Split(h.getenv("PYENV_VERSION"), ":")
	if chosen[0] == "" {
		b, err := os.ReadFile(filepath.Join(root, "version"))
		if err != nil {
			return nil
		}
		chosen = strings.Fields(string(b))
	}
	var out []string
	for _, v := range chosen {
		if filepath.IsLocal(v) {
			out = append(out, filepath.Join(root, "versions", v, "bin/python3"))
		}
	}
	return out
}

// folderVersion reads the version in a folder of a version manager; what is surely too old is not run.
var folderVersion = regexp.MustCompile(`/(?:cpython-)?3\.([0-9]+)[^/]*/bin/python3$`)

// ask runs the candidates whose answer is not remembered, a few at a time.
func (h host) ask(ctx context.Context, candidates []string, old map[string]answer) []answer {
	out := make([]answer, len(candidates))
	around := h.surroundings()
	var wg sync.WaitGroup
	turn := make(chan struct{}, 8)
	for i, c := range candidates {
		out[i].Stamp = stamp(c) + around
		if a, ok := old[c]; ok && a.Stamp == out[i].Stamp && (a.Found == nil || a.Real == stamp(a.Found.Path)) {
			out[i] = a
			continue
		}
		wg.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			out[i].Found = h.run(ctx, c)
			if out[i].Found != nil {
				out[i].Real = stamp(out[i].Found.Path)
			}
		})
	}
	wg.Wait()
	return out
}

func (h host) run(ctx context.Context, path string) *Interpreter {
	ctx, cancel := context.WithTimeout(ctx, h.timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, "-I", "-S", "-c", question)
	cmd.Env = h.environ()
	cmd.WaitDelay = time.Second
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	parts := strings.Split(strings.TrimSuffix(string(out), "\n"), "\x1f")
	if len(parts) != 7 || parts[0] != "dhub" || parts[1] != "cpython" || strings.Contains(parts[6], "t") {
		return nil
	}
	real, err := filepath.EvalSymlinks(parts[3])
	if err != nil {
		return nil
	}
	p := &Interpreter{Path: real, Version: parts[2]}
	p.Pip, p.EnsurePip = installers(parts[4], parts[5], p.minor())
	return p
}

// installers looks for the interpreter's own pip, where distributions put it too, and for ensurepip.
func installers(prefix, lib string, minor int) (pip string, ensurepip bool) {
	var dirs []string
	version := "python3." + strconv.Itoa(minor)
	for _, l := range []string{lib, "lib"} {
		home := filepath.Join(prefix, l, version)
		dirs = append(dirs, filepath.Join(home, "site-packages"))
		if _, err := os.Stat(filepath.Join(home, "ensurepip/__init__.py")); err == nil {
			ensurepip = true
		}
	}
	if prefix == "/usr" {
		dirs = append(dirs, "/usr/local/lib/"+version+"/dist-packages", "/usr/lib/python3/dist-packages")
	}
	for _, d := range dirs {
		found, err := filepath.Glob(filepath.Join(d, "pip-*-info")) // .dist-info, .egg-info
		if err == nil && len(found) > 0 {
			name := strings.TrimPrefix(filepath.Base(found[0]), "pip-")
			pip, _, _ = strings.Cut(strings.TrimSuffix(strings.TrimSuffix(name, ".dist-info"), ".egg-info"), "-")
			break
		}
	}
	return pip, ensurepip
}

// surroundings changes when a version manager may point its shims elsewhere.
func (h host) surroundings() string {
	s := h.getenv("PYENV_VERSION")
	for _, f := range []string{filepath.Join(h.home, ".pyenv/version"), filepath.Join(h.home, ".tool-versions"), filepath.Join(h.home, ".config/mise/config.toml")} {
		s += "|" + stamp(f)
	}
	return s
}

func stamp(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%d.%d", info.ModTime().UnixNano(), info.Size())
}

func (h host) settings(candidates []string, answers []answer) Settings {
	s := Settings{Interpreters: []Interpreter{}}
	for i := range candidates {
		p := answers[i].Found
		if p == nil || p.minor() < oldest {
			continue
		}
		if s.Default == "" {
			s.Default = p.Path
		}
		if !slices.ContainsFunc(s.Interpreters, func(o Interpreter) bool { return o.Path == p.Path }) {
			s.Interpreters = append(s.Interpreters, *p)
		}
	}
	slices.SortStableFunc(s.Interpreters, func(a, b Interpreter) int { return compareVersions(b.Version, a.Version) })
	dirs := append(filepath.SplitList(h.getenv("PATH")), filepath.Join(h.home, ".local/bin"), filepath.Join(h.home, ".cargo/bin"))
	for _, d := range dirs {
		p := filepath.Join(d, "uv")
		if info, err := os.Stat(p); filepath.IsAbs(d) && err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
			s.UV = p
			break
		}
	}
	return s
}

func compareVersions(a, b string) int {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(x), len(y)) {
		m, _ := strconv.Atoi(x[i])
		n, _ := strconv.Atoi(y[i])
		if m != n {
			return m - n
		}
	}
	return len(x) - len(y)
}

// Names and prefixes of the server's variables that installers need; a configured index may hold a
// password, so they go into a file of mode 0600 and never into a plan.
var (
	builderNames = []string{"HOME", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE",
		"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy", "NETRC",
		"CC", "CXX", "CFLAGS", "LDFLAGS", "PKG_CONFIG_PATH"}
	builderPrefixes = []string{"PIP_", "UV_"}
)

// builderEnv lists name=value, each ended by NUL.
func (h host) builderEnv() []byte {
	var lines []string
	for _, e := range h.environ() {
		name, _, ok := strings.Cut(e, "=")
		if ok && (slices.Contains(builderNames, name) || slices.ContainsFunc(builderPrefixes, func(p string) bool { return strings.HasPrefix(name, p) })) {
			lines = append(lines, e+"\x00")
		}
	}
	slices.Sort(lines)
	return []byte(strings.Join(lines, ""))
}

// replaceFile writes a file whole or not at all, readable by its owner only.
func replaceFile(path string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
