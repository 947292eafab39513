package sqlstore

import (
	"crypto/sha256"

	"dhub/entity"
)

// part returns the number of a document stored once by content, and counts one more use of it; nil has 0.
func (w *batch) part(doc []byte) (int64, error) {
	if doc == nil {
		return 0, nil
	}
	hash := partHash(sha256.Sum256(doc))
	id := w.parts[hash]
	if id == 0 {
		m := w.s.names
		m.mu.RLock()
		id = m.parts[hash]
		m.mu.RUnlock()
		if id == 0 {
			if _, err := w.c.row("SELECT id FROM parts WHERE hash = $1", []any{hash[:]}, &id); err != nil {
				return 0, err
			}
		}
		if id == 0 {
			w.head.part++
			id = w.head.part
			if _, err := w.c.exec("INSERT INTO parts (id, hash, refs, body) VALUES ($1, $2, 0, $3)", id, hash[:], w.s.codec.pack(doc)); err != nil {
				return 0, err
			}
		}
		w.parts[hash] = id
		w.added = append(w.added, hash)
	}
	w.pending.parts = append(w.pending.parts, delta{id, 1})
	return id, nil
}

// release counts one use of a part less.
func (w *batch) release(id int64) {
	if id != 0 {
		w.pending.parts = append(w.pending.parts, delta{id, -1})
	}
}

// dropPart forgets a part that was deleted for want of use.
func (w *batch) dropPart(id int64) {
	for hash, other := range w.parts {
		if other == id {
			delete(w.parts, hash)
		}
	}
	m := w.s.names
	m.mu.Lock()
	defer m.mu.Unlock()
	for hash, other := range m.parts {
		if other == id {
			delete(m.parts, hash)
		}
	}
}

// partBody returns a part's document.
func (t *tx) partBody(id int64) ([]byte, error) {
	if id == 0 {
		return nil, nil
	}
	var body []byte
	found, err := t.c.row("SELECT body FROM parts WHERE id = $1", []any{id}, &body)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, entity.Errorf(entity.CodeUnavailable, "the database at %s is damaged: part %d is missing; restore a backup", t.s.d.Place, id)
	}
	return t.s.codec.unpack(body)
}

// swapPart replaces a part when its document changed.
func (w *batch) swapPart(id int64, before, now []byte) (int64, error) {
	if string(before) == string(now) && (before == nil) == (now == nil) {
		return id, nil
	}
	w.release(id)
	return w.part(now)
}
