//go:build linux

package keeper

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// measure keeps a sample of the tree.
func (t *tree) measure(c *child) {
	cpu, memory := t.used(c)
	t.peak = max(t.peak, memory)
	if err := t.meter.keep(cpu, memory); err != nil {
		t.k.complain("attempt %s: a sample is not kept: %v", t.id, err)
	}
}

// used tells the processor time of the tree so far and the memory that it holds: as the kernel counts for its
// groups, or else by its processes, where a page that several share counts for each of them.
func (t *tree) used(c *child) (cpu time.Duration, memory int64) {
	cpu, cpuKnown := t.group.cpu()
	memory, memoryKnown := t.group.held()
	if cpuKnown && memoryKnown {
		return cpu, memory
	}
	sum, resident := time.Duration(t.cpu*float64(time.Second)), int64(0) // the init processes before this one have ended
	for _, pid := range t.known(c) {
		if !cpuKnown {
			p, _ := stat(pid)
			sum += p.cpu
		}
		if !memoryKnown {
			resident += rss(pid)
		}
	}
	if !cpuKnown {
		cpu = sum
	}
	if !memoryKnown {
		memory = resident
	}
	return cpu, memory
}

// known lists the processes of the tree: where no cgroup holds it, those that were found when it was last recorded.
func (t *tree) known(c *child) []int {
	if _, in := t.seen[c.pid]; t.group != nil || !in {
		return t.record(c)
	}
	pids := make([]int, 0, len(t.seen))
	for pid, start := range t.seen {
		if StartTime(pid) == start {
			pids = append(pids, pid)
		}
	}
	return pids
}

// cpu is the processor time of everything that was ever inside; version 2 counts it without a controller.
func (g *group) cpu() (time.Duration, bool) {
	if g == nil || g.v2 == "" {
		return 0, false
	}
	n, ok := keyed(filepath.Join(g.v2, "cpu.stat"), "usage_usec")
	return time.Duration(n) * time.Microsecond, ok
}

// held is the memory inside, as it counts for the limit, without the pages of files that the kernel would give up first.
func (g *group) held() (int64, bool) {
	if g == nil {
		return 0, false
	}
	dir, file, spare := g.v2, "memory.current", "inactive_file"
	if g.v1 != "" {
		dir, file, spare = g.v1, "memory.usage_in_bytes", "total_inactive_file"
	}
	data, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		return 0, false
	}
	n, err := strconv.ParseInt(string(bytes.TrimSpace(data)), 10, 64)
	idle, _ := keyed(filepath.Join(dir, "memory.stat"), spare)
	return max(n-idle, 0), err == nil
}

// keyed reads one number of a file of lines "name number".
func keyed(path, name string) (int64, bool) {
	data, err := os.ReadFile(path)
	if err != nil {
		return 0, false
	}
	for line := range strings.Lines(string(data)) {
		if text, ok := strings.CutPrefix(line, name+" "); ok {
			n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
			return n, err == nil
		}
	}
	return 0, false
}
