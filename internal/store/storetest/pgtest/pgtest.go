// Package pgtest gives tests a real PostgreSQL: the server named by DHUB_TEST_POSTGRES, else a private
// cluster of the installed package, as an ordinary user on a socket in a temporary folder.
package pgtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// Server is a running PostgreSQL.
type Server struct {
	url     *url.URL
	dir     string
	bin     string
	account *syscall.Credential
	started bool
	n       atomic.Int64
}

// Start finds or starts a server. Call it from TestMain and Stop afterwards.
func Start() (*Server, error) {
	if given := os.Getenv("DHUB_TEST_POSTGRES"); given != "" {
		u, err := url.Parse(given)
		if err != nil {
			return nil, fmt.Errorf("DHUB_TEST_POSTGRES: %w", err)
		}
		return &Server{url: u}, nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return nil, err
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		found = append(found, path)
	}
	if len(found) == 0 {
		return nil, errors.New("PostgreSQL is missing: install it (apt-get install postgresql) or set DHUB_TEST_POSTGRES to the URL of a server whose user may create databases")
	}
	s := &Server{bin: filepath.Dir(found[len(found)-1])}
	if err := s.start(); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

// start makes a cluster in a fresh folder and starts it. PostgreSQL refuses to run as root, so root lends
// it to another account.
func (s *Server) start() (err error) {
	if s.dir, err = os.MkdirTemp("/tmp", "dhub-pg"); err != nil { // short: a socket's path has a limit
		return err
	}
	if os.Getuid() == 0 {
		if s.account, err = account(); err != nil {
			return err
		}
		if err := os.Chown(s.dir, int(s.account.Uid), int(s.account.Gid)); err != nil {
			return err
		}
	}
	data := filepath.Join(s.dir, "data")
	if err := s.command("initdb", "-D", data, "-U", "dhub", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"); err != nil {
		return err
	}
	settings := fmt.Sprintf("-c listen_addresses= -c unix_socket_directories=%s -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=32MB -c max_connections=300", s.dir)
	if err := s.command("pg_ctl", "-D", data, "-l", filepath.Join(s.dir, "server.log"), "-w", "-t", "60", "-o", settings, "start"); err != nil {
		text, _ := os.ReadFile(filepath.Join(s.dir, "server.log"))
		return fmt.Errorf("%w\n%s", err, text)
	}
	s.started = true
	s.url = &url.URL{Scheme: "postgres", User: url.User("dhub"), Path: "/postgres", RawQuery: url.Values{"host": {s.dir}}.Encode()}
	return nil
}

// account is an ordinary user for a server that root starts.
func account() (*syscall.Credential, error) {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return nil, err
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL does not run as root: run the tests as an ordinary user, add the user postgres, or set DHUB_TEST_POSTGRES")
}

func (s *Server) command(name string, args ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, filepath.Join(s.bin, name), args...)
	c.Dir = s.dir
	c.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"}
	if s.account != nil {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: s.account}
	}
	// A file, not a pipe: the server inherits it and would keep a pipe open.
	out, err := os.CreateTemp(s.dir, name)
	if err != nil {
		return err
	}
	defer out.Close()
	c.Stdout, c.Stderr = out, out
	if err := c.Run(); err != nil {
		text, _ := os.ReadFile(out.Name())
		return fmt.Errorf("%s: %w\n%s", name, err, text)
	}
	return nil
}

// Stop ends a server that Start started and removes its folder.
func (s *Server) Stop() {
	if s.started {
		if err := s.command("pg_ctl", "-D", filepath.Join(s.dir, "data"), "-m", "immediate", "-w", "stop"); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	if s.dir != "" {
		os.RemoveAll(s.dir)
	}
}

// Database makes an empty database for a test and returns its URL; the test's cleanup drops it.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), s.n.Add(1))
	s.Exec(t, "CREATE DATABASE "+name+" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'")
	t.Cleanup(func() { s.Exec(t, "DROP DATABASE "+name+" WITH (FORCE)") })
	u := *s.url
	u.Path = "/" + name
	return u.String()
}

// Exec runs a statement as the server's owner.
func (s *Server) Exec(t testing.TB, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", s.url.String())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(context.Background(), statement); err != nil {
		t.Fatalf("%s: %v", strings.SplitN(statement, " ", 3)[0], err)
	}
}
