package cli

import (
	"encoding/json"
	"testing"

	"dhub/client"
)

// The duration of a run is that of the console and of the lists that sort by it: from creation to end.
func TestTheDurationOfARunCountsFromItsCreation(t *testing.T) {
	t.Parallel()
	e := client.Entity{Status: json.RawMessage(`{"state":"COMPLETED","started_at":"2026-11-22T10:00:59.000Z","finished_at":"2026-11-22T10:01:00.000Z",
		"durations":{"queued":58.5,"starting":0.5,"running":1,"total":60}}`)}
	if got := duration(e); got != "60.0s" {
		t.Errorf("got %s, want 60.0s", got)
	}
}
