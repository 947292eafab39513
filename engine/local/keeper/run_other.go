//go:build !linux

package keeper

import "errors"

func run([]string) error { return errors.New("the local engine runs on Linux only") }
