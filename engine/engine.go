// Package engine executes one attempt of a run; it never retries and knows no functions.
package engine

import (
	"context"
	"encoding/json"
	"io/fs"
	"net"
	"time"

	"dhub/entity"
)

// Engine: every method may be called by any goroutine, after any crash, more than once.
// Errors carry an entity code: invalid and unimplemented end the attempt, unavailable is
// retried with the state kept; any other leaves the outcome unknown and the call is repeated.
type Engine interface {
	Describe() Descriptor
	Check(ctx context.Context) error
	// Admit says, without side effects and before the run is stored, what it would refuse or not honour.
	// A notice names a field of the spec plainly ("replicas") or by a JSON pointer into it ("/volumes/0").
	Admit(ctx context.Context, r Runnable) ([]Notice, error)
	// Start is idempotent per r.ID: it returns the live, finished or new attempt of that ID,
	// and conflict when the ID was stopped or removed (a tombstone outlives Remove). An engine that forgets
	// tombstones after some age answers conflict to what was claimed before the newest it forgot.
	Start(ctx context.Context, r Runnable, values Values) (Handle, error)
	// Observe reports the present status at once, then each change, Gen rising; nil after a final one.
	// Cancelling ctx ends the observation only. Same path for new, adopted and finished attempts.
	Observe(ctx context.Context, h Handle, f func(Status) error) error
	// Logs delivers all bytes after the cursor, in order per container, also after the end and
	// until Remove; nil when no more can come. The caller stores chunk and cursor in one transaction.
	// The marks of a chunk tell when its bytes were written, the first of them at its first byte; their times
	// never run backwards within a container, and what was written later has no earlier one.
	Logs(ctx context.Context, h Handle, after Cursor, f func(Chunk) error) error
	// Stop asks and returns; by ID, since an attempt whose handle was lost must be stoppable.
	Stop(ctx context.Context, id ID, grace time.Duration) error
	// Remove frees everything and leaves the tombstone; called after logs and report are stored.
	Remove(ctx context.Context, id ID) error
	// List yields each attempt this installation owns here: the source for orphans and restored backups.
	List(ctx context.Context, f func(Handle) error) error
}

// Optional, sought through As[T].
type (
	Scaler interface { // stop and resume of services, scale to and from zero
		Scale(ctx context.Context, h Handle, replicas int) error
	}
	Warmer interface { // does ahead, where it can, what the first Start would wait for
		Warm(ctx context.Context) error
	}
	Provider interface { // writes an asset ahead whose files the caller holds; attempts make it where that fails
		Provide(key string, content fs.FS) error
	}
	Sampler interface { // what an attempt used over time, oldest first, at most MaxSamples; kept until Remove
		Samples(ctx context.Context, h Handle) ([]Sample, error)
	}
	Dialer interface { // the service proxy; the server may have no route to the pod network
		Dial(ctx context.Context, h Handle, port string) (net.Conn, error)
	}
)

// ID names one attempt; object names, run directory, token and log ids derive from UID and Attempt.
type ID struct {
	Run     string `json:"run"` // the client's id: for names and labels only, never a path component
	UID     string `json:"uid"` // made by the server, never reused, even if a client posts the same id again
	Attempt int    `json:"attempt"`
}

// Handle is stored with the attempt before it is observed.
type Handle struct {
	ID      ID              `json:"id"`
	Version int             `json:"version"`
	Engine  string          `json:"engine"`
	Host    string          `json:"host,omitempty"` // set by host-bound engines: only that host may act on it
	Data    json.RawMessage `json:"data,omitempty"`
}

type Kind string

const (
	Job     Kind = "job"
	Service Kind = "service"
	Build   Kind = "build"
)

type Descriptor struct {
	Name          string          `json:"name"`
	Host          string          `json:"host,omitempty"` // empty: any replica holding the lease may drive it
	Kinds         []Kind          `json:"kinds"`
	Capabilities  map[string]bool `json:"capabilities"` // "image", "node_selector", "gpu", "memory_limit", "template" …
	MaxConcurrent int             `json:"max_concurrent"`
}

