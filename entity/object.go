package entity

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Member is one name and value of an Object.
type Member struct {
	Name  string
	Value json.RawMessage
}

// Object is a JSON object whose values keep their bytes and whose members keep their order. Only its top
// level is taken apart.
type Object []Member

// ParseObject takes a JSON object apart. Absent bytes and null give an empty object; of members with one
// name the last counts. The bytes must be JSON already (see Scan); what is no object is an error.
func ParseObject(raw json.RawMessage) (Object, error) {
	i := skipSpace(raw, 0)
	if i == len(raw) || string(bytes.TrimSpace(raw)) == "null" {
		return nil, nil
	}
	if raw[i] != '{' {
		return nil, fmt.Errorf("a JSON object is expected, not %s", TypeName(raw))
	}
	var o Object
	var index map[string]int // only of large objects
	i = skipSpace(raw, i+1)
	for i < len(raw) && raw[i] != '}' {
		end := skipString(raw, i)
		if raw[i] != '"' || end < 0 {
			return nil, errBroken
		}
		name := unquote(raw[i+1 : end-1])
		i = skipSpace(raw, end)
		if i == len(raw) || raw[i] != ':' {
			return nil, errBroken
		}
		i = skipSpace(raw, i+1)
		end = skipValue(raw, i)
		if end <= i {
			return nil, errBroken
		}
		if len(o) == manyMembers {
			index = make(map[string]int, 4*manyMembers)
			for j := range o {
				index[o[j].Name] = j
			}
		}
		if index == nil {
			o.put(name, raw[i:end:end])
		} else if j, ok := index[name]; ok {
			o[j].Value = raw[i:end:end]
		} else {
			index[name] = len(o)
			o = append(o, Member{name, raw[i:end:end]})
		}
		i = skipSpace(raw, end)
		if i < len(raw) && raw[i] == ',' {
			i = skipSpace(raw, i+1)
		}
	}
	if i == len(raw) {
		return nil, errBroken
	}
	return o, nil
}

// manyMembers is where looking for a name in turn becomes dearer than a map.
const manyMembers = 32

var errBroken = fmt.Errorf("a JSON object is expected, not broken text")

// put adds a member as parsed; a second one of the same name takes the place of the first.
func (o *Object) put(name string, value json.RawMessage) {
	for i := range *o {
		if (*o)[i].Name == name {
			(*o)[i].Value = value
			return
		}
	}
	*o = append(*o, Member{name, value})
}

// Get returns the value of a member, nil when it is absent.
func (o Object) Get(name string) json.RawMessage {
	for i := range o {
		if o[i].Name == name {
			return o[i].Value
		}
	}
	return nil
}

// Has tells whether a member is there and not null.
func (o Object) Has(name string) bool {
	v := o.Get(name)
	return v != nil && !IsNull(v)
}

// Text returns a member that is a string, "" when it is absent or something else.
func (o Object) Text(name string) string {
	s, _ := AsString(o.Get(name))
	return s
}

// Set replaces a member in its place or adds it at the end.
func (o *Object) Set(name string, value json.RawMessage) { o.put(name, value) }

// SetText sets a member to a string.
func (o *Object) SetText(name, value string) { o.put(name, AppendString(nil, value)) }

// SetAny sets a member to the JSON of v, which must be encodable.
func (o *Object) SetAny(name string, v any) {
	raw, err := EncodeJSON(v)
	if err != nil {
		panic("entity: " + err.Error())
	}
	o.put(name, raw)
}

// Delete removes members.
func (o *Object) Delete(names ...string) {
	if len(names) > 8 {
		set := make(map[string]bool, len(names))
		for _, n := range names {
			set[n] = true
		}
		*o = slices.DeleteFunc(*o, func(m Member) bool { return set[m.Name] })
		return
	}
	*o = slices.DeleteFunc(*o, func(m Member) bool { return slices.Contains(names, m.Name) })
}

// Sort puts the members into alphabetical order.
func (o Object) Sort() {
	slices.SortStableFunc(o, func(a, b Member) int { return strings.Compare(a.Name, b.Name) })
}

