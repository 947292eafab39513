//go:build linux

package local_test

import (
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dhub/engine"
	"dhub/engine/local"
	"dhub/engine/local/keeper"
	"dhub/entity"
)

var fixture = flag.String("fixture", "", "write handles and folders of attempts as this version makes them to this folder, to be kept in testdata")

const (
	fixtureBoot = "5f0c3d1e-0000-4000-8000-000000000001"
	fixturePid  = 1 << 30 // no process has it
)

// fixtureFiles are what an attempt's folder holds that a later version must read.
var fixtureFiles = []string{keeper.MetaFile, keeper.JournalFile, keeper.EndFile, keeper.LogFile, keeper.LogFile + keeper.MarksSuffix, keeper.ReportFile}

// TestWriteFixture makes the fixture of a new form of handle or folder:
//
//	go test ./engine/local -run TestWriteFixture -fixture testdata/handle-0001
func TestWriteFixture(t *testing.T) {
	to := *fixture
	if to == "" {
		to = t.TempDir()
	}
	dir := root(t)
	e := open(t, local.Config{Root: dir, Tier: keeper.TierWatch, BootID: func() string { return fixtureBoot }})
	over, live := job(t, "print hello", `report {"results":{"n":1.0}}`), job(t, "print ready", "hold")
	over.ID, live.ID = engine.ID{Run: "r1", UID: "over", Attempt: 1}, engine.ID{Run: "r2", UID: "live", Attempt: 2}
	handles := map[string]engine.Handle{"over": start(t, e, over), "live": start(t, e, live)}
	if s := end(t, e, handles["over"]); s.Phase != engine.Succeeded {
		t.Fatalf("got %+v", s)
	}
	firstLine(t, e, handles["live"])
	running(t, e, handles["live"])
	keep := func(name string, data []byte) {
		path := filepath.Join(to, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := json.MarshalIndent(handles, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	host, err := os.ReadFile(filepath.Join(dir, "host"))
	if err != nil {
		t.Fatal(err)
	}
	for name, h := range handles {
		raw = []byte(strings.ReplaceAll(string(raw), string(host), "fixture-host"))
		folder := filepath.Join(dir, keeper.AttemptsDir, h.ID.UID+"."+map[string]string{"over": "1", "live": "2"}[name])
		for _, file := range fixtureFiles {
			data, err := os.ReadFile(filepath.Join(folder, file))
			if os.IsNotExist(err) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			if file == keeper.JournalFile {
				var rec map[string]any
				if err := json.Unmarshal(data, &rec); err != nil {
					t.Fatal(err)
				}
				rec["pid"], rec["start"] = fixturePid, 1
				if data, err = json.Marshal(rec); err != nil {
					t.Fatal(err)
				}
			}
			keep(filepath.Join(keeper.AttemptsDir, filepath.Base(folder), file), data)
		}
	}
	keep("handles.json", append(raw, '\n'))
	keep("host", []byte("fixture-host"))
	if err := e.Stop(t.Context(), live.ID, 0); err != nil {
		t.Fatal(err)
	}
	end(t, e, handles["live"])
	checkFixture(t, to, fixtureBoot, entity.ReasonKeeperLost)
}

// running waits until the attempt's process is recorded.
func running(t *testing.T, e *local.Engine, h engine.Handle) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	_ = e.Observe(ctx, h, func(s engine.Status) error {
		if s.Phase == engine.Running {
			cancel()
		}
		return nil
	})
}

// checkFixture opens a copy of a fixture as the host that wrote it and takes up what is in it.
func checkFixture(t *testing.T, from, boot, lost string) {
	t.Helper()
	dir := root(t)
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(from, "handles.json"))
	if err != nil {
		t.Fatal(err)
	}
	var handles map[string]engine.Handle
	if err := json.Unmarshal(raw, &handles); err != nil {
		t.Fatal(err)
	}
	over, live := handles["over"], handles["live"]
	if over.Version != 1 || over.Engine != local.Name || live.Host != "fixture-host" {
		t.Errorf("handles: %+v", handles)
	}
	e := open(t, local.Config{Root: dir, BootID: func() string { return boot }})
	s := end(t, e, over)
	if s.Phase != engine.Succeeded || s.Exit == nil || s.Exit.Code != 0 || string(s.Report) != `{"results":{"n":1.0}}` || s.Started.IsZero() || s.Finished.Before(s.Started) || s.Usage["memory_peak_bytes"] <= 0 {
		t.Errorf("the ended attempt: %+v", s)
	}
	if got := readLog(t, e, over); got != "hello\n" {
		t.Errorf("its log: %q", got)
	}
	if s := end(t, e, live); s.Phase != engine.Lost || s.Reason.Code != lost || s.Finished.IsZero() {
		t.Errorf("the attempt that was live: %+v, want lost by %s", s, lost)
	}
	if got := readLog(t, e, live); got != "ready\n" {
		t.Errorf("its log: %q", got)
	}
	var listed []string
	if err := e.List(t.Context(), func(h engine.Handle) error { listed = append(listed, h.ID.Run); return nil }); err != nil || len(listed) != 2 {
		t.Errorf("listed %v, %v", listed, err)
	}
	for _, h := range handles {
		for range 2 {
			if err := e.Remove(t.Context(), h.ID); err != nil {
				t.Errorf("remove: %v", err)
			}
		}
		if err := e.Observe(t.Context(), h, func(engine.Status) error { return nil }); !entity.IsNotFound(err) {
			t.Errorf("removed: got %v, want not found", err)
		}
		r := job(t, "print again")
		r.ID = h.ID
		if _, err := e.Start(t.Context(), r, nil); entity.CodeOf(err) != entity.CodeConflict {
			t.Errorf("started again: got %v, want conflict", err)
		}
	}
}

// TestHandleFixtures takes up handles and folders that earlier versions wrote, as the next process on the
// machine and as one after a restart of the machine.
func TestHandleFixtures(t *testing.T) {
	t.Parallel()
	fixtures, err := filepath.Glob("testdata/handle-*")
	if err != nil || len(fixtures) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, from := range fixtures {
		t.Run(filepath.Base(from), func(t *testing.T) {
			t.Parallel()
			for boot, lost := range map[string]string{fixtureBoot: entity.ReasonKeeperLost, "another boot": entity.ReasonHostLost} {
				t.Run(lost, func(t *testing.T) {
					t.Parallel()
					checkFixture(t, from, boot, lost)
				})
			}
		})
	}
}
