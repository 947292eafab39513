package httpapi

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"time"

	"dhub/entity"
	"dhub/internal/artifact"
	"dhub/internal/catalog"
	"dhub/internal/event"
	"dhub/internal/run"
	"dhub/internal/secret"
	"dhub/internal/store"
	"dhub/internal/trigger"
)

// APILevel is the level that serves published clients from 0.13 to 0.16 at once.
const APILevel = 16

// DefaultMaxBody is the largest body of a request unless configured.
const DefaultMaxBody = 64 << 20

// Config holds what the wire needs. Catalog and Runs are required; a part that is nil answers that it is
// not available.
type Config struct {
	Catalog  Catalog
	Runs     Runs
	Logs     RunLogs
	Tokens   Tokens
	Files    Files
	Secrets  Secrets
	Triggers Triggers
	Events   Events
	Answers  Answers

	RunMetrics, ModelMetrics Metrics

	// Credentials issues short-lived credentials of the file store to a caller.
	Credentials func(ctx context.Context, who Identity) (Credentials, error)
	// Ready says why requests should not be sent here yet; nil means ready.
	Ready func(ctx context.Context) error
	// Endpoint is the public base address without a trailing slash.
	Endpoint func() string
	// Public holds further members of /.well-known/configuration: store, profiles and the like.
	Public func() map[string]any
	// Activity is called at the beginning and, with -1, at the end of each request, streams included.
	Activity func(delta int)

	Name    string // of the installation
	Version string // of the server
	Level   int    // API level, APILevel unless set

	// Hosts are the names, without port, that a Host header may carry; empty accepts all. Loopback is the
	// right list for a server that listens on the loopback interface.
	Hosts []string
	// Origins may call the API from a browser besides the server's own origin.
	Origins []string

	Mounts  []Mount
	Logger  *slog.Logger
	Now     func() time.Time
	MaxBody int64
}

// Loopback lists the host names under which a server on the loopback interface may be addressed.
func Loopback() []string { return []string{"localhost", "127.0.0.1", "::1"} }

// Mount is a handler that lives beside the API. One with Raw takes its whole path tree before the mux,
// which would clean doubled slashes; any other is a GET pattern of the mux.
type Mount struct {
	Path    string // "/s3" when raw, else a pattern such as "/console/" or "/{$}"
	Raw     bool
	Handler http.Handler
	Summary string
}

// Identity is who calls.
type Identity struct {
	User    string
	Project string // set when the caller may touch this project alone
	Run     string // id of the run whose attempt calls, "" for people
	UID     string // its UID
	Attempt int
}

// Anonymous is everybody while no login is configured.
const Anonymous = "anonymous"

// Credentials of the file store.
type Credentials struct {
	AccessKey, SecretKey, SessionToken string
	Endpoint, Region, Bucket           string
	Expires                            time.Time
}

// Catalog is every kind of entity but run and log. An empty project stands for the base API.
type Catalog interface {
	Create(ctx context.Context, w entity.Write) (entity.Doc, error)
	Get(ctx context.Context, typ, project, id string) (entity.Doc, error)
	Update(ctx context.Context, w entity.Write) (entity.Doc, error)
	Delete(ctx context.Context, typ, project, id string, cascade bool) error
	DeleteByName(ctx context.Context, typ, project, name string, cascade bool) error
	List(ctx context.Context, q store.Query) (store.Page[entity.Doc], error)
	ProjectView(ctx context.Context, id string) (entity.Doc, error)
	Relationships(ctx context.Context, typ, project, id string) ([]entity.Relation, error)
	Labels(ctx context.Context, project, prefix string, use bool, page, size int) (store.Page[catalog.Label], error)
	Relabel(ctx context.Context, project, from, to, user string) (catalog.LabelUse, error)
	LocalSchemas(typ, runtime, lang string) ([]catalog.Schema, error)
	Offers() []catalog.Offer
	PlanDelete(ctx context.Context, typ, project, id, name string, cascade bool) (catalog.DeletePlan, error)
	Templates(typ, lang string) []catalog.Template
	Summary(ctx context.Context, project string) (catalog.Summary, error)
	Lineage(ctx context.Context, project, key string, depth int, direction catalog.Direction) (catalog.Lineage, error)
	ProjectLineage(ctx context.Context, project string) (catalog.Lineage, error)
	Search(ctx context.Context, q catalog.SearchQuery) (catalog.Found, error)
	ListSaved(ctx context.Context, class, user, project string) ([]catalog.Saved, error)
	GetSaved(ctx context.Context, class, user, project, id string) (catalog.Saved, error)
	PutSaved(ctx context.Context, class, user, project string, s catalog.Saved) (catalog.Saved, error)
	DeleteSaved(ctx context.Context, class, user, project, id string) error
	VersionCounts(ctx context.Context, typ, project string, names []string) (map[string]int64, error)
	VersionNumbers(ctx context.Context, typ, project string, ids []string) (map[string]int64, error)
}

