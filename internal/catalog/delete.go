package catalog

import (
	"context"
	"slices"

	"dhub/entity"
	"dhub/internal/store"
)

// pageOf is how many rows a walk over a list reads at a time.
const pageOf = 500

// Delete removes one entity, with cascade also what belongs to it: tasks and runs of a function or
// workflow, runs of a task, files of an artifact, data item or model, everything in a project. On the base
// API (project "") something that does not exist counts as deleted.
func (c *Catalog) Delete(ctx context.Context, entityType, project, id string, cascade bool) error {
	k, err := find(entityType)
	if err != nil {
		return err
	}
	var r store.Record
	err = c.store.Read(ctx, func(tx store.Tx) error {
		r, err = get(ctx, tx, entityType, project, id)
		return err
	})
	if entity.IsNotFound(err) && project == "" {
		return nil
	}
	if err != nil {
		return err
	}
	if k.entity == entity.Project {
		return c.deleteProject(ctx, r, cascade)
	}
	err = c.deleteRecords(ctx, k, []store.Record{r}, cascade)
	if entity.IsNotFound(err) {
		return nil // another caller was faster; it is gone as asked
	}
	return err
}

// DeleteByName removes all versions of a name. Functions and workflows always cascade. A name that does not
// exist counts as deleted.
func (c *Catalog) DeleteByName(ctx context.Context, entityType, project, name string, cascade bool) error {
	k, err := find(entityType)
	if err != nil {
		return err
	}
	if !k.byName {
		return entity.Errorf(entity.CodeUnimplemented, "A %s is deleted by its id, not by name.", k.entity)
	}
	if name == "" {
		return entity.Invalid("name", "required", "The query parameter name is missing; it says which %s to delete.", k.entity)
	}
	if !entity.ValidSlug(name) {
		return badSlug("name", name)
	}
	for {
		list, err := c.page(ctx, store.Query{Entity: entityType, Project: project, Name: name})
		if err != nil || len(list) == 0 {
			return err
		}
		if err := c.deleteRecords(ctx, k, list, cascade || k.cascades); err != nil && !entity.IsNotFound(err) {
			return err
		}
	}
}

// page reads the first page of a query; a caller that deletes what it got asks again.
func (c *Catalog) page(ctx context.Context, q store.Query) ([]store.Record, error) {
	q.Size = pageOf
	var out []store.Record
	err := c.store.Read(ctx, func(tx store.Tx) error {
		p, err := tx.Entities().List(ctx, q)
		out = p.Items
		return err
	})
	return out, err
}

