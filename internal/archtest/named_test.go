package archtest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// goTest finds commands that run Go tests by name, as documents and the Makefile write them.
var goTest = regexp.MustCompile(`(?:go|\$\(GO\)) test ((?:\./\S+ )+)-run ("[^"]+"|[^\s` + "`" + `]+)`)

// TestTestsNamedInDocumentsExist: a command that names a test which is not there passes and shows nothing.
func TestTestsNamedInDocumentsExist(t *testing.T) {
	t.Parallel()
	root := moduleRoot(t)
	files, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, file := range append(files, filepath.Join(root, "Makefile"), filepath.Join(root, "README.md")) {
		for _, m := range goTest.FindAllStringSubmatch(read(t, file), -1) {
			names := testsOf(t, root, strings.Fields(m[1]))
			pattern := strings.NewReplacer(`"`, "", `\|`, "|").Replace(m[2])
			for one := range strings.SplitSeq(pattern, "|") {
				one, _, _ = strings.Cut(one, "/") // subtests have names of their own
				want, err := regexp.Compile(one)
				if err != nil {
					t.Errorf("%s: %q: %v", filepath.Base(file), m[0], err)
					continue
				}
				if found++; !want.MatchString(strings.Join(names, "\n")) {
					t.Errorf("%s: %q names no test by %q", filepath.Base(file), m[0], one)
				}
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d names were found; the form of the commands has changed", found)
	}
}

var testName = regexp.MustCompile(`(?m)^func (Test\w+)\(`)

// testsOf lists the tests of packages, with "/..." also of those below.
func testsOf(t *testing.T, root string, patterns []string) (names []string) {
	t.Helper()
	for _, p := range patterns {
		dir, below := strings.CutSuffix(p, "/...")
		dir = filepath.Join(root, dir)
		err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() && path != dir && !below {
				return filepath.SkipDir
			}
			if strings.HasSuffix(path, "_test.go") {
				for _, m := range testName.FindAllStringSubmatch(read(t, path), -1) {
					names = append(names, m[1])
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return names
}
