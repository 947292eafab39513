package enginetest

import (
	"time"

	"dhub/engine"
	"dhub/entity"
)

// sampleCases hold for an engine that is a Sampler; another has nothing to show here.
var sampleCases = []Case{
	{"Samples come while an attempt executes, oldest first, at most MaxSamples", sampling(func(b *bench, s engine.Sampler) {
		handle := b.start(b.job("hold"))
		b.until(handle, "running", running)
		first := b.sampled(s, handle, 2)
		b.sampled(s, handle, len(first)+1)
	})},
	{"Samples are the same to who comes after a crash", sampling(func(b *bench, s engine.Sampler) {
		handle := b.start(b.job("hold"))
		before := b.sampled(s, handle, 2)
		b.crash()
		s, _ = engine.As[engine.Sampler](b.e)
		after := b.sampled(s, roundTrip(b, handle), len(before)+1)
		for i, x := range before {
			if !after[i].Time.Equal(x.Time) || after[i].CPU != x.CPU || after[i].Memory != x.Memory {
				b.Errorf("got sample %d as %+v, before the crash it was %+v", i, after[i], x)
			}
		}
	})},
	{"Samples stay until Remove", sampling(func(b *bench, s engine.Sampler) {
		handle := b.start(b.job("hold"))
		live := b.sampled(s, handle, 2)
		if err := b.e.Stop(b.within(), handle.ID, 0); err != nil {
			b.Fatalf("stop: %v", err)
		}
		end := b.end(handle)
		ended, err := s.Samples(b.within(), handle)
		if err != nil || len(ended) < len(live) {
			b.Errorf("got %d samples and %v after the end, %d before it", len(ended), err, len(live))
		}
		b.wantOrder(ended)
		if n := len(ended); n > 0 && ended[n-1].Time.After(end.Finished) {
			b.Errorf("got a sample of %v, the attempt finished at %v", ended[n-1].Time, end.Finished)
		}
		if err := b.e.Remove(b.within(), handle.ID); err != nil {
			b.Fatalf("remove: %v", err)
		}
		_, err = s.Samples(b.within(), handle)
		b.wantCode("samples of a removed attempt", err, entity.CodeNotFound)
	})},
	{"Samples of an attempt that ended at once are none or in order", sampling(func(b *bench, s engine.Sampler) {
		handle, _ := b.run(b.job("print hello"))
		list, err := s.Samples(b.within(), handle)
		if err != nil {
			b.Errorf("samples: %v", err)
		}
		b.wantOrder(list)
	})},
	{"Samples of an unknown attempt give not_found", sampling(func(b *bench, s engine.Sampler) {
		d := b.e.Describe()
		_, err := s.Samples(b.within(), engine.Handle{ID: b.id(), Version: 1, Engine: d.Name, Host: d.Host})
		b.wantCode("samples", err, entity.CodeNotFound)
	})},
}

// sampling is a case that holds for an engine which is a Sampler.
func sampling(f func(b *bench, s engine.Sampler)) func(TB, Harness) {
	return func(t TB, h Harness) {
		b := setup(t, h)
		if s, ok := engine.As[engine.Sampler](b.e); ok {
			f(b, s)
		}
	}
}

// sampled asks until there are so many samples.
func (b *bench) sampled(s engine.Sampler, h engine.Handle, atLeast int) []engine.Sample {
	b.Helper()
	ctx := b.within()
	for {
		list, err := s.Samples(ctx, h)
		if err != nil {
			b.Fatalf("samples: %v", err)
		}
		b.wantOrder(list)
		if len(list) >= atLeast {
			return list
		}
		select {
		case <-time.After(10 * time.Millisecond):
		case <-ctx.Done():
			b.Fatalf("got %d samples in %v, want %d", len(list), within, atLeast)
		}
	}
}

func (b *bench) wantOrder(list []engine.Sample) {
	b.Helper()
	if len(list) > engine.MaxSamples {
		b.Errorf("got %d samples, want at most %d", len(list), engine.MaxSamples)
	}
	for i, s := range list {
		if s.Time.IsZero() || s.CPU < 0 || s.Memory < 0 {
			b.Errorf("got sample %+v", s)
		}
		if i > 0 && (!s.Time.After(list[i-1].Time) || s.CPU < list[i-1].CPU) {
			b.Errorf("got sample %+v after %+v", s, list[i-1])
		}
	}
}
