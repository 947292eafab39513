package sqlstore

import (
	"crypto/sha256"
	"sync"

	"dhub/entity"
)

// interned remembers committed numbers of names, facets and parts. Names and facets never change or go;
// a part that went is found out by its counter (errStale).
type interned struct {
	mu     sync.RWMutex
	ids    map[string]int64
	texts  map[int64]string
	facets map[dims]facetRef
	dims   map[int64]dims
	parts  map[partHash]int64
}

// maxRemembered bounds each map; a full one starts anew.
const maxRemembered = 20000

type (
	// dims are numbers of names, 0 for none.
	dims     struct{ project, function, workflow, task, kind, user, state int64 }
	facetRef struct{ id, slice int64 }
	partHash [sha256.Size]byte
)

func newInterned() *interned {
	m := &interned{}
	m.forget()
	return m
}

func (m *interned) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ids, m.texts = map[string]int64{}, map[int64]string{}
	m.facets, m.dims = map[dims]facetRef{}, map[int64]dims{}
	m.parts = map[partHash]int64{}
}

func (m *interned) learn(w *batch) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.ids) > maxRemembered {
		m.ids, m.texts = map[string]int64{}, map[int64]string{}
	}
	if len(m.facets) > maxRemembered {
		m.facets, m.dims = map[dims]facetRef{}, map[int64]dims{}
	}
	if len(m.parts) > maxRemembered {
		m.parts = map[partHash]int64{}
	}
	for text, id := range w.names {
		m.ids[text], m.texts[id] = id, text
	}
	for d, ref := range w.facets {
		m.facets[d], m.dims[ref.id] = ref, d
	}
	for hash, id := range w.parts {
		m.parts[hash] = id
	}
}

// findName returns the number of a text, 0 when it has none or is empty.
func (t *tx) findName(text string) (id int64, err error) {
	if text == "" {
		return 0, nil
	}
	if t.w != nil {
		if id = t.w.names[text]; id != 0 {
			return id, nil
		}
	}
	m := t.s.names
	m.mu.RLock()
	id = m.ids[text]
	m.mu.RUnlock()
	if id != 0 {
		return id, nil
	}
	if _, err = t.c.row("SELECT id FROM names WHERE text = $1", []any{text}, &id); err != nil || id == 0 {
		return 0, err
	}
	if t.w == nil { // committed, hence for ever
		m.mu.Lock()
		m.ids[text], m.texts[id] = id, text
		m.mu.Unlock()
	}
	return id, nil
}

// nameID returns the number of a text and gives it one if it has none.
func (w *batch) nameID(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	id, err := (&tx{s: w.s, c: w.c, w: w}).findName(text)
	if err != nil {
		return 0, err
	}
	if id == 0 {
		w.head.name++
		id = w.head.name
		if _, err := w.c.exec("INSERT INTO names (id, text) VALUES ($1, $2)", id, text); err != nil {
			return 0, err
		}
	}
	if w.names[text] == 0 {
		w.names[text] = id
		w.added = append(w.added, text)
	}
	return id, nil
}

// text returns the text of a number.
func (t *tx) text(id int64) (text string, err error) {
	if id == 0 {
		return "", nil
	}
	m := t.s.names
	m.mu.RLock()
	text = m.texts[id]
	m.mu.RUnlock()
	if text != "" {
		return text, nil
	}
	if _, err = t.c.row("SELECT text FROM names WHERE id = $1", []any{id}, &text); err != nil {
		return "", err
	}
	if t.w == nil {
		m.mu.Lock()
		m.ids[text], m.texts[id] = id, text
		m.mu.Unlock()
	}
	return text, nil
}

const facetCols = "project, function, workflow, task, kind, usr, state"

// facetDims returns what a facet stands for.
func (t *tx) facetDims(id int64) (d dims, err error) {
	m := t.s.names
	m.mu.RLock()
	d, ok := m.dims[id]
	m.mu.RUnlock()
	if ok && t.w == nil {
		return d, nil
	}
	if t.w != nil {
		for d, ref := range t.w.facets {
			if ref.id == id {
				return d, nil
			}
		}
		if ok {
			return d, nil
		}
	}
	found, err := t.c.row("SELECT "+facetCols+" FROM facets WHERE id = $1", []any{id},
		&d.project, &d.function, &d.workflow, &d.task, &d.kind, &d.user, &d.state)
	if err == nil && !found {
		err = entity.Errorf(entity.CodeUnavailable, "the database at %s is damaged: a run's facet %d is missing; restore a backup", t.s.d.Place, id)
	}
	if err == nil && t.w == nil {
		m.mu.Lock()
		m.dims[id] = d
		m.mu.Unlock()
	}
	return d, err
}

// facet returns the facet of d and makes it if there is none.
func (w *batch) facet(d dims) (ref facetRef, err error) {
	if ref = w.facets[d]; ref.id != 0 {
		return ref, nil
	}
	m := w.s.names
	m.mu.RLock()
	ref = m.facets[d]
	m.mu.RUnlock()
	if ref.id == 0 {
		if ref, err = w.findOrMakeFacet(d); err != nil {
			return ref, err
		}
	}
	w.facets[d] = ref
	w.added = append(w.added, d)
	return ref, nil
}

func (w *batch) findOrMakeFacet(d dims) (ref facetRef, err error) {
	found, err := w.c.row(`SELECT id, slice FROM facets WHERE project = $1 AND kind = $2 AND state = $3 AND function = $4
		AND workflow = $5 AND task = $6 AND usr = $7`, []any{d.project, d.kind, d.state, d.function, d.workflow, d.task, d.user}, &ref.id, &ref.slice)
	if err != nil || found {
		return ref, err
	}
	w.head.facet++
	ref.id = w.head.facet
	found, err = w.c.row("SELECT slice FROM facets WHERE project = $1 AND kind = $2 AND state = $3 LIMIT 1", []any{d.project, d.kind, d.state}, &ref.slice)
	if err != nil {
		return ref, err
	}
	if !found {
		ref.slice = ref.id
	}
	_, err = w.c.exec("INSERT INTO facets (id, slice, "+facetCols+", n, ver) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0)",
		ref.id, ref.slice, d.project, d.function, d.workflow, d.task, d.kind, d.user, d.state) // the mirror hears of it with its first run
	return ref, err
}
