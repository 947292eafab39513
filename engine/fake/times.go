package fake

import (
	"sort"
	"time"

	"dhub/engine"
)

// written says that the bytes of a log from at on, up to the next, were written at time.
type written struct {
	at   int
	time time.Time
}

// print appends to the log alone.
func (a *attempt) print(data []byte) {
	if len(data) > 0 {
		a.times = append(a.times, written{len(a.log), time.Now()})
	}
	a.log = append(a.log, data...)
	a.wake()
}

// marks says when length bytes of a log from an offset on were written.
func (e *Engine) marks(times []written, offset, length int) []engine.Mark {
	var out []engine.Mark
	for i := max(sort.Search(len(times), func(i int) bool { return times[i].at > offset })-1, 0); i < len(times) && times[i].at < offset+length; i++ {
		out = append(out, engine.Mark{Offset: max(times[i].at-offset, 0), Time: times[i].time})
	}
	switch e.cfg.Break {
	case NoLogTimes:
		return nil
	case TimesOfReading:
		return []engine.Mark{{Time: time.Now()}}
	case TimesBackwards:
		for i := range out {
			out[i].Time = times[len(times)-1].time.Add(-out[i].Time.Sub(times[0].time))
		}
	case TimesMisplaced:
		for i := range out {
			out[i].Offset += offset
		}
	}
	return out
}
