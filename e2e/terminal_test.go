package e2e

import (
	"io"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"dhub/client"
	"dhub/entity"
)

// terminal is a command on a terminal of its own.
type terminal struct {
	t    *testing.T
	cmd  *exec.Cmd
	keys io.Writer
	out  *buffer
}

// onTerminal starts the command line on a real terminal.
func (s *server) onTerminal(args ...string) *terminal {
	s.t.Helper()
	cmd := exec.Command(binary, args...)
	cmd.Env, cmd.Dir = append(s.environ(), "DHUB_LISTEN=127.0.0.1:0", "TERM=xterm"), s.home
	tty, err := pty.Start(cmd)
	if err != nil {
		s.t.Fatal(err)
	}
	t := &terminal{t: s.t, cmd: cmd, keys: tty, out: &buffer{}}
	read := make(chan struct{})
	go func() { _, _ = io.Copy(t.out, tty); close(read) }() // ends with an error when the command has closed its side
	s.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = tty.Close()
		<-read
	})
	return t
}

// shows waits until the terminal shows a text.
func (t *terminal) shows(text string) {
	t.t.Helper()
	eventually(t.t, 30*time.Second, "the terminal shows "+text, func() bool { return strings.Contains(t.out.String(), text) })
}

// types presses keys.
func (t *terminal) types(keys string) {
	t.t.Helper()
	if _, err := io.WriteString(t.keys, keys); err != nil {
		t.t.Fatal(err)
	}
}

const (
	ctrlC    = "\x03"
	ctrlD    = "\x04"
	question = "stop the run (s) or leave it running (l)? [s] "
)

// Ctrl-C on a terminal asks what is to become of the run.
func TestInterruptOnATerminalAsks(t *testing.T) {
	t.Parallel()
	s := startServer(t, withArgs("--max-runs", "20"))
	for answer, c := range map[string]struct {
		keys  string
		state entity.State
		says  string
	}{
		"nothing":             {"\r", entity.StateStopped, "stopping run"},
		"stop":                {"s\r", entity.StateStopped, "stopping run"},
		"another word":        {"what?\r", entity.StateStopped, "stopping run"},
		"the end of input":    {ctrlD, entity.StateStopped, "stopping run"},
		"Ctrl-C once more":    {ctrlC, entity.StateStopped, "stopping run"},
		"leave":               {"l\r", entity.StateRunning, "the run goes on; see `dhub logs -f"},
		"leave, in large":     {"  Leave it\r", entity.StateRunning, "the run goes on"},
		"none, the run ended": {"", entity.StateCompleted, "output_0 = 7"},
	} {
		t.Run(answer, func(t *testing.T) {
			s, g := *s, newGate(t)
			s.t = t
			file := "f" + strings.Map(func(r rune) rune {
				if r < 'a' || r > 'z' {
					return '_'
				}
				return r
			}, strings.ToLower(answer)) + ".py"
			s.write(file, g.wait()+"def main():\n    print('up', flush=True)\n    wait()\n    return 7\n")
			term := s.onTerminal("run", file+":main")
			term.shows("up\r\n")
			term.types(ctrlC)
			term.shows(question)
			p, err := s.List(t.Context(), entity.Run, "default", map[string][]string{"size": {"1"}})
			if err != nil || len(p.Content) != 1 {
				t.Fatalf("got %v, %v", p, err)
			}
			r := client.Entity{ID: p.Content[0].ID, Project: "default"}
			s.running(r) // it goes on before the answer
			if c.keys == "" {
				g.open(t)
			}
			term.types(c.keys)
			term.shows(c.says)
			code := exit(t, term.cmd.Wait())
			switch c.state {
			case entity.StateRunning:
				if state := s.get(r).State(); state != c.state || code != 130 {
					t.Errorf("the run is %s, exit code %d; want it running, and 130", state, code)
				}
				g.open(t)
				s.completed(r)
			case entity.StateCompleted:
				s.completed(r)
				if code != 0 {
					t.Errorf("exit code %d of a run that completed", code)
				}
			default:
				if got := s.final(r); got.State() != c.state || code == 0 {
					t.Errorf("the run is %s, exit code %d", got.State(), code)
				}
			}
			if n := strings.Count(term.out.String(), question); n != 1 {
				t.Errorf("asked %d times:\n%s", n, term.out)
			}
		})
	}
}
