// Package local executes attempts as processes of this machine.
//
// The engine prepares a folder per attempt and reads its files; the keeper (package keeper) commits, forks,
// waits and records. Everything the engine says about an attempt is read from the attempt's folder, so an
// attempt that is new, adopted after a restart, or finished is seen by the same code:
//
//	attempts/UID.N/meta.json     whose it is, which boot and which keeper's      written before it is committed
//	attempts/UID.N/journal.json  present state                                   written by the keeper
//	attempts/UID.N/end.json      final state                                     written once
//	attempts/UID.N/log, build-*  output of its processes and of builds it awaited
//	attempts/UID.N/work, home, tmp, report.json
//	assets/NAME                  finished assets, content-addressed
//	tombs/XX/UID.N               stopped or removed: never started again
//
// It is not a security boundary: a job has the rights of the server's user.
package local

import (
	"context"
	"io"
	"log/slog"
	"time"
)

// Name is the engine's name.
const Name = "local"

// Config describes a local engine. Root is required; the zero value of the rest is usable.
type Config struct {
	Root          string        // its folder, made when absent
	Executable    string        // the dhub binary, for keepers and {dhub}; the running one by default
	Path          string        // PATH of jobs; the server's by default
	Tier          string        // forces a tier of limits: cgroup2, cgroup1 or watch
	MaxConcurrent int           // attempts at once; the number of processors by default
	Idle          time.Duration // a keeper without children and server ends after it; 30 s by default

	// Blob opens what File.Blob names.
	Blob func(ctx context.Context, name string) (io.ReadCloser, error)
	// BootID tells one boot of the machine from another; the kernel's by default.
	BootID func() string
	Now    func() time.Time
	Logger *slog.Logger
}
