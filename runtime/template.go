package runtime

import "encoding/json"

// Templater is optional: functions and workflows that a runtime offers to begin with. They are data, in the
// binary, and need no network.
type Templater interface {
	Templates() []Template
}

// Template is a specification to begin with and what to do with it first.
type Template struct {
	ID           string            // unique within its kind
	Entity, Kind string            // function or workflow
	Titles       map[string]string // by language
	Descriptions map[string]string
	Labels       []string
	Spec         json.RawMessage // of the entity
	Readme       string          // Markdown
	Action       string          // of the first run
	Run          json.RawMessage // members of the first run's spec, such as parameters
	Schedule     string          // cron expression, where a trigger belongs to it
}
