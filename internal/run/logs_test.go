package run

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"dhub/engine"
	"dhub/engine/fake"
	"dhub/entity"
	"dhub/internal/blob/file"
	"dhub/internal/store"
)

// withFiles gives the manager a file store in a temporary folder.
func withFiles(t *testing.T) func(*Config) {
	b, err := file.New(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return func(c *Config) { c.Blobs = b }
}

func TestLongLogsMoveIntoTheFileStoreByteForByte(t *testing.T) {
	var text strings.Builder
	for i := 0; text.Len() < 3<<20; i++ {
		fmt.Fprintf(&text, "line %d \x00\xff hunter2hunter2\n", i)
	}
	raw := text.String()
	masked := strings.ReplaceAll(raw, "hunter2hunter2", "**************")
	cfg := fake.Config{Script: func(engine.Runnable) (fake.Script, bool) { return fake.Script{Log: raw, Sleep: time.Minute}, true }}
	inBubble(t, cfg, func(t *testing.T, w *world) {
		w.create("r", map[string]any{"secrets": []string{"PASSWORD"}})
		time.Sleep(time.Second)
		if got := w.log("r", 0); got != masked {
			t.Errorf("live log: got %d bytes, want %d, equal: no", len(got), len(masked))
		}
		views, err := w.m.Logs(w.ctx(), "p", "r")
		w.must(err)
		if len(views) != 1 || views[0].Closed || views[0].Size != int64(len(masked)) {
			t.Errorf("live logs: got %+v", views)
		}
		w.end("r")
		if got := w.log("r", 1); sha256.Sum256([]byte(got)) != sha256.Sum256([]byte(masked)) {
			t.Errorf("stored log: got %d bytes, want %d, equal: no", len(got), len(masked))
		}
		for _, offset := range []int64{1, frameLog - 1, frameLog, frameLog + 1, int64(len(masked)) - 1, int64(len(masked)), int64(len(masked)) + 5} {
			var b bytes.Buffer
			w.must(w.m.ReadLog(w.ctx(), "p", "r", 1, "", offset, true, func(p LogPiece) error {
				if b.Len() == 0 && p.Offset != offset {
					t.Errorf("from %d: first piece at %d", offset, p.Offset)
				}
				b.Write(p.Data)
				return nil
			}))
			if want := masked[min(offset, int64(len(masked))):]; b.String() != want {
				t.Errorf("from %d: got %d bytes, want %d", offset, b.Len(), len(want))
			}
		}
		views, err = w.m.Logs(w.ctx(), "p", "r")
		w.must(err)
		if len(views) != 1 || !views[0].Closed || views[0].Size != int64(len(masked)) {
			t.Errorf("stored logs: got %+v", views)
		}
		objects, err := w.cfg.Blobs.List(w.ctx(), LogPrefix, "", 10)
		w.must(err)
		if len(objects) != 1 || objects[0].Size > int64(len(masked))/4 {
			t.Errorf("objects: got %+v, want one, compressed", objects)
		}
		_, err = w.m.Delete(w.ctx(), "p", "r")
		w.must(err)
		if objects, _ = w.cfg.Blobs.List(w.ctx(), LogPrefix, "", 10); len(objects) != 0 {
			t.Errorf("objects after delete: got %d, want 0", len(objects))
		}
	}, withFiles(t))
}

func TestAFollowerSeesEachByteOnceAcrossTheEnd(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("r", map[string]any{"secrets": []string{"PASSWORD"}, "parameters": map[string]any{"FAKE_SLEEP": "forever"}})
		var got bytes.Buffer
		done := make(chan error, 1)
		go func() {
			done <- w.m.ReadLog(w.ctx(), "p", "r", 0, "", 0, true, func(p LogPiece) error {
				if p.Offset != int64(got.Len()) {
					return fmt.Errorf("piece at %d, want %d", p.Offset, got.Len())
				}
				got.Write(p.Data)
				return nil
			})
		}()
		time.Sleep(time.Second)
		id := engine.ID{UID: w.uid("r"), Attempt: 1}
		var want strings.Builder
		for i := range 1000 {
			line := fmt.Sprintf("%d hunter2", i)
			w.engine.Write(id, line)
			time.Sleep(time.Millisecond)
			w.engine.Write(id, "hunter2\nhunter")
			fmt.Fprintf(&want, "%d **************\nhunter", i)
		}
		w.engine.Finish(id, engine.Exit{})
		w.must(<-done)
		if got.String() != want.String() {
			t.Errorf("got %d bytes, want %d; they part %s", got.Len(), want.Len(), parting(got.String(), want.String()))
		}
		if stored := w.log("r", 1); stored != want.String() {
			t.Errorf("stored: got %d bytes, want %d", len(stored), want.Len())
		}
	})
}

