package entity

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Explanation says in words what an unfinished run waits on, or why a finished one ended as it did.
type Explanation struct {
	Code     string   `json:"code"`     // the reason's code, "" when none is recorded
	Headline string   `json:"headline"` // one line: which run, what became of it
	Detail   []string `json:"detail"`   // sentences, the most telling first
	Advice   string   `json:"advice"`   // what the reader can do
}

// Text renders the explanation for a terminal.
func (e Explanation) Text() string {
	var b strings.Builder
	b.WriteString(e.Headline + "\n")
	for _, d := range e.Detail {
		b.WriteString("  " + strings.ReplaceAll(d, "\n", "\n  ") + "\n")
	}
	if e.Advice != "" {
		b.WriteString("What to do: " + e.Advice + "\n")
	}
	return b.String()
}

// facts are the members of a rendered run that explain it.
type facts struct {
	ID, Name, Kind string
	Spec           struct {
		Function, Workflow, Schedule string
		Backoff                      int `json:"backoff_limit"`
		Timeout                      float64
		Resources                    struct{ Mem amount }
	}
	Status struct {
		State    State
		Message  string
		Reason   *Reason
		Attempt  int
		Engine   string
		Schedule struct {
			Expression string
			Next       []string
		}
		Limits      map[string]string
		Usage       map[string]float64
		Transitions []struct {
			Status State
			Time   string
		}
		Attempts []factAttempt
		Notices  []Notice
		Exit     *struct {
			Code   int
			Signal int
			OOM    bool
		}
		StartedAt  string `json:"started_at"`
		FinishedAt string `json:"finished_at"`
	}
}

// factAttempt is an attempt of a run; the present one has no reason yet.
type factAttempt struct {
	Number int
	Reason Reason
}

// ended lists the attempts that have ended.
func (f facts) ended() []factAttempt {
	return slices.DeleteFunc(slices.Clone(f.Status.Attempts), func(a factAttempt) bool { return a.Reason.Code == "" })
}

// Why explains a run from its rendered document alone; it asks nobody and knows no clock.
func Why(run json.RawMessage) Explanation {
	f := readFacts(run)
	s := f.Status
	e := Explanation{Headline: f.headline()}
	if s.Reason == nil {
		e.Detail = append(e.Detail, "No reason is recorded with this state.")
		if s.Message != "" {
			e.Detail = append(e.Detail, s.Message)
		}
		e.Advice = "Read the log of the run."
		return e
	}
	e.Code = s.Reason.Code
	info, known := FindReason(e.Code)
	if known {
		e.Detail = append(e.Detail, info.Meaning)
		e.Advice = info.Advice
	} else {
		e.Detail = append(e.Detail, fmt.Sprintf("The reason is %q, which this version does not know.", e.Code))
		e.Advice = "Read the message and the log of the run."
	}
	if m := s.Reason.Message; m != "" && m != info.Meaning {
		e.Detail = append(e.Detail, m)
	}
	e.Detail = append(e.Detail, f.process()...)
	e.Detail = append(e.Detail, f.attempts()...)
	if t := s.Transitions; len(t) > 0 && t[0].Time != "" {
		e.Detail = append(e.Detail, fmt.Sprintf("It is %s since %s.", t[0].Status, t[0].Time))
	}
	for _, n := range s.Notices {
		e.Detail = append(e.Detail, "Note: "+n.Message)
	}
	return e
}

// readFacts decodes member by member, so that one of an unexpected type hides no other.
func readFacts(run json.RawMessage) facts {
	var f facts
	if json.Unmarshal(run, &f) == nil {
		return f
	}
	f = facts{}
	o, _ := ParseObject(run)
	f.ID, f.Name, f.Kind = o.Text("id"), o.Text("name"), o.Text("kind")
	spec, _ := ParseObject(o.Get("spec"))
	f.Spec.Function, f.Spec.Workflow, f.Spec.Schedule = spec.Text("function"), spec.Text("workflow"), spec.Text("schedule")
	status, _ := ParseObject(o.Get("status"))
	for _, m := range status {
		part := Object{m}.JSON()
		kept := f.Status
		if json.Unmarshal(part, &f.Status) != nil {
			f.Status = kept
		}
	}
	return f
}

