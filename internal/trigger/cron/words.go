package cron

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// vocabulary is how a language says a schedule.
type vocabulary struct {
	everyDay, everyHour, everyHourAt, everyMinute, everySecond string
	everyMinutes, everySeconds                                 string // with a number
	at, during, minutesOf, seconds                             string
	onDays, onDay, lastDay, special, or, in, inYears, and, to  string
	days, months                                               []string
}

var vocabularies = map[string]vocabulary{
	"en": {everyDay: "every day", everyHour: "every hour", everyHourAt: "every hour at minute %s", everyMinute: "every minute", everySecond: "every second",
		everyMinutes: "every %d minutes", everySeconds: "every %d seconds", at: "at %s", during: "%s during the hours %s", minutesOf: "at minute %s of the hours %s", seconds: "at second %s",
		onDays: "on day %s of the month", onDay: "on %s", lastDay: "on the last day of the month", special: "on the days that %s says", or: " or ", in: "in %s", inYears: "in the years %s", and: " and ", to: " to ",
		days:   []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		months: []string{"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}},
	"it": {everyDay: "ogni giorno", everyHour: "ogni ora", everyHourAt: "ogni ora al minuto %s", everyMinute: "ogni minuto", everySecond: "ogni secondo",
		everyMinutes: "ogni %d minuti", everySeconds: "ogni %d secondi", at: "alle %s", during: "%s nelle ore %s", minutesOf: "al minuto %s delle ore %s", seconds: "al secondo %s",
		onDays: "il giorno %s del mese", onDay: "di %s", lastDay: "l'ultimo giorno del mese", special: "nei giorni che dice %s", or: " o ", in: "in %s", inYears: "negli anni %s", and: " e ", to: " – ",
		days:   []string{"domenica", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato"},
		months: []string{"", "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"}},
}

// Words says the schedule in a language, en or it; what is too special to be said is quoted.
func (s Schedule) Words(lang string) string {
	v, ok := vocabularies[lang]
	if !ok {
		v = vocabularies["en"]
	}
	clock, often := s.clockWords(v)
	days := s.dayWords(v)
	var parts []string
	switch {
	case often && days == v.everyDay:
		parts = append(parts, clock)
	case often:
		parts = append(parts, clock, days)
	default:
		parts = append(parts, days, clock)
	}
	if list := members(s.month, 1, 12); len(list) < 12 {
		parts = append(parts, fmt.Sprintf(v.in, v.join(ranges(list, func(n int) string { return v.months[n] }, v.to))))
	}
	if s.years != nil {
		var list []int
		for y := range s.years {
			list = append(list, y)
		}
		slices.Sort(list)
		parts = append(parts, fmt.Sprintf(v.inYears, v.join(ranges(list, strconv.Itoa, v.to))))
	}
	return strings.Join(parts, " ")
}

// clockWords says the time of day; often tells that it is more than a few moments a day.
func (s Schedule) clockWords(v vocabulary) (text string, often bool) {
	secs, mins, hours := members(s.sec, 0, 59), members(s.min, 0, 59), members(s.hour, 0, 23)
	hourText := v.join(ranges(hours, func(n int) string { return fmt.Sprintf("%02d", n) }, v.to))
	if len(secs) > 1 {
		text = fmt.Sprintf(v.seconds, v.join(ranges(secs, strconv.Itoa, v.to)))
		if n, ok := step(secs, 60); ok && n == 1 {
			text = v.everySecond
		} else if ok {
			text = fmt.Sprintf(v.everySeconds, n)
		}
		if len(mins) < 60 {
			text += " " + fmt.Sprintf(v.minutesOf, v.join(ranges(mins, strconv.Itoa, v.to)), hourText)
		} else if len(hours) < 24 {
			text = fmt.Sprintf(v.during, text, hourText)
		}
		return text, true
	}
	second := ""
	if secs[0] != 0 {
		second = fmt.Sprintf(":%02d", secs[0])
	}
	if len(mins)*len(hours) <= 6 {
		var list []string
		for _, h := range hours {
			for _, m := range mins {
				list = append(list, fmt.Sprintf("%02d:%02d%s", h, m, second))
			}
		}
		return fmt.Sprintf(v.at, v.join(list)), false
	}
	if n, ok := step(mins, 60); ok {
		text = v.everyMinute
		if n > 1 {
			text = fmt.Sprintf(v.everyMinutes, n)
		}
		if len(hours) < 24 {
			text = fmt.Sprintf(v.during, text, hourText)
		}
		return text, true
	}
	minuteText := v.join(ranges(mins, strconv.Itoa, v.to))
	switch {
	case len(hours) == 24 && minuteText == "0":
		return v.everyHour, true
	case len(hours) == 24:
		return fmt.Sprintf(v.everyHourAt, minuteText), true
	}
	return fmt.Sprintf(v.minutesOf, minuteText, hourText), true
}

// dayWords says on which days.
func (s Schedule) dayWords(v vocabulary) string {
	var parts []string
	special := len(s.day.last) > 1 || len(s.day.last) == 1 && s.day.last[0] != 0 || len(s.day.near) > 0 || s.day.lastWork || s.week.last != 0 || len(s.week.nth) > 0
	if special {
		return fmt.Sprintf(v.special, strconv.Quote(s.text))
	}
	if !s.day.any {
		if list := members(s.day.set, 1, 31); len(list) > 0 && len(list) < 31 {
			parts = append(parts, fmt.Sprintf(v.onDays, v.join(ranges(list, strconv.Itoa, v.to))))
		}
		if len(s.day.last) > 0 {
			parts = append(parts, v.lastDay)
		}
	}
	if list := members(s.week.set, 0, 6); !s.week.any && len(list) > 0 && len(list) < 7 {
		if list[0] == 0 { // the week begins on Monday
			list = append(list[1:], 7)
		}
		parts = append(parts, fmt.Sprintf(v.onDay, v.join(ranges(list, func(n int) string { return v.days[n%7] }, v.to))))
	}
	if len(parts) == 0 {
		return v.everyDay
	}
	if s.union {
		return strings.Join(parts, v.or)
	}
	return strings.Join(parts, v.and)
}

// members lists a set.
func members(set uint64, low, high int) (out []int) {
	for n := low; n <= high; n++ {
		if set&(1<<n) != 0 {
			out = append(out, n)
		}
	}
	return out
}

// step tells whether a list is every n-th value from 0 on, of at least three.
func step(list []int, of int) (int, bool) {
	if len(list) < 3 || list[0] != 0 {
		return 0, false
	}
	n := list[1]
	for i, v := range list {
		if v != i*n {
			return 0, false
		}
	}
	return n, list[len(list)-1]+n >= of
}

// ranges writes neighbours of three and more as one.
func ranges(list []int, say func(int) string, to string) (out []string) {
	for i := 0; i < len(list); {
		j := i
		for j+1 < len(list) && list[j+1] == list[j]+1 {
			j++
		}
		if j-i >= 2 {
			out = append(out, say(list[i])+to+say(list[j]))
		} else {
			for k := i; k <= j; k++ {
				out = append(out, say(list[k]))
			}
		}
		i = j + 1
	}
	return out
}

// join puts "and" before the last.
func (v vocabulary) join(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + v.and + list[len(list)-1]
}

// Coming lists the next n ticks after a moment; fewer when there are no more.
func (s Schedule) Coming(after time.Time, n int) (out []time.Time) {
	for len(out) < n {
		t, err := s.Next(after)
		if err != nil {
			break
		}
		out, after = append(out, t), t
	}
	return out
}
