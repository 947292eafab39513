package sqlstore

import (
	"dhub/entity"
	"dhub/internal/store"
)

// head is the row of counters of the database.
type head struct{ seq, entity, run, name, facet, part, trimmed int64 }

// batch is a write transaction: what its functions have written and what is still to be written at its end.
type batch struct {
	s             *Store
	c             *conn
	head, started head

	// What this transaction added to the store's memory; order has the additions for undo.
	names  map[string]int64
	facets map[dims]facetRef
	parts  map[partHash]int64
	added  []any
	exists map[[2]string]bool // what Exists found
	told   []store.Change     // written to the feed
	stamps bool               // a function, workflow or task may differ after it
	small  bool               // it holds one caller only

	pending
}

func (w *batch) begin() error {
	h := &w.head
	found, err := w.c.row("SELECT seq, entity, run, name, facet, part, trimmed FROM head WHERE one = 1"+w.s.d.ForUpdate, nil,
		&h.seq, &h.entity, &h.run, &h.name, &h.facet, &h.part, &h.trimmed)
	if err == nil && !found {
		err = entity.Errorf(entity.CodeUnavailable, "the database at %s is damaged: its table head is empty; restore a backup", w.s.d.Place)
	}
	w.started = w.head
	w.textRuns, w.textEntities = fullBlocks(w.head.run), fullBlocks(w.head.entity)
	return err
}

// finish writes what was put off, trims, and stores the counters.
func (w *batch) finish() error {
	if err := w.flush(); err != nil {
		return err
	}
	if err := w.trim(); err != nil {
		return err
	}
	if w.small {
		if err := w.mergeTexts(); err != nil {
			return err
		}
	}
	if w.head != w.started {
		h := w.head
		if _, err := w.c.exec("UPDATE head SET seq = $1, entity = $2, run = $3, name = $4, facet = $5, part = $6, trimmed = $7 WHERE one = 1",
			h.seq, h.entity, h.run, h.name, h.facet, h.part, h.trimmed); err != nil {
			return err
		}
	}
	if w.s.d.Notify != "" && w.head.seq != w.started.seq {
		if _, err := w.c.exec(w.s.d.Notify); err != nil {
			return err
		}
	}
	return nil
}

// mark remembers a point of the transaction for undo. Before a savepoint nothing may be half pending that
// undo could not take back, so flush inside a function keeps its own mark valid by leaving lengths at 0.
type mark struct {
	head    head
	told    int
	added   int
	pending pending
	flushes int
}

func (w *batch) mark() mark {
	return mark{head: w.head, told: len(w.told), added: len(w.added), pending: w.pending, flushes: w.flushes}
}

func (w *batch) undo(m mark) {
	w.head, w.told = m.head, w.told[:m.told]
	for _, a := range w.added[m.added:] {
		switch a := a.(type) {
		case string:
			delete(w.names, a)
		case dims:
			delete(w.facets, a)
		case partHash:
			delete(w.parts, a)
		}
	}
	w.added = w.added[:m.added]
	w.exists = nil // it may hold what was created
	w.pending = m.pending
}

// keep hands what the transaction learned to the store's memory, after the commit.
func (w *batch) keep() {
	w.s.names.learn(w)
	if w.s.d.Notify == "" { // no other process writes
		w.s.tail.add(w.told)
	}
}
