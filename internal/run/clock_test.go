package run

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"dhub/engine"
	"dhub/engine/fake"
	"dhub/entity"
)

// With the clock set back by an hour no run is lost, doubled, or left waiting for the hour to pass again.
func TestClockSetBack(t *testing.T) {
	for _, restarted := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			var back atomic.Int64
			now := func() time.Time { return time.Now().Add(-time.Duration(back.Load())) }
			cfg := fake.Config{Script: func(r engine.Runnable) (fake.Script, bool) {
				s := fake.Script{Log: r.ID.Run + "\n", Sleep: 10 * time.Second}
				if r.ID.Run == "retried" {
					s.Sleep, s.Exit.Code = time.Second, 2-r.ID.Attempt
				}
				return s, true
			}}
			w := newWorld(t, newMemStore(now), cfg, func(c *Config) { c.Now, c.MaxRuns = now, 2 })
			defer func() { w.stop() }()
			uids := map[string]string{}
			for _, id := range []string{"retried", "live", "queued"} {
				w.create(id, map[string]any{"backoff_limit": 1})
			}
			for w.get("retried").Reason.Code != entity.ReasonRetryWait {
				time.Sleep(10 * time.Millisecond)
			}
			back.Store(int64(time.Hour))
			if restarted {
				w.stop()
				w.restart()
			}
			began := time.Now()
			w.create("later", nil)
			want := map[string]int{"retried": 2, "live": 1, "queued": 1, "later": 1}
			for id, attempts := range want {
				if v := w.end(id); v.State != entity.StateCompleted || v.Attempt != attempts {
					t.Errorf("%s: got %s (%s) after %d attempts, want COMPLETED after %d", id, v.State, v.Reason.Code, v.Attempt, attempts)
				}
				if got := w.log(id, attempts); got != id+"\n" {
					t.Errorf("%s: the log is %q", id, got)
				}
				r, err := w.m.load(w.ctx(), "p", id)
				w.must(err)
				uids[id] = r.UID
			}
			if took := time.Since(began); took > 5*time.Minute {
				t.Errorf("the runs ended after %s: they waited for the clock", took)
			}
			for id, uid := range uids {
				for n := 1; n <= want[id]; n++ {
					if got := w.engine.Executions(engine.ID{Run: id, UID: uid, Attempt: n}); got != 1 {
						t.Errorf("attempt %d of %s was executed %d times", n, id, got)
					}
				}
			}
		})
	}
}
