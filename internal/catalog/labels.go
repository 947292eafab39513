package catalog

import (
	"context"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// Label is one label used in a project. Use is there when it was asked for.
type Label struct {
	ID      string    `json:"id"`
	Label   string    `json:"label"`
	Project string    `json:"project"`
	Use     *LabelUse `json:"use,omitempty" doc:"What carries it; with include=use."`
}

// LabelUse counts what carries a label, or what a change of it changed.
type LabelUse struct {
	Entities int64 `json:"entities" doc:"Functions, data items, models, artifacts, tasks, triggers and secrets, each version."`
	Runs     int64 `json:"runs"`
	Exact    bool  `json:"exact" doc:"False: of the count that is larger, or of both where they are equal, there are more."`
	Merged   bool  `json:"merged,omitempty" doc:"Of a rename: the other label was in use before, so that no rename back tells the two apart."`
}

// labelLimit is how far uses of a label are counted.
const labelLimit = 10000

// Labels lists the labels of a project that begin with prefix, with their use when that is asked for.
func (c *Catalog) Labels(ctx context.Context, project, prefix string, use bool, page, size int) (store.Page[Label], error) {
	var out store.Page[Label]
	err := c.store.Read(ctx, func(tx store.Tx) error {
		p, err := tx.Entities().Labels(ctx, project, prefix, page, size)
		if err != nil {
			return err
		}
		out = store.Page[Label]{Items: make([]Label, 0, len(p.Items)), Total: p.Total, Exact: p.Exact, More: p.More}
		var uses map[string]store.LabelUse
		if use {
			if uses, err = tx.Stats().LabelUse(ctx, project, p.Items, labelLimit); err != nil {
				return err
			}
		}
		for _, l := range p.Items {
			label := Label{ID: project + "/" + l, Label: l, Project: project}
			if use {
				label.Use = &LabelUse{Entities: uses[l].Entities, Runs: uses[l].Runs, Exact: uses[l].Exact}
			}
			out.Items = append(out.Items, label)
		}
		return nil
	})
	return out, err
}

// Relabel puts the label to in the place of the label from on all that carries it in a project, every version
// and every run; what carries both keeps to alone. An empty to takes from away. Each thing is changed whole,
// a page of them in a commit; should the server die on the way, the same call does the rest. A label that
// nothing carries is not_found.
func (c *Catalog) Relabel(ctx context.Context, project, from, to, user string) (LabelUse, error) {
	done := LabelUse{Exact: true}
	switch {
	case from == "":
		return done, entity.Invalid("/from", "required", "from: the label that is to be renamed is expected.")
	case from == to:
		return done, entity.Invalid("/to", "reference", "to: the label is named %q already; another name is expected.", to)
	}
	ctx = context.WithoutCancel(ctx) // a caller who goes away leaves no half of it
	merged, err := c.labelled(ctx, project, to)
	if err != nil {
		return done, err
	}
	done.Merged = merged
	for _, k := range table {
		if k.entity == entity.Project || k.entity == entity.Run {
			continue
		}
		n, err := c.relabel(ctx, k.entity, project, from, to, user)
		done.Entities += n
		if err != nil {
			return done, err
		}
	}
	if c.runs != nil {
		n, err := c.runs.Relabel(ctx, project, from, to, user)
		done.Runs = n
		if err != nil {
			return done, err
		}
	}
	if done.Entities+done.Runs == 0 {
		return done, entity.Errorf(entity.CodeNotFound, "Nothing in the project %s carries the label %q.", project, from)
	}
	return done, nil
}

// labelled tells whether anything in a project carries a label.
func (c *Catalog) labelled(ctx context.Context, project, label string) (bool, error) {
	if label == "" {
		return false, nil
	}
	p, err := c.Labels(ctx, project, label, false, 0, 1)
	return len(p.Items) > 0 && p.Items[0].Label == label, err // the shortest of those that begin with it comes first
}

// relabel does so with the entities of one type, the first page of those that are left at a time.
func (c *Catalog) relabel(ctx context.Context, typ, project, from, to, user string) (changed int64, err error) {
	for {
		list, err := c.page(ctx, store.Query{Entity: typ, Project: project, Labels: []string{from}})
		if err != nil || len(list) == 0 {
			return changed, err
		}
		now := c.now().UTC().Truncate(time.Microsecond)
		var n int64
		err = c.store.Write(ctx, func(tx store.Tx) error {
			n = 0
			for _, r := range list {
				_, err := tx.Entities().Update(ctx, typ, r.ID, func(r store.Record) (_ store.Record, err error) {
					labels := entity.Relabel(entity.Labels(r.Metadata), from, to)
					if r.Metadata, err = entity.WithLabels(r.Metadata, labels); err != nil {
						return r, err
					}
					r.Updated, r.UpdatedBy = now, user
					index(&r)
					return r, nil
				})
				if entity.IsNotFound(err) {
					continue // deleted meanwhile
				}
				if err != nil {
					return err
				}
				n++
			}
			return nil
		})
		if err != nil {
			return changed, err
		}
		changed += n
	}
}
