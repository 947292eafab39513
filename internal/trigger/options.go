package trigger

import (
	"encoding/json"
	"errors"
	"time"

	"dhub/entity"
	"dhub/internal/trigger/cron"
)

// options say when a schedule ticks and what happens around a tick.
type options struct {
	Schedule    string `json:"schedule,omitempty"`
	Timezone    string `json:"timezone,omitempty"`
	Concurrency string `json:"concurrency_policy,omitempty"` // allow, forbid, replace
	Misfire     string `json:"misfire_policy,omitempty"`     // fire_once, skip
	Begin       string `json:"start,omitempty"`              // RFC 3339
	End         string `json:"end,omitempty"`
}

// plan is options read and checked.
type plan struct {
	options
	ticks      cron.Schedule
	begin, end time.Time
}

func (m *Manager) plan(o options) (plan, error) {
	p := plan{options: o}
	zone := o.Timezone
	if zone == "" {
		zone = m.cfg.Zone
	}
	var err error
	if p.ticks, err = cron.Parse(o.Schedule, zone); err != nil {
		return p, err
	}
	if err := oneOf("concurrency_policy", o.Concurrency, "allow", "forbid", "replace"); err != nil {
		return p, err
	}
	if err := oneOf("misfire_policy", o.Misfire, "fire_once", "skip"); err != nil {
		return p, err
	}
	if p.begin, err = moment("start", o.Begin); err != nil {
		return p, err
	}
	if p.end, err = moment("end", o.End); err != nil {
		return p, err
	}
	if !p.end.IsZero() && p.end.Before(p.begin) {
		return p, entity.Invalid("/spec/end", "range", "The field end lies before start, so the schedule would never fire.")
	}
	return p, nil
}

func oneOf(field, value string, allowed ...string) error {
	if value == "" {
		return nil
	}
	text := ""
	for i, a := range allowed {
		if a == value {
			return nil
		}
		if i > 0 {
			text += ", "
		}
		text += a
	}
	return entity.Invalid("/spec/"+field, "enum", "The field %s holds %q; one of %s is expected.", field, value, text)
}

func moment(field, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, entity.Invalid("/spec/"+field, "pattern", "The field %s holds %q; a time such as 2027-01-31T08:00:00Z is expected.", field, text)
	}
	return t, nil
}

// next is the first tick after a moment within start and end; zero when there is none any more.
func (p plan) next(after time.Time) time.Time {
	if after.Before(p.begin) {
		after = p.begin.Add(-time.Second) // a tick at start itself counts
	}
	t, err := p.ticks.Next(after)
	if errors.Is(err, cron.ErrNever) || !p.end.IsZero() && t.After(p.end) {
		return time.Time{}
	}
	return t
}

// latest is the last tick from first on that is not after now.
func (p plan) latest(first, now time.Time) time.Time {
	for _, back := range []time.Duration{time.Hour, 24 * time.Hour, 31 * 24 * time.Hour, 366 * 24 * time.Hour} {
		from := now.Add(-back)
		if !from.After(first) {
			break
		}
		if t := p.next(from); !t.IsZero() && !t.After(now) {
			first = t
			break
		}
	}
	for {
		t := p.next(first)
		if t.IsZero() || t.After(now) {
			return first
		}
		first = t
	}
}

// book is what store.Schedule.Spec holds.
type book struct {
	options
	LastRun string `json:"last_run,omitempty"` // id of the run of the last firing
}

func (b book) bytes() []byte {
	raw, err := json.Marshal(b)
	if err != nil {
		panic("trigger: " + err.Error()) // strings only
	}
	return raw
}

func asError(err error) (*entity.Error, bool) { return errors.AsType[*entity.Error](err) }
