package catalog

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"dhub/entity"
	"dhub/internal/store"
	"dhub/runtime"
)

// Config is what a catalogue needs. Now, NewID and Endpoint have defaults.
type Config struct {
	Store    store.Store
	Runtimes *runtime.Registry
	Now      func() time.Time
	NewID    func() string
	Endpoint func() string // address under which clients reach the server, for metadata.ref
}

// Catalog is the set of use cases. What it knows lies in the store.
type Catalog struct {
	store    store.Store
	runtimes *runtime.Registry
	now      func() time.Time
	newID    func() string
	endpoint func() string

	runs   Runs
	files  FileDeleter
	guards map[string]Guard
	stamps stamps

	localised localised
}

// Runs does to the runs of a project what is done to the project, or to what they belong to.
type Runs interface {
	// DeleteRuns deletes all runs that a query selects, of whatever page; live ones are ended first.
	DeleteRuns(ctx context.Context, q store.Query) error
	// DeleteLiveRuns ends and deletes the runs of a project that have not ended.
	DeleteLiveRuns(ctx context.Context, project string) error
	// Relabel puts another label in the place of one on all runs of a project, and says how many had it.
	Relabel(ctx context.Context, project, from, to, user string) (int64, error)
}

// FileDeleter removes the bytes of an artifact, data item or model.
type FileDeleter interface {
	DeleteFiles(ctx context.Context, d entity.Doc) error
}

// Guard lets another package take part in the writes of one entity type. Both members may be nil.
type Guard struct {
	// Check refuses a document before it is stored; on updates it sees the document as it would be stored.
	Check func(ctx context.Context, d entity.Doc) error
	// Stored runs in the transaction of the write: before is nil at creation, after at deletion. It obeys
	// the rules of store.Write.
	Stored func(ctx context.Context, tx store.Tx, before, after *store.Record) error
}

// New makes a catalogue.
func New(c Config) *Catalog {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.NewID == nil {
		c.NewID = func() string { return strings.ReplaceAll(uuid.NewString(), "-", "") }
	}
	if c.Endpoint == nil {
		c.Endpoint = func() string { return "" }
	}
	if c.Runtimes == nil {
		c.Runtimes = runtime.NewRegistry()
	}
	return &Catalog{store: c.Store, runtimes: c.Runtimes, now: c.Now, newID: c.NewID, endpoint: c.Endpoint, guards: map[string]Guard{}}
}

// SetRuns names who keeps the runs. It belongs to the set-up, before the first request.
func (c *Catalog) SetRuns(r Runs) { c.runs = r }

// SetFiles names who deletes files. It belongs to the set-up, before the first request.
func (c *Catalog) SetFiles(f FileDeleter) { c.files = f }

// Guard adds a guard to an entity type. It belongs to the set-up, before the first request.
func (c *Catalog) Guard(entityType string, g Guard) { c.guards[entityType] = g }

// Write is a request to create or update an entity.
type Write = entity.Write

// Get reads one entity. project "" asks through the base API, where any project will do.
func (c *Catalog) Get(ctx context.Context, entityType, project, id string) (entity.Doc, error) {
	k, err := find(entityType)
	if err != nil {
		return entity.Doc{}, err
	}
	var out entity.Doc
	err = c.store.Read(ctx, func(tx store.Tx) error {
		r, err := get(ctx, tx, entityType, project, id)
		if err != nil {
			return err
		}
		out, err = k.doc(ctx, tx, r)
		return err
	})
	return out, err
}

// Latest reads the newest version of a name.
func (c *Catalog) Latest(ctx context.Context, entityType, project, name string) (entity.Doc, error) {
	k, err := find(entityType)
	if err != nil {
		return entity.Doc{}, err
	}
	var out entity.Doc
	err = c.store.Read(ctx, func(tx store.Tx) error {
		r, err := tx.Entities().Latest(ctx, entityType, project, name)
		if err != nil {
			return err
		}
		out, err = k.doc(ctx, tx, r)
		return err
	})
	return out, err
}

// get reads a record and holds it against the project of the path.
func get(ctx context.Context, tx store.Tx, entityType, project, id string) (store.Record, error) {
	if !entity.ValidSlug(id) {
		return store.Record{}, badSlug("id", id)
	}
	r, err := tx.Entities().Get(ctx, entityType, id)
	if err != nil {
		return store.Record{}, err
	}
	if project != "" && entityType != entity.Project && r.Project != project {
		return store.Record{}, wrongProject(project)
	}
	return r, nil
}

func wrongProject(project string) error {
	return entity.Invalid("/project", "reference", "invalid project: the entity exists, but not in project %q.", project)
}

func badSlug(field, value string) error {
	if len(value) > entity.MaxName {
		return entity.Invalid("/"+field, "size", "The field %s has %d characters; at most %d are allowed.", field, len(value), entity.MaxName)
	}
	return entity.Invalid("/"+field, "pattern", "The field %s holds %q; letters, digits and . _ + - are allowed, and it is neither . nor ...", field, value)
}
