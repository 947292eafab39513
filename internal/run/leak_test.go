package run

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"dhub/engine"
	"dhub/engine/fake"
	"dhub/entity"
	"dhub/runtime"
)

// telling is a runtime that words the end of a run with what the report says.
type telling struct{ stub }

func (telling) Explain(s engine.Status) (entity.Reason, bool) {
	var report struct{ Error string }
	_ = json.Unmarshal(s.Report, &report)
	return entity.Reason{Code: entity.ReasonUserError, Message: report.Error}, report.Error != ""
}

func TestAMessageOfTheJobHidesItsSecrets(t *testing.T) {
	inBubble(t, fake.Config{}, func(t *testing.T, w *world) {
		said := script("FAKE_REPORT", `{"error":"ValueError: no entry for hunter2hunter2"}`, "FAKE_EXIT", "1")
		said["secrets"] = []string{"PASSWORD"}
		w.create("r", said)
		v := w.end("r")
		if strings.Contains(string(v.doc.Status), "hunter2") || !strings.Contains(v.Message, "no entry for ****") {
			t.Errorf("got the status %s, want the secret masked", v.doc.Status)
		}
		waits := script("FAKE_SLEEP", "1m")
		waits["secrets"] = []string{"PASSWORD"}
		w.create("q", waits)
		time.Sleep(time.Second)
		_, err := w.m.Update(w.ctx(), Write{Project: "p", ID: "q", Body: fmt.Appendf(nil,
			`{"kind":"test+job:run","status":{"state":"ERROR","message":"no entry for hunter2hunter2"}}`)}, Caller{})
		w.must(err)
		if v := w.get("q"); strings.Contains(string(v.doc.Status), "hunter2") {
			t.Errorf("got the status %s of a running run, want the secret masked", v.doc.Status)
		}
		if v := w.end("q"); strings.Contains(string(v.doc.Status), "hunter2") {
			t.Errorf("got the status %s, want the secret masked", v.doc.Status)
		}
	}, func(c *Config) { c.Runtimes = runtime.NewRegistry(telling{}) })
}
