// Package s3gate speaks to S3 clients over a blob.Store: published clients move bytes over S3 only.
//
// There is one bucket. Its keys begin with the name of a project, and credentials reach one project
// (or, for a person, all of them). Credentials, session tokens and presigned URLs are derived from the
// server's newest key, and those of any key are accepted, so that a rotation ends none of them: nothing about
// them is stored. Unfinished multipart uploads outlive the process; Sweep ends those that are forgotten.
//
// Handler must be reached before a router that cleans paths, since keys may hold "//".
package s3gate

import (
	"context"
	"encoding/xml"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/rclone/gofakes3"
	"github.com/rclone/gofakes3/signature"

	"dhub/entity"
	"dhub/internal/blob"
)

// Config is what a Gate needs. Blobs and Keys are required.
type Config struct {
	Blobs    blob.Store
	Keys     [][]byte      // the server's keys, oldest first
	Bucket   string        // default "datalake"
	Prefix   string        // of the path, default "/s3"
	Endpoint func() string // base address of the server, for presigned URLs
	Now      func() time.Time
	Logger   *slog.Logger
}

// Gate is the http.Handler below the path prefix, and the maker of credentials and presigned URLs.
type Gate struct {
	cfg   Config
	s3    *gofakes3.GoFakeS3
	inner http.Handler
	back  *backend
}

// Region is what clients should name; the gate accepts any.
const Region = "us-east-1"

