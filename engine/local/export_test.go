//go:build linux

package local

// Collect removes at once what nobody needs any more.
func (e *Engine) Collect() error { return e.collect() }
