package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	goruntime "runtime"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// machine tells where and with what the figures were measured.
func (b *bench) machine(ctx context.Context) (string, error) {
	var out strings.Builder
	line := func(what, value string) { fmt.Fprintf(&out, "- %s: %s\n", what, value) }
	line("processor", fmt.Sprintf("%s, %d", field("/proc/cpuinfo", "model name"), goruntime.NumCPU()))
	line("memory", field("/proc/meminfo", "MemTotal"))
	var u unix.Utsname
	if err := unix.Uname(&u); err != nil {
		return "", err
	}
	line("kernel", unix.ByteSliceToString(u.Sysname[:])+" "+unix.ByteSliceToString(u.Release[:]))
	sync, err := fsync(b.dir)
	if err != nil {
		return "", err
	}
	line("fsync of 4 KB appended", fmt.Sprintf("p50 %s ms (%s)", number(sync.ms(0.5)), sync.spread()))
	line("Go", goruntime.Version())
	python, err := exec.CommandContext(ctx, "python3", "--version").Output()
	if err != nil {
		return "", fmt.Errorf("python3: %w", err)
	}
	line("Python", strings.TrimPrefix(strings.TrimSpace(string(python)), "Python "))
	version, err := exec.CommandContext(ctx, b.dhub, "version").Output()
	if err != nil {
		return "", fmt.Errorf("%s version: %w", b.dhub, err)
	}
	line("dhub", strings.TrimSpace(string(version)))
	line("load before", load())
	line("measured", time.Now().UTC().Format(time.DateOnly))
	return out.String(), nil
}

// field is the first value of a name in a file of lines name: value.
func field(file, name string) string {
	f, err := os.Open(file)
	if err != nil {
		return "unknown"
	}
	defer f.Close()
	for in := bufio.NewScanner(f); in.Scan(); {
		k, v, ok := strings.Cut(in.Text(), ":")
		if ok && strings.TrimSpace(k) == name {
			return strings.TrimSpace(v)
		}
	}
	return "unknown"
}

func load() string {
	data, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(data))[:3], " ")
}

// fsync measures appending 4 KB and syncing.
func fsync(dir string) (sample, error) {
	f, err := os.Create(filepath.Join(dir, "fsync"))
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	var s sample
	block := make([]byte, 4096)
	for range 200 {
		begun := time.Now()
		if _, err := f.Write(block); err != nil {
			return nil, err
		}
		if err := f.Sync(); err != nil {
			return nil, err
		}
		s = append(s, time.Since(begun))
	}
	return s, nil
}
