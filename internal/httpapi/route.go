package httpapi

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"dhub/entity"
)

// route is one line of the table.
type route struct {
	method, path string // path in the form of http.ServeMux
	id           string // operationId
	tag, summary string
	query        []param
	headers      []param
	body         string // schema of the JSON body, "" when the body is not looked at
	rawBody      bool   // bytes of any media type
	yaml         bool   // the body may be YAML, and so may the answer to a reading
	answer       string // schema of the answer, "" when it is empty
	media        string // of the answer when it is not JSON
	open         bool   // a caller bound to one project may use it though it names no project
	once         bool   // Idempotency-Key is honoured
	early        bool   // goes before patterns it overlaps with
	long         bool   // may take long by intent: ends when the server closes
	handle       handler
}

type handler func(c *call) error

// param is a parameter of the query or a header.
type param struct {
	name, kind string // kind: string, integer, boolean, array
	required   bool
	about      string
}

const (
	base = "/api/v1"
	proj = "/api/v1/-/{project}"
)

func (p param) must() param { p.required = true; return p }

func text(name, about string) param    { return param{name: name, kind: "string", about: about} }
func integer(name, about string) param { return param{name: name, kind: "integer", about: about} }
func yes(name, about string) param     { return param{name: name, kind: "boolean", about: about} }
func several(name, about string) param { return param{name: name, kind: "array", about: about} }

var (
	cascadeParam = yes("cascade", "Delete also what belongs to the entity. Default false.")
	dryRunParam  = yes("dryRun", "Check everything and answer as if it had been done, but change nothing.")
	strictHeader = text("Dhub-Strict", "1: a field that the kind does not know is an error instead of a notice.")
	matchHeader  = text("If-Match", "The ETag that the entity must still have; otherwise 412.")
	onceHeader   = text("Idempotency-Key", "A repeated request with this key gets the first one's answer and does nothing.")
	writeQuery   = []param{dryRunParam}
	createHeads  = []param{strictHeader, onceHeader}
	updateHeads  = []param{strictHeader, matchHeader}
)

// wildcards lists the names of a path's wildcards.
func wildcards(path string) []string {
	var names []string
	for seg := range strings.SplitSeq(path, "/") {
		if name, ok := strings.CutPrefix(seg, "{"); ok && name != "$}" {
			names = append(names, strings.TrimSuffix(strings.TrimSuffix(name, "}"), "..."))
		}
	}
	return names
}

// serve makes the http.Handler of a route: all that is the same for every handler.
func (a *API) serve(rt *route) http.Handler {
	names := wildcards(rt.path)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s, ok := w.(*writer); ok {
			s.route = rt.path
		}
		if rt.long {
			ctx, cancel := context.WithCancel(r.Context())
			defer cancel()
			defer context.AfterFunc(a.closing, cancel)()
			r = r.WithContext(ctx)
		}
		c := &call{API: a, w: w, r: r, rt: rt}
		err := c.check(names)
		if err == nil && r.Method == http.MethodHead && rt.media == "text/event-stream" { // a stream has no end to wait for
			w.Header().Set("Content-Type", rt.media)
			return
		}
		if err == nil && rt.once && r.Header.Get("Idempotency-Key") != "" {
			err = c.onlyOnce()
		} else if err == nil {
			err = rt.handle(c)
		}
		if err != nil {
			if rt.long && a.closing.Err() != nil {
				err = errClosing
			}
			a.fail(w, r, err)
		}
	})
}

// check looks at the path, the caller and the frame of the body.
func (c *call) check(names []string) error {
	for _, name := range names {
		v := c.r.PathValue(name)
		ok, want := true, ""
		switch name {
		case "project", "id":
			ok, want = entity.ValidSlug(v), "1 to 256 of a-z A-Z 0-9 . _ + - are expected"
		case "kind":
			ok, want = entity.ValidKind(v), "1 to 256 of a-z A-Z 0-9 . _ + - : are expected"
		case "action":
			ok, want = entity.ValidSlug(v) && len(v) <= 64, "a word such as stop is expected"
		}
		if !ok {
			return entity.Invalid(name, "pattern", "The %s %q in the path is not valid: %s.", name, clip(v), want)
		}
	}
	if _, err := url.ParseQuery(c.r.URL.RawQuery); err != nil { // what cannot be read would not filter
		return entity.Invalid("", "pattern", "The query of the address cannot be read: %v.", err)
	}
	if mine := c.who().Project; mine != "" && !c.rt.open {
		if target := c.r.PathValue("project"); target != mine {
			if target == "" {
				return entity.Errorf(entity.CodeForbidden, "The token of a run reaches its own project %s only.", mine)
			}
			return entity.Errorf(entity.CodeForbidden, "The token of a run in project %s does not reach project %s.", mine, target)
		}
	}
	if c.r.ContentLength > c.cfg.MaxBody {
		return c.tooLarge(c.cfg.MaxBody)
	}
	c.r.Body = http.MaxBytesReader(c.w, c.r.Body, c.cfg.MaxBody)
	if c.rt.yaml && isYAML(c.r.Header.Get("Content-Type")) {
		return c.fromYAML()
	}
	if c.rt.body != "" && c.r.ContentLength != 0 {
		return jsonOnly(c.r.Header.Get("Content-Type"))
	}
	return nil
}

// jsonOnly refuses media types other than JSON; a missing one counts as JSON.
func jsonOnly(media string) error {
	media, _, _ = strings.Cut(media, ";")
	media = strings.ToLower(strings.TrimSpace(media))
	if media == "" || media == "application/json" || strings.HasPrefix(media, "application/") && strings.HasSuffix(media, "+json") {
		return nil
	}
	return frame(http.StatusUnsupportedMediaType, "Content-Type %q is not supported: send application/json.", clip(media))
}
