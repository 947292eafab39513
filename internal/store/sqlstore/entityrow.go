package sqlstore

import (
	"dhub/entity"
	"dhub/internal/store"
)

// entityRow is a row of entities beside the record it makes.
type entityRow struct {
	store.Record
	num, latest int64
}

const entityCols = "num, entity, id, name, kind, project, usr, updated_by, state, function, workflow, task, spec_hash, " +
	"embedded, version, latest, created, updated, seq, labels, relations, metadata, status, extensions, spec"

func (e *entityRow) scan(scan func(...any) error, more ...any) error {
	var embedded, created, updated int64
	var labels, relations, metadata, status, extensions, spec []byte
	dest := []any{&e.num, &e.Entity, &e.ID, &e.Name, &e.Kind, &e.Project, &e.User, &e.UpdatedBy, &e.State, &e.Function, &e.Workflow,
		&e.Task, &e.SpecHash, &embedded, &e.Version, &e.latest, &created, &updated, &e.Seq, &labels, &relations, &metadata, &status, &extensions, &spec}
	if err := scan(append(dest, more...)...); err != nil {
		return err
	}
	e.Embedded = embedded != 0
	e.Created, e.Updated = fromMicros(created), fromMicros(updated)
	e.Metadata, e.Status, e.Extensions, e.Spec = docOut(metadata), docOut(status), docOut(extensions), docOut(spec)
	var err error
	if e.Labels, err = listOut[string](labels); err != nil {
		return err
	}
	e.Relations, err = listOut[entity.Relation](relations)
	return err
}

// some makes rows of a query over entityCols.
func (e entities) some(q string, args ...any) (out []entityRow, err error) {
	err = e.c.rows(q, args, func(scan func(...any) error) error {
		out = append(out, entityRow{})
		return out[len(out)-1].scan(scan)
	})
	return out, err
}

func (e entities) one(typ, q string, args ...any) (entityRow, error) {
	list, err := e.some("SELECT "+entityCols+" FROM entities WHERE "+q+" LIMIT 1", args...)
	if err == nil && len(list) == 0 {
		err = entity.NotFound(typ)
	}
	if err != nil {
		return entityRow{}, err
	}
	return list[0], nil
}

// taken tells whether a unique rule stands against r, beside the id, which an index holds.
func (e entities) taken(r store.Record) (bool, error) {
	var cond string
	var args []any
	switch {
	case r.Entity == entity.Project:
		cond, args = "name = $2", []any{r.Entity, r.Name}
	case r.Entity == entity.Secret:
		cond, args = "project = $2 AND name = $3", []any{r.Entity, r.Project, r.Name}
	case r.Entity == entity.Task && r.Function != "":
		cond, args = "function <> '' AND function = $2 AND kind = $3", []any{r.Entity, r.Function, r.Kind}
	case r.Entity == entity.Task && r.Workflow != "":
		cond, args = "workflow <> '' AND workflow = $2 AND kind = $3", []any{r.Entity, r.Workflow, r.Kind}
	default:
		return false, nil
	}
	var num int64
	return e.c.row("SELECT num FROM entities WHERE entity = $1 AND "+cond+" LIMIT 1", args, &num)
}

func versioned(typ string) bool {
	switch typ {
	case entity.Project, entity.Secret, entity.Task, entity.Trigger, entity.Run, entity.Log:
		return false
	}
	return true
}

func recordChange(r store.Record, verb string) store.Change {
	project := r.Project
	if r.Entity == entity.Project {
		project = r.Name
	}
	return store.Change{Project: project, Entity: r.Entity, ID: r.ID, Verb: verb, Kind: r.Kind, Name: r.Name, State: r.State}
}

func (e entities) find(typ, id string) (entityRow, error) {
	if typ == entity.Project {
		return e.one(typ, "entity = $1 AND name = $2", typ, id)
	}
	return e.one(typ, "entity = $1 AND id = $2", typ, id)
}
