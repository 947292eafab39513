package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dhub/client"
	"dhub/entity"
)

// report prints what was noted on the way, results, outputs and, for a failure, the reason and what to do. src
// is the file that was run, where the command knows it.
func (a *app) report(run client.Entity, src source) error {
	s := run.RunStatus()
	for _, n := range s.Notices {
		if !slices.Contains(src.told, n.Message) {
			fmt.Fprintf(a.err, "note: %s\n", n.Message)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(s.Results)) {
		fmt.Fprintf(a.out, "%s = %s\n", k, compact(s.Results[k]))
	}
	for _, k := range slices.Sorted(maps.Keys(s.Outputs)) {
		fmt.Fprintf(a.out, "%s -> %s\n", k, s.Outputs[k])
	}
	if s.State == entity.StateCompleted {
		fmt.Fprintf(a.err, "completed\n")
		if len(s.Outputs) > 0 {
			fmt.Fprintf(a.err, "  fetch an output: dhub download KEY\n")
		}
		return nil
	}
	e := entity.Why(run.Raw)
	cause := e.Headline
	if s.Reason != nil && s.Reason.Message != "" {
		cause = s.Reason.Message
	}
	if file := src.beside(s.Reason); file != "" { // a package of that name may be a stranger's
		cause, _, _ = strings.Cut(cause, "; add ")
		e.Advice = fmt.Sprintf("%s lies beside %s, but a run gets that one file alone: put what it needs into it, or make a package of %[1]s and add that with -r.", file, filepath.Base(src.file))
	}
	if advice := src.lacking(s.Reason); advice != "" {
		e.Advice = advice
	}
	fmt.Fprintf(a.err, "%s: %s\n", strings.ToLower(string(s.State)), cause)
	if e.Advice != "" {
		fmt.Fprintf(a.err, "  %s\n", e.Advice)
	}
	fmt.Fprintf(a.err, "  more: dhub why %s\n", run.ID)
	return exitCode(jobExit(s))
}

// beside names the file or folder next to the function's own that holds the module whose absence ended the run.
func (s source) beside(reason *entity.Reason) string {
	if s.file == "" || reason == nil || reason.Code != entity.ReasonMissingModule {
		return ""
	}
	var details struct{ Module string }
	if json.Unmarshal(reason.Details, &details) != nil || details.Module == "" || details.Module != filepath.Base(details.Module) {
		return ""
	}
	for _, name := range []string{details.Module + filepath.Ext(s.file), details.Module} {
		if _, err := os.Stat(filepath.Join(filepath.Dir(s.file), name)); err == nil {
			return name
		}
	}
	return ""
}

// lacking tells with which flags to give the arguments for want of which the function was not called; "" when the
// run failed otherwise.
func (s source) lacking(reason *entity.Reason) string {
	if reason == nil {
		return ""
	}
	if reason.Code == entity.ReasonUserError && s.init != "" && strings.Contains(reason.Message, "init_parameters gives") {
		return "Give what it takes, and nothing else, with --init-param NAME=VALUE."
	}
	var details struct{ Arguments []string }
	if reason.Code != entity.ReasonArguments || json.Unmarshal(reason.Details, &details) != nil || len(details.Arguments) == 0 {
		return ""
	}
	return fmt.Sprintf("Give each with -p, such as -p %s=VALUE, or with -i %[1]s=KEY where it is data of the project.", details.Arguments[0])
}

// jobExit is the exit code that stands for a run that did not complete: the job's own where it had one, 128 and
// the signal's number where a signal ended it, as shells say it.
func jobExit(s client.RunStatus) int {
	if s.Reason != nil && s.Reason.ExitCode != nil && *s.Reason.ExitCode > 0 && *s.Reason.ExitCode < 256 {
		return *s.Reason.ExitCode
	}
	if s.State == entity.StateStopped {
		return 130
	}
	if s.Exit.Signal > 0 && s.Exit.Signal < 128 {
		return 128 + s.Exit.Signal
	}
	return 1
}

// compact shows a result in JSON, in one line of at most 200 characters; text as people write it, without \u00fc.
func compact(raw json.RawMessage) string {
	s := string(raw)
	if text, ok := entity.AsString(raw); ok {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if e.Encode(text) == nil {
			s = strings.TrimSuffix(b.String(), "\n")
		}
	}
	const most = 200
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return s
}
