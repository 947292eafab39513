package web

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// file is one file of the console in the forms that the build made of it, by their names; "" where a form is
// missing. What a form holds is read when it is asked for: an idle server keeps none of it in memory.
type file struct {
	media               string
	plain, gzip, brotli string
	etag                func() string // of the content, computed at first use
}

// store holds the files by name.
type store struct {
	fs    fs.FS
	files map[string]*file
}

// The media types of what the build makes; the machine's own table must not matter.
var media = map[string]string{
	".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2",
	".json": "application/json", ".txt": "text/plain; charset=utf-8", ".png": "image/png", ".wasm": "application/wasm",
}

// load finds all files. The build keeps a text that compresses well as name.gz and name.br only.
func load(files fs.FS) (*store, error) {
	s := &store{files, map[string]*file{}}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || name == indexName {
			return err
		}
		bare, form := name, path.Ext(name)
		if form == ".gz" || form == ".br" {
			bare = strings.TrimSuffix(name, form)
		}
		f := s.files[bare]
		if f == nil {
			f = &file{media: mediaType(bare)}
			s.files[bare] = f
		}
		switch form {
		case ".gz":
			f.gzip = name
		case ".br":
			f.brotli = name
		default:
			f.plain = name
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the console: %w", err)
	}
	for name, f := range s.files {
		if f.plain == "" && f.gzip == "" {
			return nil, fmt.Errorf("the console holds %s as Brotli only; gzip is expected too: build it anew with make web", name)
		}
		f.etag = sync.OnceValue(func() string {
			data, _ := fs.ReadFile(files, cmp.Or(f.plain, f.gzip))
			sum := sha256.Sum256(data)
			return hex.EncodeToString(sum[:8])
		})
	}
	return s, nil
}

func mediaType(name string) string {
	if m, ok := media[path.Ext(name)]; ok {
		return m
	}
	if m := mime.TypeByExtension(path.Ext(name)); m != "" {
		return m
	}
	return "application/octet-stream"
}

// serve answers with a file and tells whether there is one. Files named by their content never change; others are
// asked for anew each time.
func (s *store) serve(w http.ResponseWriter, r *http.Request, name string) bool {
	f := s.files[name]
	if f == nil {
		return false
	}
	h := w.Header()
	h.Set("Content-Type", f.media)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Accept-Encoding")
	if strings.HasPrefix(name, assetsDir) {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	form, encoding := f.plain, ""
	accepted := r.Header.Get("Accept-Encoding")
	switch {
	case f.brotli != "" && accepts(accepted, "br"):
		form, encoding = f.brotli, "br"
	case f.gzip != "" && accepts(accepted, "gzip"):
		form, encoding = f.gzip, "gzip"
	}
	body, err := fs.ReadFile(s.fs, cmp.Or(form, f.gzip))
	if err == nil && form == "" {
		body, err = inflate(body)
	}
	if err != nil {
		http.Error(w, "This file of the console cannot be read: "+err.Error(), http.StatusInternalServerError)
		return true
	}
	tag := `"` + f.etag() + `"`
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
		tag = `"` + f.etag() + "-" + encoding + `"`
	}
	h.Set("ETag", tag)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
	return true
}

// accepts tells whether a coding is listed and not given up with q=0.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			return strings.Trim(strings.TrimPrefix(strings.ReplaceAll(q, " ", ""), "q="), "0.") != "" || q == ""
		}
	}
	return false
}

// inflate serves the rare client that takes no compressed form.
func inflate(data []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
