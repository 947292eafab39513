package artifact

import (
	"context"
	"slices"
	"strings"

	"dhub/entity"
	"dhub/internal/store"
)

// Remove deletes the stored files of an entity that was deleted with cascade, and the list of them. Only what
// lies below the project's folder of its type in a folder named by its id goes: a path that someone else chose may
// be shared. What lies in the folder of another entity of the type stays, since an id may also be a name.
func (s *Service) Remove(ctx context.Context, doc entity.Doc) error {
	if !Material(doc.Entity) {
		return nil
	}
	if err := s.cfg.Store.Write(ctx, func(tx store.Tx) error { return tx.Files().Delete(ctx, doc.Entity, doc.ID) }); err != nil {
		return err
	}
	key, err := s.inProject(doc.Project, specPath(doc))
	if err != nil {
		return nil //nolint:nilerr // files elsewhere are not ours to delete
	}
	o := &owned{s: s, doc: doc, root: doc.Project + "/" + doc.Entity + "/", others: map[string]bool{doc.ID: false}}
	rest, ok := strings.CutPrefix(strings.TrimSuffix(key, "/"), o.root)
	if !ok || !slices.Contains(strings.Split(rest, "/"), doc.ID) {
		return nil
	}
	if !strings.HasSuffix(key, "/") {
		if err := o.remove(ctx, key); err != nil {
			return err
		}
		key += "/"
	}
	prefix := s.cfg.Gate.BlobKey("")
	for after := ""; ; {
		page, err := s.cfg.Blobs.List(ctx, prefix+key, after, 1000)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, x := range page {
			if err := o.remove(ctx, strings.TrimPrefix(x.Key, prefix)); err != nil {
				return err
			}
		}
		after = page[len(page)-1].Key
	}
}

// owned tells an entity's objects from those of others.
type owned struct {
	s      *Service
	doc    entity.Doc
	root   string          // {project}/{type}/
	others map[string]bool // names of folders: are they ids of other entities?
}

// remove deletes an object unless one of its folders is named by the id of another entity of the type.
func (o *owned) remove(ctx context.Context, key string) error {
	folders := strings.Split(strings.TrimPrefix(key, o.root), "/")
	for _, name := range folders[:len(folders)-1] {
		other, known := o.others[name]
		if !known {
			err := o.s.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
				other, err = tx.Entities().Exists(ctx, o.doc.Entity, name)
				return err
			})
			if err != nil {
				return err
			}
			o.others[name] = other
		}
		if other {
			return nil
		}
	}
	return o.s.cfg.Blobs.Delete(ctx, o.s.cfg.Gate.BlobKey(key))
}
