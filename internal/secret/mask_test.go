package secret_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"dhub/internal/secret"
)

func values(list ...string) [][]byte {
	var out [][]byte
	for _, s := range list {
		out = append(out, []byte(s))
	}
	return out
}

func TestMask(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		values   []string
		in, want string
	}{
		"nothing to mask":      {nil, "abc", "abc"},
		"too short":            {[]string{"abc"}, "abcabc", "abcabc"},
		"plain":                {[]string{"hunter2"}, "pw=hunter2.", "pw=*******."},
		"twice":                {[]string{"abcd"}, "abcdabcd", "********"},
		"overlap with itself":  {[]string{"abab"}, "xabababx", "x******x"},
		"two overlap":          {[]string{"abcd", "cdef"}, "abcdef", "******"},
		"one inside another":   {[]string{"bcde", "abcdefg"}, "abcdefX bcdeX abcdefg", "a****fX ****X *******"},
		"suffix falls back":    {[]string{"abcabd"}, "abcabcabd", "abc******"},
		"long after inner one": {[]string{"cdef", "abcdefgh"}, "abcdefgh", "********"},
		"broken beginning":     {[]string{"aaab"}, "aaaaaab", "aaa****"},
		"NUL and line breaks":  {[]string{"a\x00\nb"}, "1a\x00\nb2", "1****2"},
		"trailing line break":  {[]string{"token\n"}, "token!", "*****!"},
		"unfinished at end":    {[]string{"secret"}, "the secre", "the secre"},
	} {
		m := secret.Mask(values(c.values...))
		if got := string(m.Bytes([]byte(c.in))); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
		var w bytes.Buffer
		mw := m.Writer(&w)
		for i := range len(c.in) {
			if _, err := mw.Write([]byte{c.in[i]}); err != nil {
				t.Fatal(err)
			}
		}
		if err := mw.Close(); err != nil {
			t.Fatal(err)
		}
		if w.String() != c.want {
			t.Errorf("%s: byte by byte got %q, want %q", name, w.String(), c.want)
		}
		r, err := io.ReadAll(m.Reader(iotest.OneByteReader(strings.NewReader(c.in))))
		if err != nil || string(r) != c.want {
			t.Errorf("%s: reader got %q, %v, want %q", name, r, err, c.want)
		}
	}
}

// naive masks by looking everywhere for everything.
func naive(in []byte, list [][]byte) []byte {
	out := bytes.Clone(in)
	for _, v := range list {
		for i := 0; len(v) >= secret.MinMasked && i+len(v) <= len(in); i++ {
			if bytes.Equal(in[i:i+len(v)], v) {
				copy(out[i:], bytes.Repeat([]byte{'*'}, len(v)))
			}
		}
	}
	return out
}

func TestMaskEqualsNaiveSearchInPieces(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("abc")), 0, 60, -1)
		var list [][]byte
		for range rapid.IntRange(0, 4).Draw(t, "n") {
			list = append(list, []byte(rapid.StringOfN(rapid.RuneFrom([]rune("abc")), 0, 9, -1).Draw(t, "value")))
		}
		in := []byte(text.Draw(t, "text"))
		s := secret.Mask(list).Stream()
		var out []byte
		for rest := in; len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "piece")
			out = append(out, s.Next(rest[:n])...)
			rest = rest[n:]
			if len(out)+s.Held() != len(in)-len(rest) {
				t.Fatalf("%d bytes came out and %d are held of %d", len(out), s.Held(), len(in)-len(rest))
			}
		}
		out = append(out, s.Rest()...)
		if want := naive(in, list); !bytes.Equal(out, want) {
			t.Fatalf("got %q, want %q", out, want)
		}
	})
}

func TestMaskFromTheMiddle(t *testing.T) {
	t.Parallel()
	m := secret.Mask(values("abcdefgh"))
	text := []byte("0123abcdefgh4567")
	whole := m.Bytes(text)
	for from := range text {
		start := max(0, from-m.Lookback())
		if got := m.Bytes(text[start:])[from-start:]; !bytes.Equal(got, whole[from:]) {
			t.Errorf("from %d: got %q, want %q", from, got, whole[from:])
		}
	}
}

func TestMaskOfOneLongRun(t *testing.T) {
	t.Parallel()
	m := secret.Mask([][]byte{bytes.Repeat([]byte{'a'}, 100_000)})
	in := bytes.Repeat([]byte{'a'}, 3_000_000) // would take minutes if each match were blackened anew
	if got := m.Bytes(in); bytes.Count(got, []byte{'*'}) != len(in) {
		t.Errorf("got %d stars", bytes.Count(got, []byte{'*'}))
	}
}

func TestSecretsDoNotShow(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	slog.New(slog.NewJSONHandler(&b, nil)).Info("x", "plain", secret.Plain{"NAME": "canary"}, "mask", secret.Mask(values("canary")))
	fmt.Fprintf(&b, "%v %+v %#v %s", secret.Plain{"NAME": "canary"}, secret.Plain{"NAME": "canary"}, secret.Plain{"NAME": "canary"}, secret.Plain{"NAME": "canary"})
	if strings.Contains(b.String(), "canary") || !strings.Contains(b.String(), "NAME") {
		t.Errorf("got %s", b.String())
	}
}

func BenchmarkMask(b *testing.B) {
	text := bytes.Repeat([]byte("2026-11-22 INFO loading the next batch of rows from the table, nothing secret here\n"), 12000)
	m := secret.Mask(values("hunter2-hunter2", "eyJhbGciOiJIUzI1NiJ9.abcdef", "s3cr3t"))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		m.Bytes(text)
	}
}
