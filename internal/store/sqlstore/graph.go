package sqlstore

import (
	"context"
	"hash/fnv"
	"slices"
	"strconv"

	"dhub/entity"
)

// Owners of labels and relations.
const (
	tabEntities = 0
	tabRuns     = 1
)

func itoa(n int) string { return strconv.Itoa(n) }

func keyHash(key string) int64 {
	h := fnv.New64a()
	h.Write([]byte(key))
	return int64(h.Sum64())
}

// touched lists the hashes under which the relations of an owner are found; its own key needs none.
func touched(own string, list []entity.Relation) []int64 {
	var out []int64
	for _, r := range list {
		for _, key := range []string{r.Source, r.Dest} {
			if key == "" || key == own {
				continue
			}
			if h := keyHash(key); !slices.Contains(out, h) {
				out = append(out, h)
			}
		}
	}
	return out
}

func (w *batch) relate(tab, num int64, own string, list []entity.Relation) {
	for _, h := range touched(own, list) {
		w.relations = append(w.relations, []any{h, tab, num})
	}
}

func (w *batch) relateAgain(tab, num int64, own string, before, now []entity.Relation) error {
	if slices.Equal(before, now) {
		return nil
	}
	if err := w.flush(); err != nil { // what this transaction related may go again
		return err
	}
	for _, h := range touched(own, before) {
		if _, err := w.c.exec("DELETE FROM relations WHERE hash = $1 AND tab = $2 AND num = $3", h, tab, num); err != nil {
			return err
		}
	}
	w.relate(tab, num, own, now)
	return nil
}

func (w *batch) label(tab, num int64, project string, list []string) {
	for _, l := range list {
		w.labels = append(w.labels, []any{project, l, tab, num})
	}
}

func (w *batch) labelAgain(tab, num int64, project string, before, now []string) error {
	if slices.Equal(before, now) {
		return nil
	}
	if err := w.flush(); err != nil {
		return err
	}
	for _, l := range before {
		if _, err := w.c.exec("DELETE FROM labels WHERE project = $1 AND label = $2 AND tab = $3 AND num = $4", project, l, tab, num); err != nil {
			return err
		}
	}
	w.label(tab, num, project, now)
	return nil
}

type graph struct{ *tx }

// Touching implements store.Graph. It lists relations of the project's entities only, all projects' for "".
func (g graph) Touching(ctx context.Context, project, key string) ([]entity.Relation, error) {
	if err := g.settle(); err != nil {
		return nil, err
	}
	type owner struct{ tab, num int64 }
	var owners []owner
	err := g.c.rows("SELECT tab, num FROM relations WHERE hash = $1 ORDER BY tab, num", []any{keyHash(key)}, func(scan func(...any) error) error {
		var o owner
		err := scan(&o.tab, &o.num)
		owners = append(owners, o)
		return err
	})
	if err != nil {
		return nil, err
	}
	var out []entity.Relation
	add := func(own entity.Doc, list []entity.Relation) {
		if project != "" && own.Project != project && !(own.Entity == entity.Project && own.Name == project) {
			return
		}
		for _, r := range list {
			if r.Source == "" {
				r.Source = own.Key()
			}
			if (r.Source == key || r.Dest == key) && !slices.Contains(out, r) {
				out = append(out, r)
			}
		}
	}
	if err := g.own(key, add); err != nil {
		return nil, err
	}
	for _, o := range owners {
		if o.tab == tabRuns {
			list, err := runs(g).some("SELECT "+runCols+" FROM runs WHERE num = $1", o.num)
			if err != nil {
				return nil, err
			}
			for _, run := range list {
				add(run.Doc, run.Relations)
			}
			continue
		}
		list, err := entities(g).some("SELECT "+entityCols+" FROM entities WHERE num = $1", o.num)
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			add(r.Doc, r.Relations)
		}
	}
	return out, nil
}

// own adds the relations of the entity that key itself names.
func (g graph) own(key string, add func(entity.Doc, []entity.Relation)) error {
	k, ok := entity.ParseKey(key)
	if !ok {
		return nil
	}
	if k.Entity == entity.Run {
		run, err := runs(g).Get(context.Background(), k.ID)
		if err == nil && run.Key() == key {
			add(run.Doc, run.Relations)
		}
		return ignoreNotFound(err)
	}
	var r, err = entities(g).Get(context.Background(), k.Entity, k.ID)
	if k.ID == "" {
		r, err = entities(g).Latest(context.Background(), k.Entity, k.Project, k.Name)
	}
	if err == nil && r.Key() == key {
		add(r.Doc, r.Relations)
	}
	return ignoreNotFound(err)
}

func ignoreNotFound(err error) error {
	if entity.IsNotFound(err) {
		return nil
	}
	return err
}
