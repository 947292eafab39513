package run

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"dhub/engine"
	"dhub/entity"
	"dhub/internal/store"
)

// control is what the server alone knows of a run; it lies in store.Run.Control as JSON.
type control struct {
	Reason      *entity.Reason     `json:"reason,omitempty"`
	Message     string             `json:"message,omitempty"`
	Transitions []transition       `json:"transitions,omitempty"` // newest first
	Notices     []entity.Notice    `json:"notices,omitempty"`
	Backoff     int                `json:"backoff_limit,omitempty"`
	Limits      map[string]string  `json:"limits,omitempty"`
	Started     time.Time          `json:"started,omitzero"`
	Finished    time.Time          `json:"finished,omitzero"`
	Attempts    []attemptEnd       `json:"attempts,omitempty"` // ended ones, rising
	Usage       map[string]float64 `json:"usage,omitempty"`
	Exit        *engine.Exit       `json:"exit,omitempty"`
	Claim       *claim             `json:"claim,omitempty"`
	Trigger     json.RawMessage    `json:"trigger,omitempty"`
	Schedule    string             `json:"schedule,omitempty"` // set on the handle of a schedule
	Heard       time.Time          `json:"heard,omitzero"`     // last sign of the client of a local run
	LongLog     bool               `json:"long_log,omitempty"` // the client's log is to be put away when the run has ended
	Instances   []engine.Instance  `json:"instances,omitempty"`
	Endpoints   []string           `json:"endpoints,omitempty"`
}

// transition is one entry of status.transitions.
type transition struct {
	Status  entity.State `json:"status"`
	Message string       `json:"message,omitempty"`
	Time    string       `json:"time"`
}

// claim is what the attempt itself said about its end (D10a).
type claim struct {
	State   entity.State `json:"state"`
	Message string       `json:"message,omitempty"`
	Attempt int          `json:"attempt"`
}

// attemptEnd is one entry of status.attempts: an attempt that has ended, with its reason, or the present one,
// with the state of the run. Only ended ones are stored.
type attemptEnd struct {
	Number     int                `json:"number"`
	State      entity.State       `json:"state,omitempty"`
	Reason     entity.Reason      `json:"reason,omitzero"`
	StartedAt  string             `json:"started_at,omitempty"`
	FinishedAt string             `json:"finished_at,omitempty"`
	Exit       *engine.Exit       `json:"exit,omitempty"`
	Usage      map[string]float64 `json:"usage,omitempty"`
}

// readControl decodes the server's part of a run.
func readControl(r store.Run) (control, error) {
	var c control
	if len(r.Control) == 0 {
		return c, nil
	}
	if err := json.Unmarshal(r.Control, &c); err != nil {
		return c, entity.Errorf(entity.CodeInternal, "read the control part of run %s: %w", r.ID, err)
	}
	return c, nil
}

// put encodes the server's part into the run.
func (c *control) put(r *store.Run) error {
	raw, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("encode the control part of run %s: %w", r.ID, err)
	}
	r.Control, r.Finished = raw, c.ended(r)
	return nil
}

// ended is the end by which lists sort durations: that of Durations.Total, to which the transitions count, and not the
// end of the process, which may lie before it by as long as nobody was there to see it.
func (c *control) ended(r *store.Run) time.Time {
	if !entity.FinalRun(r.State, r.Resume) || len(c.Transitions) == 0 {
		return time.Time{}
	}
	at, err := time.Parse(entity.TimeFormat, c.Transitions[0].Time)
	if err != nil {
		return c.Finished
	}
	return at
}

// enter records that the run came into a state. The newest entry is not repeated.
func (c *control) enter(r *store.Run, s entity.State, message string, at time.Time) {
	r.State = s
	if len(c.Transitions) > 0 {
		head := &c.Transitions[0]
		if head.Status == s {
			if message != "" {
				head.Message = message
			}
			return
		}
		// A clock set back never makes the list run backwards.
		if last, err := time.Parse(entity.TimeFormat, head.Time); err == nil && at.Before(last) {
			at = last
		}
	}
	c.Transitions = slices.Insert(c.Transitions, 0, transition{s, message, entity.FormatTime(at)})
}

// because sets the reason and, with it, the message of the status.
func (c *control) because(code, format string, args ...any) {
	c.reason(makeReason(code, format, args...))
}

func (c *control) reason(r entity.Reason) {
	c.Reason = &r
	c.Message = r.Message
}

// notice adds a remark once.
func (c *control) notice(list ...entity.Notice) {
	for _, n := range list {
		if !slices.Contains(c.Notices, n) {
			c.Notices = append(c.Notices, n)
		}
	}
}

// remark adds what others said of fields about which nothing is said yet.
func (c *control) remark(list []entity.Notice) {
	before := slices.Clone(c.Notices)
	for _, n := range list {
		if !about(before, n.Field) {
			c.notice(n)
		}
	}
}

// makeReason makes a reason; an empty format takes the table's sentence.
func makeReason(code, format string, args ...any) entity.Reason {
	if format == "" {
		info, _ := entity.FindReason(code)
		return entity.Reason{Code: code, Message: info.Meaning}
	}
	return entity.Reason{Code: code, Message: fmt.Sprintf(format, args...)}
}

// change applies f to the run and its control part in one update.
func change(r store.Run, f func(*store.Run, *control) error) (store.Run, error) {
	c, err := readControl(r)
	if err != nil {
		return r, err
	}
	if err := f(&r, &c); err != nil {
		return r, err
	}
	return r, c.put(&r)
}