// deleteRecords removes records of one type: runs end first, then the rows go in one transaction.
func (c *Catalog) deleteRecords(ctx context.Context, k *descriptor, list []store.Record, cascade bool) error {
	var tasks []store.Record
	if cascade {
		var err error
		if tasks, err = c.tasksOf(ctx, k, list); err != nil {
			return err
		}
		if err := c.deleteRunsOf(ctx, k, list, tasks); err != nil {
			return err
		}
		if k.lifecycle == material && c.files != nil {
			for _, r := range list {
				if err := c.files.DeleteFiles(ctx, r.Doc); err != nil {
					return err
				}
			}
		}
	}
	task, _ := describe(entity.Task)
	return c.store.Write(ctx, func(tx store.Tx) error {
		for _, r := range tasks {
			if err := c.remove(ctx, tx, task, r); err != nil && !entity.IsNotFound(err) {
				return err
			}
		}
		for _, r := range list {
			if err := c.remove(ctx, tx, k, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// tasksOf lists the tasks of function or workflow versions.
func (c *Catalog) tasksOf(ctx context.Context, k *descriptor, list []store.Record) ([]store.Record, error) {
	if k.spec != versions {
		return nil, nil
	}
	var out []store.Record
	for _, r := range list {
		q := store.Query{Entity: entity.Task, Project: r.Project, Function: r.Ref()}
		if k.entity == entity.Workflow {
			q.Function, q.Workflow = "", r.Ref()
		}
		tasks, err := c.page(ctx, q) // one per kind: a page holds them all
		if err != nil {
			return nil, err
		}
		out = append(out, tasks...)
	}
	return out, nil
}

// deleteRunsOf ends and deletes the runs of versions and tasks that are about to go.
func (c *Catalog) deleteRunsOf(ctx context.Context, k *descriptor, list, tasks []store.Record) error {
	if c.runs == nil || k.spec != versions && k.entity != entity.Task {
		return nil
	}
	for _, r := range append(slices.Clip(list), tasks...) {
		q := store.Query{Project: r.Project}
		switch r.Entity {
		case entity.Function:
			q.Function = r.Ref()
		case entity.Workflow:
			q.Workflow = r.Ref()
		default:
			q.Task = r.Ref()
		}
		if err := c.runs.DeleteRuns(ctx, q); err != nil {
			return err
		}
	}
	return nil
}

// remove deletes one row with the records that make no sense without it.
func (c *Catalog) remove(ctx context.Context, tx store.Tx, k *descriptor, r store.Record) error {
	if err := tx.Entities().Delete(ctx, k.entity, r.ID); err != nil {
		return err
	}
	switch {
	case k.lifecycle == material:
		if err := tx.Files().Delete(ctx, k.entity, r.ID); err != nil && !entity.IsNotFound(err) {
			return err
		}
		if k.entity == entity.Model {
			if err := tx.Metrics().DeleteAll(ctx, k.entity, r.ID); err != nil {
				return err
			}
		}
	case k.entity == entity.Secret:
		if err := tx.Values().Delete(ctx, r.Project, r.Name); err != nil && !entity.IsNotFound(err) {
			return err
		}
	}
	if g := c.guards[k.entity].Stored; g != nil {
		return g(ctx, tx, &r, nil)
	}
	return nil
}

// deleteProject removes a project. Live runs end first in any case, since nothing could own them; with
// cascade everything in the project goes, else it stays as orphans.
func (c *Catalog) deleteProject(ctx context.Context, p store.Record, cascade bool) error {
	deleteRuns := func() error {
		if c.runs == nil {
			return nil
		}
		if cascade {
			return c.runs.DeleteRuns(ctx, store.Query{Project: p.Name})
		}
		return c.runs.DeleteLiveRuns(ctx, p.Name)
	}
	if err := deleteRuns(); err != nil {
		return err
	}
	if cascade {
		if err := c.emptyProject(ctx, p.Name); err != nil {
			return err
		}
	}
	k, _ := describe(entity.Project)
	err := c.store.Write(ctx, func(tx store.Tx) error {
		if cascade {
			if err := tx.Saved().DeleteProject(ctx, p.Name); err != nil {
				return err
			}
			if err := tx.Values().DeleteProject(ctx, p.Name); err != nil {
				return err
			}
		}
		return c.remove(ctx, tx, k, p)
	})
	if err != nil && !entity.IsNotFound(err) {
		return err
	}
	// What was created between the two steps goes now that no more can come.
	if err := deleteRuns(); err != nil || !cascade {
		return err
	}
	return c.emptyProject(ctx, p.Name)
}

// emptyProject removes all entities of a project, triggers first, so that none of them fires meanwhile.
func (c *Catalog) emptyProject(ctx context.Context, project string) error {
	for _, name := range []string{entity.Trigger, entity.Task, entity.Function, entity.Workflow, entity.Artifact, entity.DataItem, entity.Model, entity.Secret} {
		k, _ := describe(name)
		for {
			list, err := c.page(ctx, store.Query{Entity: name, Project: project})
			if err != nil {
				return err
			}
			if len(list) == 0 {
				break
			}
			if k.lifecycle == material && c.files != nil {
				for _, r := range list {
					if err := c.files.DeleteFiles(ctx, r.Doc); err != nil {
						return err
					}
				}
			}
			err = c.store.Write(ctx, func(tx store.Tx) error {
				for _, r := range list {
					if err := c.remove(ctx, tx, k, r); err != nil && !entity.IsNotFound(err) {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
