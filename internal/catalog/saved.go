package catalog

import (
	"context"
	"encoding/json"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// What users keep beside the entities.
const (
	Preset = "preset" // parameters of a run
	View   = "view"   // filters of a list
)

// Bounds of what a user keeps in a project.
const (
	maxSaved     = 200
	maxSavedBody = 64 << 10
)

// Saved is one thing that a user keeps.
type Saved struct {
	ID, Name         string
	Body             json.RawMessage
	Created, Updated string
}

func savedOf(x store.SavedItem) Saved {
	return Saved{x.ID, x.Name, x.Body, entity.FormatTime(x.Created), entity.FormatTime(x.Updated)}
}

// ListSaved lists what a user keeps in a project, by name.
func (c *Catalog) ListSaved(ctx context.Context, class, user, project string) ([]Saved, error) {
	out := []Saved{}
	err := c.store.Read(ctx, func(tx store.Tx) error {
		if _, err := get(ctx, tx, entity.Project, "", project); err != nil {
			return err
		}
		list, err := tx.Saved().List(ctx, class, user, project)
		for _, x := range list {
			out = append(out, savedOf(x))
		}
		return err
	})
	return out, err
}

// PutSaved keeps something: under a fresh id when s has none, else in place of what has the id.
func (c *Catalog) PutSaved(ctx context.Context, class, user, project string, s Saved) (Saved, error) {
	if s.Name == "" || len(s.Name) > entity.MaxName {
		return s, entity.Invalid("/name", "size", "The field name has 1 to %d bytes, not %d.", entity.MaxName, len(s.Name))
	}
	if len(s.Body) > maxSavedBody {
		return s, entity.Invalid("", "size", "A %s has at most %d bytes, not %d.", class, maxSavedBody, len(s.Body))
	}
	now := c.now().UTC().Truncate(time.Microsecond)
	item := store.SavedItem{Class: class, Owner: user, Project: project, Name: s.Name, Body: s.Body, Created: now, Updated: now}
	fresh := s.ID == ""
	if item.ID = s.ID; fresh {
		item.ID = c.newID()
	}
	var out store.SavedItem
	err := c.store.Write(ctx, func(tx store.Tx) error {
		if found, err := tx.Entities().Exists(ctx, entity.Project, project); err != nil || !found {
			if err == nil {
				err = entity.NotFound(entity.Project)
			}
			return err
		}
		if fresh {
			list, err := tx.Saved().List(ctx, class, user, project)
			if err != nil {
				return err
			}
			if len(list) >= maxSaved {
				return entity.Errorf(entity.CodeConflict, "There are %d of these already; delete one first.", len(list))
			}
		} else if _, err := tx.Saved().Get(ctx, class, user, project, item.ID); err != nil {
			return err
		}
		var err error
		out, err = tx.Saved().Put(ctx, item)
		return err
	})
	return savedOf(out), err
}

// GetSaved reads one.
func (c *Catalog) GetSaved(ctx context.Context, class, user, project, id string) (Saved, error) {
	var out store.SavedItem
	err := c.store.Read(ctx, func(tx store.Tx) (err error) {
		out, err = tx.Saved().Get(ctx, class, user, project, id)
		return err
	})
	return savedOf(out), err
}

// DeleteSaved removes one.
func (c *Catalog) DeleteSaved(ctx context.Context, class, user, project, id string) error {
	return c.store.Write(ctx, func(tx store.Tx) error { return tx.Saved().Delete(ctx, class, user, project, id) })
}
