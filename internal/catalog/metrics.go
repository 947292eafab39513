package catalog

import (
	"context"
	"encoding/json"

	"dhub/entity"
	"dhub/internal/store"
)

// Metrics are the named numbers and series of a model. Those of runs belong to package run.
func (c *Catalog) Metrics(ctx context.Context, entityType, project, id string) (map[string]json.RawMessage, error) {
	out := map[string]json.RawMessage{}
	err := c.store.Read(ctx, func(tx store.Tx) error {
		r, err := get(ctx, tx, entityType, project, id)
		if err != nil {
			return err
		}
		all, err := tx.Metrics().All(ctx, entityType, r.ID)
		for name, value := range all {
			out[name] = value
		}
		return err
	})
	return out, err
}

// PutMetric replaces one metric of a model; value is a number or an array of numbers.
func (c *Catalog) PutMetric(ctx context.Context, entityType, project, id, name string, value json.RawMessage) error {
	if entityType != entity.Model {
		return entity.Errorf(entity.CodeInvalid, "A %s has no metrics; models and runs have.", entityType)
	}
	if name == "" || len(name) > entity.MaxName {
		return entity.Invalid("name", "size", "The name of a metric has 1 to %d characters.", entity.MaxName)
	}
	if err := entity.CheckMetric(value); err != nil {
		return err
	}
	return c.store.Write(ctx, func(tx store.Tx) error {
		r, err := get(ctx, tx, entityType, project, id)
		if err != nil {
			return err
		}
		return tx.Metrics().Put(ctx, entityType, r.ID, name, value)
	})
}
