// Package e2e holds scenarios that run against the real binary: servers started as processes on folders of
// their own, killed, restarted, and asked over HTTP and by the command line, as a user would.
//
// The tests build the binary once; DHUB_BIN names one that is built already.
package e2e
