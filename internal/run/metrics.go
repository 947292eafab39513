package run

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"dhub/entity"
	"dhub/internal/store"
)

// Metrics are the named numbers of a run: those in its status win over stored ones.
func (m *Manager) Metrics(ctx context.Context, project, id string) (map[string]json.RawMessage, error) {
	out := map[string]json.RawMessage{}
	err := m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		r, err := get(ctx, tx, project, id)
		if err != nil {
			return err
		}
		stored, err := tx.Metrics().All(ctx, entity.Run, r.ID)
		if err != nil {
			return err
		}
		for name, value := range stored {
			out[name] = value
		}
		status, err := entity.ParseObject(r.Status)
		if err != nil {
			return err
		}
		metrics, err := entity.ParseObject(status.Get("metrics"))
		for _, f := range metrics {
			out[f.Name] = f.Value
		}
		return err
	})
	return out, err
}

// LastMetrics are the last values of the metrics of runs that a list answered with, in its order, read together.
func (m *Manager) LastMetrics(ctx context.Context, list []entity.Doc) ([]entity.Object, error) {
	ids := make([]string, len(list))
	for i, d := range list {
		ids[i] = d.ID
	}
	var stored map[string]map[string][]byte
	err := m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
		stored, err = tx.Metrics().Last(ctx, entity.Run, ids)
		return err
	})
	if err != nil {
		return nil, err
	}
	out := make([]entity.Object, len(list))
	for i, d := range list {
		for _, name := range slices.Sorted(maps.Keys(stored[d.ID])) {
			out[i].Set(name, stored[d.ID][name])
		}
		status, err := entity.ParseObject(d.Status)
		if err != nil {
			return nil, err
		}
		metrics, err := entity.ParseObject(status.Get("metrics"))
		if err != nil {
			return nil, err
		}
		for _, f := range metrics {
			if last, _ := entity.LastNumber(f.Value); last != nil && entity.CheckMetric(f.Value) == nil {
				out[i].Set(f.Name, last)
			}
		}
	}
	return out, nil
}

// PutMetric stores one named number or series of a run.
func (m *Manager) PutMetric(ctx context.Context, project, id, name string, value json.RawMessage) error {
	if name == "" {
		return entity.Invalid("name", "required", "the metric has no name")
	}
	if err := entity.CheckMetric(value); err != nil {
		return err
	}
	return m.cfg.Store.Write(ctx, func(tx store.Tx) error {
		r, err := get(ctx, tx, project, id)
		if err != nil {
			return err
		}
		if err := tx.Metrics().Put(ctx, entity.Run, r.ID, name, value); err != nil {
			return fmt.Errorf("store the metric %s: %w", name, err)
		}
		_, err = m.update(ctx, tx, r, func(r *store.Run, _ *control) error {
			status, err := entity.ParseObject(r.Status)
			if err != nil {
				return err
			}
			metrics, err := entity.ParseObject(status.Get("metrics"))
			if err != nil || metrics.Get(name) == nil {
				return err
			}
			status, metrics = status.Clone(), metrics.Clone()
			metrics.Set(name, value) // the newest counts, whichever way it came
			status.Set("metrics", metrics.JSON())
			r.Status = status.JSON()
			return nil
		})
		return err
	})
}
