package catalog

import (
	"context"
	"sync"
	"time"

	"dhub/internal/store"
)

// stamps knows the newest creation time of a version, so that only a clock that runs behind it costs a look
// at the versions of the name.
type stamps struct {
	mu     sync.Mutex
	seeded bool
	newest time.Time
}

// ahead tells whether t is later than all creation times before, and remembers it then. seed reads the
// newest one in the store, once.
func (s *stamps) ahead(t time.Time, seed func() (time.Time, error)) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.seeded {
		at, err := seed()
		if err != nil {
			return false, err
		}
		s.seeded, s.newest = true, at
	}
	if !t.After(s.newest) {
		return false, nil
	}
	s.newest = t
	return true, nil
}

// afterLatest sees to it that a new version is later than the versions of its name, also when the clock was
// set back: the newest version is the one created last.
func (c *Catalog) afterLatest(ctx context.Context, tx store.Tx, r *store.Record) error {
	ahead, err := c.stamps.ahead(r.Created, func() (time.Time, error) { return newestVersion(ctx, tx) })
	if err != nil || ahead {
		return err
	}
	list, err := tx.Entities().List(ctx, store.Query{Entity: r.Entity, Project: r.Project, Name: r.Name, Sort: []store.Sort{newest}, Size: 1})
	if err != nil || len(list.Items) == 0 {
		return err
	}
	if last := list.Items[0].Created; !r.Created.After(last) {
		r.Created = last.Add(time.Microsecond)
		r.Updated = r.Created
	}
	return nil
}

// newestVersion is the latest creation time of any version in the store.
func newestVersion(ctx context.Context, tx store.Tx) (time.Time, error) {
	var at time.Time
	for _, k := range table {
		if !k.versioned {
			continue
		}
		p, err := tx.Entities().List(ctx, store.Query{Entity: k.entity, Sort: []store.Sort{newest}, Size: 1})
		if err != nil {
			return at, err
		}
		if len(p.Items) > 0 && p.Items[0].Created.After(at) {
			at = p.Items[0].Created
		}
	}
	return at, nil
}
