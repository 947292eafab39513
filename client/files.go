package client

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"dhub/entity"
)

// FileInfo describes one file of an artifact, a data item or a model. Path is relative to spec.path.
type FileInfo struct {
	Path         string `json:"path"`
	Name         string `json:"name"`
	ContentType  string `json:"content_type,omitempty"`
	Size         int64  `json:"size"`
	Hash         string `json:"hash,omitempty"` // sha256:… where the uploader computed one
	LastModified string `json:"last_modified,omitempty"`
}

// Place is where bytes are read from or written to: Path as entities name it, URL for the transfer.
type Place struct {
	Path string `json:"path"`
	URL  string `json:"url"`
}

func filesPath(typ, project, id, call string) string {
	return path(typ, project) + "/" + url.PathEscape(id) + "/files/" + call
}

// Files lists the files of an entity.
func (c *Client) Files(ctx context.Context, typ, project, id string) ([]FileInfo, error) {
	var all []FileInfo
	for page := 0; ; page++ {
		var p struct {
			Content    []FileInfo `json:"content"`
			TotalPages int        `json:"totalPages"`
		}
		q := url.Values{"page": {fmt.Sprint(page)}, "size": {"200"}}
		if err := c.get(ctx, filesPath(typ, project, id, "info"), q, &p); err != nil {
			return nil, err
		}
		all = append(all, p.Content...)
		if len(p.Content) == 0 || page+1 >= p.TotalPages {
			return all, nil
		}
	}
}

// UploadPlace says where a file of an entity goes; the entity need not exist yet.
func (c *Client) UploadPlace(ctx context.Context, typ, project, id, filename, name string) (Place, error) {
	var p Place
	q := url.Values{"filename": {filename}}
	if name != "" {
		q.Set("name", name)
	}
	return p, c.Do(ctx, http.MethodPost, filesPath(typ, project, id, "upload"), q, nil, &p)
}

// DownloadPlace says where a file of an entity is read; sub is its path below a spec.path that is a folder.
func (c *Client) DownloadPlace(ctx context.Context, typ, project, id, sub string) (Place, error) {
	var p Place
	q := url.Values{}
	if sub != "" {
		q.Set("sub", sub)
	}
	return p, c.get(ctx, filesPath(typ, project, id, "download"), q, &p)
}

// Put sends size bytes to a place.
func (c *Client) Put(ctx context.Context, p Place, body io.Reader, size int64) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, p.URL, body)
	if err != nil {
		return entity.Errorf(entity.CodeInvalid, "address of the upload: %w", err)
	}
	req.ContentLength = size
	if size == 0 {
		req.Body = http.NoBody // else it would be sent in chunks of unknown length
	}
	resp, err := c.transfer(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Fetch reads the bytes of a place; size is -1 when the store does not say. The caller closes the body.
func (c *Client) Fetch(ctx context.Context, p Place) (body io.ReadCloser, size int64, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.URL, nil)
	if err != nil {
		return nil, 0, entity.Errorf(entity.CodeInvalid, "address of the download: %w", err)
	}
	resp, err := c.transfer(req)
	if err != nil {
		return nil, 0, err
	}
	return resp.Body, resp.ContentLength, nil
}

// transfer speaks to a store, which gets nothing of ours but the signed address.
func (c *Client) transfer(req *http.Request) (*http.Response, error) {
	resp, err := c.http.Do(req)
	if err != nil {
		if req.Context().Err() != nil {
			return nil, req.Context().Err()
		}
		return nil, unreachable(req.URL.Scheme+"://"+req.URL.Host, err)
	}
	if resp.StatusCode/100 != 2 {
		defer resp.Body.Close()
		text, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<10))
		return nil, entity.Errorf(codeOf(resp.StatusCode), "the file store answered %s to %s %s: %s", resp.Status, req.Method, req.URL.Path, strings.TrimSpace(string(text)))
	}
	return resp, nil
}
