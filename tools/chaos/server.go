package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"dhub/client"
)

// server is the process under test.
type server struct {
	options
	trace string

	cmd    *exec.Cmd
	client *client.Client
	kills  int
	inside int
	steps  map[string]int // kills that landed inside, by step
}

// start starts the server and waits until it answers.
func (s *server) start(ctx context.Context) error {
	log, err := os.OpenFile(filepath.Join(s.dir, "server.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	data := filepath.Join(s.dir, "data")
	s.cmd = exec.Command(s.dhub, "serve", "--listen", "127.0.0.1:0", "--data", data, "--max-runs", "4", "--log-level", "warn")
	s.cmd.Env = append(os.Environ(), "DHUB_TRACE_STEPS="+s.trace)
	s.cmd.Stdout, s.cmd.Stderr = log, log
	if err := s.cmd.Start(); err != nil {
		return err
	}
	pid := s.cmd.Process.Pid
	deadline := time.Now().Add(30 * time.Second)
	for time.Now().Before(deadline) {
		if b, err := os.ReadFile(filepath.Join(data, "lock")); err == nil {
			var info struct {
				Address string `json:"address"`
				PID     int    `json:"pid"`
			}
			if json.Unmarshal(b, &info) == nil && info.PID == pid && info.Address != "" {
				s.client = client.New(info.Address, client.Options{})
				if s.client.Ready(ctx) {
					return nil
				}
			}
		}
		pause(2 * time.Millisecond)
	}
	return errors.New("the server did not answer within 30 s; see server.log")
}

// kill ends the server with SIGKILL and counts whether a step was under way.
func (s *server) kill() {
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Signal(syscall.SIGKILL)
	_ = s.cmd.Wait()
	s.cmd = nil
	s.kills++
	open, err := openSteps(s.trace)
	if err != nil {
		return
	}
	if len(open) > 0 {
		s.inside++
		if s.steps == nil {
			s.steps = map[string]int{}
		}
		for _, step := range open {
			s.steps[step]++
		}
	}
	_ = os.Truncate(s.trace, 0)
}

// openSteps lists the steps that were begun and not ended: lines are "begin STEP ID" and "end STEP ID".
func openSteps(name string) ([]string, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	open := map[string]string{}
	for _, line := range strings.Split(string(b), "\n") {
		f := strings.Fields(line)
		if len(f) != 3 {
			continue
		}
		if f[0] == "begin" {
			open[f[1]+" "+f[2]] = f[1]
		} else {
			delete(open, f[1]+" "+f[2])
		}
	}
	var list []string
	for _, step := range open {
		list = append(list, step)
	}
	return list, nil
}

// awaitStep returns when the trace shows that a step of one of the names was begun, or after d.
func (s *server) awaitStep(names string, d time.Duration) {
	f, err := os.OpenFile(s.trace, os.O_CREATE|os.O_RDONLY, 0o600)
	if err != nil {
		return
	}
	defer f.Close()
	if _, err := f.Seek(0, io.SeekEnd); err != nil {
		return
	}
	r := bufio.NewReader(f)
	for end := time.Now().Add(d); time.Now().Before(end); {
		line, err := r.ReadString('\n')
		if err != nil {
			pause(200 * time.Microsecond)
			continue
		}
		p := strings.Fields(line)
		if len(p) == 3 && p[0] == "begin" && strings.Contains(names, p[1]) {
			return
		}
	}
}

func pause(d time.Duration) { time.Sleep(d) }
