package entity_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dhub/entity"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestWhy holds the explanation of each reason code against its golden file. The run behind it lies beside
// it, so a code without either fails.
func TestWhy(t *testing.T) {
	t.Parallel()
	for _, info := range entity.Reasons {
		t.Run(info.Code, func(t *testing.T) {
			t.Parallel()
			base := filepath.Join("testdata", "why", info.Code)
			run, err := os.ReadFile(base + ".json")
			if err != nil {
				t.Fatalf("the reason %s needs a run that ended with it: %v", info.Code, err)
			}
			e := entity.Why(run)
			if e.Code != info.Code {
				t.Fatalf("got code %q, want %q", e.Code, info.Code)
			}
			if !strings.Contains(e.Text(), info.Advice) || !strings.Contains(e.Text(), info.Meaning) {
				t.Errorf("the text lacks meaning or advice:\n%s", e.Text())
			}
			if *update {
				if err := os.WriteFile(base+".golden", []byte(e.Text()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(base + ".golden")
			if err != nil {
				t.Fatalf("the reason %s needs a golden file (go test ./entity -update): %v", info.Code, err)
			}
			if got := e.Text(); got != string(want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func TestWhyHasNoGoldenWithoutACode(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "why", "*.golden"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		code := strings.TrimSuffix(filepath.Base(f), ".golden")
		if _, ok := entity.FindReason(code); !ok {
			t.Errorf("%s belongs to no reason code", f)
		}
	}
}

func TestWhyEndures(t *testing.T) {
	t.Parallel()
	for _, run := range []string{``, `null`, `[]`, `{}`, `{"status":7}`, `{"id":"r","status":{"state":"ERROR","message":"boom","attempts":"none"}}`,
		`{"id":"r","status":{"state":"ERROR","attempts":"none","reason":{"code":"new_one","message":"boom"}}}`} {
		if e := entity.Why(json.RawMessage(run)); e.Headline == "" || len(e.Detail) == 0 || e.Advice == "" {
			t.Errorf("%s: got %+v", run, e)
		}
	}
	e := entity.Why(json.RawMessage(`{"id":"r","status":{"state":"ERROR","attempts":"none","reason":{"code":"exit_code","message":"boom"}}}`))
	if e.Code != entity.ReasonExitCode || !strings.Contains(e.Text(), "boom") {
		t.Errorf("got %+v", e)
	}
}

func TestWhyTellsEndedAttemptsFromThePresentOne(t *testing.T) {
	t.Parallel()
	text := entity.Why([]byte(`{"id":"r","status":{"state":"PENDING","attempt":2,"reason":{"code":"starting"},
		"attempts":[{"number":1,"reason":{"code":"exit_code"}},{"number":2,"state":"PENDING"}]}}`)).Text()
	if !strings.Contains(text, "Attempt 1 ended with exit_code") || strings.Contains(text, "Attempt 2 ended") || !strings.Contains(text, "waits for its next attempt") {
		t.Errorf("got:\n%s", text)
	}
	text = entity.Why([]byte(`{"id":"r","status":{"state":"PENDING","attempt":1,"reason":{"code":"starting"},"attempts":[{"number":1,"state":"PENDING"}]}}`)).Text()
	if !strings.Contains(text, "has not started yet") {
		t.Errorf("got:\n%s", text)
	}
}
