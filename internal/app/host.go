// Package app is the composition root: it builds the parts, starts them in order, stops them in reverse, and
// lends the command line what needs them. It alone sees every package; only cmd/dhub and tests import it.
package app

import (
	"os"

	"dhub/internal/cli"
	"dhub/runtime"
	runtimes "dhub/runtime/all"
	"dhub/sdk/python"
)

// Version is set at link time.
var Version = "dev"

// Host is what the command line gets from the server's parts.
func Host() cli.Host {
	return cli.Host{
		Version:      Version,
		Serve:        Serve,
		UnpackSDK:    unpackSDK,
		KindForFile:  kindForFile,
		CheckHandler: checkHandler,
		FindServer:   FindServer,
		StopServer:   StopServer,
		Adopt:        Adopt,
		RotateKey:    RotateKey,
		DefaultData:  DefaultData,
	}
}

func unpackSDK(dir string) error { return os.CopyFS(dir, python.Modules()) }

// kindForFile asks the runtimes of this build which kind takes a file; its first action is what dhub run does.
func kindForFile(name string) (kind, action string, ok bool) {
	registry := runtimes.Registry()
	k, ok := registry.ForFile(name)
	if !ok {
		return "", "", false
	}
	rt, _ := registry.ForKind(k.Kind)
	actions := rt.Describe().Actions
	if len(actions) == 0 {
		return "", "", false
	}
	return k.Kind, actions[0].Name, true
}

// checkHandler asks the runtime of a kind whether a source can have a handler.
func checkHandler(kind string, source []byte, handler string) error {
	rt, _ := runtimes.Registry().ForKind(kind)
	if c, ok := rt.(runtime.SourceChecker); ok {
		return c.CheckHandler(source, handler)
	}
	return nil
}