// Clone copies the list of members; the values are shared and never written to.
func (o Object) Clone() Object { return slices.Clone(o) }

// JSON renders the object.
func (o Object) JSON() json.RawMessage {
	size := 2
	for i := range o {
		size += len(o[i].Name) + len(o[i].Value) + 4
	}
	return o.AppendJSON(make([]byte, 0, size))
}

// AppendJSON renders the object at the end of b.
func (o Object) AppendJSON(b []byte) []byte {
	b = append(b, '{')
	for i := range o {
		if i > 0 {
			b = append(b, ',')
		}
		b = AppendString(b, o[i].Name)
		b = append(b, ':')
		b = append(b, o[i].Value...)
	}
	return append(b, '}')
}

// MergeObjects lays the members of over on base, top level only. What is no object counts as empty.
func MergeObjects(base, over json.RawMessage) json.RawMessage {
	b, _ := ParseObject(base)
	o, _ := ParseObject(over)
	for _, m := range o {
		b.Set(m.Name, m.Value)
	}
	return b.JSON()
}

// AsString decodes a JSON string; ok is false for anything else.
func AsString(raw json.RawMessage) (s string, ok bool) {
	i := skipSpace(raw, 0)
	if i == len(raw) || raw[i] != '"' {
		return "", false
	}
	end := skipString(raw, i)
	if end < 0 {
		return "", false
	}
	return unquote(raw[i+1 : end-1]), true
}

// IsNull tells whether raw is absent or null.
func IsNull(raw json.RawMessage) bool {
	return len(raw) == 0 || string(bytes.TrimSpace(raw)) == "null"
}

// IsEmpty tells whether raw is absent, null, "", [] or {}.
func IsEmpty(raw json.RawMessage) bool {
	switch string(bytes.TrimSpace(raw)) {
	case "", "null", `""`, "[]", "{}":
		return true
	}
	return false
}

// TypeName words the JSON type of raw for messages: "a string", "an object".
func TypeName(raw json.RawMessage) string {
	i := skipSpace(raw, 0)
	if i == len(raw) {
		return "nothing"
	}
	switch raw[i] {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	}
	return "a number"
}

// EncodeJSON is json.Marshal without the escaping of <, > and &.
func EncodeJSON(v any) (json.RawMessage, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// AppendString appends s as a JSON string.
func AppendString(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if !plain[s[i]] {
			if s[i] >= utf8.RuneSelf && utf8.ValidString(s) && !strings.ContainsAny(s, "\"\\\u2028\u2029") && !hasControl(s) {
				break
			}
			raw, err := EncodeJSON(s)
			if err != nil {
				panic("entity: " + err.Error())
			}
			return append(b, raw...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

func hasControl(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < 0x20 }) >= 0
}

// unquote decodes the inside of a JSON string.
func unquote(raw []byte) string {
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw)
	}
	var s string
	quoted := make([]byte, 0, len(raw)+2)
	quoted = append(append(append(quoted, '"'), raw...), '"')
	if json.Unmarshal(quoted, &s) != nil {
		return string(raw)
	}
	return s
}

func skipSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\t' || b[i] == '\r') {
		i++
	}
	return i
}

// skipString returns the index after the string that begins at i, -1 when it is not closed.
func skipString(b []byte, i int) int {
	for i++; i < len(b); i++ {
		switch b[i] {
		case '"':
			return i + 1
		case '\\':
			i++
		}
	}
	return -1
}

// skipValue returns the index after the value that begins at i, -1 when it is not closed. The bytes are
// trusted to be JSON.
func skipValue(b []byte, i int) int {
	depth := 0
	for i < len(b) {
		switch b[i] {
		case '"':
			if i = skipString(b, i); i < 0 {
				return -1
			}
		case '{', '[':
			depth++
			i++
		case '}', ']':
			depth--
			i++
			if depth < 0 {
				return -1
			}
		case ',', ':', ' ', '\n', '\t', '\r':
			if depth == 0 {
				return i
			}
			i++
			continue
		default:
			for i < len(b) && !strings.ContainsRune(",:]} \n\t\r", rune(b[i])) {
				i++
			}
		}
		if depth == 0 {
			return i
		}
	}
	return -1
}
