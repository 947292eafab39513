package sqlstore

import (
	"context"
	"slices"

	"dhub/entity"
	"dhub/internal/store"
)

// Around implements store.Graph.
func (g graph) Around(_ context.Context, project, key string, limit int) (list []store.Owner, more bool, err error) {
	if err := g.settle(); err != nil {
		return nil, false, err
	}
	names := func(own entity.Doc, relations []entity.Relation) bool {
		return own.Project == project && own.Key() != key &&
			slices.ContainsFunc(relations, func(r entity.Relation) bool { return r.Source == key || r.Dest == key })
	}
	for _, tab := range []int64{tabEntities, tabRuns} {
		var nums []int64
		err := g.c.rows("SELECT num FROM relations WHERE hash = $1 AND tab = $2 ORDER BY num DESC LIMIT $3", []any{keyHash(key), tab, limit + 1}, func(scan func(...any) error) error {
			var num int64
			err := scan(&num)
			nums = append(nums, num)
			return err
		})
		if err != nil || len(nums) == 0 {
			if err != nil {
				return nil, false, err
			}
			continue
		}
		if len(nums) > limit {
			nums, more = nums[:limit], true
		}
		if tab == tabRuns {
			found, err := runs(g).byNums(nums, false)
			if err != nil {
				return nil, false, err
			}
			for i := range found {
				if names(found[i].Doc, found[i].Relations) {
					list = append(list, store.Owner{Run: &found[i]})
				}
			}
			continue
		}
		rows, err := entities(g).some("SELECT " + entityCols + " FROM entities WHERE num IN (" + joinInts(nums) + ") ORDER BY num DESC")
		if err != nil {
			return nil, false, err
		}
		for _, row := range rows {
			if names(row.Doc, row.Relations) {
				list = append(list, store.Owner{Record: row.Record})
			}
		}
	}
	return list, more, nil
}
