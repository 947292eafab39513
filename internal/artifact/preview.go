package artifact

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"path"
	"strings"
	"unicode/utf8"

	"dhub/entity"
	"dhub/internal/blob"
)

// Bounds of previews: what is read of a file, and how much text and how large an image is shown.
const (
	MaxPreview  = 4 << 20
	maxText     = 256 << 10
	sniffed     = 512
	maxUnpacked = MaxPreview
)

// What a preview shows.
const (
	PreviewText   = "text"
	PreviewImage  = "image"
	PreviewTable  = "table"
	PreviewBinary = "binary" // nothing but what it is
)

// FilePreview is a look into one file.
type FilePreview struct {
	Path        string `json:"path" doc:"Below the entity's own path; empty when that is the file itself."`
	Name        string `json:"name"`
	Size        int64  `json:"size"`
	ContentType string `json:"content_type" doc:"As its first bytes show it."`
	Kind        string `json:"kind" enum:"text,image,table,binary"`
	Text        string `json:"text,omitempty" doc:"Of text: the beginning. It is data, whatever it looks like."`
	Data        string `json:"data,omitempty" doc:"Of an image: its bytes in base64."`
	Table       *Table `json:"table,omitempty" doc:"Of CSV, TSV and JSON lines: the first rows."`
	Truncated   bool   `json:"truncated" doc:"There is more than is shown."`
	Reason      string `json:"reason,omitempty" doc:"Why nothing is shown."`
}

// Preview looks into a file of an entity: the one at sub below its path, or with sub "" the file that it is, else
// the first one that can be shown as a table. rows is how many rows of a table are wanted.
func (s *Service) Preview(ctx context.Context, typ, project, id, sub string, rows int) (FilePreview, error) {
	of, err := s.subject(ctx, typ, project, id)
	if err != nil {
		return FilePreview{}, err
	}
	info, rel, err := s.pick(ctx, of, sub)
	if err != nil {
		return FilePreview{}, err
	}
	p := FilePreview{Path: rel, Name: path.Base(info.Key), Size: info.Size}
	r, _, err := s.cfg.Blobs.Open(ctx, info.Key, 0, MaxPreview)
	if err != nil {
		return p, err
	}
	defer r.Close()
	name, data, cut, err := unpacked(p.Name, r, info.Size > MaxPreview)
	if err != nil {
		return p, err
	}
	p.show(name, data, cut, rows)
	return p, nil
}

// pick finds the object to look into.
func (s *Service) pick(ctx context.Context, of subject, sub string) (info blob.Info, rel string, err error) {
	key, err := s.inProject(of.project, of.path)
	if err != nil {
		return info, "", err
	}
	if sub != "" {
		if !plain(sub) {
			return info, "", badPath(sub)
		}
		info, err = s.cfg.Blobs.Stat(ctx, s.cfg.Gate.BlobKey(strings.TrimSuffix(key, "/")+"/"+sub))
		if entity.IsNotFound(err) && path.Base(key) == sub {
			info, err = s.cfg.Blobs.Stat(ctx, s.cfg.Gate.BlobKey(key))
		}
		return info, sub, noFile(err, sub)
	}
	if !strings.HasSuffix(key, "/") {
		info, err = s.cfg.Blobs.Stat(ctx, s.cfg.Gate.BlobKey(key))
		if !entity.IsNotFound(err) {
			return info, "", err
		}
	}
	prefix := s.cfg.Gate.BlobKey(strings.TrimSuffix(key, "/") + "/")
	list, err := s.cfg.Blobs.List(ctx, prefix, "", maxListed)
	if err != nil {
		return info, "", err
	}
	if len(list) == 0 {
		return info, "", noFile(blob.NotFound(key), of.path)
	}
	best := list[0]
	for _, f := range list {
		if _, ok := tableForm(strings.TrimSuffix(f.Key, ".gz")); ok {
			best = f
			break
		}
	}
	return best, strings.TrimPrefix(best.Key, prefix), nil
}

func noFile(err error, path string) error {
	if entity.IsNotFound(err) {
		return entity.Errorf(entity.CodeNotFound, "There is no file %s in the store.", path)
	}
	return err
}

// unpacked reads the beginning of a file, of a gzip file that of what it holds.
func unpacked(name string, r io.Reader, cut bool) (string, []byte, bool, error) {
	plainName, zipped := strings.CutSuffix(name, ".gz")
	if zipped {
		z, err := gzip.NewReader(r)
		if err != nil {
			return name, nil, cut, nil //nolint:nilerr // it is called so and is none: shown as what it is
		}
		data, err := io.ReadAll(io.LimitReader(z, maxUnpacked+1))
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && len(data) == 0 {
			return name, nil, cut, nil
		}
		more := len(data) > maxUnpacked || err != nil
		return plainName, data[:min(len(data), maxUnpacked)], more, nil
	}
	data, err := io.ReadAll(io.LimitReader(r, MaxPreview))
	return name, data, cut, err
}

func (p *FilePreview) show(name string, data []byte, cut bool, rows int) {
	p.ContentType, p.Kind, p.Truncated = contentType(name, data), PreviewBinary, cut
	form, table := tableForm(name)
	switch {
	case form == formParquet && bytes.HasPrefix(data, []byte("PAR1")):
		p.ContentType, p.Truncated = "application/vnd.apache.parquet", true
		p.Reason = "Parquet is read by the browser, in ranges from the file's download address."
	case strings.HasPrefix(p.ContentType, "image/") && p.ContentType != "image/svg+xml":
		if cut {
			p.Reason = "The image is larger than a preview may be."
			return
		}
		p.Kind, p.Data = PreviewImage, base64.StdEncoding.EncodeToString(data)
	case !isText(data, cut):
		p.Truncated, p.Reason = len(data) > 0, "The file is binary."
	case table:
		t := readTable(form, data, cut, rows)
		p.Kind, p.Table, p.Truncated = PreviewTable, &t, t.Truncated
	default:
		text := data
		if len(text) > maxText {
			text, p.Truncated = text[:maxText], true
		}
		p.Kind, p.Text = PreviewText, strings.ToValidUTF8(string(text), "")
	}
}

// contentType tells by the first bytes what a file is, and of text by its name.
func contentType(name string, data []byte) string {
	typ := http.DetectContentType(data[:min(len(data), sniffed)])
	if !strings.HasPrefix(typ, "text/") {
		return typ
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".csv":
		return "text/csv"
	case ".tsv":
		return "text/tab-separated-values"
	case ".json":
		return "application/json"
	case ".jsonl", ".ndjson":
		return "application/x-ndjson"
	case ".yaml", ".yml":
		return "application/yaml"
	case ".md":
		return "text/markdown"
	case ".svg":
		return "image/svg+xml"
	}
	return "text/plain" // HTML too: it is shown as text
}

// isText tells whether data is UTF-8 without NUL; a cut may have torn its last character.
func isText(data []byte, cut bool) bool {
	if bytes.IndexByte(data, 0) >= 0 {
		return false
	}
	for i := 0; cut && i < utf8.UTFMax && len(data) > 0 && !utf8.Valid(data); i++ {
		data = data[:len(data)-1]
	}
	return utf8.Valid(data)
}
