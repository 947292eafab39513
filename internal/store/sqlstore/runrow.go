package sqlstore

import (
	"dhub/entity"
	"dhub/internal/store"
)

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
	finished                                               int64
	id, uid, name                                          string
	body                                                   []byte
}

const runCols = "num, facet, slice, created, updated, seq, live, engine, desired, flags, attempt, wake, updated_by, fpart, tpart, finished, id, uid, name, body"

func (r *runRow) scan(scan func(...any) error) error {
	return scan(&r.num, &r.facet, &r.slice, &r.created, &r.updated, &r.seq, &r.live, &r.engine, &r.desired, &r.flags,
		&r.attempt, &r.wake, &r.updatedBy, &r.fpart, &r.tpart, &r.finished, &r.id, &r.uid, &r.name, &r.body)
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
	row.live, row.attempt, row.finished = live(run), int64(run.Attempt), micros(run.Finished)
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
	run.Finished, run.Desired = fromMicros(row.finished), desires[row.desired]
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
