// Package archtest holds the architecture: who may import whom, that every package says what it is, and
// that every engine and runtime is listed, documented and runs its conformance suite.
package archtest

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

type pkg struct {
	ImportPath, Dir, Doc   string
	Imports, GoFiles, Deps []string
}

// rule allows a package (or a subtree, with a trailing /...) to import packages of this module, besides
// the standard library. third lists the modules outside of it that it may use.
type rule struct {
	of, may, third string
}

// rules is the import table. The first rule that matches a package holds.
var rules = []rule{
	{"entity", "", ""},
	{"engine", "entity", ""},
	{"engine/local/keeper", "", "golang.org/x/sys"},
	{"engine/enginetest", "entity engine", ""},
	{"engine/fake", "entity engine", ""},
	{"engine/all", "entity engine engine/...", ""},
	{"engine/...", "entity engine engine/local/...", "golang.org/x/sys"},
	{"runtime", "entity engine runtime/schema", ""},
	{"runtime/schema", "entity", "github.com/santhosh-tekuri/jsonschema golang.org/x/text"},
	{"runtime/runtimetest", "entity engine runtime", ""},
	{"runtime/all", "entity engine runtime runtime/...", ""},
	{"runtime/...", "entity engine runtime runtime/schema sdk/python", ""},
	{"client", "entity", ""},
	{"sdk/python", "", ""},
	{"examples", "", ""},
	{"internal/store", "entity", ""},
	{"internal/store/storetest/...", "entity internal/store internal/store/...", "*"},
	{"internal/store/...", "entity internal/store internal/store/sqlstore", "modernc.org github.com/jackc golang.org/x/sync"},
	{"internal/blob/...", "entity internal/store internal/blob", "golang.org/x/sys"},
	{"internal/event", "entity internal/store", ""},
	{"internal/secret", "entity internal/store", ""},
	{"internal/s3gate", "entity internal/blob internal/auth", "github.com/rclone/gofakes3 github.com/google/uuid"},
	{"internal/artifact", "entity internal/store internal/blob internal/s3gate", ""},
	{"internal/catalog", "entity engine runtime runtime/schema internal/store internal/event internal/blob", "github.com/google/uuid"},
	{"internal/run", "entity engine runtime runtime/schema internal/store internal/event internal/blob internal/secret internal/catalog", "github.com/klauspost/compress github.com/google/uuid"},
	{"internal/trigger/...", "entity internal/store internal/event internal/catalog internal/run internal/trigger/...", "github.com/adhocore/gronx"},
	{"internal/httpapi", "entity internal/store internal/catalog internal/run internal/trigger internal/artifact internal/secret internal/event internal/telemetry internal/yamljson", "github.com/danielgtaylor/huma"},
	{"internal/yamljson", "entity", "go.yaml.in"},
	{"internal/telemetry", "entity", ""},
	{"internal/web", "", ""},
	{"internal/archtest", "", ""},
	{"internal/cli", "entity client examples", "github.com/spf13/cobra sigs.k8s.io/yaml golang.org/x/term"},
	{"internal/app", "...", "*"},
	{"cmd/dhub", "engine/local/keeper internal/app internal/cli", ""},
	{"tools/...", "entity client", "*"},
	{"bench/...", "...", "*"},
	{"e2e/everything", "entity engine runtime runtime/...", ""},
	{"e2e", "...", "*"},
}

func TestImportsFollowTheTable(t *testing.T) {
	t.Parallel()
	for _, p := range load(t) {
		name := strings.TrimPrefix(p.ImportPath, "dhub/")
		r, ok := ruleFor(name)
		if !ok {
			t.Errorf("%s stands in no rule: give it a line in the table of this test", name)
			continue
		}
		for _, imp := range p.Imports {
			switch {
			case strings.HasPrefix(imp, "dhub/"):
				if !allowed(strings.TrimPrefix(imp, "dhub/"), r.may) {
					t.Errorf("%s imports %s; it may import: %s", name, imp, orNothing(r.may))
				}
			case strings.Contains(strings.SplitN(imp, "/", 2)[0], "."):
				if !allowed(imp, r.third) {
					t.Errorf("%s imports %s; of other modules it may import: %s", name, imp, orNothing(r.third))
				}
			}
		}
	}
}

func ruleFor(name string) (rule, bool) {
	for _, r := range rules {
		if r.of == name || strings.HasSuffix(r.of, "/...") && (strings.HasPrefix(name, strings.TrimSuffix(r.of, "...")) || name == strings.TrimSuffix(r.of, "/...")) {
			return r, true
		}
	}
	return rule{}, false
}

func allowed(imp, list string) bool {
	for _, a := range strings.Fields(list) {
		prefix, tree := strings.CutSuffix(a, "/...")
		if a == "*" || a == "..." || imp == a || (tree || strings.Contains(a, ".")) && strings.HasPrefix(imp, prefix+"/") || tree && imp == prefix {
			return true
		}
	}
	return false
}

func orNothing(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}

