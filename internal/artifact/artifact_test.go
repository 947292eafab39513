package artifact_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dhub/entity"
	"dhub/internal/artifact"
	"dhub/internal/blob"
	"dhub/internal/blob/file"
	"dhub/internal/s3gate"
	"dhub/internal/store"
	"dhub/internal/store/sqlite"
	"dhub/internal/store/sqlstore"
)

// bed is the service over a real store, a real folder and a gate that serves.
type bed struct {
	t     *testing.T
	store store.Store
	blobs blob.Store
	now   time.Time
	*artifact.Service
}

func newBed(t *testing.T) *bed {
	t.Helper()
	dir := t.TempDir()
	b := &bed{t: t, now: time.Now().UTC()}
	var err error
	if b.store, err = sqlite.Open(t.Context(), filepath.Join(dir, "db"), sqlstore.Options{}); err != nil {
		t.Fatal(err)
	}
	files, err := file.New(filepath.Join(dir, "files"), nil)
	if err != nil {
		t.Fatal(err)
	}
	b.blobs = files
	var gate *s3gate.Gate
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { gate.ServeHTTP(w, r) }))
	t.Cleanup(func() {
		srv.Close()
		if err := errors.Join(files.Close(), b.store.Close()); err != nil {
			t.Error(err)
		}
	})
	gate, err = s3gate.New(t.Context(), s3gate.Config{Blobs: files, Keys: [][]byte{[]byte("0123456789abcdef")}, Endpoint: func() string { return srv.URL }})
	if err != nil {
		t.Fatal(err)
	}
	b.Service = artifact.New(artifact.Config{Store: b.store, Blobs: files, Gate: gate, Catalog: b, Now: func() time.Time { return b.now }})
	b.put(entity.Doc{Entity: entity.Project, ID: "prj", Name: "prj", Kind: "project", Project: "prj"})
	b.put(entity.Doc{Entity: entity.Project, ID: "own", Name: "own", Kind: "project", Project: "own",
		Spec: json.RawMessage(`{"config":{"default_files_store":"s3://datalake/"}}`)})
	b.put(entity.Doc{Entity: entity.Project, ID: "far", Name: "far", Kind: "project", Project: "far",
		Spec: json.RawMessage(`{"config":{"default_files_store":"s3://elsewhere/x"}}`)})
	return b
}

// Get reads as the catalogue does.
func (b *bed) Get(ctx context.Context, typ, project, id string) (d entity.Doc, err error) {
	err = b.store.Read(ctx, func(tx store.Tx) error {
		r, err := tx.Entities().Get(ctx, typ, id)
		if err == nil && project != "" && r.Project != project {
			err = entity.NotFound(typ)
		}
		d = r.Doc
		return err
	})
	return d, err
}

func (b *bed) put(d entity.Doc) entity.Doc {
	b.t.Helper()
	if d.Created.IsZero() {
		d.Created, d.Updated = b.now, b.now
	}
	state, err := entity.StatusState(d.Status)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := b.store.Write(b.t.Context(), func(tx store.Tx) error {
		_, err := tx.Entities().Create(b.t.Context(), store.Record{Doc: d, State: string(state)})
		return err
	}); err != nil {
		b.t.Fatal(err)
	}
	return d
}

func (b *bed) item(id, path, status string) entity.Doc {
	b.t.Helper()
	return b.put(entity.Doc{Entity: entity.DataItem, ID: id, Name: "n", Kind: "table", Project: "prj",
		Spec: json.RawMessage(`{"path":"` + path + `"}`), Status: json.RawMessage(status)})
}

func (b *bed) code(what string, err error, want entity.Code, part string) {
	b.t.Helper()
	if entity.CodeOf(err) != want || err != nil && !strings.Contains(err.Error(), part) {
		b.t.Errorf("%s: got %v, want %q with %q", what, err, want, part)
	}
}

// send uses a presigned URL as a browser does.
func (b *bed) send(p artifact.Place, method, body string) (answer, etag string) {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, p.URL, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	text, err := io.ReadAll(resp.Body)
	if err = errors.Join(err, resp.Body.Close()); err != nil || resp.StatusCode != 200 {
		b.t.Fatalf("%s %s: got %d %s %v", method, p.URL, resp.StatusCode, text, err)
	}
	return string(text), resp.Header.Get("ETag")
}

