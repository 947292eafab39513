package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"dhub/client"
)

// binary is the dhub under test.
var binary string

func TestMain(m *testing.M) { os.Exit(testMain(m)) }

func testMain(m *testing.M) int {
	flag.Parse()
	if f := flag.Lookup("test.parallel"); f != nil && !slices.ContainsFunc(os.Args, func(a string) bool { return strings.Contains(a, "parallel") }) {
		_ = f.Value.Set("4") // servers mostly wait
	}
	dir, err := os.MkdirTemp("", "dhub-e2e")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	if binary = os.Getenv("DHUB_BIN"); binary == "" {
		binary = filepath.Join(dir, "dhub")
		build := exec.Command("go", "build", "-trimpath", "-o", binary, "dhub/cmd/dhub")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		build.Stderr = os.Stderr
		if err := build.Run(); err != nil {
			fmt.Fprintln(os.Stderr, "build the binary:", err)
			return 1
		}
	}
	for _, name := range []string{"DHUB_", "DHCORE_", "DH_"} {
		for _, kv := range os.Environ() {
			if k, _, _ := strings.Cut(kv, "="); strings.HasPrefix(k, name) && k != "DHUB_BIN" && k != "DHUB_TEST_POSTGRES" {
				os.Unsetenv(k)
			}
		}
	}
	defer stopPostgres()
	return m.Run()
}

