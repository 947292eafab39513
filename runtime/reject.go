package runtime

import (
	"dhub/engine"
	"dhub/entity"
)

// Reject is what Plan returns when a request can never be executed as it stands: the run ends in ERROR
// with this reason and nothing is started. It is an entity error of code invalid as well.
type Reject struct{ Reason entity.Reason }

// Rejected makes a Reject of a reason code and a message for people.
func Rejected(code, message string) *Reject {
	return &Reject{Reason: entity.Reason{Code: code, Message: message}}
}

func (r *Reject) Error() string { return r.Reason.Message }

// Unwrap shows the rejection as an entity error.
func (r *Reject) Unwrap() error {
	return &entity.Error{Code: entity.CodeInvalid, Message: r.Reason.Message}
}

// Explainer is optional: a runtime that reads an attempt's report knows better than the exit code why it
// ended. ok is false when it has nothing to add to what the engine said.
type Explainer interface {
	Explain(s engine.Status) (reason entity.Reason, ok bool)
}
