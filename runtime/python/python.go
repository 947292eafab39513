// Package python is the runtime of Python functions: it chooses an interpreter of the host, describes the
// environment that the function's requirements need, and plans the process that calls the handler.
package python

import (
	"encoding/json"
	"sync"

	"dhub/engine"
	"dhub/entity"
	"dhub/runtime"
)

// Kind is the function kind that this runtime owns.
const Kind = "python"

// Job is the action that calls the handler once.
const Job = "job"

// Runtime implements the python kind.
type Runtime struct{ host host }

var (
	_ runtime.Runtime       = (*Runtime)(nil)
	_ runtime.Prober        = (*Runtime)(nil)
	_ runtime.Provider      = (*Runtime)(nil)
	_ runtime.Finisher      = (*Runtime)(nil)
	_ runtime.Explainer     = (*Runtime)(nil)
	_ runtime.SourceChecker = (*Runtime)(nil)
	_ runtime.HostChecker   = (*Runtime)(nil)
)

// New returns the runtime; it looks at the host only when it is probed.
func New() *Runtime { return &Runtime{host: thisHost()} }

var described = sync.OnceValue(func() runtime.Descriptor {
	return runtime.Descriptor{
		Name: "python",
		Kinds: []runtime.Kind{{
			Entity: entity.Function, Kind: Kind,
			Title:  map[string]string{"en": "Python function", "it": "Funzione Python"},
			Files:  []string{".py"},
			Schema: functionSchema(), UI: json.RawMessage(functionUI),
		}},
		Actions: []runtime.Action{{Name: Job, Title: map[string]string{"en": "Job", "it": "Lavoro"}, Engine: engine.Job, Task: taskSchema(), Run: runSchema()}},
	}
})

// Describe implements runtime.Runtime.
func (*Runtime) Describe() runtime.Descriptor { return described() }
