package cli

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

func TestAnInterruptedCommandEndsAsShellsExpect(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "f.txt")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if code := Run(ctx, Host{}, []string{"--endpoint", "http://127.0.0.1:9", "upload", file}); code != 130 {
		t.Errorf("got exit code %d, want 130", code)
	}
}
