package entity

// State is the published state name of an entity. An unknown name breaks published clients, so none
// but these ever reaches the wire; finer truth is a Reason.
type State string

const (
	StateCreated   State = "CREATED"
	StateBuilt     State = "BUILT"
	StateReady     State = "READY"
	StatePending   State = "PENDING"
	StateRunning   State = "RUNNING"
	StateStop      State = "STOP"
	StateStopped   State = "STOPPED"
	StateResume    State = "RESUME"
	StateCompleted State = "COMPLETED"
	StateError     State = "ERROR"
	StateDeleting  State = "DELETING"
	StateDeleted   State = "DELETED"
	StateUploading State = "UPLOADING"
)

var generic = map[State]bool{
	"BUILT": true, "CANCELLED": true, "COMPLETED": true, "CREATED": true, "CREATING": true, "DELETED": true,
	"DELETING": true, "ERROR": true, "FSM_ERROR": true, "IDLE": true, "NONE": true, "ONLINE": true,
	"PENDING": true, "READY": true, "RESUME": true, "RUN_ERROR": true, "RUNNING": true, "STOP": true,
	"STOPPED": true, "SUCCESS": true, "UNKNOWN": true, "UPLOADING": true,
}

// Valid tells whether s is a published state name of any entity.
func (s State) Valid() bool { return generic[s] }

// runNext is the state machine of a run: which states follow which in one step.
//
//	CREATED → BUILT → READY → PENDING → RUNNING → COMPLETED
//	                    └────────┴─────────┴──→ STOP → STOPPED → RESUME → RUNNING
//	any that is not final → ERROR;  any → DELETING → (gone)
var runNext = map[State][]State{
	StateCreated:   {StateBuilt, StateStop, StateStopped, StateError, StateDeleting},
	StateBuilt:     {StateReady, StateStop, StateStopped, StateError, StateDeleting},
	StateReady:     {StatePending, StateRunning, StateStop, StateStopped, StateError, StateDeleting},
	StatePending:   {StatePending, StateRunning, StateReady, StateCompleted, StateStop, StateStopped, StateError, StateDeleting},
	StateRunning:   {StateRunning, StateReady, StateCompleted, StateStop, StateStopped, StateError, StateDeleting},
	StateStop:      {StateStopped, StateError, StateDeleting},
	StateStopped:   {StateResume, StateError, StateDeleting},
	StateResume:    {StateRunning, StateError, StateDeleting},
	StateCompleted: {StateDeleting},
	StateError:     {StateDeleting},
	StateDeleting:  {StateDeleted, StateError},
}

// RunMay tells whether a run may go from one state to another in one step. READY follows PENDING and
// RUNNING only when a retry policy starts another attempt.
func RunMay(from, to State) bool { return has(runNext[from], to) }

var materialNext = map[State][]State{
	StateCreated:   {StateUploading, StateReady, StateError, StateDeleted},
	StateUploading: {StateUploading, StateReady, StateError, StateDeleted},
	StateReady:     {StateReady, StateError, StateDeleted},
	StateError:     {StateUploading, StateReady, StateError, StateDeleted},
}

// MaterialMay tells whether an artifact, data item or model may go from one state to another.
func MaterialMay(from, to State) bool { return has(materialNext[from], to) }

// FinalRun tells whether a run in s never changes by itself again. resumable is the action's.
func FinalRun(s State, resumable bool) bool {
	return s == StateCompleted || s == StateError || s == StateDeleted || s == StateStopped && !resumable
}

func has(list []State, s State) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
