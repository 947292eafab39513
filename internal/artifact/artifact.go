// Package artifact is about the files behind artifacts, data items and models: where they lie, the
// addresses by which a browser reads and writes them, the list of them, and their end.
//
// No byte passes through here: clients talk to the object store by presigned URLs or with credentials.
package artifact

import (
	"context"
	"log/slog"
	"time"

	"dhub/entity"
	"dhub/internal/blob"
	"dhub/internal/store"
)

// Catalog reads entities; project "" is the base API.
type Catalog interface {
	Get(ctx context.Context, entityType, project, id string) (entity.Doc, error)
}

// Gate makes the addresses; s3gate.Gate is one.
type Gate interface {
	Key(path string) (key string, ok bool) // of an s3:// path in the server's own store
	BlobKey(key string) string
	DefaultStore() string
	PresignGet(key string, ttl time.Duration) (url string, expires time.Time, err error)
	PresignPut(key string, ttl time.Duration) (url string, expires time.Time, err error)
	PresignPart(key, uploadID string, number int, ttl time.Duration) (url string, expires time.Time, err error)
	StartUpload(ctx context.Context, key string) (uploadID string, err error)
	CompleteUpload(ctx context.Context, key, uploadID string, etags []string) error
}

// Config is what a Service needs; all but the durations, Now and Logger is required.
type Config struct {
	Store    store.Store
	Blobs    blob.Store
	Gate     Gate
	Catalog  Catalog
	Validity time.Duration // of presigned URLs, default 8 h
	Abandon  time.Duration // how long an upload may take, default 24 h
	Now      func() time.Time
	Logger   *slog.Logger
}

// Service answers the calls about files.
type Service struct{ cfg Config }

// New makes a service.
func New(cfg Config) *Service {
	if cfg.Validity <= 0 {
		cfg.Validity = 8 * time.Hour
	}
	if cfg.Abandon <= 0 {
		cfg.Abandon = 24 * time.Hour
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	return &Service{cfg}
}

// Place is where the bytes of a file are read from or written to. Fields that a call does not have are zero.
type Place struct {
	Path       string
	URL        string
	Method     string
	UploadID   string
	PartNumber int
	Expires    time.Time
}

// Material tells whether entities of a type have files.
func Material(entityType string) bool {
	return entityType == entity.Artifact || entityType == entity.DataItem || entityType == entity.Model
}

// Types lists the types that have files.
var Types = []string{entity.Artifact, entity.DataItem, entity.Model}
