package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"dhub/entity"
	"dhub/internal/cli"
)

// lockName is the file that holds the running server's address and is locked while it lives.
const lockName = "lock"

// lockInfo is what the lock file says of its holder.
type lockInfo struct {
	Address string    `json:"address"`
	PID     int       `json:"pid"`
	Version string    `json:"version"`
	Started time.Time `json:"started"`
	Idle    bool      `json:"idle_exit,omitempty"` // it ends by itself when nobody uses it
}

// dataLock is the held lock of a data folder. The kernel lets go of it when the process ends, however it does.
type dataLock struct {
	f   *os.File
	dir string
}

// lockData takes the data folder for this process or says who has it.
func lockData(dir string) (*dataLock, error) {
	name := filepath.Join(dir, lockName)
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, entity.Errorf(entity.CodeUnavailable, "data folder %s cannot be used: %w", dir, err)
	}
	if err := flock(f); err != nil {
		defer f.Close()
		if !errors.Is(err, unix.EWOULDBLOCK) {
			return nil, entity.Errorf(entity.CodeUnavailable, "lock %s: %w", name, err)
		}
		info, _ := readLock(f)
		who := "another server that is just starting"
		if info.Address != "" {
			who = fmt.Sprintf("the server at %s (process %d)", info.Address, info.PID)
		}
		return nil, entity.Errorf(entity.CodeConflict, "data folder %s is in use by %s; end that one with dhub serve --stop, or choose another folder with --data", dir, who)
	}
	if err := f.Truncate(0); err != nil {
		f.Close()
		return nil, entity.Errorf(entity.CodeUnavailable, "write %s: %w", name, err)
	}
	return &dataLock{f, dir}, nil
}

// flock locks a file. Whoever looks for a server shares the lock for an instant, so a refusal is asked again.
func flock(f *os.File) (err error) {
	for range 20 {
		err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if !errors.Is(err, unix.EWOULDBLOCK) {
			return err
		}
		time.Sleep(5 * time.Millisecond)
	}
	return err
}

// addressName is the file that remembers where the folder's server listened last.
const addressName = "address"

// lastAddress is where the folder's server listened last, "" when unknown. A server on port 0 takes the same
// address again if it is free: jobs that outlived it go on to reach it.
func lastAddress(dir string) string {
	b, err := os.ReadFile(filepath.Join(dir, addressName))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(b))
}

// publish writes the address under which clients of this machine find the server.
func (l *dataLock) publish(info lockInfo) error {
	b, err := json.Marshal(info)
	if err != nil {
		return err
	}
	if _, err := l.f.WriteAt(append(b, '\n'), 0); err != nil {
		return entity.Errorf(entity.CodeUnavailable, "write the lock file: %w", err)
	}
	address := strings.TrimPrefix(info.Address, "http://") + "\n"
	if err := os.WriteFile(filepath.Join(l.dir, addressName), []byte(address), 0o600); err != nil {
		return entity.Errorf(entity.CodeUnavailable, "write the address file: %w", err)
	}
	return nil
}

func (l *dataLock) release() {
	_ = l.f.Truncate(0)
	_ = l.f.Close()
}

func readLock(f *os.File) (lockInfo, error) {
	b, err := io.ReadAll(io.NewSectionReader(f, 0, 1<<16))
	if err != nil {
		return lockInfo{}, err
	}
	var info lockInfo
	return info, json.Unmarshal(b, &info)
}

// FindServer reads who holds a data folder. A server that has not published its address yet holds it without one.
func FindServer(dir string) (cli.Server, error) {
	f, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR, 0)
	if errors.Is(err, os.ErrNotExist) {
		return cli.Server{}, nil
	}
	if err != nil {
		return cli.Server{}, entity.Errorf(entity.CodeUnavailable, "data folder %s: %w", dir, err)
	}
	defer f.Close()
	// Whoever can share the lock sees that nobody holds it: what the file says is a dead server's.
	if err := unix.Flock(int(f.Fd()), unix.LOCK_SH|unix.LOCK_NB); err == nil {
		return cli.Server{}, nil
	}
	info, err := readLock(f)
	if err != nil {
		return cli.Server{Held: true}, nil
	}
	return cli.Server{Held: true, Address: info.Address, PID: info.PID, Version: info.Version, Idle: info.Idle}, nil
}

// StopServer asks the server that holds a data folder to end and waits until the folder is free. Live runs go on.
// Without a server it answers the zero Server.
func StopServer(ctx context.Context, dir string) (cli.Server, error) {
	s, err := FindServer(dir)
	if err != nil || !s.Held {
		return cli.Server{}, err
	}
	if s.PID <= 1 {
		return s, entity.Errorf(entity.CodeConflict, "the server of %s is just starting; ask again in a moment", dir)
	}
	if !holds(s.PID, filepath.Join(dir, lockName)) {
		return s, entity.Errorf(entity.CodeConflict, "the data folder %s is held by process %d of another machine, container or user; stop it there", dir, s.PID)
	}
	if err := unix.Kill(s.PID, unix.SIGTERM); err != nil {
		return s, entity.Errorf(entity.CodeForbidden, "stop the server, process %d: %w", s.PID, err)
	}
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	late := time.After(30 * time.Second)
	for {
		now, err := FindServer(dir)
		if err != nil || !now.Held || now.PID != s.PID && now.PID != 0 {
			return s, err
		}
		select {
		case <-tick.C:
		case <-late:
			return s, entity.Errorf(entity.CodeUnavailable, "the server, process %d, was asked to end 30 s ago and still holds %s; see its log", s.PID, dir)
		case <-ctx.Done():
			return s, ctx.Err()
		}
	}
}

// holds tells whether a process has a file open: a number in a file alone says nothing of who has it today.
func holds(pid int, name string) bool {
	want, err := os.Stat(name)
	if err != nil {
		return false
	}
	fds := filepath.Join("/proc", strconv.Itoa(pid), "fd")
	entries, err := os.ReadDir(fds)
	if err != nil {
		return false
	}
	for _, e := range entries {
		if got, err := os.Stat(filepath.Join(fds, e.Name())); err == nil && os.SameFile(got, want) {
			return true
		}
	}
	return false
}

// DefaultData is the user's data folder: $XDG_DATA_HOME/dhub, else ~/.local/share/dhub.
func DefaultData() (string, error) {
	if d := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(d) {
		return filepath.Join(d, "dhub"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", entity.Errorf(entity.CodeInvalid, "no data folder: %w; name one with --data or DHUB_DATA", err)
	}
	return filepath.Join(home, ".local", "share", "dhub"), nil
}
