package httpapi

import "dhub/internal/run"

// times says when the bytes of an event were written: pairs of the offset from which on, up to that of the next pair,
// and Unix milliseconds, 0 where it is not known. The first pair is at the first byte of which it is known.
type times [][2]int64

// cutTimes takes the marks of the bytes from an offset to another, and leaves those of the bytes after them.
func cutTimes(marks []run.LogMark, from, to int64) (when times, rest []run.LogMark) {
	for len(marks) > 0 && marks[0].Offset < to {
		if m := marks[0]; len(when) > 0 || m.Time > 0 {
			when = append(when, [2]int64{max(m.Offset, from), m.Time})
		}
		if len(marks) > 1 && marks[1].Offset <= to {
			marks = marks[1:]
			continue
		}
		return when, marks // it covers bytes after them too
	}
	return when, marks
}

var logTimesShape = object{"type": "array", "description": "When the bytes were written: pairs of an offset and Unix milliseconds, each for the bytes from there on up to the next pair; 0 where it is not known. Bytes before the first pair, and those of an event without it, have no known time.",
	"items": object{"type": "array", "items": object{"type": "integer"}, "minItems": 2, "maxItems": 2}}
