package e2e

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dhub/client"
	"dhub/entity"
)

// inside makes the server run in a mount namespace of its own, with a file system on its data folder that
// the test can fill. The folder is seen from outside through /proc/PID/root.
func inside(t *testing.T, size string) *server {
	t.Helper()
	s := newServer(t)
	if err := os.MkdirAll(s.data, 0o700); err != nil {
		t.Fatal(err)
	}
	// A holder keeps the namespace while servers come and go.
	holder := exec.Command("unshare", "-rm", "sh", "-c", `mount -t tmpfs -o size=`+size+` tmpfs "$0" && echo ready && exec cat`, s.data)
	stdin, err := holder.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out := &buffer{}
	holder.Stdout, holder.Stderr = out, out
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.kill(); s.sweep(); stdin.Close(); _ = holder.Wait() })
	eventually(t, 10*time.Second, "the file system is mounted", func() bool {
		if strings.Contains(out.String(), "unshare:") || strings.Contains(out.String(), "mount:") {
			t.Fatal(out)
		}
		return strings.Contains(out.String(), "ready")
	})
	s.namespace = holder.Process.Pid
	return s
}

// A full disk is answered with 503 and a message; when there is space again all goes on, nothing lost or doubled.
func TestADiskThatIsFullAndHasSpaceAgain(t *testing.T) {
	t.Parallel()
	s := inside(t, "24m")
	s.start()
	a, g := attemptsFile(t), newGate(t)
	p := s.project("pr")
	f := s.function(p, "f", a.begin()+g.wait()+"\ndef main(n):\n    begin(str(n))\n    wait()\n    print('n', n)\n    return n\n")
	s.completedAfter(g, t, f)
	var accepted []client.Entity
	live := s.run(f, object{"parameters": object{"n": 1}})
	s.running(live)
	accepted = append(accepted, live)
	if err := os.Remove(string(g)); err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	fill(t, filepath.Join(s.root(), s.data, "ballast"))
	refused := 0
	for n := 2; n < 60; n++ {
		r, err := s.Create(context.Background(), entity.Run, p, runBody(f, object{"parameters": object{"n": n, "text": strings.Repeat("x", 20_000)}}))
		switch {
		case err == nil:
			accepted = append(accepted, r)
		case entity.CodeOf(err) == entity.CodeUnavailable:
			refused++
			if !strings.Contains(err.Error(), "full") && !strings.Contains(err.Error(), "space") {
				t.Errorf("the refusal does not say that the disk is full: %v", err)
			}
		default:
			t.Fatalf("run %d: %v (%s)", n, err, entity.CodeOf(err))
		}
	}
	if refused == 0 {
		t.Fatal("a full disk refused nothing")
	}
	if e := s.get(live); e.ID != live.ID {
		t.Error("a full disk cannot be read")
	}
	if err := os.Remove(filepath.Join(s.root(), s.data, "ballast")); err != nil {
		t.Fatal(err)
	}
	g.open(t)
	eventually(t, 30*time.Second, "runs are accepted again", func() bool {
		r, err := s.Create(context.Background(), entity.Run, p, runBody(f, object{"parameters": object{"n": 100}}))
		if err == nil {
			accepted = append(accepted, r)
		}
		return err == nil
	})
	for _, r := range accepted {
		e := s.completed(r)
		if want := "n " + field(e.Spec, "parameters.n") + "\n"; s.log(r) != want {
			t.Errorf("the log of a run over a full disk is %q, want %q", s.log(r), want)
		}
	}
	if n := s.count(entity.Run, p, nil); n != int64(len(accepted))+1 {
		t.Errorf("%d runs exist, %d were accepted", n, len(accepted)+1)
	}
	lines := a.lines()
	slices.Sort(lines)
	if len(slices.Compact(slices.Clone(lines))) != len(lines) || len(lines) != len(accepted)+1 {
		t.Errorf("executed %v for %d accepted runs", lines, len(accepted)+1)
	}
}

// completedAfter executes a first run to its end, so that environment and modules lie ready, and shuts the gate.
func (s *server) completedAfter(g gate, t *testing.T, f client.Entity) {
	t.Helper()
	g.open(t)
	s.completed(s.run(f, object{"parameters": object{"n": 0}}))
	if err := os.Remove(string(g)); err != nil {
		t.Fatal(err)
	}
}

// fill writes a file until nothing more fits.
func fill(t *testing.T, name string) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for size := 1 << 20; size > 0; size /= 2 {
		for {
			if _, err := f.Write(make([]byte, size)); err != nil {
				break
			}
		}
	}
}

// A server does not start on a full disk without saying so, and starts when there is space.
func TestAServerOnAFullDiskSaysSo(t *testing.T) {
	t.Parallel()
	s := inside(t, "8m")
	fill(t, filepath.Join(s.root(), s.data, "ballast"))
	s.refused("space")
	if err := os.Remove(filepath.Join(s.root(), s.data, "ballast")); err != nil {
		t.Fatal(err)
	}
	s.start()
	s.completed(s.run(s.function(s.project("pr"), "f", "def main(): pass\n")))
}

// A data folder that became read-only is refused with a message; writable again it is as it was.
func TestAReadOnlyFolderIsRefused(t *testing.T) {
	t.Parallel()
	s := inside(t, "32m")
	s.start()
	f := s.function(s.project("pr"), "f", "def main(): pass\n")
	r := s.run(f)
	s.completed(r)
	s.stop()
	eventually(t, 60*time.Second, "the keeper has ended", func() bool { s.sweep(); return len(s.processes()) == 0 })
	s.remount("ro")
	s.refused(s.data, "read-only")
	s.remount("rw")
	s.start()
	if n := s.count(entity.Run, "pr", nil); n != 1 {
		t.Errorf("%d runs, want 1", n)
	}
	s.completed(s.run(f))
}

// remount changes how the file system on the data folder is mounted.
func (s *server) remount(how string) {
	s.t.Helper()
	cmd := exec.Command("nsenter", "--preserve-credentials", "-U", "-m", "-t", fmt.Sprint(s.namespace), "mount", "-o", "remount,"+how, s.data)
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("remount: %v: %s", err, out)
	}
}
