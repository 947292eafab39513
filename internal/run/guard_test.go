package run

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"dhub/engine"
	"dhub/engine/fake"
	"dhub/entity"
	"dhub/internal/store"
)

// chance is a seeded source that many goroutines may ask.
type chance struct {
	mu  sync.Mutex
	rng *rand.Rand
	off bool
}

func newChance(seed uint64) *chance { return &chance{rng: rand.New(rand.NewPCG(seed, 7))} }

// in tells, once in n times on average, that a fault shall happen.
func (c *chance) in(n int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.off && c.rng.IntN(n) == 0
}

func (c *chance) below(n int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rng.IntN(n)
}

func (c *chance) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.off = true
}

// process stands for one server process: when it dies, nothing that its goroutines do has an effect any
// more, whichever instruction they are at.
type process struct {
	mu   sync.Mutex
	left int // operations until it dies; below 0: it lives
	dead bool
	died chan struct{}
}

var errDead = errors.New("the process is dead")

func newProcess(left int) *process { return &process{left: left, died: make(chan struct{})} }

// step counts one operation; the one that kills is not done.
func (p *process) step() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.left == 0 && !p.dead {
		p.dead = true
		close(p.died)
	}
	if p.dead {
		return errDead
	}
	if p.left > 0 {
		p.left--
	}
	return nil
}

func (p *process) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.dead {
		p.dead = true
		close(p.died)
	}
}

// processStore is the store as one process sees it.
type processStore struct {
	store.Store
	p *process
	c *chance
}

func (s processStore) Read(ctx context.Context, f func(store.Tx) error) error {
	if err := s.p.step(); err != nil {
		return err
	}
	if s.c.in(60) {
		return entity.Errorf(entity.CodeUnavailable, "simulated: reading fails")
	}
	return s.Store.Read(ctx, f)
}

func (s processStore) Write(ctx context.Context, f func(store.Tx) error) error {
	if err := s.p.step(); err != nil {
		return err
	}
	if s.c.in(40) {
		return entity.Errorf(entity.CodeUnavailable, "simulated: writing fails")
	}
	if err := s.Store.Write(ctx, f); err != nil {
		return err
	}
	if err := s.p.step(); err != nil {
		return err // it died before it learned of the commit
	}
	if s.c.in(40) {
		return entity.Errorf(entity.CodeUnavailable, "simulated: the answer is lost")
	}
	return nil
}

// processEngine is the engine as one process sees it.
type processEngine struct {
	engine.Engine
	p *process
}

func (e processEngine) guard(do func() error) error {
	if err := e.p.step(); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	return e.p.step()
}

func (e processEngine) Start(ctx context.Context, r engine.Runnable, v engine.Values) (h engine.Handle, err error) {
	err = e.guard(func() error { h, err = e.Engine.Start(ctx, r, v); return err })
	return h, err
}

func (e processEngine) Stop(ctx context.Context, id engine.ID, grace time.Duration) error {
	return e.guard(func() error { return e.Engine.Stop(ctx, id, grace) })
}

func (e processEngine) Remove(ctx context.Context, id engine.ID) error {
	return e.guard(func() error { return e.Engine.Remove(ctx, id) })
}

func (e processEngine) Observe(ctx context.Context, h engine.Handle, f func(engine.Status) error) error {
	return e.guard(func() error {
		return e.Engine.Observe(ctx, h, func(s engine.Status) error {
			if err := e.p.step(); err != nil {
				return err
			}
			return f(s)
		})
	})
}

func (e processEngine) Logs(ctx context.Context, h engine.Handle, after engine.Cursor, f func(engine.Chunk) error) error {
	return e.guard(func() error { return e.Engine.Logs(ctx, h, after, f) })
}

func (e processEngine) Samples(ctx context.Context, h engine.Handle) (list []engine.Sample, err error) {
	err = e.guard(func() error { list, err = e.Engine.(engine.Sampler).Samples(ctx, h); return err })
	return list, err
}

func (e processEngine) List(ctx context.Context, f func(engine.Handle) error) error {
	return e.guard(func() error { return e.Engine.List(ctx, f) })
}

// faulty makes the way to the engine lose, double, delay and disorder what passes over it.
func faulty(c *chance, script func(engine.Runnable) (fake.Script, bool)) fake.Config {
	trouble := func(op fake.Op, _ engine.ID) error {
		switch {
		case op == fake.OpAdmit:
			return nil
		case c.in(25):
			return entity.Errorf(entity.CodeUnavailable, "simulated: %s is lost", op)
		case c.in(40):
			return errors.New("simulated: " + string(op) + " breaks off")
		}
		return nil
	}
	var mu sync.Mutex
	old := map[engine.ID][]engine.Status{}
	return fake.Config{Script: script, Before: trouble,
		After: trouble,
		Double: func(op fake.Op, _ engine.ID) bool {
			return (op == fake.OpStart || op == fake.OpStop || op == fake.OpRemove) && c.in(6)
		},
		Delay: func(engine.ID) time.Duration {
			if c.in(4) {
				return time.Duration(c.below(5000)) * time.Millisecond
			}
			return 0
		},
		Deliver: func(id engine.ID, s engine.Status) []engine.Status {
			mu.Lock()
			before := old[id]
			old[id] = append(before, s)
			mu.Unlock()
			switch {
			case c.in(12):
				return nil
			case c.in(6):
				return []engine.Status{s, s}
			case c.in(6) && len(before) > 0:
				return []engine.Status{before[c.below(len(before))], s}
			case c.in(6) && len(before) > 0:
				return []engine.Status{s, before[c.below(len(before))]}
			}
			return []engine.Status{s}
		}}
}
