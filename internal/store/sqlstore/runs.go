package sqlstore

import (
	"context"
	"strings"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

type runs struct{ *tx }

// Values of runs.live.
const (
	liveNone = iota
	liveQueued
	liveActive
	liveExecuting
)

// Bits of runs.flags.
const (
	flagLocal = 1 << iota
	flagResume
)

var desires = []store.Desired{store.WantRun, store.WantStop, store.WantDelete}

// live tells what a run waits for; only rows with a value above none stand in the index of live runs.
func live(r store.Run) int64 {
	final := entity.FinalRun(r.State, r.Resume)
	executing := r.State == entity.StatePending || r.State == entity.StateRunning || r.State == entity.StateStop
	switch {
	case r.State == entity.StateDeleted:
		return liveNone
	case !r.Local && executing:
		return liveExecuting
	case r.Desired == store.WantDelete || r.State == entity.StateDeleting:
		return liveActive
	case r.Local || final:
		return liveNone
	case r.State == entity.StateReady && r.Desired == store.WantRun && !r.Wake.IsZero():
		return liveNone // it waits for its next attempt; Due has it
	case r.State == entity.StateReady && r.Desired == store.WantRun:
		return liveQueued
	}
	return liveActive
}

// runRow is a row of runs as it lies there.
type runRow struct {
	num, facet, slice, created, updated, seq, live, engine int64
	desired, flags, attempt, wake, updatedBy, fpart, tpart int64
	id, uid, name                                          string
	body                                                   []byte
}

const runCols = "num, facet, slice, created, updated, seq, live, engine, desired, flags, attempt, wake, updated_by, fpart, tpart, id, uid, name, body"

func (r *runRow) scan(scan func(...any) error) error {
	return scan(&r.num, &r.facet, &r.slice, &r.created, &r.updated, &r.seq, &r.live, &r.engine, &r.desired, &r.flags,
		&r.attempt, &r.wake, &r.updatedBy, &r.fpart, &r.tpart, &r.id, &r.uid, &r.name, &r.body)
}

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
	n, err := w.c.exec("INSERT INTO runs ("+runCols+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) ON CONFLICT DO NOTHING",
		row.num, row.facet, row.slice, row.created, row.updated, row.seq, row.live, row.engine, row.desired, row.flags,
		row.attempt, row.wake, row.updatedBy, row.fpart, row.tpart, row.id, row.uid, row.name, row.body)
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
	w.texts = append(w.texts, runText{num: row.num, text: row.id + "\n" + row.name})
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

// row makes the row of a run but for its numbers and parts.
func (r runs) row(w *batch, run store.Run) (row runRow, err error) {
	var d dims
	for _, x := range []struct {
		dest *int64
		text string
	}{
		{&d.project, run.Project}, {&d.function, run.Function}, {&d.workflow, run.Workflow}, {&d.task, run.Task}, {&d.kind, run.Kind},
		{&d.user, run.User}, {&d.state, string(run.State)}, {&row.engine, run.Engine}, {&row.updatedBy, run.UpdatedBy},
	} {
		if *x.dest, err = w.nameID(x.text); err != nil {
			return row, err
		}
	}
	ref, err := w.facet(d)
	if err != nil {
		return row, err
	}
	if run.Desired == "" {
		run.Desired = store.WantRun
	}
	for i, want := range desires {
		if run.Desired == want {
			row.desired = int64(i)
		}
	}
	row.facet, row.slice = ref.id, ref.slice
	row.created, row.updated, row.wake = micros(run.Created), micros(run.Updated), micros(run.Wake)
	row.live, row.attempt = live(run), int64(run.Attempt)
	row.flags = flag(run.Local)*flagLocal | flag(run.Resume)*flagResume
	row.id, row.uid, row.name = run.ID, run.UID, run.Name
	row.body = w.s.codec.pack(join(run.Metadata, run.Spec, run.Status, run.Extensions, run.Control, bytesOrNil(listIn(run.Labels)), bytesOrNil(listIn(run.Relations))))
	return row, nil
}

func bytesOrNil(s string) []byte {
	if s == "" {
		return nil
	}
	return []byte(s)
}

