package sqlstore

import (
	"context"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

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
