// Package runtimetest is the conformance suite of runtimes: each sentence of the comments in package runtime
// is a check by name. A runtime's tests call Run with examples of its specs and requests.
package runtimetest

import (
	"context"
	"encoding/json"
	"testing"

	"dhub/engine"
	"dhub/runtime"
)

// Suite is a runtime and examples of what it is asked.
type Suite struct {
	New      func() runtime.Runtime
	Specs    []Spec            // valid specs of each kind that the runtime owns
	Same     [][2]Spec         // pairs that mean the same: an alias and its canonical form, a default and nothing
	Invalid  []Invalid         // specs that it refuses
	Requests []runtime.Request // requests that it plans; give settings where there is a prober
	Ended    []engine.Status   // ends of attempts of the first request, for a finisher
	// Input names an input of the first request; a plan must follow the entity that it was resolved to.
	Input string
}

// Spec is one spec of a kind.
type Spec struct {
	Kind string
	Text string
}

// Invalid is a spec that is refused with an error that names the field at Pointer.
type Invalid struct {
	Spec
	Pointer string
}

// Check is one sentence of the contract.
type Check struct {
	Name string
	Test func(ctx context.Context, s Suite) error
}

// Run runs every check as a subtest.
func Run(t *testing.T, s Suite) {
	t.Helper()
	for _, c := range Checks() {
		t.Run(c.Name, func(t *testing.T) {
			if err := c.Test(t.Context(), s); err != nil {
				t.Error(err)
			}
		})
	}
}

// Checks lists the contract in the order of package runtime's comments.
func Checks() []Check {
	return []Check{
		{"all its types are JSON data", jsonData},
		{"Describe is constant while loaded", describeConstant},
		{"Describe names kinds and actions that exist", describeComplete},
		{"Normalise fills defaults: what clients add does not move the hash", defaultsAddNothing},
		{"Normalise folds aliases", aliasesFold},
		{"Normalise validates one spec and names the field", invalidNamed},
		{"Normalise is pure", normalisePure},
		{"Normalise is idempotent", normaliseIdempotent},
		{"Normalise gives up when its context ends", normaliseContext},
		{"Plan is pure: same request, same plan", planPure},
		{"Plan leaves its request alone", planLeavesRequest},
		{"Plan follows the resolved inputs", planFollowsInputs},
		{"Plan has exactly one of Runnable and Graph", planOne},
		{"Plan carries the attempt's identity", planIdentity},
		{"Plan holds no value of the settings' secrets: only names travel", planSecretsByName},
		{"Probe answers JSON that Plan reads, and the same when asked again", probeAgain},
		{"Finish may be called twice", finishTwice},
	}
}

func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "not JSON: " + err.Error()
	}
	return string(b)
}
