package python

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"dhub/engine"
	"dhub/entity"
	"dhub/runtime"
)

// report is what the wrapper leaves at $DHUB_REPORT.
type report struct {
	Results map[string]json.RawMessage `json:"results"`
	Outputs map[string]string          `json:"outputs"`
	Error   *struct {
		Kind        string   `json:"kind"`
		Type        string   `json:"type"`
		Message     string   `json:"message"`
		LastLine    string   `json:"last_line"`
		Module      string   `json:"module"`
		Requirement string   `json:"requirement"`
		Arguments   []string `json:"arguments"`
	} `json:"error"`
}

// Finish implements runtime.Finisher. A process that left no report has neither results nor outputs.
func (*Runtime) Finish(ctx context.Context, r runtime.Request, s engine.Status) (runtime.Outcome, error) {
	if err := ctx.Err(); err != nil {
		return runtime.Outcome{}, err
	}
	rep, err := readReport(s.Report)
	if err != nil {
		return runtime.Outcome{}, err
	}
	return runtime.Outcome{Outputs: rep.Outputs, Results: rep.Results}, nil
}

func readReport(b json.RawMessage) (report, error) {
	var rep report
	if len(b) == 0 {
		return rep, nil
	}
	if err := json.Unmarshal(b, &rep); err != nil {
		return report{}, runtime.Rejected(entity.ReasonReport, "the report of the process cannot be read: "+err.Error())
	}
	for name, key := range rep.Outputs {
		if _, ok := entity.ParseKey(key); !ok {
			return report{}, runtime.Rejected(entity.ReasonReport, fmt.Sprintf("the report of the process names %q as output %q, which is no entity key", key, name))
		}
	}
	return rep, nil
}

// Explain implements runtime.Explainer: the user's exception before the exit code, but what the engine did
// to the process (limit, timeout, stop, loss) before both.
func (*Runtime) Explain(s engine.Status) (entity.Reason, bool) {
	switch s.Reason.Code {
	case "", entity.ReasonExitCode, entity.ReasonSignal, entity.ReasonCompleted, entity.ReasonUserError, entity.ReasonExecuting:
	case entity.ReasonMemory, entity.ReasonTimeout:
		return withExit(entity.Reason{Code: s.Reason.Code, Message: s.Reason.Message}, s.Exit), true
	default:
		return entity.Reason{}, false
	}
	if s.Exit != nil && s.Exit.OOM {
		return withExit(entity.Reason{Code: entity.ReasonMemory, Message: "the process used more memory than it may and was killed"}, s.Exit), true
	}
	if rep, err := readReport(s.Report); err == nil && rep.Error != nil && (s.Exit == nil || s.Exit.Code != 0 || s.Exit.Signal != 0) {
		return withExit(fromError(rep), s.Exit), true
	}
	switch {
	case s.Exit == nil:
		return entity.Reason{}, false
	case s.Exit.Signal != 0:
		return withExit(entity.Reason{Code: entity.ReasonSignal, Message: "the process was ended by " + signalName(s.Exit.Signal)}, s.Exit), true
	case s.Exit.Code != 0:
		return withExit(entity.Reason{Code: entity.ReasonExitCode, Message: fmt.Sprintf("the process ended with exit code %d", s.Exit.Code)}, s.Exit), true
	}
	return entity.Reason{}, false
}

func fromError(rep report) entity.Reason {
	e := rep.Error
	r := entity.Reason{Code: entity.ReasonUserError, Message: e.LastLine}
	switch e.Kind {
	case entity.ReasonMissingModule:
		r.Code = entity.ReasonMissingModule
		if e.Requirement != "" {
			r.Message += fmt.Sprintf("; add %q to the function's requirements (dhub run -r %s)", e.Requirement, e.Requirement)
			if b, err := json.Marshal(map[string]string{"module": e.Module, "requirement": e.Requirement}); err == nil {
				r.Details = b
			}
		}
	case entity.ReasonArguments:
		r.Code = e.Kind
		if b, err := json.Marshal(map[string][]string{"arguments": e.Arguments}); err == nil {
			r.Details = b
		}
	case entity.ReasonHandler, entity.ReasonInput, entity.ReasonClientError:
		r.Code = e.Kind
	}
	if r.Message == "" {
		r.Message = strings.TrimSuffix(e.Type+": "+e.Message, ": ")
	}
	return r
}

func withExit(r entity.Reason, e *engine.Exit) entity.Reason {
	if e == nil {
		return r
	}
	if e.Signal != 0 {
		r.Signal = signalName(e.Signal)
		return r
	}
	code := e.Code
	r.ExitCode = &code
	return r
}

// Names of the signals that end processes; numbers of Linux.
var signalNames = map[int]string{1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE",
	9: "SIGKILL", 10: "SIGUSR1", 11: "SIGSEGV", 12: "SIGUSR2", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM", 24: "SIGXCPU", 25: "SIGXFSZ", 31: "SIGSYS"}

func signalName(n int) string {
	if name, ok := signalNames[n]; ok {
		return name
	}
	return fmt.Sprintf("signal %d", n)
}
