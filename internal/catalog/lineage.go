package catalog

import (
	"context"

	"dhub/entity"
	"dhub/internal/store"
)

// Bounds of a lineage.
const (
	MaxDepth     = 6
	lineageNodes = 500
	lineageFan   = 50 // entities, and runs, that one node is related with
)

// Node is an entity of a lineage.
type Node struct {
	Key      string `json:"key"`
	Entity   string `json:"entity"`
	ID       string `json:"id"`
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Project  string `json:"project"`
	State    string `json:"state,omitempty"`
	Version  int64  `json:"version,omitempty" doc:"Which version of its name it is."`
	Function string `json:"function,omitempty" doc:"Name of what a run executes."`
	Updated  string `json:"updated,omitempty" format:"date-time"`
	Depth    int    `json:"depth" doc:"Steps from the focus: negative towards what it came from, positive towards what came of it."`
	Missing  bool   `json:"missing,omitempty" doc:"The key names something that does not exist here."`
	More     bool   `json:"more,omitempty" doc:"It has further relations, which are left out."`
}

// Edge is a relation: dest is what source came from.
type Edge struct {
	Type   string `json:"type"`
	Source string `json:"source"`
	Dest   string `json:"dest"`
}

// Lineage is what an entity came from and what came of it.
type Lineage struct {
	Focus     string `json:"focus,omitempty" doc:"Key of the entity that was asked for; absent for a whole project."`
	Nodes     []Node `json:"nodes"`
	Edges     []Edge `json:"edges"`
	Truncated bool   `json:"truncated" doc:"There are more nodes than one answer holds."`
}

// Direction of a lineage.
type Direction string

// Directions: towards what an entity came from, towards what came of it, or both.
const (
	Upstream   Direction = "up"
	Downstream Direction = "down"
	BothWays   Direction = "both"
)

// Lineage follows relations from an entity for some steps. A key without a version means the newest.
func (c *Catalog) Lineage(ctx context.Context, project, key string, depth int, direction Direction) (Lineage, error) {
	g := newLineage(project)
	err := c.store.Read(ctx, func(tx store.Tx) error {
		focus, err := g.node(ctx, tx, key, 0)
		if err != nil {
			return err
		}
		if focus.Missing {
			return entity.Errorf(entity.CodeNotFound, "The key %s names nothing in the project %s.", key, project)
		}
		g.out.Focus = focus.Key
		if direction != Downstream {
			err = g.spread(ctx, tx, focus, depth, -1)
		}
		if err == nil && direction != Upstream {
			err = g.spread(ctx, tx, focus, depth, +1)
		}
		return err
	})
	return g.answer(), err
}

// found is a node with its own relations.
type found struct {
	Node
	relations []entity.Relation
	aliases   []string // keys under which others may name it
}

type lineage struct {
	out     Lineage
	project string
	nodes   map[string]*found
	order   []string
	edges   map[Edge]bool
}

func newLineage(project string) *lineage {
	return &lineage{out: Lineage{Nodes: []Node{}, Edges: []Edge{}}, project: project, nodes: map[string]*found{}, edges: map[Edge]bool{}}
}

func (g *lineage) answer() Lineage {
	for _, key := range g.order {
		g.out.Nodes = append(g.out.Nodes, g.nodes[key].Node)
	}
	return g.out
}

// node finds or loads what a key names.
func (g *lineage) node(ctx context.Context, tx store.Tx, key string, depth int) (*found, error) {
	if n := g.nodes[key]; n != nil {
		return n, nil
	}
	n := &found{Node: Node{Key: key, Depth: depth, Missing: true}}
	k, ok := entity.ParseKey(key)
	if ok {
		n.Entity, n.ID, n.Name, n.Kind, n.Project = k.Entity, k.ID, k.Name, k.Kind, k.Project
	}
	if ok && k.Project == g.project {
		if err := g.load(ctx, tx, k, n); err != nil && !entity.IsNotFound(err) {
			return nil, err
		}
	}
	return g.keep(n), nil
}

// keep adds a node under its own key, unless it is there.
func (g *lineage) keep(n *found) *found {
	if have := g.nodes[n.Key]; have != nil {
		return have
	}
	g.nodes[n.Key] = n
	g.order = append(g.order, n.Key)
	return n
}