// Runnable is data: no secret value, no function; stored, hashed and printed as JSON.
type Runnable struct {
	ID        ID                         `json:"id"`
	Project   string                     `json:"project"`
	User      string                     `json:"user"`
	Kind      Kind                       `json:"kind"`
	Claimed   time.Time                  `json:"claimed,omitzero"` // when the caller stored its intent to start it; zero: unsaid
	Labels    map[string]string          `json:"labels,omitempty"`
	Assets    []Asset                    `json:"assets,omitempty"` // shared, content-addressed: environments, checkouts, models
	Files     []File                     `json:"files,omitempty"`
	Init      []Process                  `json:"init,omitempty"` // in order, same workspace, output in the log
	Main      Process                    `json:"main"`
	Template  *Template                  `json:"template,omitempty"` // Main may be forked from this warm process
	Secrets   []SecretRef                `json:"secrets,omitempty"`
	Mounts    []Mount                    `json:"mounts,omitempty"`
	Ports     []Port                     `json:"ports,omitempty"`
	Replicas  int                        `json:"replicas,omitempty"`
	Resources map[string]Quantity        `json:"resources,omitempty"`
	Timeout   time.Duration              `json:"timeout,omitempty"`
	Grace     time.Duration              `json:"grace,omitempty"`
	Options   map[string]json.RawMessage `json:"options,omitempty"` // by engine name: affinity, tolerations, custom resources
}

type (
	Process struct {
		Image, Dir    string            `json:",omitempty"`
		Command, Args []string          `json:",omitempty"`
		Env           map[string]string `json:",omitempty"`
	}
	// Asset is a shared folder. Make runs at most once per Key and host, under a lock, in a fresh folder
	// renamed on success; its output is in the log of every attempt that waits for it. A process names the
	// fresh folder as {asset}, and any process of the runnable the finished one as {asset:KEY}.
	// Path, where given, is where the attempt's workspace links to it.
	Asset struct {
		Key, Path string
		Files     []File // written before Make
		Make      []Process
	}
	File struct {
		Path, Blob, Text string
		Mode             uint32
	}
	Template struct {
		Key     string
		Main    Process
		Preload []string
	}
	SecretRef struct{ Name, Env, Path string }
	Mount     struct {
		Name, Path, Type string
		Spec             map[string]string
	}
	Port struct {
		Name         string
		Port, Target int
		Probe        string
	}
	Quantity struct{ Request, Limit string }
	Values   map[string]string // secret values and the attempt's token; never stored, logged or put in argv
	Notice   = entity.Notice
	Cursor   string // opaque: a file offset, or timestamp plus count of lines seen at it
	Chunk    struct {
		Container string
		Data      []byte
		Marks     []Mark
		Next      Cursor
		Lost      int64 // bytes known to be gone before Data
	}
	// Mark says when the bytes of a chunk from Offset up to the next mark were written; a zero Time: unknown,
	// as bytes before any mark are.
	Mark struct {
		Offset int // in Data
		Time   time.Time
	}
)

type Phase string

const (
	Accepted  Phase = "accepted"  // known to the engine, nothing started
	Preparing Phase = "preparing" // assets are being made
	Waiting   Phase = "waiting"   // for a node, an image, a volume
	Running   Phase = "running"
	Succeeded Phase = "succeeded"
	Failed    Phase = "failed"
	Stopped   Phase = "stopped"
	Lost      Phase = "lost" // the engine can no longer know what became of it
)

// Final tells whether an attempt in p never changes again.
func (p Phase) Final() bool {
	return p == Succeeded || p == Failed || p == Stopped || p == Lost
}

// Status is the whole truth each time (level-triggered); a lower Gen than the last stored is dropped.
type Status struct {
	Gen       int64              `json:"gen"`
	Phase     Phase              `json:"phase"`
	Reason    Notice             `json:"reason"` // Code from entity.Reasons
	Ready     int                `json:"ready"`
	Exit      *Exit              `json:"exit,omitempty"`
	Started   time.Time          `json:"started,omitzero"`
	Finished  time.Time          `json:"finished,omitzero"`
	Instances []Instance         `json:"instances,omitempty"`
	Endpoints []string           `json:"endpoints,omitempty"`
	Usage     map[string]float64 `json:"usage,omitempty"`
	Report    json.RawMessage    `json:"report,omitempty"` // what the process left at $DHUB_REPORT (a pod: termination message)
	Native    json.RawMessage    `json:"native,omitempty"`
}

type (
	Exit struct {
		Code   int  `json:"code"`
		Signal int  `json:"signal,omitempty"`
		OOM    bool `json:"oom,omitempty"`
	}
	Instance struct {
		Name     string `json:"name"`
		Node     string `json:"node,omitempty"`
		State    string `json:"state"`
		Restarts int    `json:"restarts,omitempty"`
	}
)

// As finds an optional interface on an engine or on what it decorates.
func As[T any](e Engine) (T, bool) {
	for e != nil {
		if t, ok := e.(T); ok {
			return t, true
		}
		u, ok := e.(interface{ Unwrap() Engine })
		if !ok {
			break
		}
		e = u.Unwrap()
	}
	var zero T
	return zero, false
}
