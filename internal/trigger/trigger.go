// Package trigger starts runs by themselves: at the ticks of a schedule, or when an entity enters a state.
//
//	            run                fire                stop
//	CREATED ──────────→ RUNNING ──────────→ RUNNING ──────────→ STOPPED
//	(at once, in the        ↑ run                                  │ run
//	 same transaction)      └──────────── ERROR ←─── a firing that cannot work
//
// A schedule belongs to a trigger of the kind scheduler, or to a run that was posted with a schedule: such a
// run is the schedule's handle and executes nothing itself. Each firing is an ordinary run whose id derives
// from its owner and tick, stored in one transaction with the step to the next tick: no tick fires twice,
// whatever ends the process and however the clock is set.
package trigger

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// Kinds of triggers.
const (
	Scheduler = "scheduler"
	Lifecycle = "lifecycle"
)

// Draft is a checked run that is not stored yet, as internal/run prepares it.
type Draft interface {
	Insert(ctx context.Context, tx store.Tx) error
	Stored()
}

// Config is what a Manager needs. Store, Prepare, StopRun and Get are required.
type Config struct {
	Store store.Store
	// Prepare checks a run without storing it.
	Prepare func(ctx context.Context, w entity.Write) (Draft, error)
	// StopRun asks a run to stop.
	StopRun func(ctx context.Context, project, id, user string) error
	// Get reads an entity of any type, runs included.
	Get func(ctx context.Context, entityType, project, id string) (entity.Doc, error)

	Now     func() time.Time
	Logger  *slog.Logger
	Zone    string        // whose clock schedules without a time zone follow, "" for UTC
	Late    time.Duration // how late a tick may be before it counts as missed, default 1 min
	Retry   time.Duration // pause after an error of the store or an engine, default 5 s
	Depth   int           // how many runs back the loop guard looks, default 10
	Recheck time.Duration // longest sleep, so that a clock that was set is noticed, default 1 min
}

// Manager fires triggers while it is started.
type Manager struct {
	cfg Config
	log *slog.Logger

	// freshUntil is until when (Unix nanoseconds) a commit may have brought a new schedule.
	freshUntil atomic.Int64

	mu     sync.Mutex
	cancel context.CancelFunc
	done   sync.WaitGroup
}

// New makes a manager that does nothing before Start.
func New(cfg Config) *Manager {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Late <= 0 {
		cfg.Late = time.Minute
	}
	if cfg.Retry <= 0 {
		cfg.Retry = 5 * time.Second
	}
	if cfg.Depth <= 0 {
		cfg.Depth = 10
	}
	if cfg.Recheck <= 0 {
		cfg.Recheck = time.Minute
	}
	return &Manager{cfg: cfg, log: cfg.Logger}
}

// Start begins to fire. Further calls do nothing until Stop.
func (m *Manager) Start(ctx context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.cancel != nil {
		return nil
	}
	f := &follower{m: m}
	if err := f.begin(ctx); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	m.cancel = cancel
	m.done.Go(func() { m.follow(ctx) })
	m.done.Go(func() { f.follow(ctx) })
	return nil
}

// Stop ends firing and waits until what was begun is stored.
func (m *Manager) Stop(ctx context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.cancel == nil {
		return nil
	}
	m.cancel()
	ended := make(chan struct{})
	go func() { m.done.Wait(); close(ended) }()
	select {
	case <-ended:
		m.cancel = nil
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// fresh notes that a transaction under way changes schedules: the commits that follow are looked at.
func (m *Manager) fresh() { m.freshUntil.Store(time.Now().Add(5 * time.Second).UnixNano()) }

func (m *Manager) isFresh() bool { return time.Now().UnixNano() < m.freshUntil.Load() }

// spec is the spec of a trigger.
type spec struct {
	options
	Key      string          `json:"key"`
	States   []string        `json:"states"`
	Task     string          `json:"task"`
	Function string          `json:"function"`
	Workflow string          `json:"workflow"`
	Template json.RawMessage `json:"template"`
}

// setState changes the state of a stored trigger in the caller's transaction.
func (m *Manager) setState(ctx context.Context, tx store.Tx, id string, state entity.State, message, user string) (store.Record, error) {
	return tx.Entities().Update(ctx, entity.Trigger, id, func(r store.Record) (store.Record, error) {
		o, err := entity.ParseObject(r.Status)
		if err != nil {
			return r, err
		}
		o = o.Clone()
		o.SetText("state", string(state))
		if o.Delete("message"); message != "" {
			o.SetText("message", message)
		}
		r.Status, r.State = o.JSON(), string(state)
		r.Updated = m.cfg.Now().UTC().Truncate(time.Microsecond)
		if user != "" {
			r.UpdatedBy = user
		}
		return r, nil
	})
}

// fail ends a trigger whose firing cannot work until somebody mends it.
func (m *Manager) fail(ctx context.Context, id string, cause error) error {
	return m.cfg.Store.Write(ctx, func(tx store.Tx) error {
		r, err := tx.Entities().Get(ctx, entity.Trigger, id)
		if entity.IsNotFound(err) {
			return nil
		}
		if err != nil || r.State != string(entity.StateRunning) {
			return err
		}
		if err := tx.Schedules().Delete(ctx, ownerOf(id)); err != nil {
			return err
		}
		_, err = m.setState(ctx, tx, id, entity.StateError, "The trigger could not start a run: "+cause.Error(), "")
		return err
	})
}

// hopeless tells an error that the next try would meet again from one that may pass.
func hopeless(err error) bool {
	switch entity.CodeOf(err) {
	case entity.CodeInvalid, entity.CodeNotFound, entity.CodeConflict, entity.CodeForbidden, entity.CodeUnimplemented:
		return true
	case entity.CodeUnavailable, entity.CodeUnauthenticated, entity.CodeInternal:
	}
	return false
}

// duplicate tells whether a run with this id is stored already.
func duplicate(err error) bool {
	e, ok := asError(err)
	return ok && len(e.Fields) == 1 && e.Fields[0].Rule == "duplicate"
}

// ownerOf names the schedule of a trigger; ownerOfRun that of a handle.
func ownerOf(triggerID string) string { return "trigger/" + triggerID }
func ownerOfRun(uid string) string    { return "run/" + uid }
