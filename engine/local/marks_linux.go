package local

import (
	"sort"
	"time"

	"dhub/engine"
	"dhub/engine/local/keeper"
)

// logMarks is what a keeper noted beside one file of a log, read as far as it is asked for.
type logMarks struct {
	path string
	list []keeper.LogMark
	read int64
}

// of says when length bytes from an offset of the file were written. Those that no keeper has noted yet, or never
// will because it was killed, were written until the file was last changed. Without a file of marks, as an older
// keeper leaves it, nothing is known.
func (m *logMarks) of(offset, length int64, changed time.Time) []engine.Mark {
	end := offset + length
	if n := len(m.list); n == 0 || m.list[n-1].Size < end {
		var err error
		if m.list, m.read, err = keeper.ReadMarks(m.path, m.list, m.read); err != nil {
			return nil
		}
	}
	var out []engine.Mark
	last := int64(0)
	i := sort.Search(len(m.list), func(i int) bool { return m.list[i].Size > offset })
	if i > 0 {
		last = m.list[i-1].Time
	}
	for ; offset < end && i < len(m.list); i++ {
		out = append(out, engine.Mark{Offset: int(length - (end - offset)), Time: time.UnixMilli(m.list[i].Time)})
		offset, last = m.list[i].Size, m.list[i].Time
	}
	if offset < end {
		out = append(out, engine.Mark{Offset: int(length - (end - offset)), Time: time.UnixMilli(max(changed.UnixMilli(), last))})
	}
	return out
}

// earlier keeps what a job said of its log's file from being later than now.
func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
