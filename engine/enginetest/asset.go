package enginetest

import (
	"fmt"
	"strings"
	"sync"

	"dhub/engine"
	"dhub/entity"
)

func (b *bench) assetKey() string { return fmt.Sprintf("asset-%d", counter.Add(1)) }

var assetCases = []Case{
	{"Make runs in a fresh folder, which any process finds by key and by path", func(t TB, h Harness) {
		b := setup(t, h)
		key := b.assetKey()
		r := b.job("cat {asset:"+key+"}/made", "cat lib/made", "cat lib/given")
		r.Assets = []engine.Asset{{Key: key, Path: "lib", Files: []engine.File{{Path: "given", Text: "from files"}},
			Make: []engine.Process{b.program("cat {asset}/given", "write {asset}/made by"), b.program("append {asset}/made steps", "print making")}}}
		handle, s := b.run(roundTrip(b, r))
		if got := b.log(handle, ""); got != "from files\nmaking\nbysteps\nbysteps\nfrom files\n" || s.Phase != engine.Succeeded {
			b.Errorf("got log %q and %+v", got, s)
		}
	}},
	{"Make runs at most once per Key", func(t TB, h Harness) {
		b := setup(t, h)
		key, l := b.assetKey(), b.ledger()
		make := func() engine.Runnable {
			r := b.job("print used")
			r.Assets = []engine.Asset{l.asset, {Key: key, Make: []engine.Process{b.program("append "+l.file("strokes")+" x", "print making")}}}
			return r
		}
		first, _ := b.run(make())
		if got := b.log(first, ""); got != "making\nused\n" {
			b.Errorf("first: got log %q", got)
		}
		b.crash()
		second, s := b.run(make())
		if got := b.log(second, ""); got != "used\n" || s.Phase != engine.Succeeded {
			b.Errorf("second: got log %q and %+v", got, s)
		}
		b.wantStrokes(l, "x")
	}},
	{"Make runs under a lock, and its output is in the log of every attempt that waits", func(t TB, h Harness) {
		b := setup(t, h)
		key, l := b.assetKey(), b.ledger()
		var wg sync.WaitGroup
		for range 5 {
			r := b.job("print used")
			r.Assets = []engine.Asset{l.asset, {Key: key, Make: []engine.Process{b.program("append "+l.file("strokes")+" x", "print making", "sleep 400ms", "print made")}}}
			handle := b.start(r)
			wg.Go(func() {
				s := b.end(handle)
				if got := b.log(handle, ""); got != "making\nmade\nused\n" || s.Phase != engine.Succeeded {
					b.Errorf("got log %q and %+v", got, s)
				}
			})
		}
		wg.Wait()
		b.wantStrokes(l, "x")
	}},
	{"An attempt that waits for an asset is preparing, and follows the builder's output", func(t TB, h Harness) {
		b := setup(t, h)
		r := b.job("print used")
		r.Assets = []engine.Asset{{Key: b.assetKey(), Make: []engine.Process{b.program("print making", "hold")}}}
		handle := b.start(r)
		if s := b.until(handle, "preparing", func(s engine.Status) bool { return s.Phase == engine.Preparing }); s.Reason.Code != entity.ReasonEnvironment {
			b.Errorf("got reason %+v", s.Reason)
		}
		got := ""
		if err := b.e.Logs(b.within(), handle, "", func(c engine.Chunk) error {
			if got += string(c.Data); got == "making\n" {
				return errEnough
			}
			return nil
		}); err != errEnough {
			b.Errorf("logs: got %q and %v", got, err)
		}
		if err := b.e.Remove(b.within(), handle.ID); err != nil {
			b.Errorf("remove: %v", err)
		}
	}},
	{"A build can be stopped, and leaves nothing that a later attempt accepts", func(t TB, h Harness) {
		b := setup(t, h)
		key := b.assetKey()
		halfway := b.job("print never")
		halfway.Assets = []engine.Asset{{Key: key, Make: []engine.Process{b.program("write {asset}/half done", "print half", "hold")}}}
		handle := b.start(halfway)
		if err := b.e.Logs(b.within(), handle, "", func(engine.Chunk) error { return errEnough }); err != errEnough {
			b.Fatalf("logs: %v", err)
		}
		if err := b.e.Stop(b.within(), handle.ID, 0); err != nil {
			b.Fatalf("stop: %v", err)
		}
		if s := b.end(handle); s.Phase != engine.Stopped {
			b.Errorf("got %+v, want it stopped", s)
		}
		if got := b.log(handle, ""); got != "half\n" {
			b.Errorf("got log %q", got)
		}
		whole := b.job("cat {asset:"+key+"}/half", "cat {asset:"+key+"}/whole")
		whole.Assets = []engine.Asset{{Key: key, Make: []engine.Process{b.program("write {asset}/whole yes")}}}
		handle, _ = b.run(whole)
		if got := b.log(handle, ""); got != "\nyes\n" {
			b.Errorf("got %q, want nothing of the first build and all of the second", got)
		}
	}},
	{"A failing build ends the attempt with environment_failed, and the next one builds anew", func(t TB, h Harness) {
		b := setup(t, h)
		key := b.assetKey()
		bad := b.job("print never")
		bad.Assets = []engine.Asset{{Key: key, Make: []engine.Process{b.program("print no such version", "exit 1")}}}
		handle, s := b.run(bad)
		if s.Phase != engine.Failed || s.Reason.Code != entity.ReasonEnvFailed {
			b.Errorf("got %+v, want environment_failed", s)
		}
		if got := b.log(handle, ""); got != "no such version\n" {
			b.Errorf("got log %q", got)
		}
		good := b.job("cat {asset:" + key + "}/x")
		good.Assets = []engine.Asset{{Key: key, Make: []engine.Process{b.program("write {asset}/x yes")}}}
		handle, _ = b.run(good)
		if got := b.log(handle, ""); !strings.HasSuffix(got, "yes\n") {
			b.Errorf("got log %q", got)
		}
	}},
}
