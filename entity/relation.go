package entity

// Relation is one entry of metadata.relationships. The type is free text; consumes, produced_by, run_of,
// step_of and part_of are known.
type Relation struct {
	Type   string `json:"type"`
	Source string `json:"source,omitempty"` // the owning entity's key when absent
	Dest   string `json:"dest,omitempty"`
}

// Known relation types.
const (
	Consumes   = "consumes"
	ProducedBy = "produced_by"
	RunOf      = "run_of"
	StepOf     = "step_of"
)
