package e2e

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dhub/client"
	"dhub/entity"
)

// head is the newest row of the change feed, read beside the server.
func (s *server) head() (n int64) {
	s.t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(s.data, "dhub.db")+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		s.t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow("SELECT COALESCE(max(seq), 0) FROM changes").Scan(&n); err != nil {
		s.t.Fatal(err)
	}
	return n
}

// Bad input gets a 4xx that names the field, and changes nothing.
func TestBadInputChangesNothing(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	p := s.project("pr")
	f := s.function(p, "f", "def main(): pass\n")
	base := client.Context(p)
	run := func(spec string) string {
		return `{"kind":"python+job:run","spec":{"function":"` + ref(f) + `","local_execution":false` + spec + `}}`
	}
	fn := func(spec string) string { return `{"kind":"python","name":"g","spec":` + spec + `}` }
	before := s.head()
	for _, c := range []struct {
		name, method, path, body string
		status                   int // 0: any 4xx
		says                     string
	}{
		{"unknown kind of function", "POST", base + "/functions", `{"kind":"cobol","name":"g","spec":{}}`, 0, "cobol"},
		{"no kind", "POST", base + "/functions", `{"name":"g","spec":{}}`, 400, "kind"},
		{"unknown action", "POST", base + "/runs", `{"kind":"python+paint:run","spec":{"function":"` + ref(f) + `"}}`, 0, "python+paint"},
		{"unknown kind of run", "POST", base + "/runs", `{"kind":"cobol+job:run","spec":{"function":"` + ref(f) + `"}}`, 0, "cobol"},
		{"unknown kind of task", "POST", base + "/tasks", `{"kind":"python+paint","spec":{"function":"` + ref(f) + `"}}`, 0, "python+paint"},
		{"unknown field of a run", "POST", base + "/runs", run(`,"colour":"red"`), 400, "colour"},
		{"unknown field of a function", "POST", base + "/functions", fn(`{"source":{"source":"a.py","handler":"main"},"colour":"red"}`), 400, "colour"},
		{"unknown field of a source", "POST", base + "/functions", fn(`{"source":{"source":"a.py","handler":"main","colour":"red"}}`), 400, "colour"},
		{"unknown action on a run", "POST", base + "/runs/absent/paint", `{}`, 0, ""},
		{"parameters of a wrong type", "POST", base + "/runs", run(`,"parameters":[1]`), 400, "parameters"},
		{"timeout of a wrong type", "POST", base + "/runs", run(`,"timeout":"soon"`), 400, "timeout"},
		{"negative timeout", "POST", base + "/runs", run(`,"timeout":-1`), 400, "timeout"},
		{"backoff_limit of a wrong type", "POST", base + "/runs", run(`,"backoff_limit":"many"`), 400, "backoff_limit"},
		{"inputs of a wrong type", "POST", base + "/runs", run(`,"inputs":"x"`), 400, "inputs"},
		{"resources of a wrong type", "POST", base + "/runs", run(`,"resources":{"mem":"lots"}`), 400, "mem"},
		{"secrets of a wrong type", "POST", base + "/runs", run(`,"secrets":"x"`), 400, "secrets"},
		{"envs of a wrong type", "POST", base + "/runs", run(`,"envs":[1]`), 400, "envs"},
		{"requirements of a wrong type", "POST", base + "/functions", fn(`{"requirements":"numpy"}`), 400, "requirements"},
		{"unknown python version", "POST", base + "/functions", fn(`{"python_version":"PYTHON9_99","source":{"source":"a.py","handler":"main"}}`), 400, "python_version"},
		{"spec of a wrong type", "POST", base + "/functions", fn(`"x"`), 400, "spec"},
		{"metadata of a wrong type", "POST", base + "/functions", `{"kind":"python","name":"g","metadata":"x","spec":{}}`, 400, "metadata"},
		{"labels of a wrong type", "POST", base + "/functions", `{"kind":"python","name":"g","metadata":{"labels":"x"},"spec":{"source":{"source":"a.py","handler":"main"}}}`, 400, "labels"},
		{"unknown state", "POST", base + "/functions", `{"kind":"python","name":"g","spec":{"source":{"source":"a.py","handler":"main"}},"status":{"state":"TIRED"}}`, 400, "state"},
		{"broken base64", "POST", base + "/functions", fn(`{"source":{"source":"a.py","handler":"main","base64":"§§§"}}`), 400, "base64"},
		{"no JSON", "POST", base + "/functions", `{"kind":`, 400, ""},
		{"an array", "POST", base + "/functions", `[]`, 400, ""},
		{"no body", "POST", base + "/functions", ``, 400, ""},
		{"trailing text", "POST", base + "/functions", fn(`{"source":{"source":"a.py","handler":"main"}}`) + "x", 400, ""},
		{"NUL in a name", "POST", base + "/functions", `{"kind":"python","name":"g\u0000","spec":{}}`, 400, "name"},
		{"NUL in a parameter", "POST", base + "/runs", run(`,"parameters":{"deep":[{"x":"a\u0000b"}]}`), 400, "/spec/parameters/deep/0/x"},
		{"NUL in metadata", "POST", base + "/functions", `{"kind":"python","name":"g","metadata":{"description":"\u0000"},"spec":{"source":{"source":"a.py","handler":"main"}}}`, 400, "description"},
		{"NUL in a key", "POST", base + "/runs", run(`,"parameters":{"a\u0000":1}`), 400, "parameters"},
		{"missing project", "POST", "/api/v1/-/nowhere/functions", fn(`{"source":{"source":"a.py","handler":"main"}}`), 0, "project"},
		{"run in a missing project", "POST", "/api/v1/-/nowhere/runs", run(``), 0, "project"},
		{"function of another project", "POST", base + "/runs", `{"kind":"python+job:run","spec":{"function":"python://other/f:` + f.ID + `"}}`, 400, "project"},
		{"missing function", "POST", base + "/runs", `{"kind":"python+job:run","spec":{"function":"python://pr/absent:0123456789abcdef0123456789abcdef"}}`, 0, "function"},
		{"no function", "POST", base + "/runs", `{"kind":"python+job:run","spec":{}}`, 400, "task"},
		{"missing run", "GET", base + "/runs/absent", ``, 404, "No such EntityName"},
		{"missing function to delete", "DELETE", base + "/functions/absent", ``, 0, ""},
		{"unknown field to sort", "GET", base + "/runs?sort=colour,asc", ``, 400, "sort"},
		{"name of a project", "POST", "/api/v1/projects", `{"name":"Not A Name","kind":"project"}`, 400, "name"},
		{"unknown path", "GET", base + "/colours", ``, 404, ""},
		{"unknown method", "PATCH", base + "/functions", `{}`, 405, ""},
		{"wait of a wrong type", "GET", base + "/runs/absent?wait=long", ``, 0, ""},
		{"schedule of a wrong form", "POST", base + "/runs", run(`,"schedule":"every now and then"`), 400, "schedule"},
	} {
		a := s.http(c.method, c.path, c.body, "Dhub-Strict", "1")
		if a.status/100 != 4 || c.status != 0 && a.status != c.status {
			t.Errorf("%s: answered %d, want %d: %s", c.name, a.status, c.status, a.body)
		} else if !strings.Contains(a.body, c.says) {
			t.Errorf("%s: the answer does not say %q: %s", c.name, c.says, a.body)
		} else if !json.Valid([]byte(a.body)) {
			t.Errorf("%s: the answer is no JSON: %s", c.name, a.body)
		}
	}
	if a := s.http("POST", base+"/functions", fn(`{"source":{"source":"a.py","handler":"main","base64":"`+strings.Repeat("A", 64<<20)+`"}}`)); a.status != 413 {
		t.Errorf("a body of 64 MiB: answered %d: %.300s", a.status, a.body)
	}
	if after := s.head(); after != before {
		t.Errorf("the change feed's head moved from %d to %d", before, after)
	}
}

