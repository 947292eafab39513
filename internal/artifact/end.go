package artifact

import (
	"context"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// Sweep puts entities into ERROR that have been UPLOADING for longer than an upload may take, and says how
// many there were. Clients of some versions leave them so when an upload fails.
func (s *Service) Sweep(ctx context.Context) (int, error) {
	now := s.cfg.Now().UTC()
	limit := now.Add(-s.cfg.Abandon)
	n := 0
	for _, typ := range Types {
		for {
			var page store.Page[store.Record]
			if err := s.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
				page, err = tx.Entities().List(ctx, store.Query{Entity: typ, State: string(entity.StateUploading), UpdTo: limit, Size: 100})
				return err
			}); err != nil {
				return n, err
			}
			for _, r := range page.Items {
				done, err := s.abandon(ctx, typ, r.ID, limit, now)
				if err != nil {
					return n, err
				}
				n += done
			}
			if len(page.Items) < 100 {
				break
			}
		}
	}
	return n, nil
}

// abandon ends one upload unless it moved meanwhile.
func (s *Service) abandon(ctx context.Context, typ, id string, limit, now time.Time) (n int, err error) {
	err = s.cfg.Store.Write(ctx, func(tx store.Tx) error {
		n = 0
		_, err := tx.Entities().Update(ctx, typ, id, func(r store.Record) (store.Record, error) {
			if r.State != string(entity.StateUploading) || r.Updated.After(limit) {
				return r, errMoved
			}
			o, err := entity.ParseObject(r.Status)
			if err != nil {
				return r, err
			}
			o = o.Clone()
			o.SetText("state", string(entity.StateError))
			o.SetText("message", "The upload was abandoned: nothing was heard of it for more than "+s.cfg.Abandon.String()+". Upload the files again.")
			r.Status, r.State, r.Updated = o.JSON(), string(entity.StateError), now
			n = 1
			return r, nil
		})
		return err
	})
	if err == errMoved || entity.IsNotFound(err) {
		return 0, nil
	}
	return n, err
}

var errMoved = entity.Errorf(entity.CodeConflict, "the entity changed meanwhile")
