package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"dhub/entity"
	"dhub/internal/yamljson"
)

// mediaYAML is the media type of exports.
const mediaYAML = "application/x-yaml"

var (
	yamlMedia   = []string{"application/x-yaml", "application/yaml", "text/yaml", "text/x-yaml"}
	acceptYAML  = text("Accept", "application/x-yaml: the entity as YAML.")
	withParam   = text("with", "tasks: with YAML, the tasks of the function or workflow as further documents.")
	resetParam  = yes("reset", "With YAML: leave out ids, state and what else belongs to the original.")
	yamlSummary = " A body of type application/x-yaml is read too: the entity, and of functions and workflows their tasks as further documents."
)

// isYAML tells whether a Content-Type is YAML.
func isYAML(media string) bool {
	t, _, err := mime.ParseMediaType(media)
	return err == nil && slices.Contains(yamlMedia, t)
}

// wantsYAML tells whether the caller asks for YAML by name, and not for JSON before it.
func wantsYAML(r *http.Request) bool {
	for _, header := range r.Header.Values("Accept") {
		for part := range strings.SplitSeq(header, ",") {
			if isYAML(part) {
				return true
			}
			if t, _, err := mime.ParseMediaType(part); err == nil && t == "application/json" {
				return false
			}
		}
	}
	return false
}

// fromYAML makes JSON of a body in YAML: the first document becomes the body, the others stay with the call.
func (c *call) fromYAML() error {
	data, err := io.ReadAll(c.r.Body)
	if err != nil {
		return err
	}
	docs, err := yamljson.Decode(data)
	if err != nil {
		return err
	}
	if len(docs) == 0 {
		return entity.Invalid("", "required", "The request has no body: a YAML document is expected.")
	}
	reset, err := c.boolean("reset")
	if err != nil {
		return err
	}
	if reset {
		for i, d := range docs {
			if docs[i], err = withoutIdentity(d); err != nil {
				return entity.Invalid("", "type", "Document %d of the body must be an object: %v.", i+1, err)
			}
		}
	}
	c.more = docs[1:]
	c.r.Body = io.NopCloser(bytes.NewReader(docs[0]))
	c.r.ContentLength = int64(len(docs[0]))
	return nil
}

// withoutIdentity leaves out what makes an entity that entity and no other.
func withoutIdentity(raw json.RawMessage) (json.RawMessage, error) {
	o, err := entity.ParseObject(raw)
	if err != nil {
		return nil, err
	}
	id := o.Text("id")
	o = o.Clone()
	o.Delete("id", "key", "project", "user", "status")
	metadata, err := entity.ParseObject(o.Get("metadata"))
	if err != nil {
		return nil, err
	}
	if metadata.Text("version") == id {
		metadata.Delete("version")
	}
	metadata.Delete("created", "updated", "created_by", "updated_by", "project")
	if o.Has("metadata") {
		o.Set("metadata", metadata.JSON())
	}
	return o.JSON(), nil
}

// yaml answers with entities as YAML documents.
func (c *call) yaml(docs ...entity.Doc) error {
	rendered := make([]json.RawMessage, len(docs))
	for i, d := range docs {
		rendered[i] = entity.Render(d)
	}
	data, err := yamljson.Encode(rendered...)
	if err != nil {
		return err
	}
	h := c.w.Header()
	h.Set("Content-Type", mediaYAML+"; charset=UTF-8")
	h.Set("Content-Length", strconv.Itoa(len(data)))
	c.w.WriteHeader(http.StatusOK)
	_, _ = c.w.Write(data)
	return nil
}

// export answers a reading: JSON, or YAML with the tasks of an executable when they are asked for.
func (c *call) export(typ string, d entity.Doc, err error) error {
	with := c.query("with")
	if err != nil || !wantsYAML(c.r) {
		if err == nil && with != "" {
			err = badQuery("with", "reference", "goes with Accept: %s.", mediaYAML)
		}
		return c.doc(d, err)
	}
	docs := []entity.Doc{d}
	switch {
	case with == "tasks" && slices.Contains(executables, typ):
		tasks, err := c.tasks(typ, d)
		if err != nil {
			return err
		}
		docs = append(docs, tasks...)
	case with != "":
		return badQuery("with", "enum", "must be tasks, and goes with functions and workflows only, not %q.", clip(with))
	}
	if d.Seq > 0 {
		c.w.Header().Set("ETag", etag(d.Seq))
	}
	return c.yaml(docs...)
}

// importTasks makes the tasks that came in the documents behind a function or workflow. When one is refused the
// function goes again, so that an import is whole or leaves nothing.
func (c *call) importTasks(typ string, d entity.Doc, dry bool) error {
	for i, raw := range c.more {
		err := c.importTask(typ, d, raw, dry)
		if err == nil {
			continue
		}
		if !dry {
			if gone := c.cfg.Catalog.Delete(c.ctx(), typ, c.project(), d.ID, true); gone != nil {
				c.cfg.Logger.ErrorContext(c.ctx(), "taking back an import", "entity", typ, "id", d.ID, "error", gone)
			}
		}
		told := &entity.Error{Code: entity.CodeOf(err), Message: "Document " + strconv.Itoa(i+2) + " of the body: " + err.Error(), Err: err}
		if e, ok := errors.AsType[*entity.Error](err); ok {
			told.Fields = e.Fields
		}
		return told
	}
	return nil
}

func (c *call) importTask(typ string, d entity.Doc, raw json.RawMessage, dry bool) error {
	o, err := entity.ParseObject(raw)
	if err != nil {
		return entity.Invalid("", "type", "a task must be an object: %v.", err)
	}
	if kind := o.Text("kind"); !slices.Contains(executables, typ) || entity.KindBase(kind) != d.Kind || entity.KindAction(kind) == "" {
		return entity.Invalid("/kind", "reference", "behind a %s of kind %s only its tasks may stand, of a kind such as %s+action, not %q.", typ, d.Kind, d.Kind, clip(kind))
	}
	spec, err := entity.ParseObject(o.Get("spec"))
	if err != nil {
		return entity.Invalid("/spec", "type", "the spec must be an object: %v.", err)
	}
	spec = spec.Clone()
	spec.SetText(typ, d.Ref())
	o = o.Clone()
	o.Set("spec", spec.JSON())
	if dry {
		return nil // its function does not exist yet
	}
	_, err = c.cfg.Catalog.Create(c.ctx(), entity.Write{Entity: entity.Task, Project: c.project(), Body: o.JSON(), User: c.who().User, Strict: c.r.Header.Get("Dhub-Strict") == "1"})
	return err
}