// A run id used again after deletion starts afresh.
func TestARunIDUsedAgainStartsAfresh(t *testing.T) {
	t.Parallel()
	s, a := startServer(t), attemptsFile(t)
	f := s.function(s.project("pr"), "f", a.begin()+"def main(word):\n    begin(word)\n    print('this is', word)\n    return word\n")
	var uids []string
	for _, word := range []string{"first", "second"} {
		body := runBody(f, object{"parameters": object{"word": word}})
		body["id"] = "my-run"
		r, err := s.Create(context.Background(), entity.Run, "pr", body)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Create(context.Background(), entity.Run, "pr", body); err == nil || !strings.Contains(err.Error(), "Duplicated entity") {
			t.Errorf("the same id twice: %v", err)
		}
		e := s.completed(r)
		if got := s.log(r); got != "this is "+word+"\n" {
			t.Errorf("the log of %s is %q", word, got)
		}
		if got := field(e.Status, "results.output_0"); got != strconv.Quote(word) {
			t.Errorf("the result of %s is %s", word, got)
		}
		uids = append(uids, field(e.Status, "attempt"))
		if err := s.Delete(context.Background(), entity.Run, "pr", r.ID, true); err != nil {
			t.Fatal(err)
		}
		if got := s.http("GET", client.Context("pr")+"/runs/my-run/log", ""); got.status != 404 {
			t.Errorf("the log of a deleted run: %v", got)
		}
	}
	if got := a.lines(); !slices.Equal(got, []string{"first", "second"}) {
		t.Errorf("executed %v", got)
	}
	if !slices.Equal(uids, []string{"1", "1"}) {
		t.Errorf("attempts %v", uids)
	}
}

