package python

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var (
	definition = regexp.MustCompile(`(?m)^(?:async[ \t]+)?(?:def|class)[ \t]+([\pL_][\pL\pN_]*)`)
	// dynamic finds code that may define names which its text does not show.
	dynamic = regexp.MustCompile(`import[ \t]*\(?[ \t]*\*|\b(?:globals|exec|vars|setattr|__getattr__|__import__)\b`)
)

// CheckHandler implements runtime.SourceChecker: it looks for a line that gives the handler its name, by def,
// class, import or assignment, and lets everything pass that may define names in another way.
func (*Runtime) CheckHandler(source []byte, handler string) error {
	name, _, _ := strings.Cut(handler, ".")
	if strings.Contains(handler, ":") || dynamic.Match(source) {
		return nil
	}
	q := regexp.QuoteMeta(name)
	named := regexp.MustCompile(`(?m)\b(?:def|class|as)[ \t]+` + q + `(?:[^\pL\pN_]|$)` + // def, class, import … as, with … as
		`|^[ \t]*(?:[^#\n]*[^\pL\pN_.#\n])?` + q + `[ \t]*(?:,[^=#\n]*|:[^=#\n]*)?=` + // assignments, also of several names
		`|\bimport\b[^\n]*[^\pL\pN_.]` + q + `(?:[^\pL\pN_]|$)` +
		`|\bimport[ \t]*\([^)]*[^\pL\pN_.]` + q + `(?:[^\pL\pN_]|$)` +
		`|\bfor[ \t][^\n]*[^\pL\pN_.]` + q + `(?:[^\pL\pN_]|$)`)
	if named.Match(source) {
		return nil
	}
	var have []string
	for _, m := range definition.FindAllSubmatch(source, -1) {
		if n := string(m[1]); !strings.HasPrefix(n, "_") && !slices.Contains(have, n) {
			have = append(have, n)
		}
	}
	if len(have) == 0 {
		return fmt.Errorf("there is no function %q; it defines none", name)
	}
	return fmt.Errorf("there is no function %q; it has %s", name, strings.Join(have, ", "))
}

// Lacks implements runtime.HostChecker.
func (*Runtime) Lacks(settings json.RawMessage) string {
	var s Settings
	if err := json.Unmarshal(settings, &s); err != nil || slices.ContainsFunc(s.Interpreters, func(i Interpreter) bool { return i.minor() >= oldest }) {
		return ""
	}
	have := "none was found"
	if len(s.Interpreters) > 0 {
		have = "only " + s.Interpreters[0].Version + " was found"
	}
	return fmt.Sprintf("runs of Python functions need Python 3.%d or newer, and %s: install python3, or name one in DHUB_PYTHON, and start the server again", oldest, have)
}
