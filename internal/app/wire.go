package app

import (
	"context"
	"encoding/json"

	"dhub/entity"
	"dhub/internal/artifact"
	"dhub/internal/catalog"
	"dhub/internal/store"
	"dhub/internal/trigger"
)

// answers remembers what was answered to requests that carry an Idempotency-Key.
type answers struct{ store.Store }

func (a answers) Answer(ctx context.Context, key string) (hash, answer []byte, err error) {
	err = a.Read(ctx, func(tx store.Tx) error {
		hash, answer, err = tx.Idempotency().Get(ctx, key)
		return err
	})
	return hash, answer, err
}

func (a answers) Remember(ctx context.Context, key string, hash, answer []byte) error {
	return a.Write(ctx, func(tx store.Tx) error { return tx.Idempotency().Put(ctx, key, hash, answer) })
}

// modelMetrics are the catalogue's metrics of models.
type modelMetrics struct{ *catalog.Catalog }

func (m modelMetrics) Metrics(ctx context.Context, project, id string) (map[string]json.RawMessage, error) {
	return m.Catalog.Metrics(ctx, entity.Model, project, id)
}

func (m modelMetrics) PutMetric(ctx context.Context, project, id, name string, value json.RawMessage) error {
	return m.Catalog.PutMetric(ctx, entity.Model, project, id, name, value)
}

// fileDeleter lets the catalogue's cascade remove stored bytes.
type fileDeleter struct{ *artifact.Service }

func (f fileDeleter) DeleteFiles(ctx context.Context, d entity.Doc) error { return f.Remove(ctx, d) }

// prepareRun checks a run that a trigger makes.
func (s *server) prepareRun(ctx context.Context, w entity.Write) (trigger.Draft, error) {
	d, err := s.runs.Prepare(ctx, w)
	if err != nil {
		return nil, err // not a nil *run.Draft inside the interface
	}
	return d, nil
}

func (s *server) stopRun(ctx context.Context, project, id, user string) error {
	_, err := s.runs.Act(ctx, project, id, "stop", user)
	return err
}

// get reads an entity of any type.
func (s *server) get(ctx context.Context, typ, project, id string) (entity.Doc, error) {
	if typ == entity.Run {
		return s.runs.Get(ctx, project, id)
	}
	return s.catalog.Get(ctx, typ, project, id)
}

// checkReady says why requests should not be sent here yet.
func (s *server) checkReady(context.Context) error {
	if !s.ready.Load() {
		return entity.Errorf(entity.CodeUnavailable, "the server is starting")
	}
	return nil
}
