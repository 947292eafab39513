package entity_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"dhub/entity"
)

func TestParseBodyKeepsBytes(t *testing.T) {
	t.Parallel()
	body := `{ "id" : "a", "name":"n", "kind":"python", "project":"p", "user":null, "key":"ignored", "other":[1],
	  "metadata":{"labels":["x"]}, "spec": {"f":1.0,"big":12345678901234567890,"e":1E+2,"s":"a\u00e9\n<b>","dup":1,"dup":2, "z":[ 1 , 2 ]}, "status":null, "extensions":[] }`
	d, notices, err := entity.ParseBody([]byte(body))
	if err != nil || len(notices) != 0 {
		t.Fatalf("got %v, %v", err, notices)
	}
	if d.ID != "a" || d.Name != "n" || d.Kind != "python" || d.Project != "p" || d.Status != nil || string(d.Extensions) != "[]" {
		t.Errorf("got %+v", d)
	}
	want := `{"f":1.0,"big":12345678901234567890,"e":1E+2,"s":"a\u00e9\n<b>","dup":1,"dup":2,"z":[1,2]}`
	if string(d.Spec) != want {
		t.Errorf("got %s, want %s", d.Spec, want)
	}
}

func TestParseBodyRefusals(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ body, pointer, text string }{
		"empty":            {``, "", "a JSON value is missing"},
		"no object":        {`[1]`, "", "must be a JSON object, not an array"},
		"cut off":          {`{"spec":{"a":`, "/spec/a", "byte 13"},
		"line and column":  {"{\n \"spec\": x}", "/spec", "line 2, column 10"},
		"trailing":         {`{} {}`, "", "unexpected text"},
		"trailing comma":   {`{"a":1,}`, "", "member's name"},
		"leading zero":     {`{"a":01}`, "", "comma or }"},
		"bad escape":       {`{"a":"\x"}`, "/a", "unknown escape"},
		"control":          {"{\"a\":\"\x01\"}", "/a", "control character"},
		"not utf-8":        {"{\"a\":\"\xff\"}", "/a", "not UTF-8"},
		"id is a number":   {`{"id":7}`, "/id", "must be a string, not a number"},
		"spec is a list":   {`{"spec":[]}`, "/spec", "must be an object, not an array"},
		"extensions":       {`{"extensions":{}}`, "/extensions", "must be an array"},
		"escaped NUL":      {`{"spec":{"a/b":[0,"x\u0000"]}}`, "/spec/a~1b/1", `\u0000`},
		"raw NUL":          {"{\"status\":{\"m\":\"x\x00\"}}", "/status/m", `\u0000`},
		"NUL in a name":    {`{"spec":{"x":{"ok":1,"\u0000":1}}}`, "/spec/x", `\u0000`},
		"NUL in 1st name":  {`{"spec":{"x":{"\u0000":1}}}`, "/spec/x", `\u0000`},
		"NUL in envelope":  {`{"\u0000":1}`, "", `\u0000`},
		"deep arrays":      {`{"spec":` + strings.Repeat("[", 10000), "", "deeper than 512"},
		"deep and closed":  {`{"spec":{"a":` + strings.Repeat(`{"a":`, 10000) + "1" + strings.Repeat("}", 10002), "", "deeper than 512"},
		"only a bracket":   {`{`, "", "not closed"},
		"infinite-ish":     {`{"a":-Infinit}`, "/a", "cannot begin"},
		"half a surrogate": {`{"a":"\u12"}`, "/a", "four hexadecimal"},
	} {
		_, _, err := entity.ParseBody([]byte(c.body))
		if entity.CodeOf(err) != entity.CodeInvalid || !strings.Contains(err.Error(), c.text) {
			t.Errorf("%s: got %v, want invalid with %q", name, err, c.text)
			continue
		}
		fields := err.(*entity.Error).Fields
		if c.pointer != "" && (len(fields) != 1 || fields[0].Pointer != c.pointer) {
			t.Errorf("%s: got fields %+v, want %q", name, fields, c.pointer)
		}
	}
}