// eventually returns when cond holds, and fails the test when it does not within a deadline.
func eventually(t *testing.T, within time.Duration, what string, cond func() bool) {
	t.Helper()
	for end := time.Now().Add(within); !cond(); {
		if time.Now().After(end) {
			t.Fatalf("not within %s: %s", within, what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// buffer collects what a process prints.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// server is a dhub server in a process of its own, on its own data folder.
type server struct {
	t    *testing.T
	home string   // HOME of server and command line
	data string   // data folder
	args []string // more arguments of dhub serve
	env  []string // more environment

	namespace int // of this process the server takes the mounts, 0: of the tests
	cmd       *exec.Cmd
	done      chan struct{} // closed when the process has ended
	out       *buffer
	*client.Client
}

type option func(*server)

func withArgs(args ...string) option { return func(s *server) { s.args = append(s.args, args...) } }
func withEnv(env ...string) option   { return func(s *server) { s.env = append(s.env, env...) } }
func withData(dir string) option     { return func(s *server) { s.data = dir } }

// newServer prepares a server; start starts it. When the test ends no process of its folder may be left.
func newServer(t *testing.T, options ...option) *server {
	t.Helper()
	dir := t.TempDir()
	s := &server{t: t, home: filepath.Join(dir, "home"), data: filepath.Join(dir, "data"), out: &buffer{}}
	for _, o := range options {
		o(s)
	}
	if err := os.MkdirAll(s.home, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.kill()
		s.sweep()
		if t.Failed() {
			t.Logf("server's words:\n%s", s.out)
		}
	})
	return s
}

// startServer is newServer and start.
func startServer(t *testing.T, options ...option) *server {
	t.Helper()
	s := newServer(t, options...)
	s.start()
	return s
}

// environ is the environment of server and command line: of the tests' own, what says nothing of dhub.
func (s *server) environ() []string {
	env := slices.DeleteFunc(os.Environ(), func(kv string) bool {
		return strings.HasPrefix(kv, "DHUB_") || strings.HasPrefix(kv, "HOME=") || strings.HasPrefix(kv, "XDG_")
	})
	return append(append(env, "HOME="+s.home, "DHUB_DATA="+s.data), s.env...)
}

// spawn starts dhub serve without waiting for it to answer.
func (s *server) spawn() {
	s.t.Helper()
	args := append([]string{binary, "serve", "--listen", "127.0.0.1:0"}, s.args...)
	if s.namespace > 0 {
		args = append([]string{"nsenter", "--preserve-credentials", "-U", "-m", "-t", strconv.Itoa(s.namespace)}, args...)
	}
	s.cmd = exec.Command(args[0], args[1:]...)
	s.cmd.Env = s.environ()
	s.cmd.Stdout, s.cmd.Stderr = s.out, s.out
	s.cmd.WaitDelay = time.Second
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	done, cmd := make(chan struct{}), s.cmd
	s.done = done
	go func() { _ = cmd.Wait(); close(done) }()
}

// start starts the server and waits until it answers.
func (s *server) start() {
	s.t.Helper()
	s.spawn()
	eventually(s.t, 30*time.Second, "the server answers", func() bool {
		select {
		case <-s.done:
			s.t.Fatalf("the server ended at once:\n%s", s.out)
		default:
		}
		info, ok := readLock(s.root() + s.data)
		if !ok || info.PID != s.cmd.Process.Pid {
			return false
		}
		s.Client = client.New(info.Address, client.Options{})
		return s.Ready(context.Background())
	})
}

// root is where the server's file system begins, seen from here.
func (s *server) root() string {
	if s.namespace == 0 {
		return ""
	}
	return fmt.Sprintf("/proc/%d/root", s.namespace)
}

type lockInfo struct {
	Address string `json:"address"`
	PID     int    `json:"pid"`
}

func readLock(data string) (info lockInfo, ok bool) {
	b, err := os.ReadFile(filepath.Join(data, "lock"))
	return info, err == nil && json.Unmarshal(b, &info) == nil && info.Address != ""
}

// signal sends a signal to the server and waits for its end.
func (s *server) signal(sig syscall.Signal) {
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Signal(sig)
	select {
	case <-s.done:
	case <-time.After(30 * time.Second):
		s.t.Errorf("the server did not end within 30 s of %s", sig)
		_ = s.cmd.Process.Kill()
		<-s.done
	}
	s.cmd = nil
}

func (s *server) kill() { s.signal(syscall.SIGKILL) }
func (s *server) stop() { s.signal(syscall.SIGTERM) }

// restart kills the server and starts it again.
func (s *server) restart() {
	s.t.Helper()
	s.kill()
	s.start()
}

// process is one process of the machine.
type process struct {
	pid      int
	args     []string
	env, raw string
}

// processes lists those whose command line or environment names the data folder.
func (s *server) processes() []process {
	var list []process
	dirs, _ := filepath.Glob("/proc/[0-9]*")
	for _, d := range dirs {
		pid, _ := strconv.Atoi(filepath.Base(d))
		if pid == os.Getpid() || s.cmd != nil && pid == s.cmd.Process.Pid {
			continue
		}
		args, err := os.ReadFile(filepath.Join(d, "cmdline"))
		if err != nil || len(args) == 0 {
			continue // gone, or a zombie
		}
		env, _ := os.ReadFile(filepath.Join(d, "environ"))
		if !bytes.Contains(args, []byte(s.data)) && !bytes.Contains(env, []byte(s.data)) {
			continue
		}
		list = append(list, process{pid: pid, args: strings.Split(strings.TrimRight(string(args), "\x00"), "\x00"), env: string(env), raw: string(args)})
	}
	return list
}

// keepers are the keepers of the data folder.
func (s *server) keepers() (pids []int) {
	for _, p := range s.processes() {
		if len(p.args) > 1 && p.args[1] == "keeper" {
			pids = append(pids, p.pid)
		}
	}
	return pids
}

// jobs are the processes of attempts on the data folder.
func (s *server) jobs() (pids []int) {
	for _, p := range s.processes() {
		if strings.Contains(p.env, "DHUB_ATTEMPT=") {
			pids = append(pids, p.pid)
		}
	}
	return pids
}

// killKeeper ends the folder's keepers with SIGKILL.
func (s *server) killKeeper() {
	s.t.Helper()
	pids := s.keepers()
	if len(pids) == 0 {
		s.t.Fatal("no keeper is alive")
	}
	for _, pid := range pids {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
}

// sweep ends what the test left on the folder.
func (s *server) sweep() {
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		list := s.processes()
		if len(list) == 0 {
			return
		}
		for _, p := range list {
			_ = syscall.Kill(p.pid, syscall.SIGKILL)
		}
	}
	s.t.Errorf("processes of %s could not be ended: %v", s.data, s.processes())
}

// result is what a command left.
type result struct {
	code     int
	out, err string
}

func (r result) String() string {
	return fmt.Sprintf("exit code %d\n--- stdout\n%s--- stderr\n%s", r.code, r.out, r.err)
}

// command prepares the command line on the server's folder.
func (s *server) command(args ...string) (*exec.Cmd, *buffer, *buffer) {
	cmd := exec.Command(binary, args...)
	cmd.Env = append(s.environ(), "DHUB_LISTEN=127.0.0.1:0")
	cmd.Dir = s.home
	out, errs := &buffer{}, &buffer{}
	cmd.Stdout, cmd.Stderr = out, errs
	cmd.WaitDelay = time.Second
	return cmd, out, errs
}

// dhub runs the command line on the server's folder.
func (s *server) dhub(args ...string) result {
	s.t.Helper()
	cmd, out, errs := s.command(args...)
	return result{exit(s.t, cmd.Run()), out.String(), errs.String()}
}

func exit(t *testing.T, err error) int {
	t.Helper()
	var e *exec.ExitError
	if err != nil && !errors.As(err, &e) && !errors.Is(err, exec.ErrWaitDelay) {
		t.Fatal(err)
	}
	if e == nil {
		return 0
	}
	return e.ExitCode()
}

// answer is one HTTP answer.
type answer struct {
	status int
	body   string
}

// http sends one request as it stands, without the client's help.
func (s *server) http(method, path, body string, header ...string) answer {
	s.t.Helper()
	req, err := http.NewRequest(method, s.Endpoint()+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer{resp.StatusCode, string(b)}
}
