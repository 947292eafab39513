package run

import (
	"context"

	"dhub/entity"
	"dhub/internal/store"
)

// Fired tells of the runs that a trigger fired.
type Fired struct {
	Total    int64  `json:"total"`
	Exact    bool   `json:"exact" doc:"False when there are more than total."`
	Last     *Brief `json:"last,omitempty"`
	Failures int    `json:"failures" doc:"How many of the newest ones failed in a row; at most 10 are looked at."`
}

// Fired tells of the runs that triggers fired, by their keys.
func (m *Manager) Fired(ctx context.Context, project string, keys []string) (map[string]Fired, error) {
	out := map[string]Fired{}
	err := m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		for _, key := range keys {
			page, err := tx.Runs().List(ctx, store.Query{Project: project, Relation: key, Size: 10}, false)
			if err != nil {
				return err
			}
			list, err := briefs(page.Items)
			if err != nil {
				return err
			}
			f := Fired{Total: page.Total, Exact: page.Exact}
			ended := false
			for i, b := range list {
				if i == 0 {
					f.Last = &list[0]
				}
				if b.State == entity.StateError && !ended {
					f.Failures++
				} else if entity.FinalRun(b.State, false) {
					ended = true
				}
			}
			out[key] = f
		}
		return nil
	})
	return out, err
}
