package sqlstore

import (
	"context"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

type runs struct{ *tx }

// Create implements store.Runs.
func (r runs) Create(ctx context.Context, run store.Run) (store.Run, error) {
	w, err := r.write()
	if err != nil {
		return run, err
	}
	run.Entity = entity.Run
	run.Updated = later(run.Updated, run.Created)
	row, err := r.row(w, run)
	if err != nil {
		return run, err
	}
	if row.fpart, err = w.part(run.FunctionSpec); err != nil {
		return run, err
	}
	if row.tpart, err = w.part(run.TaskSpec); err != nil {
		return run, err
	}
	row.num, row.seq = w.head.run+1, w.head.seq+1
	n, err := w.c.exec("INSERT INTO runs ("+runCols+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) ON CONFLICT DO NOTHING",
		row.num, row.facet, row.slice, row.created, row.updated, row.seq, row.live, row.engine, row.desired, row.flags,
		row.attempt, row.wake, row.updatedBy, row.fpart, row.tpart, row.finished, row.id, row.uid, row.name, row.body)
	if err != nil {
		return run, err
	}
	if n == 0 {
		w.release(row.fpart)
		w.release(row.tpart)
		return run, entity.Duplicate(entity.Run, run.ID)
	}
	w.head.run++
	w.pending.facets = append(w.pending.facets, delta{row.facet, 1})
	w.moves = append(w.moves, move{row.num, row.facet, row.created, row.updated})
	w.relate(tabRuns, row.num, run.Key(), run.Relations)
	w.label(tabRuns, row.num, run.Project, run.Labels)
	run.Seq = w.change(runChange(run, "create"))
	return run, nil
}

// later keeps a run from being updated before it was created, when a clock was set back: lists rely on it.
func later(updated, created time.Time) time.Time {
	if updated.Before(created) {
		return created
	}
	return updated
}

func runChange(run store.Run, verb string) store.Change {
	return store.Change{Project: run.Project, Entity: entity.Run, ID: run.ID, Verb: verb, Kind: run.Kind, Name: run.Name, State: string(run.State)}
}

func (r runs) find(column, value string) (row runRow, err error) {
	found, err := r.findRow("SELECT "+runCols+" FROM runs WHERE "+column+" = $1", value, &row)
	if err == nil && !found {
		err = entity.NotFound(entity.Run)
	}
	return row, err
}

func (r runs) findRow(q string, arg any, row *runRow) (found bool, err error) {
	err = r.c.rows(q, []any{arg}, func(scan func(...any) error) error {
		found = true
		return row.scan(scan)
	})
	return found, err
}

// Get implements store.Runs.
func (r runs) Get(ctx context.Context, id string) (store.Run, error) {
	row, err := r.find("id", id)
	if err != nil {
		return store.Run{}, err
	}
	return r.run(&row, true)
}

// GetByUID implements store.Runs.
func (r runs) GetByUID(ctx context.Context, uid string) (store.Run, error) {
	row, err := r.find("uid", uid)
	if err != nil {
		return store.Run{}, err
	}
	return r.run(&row, true)
}

// Update implements store.Runs.
func (r runs) Update(ctx context.Context, id string, f func(store.Run) (store.Run, error)) (store.Run, error) {
	w, err := r.write()
	if err != nil {
		return store.Run{}, err
	}
	old, err := r.find("id", id)
	if err != nil {
		return store.Run{}, err
	}
	before, err := r.run(&old, true)
	if err != nil {
		return store.Run{}, err
	}
	run, err := f(before)
	if err != nil {
		return store.Run{}, err
	}
	run.Entity, run.ID, run.UID, run.Name, run.Kind = entity.Run, before.ID, before.UID, before.Name, before.Kind
	run.Project, run.User, run.Created = before.Project, before.User, before.Created
	run.Updated = later(run.Updated, run.Created)
	row, err := r.row(w, run)
	if err != nil {
		return store.Run{}, err
	}
	if row.fpart, err = w.swapPart(old.fpart, before.FunctionSpec, run.FunctionSpec); err != nil {
		return store.Run{}, err
	}
	if row.tpart, err = w.swapPart(old.tpart, before.TaskSpec, run.TaskSpec); err != nil {
		return store.Run{}, err
	}
	change := runChange(run, "update")
	change.Was = string(before.State)
	run.Seq = w.change(change)
	// Columns that stay are left out, for naming one costs its indexes.
	q := "UPDATE runs SET seq = $2, engine = $3, desired = $4, flags = $5, attempt = $6, updated_by = $7, fpart = $8, tpart = $9, body = $10"
	args := []any{old.num, run.Seq, row.engine, row.desired, row.flags, row.attempt, row.updatedBy, row.fpart, row.tpart, row.body}
	set := func(column string, old, now int64) {
		if old != now {
			args = append(args, now)
			q += ", " + column + " = $" + itoa(len(args))
		}
	}
	set("facet", old.facet, row.facet)
	set("slice", old.slice, row.slice)
	set("updated", old.updated, row.updated)
	set("live", old.live, row.live)
	set("wake", old.wake, row.wake)
	set("finished", old.finished, row.finished)
	if _, err := w.c.exec(q+" WHERE num = $1", args...); err != nil {
		return store.Run{}, err
	}
	if old.facet != row.facet {
		w.pending.facets = append(w.pending.facets, delta{old.facet, -1}, delta{row.facet, 1})
	}
	if old.facet != row.facet || old.updated != row.updated {
		w.moves = append(w.moves, move{old.num, row.facet, row.created, row.updated})
	}
	if err := w.relateAgain(tabRuns, old.num, run.Key(), before.Relations, run.Relations); err != nil {
		return store.Run{}, err
	}
	return run, w.labelAgain(tabRuns, old.num, run.Project, before.Labels, run.Labels)
}

// Delete implements store.Runs.
func (r runs) Delete(ctx context.Context, id string) error {
	w, err := r.write()
	if err != nil {
		return err
	}
	row, err := r.find("id", id)
	if err != nil {
		return err
	}
	run, err := r.run(&row, false)
	if err != nil {
		return err
	}
	if err := w.relateAgain(tabRuns, row.num, run.Key(), run.Relations, nil); err != nil {
		return err
	}
	if err := w.labelAgain(tabRuns, row.num, run.Project, run.Labels, nil); err != nil {
		return err
	}
	for _, q := range []string{
		"DELETE FROM attempts WHERE uid = $1", "DELETE FROM attempt_samples WHERE uid = $1", "DELETE FROM logs WHERE uid = $1", "DELETE FROM log_chunks WHERE uid = $1",
		"DELETE FROM log_marks WHERE uid = $1",
	} {
		if _, err := w.c.exec(q, row.uid); err != nil {
			return err
		}
	}
	if _, err := w.c.exec("DELETE FROM metrics WHERE entity = $1 AND id = $2", entity.Run, id); err != nil {
		return err
	}
	if _, err := w.c.exec("DELETE FROM runs WHERE num = $1", row.num); err != nil {
		return err
	}
	w.pending.facets = append(w.pending.facets, delta{row.facet, -1})
	w.release(row.fpart)
	w.release(row.tpart)
	w.moves = append(w.moves, move{row.num, 0, row.created, row.updated})
	if row.num <= w.textRuns {
		w.texts = append(w.texts, runText{num: row.num, text: row.id + "\n" + row.name})
	}
	w.change(runChange(run, "delete"))
	return nil
}
