package entity

import "encoding/json"

// Write is one create or update as it came from a client.
type Write struct {
	Entity  string // type, such as function
	Project string // of the path; "" on the base API, where the body names it
	ID      string // of the path; "" on create
	NewID   string // on create: the id where the body names none, "" for a fresh one
	Body    []byte // the wire's JSON
	User    string // who asks
	Strict  bool   // an unknown spec field is an error instead of a notice
	DryRun  bool   // check everything, store nothing
	Stopped bool   // on create of a trigger: it fires nothing until it is switched on
	IfMatch int64  // Seq the stored entity must have; 0: any

	Trigger json.RawMessage // status.trigger of a run that a trigger makes; never from a client
}
