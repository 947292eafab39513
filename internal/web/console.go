package web

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// DefaultBase is the path under which the console lies unless configured.
const DefaultBase = "/console"

const (
	indexName = "index.html"
	assetsDir = "assets/" // files whose names carry a hash of their content
)

// Console is the handler of everything under its base path.
type Console struct {
	base  string // without a slash at the end
	files *store
	index []byte // with the marks of the page as it was built; nil when there is no console
}

// What the built page holds where the server writes; the build's own test looks for them.
var (
	baseMark   = []byte(`<base href="/" />`)
	islandMark = []byte(`id="dhub-config">{}</script>`)
)

// New makes the console of files under the path base. files is nil when there is none.
func New(files fs.FS, base string) (*Console, error) {
	base = strings.TrimSuffix(base, "/")
	if !strings.HasPrefix(base, "/") || path.Clean(base) != base || strings.ContainsAny(base, `{}"<>?# `) {
		return nil, fmt.Errorf("the path of the console is %q; a path such as %s is expected, other than /", base, DefaultBase)
	}
	c := &Console{base: base}
	if files == nil {
		return c, nil
	}
	var err error
	if c.files, err = load(files); err != nil {
		return nil, err
	}
	if c.index, err = fs.ReadFile(files, indexName); err != nil {
		return nil, err
	}
	for _, mark := range [][]byte{baseMark, islandMark} {
		if bytes.Count(c.index, mark) != 1 {
			return nil, fmt.Errorf("%s of the console holds %q %d times; once is expected: build it anew with make web", indexName, mark, bytes.Count(c.index, mark))
		}
	}
	return c, nil
}

// Built tells whether this binary holds a console.
func (c *Console) Built() bool { return c.index != nil }

// Base is the path of the console, without a slash at the end.
func (c *Console) Base() string { return c.base }

// ServeHTTP answers a file of the console by its name, and its page for every other path, whose meaning only the
// page knows. What looks like an asset and is none, such as one of an older build, is not found.
func (c *Console) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, c.base), "/")
	switch {
	case !c.Built():
		plain(w)
	case c.files.serve(w, r, name):
	case strings.HasPrefix(name, assetsDir):
		http.Error(w, "This file is not part of the console that is served here; reload the page.", http.StatusNotFound)
	default:
		c.page(w)
	}
}

// Redirect sends a browser that asked for the root to the console.
func (c *Console) Redirect(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, c.base+"/", http.StatusFound)
}

// page writes the page that starts the console.
func (c *Console) page(w http.ResponseWriter) {
	var random [16]byte
	_, _ = rand.Read(random[:])
	nonce := base64.RawURLEncoding.EncodeToString(random[:])
	island, _ := json.Marshal(map[string]string{"base": c.base, "nonce": nonce}) // escapes < > &
	body := bytes.Replace(c.index, baseMark, []byte(`<base href="`+c.base+`/" />`), 1)
	body = bytes.Replace(body, islandMark, []byte(`id="dhub-config">`+string(island)+`</script>`), 1)
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Security-Policy", policy(nonce))
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(body)
}

// policy admits scripts of this server alone, and no inline script; style elements need the nonce. The page talks to
// no other host. Frames of user content are sandboxed and inherit it.
func policy(nonce string) string {
	return strings.Join([]string{
		"default-src 'none'", "script-src 'self'", "style-src 'self' 'nonce-" + nonce + "'", "img-src 'self' data: blob:",
		"font-src 'self'", "connect-src 'self'", "worker-src 'self'", "frame-src 'self' blob:", "base-uri 'self'",
		"form-action 'none'", "frame-ancestors 'none'",
	}, "; ")
}

const plainPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>dhub</title></head>
<body><h1>dhub</h1>
<p>The server is running. This binary was built without the console; <code>make build</code> builds it in where Node is found.</p>
<p>The <a href="/openapi.json">description of the API</a> is served here, and <code>dhub --help</code> lists the commands.</p>
</body></html>
`

func plain(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-cache")
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write([]byte(plainPage))
}
