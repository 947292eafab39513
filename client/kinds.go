package client

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"dhub/entity"
)

// Kind is a kind of entity that the server has.
type Kind struct {
	Entity  string   `json:"entity"`
	Kind    string   `json:"kind"`
	Title   string   `json:"title"`
	Actions []string `json:"actions"`
	Files   []string `json:"files"` // suffixes of files from which it is made
}

// Kinds lists the kinds of entities that the server has, with the actions that work there.
func (c *Client) Kinds(ctx context.Context) ([]Kind, error) {
	var config struct {
		Kinds []Kind `json:"kinds"`
	}
	err := c.get(ctx, "/api/v1/console/config", nil, &config)
	return config.Kinds, err
}

// Choices lists the values that a field of a kind's spec may have by the server's schema, nil where any may be.
func (c *Client) Choices(ctx context.Context, typ, kind, field string) ([]string, error) {
	var answer struct {
		Schema struct {
			Properties map[string]struct {
				Enum []json.RawMessage `json:"enum"`
			} `json:"properties"`
		} `json:"schema"`
	}
	if err := c.get(ctx, "/api/v1/schemas/"+url.PathEscape(typ)+"/"+url.PathEscape(kind), nil, &answer); err != nil {
		return nil, err
	}
	var values []string
	for _, raw := range answer.Schema.Properties[field].Enum {
		if v, ok := entity.AsString(raw); ok {
			values = append(values, v)
		}
	}
	return values, nil
}

func (c *Client) get(ctx context.Context, path string, query url.Values, out any) error {
	return c.Do(ctx, http.MethodGet, path, query, nil, out)
}
