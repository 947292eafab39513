package entity

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// shown describes the byte at hand for an error message.
func (s *scanner) shown() string {
	if s.pos == len(s.in) {
		return "the end"
	}
	r, _ := utf8.DecodeRune(s.in[s.pos:])
	return strconv.QuoteRune(r)
}

// pointer is the JSON pointer of the value at hand.
func (s *scanner) pointer() string {
	var b strings.Builder
	b.WriteString(s.root)
	for _, p := range s.path {
		b.WriteByte('/')
		if p.key == nil {
			b.WriteString(strconv.Itoa(p.index))
			continue
		}
		b.WriteString(escapePointer(unquote(p.key)))
	}
	return b.String()
}

func (s *scanner) broken(format string, args ...any) error {
	upto := s.in[:min(s.pos, len(s.in))]
	line := bytes.Count(upto, []byte{'\n'}) + 1
	column := len(upto) - bytes.LastIndexByte(upto, '\n')
	return Invalid(s.pointer(), "syntax", "The body is not JSON: %s (line %d, column %d, byte %d).",
		fmt.Sprintf(format, args...), line, column, s.pos)
}

func (s *scanner) nul() error {
	field := s.pointer()
	if n := len(s.path); n > 0 && s.expectsName() {
		s.path = s.path[:n-1]
		field = s.pointer()
		return Invalid(field, "pattern", "A member's name in %s holds the character \\u0000, which cannot be stored; remove it.", named(field))
	}
	return Invalid(field, "pattern", "The field %s holds the character \\u0000, which cannot be stored; remove it or encode the text, for example in base64.", named(field))
}

// expectsName tells whether the string at hand is a member's name: { or a comma of an object precedes it.
func (s *scanner) expectsName() bool {
	last := s.out[len(s.out)-1]
	return last == '{' || last == ',' && s.path[len(s.path)-1].key != nil
}

func (s *scanner) deep() error {
	field := s.pointer()
	if len(field) > 200 {
		field = field[:200]
	}
	return Invalid(field, "range", "The body nests deeper than %d levels at %s; flatten it.", MaxDepth, named(field))
}

func named(pointer string) string {
	if pointer == "" {
		return "the body"
	}
	return pointer
}

var pointerEscaper = strings.NewReplacer("~", "~0", "/", "~1")

func escapePointer(s string) string {
	if !strings.ContainsAny(s, "~/") {
		return s
	}
	return pointerEscaper.Replace(s)
}
