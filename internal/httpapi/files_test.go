package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dhub/entity"
	"dhub/internal/artifact"
	"dhub/internal/blob/file"
	"dhub/internal/catalog"
	"dhub/internal/s3gate"
)

// withFiles adds a file store behind the wire, whose addresses lead to a real server.
func withFiles(t *testing.T) (*world, *httptest.Server) {
	t.Helper()
	blobs, err := file.New(filepath.Join(t.TempDir(), "files"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = blobs.Close() })
	var server *httptest.Server
	gate, err := s3gate.New(t.Context(), s3gate.Config{Blobs: blobs, Keys: [][]byte{[]byte("0123456789abcdef0123456789abcdef")}, Endpoint: func() string { return server.URL }})
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, 0, func(c *Config) {
		cat := c.Catalog.(*catalog.Catalog)
		c.Files = artifact.New(artifact.Config{Store: c.Answers.(answers).Store, Blobs: blobs, Gate: gate, Catalog: cat})
		c.Mounts = []Mount{{Path: "/s3", Raw: true, Handler: gate}}
		c.Credentials = func(_ context.Context, who Identity) (Credentials, error) {
			k, err := gate.Issue(who.Project, who.User, who.UID, time.Hour)
			return Credentials{AccessKey: k.AccessKey, SecretKey: k.SecretKey, SessionToken: k.SessionToken, Endpoint: gate.URL(), Region: s3gate.Region, Bucket: gate.Bucket(), Expires: k.Expires}, err
		}
	})
	server = serve(t, w.API)
	return w, server
}

func TestFilesOverTheWire(t *testing.T) {
	t.Parallel()
	w, server := withFiles(t)
	w.project()
	send := func(method, url, body string) (int, string) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := server.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		var b strings.Builder
		buf := make([]byte, 1024)
		for {
			n, err := resp.Body.Read(buf)
			b.Write(buf[:n])
			if err != nil {
				return resp.StatusCode, b.String()
			}
		}
	}
	// As the console does: upload first, then make the entity with the path that came back.
	const path = p1 + "/artifacts/a1/files"
	up := decode[placeBody](t, w.do("POST", path+"/upload?filename=data.csv&name=a", ""))
	if up.Method != "PUT" || !strings.HasPrefix(up.Path, "s3://") || !strings.HasSuffix(up.Path, "data.csv") || up.Expiration == "" {
		t.Fatalf("upload %+v", up)
	}
	if code, body := send("PUT", up.URL, "a,b\n1,2\n"); code != 200 {
		t.Fatalf("put: %d %s", code, body)
	}
	w.doc("POST", p1+"/artifacts", `{"id":"a1","name":"a","kind":"artifact","spec":{"path":"`+up.Path+`"},"status":{"state":"READY"}}`)
	down := decode[placeBody](t, w.do("GET", path+"/download", ""))
	if code, body := send("GET", down.URL, ""); code != 200 || body != "a,b\n1,2\n" {
		t.Errorf("get: %d %q", code, body)
	}
	// An array for those who ask for nothing, a page for those who name JSON or a page.
	if body := w.do("GET", path+"/info", "", "Accept: */*").Body.String(); !strings.HasPrefix(body, `[{`) {
		t.Errorf("array: %s", body)
	}
	for target, accept := range map[string]string{path + "/info": "application/json", path + "/info?page=0": "*/*", path + "/info?size=5": "*/*", path + "/info?token=": "*/*"} {
		r := w.do("GET", target, "", "Accept: "+accept)
		p := decode[pageOf[map[string]any]](t, r)
		if len(p.Content) != 1 || p.TotalPages != 1 || p.TotalElements != 1 || !p.Last || !strings.Contains(r.Body.String(), `"nextToken":null`) {
			t.Errorf("%s %s: %s", target, accept, r.Body)
		}
	}
	if b := w.do("PUT", path+"/info", `[{"path":"x.bin","name":"x.bin","size":1.0,"extra":true}]`).Body; b.Len() != 0 {
		t.Errorf("answered %s", b)
	}
	if body := w.do("GET", path+"/info", "").Body.String(); !strings.Contains(body, `"size":1.0`) || !strings.Contains(body, `"extra":true`) {
		t.Errorf("list: %s", body)
	}
	for _, bad := range []string{`{}`, `[1]`, `null`, `"x"`, `[{}]`} {
		failure(t, ask(t, w, "PUT", path+"/info", bad), 400, "")
	}
	for target, field := range map[string]string{"/upload": "filename", "/multipart/start": "filename", "/multipart/complete?path=x": "uploadId"} {
		failure(t, ask(t, w, "POST", path+target, ""), 400, field)
	}
	failure(t, ask(t, w, "PUT", path+"/multipart/part?path=s3://x/y&uploadId=u&partNumber=0", ""), 400, "partNumber")
	failure(t, ask(t, w, "GET", p1+"/artifacts/none/files/info", ""), 404, "No such artifact")
	failure(t, ask(t, w, "GET", p1+"/artifacts/none/files/download", ""), 404, "No such artifact")
	failure(t, ask(t, w, "GET", "/api/v1/-/p2/artifacts/a1/files/info", ""), 400, "invalid project")

	keys := decode[map[string]string](t, w.do("POST", p1+"/files/credentials", ""))
	for _, name := range []string{"aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_endpoint_url", "aws_region", "s3_bucket", "aws_credentials_expiration"} {
		if keys[name] == "" {
			t.Errorf("%s is missing", name)
		}
	}
	failure(t, ask(t, w, "POST", "/api/v1/-/none/files/credentials", ""), 404, "No such project")
}

