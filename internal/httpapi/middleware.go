package httpapi

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
)

// writer remembers what was answered.
type writer struct {
	http.ResponseWriter
	status int
	route  string
}

func (w *writer) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *writer) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// ServeHTTP answers every request of the port.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if a.cfg.Activity != nil {
		a.cfg.Activity(1)
		defer a.cfg.Activity(-1)
	}
	start := a.cfg.Now()
	id := requestID(r)
	ctx := withRequestID(r.Context(), id)
	r = r.WithContext(ctx)
	rec := &writer{ResponseWriter: w}
	h := w.Header()
	h.Set("X-Request-Id", id)
	h.Set("X-Api-Version", a.cfg.Version)
	h.Set("X-Api-Level", strconv.Itoa(a.cfg.Level))
	h.Set("X-Content-Type-Options", "nosniff")
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler {
				panic(p)
			}
			a.panicked(rec, r, p)
		}
		a.cfg.Logger.DebugContext(ctx, "request", slog.String("request_id", id), slog.String("method", r.Method),
			slog.String("route", rec.route), slog.Int("status", rec.status), slog.Duration("took", a.cfg.Now().Sub(start)))
	}()
	if err := a.sameSite(rec, r); err != nil {
		a.fail(rec, r, err)
		return
	}
	if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
		rec.WriteHeader(http.StatusOK)
		return
	}
	for _, m := range a.cfg.Mounts {
		if m.Raw && (r.URL.Path == m.Path || strings.HasPrefix(r.URL.Path, m.Path+"/")) {
			rec.route = m.Path
			m.Handler.ServeHTTP(rec, r)
			return
		}
	}
	who, err := a.identify(ctx, r)
	if err != nil {
		a.fail(rec, r, err)
		return
	}
	a.dispatch(rec, r.WithContext(withIdentity(ctx, who)))
}

// panicked answers 500 when a handler broke, and logs it once.
func (a *API) panicked(w *writer, r *http.Request, p any) {
	id := RequestID(r.Context())
	a.cfg.Logger.ErrorContext(r.Context(), "handler panicked", slog.String("request_id", id), slog.String("method", r.Method),
		slog.String("path", r.URL.Path), slog.String("panic", fmt.Sprint(p)), slog.String("stack", string(debug.Stack())))
	if w.status != 0 { // the answer is under way: only cutting it tells the client
		panic(http.ErrAbortHandler)
	}
	a.fail(w, r, frame(http.StatusInternalServerError, "The server failed to answer. Its log says more under the request id %s.", id))
}

// requestID takes the client's id when it is harmless.
func requestID(r *http.Request) string {
	id := r.Header.Get("X-Request-Id")
	if len(id) >= 8 && len(id) <= 64 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") == "" {
		return id
	}
	var b [8]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// sameSite keeps pages of other sites, and names that were bent to point here, away from the API.
func (a *API) sameSite(w http.ResponseWriter, r *http.Request) error {
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	if len(a.cfg.Hosts) > 0 && !slices.Contains(a.cfg.Hosts, strings.TrimSuffix(host, ".")) {
		return frame(http.StatusForbidden, "The host name %q is not one of this server's: it answers to %s.", clip(r.Host), strings.Join(a.cfg.Hosts, ", "))
	}
	origin := r.Header.Get("Origin")
	h := w.Header()
	if strings.HasPrefix(r.URL.Path, "/.well-known/") {
		h.Set("Access-Control-Allow-Origin", "*")
		return nil
	}
	if origin == "" {
		if r.Header.Get("Sec-Fetch-Site") == "cross-site" && r.Method != http.MethodGet && r.Method != http.MethodHead {
			return frame(http.StatusForbidden, "Requests from pages of other sites are refused.")
		}
		return nil
	}
	if u, err := url.Parse(origin); err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host) && (u.Scheme == "http" || u.Scheme == "https") {
		return nil
	}
	if slices.Contains(a.cfg.Origins, origin) {
		h.Set("Access-Control-Allow-Origin", origin)
		h.Add("Vary", "Origin")
		h.Set("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, PATCH")
		h.Set("Access-Control-Expose-Headers", "authorization, range, etag, x-request-id")
		if want := r.Header.Get("Access-Control-Request-Headers"); want != "" {
			h.Set("Access-Control-Allow-Headers", want)
		}
		return nil
	}
	return frame(http.StatusForbidden, "Requests from pages of the origin %q are refused; the server's configuration may allow it.", clip(origin))
}

// identify finds out who calls. A bearer that is presented is always verified.
func (a *API) identify(ctx context.Context, r *http.Request) (Identity, error) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "bearer") {
		return Identity{User: Anonymous}, nil
	}
	if a.cfg.Tokens == nil {
		return Identity{}, errToken
	}
	at, err := a.cfg.Tokens.VerifyToken(ctx, strings.TrimSpace(token))
	if err != nil {
		return Identity{}, err
	}
	who := Identity{User: at.User, Project: at.Project, Run: at.RunID, UID: at.RunUID, Attempt: at.Attempt}
	if who.User == "" {
		who.User = Anonymous
	}
	return who, nil
}

// dispatch hands the request to the mux; what no route takes is answered here, in JSON.
func (a *API) dispatch(w *writer, r *http.Request) {
	if !clean(r.URL.Path) { // the mux would redirect, and a redirected POST loses its body
		a.fail(w, r, frame(http.StatusBadRequest, "The path must not hold empty, . or .. segments."))
		return
	}
	if _, pattern := a.early.Handler(r); pattern != "" {
		a.early.ServeHTTP(w, r)
		return
	}
	h, pattern := a.mux.Handler(r)
	if pattern != "" {
		a.mux.ServeHTTP(w, r)
		return
	}
	var probe probe
	h.ServeHTTP(&probe, r)
	if probe.status == http.StatusMethodNotAllowed {
		allow := probe.Header().Get("Allow")
		w.Header().Set("Allow", allow)
		a.fail(w, r, frame(http.StatusMethodNotAllowed, "Method %s is not supported here: %s may be used.", r.Method, allow))
		return
	}
	a.fail(w, r, frame(http.StatusNotFound, "There is nothing at this path."))
}

// clean tells whether the mux takes a path as it is.
func clean(path string) bool {
	if !strings.HasPrefix(path, "/") {
		return false
	}
	for seg := range strings.SplitSeq(strings.TrimSuffix(path[1:], "/"), "/") {
		if seg == "." || seg == ".." || seg == "" && path != "/" {
			return false
		}
	}
	return true
}

// probe takes the status and headers of an answer and drops its body.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header {
	if p.header == nil {
		p.header = http.Header{}
	}
	return p.header
}
func (p *probe) WriteHeader(status int)      { p.status = status }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
