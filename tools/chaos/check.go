package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dhub/client"
	"dhub/entity"
)

// check compares the attempts file, the history and the wire, and lists what does not fit.
func (l *load) check(ctx context.Context) []string {
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	executed, printed := map[string]int{}, map[string]bool{}
	if b, err := os.ReadFile(l.attempts); err == nil {
		for line := range strings.Lines(string(b)) {
			switch id, word, _ := strings.Cut(strings.TrimSpace(line), " "); word {
			case "began":
				executed[id]++
			case "printed":
				printed[id] = true
			default:
				fault("the file of attempts holds the line %q", line)
			}
		}
	}
	for _, r := range l.history {
		if executed[r.ID] > 1 {
			fault("run %s (%s) was executed %d times", r.ID, r.Kind, executed[r.ID])
		}
		e, err := l.srv.client.Get(ctx, entity.Run, project, r.ID)
		if r.Deleted {
			if !entity.IsNotFound(err) {
				fault("run %s was deleted and is still there: %s %v", r.ID, e.State(), err)
			}
			continue
		}
		if err != nil {
			fault("acknowledged run %s (%s) is lost: %v", r.ID, r.Kind, err)
			continue
		}
		l.checkRun(ctx, r, e, executed[r.ID], printed[r.ID], fault)
	}
	if left := leftovers(l.srv.dir, l.history); len(left) > 0 {
		fault("processes of ended runs are alive: %v", left)
	}
	return faults
}

func (l *load) checkRun(ctx context.Context, r *record, e client.Entity, executed int, printed bool, fault func(string, ...any)) {
	var s struct {
		Transitions []struct {
			Status entity.State `json:"status"`
		} `json:"transitions"`
	}
	if err := json.Unmarshal(e.Status, &s); err != nil {
		fault("run %s: status: %v", r.ID, err)
	}
	finals := 0
	for _, t := range s.Transitions {
		if entity.FinalRun(t.Status, false) {
			finals++
		}
	}
	if finals != 1 {
		fault("run %s (%s) has %d final states in its history: %s", r.ID, r.Kind, finals, e.Status)
	}
	want := map[string]entity.State{"quick": entity.StateCompleted, "slow": entity.StateCompleted,
		"build": entity.StateCompleted, "failing": entity.StateError}[r.Kind]
	if want == "" {
		want = entity.StateStopped
	}
	if e.State() != want {
		fault("run %s (%s) ended %s, expected %s: %s", r.ID, r.Kind, e.State(), want, e.Status)
		return
	}
	if want != entity.StateStopped && executed != 1 {
		fault("run %s (%s) is %s but was executed %d times", r.ID, r.Kind, want, executed)
	}
	log, err := readLog(ctx, l.srv.client, r.ID)
	if err != nil {
		fault("run %s: log: %v", r.ID, err)
		return
	}
	expected := expectedLog(r)
	if i := strings.Index(log, "line 000000"); i > 0 && r.Kind == "build" {
		log = log[i:] // the builder's output comes first
	}
	if n := strings.Count(log, " of "+r.ID+"\n"); n > r.Lines {
		fault("run %s (%s): log has %d lines, the run printed %d", r.ID, r.Kind, n, r.Lines)
	}
	switch {
	case want == entity.StateStopped && !printed:
		// It may have been ended while it printed: what is there must be the beginning.
		n := min(len(log), len(expected))
		if log[:n] != expected[:n] {
			fault("run %s (%s): the log of the stopped run differs", r.ID, r.Kind)
		}
	case !strings.HasPrefix(log, expected):
		fault("run %s (%s): log has %d bytes, expected at least %d, or differs", r.ID, r.Kind, len(log), len(expected))
	}
}

// leftovers looks for processes that carry the mark of one of the runs, or whose variables name the folder in which
// jobs and builds work, giving them a moment to go.
func leftovers(dir string, history []*record) []string {
	place := filepath.Join(dir, "data", "engine") + "/"
	var left []string
	for range 50 {
		left = left[:0]
		names, _ := filepath.Glob("/proc/[0-9]*/environ")
		for _, n := range names {
			b, err := os.ReadFile(n)
			if err != nil {
				continue
			}
			pid := filepath.Base(filepath.Dir(n))
			switch r := marked(string(b), history); {
			case r != nil:
				left = append(left, pid+" of "+r.Kind+" "+r.ID)
			case strings.Contains(string(b), place):
				cmd, _ := os.ReadFile("/proc/" + pid + "/cmdline")
				left = append(left, pid+" "+strings.ReplaceAll(string(cmd), "\x00", " "))
			}
		}
		if len(left) == 0 {
			return nil
		}
		pause(100 * time.Millisecond)
	}
	return left
}

// marked is the run whose mark stands among the variables of a process.
func marked(environ string, history []*record) *record {
	for kv := range strings.SplitSeq(environ, "\x00") {
		if id, ok := strings.CutPrefix(kv, "RUN_ID="); ok {
			for _, r := range history {
				if r.ID == id {
					return r
				}
			}
		}
	}
	return nil
}
