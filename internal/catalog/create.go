package catalog

import (
	"context"
	"errors"
	"strings"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// errDry undoes the transaction of a dry run.
var errDry = errors.New("dry run")

// Create stores a new entity. On versioned entity types a name that exists gets a new version.
func (c *Catalog) Create(ctx context.Context, w Write) (entity.Doc, error) {
	k, err := find(w.Entity)
	if err != nil {
		return entity.Doc{}, err
	}
	d, notices, err := entity.ParseBody(w.Body)
	if err != nil {
		return entity.Doc{}, err
	}
	d.Entity, d.User, d.UpdatedBy = w.Entity, w.User, w.User
	if w.Project != "" {
		d.Project = w.Project
	}
	if d.ID == "" && k.entity != entity.Project { // a project has its name
		d.ID = w.NewID
	}
	if err := c.identify(k, &d); err != nil {
		return entity.Doc{}, err
	}
	spec, more, err := c.checkSpec(ctx, k, d.Kind, d.Spec, w.Strict)
	if err != nil {
		return entity.Doc{}, c.orMissingProject(ctx, d, err)
	}
	d.Spec = spec
	r, files, err := c.build(ctx, k, d, append(notices, more...))
	if err != nil {
		return entity.Doc{}, err
	}
	if w.Stopped && k.lifecycle == triggered {
		r.State = string(entity.StateStopped) // the guard leaves it so
	}
	var made store.Record
	err = c.store.Write(ctx, func(tx store.Tx) (err error) {
		if made, err = c.insert(ctx, tx, k, r, files); err == nil && w.DryRun {
			return errDry
		}
		return err
	})
	if err != nil && !errors.Is(err, errDry) {
		return entity.Doc{}, err
	}
	return k.render(made, files)
}

// identify fills and checks id, name, kind and project of a new document.
func (c *Catalog) identify(k *descriptor, d *entity.Doc) error {
	if d.Kind == "" && k.entity == entity.Project {
		d.Kind = entity.Project
	}
	switch k.entity {
	case entity.Project:
		if d.Name == "" {
			d.Name = d.ID
		}
		if d.Name == "" {
			return entity.Invalid("/name", "required", "The field name is missing; a project needs one.")
		}
		if !entity.ValidProject(d.Name) {
			return entity.Invalid("/name", "pattern", "The field name holds %q; a project's name has 2 to 38 characters of a-z, 0-9 and -.", d.Name)
		}
		if d.ID != "" && d.ID != d.Name {
			return entity.Invalid("/id", "reference", "project id must match name: id is %q, name is %q.", d.ID, d.Name)
		}
		d.ID, d.Project = d.Name, d.Name
	case entity.Task:
		if d.ID == "" {
			d.ID = c.newID()
		}
		d.Name = d.ID
	case entity.Trigger:
		if d.ID == "" {
			d.ID = c.newID()
		}
		if d.Name == "" {
			d.Name = d.ID
		}
	}
	if d.Name == "" {
		return entity.Invalid("/name", "required", "The field name is missing; a %s needs one.", k.entity)
	}
	if d.ID == "" {
		d.ID = c.newID()
	}
	if !entity.ValidSlug(d.ID) {
		return badSlug("id", d.ID)
	}
	if !entity.ValidSlug(d.Name) {
		return badSlug("name", d.Name)
	}
	if d.Kind == "" {
		return entity.Invalid("/kind", "required", "The field kind is missing; a %s needs one.", k.entity)
	}
	if !entity.ValidKind(d.Kind) {
		return entity.Invalid("/kind", "pattern", "The field kind holds %q, which cannot be a kind.", d.Kind)
	}
	if strings.TrimSpace(d.Project) == "" {
		return entity.Invalid("/project", "required", "invalid or missing project: the field project is missing.")
	}
	return nil
}

// build makes the record of a new document whose spec has been checked.
func (c *Catalog) build(ctx context.Context, k *descriptor, d entity.Doc, notices []entity.Notice) (store.Record, []byte, error) {
	if err := checkMetadata(d.Metadata); err != nil {
		return store.Record{}, nil, err
	}
	asked, err := entity.StatusState(d.Status)
	if err != nil {
		return store.Record{}, nil, err
	}
	files, err := fileList(k, d.Status)
	if err != nil {
		return store.Record{}, nil, err
	}
	hash, err := c.hash(ctx, k, d.Kind, d.Spec)
	if err != nil {
		return store.Record{}, nil, err
	}
	if err := checkRefs(k, d); err != nil {
		return store.Record{}, nil, err
	}
	if g := c.guards[k.entity].Check; g != nil {
		if err := g(ctx, d); err != nil {
			return store.Record{}, nil, err
		}
	}
	state := nextState(k, nil, asked)
	d.Metadata = cleanMetadata(d.Metadata, d, "")
	d.Status = newStatus(k, d.Status, nil, state, notices)
	d.Created = c.now().UTC().Truncate(time.Microsecond)
	d.Updated = d.Created
	r := store.Record{Doc: d, State: string(state), SpecHash: hash}
	index(&r)
	return r, files, nil
}

// insert stores a new record with what belongs to it, in the caller's transaction.
func (c *Catalog) insert(ctx context.Context, tx store.Tx, k *descriptor, r store.Record, files []byte) (store.Record, error) {
	if k.entity != entity.Project {
		if err := projectExists(ctx, tx, r.Project); err != nil {
			return r, err
		}
	}
	if err := refsExist(ctx, tx, r); err != nil {
		return r, err
	}
	if k.versioned {
		if err := c.afterLatest(ctx, tx, &r); err != nil {
			return r, err
		}
	}
	made, err := tx.Entities().Create(ctx, r)
	if err != nil {
		return r, err
	}
	if files != nil {
		if err := tx.Files().Put(ctx, k.entity, r.ID, files); err != nil {
			return r, err
		}
	}
	if g := c.guards[k.entity].Stored; g != nil {
		if err := g(ctx, tx, nil, &made); err != nil {
			return r, err
		}
	}
	return made, nil
}

// orMissingProject prefers the complaint about a project that does not exist to the one at hand.
func (c *Catalog) orMissingProject(ctx context.Context, d entity.Doc, err error) error {
	if d.Entity == entity.Project {
		return err
	}
	if missing := c.store.Read(ctx, func(tx store.Tx) error { return projectExists(ctx, tx, d.Project) }); missing != nil {
		return missing
	}
	return err
}

func projectExists(ctx context.Context, tx store.Tx, project string) error {
	found, err := tx.Entities().Exists(ctx, entity.Project, project)
	if err == nil && !found {
		return entity.Invalid("/project", "reference", "invalid or missing project: there is no project %q; create it first.", project)
	}
	return err
}
