//go:build linux

package keeper

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A group without room lets nothing start and holds nobody: what comes after it starts as if it had not been.
func TestAGroupWithoutRoomSpoilsNoLaterStart(t *testing.T) {
	root := t.TempDir()
	canTrace() // as the keeper does, before anybody reaps: that would take the child from it
	n := newNursery()
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
				n.reap()
			}
		}
	}()
	out, err := os.Create(filepath.Join(root, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	step := Step{Argv: []string{"/bin/true"}, Dir: root}
	for _, force := range []string{TierCgroup2, TierCgroup1, TierWatch} {
		tiers, err := Detect(root, force)
		if err != nil {
			t.Logf("not on this machine: %v", err)
			continue
		}
		defer tiers.killInstance("spawn")
		g, err := tiers.newGroup("spawn", "tiny", 100)
		if err != nil {
			t.Fatalf("%s: %v", force, err)
		}
		if c, err := n.spawn(step, out, g); err == nil {
			<-c.done
		}
		for i := range 3 {
			c, err := n.spawn(step, out, nil)
			if err != nil {
				t.Fatalf("%s: start %d after it: %v", force, i, err)
			}
			if <-c.done; c.exit.Code != 0 {
				t.Errorf("%s: start %d after it: got exit %+v", force, i, c.exit)
			}
		}
		if !g.kill(2*time.Second) || len(g.pids()) != 0 {
			t.Errorf("%s: the group still holds %v", force, g.pids())
		}
		g.remove()
		for _, dir := range []string{g.v2, g.v1} {
			if _, err := os.Stat(dir); dir != "" && err == nil {
				t.Errorf("%s: %s is still there", force, dir)
			}
		}
	}
}
