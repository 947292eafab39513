package run

import (
	"fmt"
	"syscall"

	"dhub/engine"
	"dhub/entity"
	"dhub/runtime"
)

// reasonOf words the end of an attempt. What the engine knows (a limit, a lost keeper, a failed build) goes
// before what the runtime reads in the report, and that before the bare exit code.
func reasonOf(rt runtime.Runtime, s engine.Status) entity.Reason {
	if s.Phase == engine.Succeeded {
		return makeReason(entity.ReasonCompleted, "")
	}
	r := entity.Reason{Code: s.Reason.Code, Message: s.Reason.Message}
	if info, ok := entity.FindReason(r.Code); !ok || !info.Final || r.Code == entity.ReasonCompleted {
		r.Code = ""
	}
	if s.Exit != nil {
		r.ExitCode, r.Signal = &s.Exit.Code, signalName(s.Exit.Signal)
		if s.Exit.Signal != 0 {
			r.ExitCode = nil
		}
	}
	plain := r.Code == "" || r.Code == entity.ReasonExitCode || r.Code == entity.ReasonSignal || r.Code == entity.ReasonUserError
	if plain && s.Phase == engine.Failed {
		if x, ok := rt.(runtime.Explainer); ok {
			if better, ok := x.Explain(s); ok && better.Code != "" {
				if better.ExitCode == nil {
					better.ExitCode = r.ExitCode
				}
				if better.Signal == "" {
					better.Signal = r.Signal
				}
				return better
			}
		}
	}
	if r.Code == "" {
		r.Code = genericCode(s)
	}
	if r.Message == "" {
		r.Message = wordEnd(r, s)
	}
	return r
}

func genericCode(s engine.Status) string {
	switch {
	case s.Phase == engine.Lost:
		return entity.ReasonUnknownOutcome
	case s.Phase == engine.Stopped:
		return entity.ReasonStopped
	case s.Exit == nil:
		return entity.ReasonStartFailed
	case s.Exit.OOM:
		return entity.ReasonMemory
	case s.Exit.Signal != 0:
		return entity.ReasonSignal
	}
	return entity.ReasonExitCode
}

func wordEnd(r entity.Reason, s engine.Status) string {
	switch r.Code {
	case entity.ReasonExitCode:
		return fmt.Sprintf("The process ended with exit code %d.", s.Exit.Code)
	case entity.ReasonSignal:
		return fmt.Sprintf("The process was ended by signal %s.", r.Signal)
	}
	info, _ := entity.FindReason(r.Code)
	return info.Meaning
}

func signalName(n int) string {
	names := map[syscall.Signal]string{syscall.SIGHUP: "SIGHUP", syscall.SIGINT: "SIGINT", syscall.SIGQUIT: "SIGQUIT",
		syscall.SIGILL: "SIGILL", syscall.SIGTRAP: "SIGTRAP", syscall.SIGABRT: "SIGABRT", syscall.SIGFPE: "SIGFPE",
		syscall.SIGKILL: "SIGKILL", syscall.SIGSEGV: "SIGSEGV", syscall.SIGPIPE: "SIGPIPE", syscall.SIGTERM: "SIGTERM"}
	if n == 0 {
		return ""
	}
	if name, ok := names[syscall.Signal(n)]; ok {
		return name
	}
	return fmt.Sprintf("signal %d", n)
}
