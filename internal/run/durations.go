package run

import (
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// Durations says in seconds where the time of a run went: waiting for its turn, being started by the engine,
// executing. A phase that has not ended counts no time yet; the transitions tell since when it lasts. All
// attempts are counted together. Total stands there once the run has ended: it is the sum of the three, from
// creation to end, and no later change of the run moves it.
type Durations struct {
	Queued   float64  `json:"queued"`
	Starting float64  `json:"starting"`
	Running  float64  `json:"running"`
	Total    *float64 `json:"total,omitempty"`
}

// durations adds up the stays between transitions, which stand newest first.
func (c *control) durations(final bool, created time.Time) Durations {
	var d Durations
	from, in := created, entity.StateCreated
	add := func(until time.Time) {
		seconds := max(until.Sub(from), 0).Seconds()
		switch in {
		case entity.StatePending:
			d.Starting += seconds
		case entity.StateRunning, entity.StateStop, entity.StateResume:
			d.Running += seconds
		default:
			d.Queued += seconds
		}
		from = until
	}
	for i := len(c.Transitions) - 1; i >= 0; i-- {
		at, err := time.Parse(entity.TimeFormat, c.Transitions[i].Time)
		if err != nil {
			continue
		}
		if i < len(c.Transitions)-1 || at.After(from) {
			add(at)
		}
		in = c.Transitions[i].Status
	}
	d.Queued, d.Starting, d.Running = milli(d.Queued), milli(d.Starting), milli(d.Running)
	if final {
		total := milli(d.Queued + d.Starting + d.Running)
		d.Total = &total
	}
	return d
}

// created is when a run was created, as its transitions say it.
func created(r store.Run) time.Time { return r.Created.Truncate(time.Millisecond) }

// milli rounds seconds to what transitions can tell.
func milli(seconds float64) float64 { return float64(int64(seconds*1000+0.5)) / 1000 }
