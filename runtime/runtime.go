// Package runtime translates specifications; all its types are JSON data, so that a
// folder of templates or a process on stdio can be a Runtime too.
package runtime

import (
	"context"
	"encoding/json"
	"io/fs"

	"dhub/engine"
	"dhub/entity"
)

type Runtime interface {
	Describe() Descriptor // constant while loaded; a Registry is an immutable value, swapped to add one
	// Normalise fills defaults, folds aliases (env, nested resources) and validates one spec. Pure and
	// idempotent: the hash of its result is the version's identity (D4), so clients' defaults must not move it.
	Normalise(ctx context.Context, kind string, spec json.RawMessage) (json.RawMessage, error)
	// Plan is pure: same request, same plan. Inputs come resolved.
	Plan(ctx context.Context, r Request) (Plan, error)
}

// Prober is optional: what this host offers to the runtime (interpreters, tools), asked once per host and
// handed to Plan as Request.Settings. It may run processes; dir is a folder for what it wants to remember.
type Prober interface {
	Probe(ctx context.Context, dir string) (json.RawMessage, error)
}

// Provider is optional: folders that lie in this binary and that every plan of the runtime names as assets,
// by their keys. An engine may write them ahead; plans say how to make them where it does not.
type Provider interface {
	Provides() map[string]fs.FS
}

// SourceChecker is optional: what the text of a source alone says about a handler. The command line asks it
// before anything is made. It refuses only what certainly does not work; what execution alone can tell passes.
type SourceChecker interface {
	CheckHandler(source []byte, handler string) error
}

// HostChecker is optional, beside Prober: what this host lacks for the runtime's runs, in words for the operator
// who starts a server; "" when nothing is missing.
type HostChecker interface {
	Lacks(settings json.RawMessage) string
}

// Finisher turns the report into outputs. Called in the transaction's preparation, perhaps twice.
type Finisher interface {
	Finish(ctx context.Context, r Request, s engine.Status) (Outcome, error)
}

type Descriptor struct {
	Name    string
	Kinds   []Kind // one runtime may own several (vllmserve-*, flower-*)
	Actions []Action
}

type (
	Kind struct {
		Entity, Kind string
		Title        map[string]string // by language: "en", "it"
		Files        []string          // suffixes it takes, ".py": the CLI learns the kind from a file's name
		Schema, UI   json.RawMessage
	}
	Action struct {
		Name      string
		Title     map[string]string // by language
		Engine    engine.Kind
		Task, Run json.RawMessage // schemas
		Needs     []string        // engine capabilities
		Resumable bool            // STOPPED is not final for its runs
	}
	Request struct {
		Function, Task, Run entity.Doc
		Inputs              map[string]entity.Doc
		Capabilities        map[string]bool
		Settings            json.RawMessage // of the Prober, nil without one
		Attempt             engine.ID
	}
	// Plan has exactly one of Runnable and Graph; a Graph's steps are ordinary runs that dhub makes.
	Plan struct {
		Runnable *engine.Runnable
		Graph    *Graph
		Notices  []engine.Notice
	}
	Graph struct{ Steps []Step }
	Step  struct {
		Name, Function, Action string
		After                  []string
		Spec                   json.RawMessage // may name outputs of earlier steps
	}
	Outcome struct {
		Outputs  map[string]string
		Results  map[string]json.RawMessage
		Versions []entity.Doc // new versions, such as a function with its built image; same transaction as the end state
	}
)
