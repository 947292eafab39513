// Package all lists the runtimes of the standard build.
package all

import (
	"dhub/runtime"
	"dhub/runtime/python"
)

// Registry returns a registry of all runtimes of the standard build.
func Registry() *runtime.Registry {
	return runtime.NewRegistry(python.New())
}
