package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// server is a running dhub with a data folder of its own.
type server struct {
	cmd   *exec.Cmd
	data  string
	url   string
	http  *http.Client
	wires sync.Pool
}

// serve starts a server and waits for its first 200 on /readyz; took is the time from before the fork.
func (b *bench) serve(ctx context.Context, args ...string) (s *server, took time.Duration, err error) {
	data, err := os.MkdirTemp(b.dir, "data-")
	if err != nil {
		return nil, 0, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, 0, err
	}
	address := l.Addr().String()
	l.Close()
	log, err := os.Create(data + ".log")
	if err != nil {
		return nil, 0, err
	}
	defer log.Close()
	s = &server{data: data, url: "http://" + address, http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 100}}}
	s.cmd = exec.Command(b.dhub, append([]string{"serve", "--data", data, "--listen", address, "--log-level", "warn"}, args...)...)
	s.cmd.Stderr = log
	begun := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, 0, err
	}
	for time.Since(begun) < 30*time.Second {
		resp, err := s.http.Get(s.url + "/readyz")
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return s, time.Since(begun), nil
			}
		}
		if ctx.Err() != nil {
			break
		}
		time.Sleep(500 * time.Microsecond)
	}
	s.stop()
	words, _ := os.ReadFile(data + ".log")
	return nil, 0, fmt.Errorf("the server did not become ready: %s", words)
}

// keepers lists the processes that keep the server's runs: they outlive it.
func (s *server) keepers() (pids []int) {
	locks, _ := filepath.Glob(filepath.Join(s.data, "engine", "keeper-*.lock"))
	for _, name := range locks {
		var hello struct{ Pid int }
		if data, err := os.ReadFile(name); err == nil && json.Unmarshal(data, &hello) == nil && hello.Pid > 0 {
			args, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", hello.Pid))
			if bytes.Contains(args, []byte(s.data)) {
				pids = append(pids, hello.Pid)
			}
		}
	}
	return pids
}

// stop ends the server and what it left, and removes its folder.
func (s *server) stop() {
	keepers := s.keepers()
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	_ = s.cmd.Wait()
	for _, pid := range keepers {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	_ = os.RemoveAll(s.data)
}

// memory is what server and keepers hold: resident and anonymous, in MiB.
func (s *server) memory() (rss, anonymous float64, detail string) {
	for i, pid := range append([]int{s.cmd.Process.Pid}, s.keepers()...) {
		file := fmt.Sprintf("/proc/%d/smaps_rollup", pid)
		r, a := kib(field(file, "Rss")), kib(field(file, "Anonymous"))
		rss, anonymous = rss+r, anonymous+a
		detail += fmt.Sprintf("%s %s RSS, %s anonymous; ", []string{"server", "keeper"}[min(i, 1)], number(r), number(a))
	}
	return rss, anonymous, strings.TrimSuffix(detail, "; ")
}

func kib(s string) float64 {
	n, _ := strconv.ParseFloat(strings.TrimSuffix(s, " kB"), 64)
	return n / 1024
}

// call sends one request and reads the answer whole.
func (s *server) call(ctx context.Context, method, path string, body, out any) error {
	var in io.Reader
	switch b := body.(type) {
	case nil:
	case []byte:
		in = bytes.NewReader(b)
	default:
		data, err := json.Marshal(b)
		if err != nil {
			return err
		}
		in = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(ctx, method, s.url+path, in)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := s.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("%s %s: %s %s", method, path, resp.Status, data)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(data, out)
}

// wire is one kept connection of a client that costs little: the machine is shared with the server.
type wire struct {
	c  net.Conn
	in *bufio.Reader
}

// post makes a request over a connection of the server's pool and reads the answer whole.
func (s *server) post(ctx context.Context, path string, body []byte) error {
	w, _ := s.wires.Get().(*wire)
	if w == nil {
		c, err := (&net.Dialer{}).DialContext(ctx, "tcp", strings.TrimPrefix(s.url, "http://"))
		if err != nil {
			return err
		}
		w = &wire{c, bufio.NewReader(c)}
	}
	head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", path, strings.TrimPrefix(s.url, "http://"), len(body))
	if _, err := w.c.Write(append([]byte(head), body...)); err != nil {
		return err
	}
	resp, err := http.ReadResponse(w.in, nil)
	if err != nil {
		return err
	}
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("POST %s: %s %s", path, resp.Status, data)
	}
	s.wires.Put(w)
	return nil
}

type object = map[string]any

// entity is what the figures read of an answer.
type entity struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Name   string `json:"name"`
	Status struct {
		State   string          `json:"state"`
		Message string          `json:"message"`
		Results json.RawMessage `json:"results"`
	} `json:"status"`
}

const project = "bench"

const contextPath = "/api/v1/-/" + project

// function makes the project if need be and a function, and returns its reference.
func (s *server) function(ctx context.Context, name, source string) (string, error) {
	if s.call(ctx, "GET", "/api/v1/projects/"+project, nil, nil) != nil {
		if err := s.call(ctx, "POST", "/api/v1/projects", object{"name": project, "kind": "project"}, nil); err != nil {
			return "", err
		}
	}
	var f entity
	err := s.call(ctx, "POST", contextPath+"/functions", object{"name": name, "kind": "python", "project": project,
		"spec": object{"source": object{"source": "main.py", "handler": "main", "base64": base64.StdEncoding.EncodeToString([]byte(source))}}}, &f)
	return "python://" + project + "/" + name + ":" + f.ID, err
}

// task makes the task that the runs of the published clients name.
func (s *server) task(ctx context.Context, function string) (string, error) {
	var t entity
	err := s.call(ctx, "POST", contextPath+"/tasks", object{"kind": "python+job", "project": project, "spec": object{"function": function}}, &t)
	return "python+job://" + project + "/" + t.ID, err
}

func runBody(function string, parameters object) []byte {
	spec := object{"function": function}
	if parameters != nil {
		spec["parameters"] = parameters
	}
	data, err := json.Marshal(object{"kind": "python+job:run", "project": project, "spec": spec})
	if err != nil {
		panic(err) // of maps and strings
	}
	return data
}

// run posts a run and waits until it has ended.
func (s *server) run(ctx context.Context, body []byte) (entity, error) {
	var r entity
	if err := s.call(ctx, "POST", contextPath+"/runs", body, &r); err != nil {
		return r, err
	}
	return s.wait(ctx, r)
}

func (s *server) wait(ctx context.Context, r entity) (entity, error) {
	id := r.ID
	for {
		switch r.Status.State {
		case "COMPLETED":
			return r, nil
		case "ERROR", "STOPPED":
			return r, fmt.Errorf("run %s ended %s: %s", id, r.Status.State, r.Status.Message)
		}
		r = entity{}
		if err := s.call(ctx, "GET", contextPath+"/runs/"+id+"?wait=30s", nil, &r); err != nil {
			return r, err
		}
	}
}