func TestStandInsAreLinkedIntoNoRelease(t *testing.T) {
	t.Parallel()
	for _, p := range load(t) {
		if p.ImportPath != "dhub/cmd/dhub" {
			continue
		}
		for _, d := range p.Deps {
			if strings.HasPrefix(d, "dhub/") && (strings.HasSuffix(d, "test") || d == "dhub/engine/fake") {
				t.Errorf("the binary links %s, which is for tests", d)
			}
		}
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	t.Parallel()
	for _, p := range load(t) {
		if len(p.GoFiles) > 0 && strings.TrimSpace(p.Doc) == "" {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
	}
}

func TestOnlyTheKeeperHasAnInit(t *testing.T) {
	t.Parallel()
	for _, p := range load(t) {
		if p.ImportPath == "dhub/engine/local/keeper" {
			continue
		}
		for _, f := range p.GoFiles {
			if strings.Contains(read(t, filepath.Join(p.Dir, f)), "\nfunc init()") {
				t.Errorf("%s/%s has an init; wire it in its constructor instead", p.ImportPath, f)
			}
		}
	}
}

func TestEnginesAndRuntimesAreListedDocumentedAndConform(t *testing.T) {
	t.Parallel()
	root := moduleRoot(t)
	for _, seam := range []struct{ dir, suite string }{{"engine", "enginetest"}, {"runtime", "runtimetest"}} {
		all := read(t, filepath.Join(root, seam.dir, "all", "all.go"))
		entries, err := os.ReadDir(filepath.Join(root, seam.dir))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			name := e.Name()
			if !e.IsDir() || name == "all" || name == "fake" || name == "schema" || name == seam.suite {
				continue
			}
			dir := filepath.Join(root, seam.dir, name)
			if !strings.Contains(all, "dhub/"+seam.dir+"/"+name) {
				t.Errorf("%s/%s is missing from %s/all", seam.dir, name, seam.dir)
			}
			if _, err := os.Stat(filepath.Join(dir, "README.md")); err != nil {
				t.Errorf("%s/%s has no README.md", seam.dir, name)
			}
			if !grep(t, dir, seam.suite+".Run(") {
				t.Errorf("%s/%s does not call %s.Run", seam.dir, name, seam.suite)
			}
		}
	}
}

func TestNothingNamesARuntimeOrAnEngineOutsideItsFolder(t *testing.T) {
	t.Parallel()
	for _, p := range load(t) {
		name := strings.TrimPrefix(p.ImportPath, "dhub/")
		if strings.HasPrefix(name, "runtime/") || strings.HasPrefix(name, "engine/") || name == "sdk/python" ||
			strings.HasPrefix(name, "tools/") || strings.HasSuffix(name, "test") || strings.HasPrefix(name, "bench") || name == "e2e" || name == "examples" {
			continue
		}
		for _, f := range p.GoFiles {
			src := read(t, filepath.Join(p.Dir, f))
			for _, word := range []string{`"python"`, `"python+`, `"local"`, `"kubernetes"`} {
				for i, line := range strings.Split(src, "\n") {
					code, _, _ := strings.Cut(line, "//")
					if strings.Contains(code, word) && !allowedName[name+" "+word] {
						t.Errorf("%s/%s:%d names %s; a runtime or an engine is named in its own folder only", name, f, i+1, word)
					}
				}
			}
		}
	}
}

// allowedName lists words that mean something else where they stand.
var allowedName = map[string]bool{
	`internal/catalog "kubernetes"`: true, // the published name of the provider of secrets
	`internal/secret "kubernetes"`:  true,
	`internal/cli "kubernetes"`:     true,
}

// Adding an engine or a runtime touches its folder and one line of its seam's list, so nothing else imports one.
func TestImplementationsAreListedInOnePlace(t *testing.T) {
	t.Parallel()
	shared := map[string]bool{"engine/all": true, "engine/enginetest": true, "runtime/all": true, "runtime/runtimetest": true, "runtime/schema": true}
	listed := map[string]bool{}
	for _, p := range load(t) {
		name := strings.TrimPrefix(p.ImportPath, "dhub/")
		for _, imp := range p.Imports {
			imp, ours := strings.CutPrefix(imp, "dhub/")
			seam, rest, ok := strings.Cut(imp, "/")
			if !ours || !ok || seam != "engine" && seam != "runtime" || shared[imp] || strings.Contains(rest, "/") {
				continue // what takes over in a main package is below an engine's folder
			}
			listed[imp] = listed[imp] || name == seam+"/all"
			if name != seam+"/all" && name != imp && !strings.HasPrefix(name, imp+"/") {
				t.Errorf("%s imports %s; an implementation is named in %s/all only", name, imp, seam)
			}
		}
	}
	if !listed["engine/local"] || !listed["runtime/python"] {
		t.Errorf("got %v, want the lists to name their implementations", listed)
	}
}

func TestSQLiteAndItsLibcMoveTogether(t *testing.T) {
	t.Parallel()
	mod := read(t, filepath.Join(moduleRoot(t), "go.mod"))
	for _, want := range []string{"modernc.org/sqlite v1.60.1", "modernc.org/libc v1.77.1"} {
		if !strings.Contains(mod, want) {
			t.Errorf("go.mod does not pin %s; the two are tested as a pair", want)
		}
	}
}

func load(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,Doc,Imports,GoFiles,Deps", "./...")
	cmd.Dir = moduleRoot(t)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var list []pkg
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
}

func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func grep(t *testing.T, dir, text string) bool {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		if strings.Contains(read(t, n), text) {
			return true
		}
	}
	return false
}
