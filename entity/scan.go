package entity

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// MaxDepth is how deep objects and arrays of a request may nest.
const MaxDepth = 512

// maxNotices bounds the remarks one body can cause.
const maxNotices = 20

// scanner checks JSON as it came and copies it without white space. Numbers and strings keep their bytes.
// Tokens that are no JSON but that clients send for numbers (NaN, Infinity, -Infinity) become strings.
type scanner struct {
	in      []byte
	pos     int
	out     []byte
	path    []step
	root    string // pointer of the scanned value itself, before path
	notices []Notice
}

type step struct {
	key   []byte // raw, without quotes; nil inside an array
	index int
}

// Scan checks one JSON value: syntax, depth, UTF-8, no NUL characters. It returns the value without white
// space and a notice for each token that had to be kept as a string. root is the JSON pointer that errors
// and notices put before the field, "" for a whole body.
func Scan(data []byte, root string) ([]byte, []Notice, error) {
	s := &scanner{in: data, out: make([]byte, 0, len(data)), path: make([]step, 0, 16), root: root}
	s.space()
	if s.pos == len(s.in) {
		return nil, nil, s.broken("a JSON value is missing")
	}
	if err := s.value(); err != nil {
		return nil, nil, err
	}
	s.space()
	if s.pos < len(s.in) {
		return nil, nil, s.broken("unexpected text after the JSON value")
	}
	return s.out, s.notices, nil
}

func (s *scanner) space() {
	for s.pos < len(s.in) {
		switch s.in[s.pos] {
		case ' ', '\t', '\n', '\r':
			s.pos++
		default:
			return
		}
	}
}

func (s *scanner) value() error {
	if s.pos == len(s.in) {
		return s.broken("the text ends where a value is expected")
	}
	switch c := s.in[s.pos]; {
	case c == '{':
		return s.object()
	case c == '[':
		return s.array()
	case c == '"':
		return s.str()
	case c == 't':
		return s.word("true")
	case c == 'f':
		return s.word("false")
	case c == 'n':
		return s.word("null")
	case c == 'N':
		return s.special("NaN")
	case c == 'I':
		return s.special("Infinity")
	case c == '-' && s.pos+1 < len(s.in) && s.in[s.pos+1] == 'I':
		return s.special("-Infinity")
	case c == '-' || c >= '0' && c <= '9':
		return s.number()
	}
	return s.broken("a value cannot begin with %s", s.shown())
}

func (s *scanner) object() error {
	if len(s.path) >= MaxDepth {
		return s.deep()
	}
	s.emit('{')
	s.pos++
	s.path = append(s.path, step{})
	for first := true; ; first = false {
		s.space()
		if s.pos == len(s.in) {
			return s.broken("an object is not closed")
		}
		if first && s.in[s.pos] == '}' {
			break
		}
		if s.in[s.pos] != '"' {
			return s.broken("a member's name in double quotes is expected, not %s", s.shown())
		}
		start := s.pos + 1
		if err := s.str(); err != nil {
			return err
		}
		s.path[len(s.path)-1].key = s.in[start : s.pos-1 : s.pos-1]
		s.space()
		if s.pos == len(s.in) || s.in[s.pos] != ':' {
			return s.broken("a colon is expected after a member's name")
		}
		s.emit(':')
		s.pos++
		s.space()
		if err := s.value(); err != nil {
			return err
		}
		s.space()
		if s.pos == len(s.in) {
			return s.broken("an object is not closed")
		}
		if s.in[s.pos] == '}' {
			break
		}
		if s.in[s.pos] != ',' {
			return s.broken("a comma or } is expected, not %s", s.shown())
		}
		s.emit(',')
		s.pos++
	}
	s.emit('}')
	s.pos++
	s.path = s.path[:len(s.path)-1]
	return nil
}

func (s *scanner) array() error {
	if len(s.path) >= MaxDepth {
		return s.deep()
	}
	s.emit('[')
	s.pos++
	s.path = append(s.path, step{})
	for i := 0; ; i++ {
		s.space()
		if s.pos == len(s.in) {
			return s.broken("an array is not closed")
		}
		if i == 0 && s.in[s.pos] == ']' {
			break
		}
		s.path[len(s.path)-1].index = i
		if err := s.value(); err != nil {
			return err
		}
		s.space()
		if s.pos == len(s.in) {
			return s.broken("an array is not closed")
		}
		if s.in[s.pos] == ']' {
			break
		}
		if s.in[s.pos] != ',' {
			return s.broken("a comma or ] is expected, not %s", s.shown())
		}
		s.emit(',')
		s.pos++
	}
	s.emit(']')
	s.pos++
	s.path = s.path[:len(s.path)-1]
	return nil
}

