package run

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"dhub/engine"
	"dhub/engine/fake"
	"dhub/entity"
	"dhub/internal/secret"
)

// safe is a vault that seals with real keys.
type safe struct {
	vault
	keys   *secret.Secrets
	broken bool // the stored values were sealed with keys that are gone
}

func (s safe) Seal(plain, aad []byte) ([]byte, error)  { return s.keys.Seal(plain, aad) }
func (s safe) Open(sealed, aad []byte) ([]byte, error) { return s.keys.Open(sealed, aad) }

func (s safe) Values(ctx context.Context, project string, names []string) (map[string]string, error) {
	if s.broken {
		_, err := s.Open(bytes.Repeat([]byte{1}, 40), nil)
		return nil, err
	}
	return s.vault.Values(ctx, project, names)
}

func newSafe(t *testing.T, key byte) safe {
	t.Helper()
	k, err := secret.New(nil, bytes.Repeat([]byte{key}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return safe{vault: vault{map[string]string{"p/PASSWORD": "hunter2hunter2"}}, keys: k}
}

// TestAnAttemptWithoutItsKeyEnds replaces the key file while attempts live: each run ends with a reason that
// says what to do, nothing unmasked is kept, and other runs go on as ever.
func TestAnAttemptWithoutItsKeyEnds(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		waits := func(id string, more map[string]any) {
			members := script("FAKE_SLEEP", "forever", "FAKE_LOG", "it is hunter2hunter2\n")
			members["secrets"] = []string{"PASSWORD"}
			for k, v := range more {
				members[k] = v
			}
			w.create(id, members)
		}
		waits("succeeds", nil)
		waits("fails", nil)
		waits("again", map[string]any{"backoff_limit": 1})
		waits("stops", nil)
		time.Sleep(time.Second)
		w.stop()
		w.cfg.Secrets = newSafe(t, 2)
		w.restart()
		time.Sleep(time.Second)
		if logs, err := w.m.Logs(w.ctx(), "p", "fails"); err != nil || len(logs) != 0 {
			t.Errorf("got the logs %v, %v; want none, since nothing of it can be masked", logs, err)
		}
		id := func(run string) engine.ID { return engine.ID{UID: w.uid(run), Attempt: 1} }
		w.engine.Finish(id("succeeds"), engine.Exit{})
		w.engine.Finish(id("fails"), engine.Exit{Code: 3})
		w.engine.Finish(id("again"), engine.Exit{Code: 3})
		_, err := w.m.Act(w.ctx(), "p", "stops", "stop", "ann")
		w.must(err)
		for run, says := range map[string]string{"succeeds": "returned normally", "fails": "exit code 3"} {
			v := w.end(run)
			if v.State != entity.StateError || v.Reason.Code != entity.ReasonKeyMissing || !strings.Contains(v.Message, says) || !strings.Contains(v.Message, "key file") {
				t.Errorf("%s: got %s with %+v, want ERROR with %s that says %q", run, v.State, v.Reason, entity.ReasonKeyMissing, says)
			}
			if strings.Contains(string(v.doc.Status), "hunter2") || strings.Contains(w.log(run, 1), "hunter2") {
				t.Errorf("%s: a secret shows", run)
			}
			if log := w.log(run, 1); log != "" {
				t.Errorf("%s: got the log %q, want none", run, log)
			}
		}
		if v := w.end("stops"); v.State != entity.StateStopped {
			t.Errorf("stops: got %s, want STOPPED", v.State)
		}
		time.Sleep(time.Minute) // the pause before a retry, in the bubble's time
		w.engine.Finish(engine.ID{UID: w.uid("again"), Attempt: 2}, engine.Exit{})
		if v := w.end("again"); v.State != entity.StateCompleted || v.Attempts[0].Reason.Code != entity.ReasonKeyMissing {
			t.Errorf("again: got %s after %+v, want COMPLETED by a second attempt, sealed with the new key", v.State, v.Attempts)
		}
		if log := w.log("again", 2); log != "it is **************\n" {
			t.Errorf("again: got the log %q of the second attempt", log)
		}
	}, func(c *Config) { c.Secrets = newSafe(t, 1) })
}

func TestARunWhoseSecretsCannotBeOpenedEndsBeforeItStarts(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		w.create("r", map[string]any{"secrets": []string{"PASSWORD"}})
		w.create("other", nil)
		if v := w.end("r"); v.State != entity.StateError || v.Reason.Code != entity.ReasonKeyMissing || v.Attempt != 0 {
			t.Errorf("got %s with %+v after %d attempts, want ERROR with %s before the first", v.State, v.Reason, v.Attempt, entity.ReasonKeyMissing)
		}
		if v := w.end("other"); v.State != entity.StateCompleted {
			t.Errorf("a run without secrets: got %s, want COMPLETED", v.State)
		}
	}, func(c *Config) {
		s := newSafe(t, 1)
		s.broken = true
		c.Secrets = s
	})
}
