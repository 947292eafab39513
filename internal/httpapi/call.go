package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"

	"dhub/entity"
)

const mediaJSON = "application/json; charset=UTF-8"

// call is one request on its way through a handler.
type call struct {
	*API
	w  http.ResponseWriter
	r  *http.Request
	rt *route

	more   []json.RawMessage // documents behind the first of a body in YAML
	onceID string            // of what a request with an Idempotency-Key makes, "" without one
}

func (c *call) ctx() context.Context { return c.r.Context() }
func (c *call) project() string      { return c.r.PathValue("project") }
func (c *call) id() string           { return c.r.PathValue("id") }
func (c *call) who() Identity        { return identity(c.r.Context()) }

// query is the first value of a parameter, "" when it is absent.
func (c *call) query(name string) string { return c.r.URL.Query().Get(name) }

// required is a parameter that must be there.
func (c *call) required(name string) (string, error) {
	if v := c.query(name); v != "" {
		return v, nil
	}
	return "", badQuery(name, "required", "is required.")
}

// boolean reads a flag; absent or empty is false.
func (c *call) boolean(name string) (bool, error) {
	switch strings.ToLower(c.query(name)) {
	case "", "false", "0":
		return false, nil
	case "true", "1":
		return true, nil
	}
	return false, badQuery(name, "type", "must be true or false, not %q.", clip(c.query(name)))
}

// integer reads a number of at least low; absent is other.
func (c *call) integer(name string, low, other int64) (int64, error) {
	v := c.query(name)
	if v == "" {
		return other, nil
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil || n < low {
		return 0, badQuery(name, "type", "must be a whole number of at least %d, not %q.", low, clip(v))
	}
	return n, nil
}

// body reads the request's body.
func (c *call) body() ([]byte, error) {
	data, err := io.ReadAll(c.r.Body)
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(data)) == 0 && c.rt.body != "" {
		return nil, entity.Invalid("", "required", "The request has no body: a JSON document is expected.")
	}
	return data, nil
}

// write collects what a create or update carries.
func (c *call) write(typ string) (entity.Write, error) {
	body, err := c.body()
	if err != nil {
		return entity.Write{}, err
	}
	dry, err := c.boolean("dryRun")
	if err != nil {
		return entity.Write{}, err
	}
	match, err := c.ifMatch()
	if err != nil {
		return entity.Write{}, err
	}
	return entity.Write{
		Entity: typ, Project: c.project(), ID: c.id(), NewID: c.onceID, Body: body, User: c.who().User,
		Strict: c.r.Header.Get("Dhub-Strict") == "1", DryRun: dry, IfMatch: match,
	}, nil
}

// ifMatch reads the header If-Match, whose tags are those of etag.
func (c *call) ifMatch() (int64, error) {
	v := strings.TrimSpace(c.r.Header.Get("If-Match"))
	if v == "" || v == "*" {
		return 0, nil
	}
	if n, err := strconv.ParseInt(strings.Trim(v, `"`), 10, 64); err == nil && n > 0 {
		return n, nil
	}
	return 0, entity.Invalid("If-Match", "pattern", "The header If-Match must hold an ETag of this server, such as \"42\", not %s.", clip(v))
}

func etag(seq int64) string { return `"` + strconv.FormatInt(seq, 10) + `"` }

// raw answers with JSON bytes.
func (c *call) raw(data []byte) error {
	h := c.w.Header()
	h.Set("Content-Type", mediaJSON)
	h.Set("Content-Length", strconv.Itoa(len(data)))
	c.w.WriteHeader(http.StatusOK)
	_, _ = c.w.Write(data) // a client that has gone cannot be told
	return nil
}

// json answers with v.
func (c *call) json(v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	return c.raw(bytes.TrimRight(b.Bytes(), "\n"))
}

// void answers success without a body.
func (c *call) void(err error) error {
	if err != nil {
		return err
	}
	c.w.WriteHeader(http.StatusOK)
	return nil
}

// doc answers with an entity and its ETag.
func (c *call) doc(d entity.Doc, err error) error {
	if err != nil {
		return err
	}
	if d.Seq > 0 {
		c.w.Header().Set("ETag", etag(d.Seq))
	}
	return c.raw(entity.Render(d))
}

// docs answers with a plain array of entities.
func (c *call) docs(list []entity.Doc) error {
	return c.raw(renderAll(list))
}

func renderAll(list []entity.Doc) json.RawMessage {
	out := make([]json.RawMessage, len(list))
	for i, d := range list {
		out[i] = entity.Render(d)
	}
	return entity.Array(out)
}
