package fake

import (
	"encoding/json"
	"strings"
	"syscall"
	"time"

	"dhub/engine"
	"dhub/entity"
)

// attempt is one scripted execution. Everything in it is guarded by the engine's mutex.
type attempt struct {
	e       *Engine
	r       engine.Runnable
	values  engine.Values
	handle  engine.Handle
	status  engine.Status
	log     []byte
	times   []written
	changed chan struct{} // closed and replaced at each change of status or log

	todo     []step
	files    map[string]string // the workspace
	timer    *time.Timer       // what the script sleeps on
	deadline *time.Timer
	killer   *time.Timer
	stubborn bool
	stopped  bool
	removed  bool
	building *asset
	waitsFor *asset
}

// step is one action of a script; false means that it arranged to be continued.
type step func(a *attempt) bool

type asset struct {
	made    bool
	owner   *attempt
	files   map[string]string
	output  []byte
	waiting []*attempt
}

func newAttempt(e *Engine, r engine.Runnable, values engine.Values, h engine.Handle) *attempt {
	return &attempt{e: e, r: r, values: values, handle: h, changed: make(chan struct{}), files: map[string]string{},
		status: engine.Status{Gen: 1, Phase: engine.Accepted, Reason: engine.Notice{Code: entity.ReasonStarting}}}
}

func (a *attempt) begin() {
	for _, f := range a.r.Files {
		a.files[f.Path] = f.Text
	}
	a.todo = a.plan()
	a.advance()
}

// limit starts the clock of the timeout, which runs while the attempt does.
func (a *attempt) limit() {
	if a.r.Timeout <= 0 || a.deadline != nil || a.e.cfg.Break == NoTimeout {
		return
	}
	a.deadline = time.AfterFunc(a.r.Timeout, func() {
		a.e.mu.Lock()
		defer a.e.mu.Unlock()
		a.end(engine.Failed, entity.ReasonTimeout, "the run took longer than its timeout", &engine.Exit{Code: 128 + int(syscall.SIGKILL), Signal: int(syscall.SIGKILL)})
	})
}

// advance does steps until one waits or the attempt ends.
func (a *attempt) advance() {
	for !a.status.Phase.Final() && !a.removed {
		if len(a.todo) == 0 {
			a.exit(engine.Exit{})
			return
		}
		next := a.todo[0]
		a.todo = a.todo[1:]
		if !next(a) {
			return
		}
	}
}

// set changes the status; final ones stay.
func (a *attempt) set(change func(*engine.Status)) {
	if a.status.Phase.Final() && a.e.cfg.Break != FinalChanges {
		return
	}
	gen := a.status.Gen
	change(&a.status)
	a.status.Gen = gen + 1
	if a.e.cfg.Break == StaleGen {
		a.status.Gen = gen
	}
	a.wake()
}

func (a *attempt) wake() {
	close(a.changed)
	a.changed = make(chan struct{})
}

func (a *attempt) phase(p engine.Phase, reason string) {
	if a.status.Phase == p {
		return
	}
	if p == engine.Running {
		a.limit()
	}
	a.set(func(s *engine.Status) {
		s.Phase, s.Reason, s.Ready = p, engine.Notice{Code: reason}, 0
		if p == engine.Running {
			s.Ready = 1
			if s.Started.IsZero() {
				s.Started = time.Now()
			}
		}
	})
}

// exit ends the attempt as a process' end does.
func (a *attempt) exit(x engine.Exit) {
	switch {
	case a.building != nil && (x.Code != 0 || x.Signal != 0):
		a.buildFailed(&x)
	case x.OOM:
		a.end(engine.Failed, entity.ReasonMemory, "the run used more memory than its limit", &x)
	case a.stopped:
		a.end(engine.Stopped, entity.ReasonStopped, "the run was stopped", &x)
	case x.Signal != 0:
		a.end(engine.Failed, entity.ReasonSignal, "ended by signal "+syscall.Signal(x.Signal).String(), &x)
	case x.Code != 0:
		a.end(engine.Failed, entity.ReasonExitCode, "the process ended with an exit code other than 0", &x)
	default:
		a.end(engine.Succeeded, entity.ReasonCompleted, "", &x)
	}
}

