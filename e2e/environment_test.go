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
)

// pack makes a folder with a package that brings its own builder: each build notes itself in the attempts
// file and waits for the gate. No network is needed. It returns the requirement line.
func pack(t *testing.T, a attempts, g gate) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "slowpkg")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"pyproject.toml": "[build-system]\nrequires = []\nbuild-backend = \"backend\"\nbackend-path = [\".\"]\n[project]\nname = \"slowpkg\"\nversion = \"1.0\"\n",
		"backend.py": a.begin() + g.wait() + `
import zipfile
META = "Metadata-Version: 2.1\nName: slowpkg\nVersion: 1.0\n"
def get_requires_for_build_wheel(config_settings=None): return []
def prepare_metadata_for_build_wheel(directory, config_settings=None):
    os.mkdir(os.path.join(directory, "slowpkg-1.0.dist-info"))
    with open(os.path.join(directory, "slowpkg-1.0.dist-info", "METADATA"), "w") as f: f.write(META)
    return "slowpkg-1.0.dist-info"
def build_wheel(directory, config_settings=None, metadata_directory=None):
    begin("built")
    wait()
    name = "slowpkg-1.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(directory, name), "w") as z:
        z.writestr("slowpkg.py", "WORD = 'installed'\n")
        z.writestr("slowpkg-1.0.dist-info/METADATA", META)
        z.writestr("slowpkg-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        z.writestr("slowpkg-1.0.dist-info/RECORD", "")
    return name
`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return "slowpkg @ file://" + dir
}

// environments lists the environments that later runs would accept.
func (s *server) environments() []string {
	names, _ := filepath.Glob(filepath.Join(s.data, "engine", "assets", "env-*"))
	return names
}

// preparing waits until a run waits for its environment.
func (s *server) preparing(r client.Entity) {
	s.t.Helper()
	eventually(s.t, 30*time.Second, "the run waits for its environment", func() bool {
		e := s.get(r)
		if e.RunStatus().Final() {
			s.t.Fatalf("the run ended: %s\n%s", e.Status, s.log(r))
		}
		return e.State() == entity.StatePending && reasonCode(e) == entity.ReasonEnvironment
	})
}

const importing = "import slowpkg\ndef main():\n    print('it is', slowpkg.WORD)\n"

func TestFiftyRunsBuildOneEnvironmentOnce(t *testing.T) {
	t.Parallel()
	s, a, g := startServer(t, withArgs("--max-runs", "50")), attemptsFile(t), newGate(t)
	f := s.function(s.project("pr"), "f", importing, object{"requirements": []string{pack(t, a, g)}})
	var runs []client.Entity
	for range 50 {
		runs = append(runs, s.run(f))
	}
	s.preparing(runs[0])
	eventually(t, 30*time.Second, "the build is under way", func() bool { return len(a.lines()) > 0 })
	// Whoever waits sees the builder's output, and one may leave without stopping the others.
	eventually(t, 30*time.Second, "the builder's output is in the log of a waiting run", func() bool { return strings.Contains(s.log(runs[7]), "slowpkg") })
	s.act(runs[7], "stop")
	s.ended(runs[7], entity.StateStopped, entity.ReasonStopped)
	g.open(t)
	for i, r := range runs {
		if i == 7 {
			continue
		}
		s.completed(r)
		if log := s.log(r); !strings.Contains(log, "it is installed") {
			t.Errorf("the log of run %d:\n%s", i, log)
		}
	}
	if log := s.log(runs[0]); !strings.Contains(log, "slowpkg") || !strings.Contains(log, "Successfully installed") && !strings.Contains(log, "+ slowpkg") {
		t.Errorf("the builder's output is not in the log:\n%s", log)
	}
	if got := a.lines(); !slices.Equal(got, []string{"built"}) {
		t.Errorf("built %d times", len(got))
	}
	if n := len(s.environments()); n != 1 {
		t.Errorf("%d environments", n)
	}
}

func TestABuildCanBeStopped(t *testing.T) {
	t.Parallel()
	s, a, g := startServer(t), attemptsFile(t), newGate(t)
	f := s.function(s.project("pr"), "f", importing, object{"requirements": []string{pack(t, a, g)}})
	r := s.run(f)
	s.preparing(r)
	eventually(t, 30*time.Second, "the build is under way", func() bool { return len(a.lines()) == 1 })
	s.act(r, "stop")
	s.ended(r, entity.StateStopped, entity.ReasonStopped)
	eventually(t, 15*time.Second, "no process of the build is left", func() bool { return len(s.builders()) == 0 })
	if list := s.environments(); len(list) > 0 {
		t.Errorf("a stopped build left %v", list)
	}
	g.open(t)
	s.completed(s.run(f))
	if n := len(a.lines()); n != 2 {
		t.Errorf("built %d times, want once stopped and once whole", n)
	}
}

// builders are the processes of builds on the data folder.
func (s *server) builders() (pids []int) {
	for _, p := range s.processes() {
		if strings.Contains(p.raw, "_build.py") || strings.Contains(p.raw, "pip") || strings.Contains(p.env, "DHUB_ATTEMPT=build.") {
			pids = append(pids, p.pid)
		}
	}
	return pids
}

func TestABuildKilledHalfWayIsNotAccepted(t *testing.T) {
	t.Parallel()
	s, a, g := startServer(t), attemptsFile(t), newGate(t)
	f := s.function(s.project("pr"), "f", importing, object{"requirements": []string{pack(t, a, g)}})
	r := s.run(f)
	s.preparing(r)
	eventually(t, 30*time.Second, "the build is under way", func() bool { return len(a.lines()) == 1 })
	s.killKeeper()
	s.ended(r, entity.StateError, entity.ReasonKeeperLost)
	if pids := s.builders(); len(pids) > 0 {
		t.Errorf("processes %v of the build are left", pids)
	}
	if list := s.environments(); len(list) > 0 {
		t.Errorf("a killed build left %v", list)
	}
	g.open(t)
	again := s.run(f)
	s.completed(again)
	if log := s.log(again); !strings.Contains(log, "it is installed") {
		t.Errorf("the log:\n%s", log)
	}
	if n := len(a.lines()); n != 2 {
		t.Errorf("built %d times, want 2", n)
	}
}

// A build goes on while the server is killed, and the run that waits for it is found again.
func TestABuildOutlivesTheServer(t *testing.T) {
	t.Parallel()
	s, a, g := startServer(t), attemptsFile(t), newGate(t)
	f := s.function(s.project("pr"), "f", importing, object{"requirements": []string{pack(t, a, g)}})
	r := s.run(f)
	s.preparing(r)
	eventually(t, 30*time.Second, "the build is under way", func() bool { return len(a.lines()) == 1 })
	s.restart()
	g.open(t)
	s.completed(r)
	if n := len(a.lines()); n != 1 {
		t.Errorf("built %d times, want 1", n)
	}
}

func TestAFailedBuildSaysWhy(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	missing := filepath.Join(t.TempDir(), "absent")
	f := s.function(s.project("pr"), "f", importing, object{"requirements": []string{"slowpkg @ file://" + missing}})
	r := s.run(f)
	s.ended(r, entity.StateError, entity.ReasonEnvFailed)
	if log := s.log(r); !strings.Contains(log, missing) {
		t.Errorf("the builder's words are not in the log:\n%s", log)
	}
	if list := s.environments(); len(list) > 0 {
		t.Errorf("a failed build left %v", list)
	}
}
