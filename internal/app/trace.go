package app

import (
	"fmt"
	"os"
)

// stepTrace writes the beginning and end of the run manager's steps to a file, so that tools/chaos knows
// whether a kill landed inside one. It is off unless DHUB_TRACE_STEPS names the file.
type stepTrace struct{ f *os.File }

func openTrace(name string) (*stepTrace, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	return &stepTrace{f}, err
}

func (t *stepTrace) step(begin bool, step, uid string) {
	if t == nil {
		return
	}
	word := "end"
	if begin {
		word = "begin"
	}
	fmt.Fprintf(t.f, "%s %s %s\n", word, step, uid)
}

func (t *stepTrace) close() {
	if t != nil {
		_ = t.f.Close()
	}
}
