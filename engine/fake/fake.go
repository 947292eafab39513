// Package fake is a scripted engine for tests: nothing is executed, an attempt does what its environment
// or its script says, and faults of the way to the engine are injected by hooks.
//
// It uses time and channels only and starts no goroutine of its own, so it works inside testing/synctest;
// its state outlives whoever calls it, as a real engine's does.
package fake

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"time"

	"dhub/engine"
	"dhub/entity"
)

var _ engine.Engine = (*Engine)(nil)

// Op names a method of the seam for the fault hooks.
type Op string

// The methods in which faults can be injected.
const (
	OpCheck   Op = "check"
	OpAdmit   Op = "admit"
	OpStart   Op = "start"
	OpObserve Op = "observe"
	OpLogs    Op = "logs"
	OpSamples Op = "samples"
	OpStop    Op = "stop"
	OpRemove  Op = "remove"
	OpList    Op = "list"
)

// Config describes the fake; its zero value is an engine named "fake" without faults.
type Config struct {
	Name          string
	Host          string
	Capabilities  map[string]bool
	MaxConcurrent int

	// Script, where set and returning true, replaces what the runnable's environment says.
	Script func(r engine.Runnable) (Script, bool)

	// Before is called ahead of each operation: its error is returned and nothing is done (a lost request).
	Before func(op Op, id engine.ID) error
	// After is called behind each operation but Observe, Logs, Samples and List: its error replaces the answer of an
	// operation that was done (a lost answer).
	After func(op Op, id engine.ID) error
	// Double tells whether an operation arrives twice.
	Double func(op Op, id engine.ID) bool
	// Deliver replaces one status of an observation by none, one or several: late, doubled, out of order.
	Deliver func(id engine.ID, s engine.Status) []engine.Status
	// Delay is waited before each status is delivered.
	Delay func(id engine.ID) time.Duration

	// Break makes the engine violate one sentence of the seam; the conformance suite must notice.
	Break Break
}

// Engine is the fake; make it with New.
type Engine struct {
	cfg Config

	mu       sync.Mutex
	attempts map[attemptKey]*attempt
	tombs    map[attemptKey]bool
	executed map[attemptKey]int
	assets   map[string]*asset
}

type attemptKey struct {
	uid     string
	attempt int
}

func keyOf(id engine.ID) attemptKey { return attemptKey{id.UID, id.Attempt} }

// New makes an engine without attempts.
func New(cfg Config) *Engine {
	if cfg.Name == "" {
		cfg.Name = "fake"
	}
	return &Engine{cfg: cfg, attempts: map[attemptKey]*attempt{}, tombs: map[attemptKey]bool{},
		executed: map[attemptKey]int{}, assets: map[string]*asset{}}
}

// Describe implements engine.Engine.
func (e *Engine) Describe() engine.Descriptor {
	caps := map[string]bool{"memory_limit": true}
	maps.Copy(caps, e.cfg.Capabilities)
	return engine.Descriptor{Name: e.cfg.Name, Host: e.cfg.Host, Kinds: []engine.Kind{engine.Job, engine.Service, engine.Build},
		Capabilities: caps, MaxConcurrent: e.cfg.MaxConcurrent}
}

// Check implements engine.Engine.
func (e *Engine) Check(ctx context.Context) error {
	return e.call(ctx, OpCheck, engine.ID{}, func() error { return nil })
}

// Admit implements engine.Engine: it refuses what FAKE_ADMIT says and gives notice of what it leaves out.
func (e *Engine) Admit(ctx context.Context, r engine.Runnable) ([]engine.Notice, error) {
	var notices []engine.Notice
	err := e.call(ctx, OpAdmit, r.ID, func() error {
		if e.cfg.Break == AdmitStores {
			e.tombs[keyOf(r.ID)] = true
		}
		if code := r.Main.Env["FAKE_ADMIT"]; code != "" {
			return entity.Errorf(entity.Code(code), "fake: refused as FAKE_ADMIT says")
		}
		if err := e.refusal(r); err != nil && e.cfg.Break != AdmitAcceptsAll {
			return err
		}
		if e.cfg.Break != SilentAdmit {
			notices = e.notices(r)
		}
		return nil
	})
	return notices, err
}

func (e *Engine) refusal(r engine.Runnable) error {
	if len(r.Main.Command) == 0 && r.Main.Image == "" && r.Main.Env == nil {
		return entity.Invalid("/main/command", "required", "fake: the runnable names neither command nor image")
	}
	return nil
}

