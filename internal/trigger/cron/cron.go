// Package cron computes the ticks of a schedule written in one of the forms people bring along:
//
//   - five fields, as Unix cron: minute hour day-of-month month day-of-week (0 and 7 are Sunday; with both
//     day fields given, a day that fits one of them counts)
//   - six or seven fields, as Quartz: second minute hour day-of-month month day-of-week [year] (1 is Sunday;
//     one of the day fields is ? or *)
//   - @hourly @daily @midnight @weekly @monthly @yearly @annually, aligned with the calendar
//
// Fields hold *, ?, numbers, names, a-b (which may wrap), a/n, a-b/n, */n and lists; days of the month also
// L, L-n, nW, LW, and days of the week nL, n#k, L (Saturday). CRON_TZ=Area/City before the fields, or the zone
// given to Parse, says whose clock is meant.
//
// Where the clock jumps forward, a tick at a fixed hour inside the gap comes at its end; where it goes back, it
// comes once. Schedules for every hour follow elapsed time: they neither pause nor bunch.
package cron

import (
	"errors"
	"math/bits"
	"time"
)

// ErrNever says that a schedule has no tick any more.
var ErrNever = errors.New("the schedule has no further tick")

// Schedule is a parsed expression. It is immutable.
type Schedule struct {
	text       string
	loc        *time.Location
	sec, min   uint64 // bit n: value n
	hour       uint64
	month      uint64
	day        days
	week       weekdays
	years      map[int]bool // nil: every year
	union      bool         // both day fields are restricted: one that fits is enough
	everyHour  bool         // elapsed time rather than the hour of the clock
	lastOfYear int          // no tick after this year
}

// days is the field day-of-month.
type days struct {
	set      uint64
	last     []int // L-n as n
	near     []int // nW as n
	lastWork bool  // LW
	any      bool
}

// weekdays is the field day-of-week; bit 0 is Sunday.
type weekdays struct {
	set  uint64
	last uint64      // nL
	nth  map[int]int // day → bits of k
	any  bool
}

const (
	minYear = 1970
	maxYear = 2199
	// horizon is how far Next looks: rare dates such as 29 February recur within eight years.
	horizon = 30
)

// String returns the expression as it was given.
func (s Schedule) String() string { return s.text }

// Location is the zone whose clock the schedule follows.
func (s Schedule) Location() *time.Location { return s.loc }

// Next returns the first tick after a moment, in UTC, or ErrNever.
func (s Schedule) Next(after time.Time) (time.Time, error) {
	cur := after.Truncate(time.Second).Add(time.Second).In(s.loc)
	end := cur.AddDate(horizon, 0, 0)
	for cur.Before(end) && cur.Year() <= s.lastOfYear {
		// Within one period of the zone, the clock is elapsed time plus a constant.
		begin, change := cur.ZoneBounds()
		if !change.IsZero() && !change.After(cur) { // the library counts 365 days also in leap years
			change = cur.Add(12 * time.Hour)
		}
		off := offset(cur)
		limit := end
		if !change.IsZero() && change.Before(end) {
			limit = change
		}
		wall, ok := s.wall(cur.Add(off).UTC(), limit.Add(off).UTC())
		if ok {
			tick := wall.Add(-off)
			if again := s.repeated(begin, off); !s.everyHour && tick.Before(again) {
				cur = again.In(s.loc)
				continue
			}
			return tick.UTC(), nil
		}
		if limit.Equal(end) {
			break
		}
		if next := offset(change.In(s.loc)); !s.everyHour && next > off { // a gap
			if _, ok := s.wall(change.Add(off).UTC(), change.Add(next).UTC()); ok {
				return change.UTC(), nil
			}
		}
		cur = change.In(s.loc)
	}
	return time.Time{}, ErrNever
}

// repeated returns until when a period shows clock times that the one before it had shown already.
func (s Schedule) repeated(begin time.Time, off time.Duration) time.Time {
	if begin.IsZero() {
		return begin
	}
	if before := offset(begin.Add(-time.Second).In(s.loc)); before > off {
		return begin.Add(before - off)
	}
	return begin
}

func offset(t time.Time) time.Duration {
	_, sec := t.Zone()
	return time.Duration(sec) * time.Second
}

// wall finds the first fitting clock time from t on, before limit; both are clock times written as UTC.
func (s Schedule) wall(t, limit time.Time) (time.Time, bool) {
	for t.Before(limit) && t.Year() <= s.lastOfYear {
		y, m, d := t.Date()
		switch {
		case s.years != nil && !s.years[y]:
			t = time.Date(y+1, 1, 1, 0, 0, 0, 0, time.UTC)
			continue
		case s.month&(1<<m) == 0:
			t = time.Date(y, m+1, 1, 0, 0, 0, 0, time.UTC)
			continue
		}
		if s.fits(y, m, d, t.Weekday()) {
			if sec, ok := s.clock(t.Hour(), t.Minute(), t.Second()); ok {
				t = time.Date(y, m, d, 0, 0, sec, 0, time.UTC)
				return t, t.Before(limit)
			}
		}
		t = time.Date(y, m, d+1, 0, 0, 0, 0, time.UTC)
	}
	return time.Time{}, false
}

// clock finds the first fitting second of a day from h:m:s on.
func (s Schedule) clock(h, m, sec int) (int, bool) {
	for {
		hh, ok := next(s.hour, h)
		if !ok {
			return 0, false
		}
		if hh > h {
			h, m, sec = hh, 0, 0
		}
		mm, ok := next(s.min, m)
		if !ok {
			h, m, sec = h+1, 0, 0
			continue
		}
		if mm > m {
			m, sec = mm, 0
		}
		ss, ok := next(s.sec, sec)
		if !ok {
			m, sec = m+1, 0
			continue
		}
		return h*3600 + m*60 + ss, true
	}
}

// next returns the lowest member of a set that is at least n.
func next(set uint64, n int) (int, bool) {
	if n > 63 {
		return 0, false
	}
	rest := set >> n
	if rest == 0 {
		return 0, false
	}
	return n + bits.TrailingZeros64(rest), true
}

func (s Schedule) fits(y int, m time.Month, d int, w time.Weekday) bool {
	last := time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day()
	day, week := s.day.fits(y, m, d, last), s.week.fits(d, last, w)
	if s.union {
		return day || week
	}
	return day && week
}

func (f days) fits(y int, m time.Month, d, last int) bool {
	if f.any || f.set&(1<<d) != 0 {
		return true
	}
	for _, n := range f.last {
		if d == last-n {
			return true
		}
	}
	for _, n := range f.near {
		if n <= last && d == nearest(y, m, n, last) {
			return true
		}
	}
	return f.lastWork && d == nearest(y, m, last, last)
}

// nearest returns the day from Monday to Friday that is nearest to n within the month.
func nearest(y int, m time.Month, n, last int) int {
	switch time.Date(y, m, n, 0, 0, 0, 0, time.UTC).Weekday() {
	case time.Saturday:
		if n == 1 {
			return 3
		}
		return n - 1
	case time.Sunday:
		if n == last {
			return n - 2
		}
		return n + 1
	default:
		return n
	}
}

func (f weekdays) fits(d, last int, w time.Weekday) bool {
	return f.any || f.set&(1<<w) != 0 || f.last&(1<<w) != 0 && d > last-7 || f.nth[int(w)]&(1<<((d-1)/7+1)) != 0
}
