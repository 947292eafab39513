package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"dhub/client"
	"dhub/entity"
	"dhub/internal/secret"
)

// secret makes a secret of a project with its value.
func (s *server) secret(project, name, value string) {
	s.t.Helper()
	body := object{"name": name, "kind": "secret", "spec": object{"path": "secret://" + name, "provider": "kubernetes"}}
	if _, err := s.Create(context.Background(), entity.Secret, project, body); err != nil {
		s.t.Fatal(err)
	}
	if err := s.SetSecrets(context.Background(), project, map[string]string{name: value}); err != nil {
		s.t.Fatal(err)
	}
}

// hunt looks for words that must stand nowhere in the data folder, save where except allows it.
func (s *server) hunt(when string, except func(path string) bool, words ...string) {
	s.t.Helper()
	files := 0
	err := filepath.WalkDir(s.data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || except != nil && except(path) {
			return nil // gone meanwhile
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return nil
		}
		files++
		for _, w := range words {
			if bytes.Contains(b, []byte(w)) {
				s.t.Errorf("%s: %s holds %s", when, path, w)
			}
		}
		return nil
	})
	if err != nil || files == 0 {
		s.t.Errorf("%s: looked into %d files: %v", when, files, err)
	}
}

// arguments looks for words in the command lines of all processes.
func arguments(t *testing.T, words ...string) {
	t.Helper()
	lines, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, name := range lines {
		b, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		for _, w := range words {
			if bytes.Contains(b, []byte(w)) {
				t.Errorf("%s has %s: %q", name, w, b)
			}
		}
	}
}

// dump is Python that writes the environment to a file.
func dump(file string) string {
	return `import json, os, sys
def dump():
    with open(` + strconv.Quote(file) + ` + ".new", "w") as f: json.dump(dict(os.environ), f)
    os.rename(` + strconv.Quote(file) + ` + ".new", ` + strconv.Quote(file) + `)
`
}

func environment(t *testing.T, file string) map[string]string {
	t.Helper()
	var env map[string]string
	eventually(t, 30*time.Second, "the job has written its environment", func() bool {
		b, err := os.ReadFile(file)
		return err == nil && json.Unmarshal(b, &env) == nil
	})
	return env
}

func TestSecretsAppearNowhere(t *testing.T) {
	t.Parallel()
	const canary, serverCanary = "canary-5e3a9c1f-value", "canary-of-the-server-77aa"
	s := startServer(t, withArgs("--max-runs", "3"), withEnv("DHUB_CANARY="+serverCanary, "DHUB_LOG_LEVEL=debug", "SOME_KEY="+serverCanary))
	dir, g := t.TempDir(), newGate(t)
	p := s.project("pr")
	s.secret(p, "CANARY", canary)
	with := s.function(p, "with", dump(filepath.Join(dir, "with"))+g.wait()+`
def main():
    dump()
    token = os.environ["DHCORE_ACCESS_TOKEN"]
    print("value", os.environ["CANARY"], "token", token, flush=True)
    print("twice", os.environ["CANARY"] * 2, "end", flush=True)
    wait()
    print("after", os.environ["CANARY"], token, flush=True)
    raise ValueError("it is " + os.environ["CANARY"] + " and " + token)
`)
	other := s.function(p, "other", dump(filepath.Join(dir, "other"))+g.wait()+"\ndef main():\n    dump()\n    wait()\n")
	r, o := s.run(with, object{"secrets": []string{"CANARY"}}), s.run(other)
	env, otherEnv := environment(t, filepath.Join(dir, "with")), environment(t, filepath.Join(dir, "other"))
	token := env["DHCORE_ACCESS_TOKEN"]
	if env["CANARY"] != canary || len(token) < 16 {
		t.Fatalf("the job got %q and a token of %d bytes", env["CANARY"], len(token))
	}
	for name, value := range otherEnv {
		if strings.Contains(value, canary) || strings.Contains(value, token) {
			t.Errorf("another job's environment holds it in %s", name)
		}
	}
	for _, e := range []map[string]string{env, otherEnv} {
		for name, value := range e {
			if strings.Contains(value, serverCanary) {
				t.Errorf("the server's own variable reached a job in %s", name)
			}
		}
		if _, has := e["DHUB_DATA"]; has {
			t.Error("DHUB_DATA reached a job")
		}
	}
	rawLog := func(path string) bool {
		return filepath.Base(path) == "log" && strings.Contains(path, "/engine/attempts/")
	}
	words := []string{canary, token, serverCanary, env["AWS_SECRET_ACCESS_KEY"]}
	s.masked(r, words...)
	arguments(t, words...)
	s.hunt("while it lives", rawLog, words...)

	// A server killed and started with a new key masks what comes, and what had come.
	s.kill()
	if _, err := secret.AddKey(filepath.Join(s.data, "key")); err != nil {
		t.Fatal(err)
	}
	s.start()
	s.masked(r, words...)
	g.open(t)
	s.ended(r, entity.StateError, entity.ReasonUserError)
	s.completed(o)
	if log := s.masked(r, words...); !strings.Contains(log, "after "+strings.Repeat("*", len(canary))) || !strings.Contains(log, "ValueError: it is ***") {
		t.Errorf("the log after the end:\n%s", log)
	}
	s.restart()
	s.masked(r, words...)
	s.stop()
	s.hunt("after the end", nil, words...)
	for _, w := range words {
		if strings.Contains(s.out.String(), w) {
			t.Errorf("the server's own log holds %s", w)
		}
	}
	s.start()
	got := s.http("GET", client.Context(p)+"/secrets/data?keys=CANARY", "")
	if !strings.Contains(got.body, canary) {
		t.Errorf("after the rotation the secret reads %v", got)
	}
}

