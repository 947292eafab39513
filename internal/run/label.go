package run

import (
	"context"
	"slices"

	"dhub/entity"
	"dhub/internal/store"
)

// change is what a bulk does to the labels of one run.
func (b Bulk) change(labels []string) []string {
	labels = slices.DeleteFunc(slices.Clone(labels), func(l string) bool { return slices.Contains(b.Remove, l) })
	for _, l := range b.Add {
		if !slices.Contains(labels, l) {
			labels = append(labels, l)
		}
	}
	return labels
}

// Relabel puts the label to in the place of the label from on all runs of a project, or takes from away when
// to is empty. Each run is changed whole; changed says how many were, also when an error ended it. To do it
// again does the rest.
func (m *Manager) Relabel(ctx context.Context, project, from, to, user string) (changed int64, err error) {
	for {
		runs, err := m.selected(ctx, []store.Query{{Project: project, Labels: []string{from}}})
		if err != nil || len(runs) == 0 {
			return changed, err
		}
		for _, r := range runs {
			if err := ctx.Err(); err != nil {
				return changed, err
			}
			err := m.label(ctx, project, r.ID, user, func(labels []string) []string { return entity.Relabel(labels, from, to) })
			if entity.IsNotFound(err) {
				continue // deleted meanwhile
			}
			if err != nil {
				return changed, err
			}
			changed++
		}
	}
}

// label changes the labels of a run. One that has them already stays as it is.
func (m *Manager) label(ctx context.Context, project, id, user string, f func([]string) []string) error {
	return m.cfg.Store.Write(ctx, func(tx store.Tx) error {
		r, err := get(ctx, tx, project, id)
		if err != nil {
			return err
		}
		labels := f(r.Labels)
		if slices.Equal(labels, r.Labels) {
			return nil
		}
		_, err = m.update(ctx, tx, r, func(r *store.Run, _ *control) (err error) {
			r.Labels, r.UpdatedBy = labels, user
			r.Metadata, err = entity.WithLabels(r.Metadata, labels)
			return err
		})
		return err
	})
}
