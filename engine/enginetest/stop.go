package enginetest

import (
	"time"

	"dhub/engine"
	"dhub/entity"
)

var stopCases = []Case{
	{"Stop ends the attempt", func(t TB, h Harness) {
		b := setup(t, h)
		handle := b.start(b.job("hold"))
		b.until(handle, "running", running)
		if err := b.e.Stop(b.within(), handle.ID, within); err != nil {
			b.Fatalf("stop: %v", err)
		}
		if s := b.end(handle); s.Phase != engine.Stopped || s.Reason.Code != entity.ReasonStopped {
			b.Errorf("got %+v, want it stopped", s)
		}
	}},
	{"Stop asks and returns; what ignores it is killed after the grace", func(t TB, h Harness) {
		b := setup(t, h)
		handle := b.start(b.job("stubborn", "print ready", "hold"))
		if err := b.e.Logs(b.within(), handle, "", func(engine.Chunk) error { return errEnough }); err != errEnough {
			b.Fatalf("logs: %v", err)
		}
		const grace = 2 * time.Second
		began := time.Now()
		if err := b.e.Stop(b.within(), handle.ID, grace); err != nil {
			b.Fatalf("stop: %v", err)
		}
		if took := time.Since(began); took >= grace {
			b.Errorf("stop took %v, want it to return at once", took)
		}
		s := b.end(handle)
		if took := time.Since(began); took < grace {
			b.Errorf("it ended after %v, want its grace of %v honoured", took, grace)
		}
		if s.Phase != engine.Stopped || s.Exit == nil || s.Exit.Signal != 9 {
			b.Errorf("got %+v, want it killed", s)
		}
	}},
	{"Stop can be repeated, with a shorter grace", func(t TB, h Harness) {
		b := setup(t, h)
		handle := b.start(b.job("stubborn", "print ready", "hold"))
		if err := b.e.Logs(b.within(), handle, "", func(engine.Chunk) error { return errEnough }); err != errEnough {
			b.Fatalf("logs: %v", err)
		}
		for _, grace := range []time.Duration{time.Hour, time.Hour, 0} {
			if err := b.e.Stop(b.within(), handle.ID, grace); err != nil {
				b.Fatalf("stop: %v", err)
			}
		}
		if s := b.end(handle); s.Phase != engine.Stopped {
			b.Errorf("got %+v, want it stopped", s)
		}
	}},
	{"Stop by ID works for an attempt whose handle was lost", func(t TB, h Harness) {
		b := setup(t, h)
		r := b.job("hold")
		handle := b.start(r)
		b.crash()
		if err := b.e.Stop(b.within(), r.ID, 0); err != nil {
			b.Fatalf("stop: %v", err)
		}
		if s := b.end(handle); s.Phase != engine.Stopped {
			b.Errorf("got %+v, want it stopped", s)
		}
	}},
}

var removeCases = []Case{
	{"Remove frees everything", func(t TB, h Harness) {
		b := setup(t, h)
		handle, _ := b.run(b.job("print hello"))
		if err := b.e.Remove(b.within(), handle.ID); err != nil {
			b.Fatalf("remove: %v", err)
		}
		if got := b.list(); len(got) != 0 {
			b.Errorf("got attempts %v after Remove", got)
		}
		b.wantCode("observe after Remove", b.e.Observe(b.within(), handle, func(engine.Status) error { return nil }), entity.CodeNotFound)
		b.wantCode("logs after Remove", b.e.Logs(b.within(), handle, "", func(engine.Chunk) error { return nil }), entity.CodeNotFound)
	}},
	{"Remove can be repeated, and called for what never was", func(t TB, h Harness) {
		b := setup(t, h)
		handle, _ := b.run(b.job("print hello"))
		for range 2 {
			if err := b.e.Remove(b.within(), handle.ID); err != nil {
				b.Errorf("remove: %v", err)
			}
		}
		if err := b.e.Remove(b.within(), b.id()); err != nil {
			b.Errorf("remove of what never was: %v", err)
		}
	}},
	{"Remove ends a live attempt", func(t TB, h Harness) {
		b := setup(t, h)
		handle := b.start(b.job("stubborn", "print ready", "hold"))
		b.until(handle, "running", running)
		if err := b.e.Remove(b.within(), handle.ID); err != nil {
			b.Fatalf("remove: %v", err)
		}
		if got := b.list(); len(got) != 0 {
			b.Errorf("got attempts %v after Remove", got)
		}
	}},
	{"List yields each attempt this installation owns, live and finished", func(t TB, h Harness) {
		b := setup(t, h)
		finished, _ := b.run(b.job("print hello"))
		live := b.start(b.job("hold"))
		b.crash()
		got := map[engine.ID]bool{}
		for _, handle := range b.list() {
			got[handle.ID] = true
			if handle.Engine != finished.Engine || handle.Host != finished.Host || handle.Version != finished.Version {
				b.Errorf("got handle %+v, want it like %+v", handle, finished)
			}
		}
		if len(got) != 2 || !got[finished.ID] || !got[live.ID] {
			b.Errorf("got %v, want %v and %v", got, finished.ID, live.ID)
		}
		if err := b.e.List(b.within(), func(engine.Handle) error { return errEnough }); err != errEnough {
			b.Errorf("got %v, want the callback's error", err)
		}
	}},
}
