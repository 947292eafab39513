package run

import (
	"context"
	"log/slog"
	goruntime "runtime"
	"sync"
	"time"

	"dhub/engine"
	"dhub/entity"
	"dhub/internal/blob"
	"dhub/internal/store"
	"dhub/runtime"
)

// Catalog is what the manager needs of the catalogue of entities.
type Catalog interface {
	// EnsureTask returns the task of an executable and kind, made when there is none (D6).
	EnsureTask(ctx context.Context, project, taskKind, ref, user string) (entity.Doc, error)
	Get(ctx context.Context, entityType, project, id string) (entity.Doc, error)
}

// Secrets gives the values of a project's secrets and seals what an attempt was given.
type Secrets interface {
	// Values returns the values of those names that exist.
	Values(ctx context.Context, project string, names []string) (map[string]string, error)
	Seal(plain, aad []byte) ([]byte, error)
	Open(sealed, aad []byte) ([]byte, error)
}

// Scheduler keeps the schedules of runs that are a schedule's handle (D8).
type Scheduler interface {
	// Check says what is wrong with an expression, naming the field at pointer, before anything is stored.
	Check(pointer, expression string) error
	// PutRun and DeleteRun work in the caller's transaction: no I/O, no waiting.
	PutRun(ctx context.Context, tx store.Tx, r store.Run, expression string) error
	DeleteRun(ctx context.Context, tx store.Tx, r store.Run) error
	// Upcoming lists the next n ticks of an owner such as "run/<uid>"; none when it has no schedule.
	Upcoming(ctx context.Context, owner string, n int) ([]time.Time, error)
}

// Config of a Manager. Store, Runtimes and Engines are required; the rest has defaults or may be absent.
type Config struct {
	Store    store.Store
	Runtimes *runtime.Registry
	Engines  *engine.Set
	Secrets  Secrets
	Blobs    blob.Store // long logs
	Catalog  Catalog

	Scheduler Scheduler // may be set later by SetScheduler, before Start
	Now       func() time.Time
	NewID     func() string // of everything; the default differs for what only the server sees
	Logger    *slog.Logger

	// MaxRuns bounds the attempts of one engine that exist at once: negative means the number of
	// processors or what the engine declares, 0 that nothing starts.
	MaxRuns       int
	DefaultEngine string // "": the first of Engines
	Profiles      Profiles
	Holder        string // names this process in the driver's lease; "": after the host, else random
	Sole          bool   // no other server shares the store: attempts bound to another host are lost, and ended
	ProbeDir      string // where runtimes remember what they found on this host
	Grace         time.Duration
	SilentNotice  time.Duration // a client-driven run unheard of for so long gets a notice; 2 min unless set
	ClientTTL     time.Duration // … and ends so; 24 h unless set

	// Trace, when set, hears of the beginning and end of the steps below: tests that kill the server learn
	// from it where a kill landed.
	Trace func(begin bool, step, uid string)

	Endpoint func() string
	// Env is what every job of a run sees besides the platform's own variables.
	Env func(ctx context.Context, r store.Run) map[string]string
	// Credentials are short-lived keys to the file store: "dhub:s3_key", "dhub:s3_secret", "dhub:s3_token".
	Credentials func(ctx context.Context, project, user string, ttl time.Duration) (map[string]string, error)
}

// Manager is the one that changes runs. Make it with New.
type Manager struct {
	cfg    Config
	log    *slog.Logger
	limits map[string]int // by engine name
	newUID func(time.Time) string

	queueKick chan struct{}
	dueKick   chan struct{}
	waiters   waiters
	beats     beats
	probes    probes
	tails     tails
	parts     partsCache

	mu      sync.Mutex
	live    map[string]*live // by run id: what a goroutine of this process works on
	running map[string]int   // by engine name
	nextDue time.Time        // earliest known wish to be woken
	started bool
	fence   int64
	ctx     context.Context // ends supervision, never a run
	cancel  context.CancelFunc
	wg      sync.WaitGroup
	since   time.Time
}

// Steps that Trace names.
const (
	StepStart       = "start"       // from the intent to the stored handle
	StepEnvironment = "environment" // while the engine prepares assets
	StepStop        = "stop"        // from asking the engine to the attempt's end
	StepLogs        = "logs"        // from the final status to the freed attempt
)

func (m *Manager) trace(begin bool, step, uid string) {
	if m.cfg.Trace != nil {
		m.cfg.Trace(begin, step, uid)
	}
}

