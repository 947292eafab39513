package keeper

import (
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// quietFor is how long nothing was executed when the keeper makes itself small.
const quietFor = 300 * time.Millisecond

// trim gives back what an idle keeper does not need: free heap, and the pages of the program and its constants
// that it touched since it was started. They are clean and come back from the page cache when they are used.
func trim() {
	debug.FreeOSMemory()
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return
	}
	for line := range strings.Lines(string(maps)) {
		f := strings.Fields(line)
		if len(f) < 6 || strings.Contains(f[1], "w") || !strings.HasPrefix(f[5], "/") {
			continue // what cannot be written was not: a static program has no relocations, so nothing is lost
		}
		from, to, _ := strings.Cut(f[0], "-")
		start, err1 := strconv.ParseUint(from, 16, 64)
		end, err2 := strconv.ParseUint(to, 16, 64)
		if err1 == nil && err2 == nil && end > start {
			_, _, _ = unix.Syscall(unix.SYS_MADVISE, uintptr(start), uintptr(end-start), unix.MADV_DONTNEED)
		}
	}
}
