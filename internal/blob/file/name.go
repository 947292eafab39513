package file

import (
	"strings"
)

// A key becomes a path of encoded names. Its components (between slashes) become folders, the last one
// a file; a component of chunk bytes or more is cut into continuation folders first. The first two
// bytes of a name say which it is, so that "a" and "a/b" lie side by side:
//
//	d-NAME  folder: the keys below go on with NAME/
//	c-NAME  continuation: the keys below go on with NAME (exactly chunk bytes, no slash yet)
//	f-NAME  object: the key ends with NAME
//
// Lower-case letters, digits and . _ - stand for themselves, any other byte as %xx: names differ also
// where a file system ignores case, and none has a meaning to it.
const (
	chunk     = 80 // bytes of a component in one name; three times that and the mark fit 255
	markDir   = "d-"
	markCont  = "c-"
	markFile  = "f-"
	hexDigits = "0123456789abcdef"
)

// path returns the folders and the file name of a key.
func path(key string) (dirs []string, name string) {
	parts := strings.Split(key, "/")
	for i, p := range parts {
		for len(p) >= chunk {
			dirs = append(dirs, markCont+encode(p[:chunk]))
			p = p[chunk:]
		}
		if i == len(parts)-1 {
			return dirs, markFile + encode(p)
		}
		dirs = append(dirs, markDir+encode(p))
	}
	return dirs, "" // not reached: Split yields at least one part
}

func encode(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		plain := 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '_' || c == '-' || c == '.' && i < len(s)-1
		if plain {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hexDigits[c>>4])
		b.WriteByte(hexDigits[c&15])
	}
	return b.String()
}

// decode reverses encode; ok is false for a name that encode does not make.
func decode(s string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b.WriteByte(s[i])
			continue
		}
		if i+2 >= len(s) {
			return "", false
		}
		hi, lo := strings.IndexByte(hexDigits, s[i+1]), strings.IndexByte(hexDigits, s[i+2])
		if hi < 0 || lo < 0 {
			return "", false
		}
		b.WriteByte(byte(hi<<4 | lo))
		i += 2
	}
	return b.String(), encode(b.String()) == s
}