func TestTriggersAreKeptOverTheWire(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project()
	f := w.function("f")
	task := w.task(f)
	d := w.doc("POST", p1+"/triggers", `{"name":"nightly","kind":"scheduler","spec":{"schedule":"0 0 2 * * ?","task":"python+job://p1/`+task.ID+`","template":{}}}`)
	for q, want := range map[string]string{"?stopped=true": "STOPPED", "?stopped=false": "CREATED", "": "CREATED"} {
		made := w.doc("POST", p1+"/triggers"+q, `{"name":"q`+want+`","kind":"scheduler","status":{"state":"STOPPED"},"spec":{"schedule":"@daily","task":"python+job://p1/`+task.ID+`","template":{}}}`)
		if made.Status.State != want {
			t.Errorf("created with %q: got the state %v, want %s", q, made.Status.State, want)
		}
		w.do("DELETE", p1+"/triggers/"+made.ID, "")
	}
	failure(t, ask(t, w, "POST", p1+"/triggers?stopped=perhaps", `{"name":"t","kind":"scheduler","spec":{"schedule":"@daily","task":"python+job://p1/`+task.ID+`","template":{}}}`), 400, "stopped")
	if d.Key != "store://p1/trigger/scheduler/nightly:"+d.ID {
		t.Errorf("%s", d.raw)
	}
	if got := w.names(p1 + "/triggers" + query("task", "python+job://p1/"+task.ID)); got != "nightly" {
		t.Errorf("list: %q", got)
	}
	w.doc("POST", p1+"/triggers", fmt.Sprintf(`{"name":"hourly","kind":"scheduler","metadata":{"labels":["ml"]},"spec":{"schedule":"@hourly","task":"python+job://p1/%s","function":%q,"template":{}}}`, task.ID, f.ref()))
	for _, q := range []string{query("q", "HOUR"), query("labels", "ml"), query("functionName", "f")} {
		if got := w.names(p1 + "/triggers" + q); got != "hourly" {
			t.Errorf("%s: got %q", q, got)
		}
	}
	if got := w.names(p1 + "/triggers" + query("functionName", "other")); got != "" {
		t.Errorf("of another function: %q", got)
	}
	failure(t, ask(t, w, "POST", p1+"/triggers/"+d.ID+"/stop", ""), 501, "not available")
	if rel := decode[[]entity.Relation](t, w.do("GET", p1+"/triggers/"+d.ID+"/relationships", "")); rel == nil {
		t.Error("no array")
	}
	w.do("DELETE", p1+"/triggers/"+d.ID, "")
	failure(t, ask(t, w, "GET", p1+"/triggers/"+d.ID, ""), 404, "No such trigger")
}

func TestEventsOfRealWrites(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project("p1", "p2")
	s := serve(t, w.API)
	r := open(t, s, p1+"/events")
	if e := r.must(); e.name != "ready" {
		t.Fatalf("got %+v", e)
	}
	all := open(t, s, "/api/v1/events")
	if e := all.must(); e.name != "ready" {
		t.Fatalf("got %+v", e)
	}
	w.doc("POST", "/api/v1/-/p2/dataitems", `{"name":"x","kind":"table","spec":{"path":"x"}}`)
	d := w.doc("POST", p1+"/dataitems", `{"name":"x","kind":"table","spec":{"path":"x"}}`)
	w.doc("PUT", p1+"/dataitems/"+d.ID, `{"name":"x","kind":"table","spec":{"path":"x"},"status":{"state":"READY"}}`)
	w.do("DELETE", p1+"/dataitems/"+d.ID, "")
	for _, want := range []string{`"verb":"create","entity":"dataitem"`, `"state":"READY"`, `"verb":"delete"`} {
		e := r.must()
		if !strings.Contains(e.data, want) || !strings.Contains(e.data, d.ID) {
			t.Errorf("got %+v, want %s", e, want)
		}
	}
	for _, want := range []string{`"project":"p2"`, `"project":"p1"`} {
		if e := all.must(); !strings.Contains(e.data, want) {
			t.Errorf("of all projects: got %+v, want %s", e, want)
		}
	}
}
