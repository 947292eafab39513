package enginetest

import (
	"context"
	"errors"

	"dhub/engine"
	"dhub/entity"
)

var observeCases = []Case{
	{"Observe reports the present status at once", func(t TB, h Harness) {
		b := setup(t, h)
		handle := b.start(b.job("hold"))
		b.until(handle, "running", running)
		b.until(handle, "anything", func(engine.Status) bool { return true })
	}},
	{"Observe reports each change with a rising Gen", func(t TB, h Harness) {
		b := setup(t, h)
		var all []engine.Status
		handle := b.start(b.job("sleep 200ms", "exit 3"))
		if err := b.e.Observe(b.within(), handle, func(s engine.Status) error { all = append(all, s); return nil }); err != nil {
			b.Fatalf("observe: %v", err)
		}
		sawRunning := false
		for i, s := range all {
			if i > 0 && s.Gen <= all[i-1].Gen {
				b.Errorf("got gen %d after %d", s.Gen, all[i-1].Gen)
			}
			sawRunning = sawRunning || s.Phase == engine.Running && s.Ready == 1 && !s.Started.IsZero()
		}
		if !sawRunning || len(all) < 2 {
			b.Errorf("got %+v, want a running and a final status", all)
		}
	}},
	{"Observe returns nil after a final status", func(t TB, h Harness) {
		b := setup(t, h)
		_, s := b.run(b.job("print hello"))
		if s.Finished.IsZero() || s.Started.IsZero() || s.Finished.Before(s.Started) {
			b.Errorf("got started %v and finished %v", s.Started, s.Finished)
		}
	}},
	{"Observe delivers a finished attempt the same way", func(t TB, h Harness) {
		b := setup(t, h)
		handle, first := b.run(b.job("exit 7"))
		second := b.end(roundTrip(b, handle))
		if second.Gen != first.Gen || second.Phase != first.Phase || second.Exit == nil || *second.Exit != *first.Exit {
			b.Errorf("got %+v, want %+v", second, first)
		}
	}},
	{"Observe delivers an adopted attempt the same way", func(t TB, h Harness) {
		b := setup(t, h)
		handle := b.start(b.job("print begun", "sleep 300ms", "exit 4"))
		s := b.until(handle, "running", running)
		b.crash()
		last := b.end(roundTrip(b, handle))
		if last.Phase != engine.Failed || last.Exit == nil || last.Exit.Code != 4 || last.Gen <= s.Gen {
			b.Errorf("got %+v after %+v", last, s)
		}
	}},
	{"Observe delivers what ended while nobody observed", func(t TB, h Harness) {
		b := setup(t, h)
		r := b.job("exit 5")
		handle := b.start(r)
		b.crash()
		if last := b.end(handle); last.Exit == nil || last.Exit.Code != 5 {
			b.Errorf("got %+v, want exit code 5", last)
		}
	}},
	{"Observe can be done by many at once", func(t TB, h Harness) {
		b := setup(t, h)
		handle := b.start(b.job("sleep 100ms", "exit 6"))
		ends := make(chan engine.Status, 4)
		for range 4 {
			go func() {
				var last engine.Status
				if err := b.e.Observe(b.within(), handle, func(s engine.Status) error { last = s; return nil }); err != nil {
					b.Errorf("observe: %v", err)
				}
				ends <- last
			}()
		}
		for range 4 {
			if s := <-ends; s.Exit == nil || s.Exit.Code != 6 {
				b.Errorf("got %+v, want exit code 6", s)
			}
		}
	}},
	{"Observe returns the callback's error", func(t TB, h Harness) {
		b := setup(t, h)
		handle, _ := b.run(b.job("print hello"))
		if err := b.e.Observe(b.within(), handle, func(engine.Status) error { return errEnough }); !errors.Is(err, errEnough) {
			b.Errorf("got %v, want the callback's error", err)
		}
	}},
	{"Cancelling ctx ends the observation only", func(t TB, h Harness) {
		b := setup(t, h)
		handle := b.start(b.job("sleep 300ms", "print survived"))
		ctx, cancel := context.WithCancel(b.within())
		err := b.e.Observe(ctx, handle, func(s engine.Status) error {
			if s.Phase == engine.Running {
				cancel()
			}
			return nil
		})
		cancel()
		if !errors.Is(err, context.Canceled) {
			b.Errorf("got %v, want the context's error", err)
		}
		if s := b.end(handle); s.Phase != engine.Succeeded {
			b.Errorf("got %+v, want it succeeded", s)
		}
		if got := b.log(handle, ""); got != "survived\n" {
			b.Errorf("got log %q", got)
		}
	}},
	{"A final status never changes", func(t TB, h Harness) {
		b := setup(t, h)
		handle, first := b.run(b.job("print hello"))
		if err := b.e.Stop(b.within(), handle.ID, 0); err != nil {
			b.Errorf("stop of a finished attempt: %v", err)
		}
		if second := b.end(handle); second.Phase != first.Phase || second.Gen != first.Gen {
			b.Errorf("got %+v, want %+v", second, first)
		}
	}},
	{"Observe of an unknown attempt gives not_found", func(t TB, h Harness) {
		b := setup(t, h)
		d := b.e.Describe()
		err := b.e.Observe(b.within(), engine.Handle{ID: b.id(), Version: 1, Engine: d.Name, Host: d.Host}, func(engine.Status) error { return nil })
		b.wantCode("observe", err, entity.CodeNotFound)
	}},
}
