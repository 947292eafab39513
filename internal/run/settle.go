package run

import (
	"fmt"
	"strings"
	"time"

	"dhub/engine"
	"dhub/entity"
	"dhub/internal/store"
)

// settle decides, on the stored run, what an attempt's end means for it.
func (m *Manager) settle(r *store.Run, c *control, a store.Attempt, s engine.Status, end ending, now, finished time.Time) error {
	if r.Attempt != a.Number || entity.FinalRun(r.State, false) {
		return errStale
	}
	c.Instances, c.Endpoints, c.Exit = nil, nil, s.Exit
	if len(s.Usage) > 0 {
		c.Usage = s.Usage
	}
	if end.unsampled {
		c.notice(entity.Notice{Field: "/status/usage", Code: "samples_lost",
			Message: fmt.Sprintf("What attempt %d used over time could not be read from its engine and is not kept; the server's log has the cause.", a.Number)})
	}
	if !s.Started.IsZero() && c.Started.IsZero() {
		c.Started = orNow(s.Started, now)
	}
	if r.Desired == store.WantDelete {
		return nil
	}
	reason := end.reason
	if c.Claim != nil && c.Claim.Attempt == a.Number && s.Phase == engine.Succeeded &&
		c.Claim.State == entity.StateError && reason.Code != entity.ReasonKeyMissing {
		// D10a: what the job itself called a failure is one, whatever its exit code.
		reason = makeReason(entity.ReasonClientError, "%s", orElse(c.Claim.Message, "The job reported a failure."))
	}
	if err := mergeOutcome(r, end); err != nil {
		return err
	}
	view := attemptEnd{Number: a.Number, Reason: reason, Exit: s.Exit, Usage: s.Usage, FinishedAt: entity.FormatTime(finished)}
	if !s.Started.IsZero() {
		view.StartedAt = entity.FormatTime(s.Started)
	}
	c.Attempts = append(c.Attempts, view)
	switch {
	case r.Desired == store.WantStop && s.Phase != engine.Lost:
		reason.Code, reason.Message = entity.ReasonStopped, stopMessage(s)
		c.enter(r, entity.StateStop, "", now)
		c.enter(r, entity.StateStopped, reason.Message, now)
	case s.Phase == engine.Succeeded && reason.Code == entity.ReasonCompleted:
		m.passRunning(r, c, s, now)
		c.enter(r, entity.StateCompleted, "", now)
	case s.Phase == engine.Stopped && reason.Code == entity.ReasonStopped:
		c.enter(r, entity.StateStop, "", now)
		c.enter(r, entity.StateStopped, reason.Message, now)
	case m.mayRetry(r, c, s, reason):
		m.passRunning(r, c, s, now)
		m.retry(r, c, reason, now)
		return nil
	default:
		m.passRunning(r, c, s, now)
		c.enter(r, entity.StateError, reason.Message, now)
	}
	c.reason(reason)
	if said := claimed(c, a.Number); said != "" && (reason.Code == entity.ReasonCompleted || reason.Code == entity.ReasonExitCode) {
		c.Message = said
	}
	c.Finished, r.Wake = finished, time.Time{}
	return nil
}

// claimed is the message that the attempt itself left, "" when it left none.
func claimed(c *control, attempt int) string {
	if c.Claim == nil || c.Claim.Attempt != attempt {
		return ""
	}
	return c.Claim.Message
}

// passRunning records RUNNING for an attempt that was over before anyone saw it run.
func (m *Manager) passRunning(r *store.Run, c *control, s engine.Status, now time.Time) {
	if !s.Started.IsZero() && r.State == entity.StatePending {
		c.enter(r, entity.StateRunning, "", orNow(s.Started, now))
	}
}

func stopMessage(s engine.Status) string {
	if s.Phase == engine.Succeeded {
		return "The run was stopped on request; the function had returned already."
	}
	return "The run was stopped on request."
}

func orElse(s, other string) string {
	if strings.TrimSpace(s) == "" {
		return other
	}
	return s
}

// mergeOutcome joins outputs, results and metrics into the run's status by key; new ones win.
func mergeOutcome(r *store.Run, end ending) error {
	if len(end.outcome.Outputs) == 0 && len(end.outcome.Results) == 0 && len(end.metrics) == 0 {
		return nil
	}
	status, err := entity.ParseObject(r.Status)
	if err != nil {
		return err
	}
	status = status.Clone()
	outputs, results := entity.Object{}, entity.Object{}
	for _, name := range sortedKeys(end.outcome.Outputs) {
		outputs.SetText(name, end.outcome.Outputs[name])
	}
	for _, name := range sortedKeys(end.outcome.Results) {
		results.Set(name, end.outcome.Results[name])
	}
	for name, add := range map[string]entity.Object{"outputs": outputs, "results": results, "metrics": end.metrics} {
		if len(add) > 0 {
			status.Set(name, entity.MergeObjects(status.Get(name), add.JSON()))
		}
	}
	r.Status = status.JSON()
	return nil
}
