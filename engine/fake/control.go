package fake

import (
	"syscall"

	"dhub/engine"
	"dhub/entity"
)

// Executions tells how often the main process of an attempt was executed.
func (e *Engine) Executions(id engine.ID) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.executed[keyOf(id)]
}

// Live counts the attempts that are not final.
func (e *Engine) Live() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	n := 0
	for _, a := range e.attempts {
		if !a.status.Phase.Final() {
			n++
		}
	}
	return n
}

// Attempts counts the attempts that were not removed.
func (e *Engine) Attempts() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.attempts)
}

// Status returns the present status of an attempt, false when there is none.
func (e *Engine) Status(id engine.ID) (engine.Status, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	a, ok := e.attempts[keyOf(id)]
	if !ok {
		return engine.Status{}, false
	}
	return a.status, true
}

// Write appends to the log of a live attempt.
func (e *Engine) Write(id engine.ID, text string) bool {
	return e.with(id, func(a *attempt) { a.write(text) })
}

// Report sets what the process leaves as its report.
func (e *Engine) Report(id engine.ID, report string) bool {
	return e.with(id, func(a *attempt) { a.files[reportFile] = report })
}

// Finish ends a live attempt as if its process had ended so.
func (e *Engine) Finish(id engine.ID, x engine.Exit) bool {
	return e.with(id, func(a *attempt) { a.exit(x) })
}

// Fail ends a live attempt with a phase and a reason of the caller's choice.
func (e *Engine) Fail(id engine.ID, phase engine.Phase, reason, message string) bool {
	return e.with(id, func(a *attempt) { a.end(phase, reason, message, nil) })
}

// Set changes the status of a live attempt; its Gen rises.
func (e *Engine) Set(id engine.ID, change func(*engine.Status)) bool {
	return e.with(id, func(a *attempt) { a.set(change) })
}

// Lose ends all live attempts as the loss of a keeper does.
func (e *Engine) Lose() {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, a := range e.attempts {
		a.end(engine.Lost, entity.ReasonKeeperLost, "the keeper was killed", &engine.Exit{Signal: int(syscall.SIGKILL)})
	}
}

func (e *Engine) with(id engine.ID, f func(*attempt)) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	a, ok := e.attempts[keyOf(id)]
	if !ok || a.status.Phase.Final() {
		return false
	}
	f(a)
	return true
}
