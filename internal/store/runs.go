package store

import (
	"context"
	"time"

	"dhub/entity"
)

// Run is one row of runs. Spec is the run's own part; FunctionSpec and TaskSpec are the immutable parts it
// was built from, stored once by content. Lists leave the three specs nil unless Full.
type Run struct {
	entity.Doc // Metadata as the client keeps it; Status: the client's part (outputs, results, metrics, …)
	UID        string
	Function   string // refs
	Workflow   string
	Task       string

	FunctionSpec, TaskSpec []byte

	State     entity.State
	Desired   Desired
	Local     bool      // its client executes it
	Engine    string    // chosen engine, "" while undecided
	Resume    bool      // STOPPED is not final
	Attempt   int       // number of the current attempt, 0 before the first
	Finished  time.Time // when its durations end, by which lists sort; zero while it has not ended
	Wake      time.Time // when the driver should look again (retry, schedule, heartbeat limit); zero: no wish
	Control   []byte    // JSON of package run: reason, transitions, notices, limits, trigger
	Labels    []string
	Relations []entity.Relation
}

// Desired is what was last asked of a run.
type Desired string

const (
	WantRun    Desired = "run"
	WantStop   Desired = "stop"
	WantDelete Desired = "delete"
)

// Runs holds runs. Every write adds its Change.
type Runs interface {
	Create(ctx context.Context, r Run) (Run, error) // entity.Duplicate on a taken id
	Get(ctx context.Context, id string) (Run, error)
	GetByUID(ctx context.Context, uid string) (Run, error)
	Update(ctx context.Context, id string, f func(Run) (Run, error)) (Run, error)
	Delete(ctx context.Context, id string) error // with its attempts, logs, metrics, relations
	List(ctx context.Context, q Query, full bool) (Page[Run], error)
	// Queued lists runs in READY that want to run and wait for no Wake, oldest first, without specs.
	Queued(ctx context.Context, engine string, limit int) ([]Run, error)
	// Active lists runs that are neither final nor merely queued and are not their client's, oldest first,
	// after the given Seq of creation: what recovery observes. Includes stops and deletes under way.
	Active(ctx context.Context, limit int) ([]Run, error)
	// Due lists runs whose Wake has come, earliest first.
	Due(ctx context.Context, now time.Time, limit int) ([]Run, error)
	// CountStates counts the runs of a project by state ("" counts all projects).
	CountStates(ctx context.Context, project string) (map[entity.State]int64, error)
	// CountExecuting counts runs of an engine in PENDING, RUNNING and STOP.
	CountExecuting(ctx context.Context, engine string) (int, error)
}

// Attempt is one execution of a run by an engine.
type Attempt struct {
	RunUID    string
	RunID     string
	Number    int
	Engine    string
	Host      string
	Handle    []byte // JSON of engine.Handle; nil until Start answered
	Runnable  []byte // JSON of engine.Runnable
	Status    []byte // JSON of the last engine.Status
	Gen       int64
	Sealed    []byte // sealed values (token, secrets) used for masking
	TokenHash []byte
	Started   time.Time
	Finished  time.Time
	Phase     string
	Cleared   bool // logs and report stored, engine.Remove called
}

// Attempts holds the attempts of runs.
type Attempts interface {
	Create(ctx context.Context, a Attempt) error
	Get(ctx context.Context, uid string, number int) (Attempt, error)
	Update(ctx context.Context, uid string, number int, f func(Attempt) (Attempt, error)) error
	List(ctx context.Context, uid string) ([]Attempt, error) // by number, rising
	Uncleared(ctx context.Context, engine, host string, limit int) ([]Attempt, error)
	ByToken(ctx context.Context, hash []byte) (Attempt, error)
	// PutSamples keeps what an attempt used over time in the place of what there was. It goes with the run.
	PutSamples(ctx context.Context, uid string, number int, samples []byte) error
	// Samples returns it, nil when there is none.
	Samples(ctx context.Context, uid string, number int) ([]byte, error)
}