// Runs is the run manager.
type Runs interface {
	Create(ctx context.Context, w entity.Write) (entity.Doc, error)
	Get(ctx context.Context, project, id string) (entity.Doc, error)
	List(ctx context.Context, q store.Query) (store.Page[entity.Doc], error)
	Update(ctx context.Context, w entity.Write, caller run.Caller) (entity.Doc, error)
	Act(ctx context.Context, project, id, action, user string) (entity.Doc, error)
	Delete(ctx context.Context, project, id string) (entity.Doc, error)
	// Wait answers when the run's state changes, when it is final, when it is newer than afterSeq (0: as it
	// is now), or after d.
	Wait(ctx context.Context, project, id string, afterSeq int64, d time.Duration) (entity.Doc, error)
	Heartbeat(ctx context.Context, project, id string) error
	EngineOffers() []run.EngineOffer
	Profiles() run.Profiles
	Fired(ctx context.Context, project string, keys []string) (map[string]run.Fired, error)
	Bulk(ctx context.Context, project string, b run.Bulk) ([]run.BulkResult, error)
	// ListLight is List without specs but for what they refer to.
	ListLight(ctx context.Context, q store.Query) (store.Page[entity.Doc], error)
	// LastMetrics are the last values of the metrics of listed runs, in their order.
	LastMetrics(ctx context.Context, list []entity.Doc) ([]entity.Object, error)
	Recent(ctx context.Context, typ, project string, names []string, n int) (map[string]run.Recent, error)
	ProjectRuns(ctx context.Context, projects []string, since time.Duration) (map[string]run.ProjectRuns, error)
	Count(ctx context.Context, q store.Query, buckets int) (run.Counts, error)
	Overview(ctx context.Context, project string, since time.Duration, buckets int) (run.Overview, error)
}

// RunLogs reads and writes the logs of runs, and reads what was measured beside them.
type RunLogs interface {
	Logs(ctx context.Context, project, id string) ([]run.LogView, error)
	// ReadLog calls f for the pieces from offset; with follow it returns when no more can come. lost is the
	// number of bytes known to be gone before a piece.
	ReadLog(ctx context.Context, project, id string, attempt int, container string, offset int64, follow bool, f func(run.LogPiece) error) error
	AppendLog(ctx context.Context, project, id string, offset int64, data []byte) error
	// Usage is what an attempt used over time; attempt 0 is the latest, one that the run does not have is not found.
	Usage(ctx context.Context, project, id string, attempt int) (run.Usage, error)
}

// Tokens verifies the bearers of attempts.
type Tokens interface {
	VerifyToken(ctx context.Context, token string) (run.AttemptIdentity, error) // unauthenticated when it is not valid
}

// Metrics keeps named numbers or series of models or of runs.
type Metrics interface {
	Metrics(ctx context.Context, project, id string) (map[string]json.RawMessage, error)
	PutMetric(ctx context.Context, project, id, name string, value json.RawMessage) error
}

