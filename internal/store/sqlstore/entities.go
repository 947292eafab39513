package sqlstore

import (
	"context"
	"strings"

	"dhub/entity"
	"dhub/internal/store"
)

type entities struct{ *tx }

// Create implements store.Entities.
func (e entities) Create(ctx context.Context, r store.Record) (store.Record, error) {
	w, err := e.write()
	if err != nil {
		return r, err
	}
	name := r.ID
	if r.Entity == entity.Project {
		name = r.Name
	}
	if taken, err := e.taken(r); err != nil || taken {
		return r, errOr(err, entity.Duplicate(r.Entity, name))
	}
	row := entityRow{Record: r, num: w.head.entity + 1, latest: 1}
	row.Version, row.Seq = 1, w.head.seq+1
	var older int64
	if versioned(r.Entity) {
		var created int64
		found, err := e.c.row("SELECT num, created FROM entities WHERE entity = $1 AND project = $2 AND name = $3 ORDER BY created DESC, num DESC LIMIT 1",
			[]any{r.Entity, r.Project, r.Name}, &older, &created)
		if err != nil {
			return r, err
		}
		if found {
			if _, err := e.c.row("SELECT max(version) + 1 FROM entities WHERE entity = $1 AND project = $2 AND name = $3", []any{r.Entity, r.Project, r.Name}, &row.Version); err != nil {
				return r, err
			}
			if created > micros(r.Created) {
				row.latest, older = 0, 0
			}
		}
	}
	n, err := w.c.exec("INSERT INTO entities ("+entityCols+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25) ON CONFLICT DO NOTHING",
		row.num, r.Entity, r.ID, r.Name, r.Kind, r.Project, r.User, r.UpdatedBy, r.State, r.Function, r.Workflow, r.Task, r.SpecHash,
		flag(r.Embedded), row.Version, row.latest, micros(r.Created), micros(r.Updated), row.Seq, listIn(r.Labels), listIn(r.Relations),
		docIn(r.Metadata), docIn(r.Status), docIn(r.Extensions), docIn(r.Spec))
	if err != nil {
		return r, err
	}
	if n == 0 {
		return r, entity.Duplicate(r.Entity, name)
	}
	if older != 0 {
		if _, err := w.c.exec("UPDATE entities SET latest = 0 WHERE num = $1", older); err != nil {
			return r, err
		}
	}
	w.head.entity++
	w.relate(tabEntities, row.num, r.Key(), r.Relations)
	w.label(tabEntities, row.num, r.Project, r.Labels)
	row.Seq = w.change(recordChange(r, "create"))
	return row.Record, nil
}

