// Package store keeps intent: what was asked for, what became of it, and the feed of changes.
//
// Reads see one snapshot. Writes are grouped: Write may run its function in one commit with other
// callers' and may run it twice, so the function does no I/O, does not wait and keeps nothing of Tx.
// Two implementations, sqlite and postgres, share one SQL text and one suite (storetest).
package store

import (
	"context"
	"time"

	"dhub/entity"
)

// Store is the one durable place of a dhub installation.
type Store interface {
	Read(ctx context.Context, f func(Tx) error) error
	// Write commits f's changes or none of them: its error undoes f alone, not its neighbours in the
	// group. On return the commit is on disk.
	Write(ctx context.Context, f func(Tx) error) error
	// Changes lists settled changes with Seq > after, rising and without holes, at most max.
	// A reader further behind than the feed was trimmed gets code not_found and starts anew from Head.
	Changes(ctx context.Context, after int64, max int) ([]Change, error)
	// Head is the Seq of the newest settled change.
	Head(ctx context.Context) (int64, error)
	// Stamp lets a caller keep what it read of functions, workflows and tasks: between two equal known stamps
	// no such entity was created, changed or deleted. It is not known while one is being committed, nor where
	// other processes write too.
	Stamp() (stamp int64, known bool)
	// Wake returns a channel that receives after commits, coalesced; stop releases it.
	Wake() (wake <-chan struct{}, stop func())
	// Describe names the product, its version and place, without credentials.
	Describe() string
	Close() error
}

// Tx is a bundle of small interfaces; every write through Entities and Runs adds its Change.
type Tx interface {
	Entities() Entities
	Runs() Runs
	Attempts() Attempts
	Logs() Logs
	Files() Files
	Metrics() Metrics
	Graph() Graph
	Values() Values
	Schedules() Schedules
	Leases() Leases
	Idempotency() Idempotency
	Settings() Settings
	Stats() Stats
	Saved() Saved
}

// Change is one row of the feed. Seq is the SSE event id.
type Change struct {
	Seq                       int64
	Project, Entity, ID, Verb string // verb: create, update, delete
	Kind, Name, State         string
	Was                       string // the state before an update; "" in what an older schema wrote
	At                        time.Time
}

// Record is an entity with what the store indexes of it; the use case fills the index from the documents.
type Record struct {
	entity.Doc
	State                    string   // status.state
	Labels                   []string // metadata.labels
	Function, Workflow, Task string   // refs in the spec of tasks and triggers
	SpecHash                 string   // of the runtime's normalised spec (D4); "" where it has no meaning
	Embedded                 bool
	Relations                []entity.Relation
	Version                  int64 // counts the versions of a name from 1; set by the store at creation
}

// Entities holds every kind of entity but runs and logs.
type Entities interface {
	// Create adds a row. A taken id is entity.Duplicate, and so are a taken project or secret name and a
	// second task of the same function or workflow and kind.
	Create(ctx context.Context, r Record) (Record, error)
	// Get reads by id; projects have their name as id.
	Get(ctx context.Context, entity, id string) (Record, error)
	// Exists tells whether Get would find something, at less cost.
	Exists(ctx context.Context, entity, id string) (bool, error)
	// Latest is the newest version of a name by (created, seq).
	Latest(ctx context.Context, entity, project, name string) (Record, error)
	// Update applies f to the stored record; f's error undoes it. ID, Name, Kind, Project, Created never change.
	Update(ctx context.Context, entity, id string, f func(Record) (Record, error)) (Record, error)
	Delete(ctx context.Context, entity, id string) error
	List(ctx context.Context, q Query) (Page[Record], error)
	// Labels lists the labels used in a project that begin with prefix, sorted.
	Labels(ctx context.Context, project, prefix string, page, size int) (Page[string], error)
}

// Query selects a page of entities or runs. Zero fields do not filter; all others are ANDed.
type Query struct {
	Entity, Project                            string
	Text                                       string // substring of id or name without case; on runs also of function and workflow refs
	Name, NameLike                             string // equality; substring without case
	Kind, User, State                          string
	Function, Workflow, Task                   string // equality with a full ref
	FunctionLike, WorkflowLike, TaskLike       string // substring
	CreatedFrom, CreatedTo, UpdatedFrom, UpdTo time.Time
	IDs, Labels                                []string
	States                                     []string // any of them
	FunctionName, WorkflowName                 string   // of every version of this name
	Relation                                   string   // runs: a relation of the run names this key
	Latest                                     bool     // newest version of each name, reduced before the other filters
	Sort                                       []Sort
	Page, Size                                 int
	After                                      string // runs: Next of the page before this one; Page is not looked at
}