// Files is the files behind artifacts, data items and models.
type Files interface {
	Info(ctx context.Context, typ, project, id string) ([]json.RawMessage, error)
	PutInfo(ctx context.Context, typ, project, id string, list json.RawMessage) error
	Download(ctx context.Context, typ, project, id, sub string) (artifact.Place, error)
	Upload(ctx context.Context, typ, project, id, filename, name string) (artifact.Place, error)
	StartParts(ctx context.Context, typ, project, id, filename, name string) (artifact.Place, error)
	Part(ctx context.Context, typ, project, id, path, uploadID string, number int) (artifact.Place, error)
	Preview(ctx context.Context, typ, project, id, sub string, rows int) (artifact.FilePreview, error)
	CompleteParts(ctx context.Context, typ, project, id, path, uploadID string, etags []string) (artifact.Place, error)
}

// Secrets keeps values.
type Secrets interface {
	Put(ctx context.Context, project string, values map[string]string) error // invalid when a name has no secret
	Get(ctx context.Context, project string, names []string) (map[string]string, error)
	Reveal(ctx context.Context, project, id, user string, now time.Time) (name, value string, err error)
	Usage(ctx context.Context, project, id string) (secret.Usage, error)
}

// Triggers starts and stops triggers, which are kept in the catalogue.
type Triggers interface {
	Act(ctx context.Context, project, id, action, user string) (entity.Doc, error)
	Fires(ctx context.Context, project string, n int) ([]trigger.Fire, error)
	NextOf(ctx context.Context, project string) (map[string]string, error)
	Upcoming(ctx context.Context, owner string, n int) ([]time.Time, error)
	Explain(expression, zone, lang string, n int) (trigger.Explanation, error)
	Matches(ctx context.Context, project, key string, n int) (trigger.Matches, error)
}

// Events hands out the change feed.
type Events interface {
	Subscribe(ctx context.Context, after int64, match func(event.Change) bool) (*event.Subscription, error)
	Head() int64
}

// Answers remembers answers to POSTs that carried an Idempotency-Key.
type Answers interface {
	Answer(ctx context.Context, key string) (hash, answer []byte, err error) // not_found
	Remember(ctx context.Context, key string, hash, answer []byte) error
}

// API serves the wire.
type API struct {
	cfg    Config
	routes []route
	early  *http.ServeMux // patterns that overlap with those of mux and go first
	mux    *http.ServeMux
	doc    document
	busy   inflight
	stall  time.Duration // how long a client may take no byte of a stream

	closing context.Context // ends when streams and waits should
	close   context.CancelFunc
}

// New builds the handler of everything that the server answers.
func New(cfg Config) *API {
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.MaxBody <= 0 {
		cfg.MaxBody = DefaultMaxBody
	}
	if cfg.Level == 0 {
		cfg.Level = APILevel
	}
	if cfg.Endpoint == nil {
		cfg.Endpoint = func() string { return "" }
	}
	if cfg.Version == "" {
		cfg.Version = "0.0.0"
	}
	a := &API{cfg: cfg, early: http.NewServeMux(), mux: http.NewServeMux(), stall: stalledAfter}
	a.closing, a.close = context.WithCancel(context.Background())
	a.routes = a.table()
	for i := range a.routes {
		r := &a.routes[i]
		mux := a.mux
		if r.early {
			mux = a.early
		}
		mux.Handle(r.method+" "+r.path, a.serve(r))
	}
	for _, m := range cfg.Mounts {
		if !m.Raw {
			a.mux.Handle("GET "+m.Path, m.Handler)
		}
	}
	return a
}

// table joins the routes of all resources.
func (a *API) table() []route {
	var list []route
	for _, part := range [][]route{
		a.rootRoutes(), a.projectRoutes(), a.entityRoutes(), a.taskRoutes(), a.runRoutes(), a.logRoutes(), a.usageRoutes(),
		a.metricRoutes(), a.fileRoutes(), a.secretRoutes(), a.triggerRoutes(), a.schemaRoutes(), a.eventRoutes(),
		a.consoleRoutes(), a.summaryRoutes(), a.lineageRoutes(), a.searchRoutes(), a.profileRoutes(), a.bulkRoutes(), a.labelRoutes(), a.scheduleRoutes(), a.templateRoutes(), a.previewRoutes(), a.savedRoutes(),
	} {
		list = append(list, part...)
	}
	return list
}

// Close ends all streams and waiting answers, so that the HTTP server can drain.
func (a *API) Close() { a.close() }
