package sqlstore

import (
	"context"
	"fmt"
	"slices"

	"dhub/entity"
	"dhub/internal/store"
)

type stats struct{ *tx }

// CountEntities implements store.Stats.
func (s stats) CountEntities(_ context.Context, typ, project string, limit int64) (n int64, exact bool, err error) {
	_, err = s.c.row("SELECT count(*) FROM (SELECT 1 AS one FROM entities WHERE entity = $1 AND project = $2 AND latest = 1 LIMIT $3) AS c",
		[]any{typ, project, limit + 1}, &n)
	return min(n, limit), n <= limit, err
}

// Versions implements store.Stats.
func (s stats) Versions(_ context.Context, typ, project string, names []string) (map[string]int64, error) {
	return s.byText("SELECT name, count(*) FROM entities WHERE entity = $1 AND project = $2 AND name IN ", " GROUP BY name", typ, project, names)
}

// Numbers implements store.Stats.
func (s stats) Numbers(_ context.Context, typ, project string, ids []string) (map[string]int64, error) {
	return s.byText("SELECT id, version FROM entities WHERE entity = $1 AND project = $2 AND id IN ", "", typ, project, ids)
}

// LabelUse implements store.Stats.
func (s stats) LabelUse(_ context.Context, project string, labels []string, limit int64) (map[string]store.LabelUse, error) {
	if err := s.settle(); err != nil {
		return nil, err
	}
	out := map[string]store.LabelUse{}
	for _, label := range labels {
		use := store.LabelUse{Exact: true}
		for _, kind := range []struct {
			tab int64
			n   *int64
		}{{tabEntities, &use.Entities}, {tabRuns, &use.Runs}} {
			_, err := s.c.row("SELECT count(*) FROM (SELECT 1 AS one FROM labels WHERE project = $1 AND label = $2 AND tab = $3 LIMIT $4) AS c",
				[]any{project, label, kind.tab, limit + 1}, kind.n)
			if err != nil {
				return nil, err
			}
			if *kind.n > limit {
				*kind.n, use.Exact = limit, false
			}
		}
		if use.Entities+use.Runs > 0 {
			out[label] = use
		}
	}
	return out, nil
}

// byText asks for a number of each of many names or ids.
func (s stats) byText(head, tail, typ, project string, texts []string) (map[string]int64, error) {
	out := map[string]int64{}
	for chunk := range slices.Chunk(texts, 200) {
		args := []any{typ, project}
		for _, text := range chunk {
			args = append(args, text)
		}
		err := s.c.rowsOnce(head+placeholders(3, len(chunk))+tail, args, func(scan func(...any) error) error {
			var name string
			var n int64
			err := scan(&name, &n)
			out[name] = n
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// LastRuns implements store.Stats. The counters of facets have the numbers; of each facet of a name the newest
// runs are sought, of which the newest are read.
func (s stats) LastRuns(_ context.Context, typ, project string, names []string, n int) (map[string]store.LastRuns, error) {
	if err := s.settle(); err != nil {
		return nil, err
	}
	r := runs(s)
	out := map[string]store.LastRuns{}
	of, err := r.facetsOfNames(typ, project, names, out)
	if err != nil || len(of) == 0 || n <= 0 {
		return out, err
	}
	ids := make([]int64, 0, len(of))
	for id := range of {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	nums := map[string][]int64{}
	for chunk := range slices.Chunk(ids, 2000) {
		q := fmt.Sprintf(`SELECT f.id, (SELECT string_agg(CAST(num AS TEXT), ',') FROM (SELECT num FROM runs WHERE facet = f.id ORDER BY created DESC, num DESC LIMIT %d) AS r)
			FROM facets f WHERE f.id IN (%s)`, n, joinInts(chunk))
		err := r.c.rowsOnce(q, nil, func(scan func(...any) error) error {
			var id int64
			var joined *string
			if err := scan(&id, &joined); err != nil || joined == nil {
				return err
			}
			nums[of[id]] = append(nums[of[id]], parseInts(*joined)...)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	var all []int64
	for name, list := range nums {
		slices.SortFunc(list, func(a, b int64) int { return int(b - a) })
		nums[name] = list[:min(n, len(list))]
		all = append(all, nums[name]...)
	}
	read, err := r.byNums(all, false)
	if err != nil {
		return nil, err
	}
	byNum := map[int64]store.Run{}
	for i, num := range all {
		byNum[num] = read[i]
	}
	for name, list := range nums {
		last := out[name]
		for _, num := range list {
			last.Runs = append(last.Runs, byNum[num])
		}
		slices.SortStableFunc(last.Runs, func(a, b store.Run) int { return b.Created.Compare(a.Created) })
		out[name] = last
	}
	return out, nil
}

// facetsOfNames finds the facets of functions or workflows by name, and counts their runs by state.
func (r runs) facetsOfNames(typ, project string, names []string, out map[string]store.LastRuns) (map[int64]string, error) {
	id, err := r.findName(project)
	if err != nil || id == 0 {
		return nil, err
	}
	m, release, err := r.mirror()
	if err != nil {
		return nil, err
	}
	defer release()
	wanted := map[string]bool{}
	for _, name := range names {
		wanted[name] = true
	}
	known := map[int32]string{} // name by number of the reference
	of := map[int64]string{}
	for i := range m.facets[id] {
		f := &m.facets[id][i]
		ref := f.function
		if typ == entity.Workflow {
			ref = f.workflow
		}
		if f.n == 0 || ref == 0 {
			continue
		}
		name, seen := known[ref]
		if !seen {
			text, err := r.text(int64(ref))
			if err != nil {
				return nil, err
			}
			name = refName(text)
			known[ref] = name
		}
		if !wanted[name] {
			continue
		}
		state, err := r.text(int64(f.state))
		if err != nil {
			return nil, err
		}
		last := out[name]
		if last.States == nil {
			last.States = map[entity.State]int64{}
		}
		last.States[entity.State(state)] += f.n
		out[name], of[int64(f.id)] = last, name
	}
	return of, nil
}
