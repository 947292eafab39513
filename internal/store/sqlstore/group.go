package sqlstore

import "errors"

// errStale says that a number remembered from an earlier commit is gone; the group runs again without memory.
var errStale = errors.New("remembered number is gone")

// commitGroup runs the functions of a group and commits; afterwards each request has its error.
func (s *Store) commitGroup(group []*request) {
	var err error
	apart := false
	for try := 0; try < 3; try++ {
		for _, r := range group {
			r.err, r.panic = nil, nil
		}
		var again bool
		again, err = s.tryGroup(group, apart)
		if errors.Is(err, errSpoiled) {
			apart = true
			try--
			continue
		}
		if !again {
			break
		}
	}
	if err != nil {
		for _, r := range group {
			if r.err == nil {
				r.err = err
			}
		}
	}
}

// errSpoiled says that a function failed after it had written; the group runs again, each function apart.
var errSpoiled = errors.New("a function of the group failed")

// tryGroup runs the group in one transaction. Savepoints, which cost each function two statements, set them
// apart only when one of them has to be undone.
func (s *Store) tryGroup(group []*request, apart bool) (again bool, err error) {
	fresh := s.writer == nil
	if fresh {
		if s.writer, err = openConn(s.db, s.d, true); err != nil {
			return false, err
		}
	}
	c := s.writer
	defer func() {
		if err == nil {
			return
		}
		_, _ = c.exec("ROLLBACK") // an error here says no more than the first one
		if !errors.Is(err, errSpoiled) {
			s.forget()
		}
		if c.lost {
			c.close()
			s.writer = nil
		}
	}()
	if _, err := c.exec(s.d.BeginWrite); err != nil {
		return !fresh && c.lost, err
	}
	w := &batch{s: s, c: c, names: map[string]int64{}, facets: map[dims]facetRef{}, parts: map[partHash]int64{}}
	if err := w.begin(); err != nil {
		return !fresh && c.lost, err
	}
	done := 0
	for _, r := range group {
		if r.err = r.ctx.Err(); r.err != nil {
			continue
		}
		if err := s.runOne(w, r, apart, len(group) == 1); err != nil {
			return errors.Is(err, errStale), err
		}
		if r.err == nil {
			done++
		}
	}
	if done == 0 {
		if _, err := c.exec("ROLLBACK"); err != nil {
			return false, err
		}
		return false, nil
	}
	w.small = len(group) == 1
	if err := w.finish(); err != nil {
		return errors.Is(err, errStale), err
	}
	if w.stamps {
		s.stamp.Add(1)
		defer s.stamp.Add(1)
	}
	if _, err := c.exec("COMMIT"); err != nil {
		return false, err
	}
	w.keep()
	if w.head.seq != w.started.seq {
		s.WakeAll()
	}
	return false, nil
}

// runOne runs one request, under a savepoint when apart; the error it returns is the group's.
func (s *Store) runOne(w *batch, r *request, apart, alone bool) error {
	c := w.c
	if apart {
		if _, err := c.exec("SAVEPOINT one"); err != nil {
			return err
		}
	}
	mark, execs, failures := w.mark(), c.execs, c.failures
	r.err = r.call(&tx{s: s, c: c, w: w})
	if c.lost || errors.Is(r.err, errStale) {
		return r.err
	}
	if !apart {
		if !alone && (c.failures != failures || r.err != nil && c.execs != execs) {
			return errSpoiled
		}
		if r.err != nil {
			w.undo(mark)
		}
		return nil
	}
	if r.err == nil {
		if _, err := c.exec("RELEASE SAVEPOINT one"); err != nil {
			if c.lost {
				return err
			}
			r.err = err // the function swallowed an error of the database
		}
	}
	if r.err != nil {
		w.undo(mark)
		if _, err := c.exec("ROLLBACK TO SAVEPOINT one"); err != nil {
			return err
		}
		_, err := c.exec("RELEASE SAVEPOINT one")
		return err
	}
	return nil
}
