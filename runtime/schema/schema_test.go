package schema_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dhub/entity"
	"dhub/runtime/schema"
)

const text = `{"type":"object","required":["name"],"properties":{
	"name":{"type":"string","minLength":1,"pattern":"^[a-z]+$"},
	"size":{"type":["integer","string"],"minimum":1},
	"mode":{"type":"string","enum":["a","b"]},
	"list":{"type":"array","items":{"$ref":"#/$defs/item"}},
	"free":{"type":"object"},
	"map":{"type":"object","additionalProperties":{"$ref":"#/$defs/item"}}},
	"$defs":{"item":{"type":"object","properties":{"x":{"type":"number"}}}}}`

func TestUnknownFields(t *testing.T) {
	t.Parallel()
	unknown, err := schema.Check(json.RawMessage(text), json.RawMessage(
		`{"name":"n","odd":1,"list":[{"x":1},{"y":2}],"free":{"any":{"thing":1}},"map":{"k":{"x":1,"z/~":0}},"size":null,"gone":null}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"/list/1/y", "/map/k/z~1~0", "/odd"}
	if diff := cmp.Diff(want, unknown); diff != "" {
		t.Errorf("unknown fields (-want +got):\n%s", diff)
	}
	kept, err := schema.Drop(json.RawMessage(`{"name": "n", "odd":1,"size": 1.0,"list":[{"x": 1.50},{"y":2}],"map":{"k":{"x":1,"z/~":0}}}`), unknown)
	if err != nil || string(kept) != `{"list":[{"x":1.50},{}],"map":{"k":{"x":1}},"name":"n","size":1.0}` {
		t.Errorf("got %s, %v", kept, err)
	}
	e, ok := errors.AsType[*entity.Error](schema.Unknown(unknown))
	if !ok || e.Code != entity.CodeInvalid || len(e.Fields) != 3 || e.Fields[2].Pointer != "/odd" {
		t.Errorf("got %+v", e)
	}
}

// What a schema is made of knows members too: the parts of allOf, the variants of anyOf and oneOf, a reference and
// what stands beside it, patterns of names.
func TestUnknownFieldsOfComposedSchemas(t *testing.T) {
	t.Parallel()
	const composed = `{"type":"object",
		"allOf":[{"$ref":"#/$defs/named"},{"properties":{"merged":{"properties":{"a":{}}}}}],
		"properties":{
			"beside":{"$ref":"#/$defs/named","properties":{"more":{}}},
			"either":{"anyOf":[{"type":"string"},{"type":"object","properties":{"x":{}}},{"type":"object","properties":{"y":{}}}]},
			"merged":{"properties":{"b":{}}},
			"open":{"anyOf":[{"properties":{"x":{}}},{"additionalProperties":true}]},
			"tagged":{"properties":{"known":{}},"patternProperties":{"^x-":{"properties":{"on":{}}}}},
			"tree":{"$ref":"#/$defs/tree"}},
		"$defs":{"named":{"properties":{"title":{"type":"string"}}},
			"tree":{"properties":{"kids":{"type":"array","items":{"$ref":"#/$defs/tree"}}}}}}`
	unknown, err := schema.Check(json.RawMessage(composed), json.RawMessage(`{"title":"t","odd":1,
		"beside":{"title":"t","more":1,"odd":1},"either":{"x":1,"y":2,"odd":1},"merged":{"a":1,"b":2,"odd":1},"open":{"any":1},
		"tagged":{"known":1,"x-a":{"on":1,"odd":1},"odd":1},"tree":{"kids":[{"kids":[{"odd":1}]}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"/beside/odd", "/either/odd", "/merged/odd", "/odd", "/tagged/odd", "/tagged/x-a/odd", "/tree/kids/0/kids/0/odd"}
	if diff := cmp.Diff(want, unknown); diff != "" {
		t.Errorf("unknown fields (-want +got):\n%s", diff)
	}
}

// A spec that was checked before gets the same answer, whatever its caller did to the first one.
func TestCheckedAgain(t *testing.T) {
	t.Parallel()
	for i := range 200 {
		good := fmt.Sprintf(`{"name":"n","odd%d":1,"even":2}`, i%90)
		for range 2 {
			unknown, err := schema.Check(json.RawMessage(text), json.RawMessage(good))
			if diff := cmp.Diff([]string{"/even", fmt.Sprint("/odd", i%90)}, unknown); diff != "" || err != nil {
				t.Fatalf("%v, unknown fields (-want +got):\n%s", err, diff)
			}
			unknown[0], unknown[1] = "changed", "too"
		}
		bad := fmt.Sprintf(`{"name":"N%d"}`, i)
		for range 2 {
			if _, err := schema.Check(json.RawMessage(text), json.RawMessage(bad)); entity.CodeOf(err) != entity.CodeInvalid {
				t.Fatalf("%s: got %v", bad, err)
			}
		}
	}
}

func TestWhatIsWrong(t *testing.T) {
	t.Parallel()
	for spec, want := range map[string]entity.FieldError{
		`{}`:                             {Pointer: "/name", Rule: "required", Message: "is missing"},
		``:                               {Pointer: "/name", Rule: "required", Message: "is missing"},
		`null`:                           {Pointer: "/name", Rule: "required", Message: "is missing"},
		`{"name":null}`:                  {Pointer: "/name", Rule: "required", Message: "is missing"},
		`{"name":1}`:                     {Pointer: "/name", Rule: "type", Message: "got number 1, expected string"},
		`{"name":"A"}`:                   {Pointer: "/name", Rule: "pattern", Message: `got "A", expected a text of the form ^[a-z]+$`},
		`{"name":"n","size":0}`:          {Pointer: "/size", Rule: "range", Message: "got 0, expected at least 1"},
		`{"name":"n","size":true}`:       {Pointer: "/size", Rule: "type", Message: "expected integer or string"},
		`{"name":"n","mode":"c"}`:        {Pointer: "/mode", Rule: "enum", Message: `got "c", expected one of "a", "b"`},
		`{"name":"n","list":[{"x":""}]}`: {Pointer: "/list/0/x", Rule: "type", Message: "expected number"},
		`[1]`:                            {Pointer: "", Rule: "type", Message: "expected object"},
		`{`:                              {Pointer: "", Rule: "type", Message: "not JSON"},
	} {
		_, err := schema.Check(json.RawMessage(text), json.RawMessage(spec))
		e, ok := errors.AsType[*entity.Error](err)
		if !ok || e.Code != entity.CodeInvalid || len(e.Fields) == 0 {
			t.Errorf("%s: got %v, want an invalid spec", spec, err)
			continue
		}
		got := e.Fields[0]
		if got.Pointer != want.Pointer || got.Rule != want.Rule || !strings.Contains(got.Message, want.Message) {
			t.Errorf("%s: got %+v, want %+v", spec, got, want)
		}
	}
}

func TestABrokenSchemaIsNoInvalidSpec(t *testing.T) {
	t.Parallel()
	if _, err := schema.Check(json.RawMessage(`{"type":"objekt"}`), nil); err == nil || entity.CodeOf(err) == entity.CodeInvalid {
		t.Errorf("got %v, want an error about the schema", err)
	}
}

func FuzzDrop(f *testing.F) {
	f.Add(`{"a":{"b":[{"c":1}]}}`, "/a/b/0/c")
	f.Fuzz(func(t *testing.T, spec, pointer string) {
		if !json.Valid([]byte(spec)) {
			return
		}
		out, err := schema.Drop(json.RawMessage(spec), []string{pointer})
		if err == nil && !json.Valid(out) {
			t.Errorf("drop %q from %s: got %s", pointer, spec, out)
		}
	})
}
