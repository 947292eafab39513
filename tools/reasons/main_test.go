package main

import (
	"os"
	"testing"
)

func TestTheDocumentIsUpToDate(t *testing.T) {
	t.Parallel()
	got, err := os.ReadFile("../../docs/reasons.md")
	if err != nil {
		t.Fatal(err)
	}
	if want := document(); string(got) != want {
		t.Error("docs/reasons.md differs from the table of reason codes: run make gen")
	}
}
