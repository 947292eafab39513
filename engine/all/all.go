// Package all is the list of engines in the standard build: the one place that names them.
package all

import (
	"errors"
	"io"
	"log/slog"
	"path/filepath"

	"dhub/engine"
	"dhub/engine/local"
)

// Config is what a server tells its engines, whichever they are.
type Config struct {
	Data    string // the data folder; each engine keeps to its own part of it
	MaxRuns int    // attempts at once on this machine; 0: as many as an engine finds right
	Logger  *slog.Logger
}

// Set is the engines that were opened.
type Set struct {
	*engine.Set
	closers []io.Closer
}

// Open opens every engine. Attempts live on when it is closed.
func Open(c Config) (*Set, error) {
	l, err := local.New(local.Config{Root: filepath.Join(c.Data, "engine"), MaxConcurrent: max(c.MaxRuns, 0), Logger: c.Logger})
	if err != nil {
		return nil, err
	}
	return &Set{Set: engine.NewSet(l), closers: []io.Closer{l}}, nil
}

// Close detaches from all engines, in reverse order.
func (s *Set) Close() error {
	var errs []error
	for i := len(s.closers) - 1; i >= 0; i-- {
		errs = append(errs, s.closers[i].Close())
	}
	return errors.Join(errs...)
}