// New makes a manager that answers and accepts at once and drives nothing before Start.
func New(cfg Config) (*Manager, error) {
	if cfg.Store == nil || cfg.Runtimes == nil || cfg.Engines == nil {
		return nil, entity.Errorf(entity.CodeInternal, "run: store, runtimes and engines are required")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	newUID := orderedID
	if cfg.NewID != nil {
		newUID = func(time.Time) string { return cfg.NewID() }
	} else {
		cfg.NewID = newID
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Endpoint == nil {
		cfg.Endpoint = func() string { return "" }
	}
	if cfg.Holder == "" {
		cfg.Holder = holder(cfg)
	}
	if cfg.DefaultEngine == "" && len(cfg.Engines.Names()) > 0 {
		cfg.DefaultEngine = cfg.Engines.Names()[0]
	}
	if cfg.Grace == 0 {
		cfg.Grace = 10 * time.Second
	}
	if cfg.SilentNotice == 0 {
		cfg.SilentNotice = 2 * time.Minute
	}
	if cfg.ClientTTL == 0 {
		cfg.ClientTTL = 24 * time.Hour
	}
	m := &Manager{cfg: cfg, newUID: newUID, log: cfg.Logger, limits: map[string]int{}, live: map[string]*live{}, running: map[string]int{},
		queueKick: make(chan struct{}, 1), dueKick: make(chan struct{}, 1), since: cfg.Now()}
	m.waiters.init()
	for _, e := range cfg.Engines.All() {
		d := e.Describe()
		limit := cfg.MaxRuns
		if limit < 0 {
			if limit = d.MaxConcurrent; limit <= 0 {
				limit = goruntime.GOMAXPROCS(0)
			}
		}
		m.limits[d.Name] = limit
	}
	return m, nil
}

// holder names this process in the lease: after the place of a host-bound engine, which one process at a
// time has locked, so that the next process there need not wait for the lease of one that was killed.
func holder(cfg Config) string {
	if host := cfg.Engines.Host(); host != "" {
		return "host " + host
	}
	return cfg.NewID()
}

// now is the wall clock as it is stored.
func (m *Manager) now() time.Time { return m.cfg.Now().UTC().Truncate(time.Microsecond) }

// SetScheduler gives the manager who keeps schedules; call it before Start and before the first Create.
func (m *Manager) SetScheduler(s Scheduler) { m.cfg.Scheduler = s }

// Start begins to drive runs: it takes the lease, recovers what an earlier process left, and serves the
// queue. It returns at once; another process that holds the lease is waited for in the background.
func (m *Manager) Start(ctx context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.started {
		return nil
	}
	m.started, m.since = true, m.cfg.Now()
	m.ctx, m.cancel = context.WithCancel(context.WithoutCancel(ctx))
	m.wg.Go(func() { m.follow(m.ctx) })
	m.wg.Go(func() { m.drive(m.ctx) })
	m.wg.Go(func() { m.probe(m.ctx) })
	return nil
}

// Stop detaches: it ends the supervision of runs, and the runs go on. What comes next is another Start, in
// this process or in a later one.
func (m *Manager) Stop(ctx context.Context) error {
	m.mu.Lock()
	if !m.started {
		m.mu.Unlock()
		return nil
	}
	m.cancel()
	m.mu.Unlock()
	done := make(chan struct{})
	go func() { m.wg.Wait(); close(done) }()
	select {
	case <-done:
	case <-ctx.Done():
		return ctx.Err()
	}
	m.mu.Lock()
	m.started = false
	m.mu.Unlock()
	return m.cfg.Store.Write(ctx, func(tx store.Tx) error { return tx.Leases().Release(ctx, DriverLease, m.cfg.Holder) })
}

// drive holds the lease and serves the queue until ctx ends.
func (m *Manager) drive(ctx context.Context) {
	for ctx.Err() == nil {
		fence, err := m.acquire(ctx)
		if err != nil {
			if entity.CodeOf(err) != entity.CodeConflict {
				m.log.ErrorContext(ctx, "taking the driver's lease", "error", err)
			}
			pause(ctx, leaseRenewal/2)
			continue
		}
		m.mu.Lock()
		m.fence = fence
		m.mu.Unlock()
		term, end := context.WithCancel(ctx)
		var wg sync.WaitGroup
		wg.Go(func() { defer end(); m.renew(term) })
		wg.Go(func() { m.recover(term) })
		wg.Go(func() { m.serveQueue(term) })
		wg.Go(func() { m.serveDue(term) })
		wg.Go(func() { m.heed(term) })
		wg.Wait()
		m.mu.Lock()
		m.fence = 0
		m.mu.Unlock()
		m.release(term)
	}
}

// release waits for the goroutines of one term of driving.
func (m *Manager) release(context.Context) {
	for {
		m.mu.Lock()
		var any *live
		for _, l := range m.live {
			any = l
			break
		}
		m.mu.Unlock()
		if any == nil {
			return
		}
		any.cancel()
		<-any.done
	}
}

// write is a write of the driver: the lease's fence is checked in the same transaction.
func (m *Manager) write(ctx context.Context, f func(store.Tx) error) error {
	m.mu.Lock()
	fence := m.fence
	m.mu.Unlock()
	return m.cfg.Store.Write(ctx, func(tx store.Tx) error {
		if err := tx.Leases().Check(ctx, DriverLease, fence); err != nil {
			return err
		}
		return f(tx)
	})
}

// kick wakes a loop; a kick that is pending already counts for both.
func kick(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// pause waits for d or the end of ctx.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
