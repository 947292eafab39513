package httpapi

import (
	"context"
	"errors"
	"testing"
)

// forgetful is a server that is killed between the effect of a request and the note of its answer.
type forgetful struct{ Answers }

func (forgetful) Remember(context.Context, string, []byte, []byte) error { return errors.New("killed") }

func TestARequestWithAKeyThatWasKilledBeforeItsAnswerIsNotDoneTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0, func(c *Config) { c.Answers = forgetful{c.Answers} })
	w.project()
	body := `{"name":"f","kind":"python","spec":` + functionSpec + `}`
	f := w.doc("POST", p1+"/functions", body, "Idempotency-Key: f")
	if again := w.doc("POST", p1+"/functions", body, "Idempotency-Key: f"); again.ID != f.ID {
		t.Errorf("functions: got %s, want %s again", again.ID, f.ID)
	}
	if other := w.doc("POST", p1+"/functions", body, "Idempotency-Key: g"); other.ID == f.ID {
		t.Error("functions: another key gave the same version")
	}
	run := `{"kind":"python+job:run","spec":{"task":"python+job://p1/` + w.task(f).ID + `"}}`
	one, two := w.doc("POST", p1+"/runs", run, "Idempotency-Key: r"), w.doc("POST", p1+"/runs", run, "Idempotency-Key: r")
	if n := w.page(p1 + "/runs").TotalElements; one.ID != two.ID || n != 1 {
		t.Errorf("runs: got %s and %s of %d, want one", one.ID, two.ID, n)
	}
	failure(t, ask(t, w, "POST", p1+"/functions", `{"id":"`+f.ID+`",`+body[1:], "Idempotency-Key: h"), 400, "Duplicated")
}
