package yamljson

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"dhub/entity"
)

var kept = []string{`{"z":1.0,"a":12345678901234567890,"e":1e5,"E":1E-7,"n":-0.0,"null":null,"yes":"yes","no":"no","t":true,"f":false,"empty":{},"list":[],"s":""}`,
	`{"a":"1","b":"1.0","c":"true","d":"null","e":"~","f":"2026-01-02","g":"0x10","h":"- a","i":"a: b","j":"#c","k":" lead","l":"trail ","m":"é\u0001\u2028","n":"y","o":"0o7","p":"1_000","q":".inf","r":"<<"}`,
	`{"code":"def main():\n    return 1\n","two":"a\n\nb","tabs":"\ta\n\tb\n","trail":"a \nb\n\n\n","cr":"a\r\nb","lead":"\n a"}`,
	`[[1,[2,{"a":[{"b":[]}]}]],"x"]`, `"text"`, `{"":"empty key","a b":1,"1":2,"true":3}`, `{"nested":{"a":{"b":{"c":[{"d":1},{"d":2,"e":[1,2]}]}}}}`}

func TestRoundTripKeepsEveryCharacter(t *testing.T) {
	t.Parallel()
	for _, text := range kept {
		y, err := Encode(json.RawMessage(text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		docs, err := Decode(y)
		if err != nil || len(docs) != 1 {
			t.Errorf("%s: %v\n%s", text, err, y)
			continue
		}
		var want, got bytes.Buffer
		for b, raw := range map[*bytes.Buffer][]byte{&want: []byte(text), &got: docs[0]} {
			if err := json.Compact(b, raw); err != nil {
				t.Fatal(err)
			}
		}
		var a, b any
		da, db := json.NewDecoder(&want), json.NewDecoder(&got)
		da.UseNumber()
		db.UseNumber()
		if da.Decode(&a) != nil || db.Decode(&b) != nil {
			t.Fatalf("%s", docs[0])
		}
		ja, _ := json.Marshal(a)
		jb, _ := json.Marshal(b)
		if string(ja) != string(jb) {
			t.Errorf("%s became %s by\n%s", text, docs[0], y)
		}
	}
}

func TestRoundTripOfAnyText(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	alphabet := []rune(" \t\n\r-:#'\"\\|>&*!%@`{}[],?~.0123abcé\u0001\u0085\u00a0\u2028\ufeff\U0001F600")
	for range 3000 {
		var s []rune
		for range rnd.IntN(12) {
			s = append(s, alphabet[rnd.IntN(len(alphabet))])
		}
		want := string(s)
		raw, err := json.Marshal(map[string]any{want: []string{want}, "x": want})
		if err != nil {
			t.Fatal(err)
		}
		y, err := Encode(raw)
		if err != nil {
			t.Fatalf("%q: %v", want, err)
		}
		docs, err := Decode(y)
		if err != nil || len(docs) != 1 {
			t.Fatalf("%q: %v\n%s", want, err, y)
		}
		var got map[string]any
		if err := json.Unmarshal(docs[0], &got); err != nil || got["x"] != any(want) || want != "x" && got[want].([]any)[0] != any(want) {
			t.Fatalf("%q became %s by\n%s", want, docs[0], y)
		}
	}
}

func TestEncodeIsReadable(t *testing.T) {
	t.Parallel()
	got, err := Encode(json.RawMessage(`{"kind":"k","spec":{"code":"a\nb\n","list":[1.0,{"x":2}],"none":[]}}`), json.RawMessage(`{"kind":"t"}`))
	want := "kind: k\nspec:\n  code: |\n    a\n    b\n  list:\n    - 1.0\n    - x: 2\n  none: []\n---\nkind: t\n"
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a: 1\n---\n---\nb: 2\n":   `{"a":1} {"b":2}`,
		"a: 0x1F\nb: +5\nc: 1_000": `{"a":31,"b":5,"c":1000}`,
		"a: .5\nb: 1.\nc: +1.5":    `{"a":0.5,"b":1.0,"c":1.5}`,
		"a: .nan\nb: -.inf":        `{"a":NaN,"b":-Infinity}`,
		"a: 2026-01-02\nb: on":     `{"a":"2026-01-02","b":"on"}`,
		"1: a\ntrue: b":            `{"1":"a","true":"b"}`,
		"":                         ``,
		"{\"json\": [1, \"a\"]}":   `{"json":[1,"a"]}`,
	} {
		docs, err := Decode([]byte(text))
		var got []string
		for _, d := range docs {
			got = append(got, string(d))
		}
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%q: %s %v, want %s", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"a: 1\na: 2":                    "Line 2",
		"a: &x 1\nb: *x":                "aliases",
		"a: [1":                         "no YAML",
		"? [a]\n: b":                    "key must be a text",
		"a:\n  <<: {b: 1}":              "key must be a text",
		strings.Repeat("[", 300):        "",
		strings.Repeat("---\na\n", 300): "more than 200",
	} {
		_, err := Decode([]byte(text))
		if entity.CodeOf(err) != entity.CodeInvalid || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %s", text, err, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range kept {
		y, err := Encode(json.RawMessage(s))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(y)
	}
	f.Add([]byte("a: *x\n&y b: [1, {c: 0x1}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		docs, err := Decode(data)
		if err != nil {
			if entity.CodeOf(err) != entity.CodeInvalid {
				t.Fatalf("%v", err)
			}
			return
		}
		for _, d := range docs {
			if _, _, err := entity.Scan(d, ""); err != nil && entity.CodeOf(err) != entity.CodeInvalid {
				t.Fatalf("%s: %v", d, err)
			}
		}
	})
}
