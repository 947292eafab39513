package sqlstore

import (
	"context"
	"fmt"
	"slices"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// ProjectRuns implements store.Stats. The counters of facets have the numbers. What is newest, and what failed of
// late, is sought at the end of the index of each slice, of which a project has one for each kind and state.
func (s stats) ProjectRuns(_ context.Context, projects []string, since time.Time, limit int64) (map[string]store.ProjectRuns, error) {
	if err := s.settle(); err != nil {
		return nil, err
	}
	out := map[string]store.ProjectRuns{}
	of, failed, err := runs(s).slicesOfProjects(projects, out)
	if err != nil {
		return nil, err
	}
	err = s.bySlice("SELECT max(updated) FROM runs WHERE slice = f.id", of, func(project string, at int64) {
		p := out[project]
		if last := fromMicros(at); last.After(p.Last) {
			p.Last = last
		}
		out[project] = p
	})
	if err != nil {
		return nil, err
	}
	recent := fmt.Sprintf("SELECT count(*) FROM (SELECT 1 AS one FROM runs WHERE slice = f.id AND created >= %d LIMIT %d) AS c", micros(since), limit+1)
	err = s.bySlice(recent, failed, func(project string, n int64) {
		p := out[project]
		p.Failed += n
		out[project] = p
	})
	for project, p := range out {
		p.Exact, p.Failed = p.Failed <= limit, min(p.Failed, limit)
		out[project] = p
	}
	return out, err
}

// bySlice asks for one number of each slice.
func (s stats) bySlice(number string, of map[int64]string, f func(project string, n int64)) error {
	ids := make([]int64, 0, len(of))
	for id := range of {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for chunk := range slices.Chunk(ids, 2000) {
		q := "SELECT f.id, (" + number + ") FROM facets f WHERE f.id IN (" + joinInts(chunk) + ")" // a slice has the number of its first facet
		err := s.c.rowsOnce(q, nil, func(scan func(...any) error) error {
			var id int64
			var n *int64
			if err := scan(&id, &n); err != nil || n == nil {
				return err
			}
			f(of[id], *n)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// slicesOfProjects counts the runs of projects by state; it returns the project of each slice with runs, and of
// those whose runs failed.
func (r runs) slicesOfProjects(projects []string, out map[string]store.ProjectRuns) (of, failed map[int64]string, err error) {
	ids := map[string]int64{}
	for _, name := range projects {
		if ids[name], err = r.findName(name); err != nil {
			return nil, nil, err
		}
	}
	m, release, err := r.mirror()
	if err != nil {
		return nil, nil, err
	}
	defer release()
	of, failed = map[int64]string{}, map[int64]string{}
	for name, id := range ids {
		states := map[entity.State]int64{}
		for i := range m.facets[id] {
			f := &m.facets[id][i]
			if f.n == 0 {
				continue
			}
			text, err := r.text(int64(f.state))
			if err != nil {
				return nil, nil, err
			}
			state := entity.State(text)
			states[state] += f.n
			of[int64(f.slice)] = name
			if state == entity.StateError {
				failed[int64(f.slice)] = name
			}
		}
		if len(states) > 0 {
			out[name] = store.ProjectRuns{States: states}
		}
	}
	return of, failed, nil
}
