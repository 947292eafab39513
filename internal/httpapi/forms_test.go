package httpapi

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"dhub/internal/trigger/cron"
)

// formsData is where the console's forms find what the server serves.
const formsData = "../../web/src/forms/testdata"

// golden compares data with a file, or writes it with -update.
func golden(t *testing.T, path string, data []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, data) {
		t.Errorf("%s is not what the server has now; run make gen", path)
	}
}

// The console's forms are tested with every schema that is served.
func TestFormsAreTestedWithTheServedSchemas(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	for _, typ := range []string{"project", "function", "workflow", "task", "run", "artifact", "dataitem", "model", "secret", "trigger", "metadata"} {
		r := w.do("GET", "/api/v1/schemas/"+typ+"?size=1000", "")
		var page struct {
			Content []json.RawMessage `json:"content"`
		}
		if err := json.Unmarshal(r.Body.Bytes(), &page); err != nil {
			t.Fatal(err)
		}
		if len(page.Content) == 0 && typ != "workflow" { // of which only some runtimes have kinds
			t.Errorf("%s: no schema is served", typ)
		}
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", " ")
		if err := e.Encode(page.Content); err != nil {
			t.Fatal(err)
		}
		golden(t, filepath.Join(formsData, typ+".json"), b.Bytes())
	}
}

// The console words schedules and shows their next ticks while they are typed: they must be the server's.
func TestFormsAreTestedWithTheServersTicks(t *testing.T) {
	t.Parallel()
	type ticks struct {
		Schedule string   `json:"schedule"`
		Zone     string   `json:"zone"`
		After    string   `json:"after"`
		Next     []string `json:"next"` // nothing if the schedule cannot be read or never fires
		Bad      bool     `json:"bad,omitempty"`
	}
	var all []ticks
	for _, in := range []struct{ schedule, zone, after string }{
		{"@hourly", "", "2027-01-31T08:15:00Z"}, {"@daily", "Europe/Rome", "2027-01-31T08:15:00Z"}, {"@weekly", "", "2027-01-31T08:15:00Z"},
		{"@monthly", "America/New_York", "2027-01-31T08:15:00Z"}, {"@yearly", "", "2027-01-31T08:15:00Z"}, {"@fortnightly", "", "2027-01-31T08:15:00Z"},
		{"0 2 * * *", "Europe/Rome", "2027-03-26T12:00:00Z"},  // the clock jumps from 2 to 3 on the 28th
		{"30 2 * * *", "Europe/Rome", "2027-03-26T12:00:00Z"}, // a tick inside the gap
		{"30 2 * * *", "Europe/Rome", "2027-10-29T12:00:00Z"}, // an hour that comes twice on the 31st
		{"30 * * * *", "Europe/Rome", "2027-10-30T23:00:00Z"}, {"0 * * * *", "Europe/Rome", "2027-03-27T23:30:00Z"},
		{"*/15 9-17 * * MON-FRI", "", "2027-01-29T16:50:00Z"}, {"0 0 13 * FRI", "", "2027-01-31T08:15:00Z"}, {"5,35 0/6 * * *", "", "2027-01-31T08:15:00Z"},
		{"0 0 2 * * ?", "", "2027-01-31T08:15:00Z"}, {"0 0 12 L * ?", "", "2027-01-31T08:15:00Z"}, {"0 0 12 L-3 * ?", "", "2027-01-31T08:15:00Z"},
		{"0 0 12 LW * ?", "", "2027-01-31T08:15:00Z"}, {"0 0 12 15W * ?", "", "2027-01-31T08:15:00Z"}, {"0 0 12 1W * ?", "", "2027-04-15T08:15:00Z"},
		{"0 0 12 ? * 6L", "", "2027-01-31T08:15:00Z"}, {"0 0 12 ? * 2#1", "", "2027-01-31T08:15:00Z"}, {"0 0 12 ? * L", "", "2027-01-31T08:15:00Z"},
		{"10/20 0 0 1 1 ? 2028-2029", "", "2027-01-31T08:15:00Z"}, {"0 0 0 29 2 ?", "", "2027-01-31T08:15:00Z"}, {"0 0 * * FRI-MON", "", "2027-01-31T08:15:00Z"},
		{"0 0 * * 7", "", "2027-01-31T08:15:00Z"}, {"CRON_TZ=Asia/Tokyo 0 9 * * *", "Europe/Rome", "2027-01-31T08:15:00Z"},
		{"", "", "2027-01-31T08:15:00Z"}, {"every day", "", "2027-01-31T08:15:00Z"}, {"61 * * * *", "", "2027-01-31T08:15:00Z"}, {"* * * * * *", "", "2027-01-31T08:15:00Z"},
		{"0 0 1 1 MON ?", "", "2027-01-31T08:15:00Z"}, {"0 0 12 15 * 2", "", "2027-01-31T08:15:00Z"}, {"0 0 30 2 *", "", "2027-01-31T08:15:00Z"},
		{"0/0 * * * *", "", "2027-01-31T08:15:00Z"}, {"0 0 12 ? * 2#6", "", "2027-01-31T08:15:00Z"}, {"TZ=Mars/Base 0 0 * * *", "", "2027-01-31T08:15:00Z"},
	} {
		x := ticks{Schedule: in.schedule, Zone: in.zone, After: in.after, Next: []string{}}
		at, err := time.Parse(time.RFC3339, in.after)
		if err != nil {
			t.Fatal(err)
		}
		s, err := cron.Parse(in.schedule, in.zone)
		x.Bad = err != nil
		for err == nil && len(x.Next) < 5 {
			if at, err = s.Next(at); err == nil {
				x.Next = append(x.Next, at.Format(time.RFC3339))
			}
		}
		all = append(all, x)
	}
	data, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, filepath.Join(formsData, "cron.json"), append(data, '\n'))
}
