package catalog

import (
	"slices"
	"strings"

	"dhub/entity"
)

// Offer is a kind of function or workflow that can be made here, with the actions it gives.
type Offer struct {
	Entity  string
	Kind    string
	Title   map[string]string // by language
	Actions []string
	Files   []string // suffixes of files it takes
}

// Offers lists the kinds of all runtimes, and those of entities that belong to none, by entity type and kind.
func (c *Catalog) Offers() []Offer {
	var out []Offer
	for _, rt := range c.runtimes.All() {
		d := rt.Describe()
		var actions []string
		for _, a := range d.Actions {
			actions = append(actions, a.Name)
		}
		for _, k := range d.Kinds {
			out = append(out, Offer{Entity: k.Entity, Kind: k.Kind, Title: k.Title, Actions: actions, Files: k.Files})
		}
	}
	for _, typ := range []string{entity.Artifact, entity.DataItem, entity.Model, entity.Secret, entity.Trigger} {
		for kind := range own()[typ] {
			out = append(out, Offer{Entity: typ, Kind: kind, Title: kindTitles[kind]})
		}
	}
	slices.SortFunc(out, func(a, b Offer) int {
		if a.Entity != b.Entity {
			return strings.Compare(a.Entity, b.Entity)
		}
		return strings.Compare(a.Kind, b.Kind)
	})
	return out
}
