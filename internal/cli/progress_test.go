package cli

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"dhub/client"
	"dhub/entity"
)

func TestProgressIsALineOffTerminals(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	a := &app{err: &out}
	p := a.progress(strings.NewReader(strings.Repeat("x", 3<<20)), "uploading x:", 3<<20)
	p.every = 0
	if _, err := io.Copy(io.Discard, p); err != nil {
		t.Fatal(err)
	}
	p.end()
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if last := lines[len(lines)-1]; last != "uploading x: 3.0 MiB of 3.0 MiB (100 %)" {
		t.Errorf("the last line is %q", last)
	}
	if strings.Contains(out.String(), "\r") {
		t.Error("control characters in a file")
	}
}

func TestEachAttemptSaysOnceWhatItWaitsOn(t *testing.T) {
	t.Parallel()
	status := func(state entity.State, code string, attempt int) client.RunStatus {
		return client.RunStatus{State: state, Attempt: attempt, Reason: &entity.Reason{Code: code, Message: "why"}}
	}
	line, first := waitingOn(status(entity.StateReady, entity.ReasonRetryWait, 1))
	if line != "… ready: why" {
		t.Errorf("the line is %q", line)
	}
	if _, again := waitingOn(status(entity.StateReady, entity.ReasonRetryWait, 1)); again != first {
		t.Errorf("%q and %q: the same is said twice", first, again)
	}
	if _, second := waitingOn(status(entity.StateReady, entity.ReasonRetryWait, 2)); second == first {
		t.Error("the failure of the second attempt is not said")
	}
	for _, s := range []client.RunStatus{{State: entity.StateReady}, status(entity.StateRunning, entity.ReasonExecuting, 1), status(entity.StateError, entity.ReasonUserError, 1)} {
		if line, _ := waitingOn(s); line != "" {
			t.Errorf("%s: %q is said", s.State, line)
		}
	}
}

func TestSizesHaveUnits(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{0: "0 bytes", 1023: "1023 bytes", 1024: "1.0 KiB", 1536: "1.5 KiB", 1 << 30: "1.0 GiB", 1 << 51: "2048.0 TiB"} {
		if got := size(n); got != want {
			t.Errorf("size(%d) = %q, want %q", n, got, want)
		}
	}
}
