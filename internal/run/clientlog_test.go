package run

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"dhub/engine/fake"
	"dhub/entity"
	"dhub/internal/blob"
	"dhub/internal/store"
)

// inlineBytes counts what the store itself holds of a run's log.
func (w *world) inlineBytes(uid string) (n int) {
	w.t.Helper()
	w.must(w.store.Read(w.ctx(), func(tx store.Tx) error {
		data, err := tx.Logs().Read(w.ctx(), uid, 0, clientLog, 0, 1<<30)
		n = len(data)
		return err
	}))
	return n
}

func TestALongLogOfAClientIsPutAwayWhenItsRunHasEnded(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		long := strings.Repeat("a line that a client sent \x00\xff\n", 20_000)
		for id, end := range map[string]func(){
			"completed": func() { w.put("completed", `{"status":{"state":"COMPLETED"}}`) },
			"stopped":   func() { _, err := w.m.Act(w.ctx(), "p", "stopped", "stop", "ann"); w.must(err) },
			"silent":    func() { time.Sleep(25 * time.Hour) },
		} {
			w.local(id)
			w.must(w.m.AppendLog(w.ctx(), "p", id, 0, []byte(long)))
			uid := w.uid(id)
			if n := w.inlineBytes(uid); n != len(long) {
				t.Fatalf("%s: the store holds %d bytes of the live log, want %d", id, n, len(long))
			}
			end()
			rest := long
			if id != "silent" { // the last words come after the end
				rest += "last words\n"
				w.must(w.m.AppendLog(w.ctx(), "p", id, int64(len(long)), []byte("last words\n")))
			}
			time.Sleep(putAwayAfter + time.Second)
			if n := w.inlineBytes(uid); n != 0 {
				t.Errorf("%s: the store holds %d bytes of the log, want none", id, n)
			}
			if got := w.log(id, 0); got != rest {
				t.Errorf("%s: the log has %d bytes, want %d", id, len(got), len(rest))
			}
			w.must(w.m.AppendLog(w.ctx(), "p", id, 5, []byte(rest[5:100]))) // known already
			if err := w.m.AppendLog(w.ctx(), "p", id, int64(len(rest)), []byte("late")); entity.CodeOf(err) != entity.CodeConflict {
				t.Errorf("%s: adding to a log that was put away: got %v, want conflict", id, err)
			}
			if wake := w.row(id).Wake; !wake.IsZero() {
				t.Errorf("%s: the run is to be looked at again at %s", id, wake)
			}
		}
		_, err := w.m.Delete(w.ctx(), "p", "completed")
		w.must(err)
		list, err := w.cfg.Blobs.List(w.ctx(), LogPrefix, "", 10)
		if err != nil || len(list) != 2 {
			t.Errorf("got %d long logs, %v; want the two of the runs that are left", len(list), err)
		}
	}, withFiles(t))
}

func TestAShortLogOfAClientStays(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.local("r")
		w.must(w.m.AppendLog(w.ctx(), "p", "r", 0, []byte("short")))
		w.put("r", `{"status":{"state":"COMPLETED"}}`)
		if wake := w.row("r").Wake; !wake.IsZero() {
			t.Errorf("the run is to be looked at again at %s", wake)
		}
		if n := w.inlineBytes(w.uid("r")); n != 5 {
			t.Errorf("the store holds %d bytes", n)
		}
	}, withFiles(t))
}

// stubborn is a file store that fails or stops in the middle of what is written.
type stubborn struct {
	blob.Store
	fails atomic.Int32
}

func (s *stubborn) Put(ctx context.Context, key string, r io.Reader, a blob.Attrs) (blob.Info, error) {
	if s.fails.Add(-1) >= 0 {
		_, _ = io.CopyN(io.Discard, r, 100)
		return blob.Info{}, errors.New("no space left")
	}
	return s.Store.Put(ctx, key, r, a)
}

func TestALongLogIsPutAwayAfterTroubleAndRestart(t *testing.T) {
	files := &stubborn{}
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		long := strings.Repeat("0123456789\n", 20_000)
		w.local("r")
		w.must(w.m.AppendLog(w.ctx(), "p", "r", 0, []byte(long)))
		files.fails.Store(1)
		w.put("r", `{"status":{"state":"COMPLETED"}}`)
		w.stop() // between the end and the move
		w.restart()
		time.Sleep(putAwayAfter + time.Second)
		if n := w.inlineBytes(w.uid("r")); n != len(long) || w.log("r", 0) != long {
			t.Errorf("after a failure the store holds %d bytes, want all %d", n, len(long))
		}
		w.create("other", nil)
		w.end("other") // nobody waits for it
		time.Sleep(putAwayAgain)
		if n := w.inlineBytes(w.uid("r")); n != 0 || w.log("r", 0) != long {
			t.Errorf("the store holds %d bytes of the log", n)
		}
	}, withFiles(t), func(c *Config) { files.Store = c.Blobs; c.Blobs = files })
}

// row is a run as it is stored.
func (w *world) row(id string) store.Run {
	w.t.Helper()
	r, err := w.m.load(w.ctx(), "p", id)
	w.must(err)
	return r
}

// local makes a run that its client executes, and that is running.
func (w *world) local(id string) {
	w.t.Helper()
	w.create(id, map[string]any{"local_execution": true})
	for _, state := range []string{"BUILT", "READY", "RUNNING"} {
		w.put(id, `{"status":{"state":"`+state+`"}}`)
	}
}
