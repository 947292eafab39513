package sqlstore

// A text index costs each commit more than the texts that it adds, so both indexes are fed in blocks: after a
// commit, an index holds exactly what stands in full blocks of numbers. The few behind it are compared one by
// one. Where the index of runs keeps itself (Dialect.TextIndex is empty), only entities lie in blocks.

// How many runs and entities enter their text index at once. Stored databases rely on these: another value
// needs a migration.
const (
	runBlock    = 256
	entityBlock = 64
)

// fullBlocks is the last number of the full blocks, by the newest number.
func fullBlocks(newest, block int64) int64 { return newest - newest%block }

// textRuns is the number up to which the text index holds the runs, textEntities the entities.
func (t *tx) textRuns() (int64, error)     { return t.heldUpTo("run", runBlock) }
func (t *tx) textEntities() (int64, error) { return t.heldUpTo("entity", entityBlock) }

func (t *tx) heldUpTo(counter string, block int64) (int64, error) {
	if t.w != nil { // flushed by whoever asks
		if counter == "run" {
			return t.w.textRuns, nil
		}
		return t.w.textEntities, nil
	}
	var newest int64
	_, err := t.c.row("SELECT "+counter+" FROM head WHERE one = 1", nil, &newest)
	return fullBlocks(newest, block), err
}

// flushTexts takes deleted runs out of the text index and adds the blocks that were filled.
func (w *batch) flushTexts(gone []runText) error {
	if w.s.d.TextIndex != "" {
		for _, t := range gone {
			if _, err := w.c.exec(w.s.d.TextDelete, t.num, t.text); err != nil {
				return err
			}
		}
		if full := fullBlocks(w.head.run, runBlock); full > w.textRuns {
			if _, err := w.c.exec(w.s.d.TextIndex, w.textRuns, full); err != nil {
				return err
			}
			w.textRuns = full
		}
	}
	full := fullBlocks(w.head.entity, entityBlock)
	if full == w.textEntities {
		return nil
	}
	var rows [][]any
	err := w.c.rows("SELECT "+entityCols+" FROM entities WHERE num > $1 AND num <= $2", []any{w.textEntities, full}, func(scan func(...any) error) error {
		var e entityRow
		err := e.scan(scan)
		rows = append(rows, []any{e.num, entityText(e.Record)})
		return err
	})
	if err != nil {
		return err
	}
	w.textEntities = full
	return w.insertMany("INSERT INTO entities_text (rowid, t) VALUES ", "", rows)
}

// numsWith lists the numbers of runs whose id or name contains text, of three letters at least, newest first:
// one more than are counted at most.
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
	var joined string
	if _, err = l.c.row(l.s.d.TextNums, []any{l.s.d.TextPattern(text), l.limit + 1}, &joined); err != nil {
		return nil, err
	}
	nums = append(nums, parseInts(joined)...)
	return nums[:min(len(nums), int(l.limit)+1)], nil
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
