package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"dhub/entity"
	"dhub/internal/cli"
	"dhub/internal/telemetry"
)

// Serve runs a server until ctx ends or the process is asked to end. Live runs go on without it.
func Serve(ctx context.Context, o cli.ServeOptions) error {
	level, err := telemetry.ParseLevel(o.LogLevel)
	if err != nil {
		return err
	}
	logger := telemetry.New(os.Stderr, level)
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := checkListen(o.Listen); err != nil {
		return err
	}
	if o.MaxRuns < -1 {
		return entity.Invalid("max-runs", "range", "--max-runs is %d; allowed are -1 (as many as processors), 0 (none) and more", o.MaxRuns)
	}
	if err := os.MkdirAll(o.Data, 0o700); err != nil {
		return entity.Errorf(entity.CodeUnavailable, "data folder %s cannot be made: %w; name another with --data", o.Data, err)
	}
	lock, err := lockData(o.Data)
	if err != nil {
		return err
	}
	defer lock.release()
	listener, err := listen(ctx, o.Listen, lastAddress(o.Data), o.AnyPort, logger)
	if err != nil {
		return err
	}
	defer listener.Close()
	s, err := build(ctx, o, "http://"+listener.Addr().String(), logger)
	if err != nil {
		return err
	}
	return s.run(ctx, listener, lock)
}

// run serves until ctx ends, then stops the parts in the order of the architecture: HTTP drains, triggers,
// the run manager detaches, the engines detach, the store closes.
func (s *server) run(ctx context.Context, listener net.Listener, lock *dataLock) error {
	defer s.close()
	if err := s.start(ctx); err != nil {
		return err
	}
	hs := &http.Server{Handler: s.handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		ErrorLog:    slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
		BaseContext: func(net.Listener) context.Context { return s.requests }}
	served := make(chan error, 1)
	go func() { served <- hs.Serve(listener) }()
	err := lock.publish(lockInfo{Address: s.endpoint, PID: os.Getpid(), Version: Version, Started: time.Now().UTC(), Idle: s.options.IdleExit})
	if err != nil {
		return err
	}
	s.ready.Store(true)
	s.log.Info("server is ready", "address", s.endpoint, "data", s.options.Data, "store", s.store.Describe(), "version", Version)
	if !s.options.IdleExit {
		fmt.Fprintf(os.Stdout, "dhub is ready at %s\n", s.endpoint)
	}
	select {
	case err = <-served:
	case <-ctx.Done():
		s.log.Info("server is stopping; live runs go on")
	case <-s.idle:
		s.log.Info("server ends: ten minutes without a client, a live run or an active schedule")
	}
	s.ready.Store(false)
	s.api.Close() // streams and long waits end now, other requests drain
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	err = errors.Join(err, hs.Shutdown(grace), s.stop(grace))
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// checkListen refuses to serve others without authentication, which is not configurable yet.
func checkListen(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return entity.Invalid("listen", "pattern", "--listen %q is no address; write HOST:PORT, such as %s", address, cli.DefaultListen)
	}
	if host == "localhost" {
		return nil
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return entity.Errorf(entity.CodeForbidden,
			"listening on %s would open this server, which runs code, to everybody who reaches that address: it has no authentication. Listen on 127.0.0.1 and put an authenticating proxy or an SSH tunnel before it", address)
	}
	return nil
}

// listen takes the address; when it is taken, the error says by whom, unless any port will do. Of port 0 the last
// address is tried first.
func listen(ctx context.Context, address, last string, anyPort bool, log *slog.Logger) (net.Listener, error) {
	var config net.ListenConfig
	host, port, _ := net.SplitHostPort(address)
	if port == "0" {
		return listenAgain(ctx, host, last)
	}
	if anyPort && address == cli.DefaultListen && last != "" { // nobody asked for this one: jobs know the last
		if l, err := config.Listen(ctx, "tcp", last); err == nil {
			return l, nil
		}
	}
	l, err := config.Listen(ctx, "tcp", address)
	if err == nil {
		return l, nil
	}
	if !errors.Is(err, syscall.EADDRINUSE) {
		return nil, entity.Errorf(entity.CodeUnavailable, "listen on %s: %w", address, err)
	}
	who := occupant(address)
	if !anyPort {
		return nil, entity.Errorf(entity.CodeConflict, "%s is taken by %s; stop it, or choose another address with --listen (port 0 takes a free one)", address, who)
	}
	if l, err = listenAgain(ctx, host, last); err == nil {
		log.Info("the port is taken, another one is used", "wanted", address, "taken_by", who, "address", l.Addr().String())
	}
	return l, err
}

// listenAgain takes the address of the last time if it is free, else a free port of the host.
func listenAgain(ctx context.Context, host, last string) (net.Listener, error) {
	var config net.ListenConfig
	if lastHost, _, err := net.SplitHostPort(last); err == nil && lastHost == host {
		if l, err := config.Listen(ctx, "tcp", last); err == nil {
			return l, nil
		}
	}
	l, err := config.Listen(ctx, "tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		return nil, entity.Errorf(entity.CodeUnavailable, "listen on a free port of %s: %w", host, err)
	}
	return l, nil
}

// occupant asks whoever sits on an address what it is.
func occupant(address string) string {
	c := http.Client{Timeout: time.Second}
	resp, err := c.Get("http://" + address + "/.well-known/configuration")
	if err != nil {
		return "another program"
	}
	defer resp.Body.Close()
	b, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
	if resp.StatusCode == http.StatusOK && strings.Contains(string(b), "dhcore_api_level") {
		return "a dhub server with another data folder"
	}
	return "another program"
}