// Sort is one sort key: id name kind project created updated createdBy updatedBy state embedded function workflow task,
// and of runs duration.
type Sort struct {
	Field string
	Desc  bool
}

// Page is one page of a list. Total is a floor beyond the page if and only if More when it is not Exact.
type Page[T any] struct {
	Items []T
	Total int64
	Exact bool
	More  bool
	Next  string // runs: where the next page begins whatever is created meanwhile, "" when there is none
}

// LogMeta describes one stored log: a container of an attempt. Bytes lie inline or in the file store.
type LogMeta struct {
	RunUID, RunID, Project string
	Attempt                int
	Container              string
	Size                   int64
	Blob                   string // address in the file store, "" when inline
	Cursor                 string // the engine's cursor after the last stored byte
	Closed                 bool   // no more bytes will come
	Created, Updated       time.Time
}

// Logs holds logs by (run, attempt, container).
type Logs interface {
	Put(ctx context.Context, m LogMeta, inline []byte) error
	// Append adds bytes at m.Size-len(data) together with the cursor.
	Append(ctx context.Context, m LogMeta, data []byte) error
	List(ctx context.Context, uid string) ([]LogMeta, error)
	// Read returns at most max inline bytes from offset.
	Read(ctx context.Context, uid string, attempt int, container string, offset int64, max int) ([]byte, error)
	// PutMarks keeps when bytes from an offset on were written, in the place of what was kept from there on; Marks
	// returns what is kept of the bytes from an offset on, which may begin before it. Lists do not read them.
	PutMarks(ctx context.Context, uid string, attempt int, container string, offset int64, marks []byte) error
	Marks(ctx context.Context, uid string, attempt int, container string, offset int64) ([][]byte, error)
	// Delete removes one log and returns its address in the file store; not_found when there is none.
	Delete(ctx context.Context, uid string, attempt int, container string) (blob string, err error)
	DeleteAll(ctx context.Context, uid string) (blobs []string, err error)
}

// Files holds the file lists of artifacts, data items and models: one list per entity, raw JSON array.
type Files interface {
	Put(ctx context.Context, entity, id string, list []byte) error
	Get(ctx context.Context, entity, id string) ([]byte, error) // nil when there is none
	Delete(ctx context.Context, entity, id string) error
}

// Metrics holds named numbers or series of models and runs, raw JSON each.
type Metrics interface {
	Put(ctx context.Context, entity, id, name string, value []byte) error
	All(ctx context.Context, entity, id string) (map[string][]byte, error)
	// Last tells the last number of each metric of many models or runs, by id and name, without reading whole
	// series. What has no metric is absent, and so is an empty series.
	Last(ctx context.Context, entity string, ids []string) (map[string]map[string][]byte, error)
	DeleteAll(ctx context.Context, entity, id string) error
}

// Graph answers which relations touch a key; writes happen through Record.Relations and Run.Relations.
type Graph interface {
	Touching(ctx context.Context, project, key string) ([]entity.Relation, error)
	// Around lists entities and runs of a project with a relation that names the key, at most limit of either,
	// the newest first; more says that there are others. The key's own entity is not among them.
	Around(ctx context.Context, project, key string, limit int) (list []Owner, more bool, err error)
}

// Values holds sealed secret values and other sealed bytes by project and name.
type Values interface {
	Put(ctx context.Context, project, name string, sealed []byte) error
	Get(ctx context.Context, project, name string) ([]byte, error) // not_found
	Delete(ctx context.Context, project, name string) error
	DeleteProject(ctx context.Context, project string) error
	// Each hands over every value, by project and name: for sealing all of them anew.
	Each(ctx context.Context, f func(project, name string, sealed []byte) error) error
}

// Schedule is the next firing of a trigger or of a run that is a schedule's handle.
type Schedule struct {
	Owner   string // "trigger/<id>" or "run/<uid>"
	Project string
	Spec    []byte // JSON of package trigger
	Next    time.Time
	Last    time.Time // tick of the last firing, zero before it
}

// Schedules holds them; a firing and its run are written in one transaction, so no tick fires twice.
type Schedules interface {
	Put(ctx context.Context, s Schedule) error
	Get(ctx context.Context, owner string) (Schedule, error)
	Delete(ctx context.Context, owner string) error
	Due(ctx context.Context, now time.Time, limit int) ([]Schedule, error)
	Next(ctx context.Context) (time.Time, error) // earliest, zero when there is none
	// Upcoming lists the schedules of a project that fire next, earliest first.
	Upcoming(ctx context.Context, project string, limit int) ([]Schedule, error)
	// Offset and SetOffset remember how far a named reader has read the change feed.
	Offset(ctx context.Context, reader string) (int64, error)
	SetOffset(ctx context.Context, reader string, seq int64) error
}

