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
	executed := map[string]int{}
	if b, err := os.ReadFile(l.attempts); err == nil {
		for _, id := range strings.Fields(string(b)) {
			executed[id]++
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
		l.checkRun(ctx, r, e, executed[r.ID], fault)
	}
	if left := leftovers(l.history); len(left) > 0 {
		fault("processes of ended runs are alive: %v", left)
	}
	return faults
}

func (l *load) checkRun(ctx context.Context, r *record, e client.Entity, executed int, fault func(string, ...any)) {
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
	switch {
	case want == entity.StateStopped:
		// It may have been ended while it printed: what is there must be the beginning.
		n := min(len(log), len(expected))
		if log[:n] != expected[:n] {
			fault("run %s (%s): the log of the stopped run differs", r.ID, r.Kind)
		}
	case !strings.HasPrefix(log, expected):
		fault("run %s (%s): log has %d bytes, expected at least %d, or differs", r.ID, r.Kind, len(log), len(expected))
	}
}

// leftovers looks for processes that carry the mark of one of the runs, giving them a moment to go.
func leftovers(history []*record) []string {
	var left []string
	for range 50 {
		left = left[:0]
		names, _ := filepath.Glob("/proc/[0-9]*/environ")
		for _, n := range names {
			b, err := os.ReadFile(n)
			if err != nil {
				continue
			}
			for _, kv := range strings.Split(string(b), "\x00") {
				id, ok := strings.CutPrefix(kv, "RUN_ID=")
				if !ok {
					continue
				}
				for _, r := range history {
					if r.ID == id {
						left = append(left, filepath.Base(filepath.Dir(n))+" of "+r.Kind+" "+id)
					}
				}
			}
		}
		if len(left) == 0 {
			return nil
		}
		pause(100 * time.Millisecond)
	}
	return left
}