// masked reads all that the wire says of a run and its project, checks it for words, and returns the log.
func (s *server) masked(r client.Entity, words ...string) string {
	s.t.Helper()
	var log string
	eventually(s.t, 10*time.Second, "the log shows the line", func() bool {
		log = s.log(r)
		return strings.Contains(log, "end\n")
	})
	base := client.Context(r.Project)
	answers := map[string]string{"stream": log}
	for _, path := range []string{base + "/runs/" + r.ID, base + "/runs", base + "/runs/" + r.ID + "/logs", base + "/runs/" + r.ID + "/log", base + "/logs", base + "/secrets",
		base + "/functions", base + "/tasks", "/api/v1/projects/" + r.Project, "/api/v1/-/" + r.Project + "/runs/absent"} {
		answers[path] = s.http("GET", path, "").body
	}
	for _, args := range [][]string{{"logs", r.ID}, {"why", r.ID}, {"get", "run", r.ID}, {"get", "logs"}} {
		answers["dhub "+args[0]] = s.dhub(append([]string{"--project", r.Project}, args...)...).String()
	}
	for where, text := range answers {
		for _, w := range words {
			if strings.Contains(text, w) {
				s.t.Errorf("%s holds %s:\n%s", where, w, text)
			}
		}
	}
	return log
}

// A user's ~/.dhcore.ini is neither read nor written by jobs.
func TestJobsLeaveTheUsersConfigurationAlone(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	name := filepath.Join(s.home, ".dhcore.ini")
	s.write(".dhcore.ini", "[DEFAULT]\ncurrent_environment = canary\n[canary]\ndhcore_endpoint = http://127.0.0.1:9\ndhcore_access_token = canary-ini\n")
	before := checksum(t, name)
	fd, err := unix.InotifyInit1(unix.IN_NONBLOCK | unix.IN_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(fd)
	dir := t.TempDir()
	f := s.function(s.project("pr"), "f", dump(filepath.Join(dir, "env"))+`
import pathlib
def main(project):
    dump()
    import digitalhub as dh
    again = dh.get_project(project.name)
    mine = pathlib.Path.home() / ".dhcore.ini"
    mine.write_text("[DEFAULT]\n")
    return again.name
`)
	// The checksum opened the file; from here on nobody may.
	if _, err := unix.InotifyAddWatch(fd, name, unix.IN_OPEN|unix.IN_MODIFY|unix.IN_ATTRIB|unix.IN_DELETE_SELF|unix.IN_MOVE_SELF); err != nil {
		t.Fatal(err)
	}
	s.completed(s.run(f))
	b := make([]byte, 4096)
	if n, err := unix.Read(fd, b); err != unix.EAGAIN {
		t.Errorf("somebody touched the user's configuration (%d bytes of events, %v)", n, err)
	}
	if after := checksum(t, name); after != before {
		t.Error("the user's configuration changed")
	}
	env := environment(t, filepath.Join(dir, "env"))
	if env["HOME"] == s.home || strings.HasPrefix(env["DH_CONFIG"], s.home) {
		t.Errorf("the job's HOME is %s, its DH_CONFIG %s", env["HOME"], env["DH_CONFIG"])
	}
}
