package sqlstore

import (
	"context"

	"dhub/entity"
	"dhub/internal/store"
)

type saved struct{ *tx }

const savedCols = "class, owner, project, id, name, body, created, updated"

func (s saved) some(cond string, args ...any) (out []store.SavedItem, err error) {
	err = s.c.rows("SELECT "+savedCols+" FROM saved WHERE "+cond, args, func(scan func(...any) error) error {
		var x store.SavedItem
		var created, updated int64
		err := scan(&x.Class, &x.Owner, &x.Project, &x.ID, &x.Name, &x.Body, &created, &updated)
		x.Created, x.Updated = fromMicros(created), fromMicros(updated)
		out = append(out, x)
		return err
	})
	return out, err
}

// Put implements store.Saved.
func (s saved) Put(ctx context.Context, x store.SavedItem) (store.SavedItem, error) {
	_, err := s.exec("INSERT INTO saved ("+savedCols+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (class, owner, project, id) DO UPDATE SET name = excluded.name, body = excluded.body, updated = excluded.updated`,
		x.Class, x.Owner, x.Project, x.ID, x.Name, docIn(x.Body), micros(x.Created), micros(x.Updated))
	if err != nil {
		return x, err
	}
	return s.Get(ctx, x.Class, x.Owner, x.Project, x.ID)
}

// Get implements store.Saved.
func (s saved) Get(_ context.Context, class, owner, project, id string) (store.SavedItem, error) {
	list, err := s.some("class = $1 AND owner = $2 AND project = $3 AND id = $4", class, owner, project, id)
	if err == nil && len(list) == 0 {
		err = noSaved(class)
	}
	if err != nil {
		return store.SavedItem{}, err
	}
	return list[0], nil
}

func noSaved(class string) error {
	return entity.Errorf(entity.CodeNotFound, "There is no %s with this id.", class)
}

// List implements store.Saved.
func (s saved) List(_ context.Context, class, owner, project string) ([]store.SavedItem, error) {
	return s.some("class = $1 AND owner = $2 AND project = $3 ORDER BY name, id", class, owner, project)
}

// Delete implements store.Saved.
func (s saved) Delete(_ context.Context, class, owner, project, id string) error {
	n, err := s.exec("DELETE FROM saved WHERE class = $1 AND owner = $2 AND project = $3 AND id = $4", class, owner, project, id)
	if err == nil && n == 0 {
		err = noSaved(class)
	}
	return err
}

// DeleteProject implements store.Saved.
func (s saved) DeleteProject(_ context.Context, project string) error {
	_, err := s.exec("DELETE FROM saved WHERE project = $1", project)
	return err
}
