package client

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"

	"dhub/entity"
)

// Entity is one entity as the wire shows it. Metadata, Spec and Status keep the server's bytes.
type Entity struct {
	ID       string          `json:"id,omitempty"`
	Name     string          `json:"name,omitempty"`
	Kind     string          `json:"kind,omitempty"`
	Project  string          `json:"project,omitempty"`
	User     string          `json:"user,omitempty"`
	Key      string          `json:"key,omitempty"`
	Metadata json.RawMessage `json:"metadata,omitempty"`
	Spec     json.RawMessage `json:"spec,omitempty"`
	Status   json.RawMessage `json:"status,omitempty"`

	Raw json.RawMessage `json:"-"` // the whole answer
}

// UnmarshalJSON keeps the whole document beside its parts.
func (e *Entity) UnmarshalJSON(b []byte) error {
	type plain Entity
	if err := json.Unmarshal(b, (*plain)(e)); err != nil {
		return err
	}
	e.Raw = append(json.RawMessage(nil), b...)
	return nil
}

// State is status.state.
func (e Entity) State() entity.State {
	var s struct {
		State entity.State `json:"state"`
	}
	_ = json.Unmarshal(e.Status, &s)
	return s.State
}

// Meta is the part of the metadata that tables show.
type Meta struct {
	Description string   `json:"description"`
	Labels      []string `json:"labels"`
	Version     string   `json:"version"`
	Created     string   `json:"created"`
	Updated     string   `json:"updated"`
	CreatedBy   string   `json:"created_by"`
}

// Meta reads the metadata.
func (e Entity) Meta() Meta {
	var m Meta
	_ = json.Unmarshal(e.Metadata, &m)
	return m
}

// VersionNumber counts the versions of the name up to this one, 0 when the server does not say.
func (e Entity) VersionNumber() int {
	var s struct {
		Number int `json:"version_number"`
	}
	_ = json.Unmarshal(e.Status, &s)
	return s.Number
}

// Page is one page of a list.
type Page struct {
	Content       []Entity `json:"content"`
	TotalElements int64    `json:"totalElements"`
	TotalPages    int      `json:"totalPages"`
	Last          bool     `json:"last"`
}

// path returns the collection of an entity type; projects have none but their own.
func path(typ, project string) string {
	if typ == entity.Project {
		return "/api/v1/projects"
	}
	return Context(project) + "/" + entity.Plural(typ)
}

// Create posts an entity; body is anything that encodes to the wire form.
func (c *Client) Create(ctx context.Context, typ, project string, body any) (Entity, error) {
	var e Entity
	return e, c.Do(ctx, http.MethodPost, path(typ, project), nil, body, &e)
}

// Get reads one entity by id.
func (c *Client) Get(ctx context.Context, typ, project, id string) (Entity, error) {
	var e Entity
	return e, c.Do(ctx, http.MethodGet, path(typ, project)+"/"+url.PathEscape(id), nil, nil, &e)
}

// Update puts an entity; for functions the answer may be a new version with another id.
func (c *Client) Update(ctx context.Context, typ, project, id string, body any) (Entity, error) {
	var e Entity
	return e, c.Do(ctx, http.MethodPut, path(typ, project)+"/"+url.PathEscape(id), nil, body, &e)
}

// Delete deletes one entity by id, with what belongs to it when cascade is set.
func (c *Client) Delete(ctx context.Context, typ, project, id string, cascade bool) error {
	q := url.Values{"cascade": {strconv.FormatBool(cascade)}}
	return c.Do(ctx, http.MethodDelete, path(typ, project)+"/"+url.PathEscape(id), q, nil, nil)
}

// DeleteByName deletes all versions of a name.
func (c *Client) DeleteByName(ctx context.Context, typ, project, name string, cascade bool) error {
	q := url.Values{"name": {name}, "cascade": {strconv.FormatBool(cascade)}}
	return c.Do(ctx, http.MethodDelete, path(typ, project), q, nil, nil)
}

// List reads one page; filters are those of the REST API (name, kind, state, function, page, size, sort …).
func (c *Client) List(ctx context.Context, typ, project string, filters url.Values) (Page, error) {
	var p Page
	return p, c.Do(ctx, http.MethodGet, path(typ, project), filters, nil, &p)
}

// All reads all pages of a list and calls f for each entity until f returns false.
func (c *Client) All(ctx context.Context, typ, project string, filters url.Values, f func(Entity) bool) error {
	q := url.Values{}
	for k, v := range filters {
		q[k] = v
	}
	if q.Get("size") == "" {
		q.Set("size", "200")
	}
	for page := 0; ; page++ {
		q.Set("page", strconv.Itoa(page))
		p, err := c.List(ctx, typ, project, q)
		if err != nil {
			return err
		}
		for _, e := range p.Content {
			if !f(e) {
				return nil
			}
		}
		if len(p.Content) == 0 || page+1 >= p.TotalPages {
			return nil
		}
	}
}

// Latest finds the newest version of a name; not_found when there is none.
func (c *Client) Latest(ctx context.Context, typ, project, name string) (Entity, error) {
	p, err := c.List(ctx, typ, project, url.Values{"name": {name}, "size": {"1"}})
	if err != nil {
		return Entity{}, err
	}
	if len(p.Content) == 0 {
		return Entity{}, entity.NotFound(typ)
	}
	return p.Content[0], nil
}

// SetSecrets stores values of secrets that exist in the project.
func (c *Client) SetSecrets(ctx context.Context, project string, values map[string]string) error {
	return c.Do(ctx, http.MethodPut, Context(project)+"/secrets/data", nil, values, nil)
}
