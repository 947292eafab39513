package cli

import (
	"slices"
	"strings"

	"dhub/entity"
)

// runStates and fileStates are the states that entities are found in, in the order of their lives.
var (
	runStates = []entity.State{entity.StateCreated, entity.StateBuilt, entity.StateReady, entity.StatePending, entity.StateRunning,
		entity.StateStop, entity.StateStopped, entity.StateResume, entity.StateCompleted, entity.StateError, entity.StateDeleting}
	fileStates = []entity.State{entity.StateCreated, entity.StateUploading, entity.StateReady, entity.StateError}
)

// statesOf lists the states of an entity type, nil where none is told apart.
func statesOf(typ string) []entity.State {
	switch {
	case typ == entity.Run:
		return runStates
	case slices.Contains(materials, typ):
		return fileStates
	}
	return nil
}

// stateOf reads a state of an entity type, whatever its case; a name that no such entity ever has is refused
// instead of finding nothing.
func stateOf(typ, word string) (string, error) {
	state := entity.State(strings.ToUpper(word))
	list := statesOf(typ)
	if list == nil && state.Valid() || slices.Contains(list, state) {
		return string(state), nil
	}
	if list == nil {
		return "", entity.Invalid("state", "enum", "%q is no state", word)
	}
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = string(s)
	}
	return "", entity.Invalid("state", "enum", "%s are never in a state %q; they are in one of %s", entity.Plural(typ), word, strings.Join(names, ", "))
}
