package run

import (
	"context"
	"testing"
	"time"

	"dhub/engine"
	"dhub/engine/fake"
)

// chatty is an engine whose jobs never stop printing.
type chatty struct{ *fake.Engine }

func (chatty) Logs(ctx context.Context, _ engine.Handle, _ engine.Cursor, f func(engine.Chunk) error) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(quiet / 2):
		}
		if err := f(engine.Chunk{Container: "main", Data: []byte("line\n"), Next: "x"}); err != nil {
			return err
		}
	}
}

func TestTheLogOfAJobThatNeverStopsPrintingIsReadToItsPresentEnd(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("r", script("FAKE_SLEEP", "1h"))
		time.Sleep(time.Second)
		begin := time.Now()
		w.log("r", 1)
		_, err := w.m.Logs(w.ctx(), "p", "r")
		w.must(err)
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("reading what there is took %s", took)
		}
	}, func(c *Config) { c.Engines = engine.NewSet(chatty{c.Engines.All()[0].(*fake.Engine)}) })
}

// long is an engine whose jobs have printed a thousand pieces.
type long struct{ *fake.Engine }

func (long) Logs(ctx context.Context, _ engine.Handle, _ engine.Cursor, f func(engine.Chunk) error) error {
	for range 1000 {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := f(engine.Chunk{Container: "main", Data: []byte("line\n"), Next: "x"}); err != nil {
			return err
		}
	}
	<-ctx.Done()
	return ctx.Err()
}

func TestASlowReaderGetsTheWholeLiveLog(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("r", script("FAKE_SLEEP", "1h"))
		time.Sleep(time.Second)
		got := 0
		w.must(w.m.ReadLog(w.ctx(), "p", "r", 1, "", 0, false, func(p LogPiece) error {
			time.Sleep(2 * quiet) // its connection is slow
			got += len(p.Data)
			return nil
		}))
		if got != 5000 {
			t.Errorf("got %d bytes, want 5000", got)
		}
	}, func(c *Config) { c.Engines = engine.NewSet(long{c.Engines.All()[0].(*fake.Engine)}) })
}

func TestTheSizeOfALiveLogIsWhatCanBeRead(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		said := script("FAKE_LOG", "the word is hunter2", "FAKE_SLEEP", "1h") // perhaps the beginning of a secret
		said["secrets"] = []string{"PASSWORD"}
		w.create("r", said)
		time.Sleep(time.Second)
		views, err := w.m.Logs(w.ctx(), "p", "r")
		w.must(err)
		if read := w.log("r", 1); len(views) != 1 || views[0].Size != int64(len(read)) {
			t.Errorf("got %+v, want the size of %q", views, read)
		}
	})
}