func (a *attempt) end(p engine.Phase, reason, message string, x *engine.Exit) {
	if a.status.Phase.Final() {
		return
	}
	a.release()
	a.set(func(s *engine.Status) {
		s.Phase, s.Ready, s.Exit, s.Finished = p, 0, x, time.Now()
		s.Reason = engine.Notice{Code: reason, Message: message}
		s.Usage = map[string]float64{"cpu_seconds": 0, "memory_peak_bytes": 0}
		if a.e.cfg.Break == NoExit {
			s.Exit = nil
		}
		if report, ok := a.files[reportFile]; ok && a.e.cfg.Break != NoReport {
			s.Report = json.RawMessage(report)
		}
	})
	a.halt()
}

// release lets the next in line build what this attempt was building.
func (a *attempt) release() {
	b := a.building
	if b == nil {
		return
	}
	a.building, b.owner = nil, nil
	if a.e.cfg.Break == HalfBuildAccepted {
		b.made = true
	} else {
		b.files = nil
	}
	waiting := b.waiting
	b.waiting = nil
	for _, w := range waiting {
		w.waitsFor = nil
		w.advance()
	}
}

// buildFailed ends everyone who waits for the asset: the same build would fail for each of them.
func (a *attempt) buildFailed(x *engine.Exit) {
	b := a.building
	waiting := b.waiting
	b.waiting, b.owner, b.files = nil, nil, nil
	a.building = nil
	reason := entity.ReasonEnvFailed
	if a.e.cfg.Break == BuildFailsPlainly {
		reason = entity.ReasonExitCode
	}
	for _, w := range append([]*attempt{a}, waiting...) {
		w.waitsFor = nil
		w.end(engine.Failed, reason, "an asset could not be made", x)
	}
}

func (a *attempt) stop(grace time.Duration) {
	if a.status.Phase.Final() {
		if a.e.cfg.Break == FinalChanges {
			a.set(func(s *engine.Status) { s.Phase = engine.Stopped })
		}
		return
	}
	first := !a.stopped
	a.stopped = true
	if a.e.cfg.Break == StopIgnored {
		return
	}
	if !a.stubborn || grace <= 0 {
		a.end(engine.Stopped, entity.ReasonStopped, "the run was stopped", &engine.Exit{Signal: int(syscall.SIGTERM)})
		return
	}
	if a.e.cfg.Break == NoKill || !first && a.killer != nil {
		return
	}
	a.killer = time.AfterFunc(grace, func() {
		a.e.mu.Lock()
		defer a.e.mu.Unlock()
		a.end(engine.Stopped, entity.ReasonStopped, "the run was stopped and had to be killed", &engine.Exit{Signal: int(syscall.SIGKILL)})
	})
}

// halt ends the timers.
func (a *attempt) halt() {
	for _, t := range []*time.Timer{a.timer, a.deadline, a.killer} {
		if t != nil {
			t.Stop()
		}
	}
}

func (a *attempt) remove() {
	a.release()
	a.removed = true
	a.halt()
	a.wake()
}

// write appends to the log, and to the log of everyone who waits for what this attempt builds.
func (a *attempt) write(data string) {
	if a.e.cfg.Break == GapInLog && len(a.log) > 0 && strings.HasSuffix(data, "\n") && len(data) > 1 {
		data = data[1:]
	}
	a.print([]byte(data))
	if b := a.building; b != nil && a.e.cfg.Break != BuildSilent {
		b.output = append(b.output, data...)
		for _, w := range b.waiting {
			w.print([]byte(data))
		}
	}
}
