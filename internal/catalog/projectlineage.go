package catalog

import (
	"context"

	"dhub/entity"
	"dhub/internal/store"
)

// lineageTypes are the types that a project's lineage begins from: first what runs make and read.
var lineageTypes = []string{entity.Model, entity.DataItem, entity.Artifact, entity.Function, entity.Workflow}

// lineagePages bounds how many entities of a type are looked at: each costs as much whether or not it is related.
const lineagePages = 10

// ProjectLineage is every relation of a project, of all versions, the newest of each type first. What is
// related with nothing is left out; Truncated says that the oldest are.
func (c *Catalog) ProjectLineage(ctx context.Context, project string) (Lineage, error) {
	g := newLineage(project)
	older := false
	err := c.store.Read(ctx, func(tx store.Tx) error {
		if _, err := get(ctx, tx, entity.Project, "", project); err != nil {
			return err
		}
		for _, typ := range lineageTypes {
			q := store.Query{Entity: typ, Project: project, Sort: []store.Sort{newest}, Size: pageOf}
			for more := true; more && !g.out.Truncated; q.Page++ {
				p, err := tx.Entities().List(ctx, q)
				if err != nil {
					return err
				}
				if err := g.join(ctx, tx, p.Items); err != nil {
					return err
				}
				if more = len(p.Items) == q.Size; more && q.Page+1 == lineagePages {
					older, more = true, false
				}
			}
		}
		return g.inputs(ctx, tx)
	})
	g.out.Truncated = g.out.Truncated || older
	return g.answer(), err
}

// inputs adds what the runs in the graph came from: a run may name the newest of something without its version,
// which is not found from there.
func (g *lineage) inputs(ctx context.Context, tx store.Tx) error {
	for _, key := range g.order[:len(g.order):len(g.order)] {
		if n := g.nodes[key]; n.Entity == entity.Run {
			if _, err := g.related(ctx, tx, n, 0, -1); err != nil {
				return err
			}
		}
	}
	return nil
}

// join adds entities that are related with something, and what they are related with.
func (g *lineage) join(ctx context.Context, tx store.Tx, list []store.Record) error {
	for _, r := range list {
		n := &found{}
		n.setRecord(r)
		if have := g.nodes[n.Key]; have != nil {
			n = have
		} else if len(g.order) >= lineageNodes {
			g.out.Truncated = true
			return nil
		}
		for _, way := range []int{-1, +1} {
			related, err := g.related(ctx, tx, n, 0, way)
			if err != nil {
				return err
			}
			if len(related) > 0 {
				g.keep(n)
			}
		}
	}
	return nil
}
