package runtime

import (
	"fmt"
	"slices"
	"strings"

	"dhub/entity"
)

// Registry is an immutable set of runtimes, found by the kinds they own.
type Registry struct {
	list   []Runtime
	byKind map[string]Runtime
}

// NewRegistry panics when two runtimes claim one kind: that is a mistake in the list of runtimes.
func NewRegistry(list ...Runtime) *Registry {
	r := &Registry{list: slices.Clone(list), byKind: map[string]Runtime{}}
	for _, rt := range list {
		for _, k := range rt.Describe().Kinds {
			if _, taken := r.byKind[k.Kind]; taken {
				panic(fmt.Sprintf("runtime: kind %q is claimed twice", k.Kind))
			}
			r.byKind[k.Kind] = rt
		}
	}
	return r
}

// All lists the runtimes in the order they were given.
func (r *Registry) All() []Runtime { return slices.Clone(r.list) }

// ForKind finds the runtime of an executable, task or run kind: "python", "python+job", "python+job:run".
func (r *Registry) ForKind(kind string) (Runtime, bool) {
	rt, ok := r.byKind[entity.KindBase(kind)]
	return rt, ok
}

// Kind returns the declaration of an executable kind.
func (r *Registry) Kind(kind string) (Kind, bool) {
	rt, ok := r.byKind[entity.KindBase(kind)]
	if !ok {
		return Kind{}, false
	}
	for _, k := range rt.Describe().Kinds {
		if k.Kind == entity.KindBase(kind) {
			return k, true
		}
	}
	return Kind{}, false
}

// Action returns the action of a task or run kind.
func (r *Registry) Action(kind string) (Action, bool) {
	rt, ok := r.ForKind(kind)
	if !ok {
		return Action{}, false
	}
	name := entity.KindAction(kind)
	for _, a := range rt.Describe().Actions {
		if a.Name == name {
			return a, true
		}
	}
	return Action{}, false
}

// ForFile finds the executable kind that takes a file by its suffix.
func (r *Registry) ForFile(name string) (Kind, bool) {
	for _, rt := range r.list {
		for _, k := range rt.Describe().Kinds {
			for _, suffix := range k.Files {
				if strings.HasSuffix(name, suffix) {
					return k, true
				}
			}
		}
	}
	return Kind{}, false
}
