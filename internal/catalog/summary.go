package catalog

import (
	"context"

	"dhub/entity"
	"dhub/internal/store"
)

// countMost is how far the entities of a type are counted.
const countMost = 10000

// Count is how many entities of a type a project has; versions of a name count once.
type Count struct {
	Entity string `json:"entity"`
	Total  int64  `json:"total"`
	Exact  bool   `json:"exact" doc:"False when there are more than total."`
}

// Changed is an entity that was changed not long ago.
type Changed struct {
	Entity    string `json:"entity"`
	ID        string `json:"id"`
	Name      string `json:"name"`
	Kind      string `json:"kind"`
	State     string `json:"state"`
	Version   int64  `json:"version" doc:"Which version of its name it is."`
	Updated   string `json:"updated" format:"date-time"`
	UpdatedBy string `json:"updated_by"`
}

// Summary is the part of a project's overview that is about entities.
type Summary struct {
	Counts  []Count   `json:"counts"`
	Changed []Changed `json:"changed" doc:"Of each type the five that were changed last, newest first."`
}

var (
	counted = []string{entity.Function, entity.Workflow, entity.DataItem, entity.Artifact, entity.Model, entity.Trigger, entity.Secret}
	changed = []string{entity.Function, entity.Workflow, entity.Model, entity.DataItem, entity.Artifact}
)

// changedEach is how many of each type Summary names.
const changedEach = 5

// Summary tells what a project holds and what was changed in it last.
func (c *Catalog) Summary(ctx context.Context, project string) (Summary, error) {
	s := Summary{Counts: []Count{}, Changed: []Changed{}}
	err := c.store.Read(ctx, func(tx store.Tx) error {
		for _, typ := range counted {
			n, exact, err := tx.Stats().CountEntities(ctx, typ, project, countMost)
			if err != nil {
				return err
			}
			s.Counts = append(s.Counts, Count{typ, n, exact})
		}
		for _, typ := range changed {
			p, err := tx.Entities().List(ctx, store.Query{Entity: typ, Project: project, Latest: true, Sort: []store.Sort{{Field: "updated", Desc: true}}, Size: changedEach})
			if err != nil {
				return err
			}
			for _, r := range p.Items {
				by := r.UpdatedBy
				if by == "" {
					by = r.User
				}
				s.Changed = append(s.Changed, Changed{typ, r.ID, r.Name, r.Kind, r.State, r.Version, entity.FormatTime(r.Updated), by})
			}
		}
		return nil
	})
	return s, err
}

// VersionCounts counts the versions of names.
func (c *Catalog) VersionCounts(ctx context.Context, entityType, project string, names []string) (out map[string]int64, err error) {
	err = c.store.Read(ctx, func(tx store.Tx) error {
		out, err = tx.Stats().Versions(ctx, entityType, project, names)
		return err
	})
	return out, err
}

// VersionNumbers tells which versions of their names entities are, by id.
func (c *Catalog) VersionNumbers(ctx context.Context, entityType, project string, ids []string) (out map[string]int64, err error) {
	err = c.store.Read(ctx, func(tx store.Tx) error {
		out, err = tx.Stats().Numbers(ctx, entityType, project, ids)
		return err
	})
	return out, err
}
