package e2e

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dhub/client"
	"dhub/entity"
	"dhub/internal/secret"
)

// upload is Python that PUTs bytes to the file store with the credentials that the job was given at its start.
const upload = `
import datetime, hashlib, hmac, os, urllib.request
def upload(key, body):
    now = datetime.datetime.now(datetime.timezone.utc)
    stamp, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
    url = os.environ["AWS_ENDPOINT_URL"] + "/" + os.environ["S3_BUCKET"] + "/" + key
    host, path = url.split("/", 3)[2], "/" + url.split("/", 3)[3]
    head = {"host": host, "x-amz-content-sha256": hashlib.sha256(body).hexdigest(), "x-amz-date": stamp,
            "x-amz-security-token": os.environ["AWS_SESSION_TOKEN"]}
    names = ";".join(sorted(head))
    lines = "".join(f"{k}:{head[k]}\n" for k in sorted(head))
    text = "\n".join(["PUT", path, "", lines, names, head["x-amz-content-sha256"]])
    scope = f"{day}/{os.environ['AWS_REGION']}/s3/aws4_request"
    key = ("AWS4" + os.environ["AWS_SECRET_ACCESS_KEY"]).encode()
    for part in [*scope.split("/"), "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(text.encode()).hexdigest()])]:
        key = hmac.new(key, part.encode(), "sha256").digest()
    head["Authorization"] = f"AWS4-HMAC-SHA256 Credential={os.environ['AWS_ACCESS_KEY_ID']}/{scope}, SignedHeaders={names}, Signature={key.hex()}"
    del head["host"]
    urllib.request.urlopen(urllib.request.Request(url, body, head, method="PUT"))
`

// The key is rotated while a job runs: its credentials and token still work, what it prints is still masked, and
// what is stored is sealed with the new key. With --only-new the former keys are gone and masking still works.
func TestTheKeyIsRotatedWhileAJobRuns(t *testing.T) {
	t.Parallel()
	const canary = "canary-that-outlives-its-key"
	s := startServer(t)
	p := s.project("pr")
	s.secret(p, "WORD", canary)
	key := filepath.Join(s.data, "key")
	ids := func() []string {
		b, err := os.ReadFile(key)
		if err != nil {
			t.Fatal(err)
		}
		return secret.KeyIDs(b)
	}
	g := newGate(t)
	f := s.function(p, "uploads", g.wait()+upload+`
def main(project):
    wait()
    upload(project.name + "/by-s3", b"bytes of the job")
    with open("kept.txt", "w") as f: f.write("kept")
    a = project.log_artifact("kept", "artifact", "kept.txt")
    print("value", os.environ["WORD"], a.id, "end")
`)
	r := s.run(f, object{"secrets": []string{"WORD"}})
	s.running(r)
	if got := s.dhub("key", "rotate", "--yes"); got.code != 4 || !strings.Contains(got.err, s.Endpoint()) || len(ids()) != 1 {
		t.Errorf("rotating under a running server: %s", got)
	}
	s.stop()
	if got := s.dhub("key", "rotate"); got.code != 2 || !strings.Contains(got.err, "--yes") || len(ids()) != 1 {
		t.Errorf("rotating without a terminal: %s", got)
	}
	if got := s.dhub("key", "rotate", "--yes"); got.code != 0 || len(ids()) != 2 || !strings.Contains(got.err, ids()[1]) {
		t.Fatalf("rotating: %s", got)
	}
	s.start()
	g.open(t)
	s.completed(r)
	if log := s.log(r); !strings.HasPrefix(log, "value "+strings.Repeat("*", len(canary))+" ") {
		t.Errorf("the log is %q", log)
	}
	if n := s.count(entity.Artifact, p, nil); n != 1 {
		t.Errorf("%d artifacts, want the one of the job", n)
	}

	// The former keys are forgotten while another job runs.
	g = newGate(t)
	f = s.function(p, "prints", g.wait()+"\nimport os\ndef main():\n    wait()\n    print('value', os.environ['WORD'])\n")
	r = s.run(f, object{"secrets": []string{"WORD"}})
	s.running(r)
	s.stop()
	before := ids()
	if got := s.dhub("key", "rotate", "--only-new", "--yes"); got.code != 0 || len(ids()) != 1 || slices.Contains(before, ids()[0]) {
		t.Fatalf("rotating to the new key alone, %v after %v: %s", ids(), before, got)
	}
	s.start()
	g.open(t)
	s.completed(r)
	if log := s.log(r); log != "value "+strings.Repeat("*", len(canary))+"\n" {
		t.Errorf("the log is %q", log)
	}
	if got := s.http("GET", client.Context(p)+"/secrets/data?keys=WORD", ""); !strings.Contains(got.body, canary) {
		t.Errorf("after the rotations the secret reads %v", got)
	}
	s.cleared()
	s.stop()
	s.hunt("at the end", nil, canary)
}

// cleared waits until the folders of all ended attempts are gone, raw logs with them.
func (s *server) cleared() {
	s.t.Helper()
	eventually(s.t, 30*time.Second, "the folders of ended attempts are gone", func() bool {
		left, err := filepath.Glob(filepath.Join(s.data, "engine", "attempts", "*"))
		return err == nil && len(left) == 0
	})
}
