package app

import (
	"context"
	"encoding/json"
	"net/http"

	"dhub/entity"
	"dhub/internal/artifact"
	"dhub/internal/httpapi"
	"dhub/internal/run"
	"dhub/internal/store"
)

// The types below fit the use cases to the small interfaces that the wire declares.

type runs struct{ *run.Manager }

func (r runs) Update(ctx context.Context, w entity.Write, c httpapi.Caller) (entity.Doc, error) {
	return r.Manager.Update(ctx, w, run.Caller{AttemptUID: c.UID, Attempt: c.Attempt})
}

type runLogs struct{ *run.Manager }

func (r runLogs) Logs(ctx context.Context, project, id string) ([]httpapi.LogInfo, error) {
	views, err := r.Manager.Logs(ctx, project, id)
	list := make([]httpapi.LogInfo, len(views))
	for i, v := range views {
		list[i] = httpapi.LogInfo(v)
	}
	return list, err
}

type tokens struct{ *run.Manager }

func (t tokens) VerifyToken(ctx context.Context, token string) (httpapi.Identity, error) {
	id, err := t.Manager.VerifyToken(ctx, token)
	return httpapi.Identity{User: id.User, Project: id.Project, UID: id.RunUID, Attempt: id.Attempt}, err
}

type metrics struct{ *server }

func (m metrics) Metrics(ctx context.Context, typ, project, id string) (map[string]json.RawMessage, error) {
	if typ == entity.Run {
		return m.runs.Metrics(ctx, project, id)
	}
	return m.catalog.Metrics(ctx, typ, project, id)
}

func (m metrics) PutMetric(ctx context.Context, typ, project, id, name string, value json.RawMessage) error {
	if typ == entity.Run {
		return m.runs.PutMetric(ctx, project, id, name, value)
	}
	return m.catalog.PutMetric(ctx, typ, project, id, name, value)
}

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

type fileDeleter struct{ *artifact.Service }

func (f fileDeleter) DeleteFiles(ctx context.Context, d entity.Doc) error { return f.Remove(ctx, d) }

// plainPage stands where the console will be.
func plainPage(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("dhub is running. This build has no console.\n\n" +
		"  API      /api/v1\n  OpenAPI  /openapi.json\n  command  dhub get runs\n"))
}

// checkReady says why requests should not be sent here yet.
func (s *server) checkReady(context.Context) error {
	if !s.ready.Load() {
		return entity.Errorf(entity.CodeUnavailable, "the server is starting")
	}
	return nil
}
