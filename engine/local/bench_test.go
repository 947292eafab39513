//go:build linux

package local_test

import (
	"testing"

	"dhub/engine"
	"dhub/engine/local"
)

// BenchmarkTrivialJob is from Start to the observed end of a process that does nothing.
func BenchmarkTrivialJob(b *testing.B) {
	e := open(b, local.Config{Root: root(b)})
	if err := e.Warm(b.Context()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r := job(b)
		r.Main = engine.Process{Command: []string{"/bin/true"}}
		h, err := e.Start(b.Context(), r, nil)
		if err != nil {
			b.Fatal(err)
		}
		if err := e.Observe(b.Context(), h, func(engine.Status) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWarm is the start of a keeper.
func BenchmarkWarm(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		e := open(b, local.Config{Root: root(b)})
		b.StartTimer()
		if err := e.Warm(b.Context()); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		_ = e.Close()
		b.StartTimer()
	}
}
