// Package all is the list of engines in the standard build.
package all

import (
	"errors"
	"io"

	"dhub/engine"
	"dhub/engine/local"
)

// Config holds the configuration of each engine.
type Config struct {
	Local local.Config
}

// Set is the engines that were opened.
type Set struct {
	*engine.Set
	closers []io.Closer
}

// Open opens every engine. Attempts live on when it is closed.
func Open(c Config) (*Set, error) {
	l, err := local.New(c.Local)
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
