//go:build linux

package keeper

import (
	"encoding/json"
	"time"
)

// Protocol is part of a keeper's name; a change that older keepers do not understand raises it.
const Protocol = 1

// Names inside the root folder.
const (
	AttemptsDir = "attempts" // one folder per attempt; a rename into it is what starts an attempt
	AssetsDir   = "assets"   // finished assets; a name that begins with a dot is being made
	BuildsDir   = "builds"   // locks, logs and temporary folders of builds
	TombsDir    = "tombs"    // one empty file per attempt that was stopped or removed
	Staging     = ".new-"    // prefix of folders that are not committed
)

// Names inside an attempt's folder.
const (
	MetaFile    = "meta.json"    // durable before the attempt is committed
	JournalFile = "journal.json" // the present state
	EndFile     = "end.json"     // the final state; written once
	LogFile     = "log"          // standard output and error, appended
	MarksSuffix = ".marks"       // of the file beside a log that tells when it grew
	ReportFile  = "report.json"
	SamplesFile = "samples" // what it used over time
	ReserveFile = "reserve" // freed to make room for the end on a full disk
	WorkDir     = "work"
	TmpDir      = "tmp"
	HomeDir     = "home"
	assetDir    = "asset-" // files of an asset, as the plan brought them
	buildLog    = "build-" // link to a build's log
)

// Mark is the variable by which the processes of an attempt are known.
const Mark = "DHUB_ATTEMPT"

// Request is one line from a server to a keeper.
type Request struct {
	N     int64         `json:"n"`
	Op    string        `json:"op"` // start, stop, kill, retire
	ID    string        `json:"id,omitempty"`
	Grace time.Duration `json:"grace,omitempty"`
	Plan  *Plan         `json:"plan,omitempty"`
}

// Reply is one line from a keeper to a server: the answer to request N, or with N = 0 an event.
type Reply struct {
	N      int64  `json:"n,omitempty"`
	Code   string `json:"code,omitempty"` // ok, exists, unknown, retired, or error
	Error  string `json:"error,omitempty"`
	Event  string `json:"event,omitempty"` // hello, changed
	ID     string `json:"id,omitempty"`
	Hello  *Hello `json:"hello,omitempty"`
	Detail string `json:"detail,omitempty"`
}

// Hello is the first line on a connection; the lock file of a keeper holds the same.
type Hello struct {
	Name     string `json:"name"`
	Instance string `json:"instance"`
	Boot     string `json:"boot"`
	Pid      int    `json:"pid"`
	Start    uint64 `json:"start"`
	Protocol int    `json:"protocol"`
	Tier     string `json:"tier"`
	Tree     string `json:"tree"`
	V1       string `json:"v1,omitempty"` // where its cgroups are
	V2       string `json:"v2,omitempty"`
}

// Tiers returns the tiers the keeper works with.
func (h Hello) Tiers() Tiers { return Tiers{Memory: h.Tier, Tree: h.Tree, v1: h.V1, v2: h.V2} }

// Plan is all that a keeper needs for an attempt. It holds secret values and is never written down.
type Plan struct {
	Staging string        `json:"staging"` // name of the prepared folder under attempts
	Assets  []Asset       `json:"assets,omitempty"`
	Init    []Step        `json:"init,omitempty"`
	Main    Step          `json:"main"`
	Timeout time.Duration `json:"timeout,omitempty"`
	Grace   time.Duration `json:"grace,omitempty"`
	Memory  int64         `json:"memory,omitempty"`
}

// Step is one process.
type Step struct {
	Argv []string `json:"argv"`
	Env  []string `json:"env"`
	Dir  string   `json:"dir"`
}

// Asset is a shared folder that must exist before the attempt's processes start. {asset} in its steps
// is the fresh folder.
type Asset struct {
	Name string `json:"name"` // of the folder under assets
	Make []Step `json:"make,omitempty"`
}

// Meta says whose an attempt is.
type Meta struct {
	ID       json.RawMessage `json:"id"` // engine.ID
	Boot     string          `json:"boot"`
	Keeper   string          `json:"keeper"`
	Instance string          `json:"instance"`
	Accepted time.Time       `json:"accepted"`
	Memory   int64           `json:"memory,omitempty"`
	Assets   []string        `json:"assets"` // names of the assets it uses; null in what an older version wrote
}

// Record is the state of an attempt, as journal and as end.
type Record struct {
	Gen      int64     `json:"gen"`
	Phase    string    `json:"phase"`
	Code     string    `json:"code"`
	Message  string    `json:"message,omitempty"`
	Pid      int       `json:"pid,omitempty"`
	Start    uint64    `json:"start,omitempty"` // field 22 of /proc/PID/stat
	Started  time.Time `json:"started,omitzero"`
	Finished time.Time `json:"finished,omitzero"`
	Exit     *Exit     `json:"exit,omitempty"`
	CPU      float64   `json:"cpu,omitempty"`
	Peak     int64     `json:"peak,omitempty"`
	Parts    []Part    `json:"parts,omitempty"` // logs of builds that come before the attempt's own
	LogSize  int64     `json:"log_size,omitempty"`
	Tier     string    `json:"tier,omitempty"`
	Tree     string    `json:"tree,omitempty"`
}

// Exit is how a process ended.
type Exit struct {
	Code   int  `json:"code"`
	Signal int  `json:"signal,omitempty"`
	OOM    bool `json:"oom,omitempty"`
}

// Part is a piece of an attempt's log; Size is -1 while it grows.
type Part struct {
	File string `json:"file"`
	Size int64  `json:"size"`
}

// Phases and reason codes, worded as in the packages engine and entity, which a keeper does not import.
const (
	phaseAccepted  = "accepted"
	phasePreparing = "preparing"
	phaseRunning   = "running"
	phaseSucceeded = "succeeded"
	phaseFailed    = "failed"
	phaseStopped   = "stopped"
	phaseLost      = "lost"

	codeStarting    = "starting"
	codeEnvironment = "preparing_environment"
	codeExecuting   = "executing"
	codeStopping    = "stopping"
	codeCompleted   = "completed"
	codeStopped     = "stopped_by_user"
	codeExit        = "exit_code"
	codeSignal      = "signal"
	codeMemory      = "memory_limit"
	codeTimeout     = "timeout"
	codeEnvFailed   = "environment_failed"
	codeStartFailed = "start_failed"
)

// Final tells whether the record is the last one.
func (r Record) Final() bool {
	switch r.Phase {
	case phaseSucceeded, phaseFailed, phaseStopped, phaseLost:
		return true
	}
	return false
}