// raw sends a request line as it stands: no client cleans the path.
func (s *server) raw(method, target, body string) answer {
	s.t.Helper()
	host := strings.TrimPrefix(s.Endpoint(), "http://")
	c, err := net.Dial("tcp", host)
	if err != nil {
		s.t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "%s %s HTTP/1.0\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", method, target, host, len(body), body)
	b, _ := io.ReadAll(c)
	head, rest, _ := bytes.Cut(b, []byte("\r\n\r\n"))
	var status int
	_, _ = fmt.Sscanf(string(head), "HTTP/1.%d %d", new(int), &status)
	return answer{status, string(rest)}
}

// Ids that look like paths and names of any length are refused or harmless, on every path.
func TestHostileIdsAreHarmless(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	p := s.project("pr")
	f := s.function(p, "f", "def main(): print('ran')\n")
	outside := tree(t, filepath.Dir(s.data), s.data)
	base := client.Context(p)
	types := []string{"functions", "workflows", "tasks", "runs", "artifacts", "dataitems", "models", "secrets", "triggers", "logs"}
	ids := []string{"..", "%2e%2e", "..%2f..%2fetc", "%2e%2e%2f%2e%2e", ".", "%00", "a%00b", strings.Repeat("x", 256), strings.Repeat("x", 257), "%ff%fe", "-", "~", "a b", "CON", "%25"}
	for _, id := range ids {
		target := strings.ReplaceAll(id, " ", "%20")
		for _, typ := range types {
			for _, tail := range []string{"", "/files/info", "/files/download", "/log", "/logs", "/stop", "/metrics", "/relationships"} {
				for _, method := range []string{"GET", "PUT", "POST", "DELETE"} {
					if method == "DELETE" && tail == "" && (id == ".." || id == "." || id == "%2e%2e") {
						continue // the cleaned path is the project's or the collection's own
					}
					if a := s.raw(method, base+"/"+typ+"/"+target+tail, ""); a.status < 300 && method != "GET" || a.status >= 500 && a.status != 501 {
						t.Errorf("%s %s/%s%s: %d %.200s", method, typ, id, tail, a.status, a.body)
					}
				}
			}
		}
		for _, path := range []string{"/api/v1/projects/" + target, "/api/v1/-/" + target + "/runs", "/s3/datalake/" + target, "/s3/" + target + "/x", "/api/v1/-/" + target + "/events"} {
			if strings.HasSuffix(path, "/events") && (id == "-" || id == "~") {
				continue
			}
			if a := s.raw("GET", path, ""); a.status >= 500 && a.status != 501 || a.status == 0 {
				t.Errorf("GET %s: %d %.200s", path, a.status, a.body)
			}
		}
	}
	// In bodies: names of 256 characters work, longer ones and paths are refused; what works leaves no path behind.
	src := base64.StdEncoding.EncodeToString([]byte("def main(): print('ran')\n"))
	for id, good := range map[string]bool{"..": true, ".": true, "../up": false, "a/b": false, `a\b`: false, "%2e%2e": false, strings.Repeat("n", 256): true, strings.Repeat("n", 257): false, "a\nb": false, "": false} {
		q, _ := json.Marshal(id)
		a := s.http("POST", base+"/functions", `{"kind":"python","name":`+string(q)+`,"spec":{"source":{"source":"a.py","handler":"main","base64":"`+src+`"}}}`)
		if (a.status == 200) != good && id != ".." && id != "." {
			t.Errorf("a function of the name %.20q: %d %.300s", id, a.status, a.body)
		}
		if a.status == 200 {
			var e client.Entity
			if err := json.Unmarshal([]byte(a.body), &e); err != nil {
				t.Fatal(err)
			}
			s.completed(s.run(e))
		}
		if id == "" {
			continue // the server gives one
		}
		body, _ := json.Marshal(func() object { b := runBody(f); b["id"] = id; return b }())
		a = s.http("POST", base+"/runs", string(body))
		if a.status != 200 && a.status != 400 {
			t.Errorf("a run of the id %.20q: %d %.300s", id, a.status, a.body)
		}
		if a.status == 200 {
			var e client.Entity
			if err := json.Unmarshal([]byte(a.body), &e); err != nil {
				t.Fatal(err)
			}
			eventually(t, 30e9, "the run has ended", func() bool {
				var page client.Page
				l, err := s.List(context.Background(), entity.Run, p, url.Values{"size": {"200"}})
				page = l
				return err == nil && !slices.ContainsFunc(page.Content, func(e client.Entity) bool { return !e.RunStatus().Final() })
			})
		}
	}
	for _, name := range []string{"../../../escape", "/etc/escape", "a/../../escape"} {
		body := fmt.Sprintf(`{"kind":"python","name":"esc","spec":{"source":{"source":%q,"handler":"main","base64":"%s"}}}`, name, src)
		if a := s.http("POST", base+"/functions", body); a.status == 200 {
			var e client.Entity
			if err := json.Unmarshal([]byte(a.body), &e); err != nil {
				t.Fatal(err)
			}
			s.final(s.run(e))
		}
	}
	if after := tree(t, filepath.Dir(s.data), s.data); !slices.Equal(after, outside) {
		t.Errorf("files were made outside the data folder: %v", after)
	}
	for _, name := range []string{"/etc/escape", "/escape", filepath.Join(filepath.Dir(s.data), "escape")} {
		if _, err := os.Lstat(name); err == nil {
			t.Errorf("%s was made", name)
		}
	}
	if !s.Ready(context.Background()) {
		t.Error("the server does not answer any more")
	}
}

