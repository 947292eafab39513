// Package client is the Go client of dhub's REST API: used by the CLI, by tests, and by third parties.
//
// A Client is safe for concurrent use. Every call sends Dhub-Strict: 1, so that a field the server does
// not know is an error that names it instead of being dropped. Errors are *entity.Error with the code of
// the answer's status and the fields the server named.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"dhub/entity"
)

// Client speaks to one server.
type Client struct {
	endpoint string
	token    string
	http     *http.Client
}

// Options of a Client; the zero value is usable.
type Options struct {
	Token string       // bearer, "" for none
	HTTP  *http.Client // default: keep-alive, no overall timeout (streams are long)
}

// New makes a client of the server at endpoint, such as http://127.0.0.1:8080.
func New(endpoint string, o Options) *Client {
	if o.HTTP == nil {
		o.HTTP = &http.Client{Transport: &http.Transport{
			DialContext:         (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
			MaxIdleConnsPerHost: 64,
			IdleConnTimeout:     90 * time.Second,
		}}
	}
	return &Client{endpoint: strings.TrimRight(endpoint, "/"), token: o.Token, http: o.HTTP}
}

// Endpoint is the server's base address without a trailing slash.
func (c *Client) Endpoint() string { return c.endpoint }

// Context is the path prefix of a project's entities.
func Context(project string) string { return "/api/v1/-/" + url.PathEscape(project) }

// Do sends one request with an optional JSON body and decodes a JSON answer into out when out is not nil.
func (c *Client) Do(ctx context.Context, method, path string, query url.Values, body, out any) error {
	var r io.Reader
	switch b := body.(type) {
	case nil:
	case []byte:
		r = bytes.NewReader(b)
	case json.RawMessage:
		r = bytes.NewReader(b)
	default:
		data, err := json.Marshal(b)
		if err != nil {
			return entity.Errorf(entity.CodeInvalid, "encode request body: %w", err)
		}
		r = bytes.NewReader(data)
	}
	resp, err := c.send(ctx, method, path, query, r, "application/json")
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if out == nil {
		_, err = io.Copy(io.Discard, resp.Body)
		return err
	}
	if raw, ok := out.(*json.RawMessage); ok {
		*raw, err = io.ReadAll(resp.Body)
		return err
	}
	return json.NewDecoder(resp.Body).Decode(out)
}

// send returns the answer of a success; any other is read and turned into an error.
func (c *Client) send(ctx context.Context, method, path string, query url.Values, body io.Reader, ctype string) (*http.Response, error) {
	u := c.endpoint + path
	if len(query) > 0 {
		u += "?" + query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, method, u, body)
	if err != nil {
		return nil, entity.Errorf(entity.CodeInvalid, "address %q: %w", u, err)
	}
	if body != nil {
		req.Header.Set("Content-Type", ctype)
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Dhub-Strict", "1")
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, unreachable(c.endpoint, err)
	}
	if resp.StatusCode/100 != 2 {
		defer resp.Body.Close()
		return nil, decodeError(resp)
	}
	return resp, nil
}

func unreachable(endpoint string, err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return &entity.Error{Code: entity.CodeUnavailable, Err: err,
		Message: fmt.Sprintf("no answer from the server at %s; start one with `dhub serve`, or name another in DHUB_ENDPOINT: %v", endpoint, err)}
}

// decodeError turns an error answer into an *entity.Error.
func decodeError(resp *http.Response) error {
	data, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	var body struct {
		Message   string              `json:"message"`
		Error     string              `json:"error"`
		RequestID string              `json:"requestId"`
		Errors    []entity.FieldError `json:"errors"`
	}
	_ = json.Unmarshal(data, &body)
	msg := body.Message
	if msg == "" {
		msg = body.Error
	}
	if msg == "" {
		msg = fmt.Sprintf("the server answered %s", resp.Status)
		if address := resp.Request.URL; json.Unmarshal(data, &struct{}{}) != nil {
			msg += fmt.Sprintf(", and not in the way of dhub; is %s://%s the right address (DHUB_ENDPOINT)?", address.Scheme, address.Host)
		}
	}
	if resp.StatusCode >= 500 && body.RequestID != "" {
		msg += " (request " + body.RequestID + ")"
	}
	return &entity.Error{Code: codeOf(resp.StatusCode), Message: msg, Fields: body.Errors}
}

func codeOf(status int) entity.Code {
	switch status {
	case http.StatusNotFound:
		return entity.CodeNotFound
	case http.StatusConflict, http.StatusPreconditionFailed:
		return entity.CodeConflict
	case http.StatusUnauthorized:
		return entity.CodeUnauthenticated
	case http.StatusForbidden:
		return entity.CodeForbidden
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return entity.CodeUnavailable
	case http.StatusNotImplemented:
		return entity.CodeUnimplemented
	}
	if status >= 500 {
		return entity.CodeInternal
	}
	return entity.CodeInvalid
}

// Ready tells whether the server answers /readyz with 200.
func (c *Client) Ready(ctx context.Context) bool {
	resp, err := c.send(ctx, http.MethodGet, "/readyz", nil, nil, "")
	if err != nil {
		return false
	}
	resp.Body.Close()
	return true
}
