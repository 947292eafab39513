//go:build linux

package keeper

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// Tiers of limits, and what holds a tree of processes together.
const (
	TierCgroup2 = "cgroup2"
	TierCgroup1 = "cgroup1"
	TierWatch   = "watch" // memory is sampled
	TreeMark    = "mark"  // processes are known by their environment and their recorded ancestry
)

// Tiers says how memory is limited and how trees are held, and where in the cgroup file systems.
type Tiers struct {
	Memory, Tree string
	v2, v1       string // folders under which this installation makes groups, "" when unused
}

// Detect finds the best tiers of this process; force (a tier) leaves out better ones.
func Detect(root, force string) (Tiers, error) {
	t := Tiers{Memory: TierWatch, Tree: TreeMark}
	if force == TierWatch {
		return t, nil
	}
	name := "dhub-" + shortHash(root)
	mount2, own2, mount1, own1 := cgroupMounts()
	if mount2 != "" && force != TierCgroup1 {
		dir := filepath.Join(mount2, own2, name)
		if usable(dir, "cgroup.kill") {
			t.v2, t.Tree = dir, TierCgroup2
			if enableMemory(filepath.Join(mount2, own2)) {
				t.Memory = TierCgroup2
			}
		}
	}
	if mount1 != "" && t.Memory == TierWatch && force != TierCgroup2 {
		dir := filepath.Join(mount1, own1, name)
		if usable(dir, "memory.limit_in_bytes") && canTrace() {
			t.v1, t.Memory = dir, TierCgroup1
			if t.Tree == TreeMark {
				t.Tree = TierCgroup1
			}
		}
	}
	if force != "" && t.Memory != force {
		return t, fmt.Errorf("the tier %s is not available on this machine", force)
	}
	return t, nil
}

// usable tries whether a group can be made and used.
func usable(dir, file string) bool {
	switch err := os.Mkdir(dir, 0o755); {
	case err == nil:
		defer func() { _ = unix.Rmdir(dir) }() // unless somebody made a group inside it meanwhile
	case !os.IsExist(err):
		return false
	}
	return unix.Access(filepath.Join(dir, file), unix.W_OK) == nil && unix.Access(filepath.Join(dir, "cgroup.procs"), unix.W_OK) == nil &&
		unix.Access(dir, unix.W_OK) == nil
}

func enableMemory(dir string) bool {
	have, err := os.ReadFile(filepath.Join(dir, "cgroup.controllers"))
	if err != nil || !contains(strings.Fields(string(have)), "memory") {
		return false
	}
	return os.WriteFile(filepath.Join(dir, "cgroup.subtree_control"), []byte("+memory"), 0) == nil
}

func contains(list []string, s string) bool {
	for _, e := range list {
		if e == s {
			return true
		}
	}
	return false
}

// cgroupMounts finds the mount points of version 2 and of version 1's memory controller, and this
// process' groups in them.
func cgroupMounts() (mount2, own2, mount1, own1 string) {
	mounts, _ := os.ReadFile("/proc/self/mounts")
	for line := range strings.Lines(string(mounts)) {
		f := strings.Fields(line)
		if len(f) < 4 {
			continue
		}
		switch f[2] {
		case "cgroup2":
			mount2 = f[1]
		case "cgroup":
			if contains(strings.Split(f[3], ","), "memory") {
				mount1 = f[1]
			}
		}
	}
	own, _ := os.ReadFile("/proc/self/cgroup")
	for line := range strings.Lines(string(own)) {
		f := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(f) != 3 {
			continue
		}
		if f[0] == "0" && f[1] == "" {
			own2 = f[2]
		}
		if contains(strings.Split(f[1], ","), "memory") {
			own1 = f[2]
		}
	}
	return mount2, own2, mount1, own1
}

// release removes the installation's groups when nothing is in them.
func (t Tiers) release() {
	for _, base := range []string{t.v2, t.v1} {
		if base != "" {
			_ = unix.Rmdir(base)
		}
	}
}

// Release removes the installation's groups when nothing is in them.
func (t Tiers) Release() { t.release() }

// KillInstance ends everything in the groups of a keeper that is gone.
func (t Tiers) KillInstance(instance string) { t.killInstance(instance) }

// killInstance ends everything in the groups of a keeper that is gone, and removes them.
func (t Tiers) killInstance(instance string) {
	for _, base := range []string{t.v2, t.v1} {
		if base == "" {
			continue
		}
		dir := filepath.Join(base, instance)
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			if e.IsDir() {
				killGroup(filepath.Join(dir, e.Name()), 2*time.Second)
				removeGroup(filepath.Join(dir, e.Name()))
			}
		}
		removeGroup(dir)
		_ = unix.Rmdir(base)
	}
}
