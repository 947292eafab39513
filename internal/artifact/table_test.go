package artifact

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestReadTable(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		form, text, want string
		cut              bool
		rows             int
	}{
		"csv": {formCSV, "\xef\xbb\xbfname,n,x,ok,day,at\n\"a, b\",1,1.5,true,2026-01-02,2026-01-02T03:04:05Z\nc,2,3,False,2026-01-03,2026-01-02 03:04:05\n",
			`{"format":"csv","columns":[{"name":"name","type":"string"},{"name":"n","type":"integer"},{"name":"x","type":"number"},{"name":"ok","type":"boolean"},{"name":"day","type":"date"},{"name":"at","type":"datetime"}],"rows":[["a, b","1","1.5","true","2026-01-02","2026-01-02T03:04:05Z"],["c","2","3","False","2026-01-03","2026-01-02 03:04:05"]],"total":2,"truncated":false}`, false, 9},
		"semicolons, ragged, no names": {formCSV, "a;;c\n1;2\n;;3;4\n",
			`{"format":"csv","columns":[{"name":"a","type":"integer"},{"name":"column 2","type":"integer"},{"name":"c","type":"integer"}],"rows":[["1","2",null],[null,null,"3"]],"total":2,"truncated":false}`, false, 9},
		"limit":    {formTSV, "a\tb\n1\t2\n3\t4\n", `{"format":"tsv","columns":[{"name":"a","type":"integer"},{"name":"b","type":"integer"}],"rows":[["1","2"]],"total":2,"truncated":true}`, false, 1},
		"cut":      {formCSV, "a\n1\n2\n3tor", `{"format":"csv","columns":[{"name":"a","type":"integer"}],"rows":[["1"],["2"]],"truncated":true}`, true, 9},
		"formula":  {formCSV, "a\n=1+1\n", `{"format":"csv","columns":[{"name":"a","type":"string"}],"rows":[["=1+1"]],"total":1,"truncated":false}`, false, 9},
		"empty":    {formCSV, "", `{"format":"csv","columns":[],"rows":[],"total":0,"truncated":false}`, false, 9},
		"one line": {formCSV, "aaaa", `{"format":"csv","columns":[],"rows":[],"truncated":true}`, true, 9},
		"lines":    {formLines, "{\"a\":1,\"b\":{\"c\":1}}\n\n{\"a\":12345678901234567,\"d\":\"x\"}\n", `{"format":"jsonl","columns":[{"name":"a","type":"integer"},{"name":"b","type":"object"},{"name":"d","type":"string"}],"rows":[[1,{"c":1},null],[12345678901234567,null,"x"]],"total":2,"truncated":false}`, false, 9},
		"values":   {formLines, "1\n\"2\"\n", `{"format":"jsonl","columns":[{"name":"value","type":"string"}],"rows":[[1],["2"]],"total":2,"truncated":false}`, false, 9},
		"broken":   {formLines, "{\"a\":1}\n{\n", `{"format":"jsonl","columns":[{"name":"a","type":"integer"}],"rows":[[1]],"truncated":true}`, false, 9},
		"types":    {formCSV, "a,b\n0x1F,NaN\n1_0,Infinity\n", `{"format":"csv","columns":[{"name":"a","type":"string"},{"name":"b","type":"string"}],"rows":[["0x1F","NaN"],["1_0","Infinity"]],"total":2,"truncated":false}`, false, 9},
	} {
		got, err := json.Marshal(readTable(x.form, []byte(x.text), x.cut, x.rows))
		if err != nil || string(got) != x.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, got, x.want)
		}
	}
}

func TestShow(t *testing.T) {
	t.Parallel()
	png := "\x89PNG\x0D\x0A\x1A\x0Aabc"
	for name, x := range map[string]struct {
		name, data string
		cut        bool
		kind, typ  string
	}{
		"text":             {"notes", "hello", false, PreviewText, "text/plain"},
		"html":             {"page.html", "<html><script>alert(1)</script>", false, PreviewText, "text/plain"},
		"svg":              {"a.svg", "<svg onload='alert(1)'/>", false, PreviewText, "image/svg+xml"},
		"png by any name":  {"a.txt", png, false, PreviewImage, "image/png"},
		"large image":      {"a.png", png, true, PreviewBinary, "image/png"},
		"binary":           {"a.csv", "a,b\n\x00\x01", false, PreviewBinary, "application/octet-stream"},
		"not utf-8":        {"a.txt", "caf\xe9 au lait", false, PreviewBinary, "text/plain"},
		"torn character":   {"a.txt", "caf\xc3", true, PreviewText, "text/plain"},
		"json":             {"a.json", `{"a":1}`, false, PreviewText, "application/json"},
		"parquet":          {"a.parquet", "PAR1\x15\x04", false, PreviewBinary, "application/vnd.apache.parquet"},
		"empty":            {"a.txt", "", false, PreviewText, "text/plain"},
		"more than a text": {"a.txt", strings.Repeat("x", maxText+1), false, PreviewText, "text/plain"},
	} {
		p := FilePreview{}
		p.show(x.name, []byte(x.data), x.cut, 5)
		if p.Kind != x.kind || p.ContentType != x.typ || len(p.Text) > maxText || p.Kind == PreviewBinary && p.Reason == "" {
			t.Errorf("%s: %+v", name, p)
		}
	}
}
