package python

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"dhub/engine"
	"dhub/entity"
	"dhub/runtime"
)

// Settings is what Probe found on the host and Plan reads.
type Settings struct {
	Interpreters []Interpreter `json:"interpreters"`      // newest first, each real executable once
	Default      string        `json:"default,omitempty"` // path of the one that python3 means here
	UV           string        `json:"uv,omitempty"`
	BuilderEnv   string        `json:"builder_env,omitempty"` // file with what pip and uv need of the server's environment
}

// Interpreter is one CPython of the host.
type Interpreter struct {
	Path      string `json:"path"`          // the executable itself, behind links, shims and environments
	Version   string `json:"version"`       // 3.11.7
	Pip       string `json:"pip,omitempty"` // version of its own pip
	EnsurePip bool   `json:"ensurepip,omitempty"`
}

// minor returns 11 of 3.11.7, -1 when the version is no Python 3.
func (i Interpreter) minor() int {
	parts := strings.Split(i.Version, ".")
	if len(parts) < 2 || parts[0] != "3" {
		return -1
	}
	n, err := strconv.Atoi(parts[1])
	if err != nil {
		return -1
	}
	return n
}

// oldest is the first minor version that our own modules run on.
const oldest = 10

var versionPattern = regexp.MustCompile(`^PYTHON3_([0-9]+)$`)

// choose finds the interpreter for a python_version: that version, else the nearest newer one with a
// notice; without a version the host's default.
func choose(settings json.RawMessage, want string, exact bool) (Interpreter, Settings, []engine.Notice, error) {
	var s Settings
	if len(settings) > 0 {
		if err := json.Unmarshal(settings, &s); err != nil {
			return Interpreter{}, s, nil, fmt.Errorf("read settings of the python runtime: %w", err)
		}
	}
	minor := 0
	if m := versionPattern.FindStringSubmatch(want); m != nil {
		minor, _ = strconv.Atoi(m[1])
	}
	best := -1
	for i, p := range s.Interpreters {
		switch {
		case p.minor() < max(minor, oldest):
		case minor == 0 && p.Path == s.Default:
			return p, s, nil, nil
		case best < 0 || minor > 0 && p.minor() < s.Interpreters[best].minor():
			best = i
		}
	}
	if best < 0 || exact && minor > 0 && s.Interpreters[best].minor() != minor {
		return Interpreter{}, s, nil, interpreterMissing(s, minor, exact)
	}
	chosen := s.Interpreters[best]
	if minor > 0 && chosen.minor() != minor {
		return chosen, s, []engine.Notice{{Field: "python_version", Code: "interpreter_newer",
			Message: fmt.Sprintf("Python 3.%d is not installed here; the nearest newer one, %s, is used", minor, chosen.Version)}}, nil
	}
	return chosen, s, nil, nil
}

func interpreterMissing(s Settings, minor int, exact bool) error {
	var found []string
	for _, p := range s.Interpreters {
		found = append(found, p.Version)
	}
	have := "none was found"
	if len(found) > 0 {
		have = "found are " + strings.Join(found, ", ")
	}
	want := "Python 3.10 or newer"
	if minor > 0 {
		want = fmt.Sprintf("Python 3.%d or newer", max(minor, oldest))
		if exact {
			want = fmt.Sprintf("exactly Python 3.%d", minor)
		}
	}
	return runtime.Rejected(entity.ReasonInterpreter, "the function asks for "+want+"; on this host "+have)
}