func errOr(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// Get implements store.Entities.
func (e entities) Get(ctx context.Context, typ, id string) (store.Record, error) {
	row, err := e.find(typ, id)
	return row.Record, err
}

// Exists implements store.Entities. A write transaction asks once for all its functions.
func (e entities) Exists(ctx context.Context, typ, id string) (bool, error) {
	known := [2]string{typ, id}
	if e.w != nil && e.w.exists[known] {
		return true, nil
	}
	column := "id"
	if typ == entity.Project {
		column = "name"
	}
	var num int64
	found, err := e.c.row("SELECT num FROM entities WHERE entity = $1 AND "+column+" = $2 LIMIT 1", []any{typ, id}, &num)
	if found && err == nil && e.w != nil {
		if e.w.exists == nil {
			e.w.exists = map[[2]string]bool{}
		}
		e.w.exists[known] = true
	}
	return found, err
}

// Latest implements store.Entities.
func (e entities) Latest(ctx context.Context, typ, project, name string) (store.Record, error) {
	row, err := e.one(typ, "entity = $1 AND project = $2 AND name = $3 ORDER BY created DESC, num DESC", typ, project, name)
	return row.Record, err
}

// Update implements store.Entities.
func (e entities) Update(ctx context.Context, typ, id string, f func(store.Record) (store.Record, error)) (store.Record, error) {
	w, err := e.write()
	if err != nil {
		return store.Record{}, err
	}
	row, err := e.find(typ, id)
	if err != nil {
		return store.Record{}, err
	}
	before := row.Record
	r, err := f(before)
	if err != nil {
		return store.Record{}, err
	}
	r.Entity, r.ID, r.Name, r.Kind, r.Project = before.Entity, before.ID, before.Name, before.Kind, before.Project
	r.User, r.Created, r.Version = before.User, before.Created, before.Version
	if r.Function != before.Function || r.Workflow != before.Workflow {
		if taken, err := e.taken(r); err != nil || taken {
			return store.Record{}, errOr(err, entity.Duplicate(r.Entity, r.ID))
		}
	}
	change := recordChange(r, "update")
	change.Was = before.State
	r.Seq = w.change(change)
	q := "UPDATE entities SET seq = $2, updated_by = $3, state = $4, spec_hash = $5, embedded = $6, labels = $7, relations = $8, metadata = $9, status = $10, extensions = $11, spec = $12"
	args := []any{row.num, r.Seq, r.UpdatedBy, r.State, r.SpecHash, flag(r.Embedded), listIn(r.Labels), listIn(r.Relations),
		docIn(r.Metadata), docIn(r.Status), docIn(r.Extensions), docIn(r.Spec)}
	set := func(column string, changed bool, now any) {
		if changed {
			args = append(args, now)
			q += ", " + column + " = $" + itoa(len(args))
		}
	}
	set("updated", !r.Updated.Equal(before.Updated), micros(r.Updated))
	set("function", r.Function != before.Function, r.Function)
	set("workflow", r.Workflow != before.Workflow, r.Workflow)
	set("task", r.Task != before.Task, r.Task)
	if _, err := w.c.exec(q+" WHERE num = $1", args...); err != nil {
		return store.Record{}, err
	}
	if err := w.find(row.num, entityText(before), entityText(r)); err != nil {
		return store.Record{}, err
	}
	if err := w.relateAgain(tabEntities, row.num, r.Key(), before.Relations, r.Relations); err != nil {
		return store.Record{}, err
	}
	return r, w.labelAgain(tabEntities, row.num, r.Project, before.Labels, r.Labels)
}

// Delete implements store.Entities.
func (e entities) Delete(ctx context.Context, typ, id string) error {
	w, err := e.write()
	if err != nil {
		return err
	}
	row, err := e.find(typ, id)
	if err != nil {
		return err
	}
	if err := w.find(row.num, entityText(row.Record), ""); err != nil {
		return err
	}
	if err := w.relateAgain(tabEntities, row.num, row.Key(), row.Relations, nil); err != nil {
		return err
	}
	if err := w.labelAgain(tabEntities, row.num, row.Project, row.Labels, nil); err != nil {
		return err
	}
	for _, table := range []string{"files", "metrics"} {
		if _, err := w.c.exec("DELETE FROM "+table+" WHERE entity = $1 AND id = $2", typ, row.ID); err != nil {
			return err
		}
	}
	if _, err := w.c.exec("DELETE FROM entities WHERE num = $1", row.num); err != nil {
		return err
	}
	w.exists = nil
	if row.latest == 1 && versioned(typ) {
		_, err := w.c.exec(`UPDATE entities SET latest = 1 WHERE num = (SELECT num FROM entities
			WHERE entity = $1 AND project = $2 AND name = $3 ORDER BY created DESC, num DESC LIMIT 1)`, typ, row.Project, row.Name)
		if err != nil {
			return err
		}
	}
	w.change(recordChange(row.Record, "delete"))
	return nil
}

// Labels implements store.Entities.
func (e entities) Labels(ctx context.Context, project, prefix string, page, size int) (store.Page[string], error) {
	p := store.Page[string]{Exact: true}
	if err := e.settle(); err != nil {
		return p, err
	}
	// Each step of the walk seeks the next different label, however many entities carry this one.
	err := e.c.rows(`WITH RECURSIVE walk (label) AS (
			SELECT min(label) FROM labels WHERE project = $1 AND label >= $2
			UNION ALL
			SELECT (SELECT min(l.label) FROM labels l WHERE l.project = $1 AND l.label > walk.label) FROM walk WHERE walk.label IS NOT NULL
		) SELECT label FROM walk WHERE label IS NOT NULL`, []any{project, prefix}, func(scan func(...any) error) error {
		var label string
		if err := scan(&label); err != nil {
			return err
		}
		if !strings.HasPrefix(label, prefix) {
			return errEnough
		}
		if p.Total >= int64(page)*int64(size) && len(p.Items) < size {
			p.Items = append(p.Items, label)
		}
		p.Total++
		return nil
	})
	p.More = p.Total > int64(page)*int64(size)+int64(len(p.Items)) && len(p.Items) > 0
	return p, err
}
