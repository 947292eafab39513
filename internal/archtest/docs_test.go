package archtest

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestDecisionsAreNumbered holds docs/adr to one file per number, from 0001 on without a gap.
func TestDecisionsAreNumbered(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../docs/adr/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("no decisions: %v", err)
	}
	for i, path := range files { // sorted
		name := filepath.Base(path)
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf("%04d", i+1)
		if !strings.HasPrefix(name, want+"-") || !strings.HasPrefix(string(text), "# "+name[:4]+": ") {
			t.Errorf("%s: the number %s is expected, in its name and its title", name, want)
		}
		for _, part := range []string{"## Context", "## Choice", "## Rejected", "## Consequence"} {
			if !strings.Contains(string(text), part) {
				t.Errorf("%s has no %q", name, part)
			}
		}
	}
}

// TestChangelogFragments holds the fragments of the next release to their form.
func TestChangelogFragments(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../changelog/unreleased/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fragments: %v", err)
	}
	name, title := regexp.MustCompile(`^\d{4}-[a-z0-9-]+\.md$`), regexp.MustCompile(`^(Bugfix|Enhancement|Change|Security): [^\n]+\n\n\S`)
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !name.MatchString(filepath.Base(path)) || !title.Match(text) {
			t.Errorf("%s: NNNN-words.md that begins as changelog/TEMPLATE.md says is expected", path)
		}
	}
}
