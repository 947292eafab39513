package sqlstore

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// pending is what a write transaction puts off to its end, so that a group pays for it once. Its slices only
// grow; undo restores the slice headers of a mark, and flush replaces them.
type pending struct {
	changes   []store.Change
	facets    []delta
	parts     []delta
	moves     []move
	texts     []runText // to leave the text index
	relations [][]any
	labels    [][]any
	flushes   int

	textRuns, textEntities int64 // numbers up to which the text indexes hold runs and entities
}

type (
	delta   struct{ id, d int64 }
	runText struct {
		num  int64
		text string
	}
)

func (w *batch) change(c store.Change) int64 {
	w.head.seq++
	c.Seq, c.At = w.head.seq, w.s.opts.Now()
	w.changes = append(w.changes, c)
	switch c.Entity {
	case entity.Function, entity.Workflow, entity.Task:
		w.stamps = true
	}
	return c.Seq
}

// flush writes what is pending. A function that needs it before its end (a list inside a write) calls it
// under its own savepoint: if that is undone, the mark's slices are pending again.
func (w *batch) flush() error {
	p := w.pending
	w.pending = pending{flushes: p.flushes + 1, textRuns: p.textRuns, textEntities: p.textEntities}
	if err := w.flushChanges(p.changes); err != nil {
		return err
	}
	if err := w.flushDeltas("UPDATE facets SET n = n + $1, ver = $2 WHERE id = $3", p.facets); err != nil {
		return err
	}
	if err := w.flushDeltas("UPDATE parts SET refs = refs + $1 WHERE id = $2", p.parts); err != nil {
		return err
	}
	if err := w.flushMoves(p.moves); err != nil {
		return err
	}
	if err := w.flushTexts(p.texts); err != nil {
		return err
	}
	if err := w.insertMany("INSERT INTO relations (hash, tab, num) VALUES ", " ON CONFLICT DO NOTHING", p.relations); err != nil {
		return err
	}
	return w.insertMany("INSERT INTO labels (project, label, tab, num) VALUES ", " ON CONFLICT DO NOTHING", p.labels)
}

func (w *batch) flushChanges(list []store.Change) error {
	w.told = append(w.told, list...)
	rows := make([][]any, 0, len(list))
	for _, c := range list {
		row := make([]any, 0, 10)
		row = append(row, c.Seq, micros(c.At))
		for _, text := range []string{c.Project, c.Entity, c.Verb, c.Kind, c.State, c.Was} {
			id, err := w.nameID(text)
			if err != nil {
				return err
			}
			row = append(row, id)
		}
		rows = append(rows, append(row, c.ID, c.Name))
	}
	return w.insertMany("INSERT INTO changes (seq, at, project, entity, verb, kind, state, was, id, name) VALUES ", "", rows)
}

// flushDeltas adds up the deltas of each number and applies them with q; a row that is gone is errStale.
func (w *batch) flushDeltas(q string, list []delta) error {
	if len(list) == 0 {
		return nil
	}
	sum := make(map[int64]int64, len(list))
	for _, d := range list {
		sum[d.id] += d.d
	}
	ids := make([]int64, 0, len(sum))
	for id := range sum {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	facets := strings.Contains(q, "$3")
	for _, id := range ids {
		if sum[id] == 0 && facets {
			continue
		}
		args := []any{sum[id], id}
		if facets {
			args = []any{sum[id], w.head.seq, id}
		}
		n, err := w.c.exec(q, args...)
		if err != nil {
			return err
		}
		if n == 0 {
			return errStale
		}
		if !facets && sum[id] <= 0 {
			n, err := w.c.exec("DELETE FROM parts WHERE id = $1 AND refs <= 0", id)
			if err != nil {
				return err
			}
			if n > 0 {
				w.dropPart(id)
			}
		}
	}
	return nil
}

// insertMany inserts rows in as few statements as the dialect likes.
func (w *batch) insertMany(into, tail string, rows [][]any) error {
	for len(rows) > 0 {
		n := 1
		for n*2 <= min(len(rows), w.s.d.Batch) {
			n *= 2 // few different texts
		}
		var q strings.Builder
		q.WriteString(into)
		var args []any
		for i, row := range rows[:n] {
			if i > 0 {
				q.WriteByte(',')
			}
			q.WriteString(placeholders(len(args)+1, len(row)))
			args = append(args, row...)
		}
		q.WriteString(tail)
		if _, err := w.c.exec(q.String(), args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// trim deletes old changes and answers now and then.
func (w *batch) trim() error {
	now := w.s.opts.Now()
	if since := now.Sub(w.s.trimmedAt); since >= 0 && since < time.Minute {
		return nil
	}
	w.s.trimmedAt = now
	old := micros(now.Add(-w.s.opts.TrimAfter))
	// The newest changes stay whatever their age, so that a quiet night makes no reader start anew.
	const keep, atOnce = 1000, 5000
	var last int64
	_, err := w.c.row(`SELECT COALESCE(MAX(seq), 0) FROM (SELECT seq, at FROM changes WHERE seq <= $1 ORDER BY seq LIMIT $2) AS c WHERE at < $3`,
		[]any{w.head.seq - keep, atOnce, old}, &last)
	if err != nil {
		return err
	}
	if last > 0 {
		if _, err := w.c.exec("DELETE FROM changes WHERE seq <= $1", last); err != nil {
			return err
		}
		w.head.trimmed = max(w.head.trimmed, last)
		if last >= w.head.trimmed && last%atOnce == 0 {
			w.s.trimmedAt = time.Time{} // more may be old
		}
	}
	_, err = w.c.exec("DELETE FROM idempotency WHERE at < $1", old)
	return err
}

// placeholders makes "($from, …)" of n.
func placeholders(from, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteByte(",("[flag(i == 0)])
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(from + i))
	}
	b.WriteByte(')')
	return b.String()
}
