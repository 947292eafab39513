// Command reasons prints docs/reasons.md from the table of reason codes.
package main

import (
	"fmt"
	"os"
	"strings"

	"dhub/entity"
)

func main() { fmt.Fprint(os.Stdout, document()) }

func document() string {
	var b strings.Builder
	b.WriteString("# Reasons\n\nMade from `entity/reason.go` by `make gen`; do not edit.\n\n" +
		"A run's `status.reason.code` says what its state waits on or why it ended. `dhub why RUN` says it in words.\n")
	for _, part := range []struct {
		title string
		final bool
	}{{"Of runs that have not ended", false}, {"Of runs that have ended", true}} {
		fmt.Fprintf(&b, "\n## %s\n\n| code | what it means | what to do |\n|---|---|---|\n", part.title)
		for _, r := range entity.Reasons {
			if r.Final == part.final {
				fmt.Fprintf(&b, "| `%s` | %s | %s |\n", r.Code, r.Meaning, r.Advice)
			}
		}
	}
	return b.String()
}
