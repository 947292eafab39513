// Package local executes attempts as processes of this machine.
//
// The engine prepares a folder per attempt and reads its files; the keeper (package keeper) commits, forks,
// waits and records. Everything the engine says about an attempt is read from the attempt's folder, so an
// attempt that is new, adopted after a restart, or finished is seen by the same code:
//
//	here                         which folder this is: in a copy it differs
//	attempts/UID.N/meta.json     whose it is, which boot and which keeper's      written before it is committed
//	attempts/UID.N/journal.json  present state                                   written by the keeper
//	attempts/UID.N/end.json      final state                                     written once
//	attempts/UID.N/log, build-*  output of its processes and of builds it awaited
//	attempts/UID.N/work, home, tmp, report.json
//	assets/NAME                  finished assets, content-addressed
//	builds/NAME.lock             held while the asset is made or removed; its time is when it was used last
//	tombs/XX/UID.N               stopped or removed: never started again
//	tombs/horizon                what was claimed before this time is not started: its tombstone may be gone
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

	// What nobody needs any more is removed by age and, beyond a number, oldest first.
	KeepTombs  time.Duration // tombstones; 30 days by default
	MaxTombs   int           // 100,000 by default; those of the last day stay whatever their number
	KeepAssets time.Duration // assets since they were used last; 30 days by default
	MaxAssets  int           // 50 by default; those used in the last hour stay whatever their number

	// Blob opens what File.Blob names.
	Blob func(ctx context.Context, name string) (io.ReadCloser, error)
	// BootID tells one boot of the machine from another; the kernel's by default.
	BootID func() string
	Now    func() time.Time
	Logger *slog.Logger
}
