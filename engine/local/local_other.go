//go:build !linux

package local

import (
	"context"
	"io/fs"
	"time"

	"dhub/engine"
	"dhub/entity"
)

var _ engine.Engine = (*Engine)(nil)

// Engine stands in for the local engine where it does not exist.
type Engine struct{}

var errMissing = entity.Errorf(entity.CodeUnavailable, "the local engine runs on Linux only")

// New returns an engine whose methods say that it is unavailable.
func New(Config) (*Engine, error) { return &Engine{}, nil }

// Warm implements what the engine has on Linux.
func (*Engine) Warm(context.Context) error { return errMissing }

// Provide implements what the engine has on Linux.
func (*Engine) Provide(string, fs.FS) error { return nil }

// Close implements what the engine has on Linux.
func (*Engine) Close() error { return nil }

// Describe implements engine.Engine.
func (*Engine) Describe() engine.Descriptor {
	return engine.Descriptor{Name: Name, Kinds: []engine.Kind{engine.Job}, Capabilities: map[string]bool{}}
}

// Check implements engine.Engine.
func (*Engine) Check(context.Context) error { return errMissing }

// Start implements engine.Engine.
func (*Engine) Start(context.Context, engine.Runnable, engine.Values) (engine.Handle, error) {
	return engine.Handle{}, errMissing
}

// Observe implements engine.Engine.
func (*Engine) Observe(context.Context, engine.Handle, func(engine.Status) error) error {
	return errMissing
}

// Logs implements engine.Engine.
func (*Engine) Logs(context.Context, engine.Handle, engine.Cursor, func(engine.Chunk) error) error {
	return errMissing
}

// Samples implements what the engine has on Linux.
func (*Engine) Samples(context.Context, engine.Handle) ([]engine.Sample, error) {
	return nil, errMissing
}

// Stop implements engine.Engine.
func (*Engine) Stop(context.Context, engine.ID, time.Duration) error { return errMissing }

// Remove implements engine.Engine.
func (*Engine) Remove(context.Context, engine.ID) error { return errMissing }

// List implements engine.Engine.
func (*Engine) List(context.Context, func(engine.Handle) error) error { return errMissing }
