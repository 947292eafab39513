package sqlstore

import (
	"strconv"
	"strings"

	"dhub/entity"
)

// cursor writes where a page ended: in lists by time the last entry ('t'), else how many went before ('o').
func cursor(kind byte, val, num int64) string {
	return string(kind) + strconv.FormatInt(val, 36) + "." + strconv.FormatInt(num, 36)
}

// resume has the list begin behind a cursor. One of another order is refused: it would leave out runs.
func (l *runList) resume(text string) error {
	bad := entity.Invalid("cursor", "pattern", "The cursor %.40q is none of this list: take it from the answer to the same query, with the same order.", text)
	l.page, l.offset = 0, 0
	a, b, ok := strings.Cut(text[1:], ".")
	val, err := strconv.ParseInt(a, 36, 64)
	if !ok || err != nil {
		return bad
	}
	num, err := strconv.ParseInt(b, 36, 64)
	if err != nil {
		return bad
	}
	field := l.q.Sort[0].Field
	byTime := len(l.q.Sort) == 1 && (field == "created" || field == "updated")
	switch {
	case text[0] == 't' && byTime:
		l.after = &entry{val: val, num: num}
	case text[0] == 'o' && !byTime && val >= 0 && val < 1<<40:
		l.offset = int(val)
	default:
		return bad
	}
	return nil
}
