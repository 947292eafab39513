package engine

import (
	"fmt"
	"slices"
)

// Set is an immutable set of engines by name.
type Set struct {
	list   []Engine
	byName map[string]Engine
}

// NewSet panics when two engines bear one name: that is a mistake in the list of engines.
func NewSet(list ...Engine) *Set {
	s := &Set{list: slices.Clone(list), byName: map[string]Engine{}}
	for _, e := range list {
		name := e.Describe().Name
		if _, taken := s.byName[name]; taken {
			panic(fmt.Sprintf("engine: name %q is taken twice", name))
		}
		s.byName[name] = e
	}
	return s
}

// All lists the engines in the order they were given.
func (s *Set) All() []Engine { return slices.Clone(s.list) }

// Get finds an engine by name.
func (s *Set) Get(name string) (Engine, bool) {
	e, ok := s.byName[name]
	return e, ok
}

// Names lists the names in the order they were given.
func (s *Set) Names() []string {
	names := make([]string, len(s.list))
	for i, e := range s.list {
		names[i] = e.Describe().Name
	}
	return names
}

// Host is the host of the first engine that is bound to one, "" when none is.
func (s *Set) Host() string {
	for _, e := range s.list {
		if host := e.Describe().Host; host != "" {
			return host
		}
	}
	return ""
}
