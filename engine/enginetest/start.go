package enginetest

import (
	"reflect"
	"sync"

	"dhub/engine"
	"dhub/entity"
)

var startCases = []Case{
	{"Start returns a new attempt", func(t TB, h Harness) {
		b := setup(t, h)
		r := b.job("print hello")
		handle := b.start(r)
		d := b.e.Describe()
		if handle.ID != r.ID || handle.Engine != d.Name || handle.Host != d.Host || handle.Version < 1 {
			b.Errorf("got handle %+v for %+v of %+v", handle, r.ID, d)
		}
		if s := b.end(roundTrip(b, handle)); s.Phase != engine.Succeeded || s.Reason.Code != entity.ReasonCompleted {
			b.Errorf("got %+v, want it succeeded", s)
		}
		if got := b.log(handle, ""); got != "hello\n" {
			b.Errorf("got log %q", got)
		}
	}},
	{"Start is idempotent: it returns the live attempt", func(t TB, h Harness) {
		b := setup(t, h)
		l := b.ledger()
		r := b.counted(l, "hold")
		first := b.start(r)
		b.until(first, "running", running)
		if second := b.start(r); !reflect.DeepEqual(first, second) {
			b.Errorf("got handle %+v, want %+v", second, first)
		}
		b.wantStrokesSoon(l, first)
	}},
	{"Start is idempotent: it returns the finished attempt", func(t TB, h Harness) {
		b := setup(t, h)
		l := b.ledger()
		r := b.counted(l, "exit 3")
		first, ended := b.run(r)
		if second := b.start(r); !reflect.DeepEqual(first, second) {
			b.Errorf("got handle %+v, want %+v", second, first)
		}
		if again := b.end(first); again.Gen != ended.Gen || again.Phase != ended.Phase {
			b.Errorf("got %+v, want still %+v", again, ended)
		}
		b.wantStrokes(l, "x")
	}},
	{"Start is idempotent: called by many goroutines at once it starts once", func(t TB, h Harness) {
		b := setup(t, h)
		l := b.ledger()
		r := b.counted(l, "print once")
		var wg sync.WaitGroup
		var mu sync.Mutex
		var handles []engine.Handle
		for range 8 {
			wg.Go(func() {
				handle, err := b.e.Start(b.within(), r, nil)
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					b.Errorf("start: %v", err)
					return
				}
				handles = append(handles, handle)
			})
		}
		wg.Wait()
		for _, handle := range handles {
			b.end(handle)
		}
		b.wantStrokes(l, "x")
	}},
	{"Start is idempotent: after a crash of its caller", func(t TB, h Harness) {
		b := setup(t, h)
		l := b.ledger()
		r := b.counted(l, "print begun", "sleep 300ms", "print done")
		first := b.start(r)
		b.crash()
		if second := b.start(r); !reflect.DeepEqual(first, second) {
			b.Errorf("got handle %+v, want %+v", second, first)
		}
		if s := b.end(first); s.Phase != engine.Succeeded {
			b.Errorf("got %+v, want it succeeded", s)
		}
		if got := b.log(first, ""); got != "begun\ndone\n" {
			b.Errorf("got log %q", got)
		}
		b.wantStrokes(l, "x")
	}},
	{"Start gives conflict when the ID was stopped", func(t TB, h Harness) {
		b := setup(t, h)
		r := b.job("hold")
		handle := b.start(r)
		b.until(handle, "running", running)
		if err := b.e.Stop(b.within(), r.ID, 0); err != nil {
			b.Fatalf("stop: %v", err)
		}
		b.end(handle)
		_, err := b.e.Start(b.within(), r, nil)
		b.wantCode("start of a stopped attempt", err, entity.CodeConflict)
	}},
	{"Start gives conflict when the ID was stopped before it was started", func(t TB, h Harness) {
		b := setup(t, h)
		r := b.job("print never")
		if err := b.e.Stop(b.within(), r.ID, 0); err != nil {
			b.Fatalf("stop of an unknown attempt: %v", err)
		}
		_, err := b.e.Start(b.within(), r, nil)
		b.wantCode("start of a stopped attempt", err, entity.CodeConflict)
		b.crash()
		_, err = b.e.Start(b.within(), r, nil)
		b.wantCode("start of a stopped attempt after a crash", err, entity.CodeConflict)
	}},
	{"Start gives conflict when the ID was removed: a tombstone outlives Remove", func(t TB, h Harness) {
		b := setup(t, h)
		r := b.job("print once")
		b.run(r)
		if err := b.e.Remove(b.within(), r.ID); err != nil {
			b.Fatalf("remove: %v", err)
		}
		_, err := b.e.Start(b.within(), r, nil)
		b.wantCode("start of a removed attempt", err, entity.CodeConflict)
		b.crash()
		_, err = b.e.Start(b.within(), r, nil)
		b.wantCode("start of a removed attempt after a crash", err, entity.CodeConflict)
	}},
	{"Another attempt of a run whose first was removed starts", func(t TB, h Harness) {
		b := setup(t, h)
		r := b.job("print once")
		b.run(r)
		if err := b.e.Remove(b.within(), r.ID); err != nil {
			b.Fatalf("remove: %v", err)
		}
		r.ID.Attempt++
		if _, s := b.run(r); s.Phase != engine.Succeeded {
			b.Errorf("got %+v, want it succeeded", s)
		}
	}},
	{"Errors of Start carry an entity code: invalid and unimplemented start nothing", func(t TB, h Harness) {
		b := setup(t, h)
		r := b.job()
		r.Main = engine.Process{}
		_, err := b.e.Start(b.within(), r, nil)
		b.wantCode("start without a command", err, entity.CodeInvalid, entity.CodeUnimplemented)
		if got := b.list(); len(got) != 0 {
			b.Errorf("got attempts %v of a refused runnable", got)
		}
	}},
	{"The client's id is never a path component", func(t TB, h Harness) {
		b := setup(t, h)
		r := b.job("print fine")
		r.ID.Run = "../../../etc/x\n\x7f"
		handle, s := b.run(r)
		if s.Phase != engine.Succeeded || handle.ID.Run != r.ID.Run {
			b.Errorf("got %+v and handle %+v", s, handle)
		}
	}},
}

// crash makes the engine's process vanish and come back.
func (b *bench) crash() {
	b.Helper()
	if b.h.Restart != nil {
		b.e = b.h.Restart(b.TB, b.e)
	}
}

// wantStrokesSoon waits until a live attempt has left its stroke, then checks that it is the only one.
func (b *bench) wantStrokesSoon(l ledger, live engine.Handle) {
	b.Helper()
	for range 100 {
		r := b.job("cat "+l.file("strokes"), "sleep 10ms")
		r.Assets = []engine.Asset{l.asset}
		h, _ := b.run(r)
		switch got := b.log(h, ""); got {
		case "\n":
			continue
		case "x\n":
		default:
			b.Errorf("got executions %q, want one", got)
		}
		break
	}
	if err := b.e.Remove(b.within(), live.ID); err != nil {
		b.Errorf("remove: %v", err)
	}
	b.wantStrokes(l, "x")
}
