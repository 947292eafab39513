// Package entity is the domain: what dhub keeps, how its parts are named and referred to, which states
// they pass through, which reasons explain a state, and which errors a use case may return.
//
// It imports the standard library only; everything else in the tree points inwards to it.
package entity

import (
	"encoding/json"
	"time"
)

// Types of entities, singular and lower case, as they stand in keys.
const (
	Project  = "project"
	Function = "function"
	Workflow = "workflow"
	Task     = "task"
	Run      = "run"
	Artifact = "artifact"
	DataItem = "dataitem"
	Model    = "model"
	Secret   = "secret"
	Trigger  = "trigger"
	Log      = "log"
)

// Doc is one entity as it lies in the catalogue. Metadata, Spec, Status and Extensions keep the
// client's bytes (1.0 stays 1.0); a nil member is absent.
type Doc struct {
	Entity  string // one of the types above
	ID      string // unique per entity type over all projects
	Name    string
	Kind    string
	Project string
	User    string // who created it

	Metadata   json.RawMessage
	Spec       json.RawMessage
	Status     json.RawMessage
	Extensions json.RawMessage `json:",omitempty"`

	Created   time.Time // UTC, microseconds
	Updated   time.Time
	UpdatedBy string
	Seq       int64 // change sequence of the last write: the entity's ETag
}

// Key returns the entity's key as the wire shows it.
func (d Doc) Key() string {
	switch d.Entity {
	case Project:
		return "store://" + d.Name
	case Task:
		return "store://" + d.Project + "/task/" + d.Kind + "/" + d.ID
	case Secret:
		return "store://" + d.Project + "/secret/" + d.Kind + "/" + d.Name
	case Run:
		return "store://" + d.Project + "/run/" + d.Kind + "/" + d.ID + ":" + d.ID
	case Log:
		return "store://" + d.Project + "/log/log/" + d.ID
	}
	return "store://" + d.Project + "/" + d.Entity + "/" + d.Kind + "/" + d.Name + ":" + d.ID
}

// Ref returns the reference that specs use for an executable or a task, "" for other types.
func (d Doc) Ref() string {
	switch d.Entity {
	case Function, Workflow:
		return d.Kind + "://" + d.Project + "/" + d.Name + ":" + d.ID
	case Task:
		return d.Kind + "://" + d.Project + "/" + d.ID
	}
	return ""
}

// TimeFormat is the only form of a date-time on the wire: UTC, always three fraction digits.
const TimeFormat = "2006-01-02T15:04:05.000Z"

// FormatTime renders t as the wire shows it.
func FormatTime(t time.Time) string { return t.UTC().Format(TimeFormat) }
