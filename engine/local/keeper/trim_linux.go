package keeper

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// quietFor is how long nothing was executed when the keeper makes itself small.
const quietFor = 300 * time.Millisecond

// trim gives back what an idle keeper does not need: free heap, and the pages of the program and its constants
// that it touched since it was started. They come back from the page cache when they are used.
func trim() {
	debug.FreeOSMemory()
	smaps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		return
	}
	var start, end uint64 // of the mapping that the lines tell of, 0 where it stays
	for line := range strings.Lines(string(smaps)) {
		f := strings.Fields(line)
		if len(f) > 1 && strings.HasSuffix(f[0], ":") {
			// A page of its own was written before the mapping was sealed, by a linker: it is in no file.
			if f[0] == "Anonymous:" && f[1] == "0" && end > start {
				_, _, _ = unix.Syscall(unix.SYS_MADVISE, uintptr(start), uintptr(end-start), unix.MADV_DONTNEED)
			}
			continue
		}
		start, end = 0, 0
		if len(f) < 6 || strings.Contains(f[1], "w") || !strings.HasPrefix(f[5], "/") {
			continue
		}
		if _, err := fmt.Sscanf(f[0], "%x-%x", &start, &end); err != nil {
			start, end = 0, 0
		}
	}
}
