package app

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"dhub/engine"
	engines "dhub/engine/all"
	"dhub/entity"
	"dhub/internal/artifact"
	"dhub/internal/blob/file"
	"dhub/internal/catalog"
	"dhub/internal/cli"
	"dhub/internal/event"
	"dhub/internal/httpapi"
	"dhub/internal/run"
	"dhub/internal/s3gate"
	"dhub/internal/secret"
	"dhub/internal/store"
	"dhub/internal/trigger"
	"dhub/internal/web"
	"dhub/runtime"
	runtimes "dhub/runtime/all"
)

// server is everything that runs, in the order it is built.
type server struct {
	options  cli.ServeOptions
	endpoint string
	log      *slog.Logger

	store     store.Store
	files     *file.Store // behind data items, artifacts and models
	logs      *file.Store // long logs of ended runs
	engines   *engines.Set
	secrets   *secret.Secrets
	catalog   *catalog.Catalog
	gate      *s3gate.Gate
	artifacts *artifact.Service
	runs      *run.Manager
	triggers  *trigger.Manager
	events    *event.Broker
	steps     *stepTrace
	console   *web.Console
	api       *httpapi.API
	handler   http.Handler

	ready          atomic.Bool
	requests       context.Context // of every request; ends when the server lets go of its parts
	cancelRequests context.CancelFunc
	activity       activity
	idle           chan struct{} // closed when nothing has happened for long
	work           background
}

// build makes the parts; nothing of it runs yet. On an error what was opened is closed again.
func build(ctx context.Context, o cli.ServeOptions, endpoint string, log *slog.Logger) (_ *server, err error) {
	s := &server{options: o, endpoint: endpoint, log: log, idle: make(chan struct{})}
	s.requests, s.cancelRequests = context.WithCancel(context.WithoutCancel(ctx))
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	keys, err := secret.ReadKeys(filepath.Join(o.Data, "key"))
	if err != nil {
		return nil, err
	}
	if s.store, err = openStore(ctx, o, log); err != nil {
		return nil, err
	}
	if s.files, err = file.New(filepath.Join(o.Data, "files"), time.Now); err != nil {
		return nil, err
	}
	if s.logs, err = file.New(filepath.Join(o.Data, "logs"), time.Now); err != nil {
		return nil, err
	}
	limit := o.MaxRuns
	if s.engines, err = engines.Open(engines.Config{Data: o.Data, MaxRuns: limit, Logger: log}); err != nil {
		return nil, err
	}
	if _, ok := s.engines.Get(o.Engine); !ok && o.Engine != "" {
		return nil, entity.Invalid("engine", "enum", "--engine %q is no engine of this server; it has: %s", o.Engine, strings.Join(s.engines.Names(), ", "))
	}
	host := s.engines.Host()
	if err := claim(ctx, s.store, o, keys, host); err != nil {
		return nil, err
	}
	if s.steps, err = openTrace(os.Getenv("DHUB_TRACE_STEPS")); err != nil {
		return nil, err
	}
	if s.secrets, err = secret.New(s.store, keys); err != nil {
		return nil, err
	}
	registry := runtimes.Registry()
	here := func() string { return endpoint }
	s.catalog = catalog.New(catalog.Config{Store: s.store, Runtimes: registry, Endpoint: here})
	s.gate, err = s3gate.New(ctx, s3gate.Config{Blobs: s.files, Keys: secret.Split(keys), Endpoint: here, Logger: log})
	if err != nil {
		return nil, err
	}
	s.artifacts = artifact.New(artifact.Config{Store: s.store, Blobs: s.files, Gate: s.gate, Catalog: s.catalog, Logger: log})
	profiles, err := readProfiles(os.Getenv("DHUB_PROFILES"))
	if err != nil {
		return nil, err
	}
	s.runs, err = run.New(run.Config{
		Store: s.store, Runtimes: registry, Engines: s.engines.Set, Secrets: s.secrets, Blobs: s.logs,
		Catalog: s.catalog, Logger: log, MaxRuns: limit, DefaultEngine: o.Engine, Profiles: profiles,
		// The folder is locked: whoever held the lease under this name is gone, so it is taken at once. Its
		// database is no other folder's: who is bound to another host is lost.
		Holder: holderOf(o, host), Sole: true,
		ProbeDir: filepath.Join(o.Data, "engine", "probe"), Endpoint: here, Env: s.jobEnv, Credentials: s.jobCredentials,
		Trace: s.steps.step,
	})
	if err != nil {
		return nil, err
	}
	s.events = event.New(event.Config{Feed: s.store, Logger: log})
	s.triggers = trigger.New(trigger.Config{
		Store: s.store, Prepare: s.prepareRun, StopRun: s.stopRun, Get: s.get, Logger: log, Zone: zoneName(),
	})
	s.runs.SetScheduler(s.triggers)
	s.catalog.Guard(entity.Trigger, catalog.Guard{Check: s.triggers.CheckTrigger, Stored: s.triggers.TriggerStored})
	s.catalog.Guard(entity.Task, catalog.Guard{Check: s.triggers.CheckTask, Stored: s.triggers.TaskStored})
	s.catalog.SetRuns(s.runs)
	s.catalog.SetFiles(fileDeleter{s.artifacts})
	if s.console, err = web.New(web.Files(), cmp.Or(os.Getenv("DHUB_CONSOLE_PATH"), web.DefaultBase)); err != nil {
		return nil, err
	}
	s.api = s.routes()
	s.handler = s.api
	return s, nil
}