// parting shows where two texts part.
func parting(got, want string) string {
	i := 0
	for i < min(len(got), len(want)) && got[i] == want[i] {
		i++
	}
	return fmt.Sprintf("at %d: got %.60q, want %.60q", i, got[max(0, i-20):], want[max(0, i-20):])
}

func TestAFollowerOfAQueuedRunWaitsAndLeavesWithItsContext(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("r", nil)
		ctx, cancel := context.WithTimeout(w.ctx(), time.Minute)
		defer cancel()
		start := time.Now()
		err := w.m.ReadLog(ctx, "p", "r", 0, "", 0, true, func(LogPiece) error { return nil })
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Minute {
			t.Errorf("got %v after %s", err, time.Since(start))
		}
	}, func(c *Config) { c.MaxRuns = 0 })
}

func TestMaskingSurvivesARestartAndARotation(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("r", map[string]any{"secrets": []string{"PASSWORD"}, "parameters": map[string]any{"FAKE_SLEEP": "forever", "FAKE_LOG": "hunter2hunter2"}})
		time.Sleep(time.Second)
		w.stop()
		w.cfg.Secrets = vault{map[string]string{"p/PASSWORD": "changed"}}
		w.restart()
		id := engine.ID{UID: w.uid("r"), Attempt: 1}
		time.Sleep(time.Second)
		w.engine.Write(id, " hunter2hunter2\n")
		if got := w.log("r", 1); got != "************** **************\n" {
			t.Errorf("live: got %q", got)
		}
		w.engine.Finish(id, engine.Exit{})
		w.end("r")
		if got := w.log("r", 1); got != "************** **************\n" {
			t.Errorf("stored: got %q", got)
		}
		time.Sleep(time.Second)
		w.must(w.store.Read(w.ctx(), func(tx store.Tx) error {
			a, err := tx.Attempts().Get(w.ctx(), id.UID, 1)
			if len(a.Sealed) > 0 || len(a.Runnable) > 0 || !a.Cleared {
				t.Errorf("cleared attempt: got %+v", a)
			}
			return err
		}))
	})
}

func TestALogIsDeletedOnlyWhenItsAttemptHasEnded(t *testing.T) {
	long := strings.Repeat("a line of a log that is longer than what the store keeps itself\n", 4000)
	cfg := fake.Config{Script: func(r engine.Runnable) (fake.Script, bool) {
		s := fake.Script{Log: long, Sleep: time.Minute}
		if r.ID.Attempt == 1 {
			s.Log, s.Exit.Code = "short\n", 1
		}
		return s, true
	}}
	inBubble(t, cfg, func(t *testing.T, w *world) {
		w.create("r", map[string]any{"backoff_limit": 1})
		remove := func(project string, attempt int) entity.Code {
			return entity.CodeOf(w.m.DeleteLog(w.ctx(), project, "r", attempt, "main"))
		}
		time.Sleep(time.Second)
		if got := remove("p", 1); got != entity.CodeConflict {
			t.Errorf("live: got %q, want conflict", got)
		}
		v := w.end("r")
		if v.State != entity.StateCompleted || w.log("r", 2) != long {
			t.Fatalf("got %s with %d bytes of log", v.State, len(w.log("r", 2)))
		}
		if got := remove("other", 1); got != entity.CodeInvalid {
			t.Errorf("other project: got %q, want invalid", got)
		}
		objects := func() int {
			list, err := w.cfg.Blobs.List(w.ctx(), LogPrefix, "", 10)
			w.must(err)
			return len(list)
		}
		if n := objects(); n != 1 {
			t.Fatalf("got %d long logs, want 1", n)
		}
		for _, attempt := range []int{1, 2} {
			if got := remove("p", attempt); got != "" {
				t.Errorf("attempt %d: got %q", attempt, got)
			}
			if got := remove("p", attempt); got != entity.CodeNotFound {
				t.Errorf("attempt %d again: got %q, want not found", attempt, got)
			}
			if got := w.log("r", attempt); got != "" {
				t.Errorf("attempt %d: %d bytes are left", attempt, len(got))
			}
		}
		logs, err := w.m.Logs(w.ctx(), "p", "r")
		if err != nil || len(logs) != 0 || objects() != 0 {
			t.Errorf("left: %v and %d long logs (%v)", logs, objects(), err)
		}
		w.create("mine", map[string]any{"local_execution": true})
		w.must(w.m.AppendLog(w.ctx(), "p", "mine", 0, []byte("x")))
		if err := w.m.DeleteLog(w.ctx(), "p", "mine", 0, clientLog); entity.CodeOf(err) != entity.CodeConflict {
			t.Errorf("a client's live log: got %v, want conflict", err)
		}
		w.put("mine", `{"status":{"state":"ERROR"}}`)
		w.must(w.m.DeleteLog(w.ctx(), "p", "mine", 0, clientLog))
	}, withFiles(t))
}