func TestUploadBeforeTheEntityThenDownload(t *testing.T) {
	t.Parallel()
	b, ctx := newBed(t), t.Context()
	up, err := b.Upload(ctx, entity.DataItem, "prj", "id1", "data.csv", "")
	if err != nil {
		t.Fatal(err)
	}
	const path = "s3://datalake/prj/dataitem/id1/data.csv"
	if up.Path != path || up.Method != "PUT" || time.Until(up.Expires) < 7*time.Hour {
		t.Errorf("got %+v", up)
	}
	b.send(up, "PUT", "a,b\n")
	b.item("id1", path, `{}`)
	down, err := b.Download(ctx, entity.DataItem, "prj", "id1", "")
	if err != nil {
		t.Fatal(err)
	}
	if text, _ := b.send(down, "GET", ""); text != "a,b\n" || down.Path != path {
		t.Errorf("got %q of %+v", text, down)
	}
	named, err := b.Upload(ctx, entity.Model, "own", "id2", "sub/m.bin", "net")
	if err != nil || named.Path != "s3://datalake/own/model/net/id2/sub/m.bin" {
		t.Errorf("got %+v %v", named, err)
	}
}

func TestParts(t *testing.T) {
	t.Parallel()
	b, ctx := newBed(t), t.Context()
	start, err := b.StartParts(ctx, entity.Artifact, "prj", "id1", "big.bin", "")
	if err != nil || start.UploadID == "" || start.Method != "POST" {
		t.Fatalf("got %+v %v", start, err)
	}
	var etags []string
	for i, text := range []string{"one,", "two"} {
		p, err := b.Part(ctx, entity.Artifact, "prj", "id1", start.Path, start.UploadID, i+1)
		if err != nil || p.PartNumber != i+1 || p.Method != "PUT" {
			t.Fatalf("got %+v %v", p, err)
		}
		_, etag := b.send(p, "PUT", text)
		etags = append(etags, etag)
	}
	_, err = b.Part(ctx, entity.Artifact, "prj", "id1", start.Path, start.UploadID, 0)
	b.code("part 0", err, entity.CodeInvalid, "partNumber")
	_, err = b.Part(ctx, entity.Artifact, "prj", "id1", "s3://datalake/prj/artifact/other/big.bin", start.UploadID, 1)
	b.code("another entity's path", err, entity.CodeInvalid, "invalid file path")
	_, err = b.CompleteParts(ctx, entity.Artifact, "prj", "id1", start.Path, start.UploadID, nil)
	b.code("no parts", err, entity.CodeInvalid, "partList")
	_, err = b.CompleteParts(ctx, entity.Artifact, "prj", "id1", start.Path, "unknown", etags)
	b.code("unknown upload", err, entity.CodeNotFound, "NoSuchUpload")
	done, err := b.CompleteParts(ctx, entity.Artifact, "prj", "id1", start.Path, start.UploadID, etags)
	if err != nil || done.UploadID != start.UploadID || done.Path != start.Path {
		t.Fatalf("got %+v %v", done, err)
	}
	info, err := b.blobs.Stat(ctx, "datalake/prj/artifact/id1/big.bin")
	if err != nil || info.Size != 7 {
		t.Errorf("got %+v %v", info, err)
	}
}

func TestPathsThatAreRefused(t *testing.T) {
	t.Parallel()
	b, ctx := newBed(t), t.Context()
	b.item("folder", "s3://datalake/prj/dataitem/folder/", `{}`)
	b.item("web", "https://example.org/data.csv", `{}`)
	b.item("sql", "sql://db/table", `{}`)
	b.item("other", "s3://datalake/own/dataitem/x", `{}`)
	b.item("empty", "s3://datalake/prj/dataitem/empty/x.csv", `{}`)
	upload := func(id, filename, name string) error {
		_, err := b.Upload(ctx, entity.DataItem, "prj", id, filename, name)
		return err
	}
	download := func(id, sub string) error {
		_, err := b.Download(ctx, entity.DataItem, "prj", id, sub)
		return err
	}
	b.code("below spec.path", upload("folder", "sub/x.csv", ""), "", "")
	b.code("outside of spec.path", upload("folder", "x.csv", "name"), entity.CodeInvalid, "invalid file path")
	b.code("not the file of spec.path", upload("empty", "y.csv", ""), entity.CodeInvalid, "invalid file path")
	b.code("no filename", upload("folder", "", ""), entity.CodeInvalid, "filename")
	for _, f := range []string{"../x", "a/../../x", "/x", "a//b", "x/", "."} {
		b.code(f, upload("new", f, ""), entity.CodeInvalid, "invalid file path")
		b.code(f, download("folder", f), entity.CodeInvalid, "invalid file path")
	}
	b.code("a name with a slash", upload("new", "x", "a/b"), entity.CodeInvalid, "invalid file path")
	b.code("a bad id", upload("..", "x", ""), entity.CodeInvalid, "id")
	b.code("a folder", download("folder", ""), entity.CodeInvalid, "folder")
	b.code("nothing stored", download("empty", ""), entity.CodeNotFound, "No file is stored")
	b.code("another project", download("other", ""), entity.CodeInvalid, "invalid file path")
	b.code("another kind of store", download("sql", ""), entity.CodeNotFound, "No store of this server")
	b.code("no entity", download("none", ""), entity.CodeNotFound, "")
	_, err := b.Upload(ctx, entity.DataItem, "far", "id", "x", "")
	b.code("a store elsewhere", err, entity.CodeNotFound, "No store of this server")
	_, err = b.Upload(ctx, entity.DataItem, "none", "id", "x", "")
	b.code("no project", err, entity.CodeNotFound, "")
	_, err = b.Upload(ctx, entity.Function, "prj", "id", "x", "")
	b.code("a type without files", err, entity.CodeNotFound, "no files")
	web, err := b.Download(ctx, entity.DataItem, "prj", "web", "")
	if err != nil || web.URL != "https://example.org/data.csv" || web.Path != web.URL {
		t.Errorf("got %+v %v of a web address", web, err)
	}
}

