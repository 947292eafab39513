package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

const builtPage = `<!doctype html><base href="/" /><script type="application/json" id="dhub-config">{}</script><script type="module" src="./assets/index-1a.js"></script>`

func zipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func built(t *testing.T, base string) *Console {
	t.Helper()
	c, err := New(fstest.MapFS{
		"index.html":            {Data: []byte(builtPage)},
		"theme.js":              {Data: []byte("theme()")},
		"assets/index-1a.js.gz": {Data: zipped(t, "start()")},
		"assets/index-1a.js.br": {Data: []byte("brotli")},
		"assets/inter-2b.woff2": {Data: []byte("font")},
	}, base)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func get(c *Console, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	c.ServeHTTP(w, r)
	return w
}

func TestEveryPathGetsThePage(t *testing.T) {
	for _, base := range []string{"/console", "/tools/dhub/"} {
		c := built(t, base)
		for _, path := range []string{"/", "/p/demo/functions", "/p/demo/runs/1a2b/logs", "/-/demo/functions/x/show"} {
			w := get(c, c.Base()+path)
			body := w.Body.String()
			if w.Code != 200 || !strings.Contains(body, `<base href="`+c.Base()+`/" />`) {
				t.Errorf("%s: %d, want the page with its base path; got %s", path, w.Code, body)
			}
			if got := w.Header().Get("Cache-Control"); got != "no-cache" {
				t.Errorf("Cache-Control is %q", got)
			}
		}
	}
}

func TestPolicyHasNoInlineScriptAndANonceOfItsOwn(t *testing.T) {
	c := built(t, "/console")
	seen := map[string]bool{}
	for range 3 {
		w := get(c, "/console/")
		policy := w.Header().Get("Content-Security-Policy")
		if !strings.Contains(policy, "script-src 'self';") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
			t.Errorf("policy is too wide: %s", policy)
		}
		_, rest, ok := strings.Cut(policy, "'nonce-")
		nonce, _, _ := strings.Cut(rest, "'")
		if !ok || seen[nonce] || !strings.Contains(w.Body.String(), `"nonce":"`+nonce+`"`) {
			t.Errorf("the nonce %q is not new, or not in the page", nonce)
		}
		seen[nonce] = true
	}
}

func TestAssetsAreServedInTheFormThatIsAccepted(t *testing.T) {
	c := built(t, "/console")
	const asset = "/console/assets/index-1a.js"
	for _, test := range []struct{ accept, encoding, body string }{
		{"gzip, deflate, br", "br", "brotli"},
		{"gzip, br;q=0", "gzip", string(zipped(t, "start()"))},
		{"", "", "start()"},
	} {
		w := get(c, asset, "Accept-Encoding", test.accept)
		if w.Code != 200 || w.Header().Get("Content-Encoding") != test.encoding || w.Body.String() != test.body {
			t.Errorf("Accept-Encoding %q: %d %q %q", test.accept, w.Code, w.Header().Get("Content-Encoding"), w.Body)
		}
		if got := w.Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("Cache-Control is %q", got)
		}
		if got := w.Header().Get("Content-Type"); got != "text/javascript; charset=utf-8" {
			t.Errorf("Content-Type is %q", got)
		}
		again := get(c, asset, "Accept-Encoding", test.accept, "If-None-Match", w.Header().Get("ETag"))
		if again.Code != http.StatusNotModified {
			t.Errorf("the same file again: %d", again.Code)
		}
	}
	if w := get(c, "/console/theme.js"); w.Code != 200 || w.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("a file without a hash: %d %q", w.Code, w.Header().Get("Cache-Control"))
	}
	if w := get(c, "/console/assets/index-0old.js"); w.Code != http.StatusNotFound {
		t.Errorf("an asset of an older build: %d, want 404", w.Code)
	}
}

func TestBinaryWithoutConsoleSaysSo(t *testing.T) {
	c, err := New(nil, DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	w := get(c, "/console/p/demo")
	if w.Code != 200 || c.Built() || !strings.Contains(w.Body.String(), "built without the console") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestRootLeadsToTheConsole(t *testing.T) {
	w := httptest.NewRecorder()
	built(t, "/x/y").Redirect(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != http.StatusFound || w.Header().Get("Location") != "/x/y/" {
		t.Errorf("%d %q", w.Code, w.Header().Get("Location"))
	}
}

func TestBadPathsAreRefused(t *testing.T) {
	for _, base := range []string{"", "/", "console", "/a//b", "/a/../b", `/a"b`, "/{x}"} {
		if _, err := New(nil, base); err == nil {
			t.Errorf("%q is taken", base)
		}
	}
	if _, err := New(fstest.MapFS{"index.html": {Data: []byte("<html>")}}, DefaultBase); err == nil || !strings.Contains(err.Error(), "make web") {
		t.Errorf("a page without marks: %v", err)
	}
}

// The console that is embedded, if there is one, holds what the server writes into.
func TestEmbeddedConsoleStarts(t *testing.T) {
	files := Files()
	c, err := New(files, DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	if c.Built() != (files != nil) {
		t.Errorf("built is %v", c.Built())
	}
}