func TestParseBodyBackslashIsNoNUL(t *testing.T) {
	t.Parallel()
	d, _, err := entity.ParseBody([]byte(`{"spec":{"a":"\\u0000"}}`))
	if err != nil || string(d.Spec) != `{"a":"\\u0000"}` {
		t.Errorf("got %s, %v", d.Spec, err)
	}
}

func TestParseBodyKeepsNaNAsText(t *testing.T) {
	t.Parallel()
	d, notices, err := entity.ParseBody([]byte(`{"status":{"metrics":{"loss":[NaN,-Infinity,Infinity,-1]}}}`))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(d.Status), `{"metrics":{"loss":["NaN","-Infinity","Infinity",-1]}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if len(notices) != 3 || notices[1].Field != "/status/metrics/loss/1" || notices[1].Code != "kept_as_text" {
		t.Errorf("got %+v", notices)
	}
}

func TestParseBodyDeepButAllowed(t *testing.T) {
	t.Parallel()
	n := entity.MaxDepth - 1
	if _, _, err := entity.ParseBody([]byte(`{"x":` + strings.Repeat("[", n) + strings.Repeat("]", n) + `}`)); err != nil {
		t.Error(err)
	}
}

func TestRenderOverlaysMetadata(t *testing.T) {
	t.Parallel()
	at := time.Date(2025, 3, 1, 10, 20, 30, 120_999_000, time.UTC)
	d := entity.Doc{Entity: entity.Function, ID: "i1", Name: "f", Kind: "python", Project: "p", User: "alice",
		Metadata: json.RawMessage(`{"zeta":1.0,"name":"","project":"other","created":5,"labels":["a"],"version":"2.1"}`),
		Spec:     json.RawMessage(`{"b":1.0,"a":12345678901234567}`), Created: at, Updated: at.Add(time.Second), UpdatedBy: "bob"}
	got := string(entity.Render(d))
	want := `{"id":"i1","key":"store://p/function/python/f:i1","kind":"python",` +
		`"metadata":{"created":"2025-03-01T10:20:30.120Z","created_by":"alice","embedded":false,"labels":["a"],"name":"f","project":"p",` +
		`"updated":"2025-03-01T10:20:31.120Z","updated_by":"bob","version":"2.1","zeta":1.0},` +
		`"name":"f","project":"p","spec":{"b":1.0,"a":12345678901234567},"status":{"state":"CREATED"},"user":"alice"}`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestRenderEveryEntityIsJSONWithSortedMembers(t *testing.T) {
	t.Parallel()
	for _, e := range []string{entity.Project, entity.Function, entity.Workflow, entity.Task, entity.Run, entity.Artifact,
		entity.DataItem, entity.Model, entity.Secret, entity.Trigger, entity.Log} {
		raw := entity.Render(entity.Doc{Entity: e, ID: "i", Name: "n", Kind: "k", Status: json.RawMessage(`{"z":1,"state":"READY","a":2}`)})
		o, err := entity.ParseObject(raw)
		if err != nil || !json.Valid(raw) {
			t.Fatalf("%s: got %s, %v", e, raw, err)
		}
		for i := 1; i < len(o); i++ {
			if o[i-1].Name >= o[i].Name {
				t.Errorf("%s: %s stands before %s", e, o[i-1].Name, o[i].Name)
			}
		}
		if got := string(o.Get("status")); got != `{"a":2,"state":"READY","z":1}` {
			t.Errorf("%s: got status %s", e, got)
		}
		m, _ := entity.ParseObject(o.Get("metadata"))
		if m.Text("version") != "i" || m.Text("created_by") != "anonymous" {
			t.Errorf("%s: got metadata %s", e, o.Get("metadata"))
		}
	}
}

func TestObject(t *testing.T) {
	t.Parallel()
	o, err := entity.ParseObject(json.RawMessage(" {\"b\" : 1.0 , \"a\\u0041\": {\"x\":[1,\"}\"]},\"b\":2}"))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(o.JSON()); got != `{"b":2,"aA":{"x":[1,"}"]}}` {
		t.Errorf("got %s", got)
	}
	if got := string(entity.MergeObjects(json.RawMessage(`{"a":1,"b":1}`), json.RawMessage(`{"b":2.0,"c":"é<"}`))); got != `{"a":1,"b":2.0,"c":"é<"}` {
		t.Errorf("got %s", got)
	}
	for _, bad := range []string{`[1]`, `"x"`, `{`, `{"a"`, `{"a":`, `{"a":1`, `{x:1}`, `{"a":}`} {
		if _, err := entity.ParseObject(json.RawMessage(bad)); err == nil {
			t.Errorf("%s: got no error", bad)
		}
	}
}

func TestRelationsAreReadTolerantly(t *testing.T) {
	t.Parallel()
	got := entity.Relations(json.RawMessage(`{"relationships":[{"type":"weird","dest":"store://x"},{"dest":"store://y"},7,{"type":"consumes","source":"s","dest":"d"}]}`), "me")
	want := []entity.Relation{{Type: "weird", Source: "me", Dest: "store://x"}, {Source: "me", Dest: "store://y"}, {Type: "consumes", Source: "s", Dest: "d"}}
	if len(got) != len(want) {
		t.Fatalf("got %+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %+v, want %+v", got[i], want[i])
		}
	}
}

func FuzzParseBody(f *testing.F) {
	for _, s := range []string{`{"id":"a","spec":{"a":[1.0,NaN,"\u0000",{"b":null}]}}`, `{"a":-Infinity}`, `[{}]`, `{"a":"\\u0000\ud83d\ude00"}`, "{\"\xff\":0}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		clean, _, err := entity.Scan(body, "")
		if err != nil {
			if entity.CodeOf(err) != entity.CodeInvalid {
				t.Fatalf("got %v", err)
			}
			return
		}
		if !json.Valid(clean) {
			t.Fatalf("%q became %q, which is no JSON", body, clean)
		}
		if d, _, err := entity.ParseBody(body); err == nil {
			d.Entity = entity.Run
			if !json.Valid(entity.Render(d)) {
				t.Fatalf("%q renders to %q", body, entity.Render(d))
			}
		}
	})
}

func FuzzKeys(f *testing.F) {
	for _, s := range []string{"store://p/function/python/f:1", "store://p/run/python+job:run/i:i", "python://p/f:1", "python+job://p/1", "store://p/runs/k/i"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if k, ok := entity.ParseKey(s); ok {
			again, ok := entity.ParseKey(k.String())
			if !ok || again != k {
				t.Fatalf("%q: %+v became %+v", s, k, again)
			}
		}
		if r, ok := entity.ParseExecRef(s); ok && r.String() != s {
			t.Fatalf("%q became %q", s, r)
		}
		if r, ok := entity.ParseTaskRef(s); ok && r.String() != s {
			t.Fatalf("%q became %q", s, r)
		}
	})
}

func BenchmarkParseBody(b *testing.B) {
	body := []byte(`{"project":"my-project","id":"9b8a7c6d5e4f40318293a4b5c6d7e8f9","kind":"python+job:run","metadata":{"project":"my-project","name":"9b8a","relationships":[{"type":"run_of","dest":"store://my-project/function/python/hello:0f1e"}]},"spec":{"task":"python+job://my-project/77aa","function":"python://my-project/hello:0f1e","local_execution":false,"inputs":{"di":"store://my-project/dataitem/table/iris:aa11"},"parameters":{"alpha":0.5}},"status":{"state":"CREATED"},"extensions":[]}`)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := entity.ParseBody(body); err != nil {
			b.Fatal(err)
		}
	}
}