func (b *bed) info(id string) string {
	b.t.Helper()
	list, err := b.Info(b.t.Context(), entity.DataItem, "prj", id)
	if err != nil {
		b.t.Fatal(err)
	}
	return string(entity.Array(list))
}

func TestOneListOfFiles(t *testing.T) {
	t.Parallel()
	b, ctx := newBed(t), t.Context()
	b.item("a", "s3://datalake/prj/dataitem/a/", `{"files":[{"path":"x","size":1.0,"extra":true}],"state":"READY"}`)
	if got := b.info("a"); got != `[{"path":"x","size":1.0,"extra":true}]` {
		t.Errorf("got %s, want the status's list as it came", got)
	}
	if err := b.PutInfo(ctx, entity.DataItem, "prj", "a", json.RawMessage(`[ {"path":"y"}, {"path":"z"} ]`)); err != nil {
		t.Fatal(err)
	}
	if got := b.info("a"); got != `[{"path":"y"},{"path":"z"}]` {
		t.Errorf("got %s, want the list that was put", got)
	}
	if err := b.PutInfo(ctx, entity.DataItem, "prj", "a", json.RawMessage(`[]`)); err != nil {
		t.Fatal(err)
	}
	if got := b.info("a"); got != `[]` {
		t.Errorf("got %s of an empty folder", got)
	}
	for _, k := range []string{"a/p/2.csv", "a/1.csv", "ab"} {
		if _, err := b.blobs.Put(ctx, "datalake/prj/dataitem/"+k, strings.NewReader("text"), blob.Attrs{ContentType: "text/csv"}); err != nil {
			t.Fatal(err)
		}
	}
	var found []struct {
		Path, Name, Hash string
		Size             int
		Type             string `json:"content_type"`
		Modified         string `json:"last_modified"`
	}
	if err := json.Unmarshal([]byte(b.info("a")), &found); err != nil || len(found) != 2 {
		t.Fatalf("got %s %v, want two files", b.info("a"), err)
	}
	f := found[1]
	if _, err := http.ParseTime(f.Modified); err != nil || found[0].Path != "1.csv" || f.Path != "p/2.csv" || f.Name != "2.csv" || f.Size != 4 || f.Type != "text/csv" || f.Hash != "ETAG:1cb251ec0d568de6a929b520c4aed8d1" {
		t.Errorf("got %+v %v", found, err)
	}
	b.item("one", "s3://datalake/prj/dataitem/ab", `{}`)
	if got := b.info("one"); !strings.Contains(got, `"path":"ab"`) {
		t.Errorf("got %s of a single file", got)
	}
	b.item("web", "https://example.org/x", `{}`)
	if got := b.info("web"); got != `[]` {
		t.Errorf("got %s of a web address", got)
	}
	for _, bad := range []string{`{}`, `[1]`, `x`, `null`, ``} {
		b.code(bad, b.PutInfo(ctx, entity.DataItem, "prj", "a", json.RawMessage(bad)), entity.CodeInvalid, "")
	}
	b.code("no entity", b.PutInfo(ctx, entity.DataItem, "prj", "none", json.RawMessage(`[]`)), entity.CodeNotFound, "")
}