func (f facts) headline() string {
	what := "The run " + f.ID
	for _, ref := range []string{f.Spec.Function, f.Spec.Workflow} {
		if x, ok := ParseExecRef(ref); ok {
			what += " of " + x.Name
			break
		}
	}
	switch s := f.Status; s.State {
	case StateCompleted:
		return what + " completed."
	case StateError:
		return what + " failed."
	case StateStopped:
		return what + " was stopped."
	case StateStop:
		return what + " is being stopped."
	case StateDeleting:
		return what + " is being deleted."
	case StateRunning:
		return what + " is under way."
	case "":
		return what + " has no state."
	default:
		if len(f.ended()) > 0 {
			return what + " waits for its next attempt."
		}
		return what + " has not started yet."
	}
}

// process says how the process ended.
func (f facts) process() []string {
	r := f.Status.Reason
	var out []string
	exit, signal := r.ExitCode, r.Signal
	if x := f.Status.Exit; x != nil {
		if exit == nil && x.Signal == 0 {
			exit = &x.Code
		}
		if signal == "" && x.Signal != 0 {
			signal = fmt.Sprintf("signal %d", x.Signal)
		}
	}
	switch {
	case signal != "" && !strings.Contains(r.Message, "SIG") && !strings.Contains(r.Message, "signal"):
		out = append(out, fmt.Sprintf("The process was ended by %s.", signal))
	case exit != nil && *exit > 0 && !strings.Contains(r.Message, fmt.Sprintf("exit code %d", *exit)):
		out = append(out, fmt.Sprintf("The process ended with exit code %d.", *exit))
	}
	switch r.Code {
	case ReasonMemory, ReasonSignal:
		out = append(out, f.memory()...)
	case ReasonTimeout:
		if f.Spec.Timeout > 0 {
			out = append(out, "The timeout was "+(time.Duration(f.Spec.Timeout*float64(time.Second))).String()+".")
		}
	case ReasonScheduled:
		if s := f.Status.Schedule; s.Expression != "" {
			out = append(out, fmt.Sprintf("The schedule is %q.", s.Expression))
			if len(s.Next) > 0 {
				out = append(out, "It fires next at "+strings.Join(s.Next, ", ")+".")
			}
		}
	}
	if r.Container != "" {
		out = append(out, "Container: "+r.Container+".")
	}
	return out
}

// memory says what was allowed, what was used, and who watched over it.
func (f facts) memory() []string {
	var out []string
	if limit := f.Spec.Resources.Mem.limit(); limit != "" {
		watched := "."
		switch tier := f.Status.Limits["memory_limit"]; {
		case strings.HasPrefix(tier, "cgroup"):
			watched = ", which the kernel enforces."
		case tier != "":
			watched = ", which is enforced by looking at its processes again and again."
		}
		out = append(out, "Its memory limit was "+limit+watched)
	}
	if peak := f.Status.Usage["memory_peak_bytes"]; peak > 0 {
		out = append(out, fmt.Sprintf("It used %.1f MiB at most.", peak/(1<<20)))
	}
	return out
}

// amount is a quantity of a resource: a text, a number, or what is asked for and what is allowed.
type amount json.RawMessage

// UnmarshalJSON keeps the text of whatever form came.
func (a *amount) UnmarshalJSON(b []byte) error { *a = append((*a)[:0], b...); return nil }

func (a amount) limit() string {
	if s, ok := AsString(json.RawMessage(a)); ok {
		return s
	}
	o, err := ParseObject(json.RawMessage(a))
	if err != nil {
		return string(a)
	}
	if s := o.Text("limits"); s != "" {
		return s
	}
	return o.Text("requests")
}

// attempts tells the story of a run that was tried more than once.
func (f facts) attempts() []string {
	var out []string
	for _, a := range f.ended() {
		line := fmt.Sprintf("Attempt %d ended with %s", a.Number, a.Reason.Code)
		if a.Reason.Message != "" {
			line += ": " + strings.TrimSuffix(a.Reason.Message, ".")
		}
		out = append(out, line+".")
	}
	if n := f.Spec.Backoff; n > 0 && f.Status.Attempt > 0 {
		out = append(out, fmt.Sprintf("This is attempt %d of at most %d.", f.Status.Attempt, n+1))
	}
	return out
}