// run makes a run of a row; without full the three specs stay nil.
func (r runs) run(row *runRow, full bool) (run store.Run, err error) {
	d, err := r.facetDims(row.facet)
	if err != nil {
		return run, err
	}
	var state string
	for _, x := range []struct {
		dest *string
		id   int64
	}{
		{&run.Project, d.project}, {&run.Function, d.function}, {&run.Workflow, d.workflow}, {&run.Task, d.task}, {&run.Kind, d.kind},
		{&run.User, d.user}, {&state, d.state}, {&run.Engine, row.engine}, {&run.UpdatedBy, row.updatedBy},
	} {
		if *x.dest, err = r.text(x.id); err != nil {
			return run, err
		}
	}
	run.Entity, run.State = entity.Run, entity.State(state)
	run.ID, run.UID, run.Name, run.Seq = row.id, row.uid, row.name, row.seq
	run.Created, run.Updated, run.Wake = fromMicros(row.created), fromMicros(row.updated), fromMicros(row.wake)
	run.Desired = desires[row.desired]
	run.Local, run.Resume, run.Attempt = row.flags&flagLocal != 0, row.flags&flagResume != 0, int(row.attempt)
	body, err := r.s.codec.unpack(row.body)
	if err != nil {
		return run, err
	}
	var labels, relations []byte
	err = split(body, (*[]byte)(&run.Metadata), (*[]byte)(&run.Spec), (*[]byte)(&run.Status), (*[]byte)(&run.Extensions), &run.Control, &labels, &relations)
	if err != nil {
		return run, err
	}
	if run.Labels, err = listOut[string](labels); err != nil {
		return run, err
	}
	if run.Relations, err = listOut[entity.Relation](relations); err != nil {
		return run, err
	}
	if !full {
		run.Spec = nil
		return run, nil
	}
	if run.FunctionSpec, err = r.partBody(row.fpart); err != nil {
		return run, err
	}
	run.TaskSpec, err = r.partBody(row.tpart)
	return run, err
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
	run.Seq = w.change(runChange(run, "update"))
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

// swapPart replaces a part when its document changed.
func (w *batch) swapPart(id int64, before, now []byte) (int64, error) {
	if string(before) == string(now) && (before == nil) == (now == nil) {
		return id, nil
	}
	w.release(id)
	return w.part(now)
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
		"DELETE FROM attempts WHERE uid = $1", "DELETE FROM logs WHERE uid = $1", "DELETE FROM log_chunks WHERE uid = $1",
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
	w.texts = append(w.texts, runText{num: row.num, text: row.id + "\n" + row.name, gone: true})
	w.change(runChange(run, "delete"))
	return nil
}

// some makes runs, without specs, of the rows of a query.
func (r runs) some(q string, args ...any) ([]store.Run, error) {
	var rows []runRow
	err := r.c.rows(q, args, func(scan func(...any) error) error {
		rows = append(rows, runRow{})
		return rows[len(rows)-1].scan(scan)
	})
	if err != nil {
		return nil, err
	}
	out := make([]store.Run, 0, len(rows))
	for i := range rows {
		run, err := r.run(&rows[i], false)
		if err != nil {
			return nil, err
		}
		out = append(out, run)
	}
	return out, nil
}

// engineIs narrows a query to an engine, "" to none in particular; known is false for one never heard of.
func (r runs) engineIs(engine string, args []any) (cond string, _ []any, known bool, err error) {
	if engine == "" {
		return "", args, true, nil
	}
	id, err := r.findName(engine)
	args = append(args, id)
	return " AND engine = $" + itoa(len(args)), args, id != 0, err
}

// Queued implements store.Runs.
func (r runs) Queued(ctx context.Context, engine string, limit int) ([]store.Run, error) {
	cond, args, known, err := r.engineIs(engine, []any{limit})
	if err != nil || !known {
		return nil, err
	}
	return r.some("SELECT "+runCols+" FROM runs WHERE live > 0 AND live = 1"+cond+" ORDER BY num LIMIT $1", args...)
}

// Active implements store.Runs.
func (r runs) Active(ctx context.Context, limit int) ([]store.Run, error) {
	// Two ordered walks of the index: one over both values would sort all of them.
	return r.some("SELECT "+runCols+" FROM runs WHERE num IN ("+
		"SELECT num FROM (SELECT num FROM runs WHERE live > 0 AND live = 2 ORDER BY num LIMIT $1) AS a UNION ALL "+
		"SELECT num FROM (SELECT num FROM runs WHERE live > 0 AND live = 3 ORDER BY num LIMIT $1) AS b) ORDER BY num LIMIT $1", limit)
}

// Due implements store.Runs.
func (r runs) Due(ctx context.Context, now time.Time, limit int) ([]store.Run, error) {
	return r.some("SELECT "+runCols+" FROM runs WHERE wake > 0 AND wake <= $1 ORDER BY wake, num LIMIT $2", micros(now), limit)
}

// CountExecuting implements store.Runs.
func (r runs) CountExecuting(ctx context.Context, engine string) (int, error) {
	cond, args, known, err := r.engineIs(engine, nil)
	if err != nil || !known {
		return 0, err
	}
	var n int
	_, err = r.c.row("SELECT count(*) FROM runs WHERE live > 0 AND live = 3"+cond, args, &n)
	return n, err
}

// CountStates implements store.Runs.
func (r runs) CountStates(ctx context.Context, project string) (map[entity.State]int64, error) {
	if err := r.settle(); err != nil {
		return nil, err
	}
	sums, err := r.states(project)
	if err != nil {
		return nil, err
	}
	out := map[entity.State]int64{}
	for id, n := range sums {
		text, err := r.text(id)
		if err != nil {
			return nil, err
		}
		out[entity.State(text)] = n
	}
	return out, nil
}

// Like makes a pattern of LIKE, with \ as its escape, that finds text, lower case, as a substring.
func Like(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(text)) + "%"
}
