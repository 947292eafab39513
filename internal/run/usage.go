package run

import (
	"context"
	"encoding/json"

	"dhub/engine"
	"dhub/entity"
	"dhub/internal/store"
)

// Sample is what an attempt had used at one moment.
type Sample = engine.Sample

// Usage is what one attempt of a run used over time.
type Usage struct {
	Attempt int              // 0: the run has none, as one that its client executes
	Samples []Sample         // oldest first, at most engine.MaxSamples; none where the engine takes none
	Asked   map[string]Asked // by resource: "cpu" in cores, "memory" in bytes
}

// Asked is what a run asks for of a resource, 0 where it does not say.
type Asked struct{ Request, Limit float64 }

// Usage reads what an attempt used over time, from the engine while it lives and from the store afterwards. Attempt
// 0 is the latest; one that the run does not have is not found.
func (m *Manager) Usage(ctx context.Context, project, id string, attempt int) (Usage, error) {
	r, err := m.load(ctx, project, id)
	if err != nil {
		return Usage{}, err
	}
	u := Usage{Attempt: attempt}
	if attempt == 0 {
		u.Attempt = r.Attempt
	}
	if attempt < 0 || attempt > r.Attempt {
		return Usage{}, noAttempt(r, attempt)
	}
	if u.Asked, err = asked(r); err != nil || u.Attempt == 0 {
		return u, err
	}
	for range 2 {
		more, err := m.readUsage(ctx, r, &u)
		if err != nil || !more {
			return u, err
		}
	}
	return u, nil
}

func noAttempt(r store.Run, attempt int) error {
	if r.Attempt == 0 {
		return entity.Errorf(entity.CodeNotFound, "The run %s has no attempt %d: it has none yet, or its client executes it.", r.ID, attempt)
	}
	return entity.Errorf(entity.CodeNotFound, "The run %s has no attempt %d: expected 1 to %d, or 0 for the latest.", r.ID, attempt, r.Attempt)
}

// readUsage reads once; more tells that the samples moved from the engine into the store meanwhile.
func (m *Manager) readUsage(ctx context.Context, r store.Run, u *Usage) (more bool, err error) {
	var a store.Attempt
	var packed []byte
	err = m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
		if a, err = tx.Attempts().Get(ctx, r.UID, u.Attempt); err != nil {
			return err
		}
		packed, err = tx.Attempts().Samples(ctx, r.UID, u.Attempt)
		return err
	})
	if entity.IsNotFound(err) {
		return false, noAttempt(r, u.Attempt)
	}
	if err != nil {
		return false, err
	}
	if !a.Finished.IsZero() {
		u.Samples, err = unpackSamples(packed)
		return false, err
	}
	if len(a.Handle) == 0 {
		return false, nil
	}
	u.Samples, err = m.liveSamples(ctx, a)
	if entity.IsNotFound(err) {
		return true, nil
	}
	return false, err
}

// liveSamples asks the engine of a running attempt.
func (m *Manager) liveSamples(ctx context.Context, a store.Attempt) ([]Sample, error) {
	e, ok := m.cfg.Engines.Get(a.Engine)
	if !ok || a.Host != "" && a.Host != e.Describe().Host {
		return nil, entity.Errorf(entity.CodeUnavailable, "the samples of a running attempt lie with another server")
	}
	s, ok := engine.As[engine.Sampler](e)
	if !ok {
		return nil, nil
	}
	var h engine.Handle
	if err := json.Unmarshal(a.Handle, &h); err != nil {
		return nil, entity.Errorf(entity.CodeInternal, "the stored handle of attempt %s.%d: %w", a.RunUID, a.Number, err)
	}
	return s.Samples(ctx, h)
}

// asked reads the requests and limits of processor and memory that can be drawn beside the samples.
func asked(r store.Run) (map[string]Asked, error) {
	d, err := document(r)
	if err != nil {
		return nil, err
	}
	spec, err := entity.ParseObject(d.Spec)
	if err != nil {
		return nil, err
	}
	resources, err := readResources(spec.Get("resources"))
	if err != nil {
		return nil, nil // a run that its client executes may say anything
	}
	out := map[string]Asked{}
	for name, q := range resources {
		if name == "mem" {
			name = "memory"
		}
		if name != "cpu" && name != "memory" {
			continue
		}
		request, _ := entity.ParseQuantity(q.Request)
		limit, _ := entity.ParseQuantity(q.Limit)
		out[name] = Asked{request, limit}
	}
	return out, nil
}
