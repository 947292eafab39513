package cron

import (
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // machines without a zone database read the same schedules

	"dhub/entity"
)

var words = map[string]string{
	"@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
	"@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
}

var (
	monthNames = []string{"", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"}
	dayNames   = []string{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"}
)

// field says how one position is read.
type field struct {
	name     string
	min, max int
	names    []string // upper case, by value
	shift    int      // subtracted from numbers, so that Sunday is 0
}

// Parse reads an expression. zone is the name of a time zone, "" for UTC; CRON_TZ= in the expression wins.
// Errors are invalid input that names /spec/schedule.
func Parse(expression, zone string) (Schedule, error) {
	s := Schedule{text: expression}
	text := strings.TrimSpace(expression)
	if text == "" {
		return s, invalid("", "the schedule is empty; write a cron expression such as \"0 2 * * *\" (five fields), \"0 0 2 * * ?\" (six, seconds first) or @daily")
	}
	for _, prefix := range []string{"CRON_TZ=", "TZ="} {
		if rest, ok := strings.CutPrefix(text, prefix); ok {
			z, fields, _ := strings.Cut(rest, " ")
			if _, err := Zone(z); err != nil {
				return s, invalid(expression, "the time zone %q is not known; name one such as UTC or Europe/Rome", z)
			}
			zone, text = z, strings.TrimSpace(fields)
		}
	}
	loc, err := Zone(zone)
	if err != nil {
		return s, err
	}
	s.loc = loc
	if strings.HasPrefix(text, "@") {
		fields, ok := words[strings.ToLower(text)]
		if !ok {
			return s, invalid(expression, "%q is not one of @hourly, @daily, @weekly, @monthly and @yearly", text)
		}
		text = fields
	}
	if err := s.fields(strings.Fields(strings.ToUpper(text))); err != nil {
		return s, err
	}
	if _, err := s.Next(time.Date(minYear, 1, 1, 0, 0, 0, 0, time.UTC).Add(-time.Second)); err != nil && s.years == nil {
		return s, invalid(expression, "no date fits it, so it would never fire")
	}
	return s, nil
}

// Zone finds a time zone by its name: UTC for "", the machine's own for Local.
func Zone(name string) (*time.Location, error) {
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, entity.Invalid("/spec/timezone", "enum", "The time zone %q is not known; name one such as UTC or Europe/Rome.", name)
	}
	return loc, nil
}

func invalid(expression, format string, args ...any) error {
	e := entity.Invalid("/spec/schedule", "pattern", format, args...)
	if expression != "" {
		e.Message = "The schedule " + strconv.Quote(expression) + " cannot be read: " + e.Message + "."
	} else {
		e.Message = strings.ToUpper(e.Message[:1]) + e.Message[1:] + "."
	}
	e.Fields[0].Message = e.Message
	return e
}

func (s *Schedule) fields(f []string) error {
	quartz := len(f) > 5
	if len(f) < 5 || len(f) > 7 {
		return invalid(s.text, "it has %d fields, but five (minute first), six or seven (second first) are needed", len(f))
	}
	year := "*"
	if quartz {
		if f[0] == "*" {
			return invalid(s.text, "the field second is *, which means every second; write 0 for once a minute, or 0/10 for every ten seconds")
		}
		if len(f) == 7 {
			year = f[6]
		}
	} else {
		f = append([]string{"0"}, f...)
	}
	weekField := field{name: "day of week", min: 0, max: 7, names: dayNames}
	if quartz {
		weekField.min, weekField.shift = 1, 1
	}
	var err error
	for _, p := range []struct {
		to *uint64
		field
		text string
	}{
		{&s.sec, field{name: "second", max: 59}, f[0]},
		{&s.min, field{name: "minute", max: 59}, f[1]},
		{&s.hour, field{name: "hour", max: 23}, f[2]},
		{&s.month, field{name: "month", min: 1, max: 12, names: monthNames}, f[4]},
	} {
		if *p.to, err = s.set(p.field, p.text); err != nil {
			return err
		}
	}
	if err := s.days(field{name: "day of month", min: 1, max: 31}, f[3]); err != nil {
		return err
	}
	if err := s.weekdays(weekField, f[5]); err != nil {
		return err
	}
	if err := s.yearField(year); err != nil {
		return err
	}
	s.everyHour = f[2][0] == '*' || s.hour == 1<<24-1
	s.union = !star(f[3]) && !star(f[5])
	if s.union && quartz {
		return invalid(s.text, "both day of month and day of week are given; write ? for the one that does not matter")
	}
	return nil
}

func star(f string) bool { return f[0] == '*' || f[0] == '?' }

// set reads a field of plain numbers.
func (s *Schedule) set(f field, text string) (uint64, error) {
	var set uint64
	for part := range strings.SplitSeq(text, ",") {
		one, err := s.part(f, part)
		if err != nil {
			return 0, err
		}
		for _, n := range one {
			set |= 1 << n
		}
	}
	return set, nil
}

// part reads one member of a list: *, ?, n, a-b, */n, a/n, a-b/n.
func (s *Schedule) part(f field, text string) ([]int, error) {
	span, stepText, stepped := strings.Cut(text, "/")
	step := 1
	if stepped {
		n, err := strconv.Atoi(stepText)
		if err != nil || n < 1 || n > f.max-f.min+1 {
			return nil, s.bad(f, text, "the step after / must be from 1 to "+strconv.Itoa(f.max-f.min+1))
		}
		step = n
	}
	from, to := f.min, f.max
	if f.names != nil && f.max == 7 && f.min == 0 {
		to = 6 // 7 is Sunday once more
	}
	if span != "*" && span != "?" {
		a, b, ranged := strings.Cut(span, "-")
		var err error
		if from, err = s.number(f, a); err != nil {
			return nil, err
		}
		if ranged {
			to, err = s.number(f, b)
		} else if !stepped {
			to = from
		}
		if err != nil {
			return nil, err
		}
	}
	size := f.max - f.min + 1
	if f.names != nil && f.max == 7 {
		size = 7
	}
	if to < from { // wraps, as FRI-MON
		to += size
	}
	var out []int
	for n := from; n <= to; n += step {
		v := f.min + (n-f.min)%size - f.shift
		out = append(out, v)
	}
	return out, nil
}

func (s *Schedule) number(f field, text string) (int, error) {
	for v, name := range f.names {
		if name != "" && name == text {
			return v + f.shift, nil
		}
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < f.min || n > f.max || text[0] == '+' {
		return 0, s.bad(f, text, "expected is a number from "+strconv.Itoa(f.min)+" to "+strconv.Itoa(f.max))
	}
	return n, nil
}

func (s *Schedule) bad(f field, text, want string) error {
	return invalid(s.text, "the field %s has %q; %s", f.name, text, want)
}

func (s *Schedule) days(f field, text string) error {
	if text == "*" || text == "?" {
		s.day.any = true
		return nil
	}
	for part := range strings.SplitSeq(text, ",") {
		switch before, isNear := strings.CutSuffix(part, "W"); {
		case part == "L":
			s.day.last = append(s.day.last, 0)
		case part == "LW" || part == "WL":
			s.day.lastWork = true
		case strings.HasPrefix(part, "L-"):
			n, err := strconv.Atoi(part[2:])
			if err != nil || n < 1 || n > 30 {
				return s.bad(f, part, "after L- a number from 1 to 30 is expected")
			}
			s.day.last = append(s.day.last, n)
		case isNear:
			n, err := s.number(f, before)
			if err != nil {
				return err
			}
			s.day.near = append(s.day.near, n)
		default:
			list, err := s.part(f, part)
			if err != nil {
				return err
			}
			for _, n := range list {
				s.day.set |= 1 << n
			}
		}
	}
	return nil
}

func (s *Schedule) weekdays(f field, text string) error {
	if text == "*" || text == "?" {
		s.week.any = true
		return nil
	}
	for part := range strings.SplitSeq(text, ",") {
		day, nth, counted := strings.Cut(part, "#")
		before, isLast := strings.CutSuffix(part, "L")
		switch {
		case part == "L":
			s.week.set |= 1 << time.Saturday
		case counted:
			n, err := s.number(f, day)
			if err != nil {
				return err
			}
			k, err := strconv.Atoi(nth)
			if err != nil || k < 1 || k > 5 {
				return s.bad(f, part, "after # a number from 1 to 5 is expected")
			}
			if s.week.nth == nil {
				s.week.nth = map[int]int{}
			}
			s.week.nth[(n-f.shift)%7] |= 1 << k
		case isLast:
			n, err := s.number(f, before)
			if err != nil {
				return err
			}
			s.week.last |= 1 << ((n - f.shift) % 7)
		default:
			list, err := s.part(f, part)
			if err != nil {
				return err
			}
			for _, n := range list {
				s.week.set |= 1 << (n % 7)
			}
		}
	}
	return nil
}

func (s *Schedule) yearField(text string) error {
	s.lastOfYear = maxYear
	if text == "*" || text == "?" {
		return nil
	}
	f := field{name: "year", min: minYear, max: maxYear}
	s.years = map[int]bool{}
	var all []int
	for part := range strings.SplitSeq(text, ",") {
		list, err := s.part(f, part)
		if err != nil {
			return err
		}
		all = append(all, list...)
	}
	for _, y := range all {
		s.years[y] = true
	}
	s.lastOfYear = slices.Max(all)
	return nil
}