// Leases: Fence rises with each new holder; writes of a driver check it.
type Leases interface {
	Acquire(ctx context.Context, name, holder string, ttl time.Duration) (fence int64, err error)
	Release(ctx context.Context, name, holder string) error
	Check(ctx context.Context, name string, fence int64) error // conflict when another holds it
}

// Idempotency remembers answers to POSTs that carried an Idempotency-Key.
type Idempotency interface {
	Get(ctx context.Context, key string) (hash, answer []byte, err error) // not_found
	Put(ctx context.Context, key string, hash, answer []byte) error
}

// Settings holds facts about the installation as a whole, JSON by name: whose database this is.
type Settings interface {
	Get(ctx context.Context, name string) ([]byte, error) // not_found
	Put(ctx context.Context, name string, value []byte) error
}

// Stats answers what pages of many rows ask, in a number of seeks that does not grow with what is stored.
type Stats interface {
	// CountEntities counts the entities of a type in a project, versions of one name once; it stops counting
	// beyond limit, and exact is false then.
	CountEntities(ctx context.Context, entity, project string, limit int64) (n int64, exact bool, err error)
	// Versions counts the versions of names.
	Versions(ctx context.Context, entity, project string, names []string) (map[string]int64, error)
	// Numbers tells which version of its name an entity is, by id. Unknown ids are absent.
	Numbers(ctx context.Context, entity, project string, ids []string) (map[string]int64, error)
	// LabelUse counts what carries labels of a project, each version and each run; counting a label stops beyond
	// limit. A label that nothing carries is absent.
	LabelUse(ctx context.Context, project string, labels []string, limit int64) (map[string]LabelUse, error)
	// LastRuns tells of the runs of functions or workflows by name: how many there are by state, and the
	// newest n without specs. A name without runs is absent.
	LastRuns(ctx context.Context, entity, project string, names []string, n int) (map[string]LastRuns, error)
	// ProjectRuns tells of the runs of projects by name; of those that failed only runs created since then are
	// counted, in each project at most limit. A project without runs is absent.
	ProjectRuns(ctx context.Context, projects []string, since time.Time, limit int64) (map[string]ProjectRuns, error)
	// Histogram counts the runs that a query selects by time of creation and state, in buckets of equal
	// length between CreatedFrom (the oldest run when zero) and CreatedTo (the clock's time when zero).
	Histogram(ctx context.Context, q Query, buckets int) (Histogram, error)
	// Find lists entities that hold all words in id, name, description or labels, the newest first. Words of three letters
	// and more go through an index; with shorter ones alone the newest entities of each type are looked at.
	Find(ctx context.Context, q FindQuery) ([]Record, error)
}

// LabelUse is what Stats tells of one label.
type LabelUse struct {
	Entities, Runs int64
	Exact          bool // the numbers are no floors
}

// LastRuns is what Stats tells of the runs of one name.
type LastRuns struct {
	States map[entity.State]int64
	Runs   []Run
}

// ProjectRuns is what Stats tells of the runs of one project.
type ProjectRuns struct {
	States map[entity.State]int64
	Failed int64
	Exact  bool      // Failed is not a floor
	Last   time.Time // when one of them was updated last
}

// Histogram counts runs by bucket of time and state.
type Histogram struct {
	From, To time.Time
	Step     time.Duration
	Buckets  []map[entity.State]int64
	Exact    bool // all runs were counted
}

// Owner is an entity or a run with its relations. Run is set for runs, without specs.
type Owner struct {
	Record Record
	Run    *Run
}

// FindQuery is a search over entities. Zero fields do not filter.
type FindQuery struct {
	Project                string
	Words                  []string
	Types, Kinds           []string
	Labels                 []string // all of them
	Name                   string   // equality
	Description            string   // substring without case
	UpdatedFrom, UpdatedTo time.Time
	Latest                 bool // only the newest version of each name
	Limit                  int
}

// SavedItem is something a user keeps for later: parameters of a run, filters of a list. No entity knows it.
type SavedItem struct {
	Class          string // preset or view
	Owner, Project string
	ID, Name       string
	Body           []byte // JSON of the caller
	Created        time.Time
	Updated        time.Time
}

// Saved holds what users keep. It adds no changes to the feed.
type Saved interface {
	// Put adds or replaces; Created of what is there stays.
	Put(ctx context.Context, s SavedItem) (SavedItem, error)
	Get(ctx context.Context, class, owner, project, id string) (SavedItem, error) // not_found
	// List is by name.
	List(ctx context.Context, class, owner, project string) ([]SavedItem, error)
	Delete(ctx context.Context, class, owner, project, id string) error // not_found
	DeleteProject(ctx context.Context, project string) error
}