func (e *Engine) notices(r engine.Runnable) []engine.Notice {
	var notices []engine.Notice
	add := func(field string) {
		notices = append(notices, engine.Notice{Field: field, Code: entity.ReasonUnsupported, Message: "the engine " + e.cfg.Name + " does not honour " + field})
	}
	if r.Replicas > 1 && !e.cfg.Capabilities["replicas"] {
		add("replicas")
	}
	for _, name := range slices.Sorted(maps.Keys(r.Options)) {
		if name == e.cfg.Name {
			continue
		}
		var fields map[string]json.RawMessage
		if json.Unmarshal(r.Options[name], &fields) != nil {
			add(name)
			continue
		}
		for _, field := range slices.Sorted(maps.Keys(fields)) {
			if !e.cfg.Capabilities[field] {
				add(field)
			}
		}
	}
	return notices
}

// Start implements engine.Engine.
func (e *Engine) Start(ctx context.Context, r engine.Runnable, values engine.Values) (engine.Handle, error) {
	var h engine.Handle
	err := e.call(ctx, OpStart, r.ID, func() error {
		key := keyOf(r.ID)
		if a, ok := e.attempts[key]; ok && e.cfg.Break != DoubleStart && (e.cfg.Break != FinishedStartsAgain || !a.status.Phase.Final()) {
			if a.stopped && e.cfg.Break != StoppedStarts {
				return entity.Errorf(entity.CodeConflict, "fake: the attempt was stopped")
			}
			h = a.handle
			if e.cfg.Break == OtherHandle {
				h.ID.Attempt++
			}
			return nil
		}
		if e.tombs[key] {
			return entity.Errorf(entity.CodeConflict, "fake: the attempt was stopped or removed")
		}
		if code := r.Main.Env["FAKE_START"]; code != "" {
			return entity.Errorf(entity.Code(code), "fake: refused as FAKE_START says")
		}
		if err := e.refusal(r); err != nil {
			if e.cfg.Break == CodelessError {
				return context.DeadlineExceeded
			}
			return err
		}
		h = engine.Handle{ID: r.ID, Version: 1, Engine: e.cfg.Name, Host: e.cfg.Host}
		a := newAttempt(e, r, values, h)
		e.attempts[key] = a
		a.begin()
		return nil
	})
	if err != nil {
		return engine.Handle{}, err
	}
	return h, nil
}

// Stop implements engine.Engine.
func (e *Engine) Stop(ctx context.Context, id engine.ID, grace time.Duration) error {
	err := e.call(ctx, OpStop, id, func() error {
		a, ok := e.attempts[keyOf(id)]
		switch {
		case !ok && e.cfg.Break != UnknownStopForgotten:
			e.tombs[keyOf(id)] = true
		case ok:
			a.stop(grace)
		}
		return nil
	})
	if err == nil && e.cfg.Break == StopWaits {
		select {
		case <-time.After(grace):
		case <-ctx.Done():
		}
	}
	return err
}

// Remove implements engine.Engine.
func (e *Engine) Remove(ctx context.Context, id engine.ID) error {
	return e.call(ctx, OpRemove, id, func() error {
		key := keyOf(id)
		if a, ok := e.attempts[key]; ok && e.cfg.Break != RemoveKeeps {
			a.remove()
			delete(e.attempts, key)
		}
		if e.cfg.Break == RemoveOnce && e.tombs[key] {
			return entity.Errorf(entity.CodeNotFound, "fake: no such attempt")
		}
		if e.cfg.Break != LostTombstone {
			e.tombs[key] = true
		}
		return nil
	})
}

// List implements engine.Engine.
func (e *Engine) List(ctx context.Context, f func(engine.Handle) error) error {
	var handles []engine.Handle
	if err := e.call(ctx, OpList, engine.ID{}, func() error {
		handles = nil
		for _, a := range e.attempts {
			if e.cfg.Break == ListLive && a.status.Phase.Final() || e.cfg.Break == ListFinished && !a.status.Phase.Final() {
				continue
			}
			handles = append(handles, a.handle)
		}
		return nil
	}); err != nil {
		return err
	}
	slices.SortFunc(handles, func(a, b engine.Handle) int {
		if a.ID.UID != b.ID.UID {
			if a.ID.UID < b.ID.UID {
				return -1
			}
			return 1
		}
		return a.ID.Attempt - b.ID.Attempt
	})
	for _, h := range handles {
		if err := f(h); err != nil {
			return err
		}
	}
	return nil
}

// call runs one operation under the lock, between the fault hooks.
func (e *Engine) call(ctx context.Context, op Op, id engine.ID, do func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if e.cfg.Before != nil {
		if err := e.cfg.Before(op, id); err != nil {
			return err
		}
	}
	locked := func() error {
		e.mu.Lock()
		defer e.mu.Unlock()
		return do()
	}
	if e.cfg.Double != nil && e.cfg.Double(op, id) {
		_ = locked()
	}
	err := locked()
	if e.cfg.After != nil {
		if late := e.cfg.After(op, id); late != nil {
			return late
		}
	}
	return err
}