// New makes a gate and takes up the multipart uploads that an earlier process left unfinished.
func New(ctx context.Context, cfg Config) (*Gate, error) {
	if cfg.Blobs == nil || len(cfg.Keys) == 0 {
		return nil, entity.Errorf(entity.CodeInternal, "the S3 gate needs a blob store and a key")
	}
	for _, k := range cfg.Keys {
		if len(k) < 16 {
			return nil, entity.Errorf(entity.CodeInternal, "a key of the S3 gate has %d bytes, at least 16 are needed", len(k))
		}
	}
	if cfg.Bucket == "" {
		cfg.Bucket = "datalake"
	}
	if cfg.Prefix == "" {
		cfg.Prefix = "/s3"
	}
	if cfg.Endpoint == nil {
		cfg.Endpoint = func() string { return "http://127.0.0.1:8080" }
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	g := &Gate{cfg: cfg, back: &backend{blobs: cfg.Blobs, bucket: cfg.Bucket, now: cfg.Now, uploads: map[string]*upload{}}}
	g.s3 = gofakes3.New(g.back, gofakes3.WithLogger(logger{cfg.Logger}), gofakes3.WithTimeSkewLimit(0))
	g.inner = g.s3.Server()
	if err := g.resume(ctx); err != nil {
		return nil, fmt.Errorf("unfinished uploads: %w", err)
	}
	return g, nil
}

// Bucket names the one bucket.
func (g *Gate) Bucket() string { return g.cfg.Bucket }

// URL is the address that clients set as their endpoint.
func (g *Gate) URL() string { return strings.TrimRight(g.cfg.Endpoint(), "/") + g.cfg.Prefix }

// DefaultStore is the address below which clients keep files unless told otherwise.
func (g *Gate) DefaultStore() string { return "s3://" + g.cfg.Bucket }

// Handles tells whether a request is for the gate.
func (g *Gate) Handles(r *http.Request) bool {
	rest, ok := strings.CutPrefix(r.URL.Path, g.cfg.Prefix)
	return ok && (rest == "" || rest[0] == '/')
}

// Key returns the key in the bucket that an s3:// path names; ok is false for other stores.
func (g *Gate) Key(path string) (key string, ok bool) {
	return strings.CutPrefix(path, "s3://"+g.cfg.Bucket+"/")
}

// BlobKey returns under which key of the blob store an object lies.
func (g *Gate) BlobKey(key string) string { return g.cfg.Bucket + "/" + key }

type identity struct{}

// who returns the claims that a request was admitted with.
func who(ctx context.Context) claims {
	c, ok := ctx.Value(identity{}).(claims)
	if !ok {
		return claims{Project: "-"} // reaches nothing: no project has this name
	}
	return c
}

func (g *Gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Security-Policy", "sandbox")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	c, ref := g.admit(r)
	if ref == nil {
		ref = g.authorize(c, r)
	}
	if ref != nil {
		ref.write(w, r)
		return
	}
	in := r.WithContext(context.WithValue(r.Context(), identity{}, c))
	u := *r.URL
	u.Path = strings.TrimPrefix(u.Path, g.cfg.Prefix)
	u.RawPath = ""
	in.URL = &u
	out := &response{ResponseWriter: w}
	g.inner.ServeHTTP(out, in)
	out.begin() // an empty answer writes nothing
}

// admit verifies the session token and the signature of a request.
func (g *Gate) admit(r *http.Request) (claims, *refusal) {
	token := r.Header.Get("X-Amz-Security-Token")
	if token == "" {
		token = r.URL.Query().Get("X-Amz-Security-Token")
	}
	if token == "" {
		if r.Header.Get("Authorization") == "" && r.URL.Query().Get("X-Amz-Signature") == "" {
			return claims{}, &refusal{http.StatusForbidden, "AccessDenied", "Anonymous access is not allowed."}
		}
		return claims{}, &refusal{http.StatusForbidden, "InvalidAccessKeyId", "The request carries no session token; use the access key, secret key and session token that dhub issued."}
	}
	c, k, ok := g.check(token)
	if !ok {
		return claims{}, &refusal{http.StatusForbidden, "InvalidToken", "The session token was not issued by this server."}
	}
	code := signature.V4SignVerifyWithLookup(r, func(id string) (string, bool) {
		return k.secretKey(token), id == k.accessKey(token)
	})
	if code != signature.ErrNone {
		e := signature.GetAPIError(code)
		return claims{}, &refusal{e.HTTPStatusCode, e.Code, e.Description}
	}
	if c.expired(g.cfg.Now()) {
		return claims{}, &refusal{http.StatusBadRequest, "ExpiredToken", "The session token has expired; ask dhub for new credentials."}
	}
	return c, nil
}

// authorize checks the bucket and key that a request names; keys inside bodies are checked by the backend.
func (g *Gate) authorize(c claims, r *http.Request) *refusal {
	path := strings.TrimLeft(strings.TrimPrefix(r.URL.Path, g.cfg.Prefix), "/")
	bucket, key, _ := strings.Cut(path, "/")
	if bucket != "" && bucket != g.cfg.Bucket {
		return &refusal{http.StatusNotFound, "NoSuchBucket", "There is one bucket here: " + g.cfg.Bucket + "."}
	}
	if key != "" && !c.reaches(key) {
		return &refusal{http.StatusForbidden, "AccessDenied", "These credentials reach the keys below " + c.Project + "/ only."}
	}
	if source := r.Header.Get("X-Amz-Copy-Source"); source != "" {
		plain, err := url.PathUnescape(source)
		key, ok := strings.CutPrefix(strings.TrimLeft(plain, "/"), g.cfg.Bucket+"/")
		if err != nil || !ok || !c.reaches(key) {
			return &refusal{http.StatusForbidden, "AccessDenied", "These credentials do not reach the source of the copy."}
		}
	}
	if key == "" && (r.Method == http.MethodPut || r.Method == http.MethodDelete) {
		return &refusal{http.StatusForbidden, "AccessDenied", "The bucket is the server's own."}
	}
	return nil
}

// refusal is an S3 error answered before the library sees the request.
type refusal struct {
	status        int
	code, message string
}

func (f *refusal) write(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(f.status)
	if r.Method == http.MethodHead {
		return
	}
	body, err := xml.Marshal(struct {
		XMLName xml.Name `xml:"Error"`
		Code    string
		Message string
	}{Code: f.code, Message: f.message})
	if err == nil {
		_, _ = w.Write(append([]byte(xml.Header), body...)) // the client has gone away otherwise
	}
}

// response takes away what the library says about other origins: the console is of this one.
type response struct {
	http.ResponseWriter
	begun bool
}

func (w *response) begin() {
	if w.begun {
		return
	}
	w.begun = true
	h := w.Header()
	for _, k := range []string{"Origin", "Methods", "Headers"} {
		h.Del("Access-Control-Allow-" + k)
	}
	h.Del("Access-Control-Expose-Headers")
	h.Set("Server", "dhub")
}

func (w *response) WriteHeader(status int) {
	w.begin()
	w.ResponseWriter.WriteHeader(status)
}

func (w *response) Write(p []byte) (int, error) {
	w.begin()
	return w.ResponseWriter.Write(p)
}

func (w *response) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// logger passes the library's errors on; what it says about ordinary requests is left out.
type logger struct{ log *slog.Logger }

func (l logger) Print(level gofakes3.LogLevel, v ...any) {
	if level == gofakes3.LogErr {
		l.log.Error("s3 request failed", "error", strings.TrimSpace(fmt.Sprintln(v...)))
	}
}