// plain marks the bytes of a string that need no second look.
var plain = func() (t [256]bool) {
	for c := 0x20; c < 0x80; c++ {
		t[c] = c != '"' && c != '\\'
	}
	return t
}()

func (s *scanner) str() error {
	start := s.pos
	s.pos++
	for {
		for s.pos < len(s.in) && plain[s.in[s.pos]] {
			s.pos++
		}
		if s.pos == len(s.in) {
			s.pos = start
			return s.broken("a string is not closed")
		}
		switch c := s.in[s.pos]; {
		case c == '"':
			s.pos++
			s.out = append(s.out, s.in[start:s.pos]...)
			return nil
		case c == '\\':
			if err := s.escape(); err != nil {
				return err
			}
		case c == 0:
			return s.nul()
		case c < 0x20:
			return s.broken("a control character in a string must be escaped")
		default:
			r, n := utf8.DecodeRune(s.in[s.pos:])
			if r == utf8.RuneError && n == 1 {
				return s.broken("the text is not UTF-8")
			}
			s.pos += n
		}
	}
}

func (s *scanner) escape() error {
	if s.pos+1 == len(s.in) {
		return s.broken("a string is not closed")
	}
	switch s.in[s.pos+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		s.pos += 2
		return nil
	case 'u':
		if s.pos+6 > len(s.in) {
			return s.broken("\\u needs four hexadecimal digits")
		}
		hex := s.in[s.pos+2 : s.pos+6]
		for _, h := range hex {
			if h < '0' || h > '9' && h < 'A' || h > 'F' && h < 'a' || h > 'f' {
				return s.broken("\\u needs four hexadecimal digits")
			}
		}
		if string(hex) == "0000" {
			return s.nul()
		}
		s.pos += 6
		return nil
	}
	return s.broken("a string holds an unknown escape")
}

func (s *scanner) word(w string) error {
	if !bytes.HasPrefix(s.in[s.pos:], []byte(w)) {
		return s.broken("a value cannot begin with %s", s.shown())
	}
	s.pos += len(w)
	s.out = append(s.out, w...)
	return nil
}

func (s *scanner) special(w string) error {
	if !bytes.HasPrefix(s.in[s.pos:], []byte(w)) {
		return s.broken("a value cannot begin with %s", s.shown())
	}
	s.pos += len(w)
	s.out = append(append(append(s.out, '"'), w...), '"')
	if len(s.notices) < maxNotices {
		s.notices = append(s.notices, Notice{Field: s.pointer(), Code: "kept_as_text",
			Message: fmt.Sprintf("%s is not a JSON number; it is kept as the string %q.", w, w)})
	}
	return nil
}

func (s *scanner) number() error {
	start := s.pos
	if s.in[s.pos] == '-' {
		s.pos++
	}
	switch {
	case s.pos < len(s.in) && s.in[s.pos] == '0':
		s.pos++
	case !s.digits():
		return s.broken("a number needs digits")
	}
	if s.pos < len(s.in) && s.in[s.pos] == '.' {
		s.pos++
		if !s.digits() {
			return s.broken("a number needs digits after its point")
		}
	}
	if s.pos < len(s.in) && (s.in[s.pos] == 'e' || s.in[s.pos] == 'E') {
		s.pos++
		if s.pos < len(s.in) && (s.in[s.pos] == '+' || s.in[s.pos] == '-') {
			s.pos++
		}
		if !s.digits() {
			return s.broken("a number needs digits in its exponent")
		}
	}
	s.out = append(s.out, s.in[start:s.pos]...)
	return nil
}

func (s *scanner) digits() bool {
	start := s.pos
	for s.pos < len(s.in) && s.in[s.pos] >= '0' && s.in[s.pos] <= '9' {
		s.pos++
	}
	return s.pos > start
}

func (s *scanner) emit(c byte) { s.out = append(s.out, c) }
