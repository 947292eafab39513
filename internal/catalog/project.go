package catalog

import (
	"context"
	"encoding/json"

	"dhub/entity"
	"dhub/internal/store"
)

// ProjectView reads a project with the five computed lists in its spec: the newest version of each name,
// whole when metadata.embedded says so, else cut to what identifies it.
func (c *Catalog) ProjectView(ctx context.Context, id string) (entity.Doc, error) {
	var out entity.Doc
	err := c.store.Read(ctx, func(tx store.Tx) error {
		r, err := get(ctx, tx, entity.Project, "", id)
		if err != nil {
			return err
		}
		k, _ := describe(entity.Project)
		if out, err = k.doc(ctx, tx, r); err != nil {
			return err
		}
		spec, err := entity.ParseObject(out.Spec)
		if err != nil {
			return err
		}
		spec = spec.Clone()
		for _, list := range embeddedLists {
			shown, err := c.embed(ctx, tx, entity.Singular(list), r.Name)
			if err != nil {
				return err
			}
			spec.Set(list, entity.Array(shown))
		}
		spec.Sort()
		out.Spec = spec.JSON()
		return nil
	})
	return out, err
}

// walk calls f with the newest version of each name of a type in a project.
func walk(ctx context.Context, tx store.Tx, entityType, project string, f func(store.Record) error) error {
	q := store.Query{Entity: entityType, Project: project, Latest: true, Sort: []store.Sort{newest}, Size: MaxSize}
	for ; ; q.Page++ {
		p, err := tx.Entities().List(ctx, q)
		if err != nil {
			return err
		}
		for _, r := range p.Items {
			if err := f(r); err != nil {
				return err
			}
		}
		if len(p.Items) < q.Size {
			return nil
		}
	}
}

func (c *Catalog) embed(ctx context.Context, tx store.Tx, entityType, project string) ([]json.RawMessage, error) {
	k, _ := describe(entityType)
	var out []json.RawMessage
	err := walk(ctx, tx, entityType, project, func(r store.Record) error {
		d, err := k.doc(ctx, tx, r)
		if err != nil {
			return err
		}
		ref := c.endpoint() + "/api/v1/-/" + project + "/" + entity.Plural(entityType) + "/" + r.ID
		out = append(out, embedded(d, r.Embedded, ref))
		return nil
	})
	return out, err
}

// embedded renders an entity as an element of a project's list.
func embedded(d entity.Doc, whole bool, ref string) json.RawMessage {
	o, err := entity.ParseObject(entity.Render(d))
	if err != nil {
		panic("catalog: a rendered entity is no object: " + err.Error())
	}
	metadata, _ := entity.ParseObject(o.Get("metadata"))
	if !whole {
		o.Delete("spec", "status", "extensions")
		var cut entity.Object
		for _, name := range []string{"created", "description", "labels", "name", "project", "updated"} {
			if v := metadata.Get(name); v != nil {
				cut.Set(name, v)
			}
		}
		metadata = cut
	}
	metadata.SetText("ref", ref)
	metadata.Sort()
	o.Set("metadata", metadata.JSON())
	return o.JSON()
}

// Relationships lists the relations in which an entity is source or destination. For a project they are
// those that touch an entity of its computed lists.
func (c *Catalog) Relationships(ctx context.Context, entityType, project, id string) ([]entity.Relation, error) {
	out := []entity.Relation{}
	seen := map[entity.Relation]bool{}
	add := func(list []entity.Relation) {
		for _, r := range list {
			if !seen[r] {
				seen[r] = true
				out = append(out, r)
			}
		}
	}
	err := c.store.Read(ctx, func(tx store.Tx) error {
		touch := func(project, key string) error {
			list, err := tx.Graph().Touching(ctx, project, key)
			add(list)
			return err
		}
		if entityType == entity.Run {
			return c.runRelations(ctx, tx, project, id, add, touch)
		}
		if _, err := find(entityType); err != nil {
			return err
		}
		r, err := get(ctx, tx, entityType, project, id)
		if err != nil {
			return err
		}
		if entityType != entity.Project {
			return touch(r.Project, r.Key())
		}
		for _, list := range embeddedLists {
			err := walk(ctx, tx, entity.Singular(list), r.Name, func(e store.Record) error { return touch(r.Name, e.Key()) })
			if err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// runRelations adds the relation to the run's function or workflow, which holds whether or not the client
// wrote it down.
func (c *Catalog) runRelations(ctx context.Context, tx store.Tx, project, id string, add func([]entity.Relation), touch func(project, key string) error) error {
	if !entity.ValidSlug(id) {
		return badSlug("id", id)
	}
	r, err := tx.Runs().Get(ctx, id)
	if err != nil {
		return err
	}
	if project != "" && r.Project != project {
		return wrongProject(project)
	}
	if err := touch(r.Project, r.Key()); err != nil {
		return err
	}
	for _, e := range []struct{ entity, ref string }{{entity.Function, r.Function}, {entity.Workflow, r.Workflow}} {
		if x, ok := entity.ParseExecRef(e.ref); ok {
			key := entity.Key{Project: x.Project, Entity: e.entity, Kind: x.Kind, Name: x.Name, ID: x.ID}
			add([]entity.Relation{{Type: entity.RunOf, Source: r.Key(), Dest: key.String()}})
		}
	}
	return nil
}