// start starts what works in the background, in order.
func (s *server) start(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	if err := s.warm(); err != nil {
		return err
	}
	for _, start := range []func(context.Context) error{s.events.Start, s.runs.Start, s.triggers.Start} {
		if err := start(ctx); err != nil {
			return err
		}
	}
	s.work.start(func(ctx context.Context) { s.sweep(ctx) })
	if s.options.IdleExit {
		s.work.start(s.watchIdle)
	}
	return nil
}

// warm has the engines do ahead what the first run would wait for.
func (s *server) warm() error {
	for _, rt := range runtimes.Registry().All() {
		p, ok := rt.(runtime.Provider)
		if !ok {
			continue
		}
		for key, content := range p.Provides() {
			for _, e := range s.engines.All() {
				keeper, ok := engine.As[engine.Provider](e)
				if !ok {
					continue
				}
				if err := keeper.Provide(key, content); err != nil {
					return err
				}
			}
		}
	}
	for _, e := range s.engines.All() {
		w, ok := engine.As[engine.Warmer](e)
		if !ok {
			continue
		}
		s.work.start(func(ctx context.Context) {
			if err := w.Warm(ctx); err != nil && ctx.Err() == nil {
				s.log.Warn("ready an engine ahead", "engine", e.Describe().Name, "error", err)
			}
		})
	}
	return nil
}

// stop ends what works in the background, in reverse; live runs go on.
func (s *server) stop(ctx context.Context) error {
	s.work.stop()
	return errors.Join(s.triggers.Stop(ctx), s.runs.Stop(ctx), s.events.Stop(ctx))
}

// close lets go of what build opened.
func (s *server) close() {
	s.cancelRequests()
	if s.engines != nil {
		_ = s.engines.Close()
	}
	for _, f := range []*file.Store{s.files, s.logs} {
		if f != nil {
			_ = f.Close()
		}
	}
	if s.store != nil {
		_ = s.store.Close()
	}
	s.steps.close()
}

// sweep ends abandoned uploads and removes what they left, once an hour.
func (s *server) sweep(ctx context.Context) {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if n, err := s.artifacts.Sweep(ctx); err != nil {
			s.log.Error("sweep of abandoned uploads", "error", err)
		} else if n > 0 {
			s.log.Info("abandoned uploads ended", "count", n)
		}
		if err := s.gate.Sweep(ctx, 24*time.Hour); err != nil {
			s.log.Error("sweep of unfinished multipart uploads", "error", err)
		}
	}
}

func (s *server) routes() *httpapi.API {
	return httpapi.New(httpapi.Config{
		Catalog: s.catalog, Runs: s.runs, Logs: s.runs, Tokens: s.runs,
		RunMetrics: s.runs, ModelMetrics: modelMetrics{s.catalog}, Files: s.artifacts, Secrets: s.secrets, Triggers: s.triggers, Events: s.events,
		Answers: answers{s.store}, Credentials: s.callerCredentials, Ready: s.checkReady,
		Endpoint: func() string { return s.endpoint }, Public: s.public, Activity: s.activity.add,
		Name: "dhub", Version: Version, Hosts: httpapi.Loopback(), Logger: s.log,
		Mounts: []httpapi.Mount{
			{Path: "/s3", Raw: true, Handler: s.gate, Summary: "the subset of S3 that clients use"},
			{Path: s.console.Base() + "/", Handler: s.console, Summary: "the console"},
			{Path: "/{$}", Handler: http.HandlerFunc(s.console.Redirect), Summary: "leads to the console"},
		},
	})
}
