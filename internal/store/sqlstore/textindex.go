package sqlstore

import (
	"math"

	"dhub/internal/store"
)

// A text index costs each commit more than the texts that it adds, so both indexes are fed in blocks: after a
// commit, an index holds exactly what stands in full blocks of numbers. The few behind it are compared one by
// one. Where the index of runs keeps itself (Dialect.TextIndex is empty), only entities lie in blocks.

// textBlock is how many runs or entities enter their text index at once. Stored databases rely on it: another
// value needs a migration.
const textBlock = 256

// fullBlocks is the last number of the full blocks, by the newest number.
func fullBlocks(newest int64) int64 { return newest - newest%textBlock }

// textRuns is the number up to which the text index holds the runs, textEntities the entities.
func (t *tx) textRuns() (int64, error)     { return t.heldUpTo("run") }
func (t *tx) textEntities() (int64, error) { return t.heldUpTo("entity") }

func (t *tx) heldUpTo(counter string) (int64, error) {
	if t.w != nil { // flushed by whoever asks
		if counter == "run" {
			return t.w.textRuns, nil
		}
		return t.w.textEntities, nil
	}
	var newest int64
	_, err := t.c.row("SELECT "+counter+" FROM head WHERE one = 1", nil, &newest)
	return fullBlocks(newest), err
}

// flushTexts takes deleted runs out of the text index and adds the blocks that were filled.
func (w *batch) flushTexts(gone []runText) error {
	if w.s.d.TextIndex != "" {
		for _, t := range gone {
			if _, err := w.c.exec(w.s.d.TextDelete, t.num, t.text); err != nil {
				return err
			}
		}
		if full := fullBlocks(w.head.run); full > w.textRuns {
			if _, err := w.c.exec(w.s.d.TextIndex, w.textRuns, full); err != nil {
				return err
			}
			w.textRuns, w.s.merged[0] = full, false
		}
	}
	full := fullBlocks(w.head.entity)
	if full == w.textEntities {
		return nil
	}
	var rows [][]any
	err := (&tx{s: w.s, c: w.c, w: w}).entityTexts(w.textEntities, full, func(num int64, text string) { rows = append(rows, []any{num, text}) })
	if err != nil {
		return err
	}
	w.textEntities, w.s.merged[1] = full, false
	return w.insertMany("INSERT INTO entities_text (rowid, t) VALUES ", "", rows)
}

// mergePages is how many pages of an index a small commit merges: a millisecond or two.
const mergePages = 16

// mergeTexts merges some segments of the text indexes. A search looks into every segment, and a busy server
// makes many; the commits of a quiet one, which nobody shares, bring them down to a few bit by bit.
func (w *batch) mergeTexts() error {
	for i, q := range w.s.d.TextMerge {
		if q == "" || w.s.merged[i] {
			continue
		}
		var before, after int64
		if _, err := w.c.row("SELECT total_changes()", nil, &before); err != nil {
			return err
		}
		if _, err := w.c.exec(q, mergePages); err != nil {
			return err
		}
		if _, err := w.c.row("SELECT total_changes()", nil, &after); err != nil {
			return err
		}
		w.s.merged[i] = after-before < 2 // the statement itself counts as one
	}
	return nil
}

// entityTexts calls f with the text of each entity numbered above low and up to high, oldest
// first, the order that the index takes in at the least cost.
func (t *tx) entityTexts(low, high int64, f func(num int64, text string)) error {
	return t.c.rows("SELECT num, id, name, metadata, labels FROM entities WHERE num > $1 AND num <= $2 ORDER BY num", []any{low, high}, func(scan func(...any) error) error {
		var num int64
		var r store.Record
		var metadata, labels []byte
		if err := scan(&num, &r.ID, &r.Name, &metadata, &labels); err != nil {
			return err
		}
		r.Metadata = docOut(metadata)
		var err error
		if r.Labels, err = listOut[string](labels); err == nil {
			f(num, entityText(r))
		}
		return err
	})
}

// numsWith lists the numbers of runs whose id or name contains text, of three letters at least, newest first:
// all, or more than are counted at most.
func (l *runList) numsWith(text string) (nums []int64, err error) {
	if l.s.d.TextIndex != "" {
		behind, err := l.textRuns()
		if err != nil {
			return nil, err
		}
		if nums, err = l.numsBehind(behind, text); err != nil {
			return nil, err
		}
	}
	held, err := l.numsBelow(math.MaxInt64, text, l.limit+1)
	return append(nums, held...), err
}

// numsBelow lists at most most of the runs numbered below num whose text the index holds, newest first.
func (l *runList) numsBelow(num int64, text string, most int64) ([]int64, error) {
	var joined string
	_, err := l.c.row(l.s.d.TextNums, []any{l.s.d.TextPattern(text), most, num}, &joined)
	return parseInts(joined), err
}

// numsBehind finds text among the runs that the text index does not hold yet.
func (l *runList) numsBehind(behind int64, text string) (nums []int64, err error) {
	err = l.c.rows(`SELECT num FROM runs WHERE num > $1 AND (lower(id) LIKE $2 ESCAPE '\' OR lower(name) LIKE $2 ESCAPE '\') ORDER BY num DESC`,
		[]any{behind, Like(text)}, func(scan func(...any) error) error {
			var num int64
			err := scan(&num)
			nums = append(nums, num)
			return err
		})
	return nums, err
}
