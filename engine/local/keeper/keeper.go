// Package keeper is the process that outlives the server: every attempt of the local engine is a child of
// one keeper per data folder, so that a restarted server finds its attempts alive and their ends recorded.
//
// It is the same binary, taken over in this package's init (the only one in the tree) before other packages
// initialise, which keeps it small. It is child subreaper in a session of its own, forks and waits, keeps
// the journal of each attempt durably, and enforces timeout and grace while no server lives. It reads no
// output: a job's standard output and error are one file, opened for appending.
//
//	server ── unix socket ──→ keeper ──→ process of an attempt ──→ …
//	   └───── reads ───── attempts/ID/{journal.json, end.json, log} ←──┘
//
// An attempt is committed by one rename of a prepared folder to attempts/ID, so it is started at most once,
// whoever asks, how often ever. Its end is a file that is written once. Both hold across any number of
// keepers and servers. A killed keeper takes its children with it: they bear its death signal, and whoever
// comes next sweeps their cgroup, their mark in the environment and what was recorded of their tree.
//
// It is not a security boundary.
package keeper

import (
	"fmt"
	"os"
)

func init() {
	if len(os.Args) > 1 && os.Args[1] == "keeper" {
		fmt.Fprintln(os.Stderr, "dhub keeper:", run(os.Args[2:])) // it returns on failure alone
		os.Exit(1)
	}
}
