package fake

import (
	"context"
	"slices"
	"time"

	"dhub/engine"
)

var _ engine.Sampler = (*Engine)(nil)

// sampleEvery is how far the samples of a short attempt lie apart.
const sampleEvery = 100 * time.Millisecond

// Samples implements engine.Sampler: an attempt uses one processor from its start to its end, and holds a mebibyte
// more with each sample. One that ended before the first has none.
func (e *Engine) Samples(ctx context.Context, h engine.Handle) (list []engine.Sample, err error) {
	if err := e.call(ctx, OpSamples, h.ID, func() error { return nil }); err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	a, err := e.find(h.ID)
	if err != nil {
		if e.cfg.Break == SamplesOfAnybody {
			return nil, nil
		}
		return nil, err
	}
	final := a.status.Phase.Final()
	if e.cfg.Break == SamplesOnlyAtEnd && !final || e.cfg.Break == SamplesGoneAtEnd && final {
		return nil, nil
	}
	return e.sampled(a.status), nil
}

func (e *Engine) sampled(s engine.Status) (list []engine.Sample) {
	until := s.Finished
	if until.IsZero() {
		until = time.Now()
	}
	took, every := until.Sub(s.Started), sampleEvery
	if s.Started.IsZero() || took < every {
		return nil
	}
	for took/every >= engine.MaxSamples && e.cfg.Break != SamplesUnbounded {
		every *= 2
	}
	for at := time.Duration(0); at <= took; at += every {
		list = append(list, engine.Sample{Time: s.Started.Add(at), CPU: at.Seconds(), Memory: int64(len(list)) << 20})
	}
	switch e.cfg.Break {
	case SamplesBackwards:
		slices.Reverse(list)
	case SamplesForget:
		list[len(list)-1].CPU = 0
	case SamplesUnbounded:
		for len(list) <= engine.MaxSamples {
			last := list[len(list)-1]
			list = append(list, engine.Sample{Time: last.Time.Add(1), CPU: last.CPU, Memory: last.Memory})
		}
	}
	return list
}