func (g *lineage) load(ctx context.Context, tx store.Tx, k entity.Key, n *found) error {
	if k.Entity == entity.Run {
		r, err := tx.Runs().Get(ctx, k.ID)
		if err == nil && r.Project == g.project {
			n.setRun(r)
		}
		return err
	}
	if _, err := find(k.Entity); err != nil {
		return err
	}
	var r store.Record
	var err error
	switch {
	case k.Entity == entity.Secret:
		r, err = tx.Entities().Latest(ctx, k.Entity, k.Project, k.Name)
	case k.ID == "":
		if r, err = tx.Entities().Latest(ctx, k.Entity, k.Project, k.Name); err == nil {
			n.aliases = append(n.aliases, k.String())
		}
	default:
		r, err = tx.Entities().Get(ctx, k.Entity, k.ID)
	}
	if err == nil && r.Project == g.project && r.Kind == k.Kind {
		n.setRecord(r)
	}
	return err
}

func (n *found) setRecord(r store.Record) {
	n.Key, n.Entity, n.ID, n.Name, n.Kind, n.Project = r.Key(), r.Entity, r.ID, r.Name, r.Kind, r.Project
	n.State, n.Updated, n.Missing, n.relations = r.State, entity.FormatTime(r.Updated), false, r.Relations
	if Versioned(r.Entity) {
		n.Version = r.Version
	}
}

func (n *found) setRun(r store.Run) {
	n.Key, n.Entity, n.ID, n.Name, n.Kind, n.Project = r.Key(), entity.Run, r.ID, r.Name, r.Kind, r.Project
	n.State, n.Updated, n.Missing, n.relations = string(r.State), entity.FormatTime(r.Updated), false, r.Relations
	for _, ref := range []struct{ typ, ref string }{{entity.Function, r.Function}, {entity.Workflow, r.Workflow}} {
		if x, ok := entity.ParseExecRef(ref.ref); ok {
			n.Function = x.Name
			key := entity.Key{Project: x.Project, Entity: ref.typ, Kind: x.Kind, Name: x.Name, ID: x.ID}
			n.relations = append(n.relations, entity.Relation{Type: entity.RunOf, Dest: key.String()})
		}
	}
}

// spread follows relations from a node, step by step; way is -1 towards what it came from.
func (g *lineage) spread(ctx context.Context, tx store.Tx, from *found, depth, way int) error {
	level, seen := []*found{from}, map[string]bool{from.Key: true}
	for step := 1; step <= depth && len(level) > 0; step++ {
		var next []*found
		for _, n := range level {
			related, err := g.related(ctx, tx, n, step*way, way)
			if err != nil {
				return err
			}
			for _, other := range related {
				if !seen[other.Key] {
					seen[other.Key] = true
					next = append(next, other)
				}
			}
		}
		level = next
	}
	return nil
}

// related lists the nodes one step on from n, and notes the edges to them.
func (g *lineage) related(ctx context.Context, tx store.Tx, n *found, depth, way int) (out []*found, err error) {
	link := func(other *found, typ string, upstream bool) {
		e := Edge{typ, n.Key, other.Key}
		if !upstream {
			e.Source, e.Dest = e.Dest, e.Source
		}
		if e.Source != e.Dest && !g.edges[e] {
			g.edges[e] = true
			g.out.Edges = append(g.out.Edges, e)
		}
		out = append(out, other)
	}
	full := func(key string) bool {
		if g.nodes[key] == nil && len(g.order) >= lineageNodes {
			g.out.Truncated = true
			return true
		}
		return false
	}
	mine := func(key string) bool { return key == "" || key == n.Key }
	for _, r := range n.relations { // its own
		key, upstream := r.Dest, mine(r.Source)
		if !upstream {
			key = r.Source
		}
		if mine(key) || upstream != (way < 0) || full(key) {
			continue
		}
		other, err := g.node(ctx, tx, key, depth)
		if err != nil {
			return nil, err
		}
		link(other, r.Type, upstream)
	}
	if n.Missing {
		return out, nil
	}
	for _, key := range append([]string{n.Key}, n.aliases...) { // those of others that name it
		owners, more, err := tx.Graph().Around(ctx, g.project, key, lineageFan)
		if err != nil {
			return nil, err
		}
		n.More = n.More || more
		for _, o := range owners {
			other := &found{}
			if o.Run != nil {
				other.setRun(*o.Run)
			} else {
				other.setRecord(o.Record)
			}
			other.Depth = depth
			for _, r := range other.relations {
				upstream := r.Source == key // what is named as source came from the owner
				if !upstream && r.Dest != key || upstream != (way < 0) || full(other.Key) {
					continue
				}
				link(g.keep(other), r.Type, upstream)
			}
		}
	}
	return out, nil
}