func TestRemove(t *testing.T) {
	t.Parallel()
	b, ctx := newBed(t), t.Context()
	for _, k := range []string{"dataitem/id1/a", "dataitem/id1/b/c", "dataitem/id2/a", "dataitem/id2/a/part", "shared/a"} {
		if _, err := b.blobs.Put(ctx, "datalake/prj/"+k, strings.NewReader("x"), blob.Attrs{}); err != nil {
			t.Fatal(err)
		}
	}
	docs := []entity.Doc{
		b.item("id1", "s3://datalake/prj/dataitem/id1/", `{}`),
		b.item("id2", "s3://datalake/prj/dataitem/id2/a", `{}`),
		b.item("id3", "s3://datalake/prj/shared/", `{}`),        // someone else's folder
		b.item("own", "s3://datalake/own/dataitem/own/x", `{}`), // another project's
		b.item("prj", "s3://datalake/prj/", `{}`),               // the project's whole folder is not the entity's
		b.item("web", "https://example.org/web/data.csv", `{}`),
	}
	if err := b.PutInfo(ctx, entity.DataItem, "prj", "id1", json.RawMessage(`[{"path":"a"}]`)); err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		if err := b.Remove(ctx, d); err != nil {
			t.Errorf("remove %s: %v", d.ID, err)
		}
	}
	left, err := b.blobs.List(ctx, "", "", 10)
	if err != nil || len(left) != 1 || left[0].Key != "datalake/prj/shared/a" {
		t.Errorf("got %+v %v left, want the shared file alone", left, err)
	}
	if got := b.info("id1"); got != `[]` {
		t.Errorf("got the list %s after removal", got)
	}
}

func TestAbandonedUploads(t *testing.T) {
	t.Parallel()
	b, ctx := newBed(t), t.Context()
	b.item("old", "s3://datalake/prj/dataitem/old/x", `{"state":"UPLOADING","preview":1.0}`)
	b.item("ready", "s3://datalake/prj/dataitem/ready/x", `{"state":"READY"}`)
	b.now = b.now.Add(23 * time.Hour)
	b.item("young", "s3://datalake/prj/dataitem/young/x", `{"state":"UPLOADING"}`)
	if n, err := b.Sweep(ctx); n != 0 || err != nil {
		t.Errorf("got %d %v after 23 hours, want none", n, err)
	}
	b.now = b.now.Add(2 * time.Hour)
	if n, err := b.Sweep(ctx); n != 1 || err != nil {
		t.Errorf("got %d %v after 25 hours, want one", n, err)
	}
	for id, want := range map[string]string{"old": "ERROR", "young": "UPLOADING", "ready": "READY"} {
		d, err := b.Get(ctx, entity.DataItem, "prj", id)
		o, _ := entity.ParseObject(d.Status)
		if err != nil || o.Text("state") != want || (o.Text("message") != "") != (want == "ERROR") {
			t.Errorf("%s: got %s %v, want %s", id, d.Status, err, want)
		}
	}
	if n, err := b.Sweep(ctx); n != 0 || err != nil {
		t.Errorf("got %d %v at the second look, want none", n, err)
	}
}

// An id that is also the name of a type, or the name of another entity, takes no other entity's files along.
func TestRemoveKeepsTheFilesOfOthers(t *testing.T) {
	t.Parallel()
	b, ctx := newBed(t), t.Context()
	keys := []string{"dataitem/sales/uuid1/a", "dataitem/sales/uuid2/a", "dataitem/dataitem/x", "dataitem/sales/own", "model/dataitem/m"}
	for _, k := range keys {
		if _, err := b.blobs.Put(ctx, "datalake/prj/"+k, strings.NewReader("x"), blob.Attrs{}); err != nil {
			t.Fatal(err)
		}
	}
	b.item("uuid1", "s3://datalake/prj/dataitem/sales/uuid1/a", `{}`)
	b.item("uuid2", "s3://datalake/prj/dataitem/sales/uuid2/", `{}`)
	left := func() (names []string) {
		t.Helper()
		list, err := b.blobs.List(ctx, "datalake/", "", 20)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range list {
			names = append(names, strings.TrimPrefix(o.Key, "datalake/prj/"))
		}
		return names
	}
	for _, step := range []struct {
		doc  entity.Doc
		gone string
	}{
		{b.item("dataitem", "s3://datalake/prj/dataitem/", `{}`), ""},                      // the type's folder is not the entity's
		{b.item("dataitem2", "s3://datalake/prj/model/dataitem2/m", `{}`), ""},             // another type's folder
		{b.item("sales", "s3://datalake/prj/dataitem/sales/", `{}`), "dataitem/sales/own"}, // others' are named so
	} {
		if err := b.Remove(ctx, step.doc); err != nil {
			t.Fatal(err)
		}
		keys = slices.DeleteFunc(keys, func(k string) bool { return k == step.gone })
		want := slices.Sorted(slices.Values(keys))
		if got := left(); !slices.Equal(got, want) {
			t.Errorf("after the removal of %s: got %v, want %v", step.doc.ID, got, want)
		}
	}
}
