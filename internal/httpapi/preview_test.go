package httpapi

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"dhub/internal/artifact"
	"dhub/internal/blob"
	"dhub/internal/blob/file"
	"dhub/internal/catalog"
	"dhub/internal/s3gate"
)

// newFilesWorld is a world with a file store in a folder.
func newFilesWorld(t *testing.T) (*world, func(path, content string)) {
	t.Helper()
	blobs, err := file.New(filepath.Join(t.TempDir(), "files"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := blobs.Close(); err != nil {
			t.Error(err)
		}
	})
	gate, err := s3gate.New(t.Context(), s3gate.Config{Blobs: blobs, Keys: [][]byte{[]byte("0123456789abcdef")}, Endpoint: func() string { return "http://localhost:8080" }})
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, 0, func(c *Config) {
		c.Files = artifact.New(artifact.Config{Store: c.Answers.(answers).Store, Blobs: blobs, Gate: gate, Catalog: c.Catalog.(*catalog.Catalog)})
	})
	w.project()
	return w, func(path, content string) {
		key, ok := gate.Key(path)
		if !ok {
			t.Fatalf("%s is not in the store", path)
		}
		if _, err := blobs.Put(t.Context(), gate.BlobKey(key), strings.NewReader(content), blob.Attrs{}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPreviewOfFiles(t *testing.T) {
	t.Parallel()
	w, put := newFilesWorld(t)
	const root = "s3://datalake/p1/dataitem/"
	cities := w.doc("POST", p1+"/dataitems", fmt.Sprintf(`{"name":"cities","kind":"table","spec":{"path":%q}}`, root+"cities/cities.csv"))
	put(root+"cities/cities.csv", "name,geonameid\nles Escaldes,3040051\nAndorra,3041563\n")
	p := decode[artifact.FilePreview](t, w.do("GET", p1+"/dataitems/"+cities.ID+"/preview?limit=1", ""))
	if p.Kind != "table" || p.Name != "cities.csv" || p.ContentType != "text/csv" || p.Table == nil || len(p.Table.Rows) != 1 || p.Table.Columns[1].Type != "integer" || *p.Table.Total != 2 || !p.Truncated {
		t.Errorf("%+v", p)
	}
	folder := w.doc("POST", p1+"/dataitems", fmt.Sprintf(`{"name":"folder","kind":"dataitem","spec":{"path":%q}}`, root+"folder/"))
	put(root+"folder/a.txt", "hello <script>")
	put(root+"folder/deep/b.jsonl", "{\"x\":1.0}\n")
	at := p1 + "/dataitems/" + folder.ID
	p = decode[artifact.FilePreview](t, w.do("GET", at+"/preview", ""))
	if p.Path != "deep/b.jsonl" || p.Table == nil || len(p.Table.Rows) != 1 {
		t.Errorf("%+v", p)
	}
	r := w.do("GET", at+"/files/preview?path=deep/b.jsonl", "")
	if !strings.Contains(r.Body.String(), `"rows":[[1.0]]`) {
		t.Error(r.Body)
	}
	p = decode[artifact.FilePreview](t, w.do("GET", at+"/files/preview?path=a.txt", ""))
	if p.Kind != "text" || p.Text != "hello <script>" {
		t.Errorf("%+v", p)
	}
	// Nobody put a list of files: the server has it.
	if d := w.doc("GET", at, ""); strings.Count(d.raw, `"path":`) != 3 || !strings.Contains(d.raw, `"path":"deep/b.jsonl"`) {
		t.Error(d.raw)
	}
	far := w.doc("POST", p1+"/dataitems", `{"name":"far","kind":"dataitem","spec":{"path":"https://example.com/x.csv"}}`)
	none := w.doc("POST", p1+"/dataitems", fmt.Sprintf(`{"name":"none","kind":"dataitem","spec":{"path":%q}}`, root+"none.csv"))
	stranger := w.doc("POST", p1+"/dataitems", `{"name":"stranger","kind":"dataitem","spec":{"path":"s3://datalake/p2/x.csv"}}`)
	for path, code := range map[string]int{
		at + "/files/preview?path=none": 404, at + "/files/preview?path=../x": 400, at + "/files/preview?path=a//b": 400, at + "/preview?limit=0": 400, at + "/preview?limit=2001": 400,
		p1 + "/dataitems/" + far.ID + "/preview": 404, p1 + "/dataitems/" + none.ID + "/preview": 404, p1 + "/dataitems/" + stranger.ID + "/preview": 400, p1 + "/dataitems/nothing/preview": 404,
	} {
		if r := ask(t, w, "GET", path, ""); r.Code != code {
			t.Errorf("%s: %d, want %d: %s", path, r.Code, code, r.Body)
		}
	}
}
