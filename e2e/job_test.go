package e2e

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"dhub/client"
	"dhub/entity"
)

type object = map[string]any

// project makes a project.
func (s *server) project(name string) string {
	s.t.Helper()
	if _, err := s.Create(context.Background(), entity.Project, "", object{"name": name, "kind": "project"}); err != nil {
		s.t.Fatal(err)
	}
	return name
}

// function makes a version of a python function; the handler is main.
func (s *server) function(project, name, code string, more ...object) client.Entity {
	s.t.Helper()
	spec := object{"source": object{"source": "main.py", "handler": "main", "base64": base64.StdEncoding.EncodeToString([]byte(code))}}
	for _, m := range more {
		maps.Copy(spec, m)
	}
	f, err := s.Create(context.Background(), entity.Function, project, object{"name": name, "kind": "python", "spec": spec})
	if err != nil {
		s.t.Fatal(err)
	}
	return f
}

func ref(f client.Entity) string { return f.Kind + "://" + f.Project + "/" + f.Name + ":" + f.ID }

// runBody is the body of a run of a function.
func runBody(f client.Entity, more ...object) object {
	spec := object{"function": ref(f), "local_execution": false}
	for _, m := range more {
		maps.Copy(spec, m)
	}
	return object{"kind": f.Kind + "+job:run", "spec": spec}
}

// run starts a run of a function.
func (s *server) run(f client.Entity, more ...object) client.Entity {
	s.t.Helper()
	r, err := s.Create(context.Background(), entity.Run, f.Project, runBody(f, more...))
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

// get reads a run.
func (s *server) get(r client.Entity) client.Entity {
	s.t.Helper()
	e, err := s.Get(context.Background(), entity.Run, r.Project, r.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	return e
}

// final waits for the end of a run.
func (s *server) final(r client.Entity) client.Entity {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	e, err := s.WaitFinal(ctx, r.Project, r.ID)
	if err != nil {
		s.t.Fatalf("run %s did not end: %v\n%s", r.ID, err, s.get(r).Raw)
	}
	return e
}

// ended waits for the end of a run and checks state and reason.
func (s *server) ended(r client.Entity, state entity.State, reason string) client.Entity {
	s.t.Helper()
	e := s.final(r)
	if e.State() != state || reasonCode(e) != reason {
		s.t.Fatalf("run %s ended %s with reason %q, want %s, %q\n%s\nlog:\n%s", r.ID, e.State(), reasonCode(e), state, reason, e.Status, s.log(r))
	}
	return e
}

func (s *server) completed(r client.Entity) client.Entity {
	s.t.Helper()
	return s.ended(r, entity.StateCompleted, entity.ReasonCompleted)
}

func reasonCode(e client.Entity) string {
	if r := e.RunStatus().Reason; r != nil {
		return r.Code
	}
	return ""
}

// running waits until a run is RUNNING.
func (s *server) running(runs ...client.Entity) {
	s.t.Helper()
	for _, r := range runs {
		eventually(s.t, 30*time.Second, "run "+r.ID+" is running", func() bool {
			e := s.get(r)
			if e.RunStatus().Final() {
				s.t.Fatalf("the run ended already: %s\n%s", e.Status, s.log(r))
			}
			return e.State() == entity.StateRunning
		})
	}
}

// log is the whole log of a run, attempts one after another.
func (s *server) log(r client.Entity) string {
	s.t.Helper()
	var b strings.Builder
	err := s.StreamLog(context.Background(), r.Project, r.ID, false, func(c client.LogChunk) error {
		b.Write(c.Data)
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return b.String()
}

// act asks for an action on a run.
func (s *server) act(r client.Entity, action string) {
	s.t.Helper()
	if _, err := s.Act(context.Background(), r.Project, r.ID, action); err != nil {
		s.t.Fatal(err)
	}
}

// field reads a JSON document along keys and indexes, such as "status.results.x" ("" when absent, else JSON).
func field(doc json.RawMessage, path string) string {
	for _, key := range strings.Split(path, ".") {
		if i, err := strconv.Atoi(key); err == nil {
			var list []json.RawMessage
			if json.Unmarshal(doc, &list) != nil || i >= len(list) {
				return ""
			}
			doc = list[i]
			continue
		}
		var m map[string]json.RawMessage
		if json.Unmarshal(doc, &m) != nil {
			return ""
		}
		doc = m[key]
	}
	return string(doc)
}

// attempts reads the file to which jobs append a line when they begin: outside the data folder, so that it
// tells what was executed whatever the server believes.
type attempts string

func attemptsFile(t *testing.T) attempts { return attempts(filepath.Join(t.TempDir(), "attempts")) }

func (a attempts) lines() []string {
	b, _ := os.ReadFile(string(a))
	return strings.Fields(string(b))
}

// begin is Python that notes an attempt: call begin() first in a handler.
func (a attempts) begin() string {
	return `import os, sys, time, signal
def begin(word="begun"):
    fd = os.open(` + strconv.Quote(string(a)) + `, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    os.write(fd, (word + "\n").encode()); os.fsync(fd); os.close(fd)
`
}

// gate is a file for which jobs wait: wait() in a handler, open in the test.
type gate string

func newGate(t *testing.T) gate { return gate(filepath.Join(t.TempDir(), "gate")) }

func (g gate) open(t *testing.T) {
	t.Helper()
	if err := os.WriteFile(string(g), nil, 0o600); err != nil {
		t.Fatal(err)
	}
}

// wait is Python that blocks until the gate is open.
func (g gate) wait() string {
	return `import os, time
def wait():
    while not os.path.exists(` + strconv.Quote(string(g)) + `):
        time.sleep(0.005)
`
}