func TestSweepRemovesALongLogWhoseRowIsGone(t *testing.T) {
	cfg := fake.Config{Script: func(engine.Runnable) (fake.Script, bool) {
		return fake.Script{Log: strings.Repeat("0123456789\n", 10000), Sleep: time.Minute}, true
	}}
	inBubble(t, cfg, func(t *testing.T, w *world) {
		w.create("r", nil)
		w.end("r")
		w.create("live", nil)
		time.Sleep(time.Second)
		w.stop()
		uid := func(id string) (uid string) {
			w.must(w.store.Read(w.ctx(), func(tx store.Tx) error {
				r, err := tx.Runs().Get(w.ctx(), id)
				uid = r.UID
				return err
			}))
			return uid
		}
		for _, name := range []string{uid("r") + "/1.dead.zst", uid("live") + "/1.coming.zst"} {
			_, err := w.cfg.Blobs.Put(w.ctx(), LogPrefix+name, strings.NewReader("x"), blobAttrs)
			w.must(err)
		}
		w.restart()
		time.Sleep(time.Second)
		list, err := w.cfg.Blobs.List(w.ctx(), LogPrefix, "", 10)
		w.must(err)
		var keys []string
		for _, o := range list {
			keys = append(keys, o.Key)
		}
		all := strings.Join(keys, " ")
		if len(keys) != 2 || strings.Contains(all, "dead") || !strings.Contains(all, "coming") {
			t.Errorf("got %v, want the log of r and the one that is coming", keys)
		}
		w.end("live")
	}, withFiles(t))
}

func TestSweepRemovesLogsOfRunsThatAreGone(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.stop()
		_, err := w.cfg.Blobs.Put(w.ctx(), LogPrefix+"nobody/1.abc.zst", strings.NewReader("x"), blobAttrs)
		w.must(err)
		w.restart()
		time.Sleep(time.Second)
		objects, err := w.cfg.Blobs.List(w.ctx(), LogPrefix, "", 10)
		w.must(err)
		if len(objects) != 0 {
			t.Errorf("objects: got %d, want 0", len(objects))
		}
	}, withFiles(t))
}

func TestAClientSendsItsLogByOffset(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("r", map[string]any{"local_execution": true})
		var followed bytes.Buffer
		done := make(chan error, 1)
		go func() {
			done <- w.m.ReadLog(w.ctx(), "p", "r", 0, "", 0, true, func(p LogPiece) error {
				followed.Write(p.Data)
				return nil
			})
		}()
		add := func(offset int64, text string) error {
			time.Sleep(time.Second)
			return w.m.AppendLog(w.ctx(), "p", "r", offset, []byte(text))
		}
		w.must(add(0, "hello "))
		w.must(add(0, "hello "))
		w.must(add(3, "lo world"))
		if err := add(100, "gap"); entity.CodeOf(err) != entity.CodeConflict || !strings.Contains(err.Error(), "11") {
			t.Errorf("gap: got %v, want a conflict that names 11", err)
		}
		if got := w.log("r", 0); got != "hello world" {
			t.Errorf("log: got %q", got)
		}
		w.put("r", `{"status":{"state":"ERROR","message":"gave up"}}`)
		w.must(<-done)
		if followed.String() != "hello world" {
			t.Errorf("followed: got %q", followed.String())
		}
		w.create("e", nil)
		if err := w.m.AppendLog(w.ctx(), "p", "e", 0, []byte("x")); entity.CodeOf(err) != entity.CodeConflict {
			t.Errorf("engine's run: got %v, want conflict", err)
		}
		w.end("e")
	})
}
