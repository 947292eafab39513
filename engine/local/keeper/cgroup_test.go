//go:build linux

package keeper

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"golang.org/x/sys/unix"
)

// A server that starts or ends removes the installation's group when nothing is in it; a keeper that makes a group
// in it at this moment must not fail. Plain folders behave here as groups do.
func TestAGroupIsMadeWhileServersComeAndGo(t *testing.T) {
	t.Parallel()
	base := filepath.Join(t.TempDir(), "base")
	tiers := Tiers{Tree: TierCgroup2, v2: base}
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					tiers.Release()
				}
			}
		})
	}
	for i := range 300 {
		g, err := tiers.newGroup("instance", fmt.Sprint(i), 0)
		if err != nil {
			t.Fatalf("group %d: %v", i, err)
		}
		if err := unix.Close(g.fd); err != nil {
			t.Fatal(err)
		}
		for _, dir := range []string{g.v2, filepath.Dir(g.v2)} {
			if err := unix.Rmdir(dir); err != nil {
				t.Fatal(err)
			}
		}
	}
	close(done)
	wg.Wait()
}