// tree lists the files below a folder, save those below another.
func tree(t *testing.T, dir, save string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if path == save {
			return filepath.SkipDir
		}
		names = append(names, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// JSON arrives in the job as it was sent, and reads back as it was, on both databases.
func TestJSONKeepsItsBytes(t *testing.T) {
	t.Parallel()
	for _, database := range []string{"sqlite", "postgres"} {
		t.Run(database, func(t *testing.T) {
			t.Parallel()
			var o []option
			if database == "postgres" {
				o = append(o, withArgs("--database-url", postgres(t).Database(t)))
			}
			s := startServer(t, o...)
			file := filepath.Join(t.TempDir(), "seen")
			f := s.function(s.project("pr"), "f", `
import json
def main(project=None, **kw):
    with open(`+strconv.Quote(file)+`, "w") as f: json.dump(kw, f)
    return kw["big"]
`)
			deep := strings.Repeat("[", 90) + "1.50" + strings.Repeat("]", 90)
			long := strings.Repeat("0123456789abcdeé", 5<<20/17)
			params := `{"one":1.0,"big":12345678901234567,"huge":123456789012345678901234567890,"exp":1e3,"nan":NaN,"inf":[Infinity,-Infinity],"deep":` + deep +
				`,"text":"<é&\u2028\"\\>","empty":{},"null":null,"zero":-0.0,"list":[1.10,true],"long":"` + long + `"}`
			a := s.http("POST", client.Context("pr")+"/runs", `{"kind":"python+job:run","spec":{"function":"`+ref(f)+`","parameters":`+params+`}}`)
			if a.status != 200 {
				t.Fatalf("answered %d: %.500s", a.status, a.body)
			}
			var r client.Entity
			if err := json.Unmarshal([]byte(a.body), &r); err != nil {
				t.Fatal(err)
			}
			e := s.completed(r)
			back := s.http("GET", client.Context("pr")+"/runs/"+r.ID, "")
			for name, want := range map[string]string{"one": "1.0", "big": "12345678901234567", "huge": "123456789012345678901234567890", "exp": "1e3",
				"nan": `"NaN"`, "inf": `["Infinity","-Infinity"]`, "deep": deep, "empty": "{}", "zero": "-0.0", "list": "[1.10,true]", "long": `"` + long + `"`} {
				if got := field(json.RawMessage(back.body), "spec.parameters."+name); got != want {
					t.Errorf("%s reads back as %.100s, want %.100s", name, got, want)
				}
			}
			if !strings.Contains(string(e.Status), "NaN") || field(e.Status, "notices") == "" {
				t.Errorf("no notice about NaN: %s", field(e.Status, "notices"))
			}
			if got := field(e.Status, "results.output_0"); got != "12345678901234567" {
				t.Errorf("the result reads %s", got)
			}
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var seen map[string]any
			d := json.NewDecoder(bytes.NewReader(b))
			d.UseNumber()
			if err := d.Decode(&seen); err != nil {
				t.Fatal(err)
			}
			for name, want := range map[string]string{"one": "1.0", "big": "12345678901234567", "huge": "123456789012345678901234567890", "exp": "1000.0", "zero": "-0.0", "text": "<é&\u2028\"\\>", "nan": "NaN", "long": long} {
				if got := fmt.Sprint(seen[name]); got != want {
					t.Errorf("in the job %s is %.100s, want %.100s", name, got, want)
				}
			}
			if got := strings.Count(fmt.Sprint(seen["deep"]), "["); got != 90 {
				t.Errorf("in the job the deep value has %d levels", got)
			}
			if seen["null"] != nil {
				t.Errorf("in the job null is %v", seen["null"])
			}
		})
	}
}
