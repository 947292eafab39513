package python

import "time"

// NewFor returns a runtime whose prober sees another machine.
func NewFor(environ []string, home string) *Runtime {
	return &Runtime{host: host{environ: func() []string { return environ }, home: home, timeout: 30 * time.Second}}
}
