package s3gate

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/rclone/gofakes3"

	"dhub/entity"
	"dhub/internal/blob"
)

// note is what the blob store keeps of an upload under way, beside its parts.
type note struct {
	Key     string            `json:"key"`
	Meta    map[string]string `json:"meta,omitempty"`
	Started time.Time         `json:"started"`
}

// noteKey is where it lies. It is written before the client learns the upload's id and goes before the parts
// do, so parts without a note belong to nobody.
func noteKey(id string) string { return partsPrefix + id + "/upload" }

func (b *backend) writeNote(ctx context.Context, id string, n note) error {
	raw, err := json.Marshal(n)
	if err != nil {
		return err
	}
	_, err = b.blobs.Put(ctx, noteKey(id), bytes.NewReader(raw), blob.Attrs{ContentType: "application/json"})
	return err
}

func (b *backend) readNote(ctx context.Context, id string) (n note, err error) {
	r, _, err := b.blobs.Open(ctx, noteKey(id), 0, -1)
	if err != nil {
		return n, err
	}
	defer r.Close()
	raw, err := io.ReadAll(r)
	if err != nil {
		return n, err
	}
	return n, json.Unmarshal(raw, &n)
}

// resumed travels with the calls by which an earlier process's upload is made known to the library again.
type resumed struct {
	id   gofakes3.UploadID
	etag string // of the part that is made known
}

type resuming struct{}

func resumedBy(ctx context.Context) (resumed, bool) {
	r, ok := ctx.Value(resuming{}).(resumed)
	return r, ok
}

// resume takes up the uploads that an earlier process left unfinished, and removes parts that belong to none.
func (g *Gate) resume(ctx context.Context) error {
	ids := map[string][]blob.Info{}
	for after := ""; ; {
		page, err := g.cfg.Blobs.List(ctx, partsPrefix, after, 1000)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			break
		}
		for _, o := range page {
			id, _, _ := strings.Cut(strings.TrimPrefix(o.Key, partsPrefix), "/")
			ids[id] = append(ids[id], o)
		}
		after = page[len(page)-1].Key
	}
	for id, parts := range ids {
		n, err := g.back.readNote(ctx, id)
		if err != nil {
			if !entity.IsNotFound(err) {
				g.cfg.Logger.Warn("an unfinished upload cannot be taken up and is ended", "upload", id, "error", err)
			}
			if err := g.back.drop(ctx, gofakes3.UploadID(id)); err != nil {
				return err
			}
			continue
		}
		if err := g.retell(ctx, id, n, parts); err != nil {
			return fmt.Errorf("take up the upload of %q: %w", n.Key, err)
		}
	}
	return nil
}

// retell makes an upload and its parts known to the library, which keeps its book in memory alone.
func (g *Gate) retell(ctx context.Context, id string, n note, parts []blob.Info) error {
	g.back.mu.Lock()
	g.back.uploads[id] = &upload{key: n.Key, meta: n.Meta, started: n.Started}
	g.back.mu.Unlock()
	ctx = context.WithValue(ctx, resuming{}, resumed{id: gofakes3.UploadID(id)})
	if err := g.call(ctx, http.MethodPost, n.Key, url.Values{"uploads": {""}}, nil, nil); err != nil {
		return err
	}
	for _, p := range parts {
		number, err := strconv.Atoi(p.Key[strings.LastIndexByte(p.Key, '/')+1:])
		if err != nil {
			continue // the note
		}
		ctx := context.WithValue(ctx, resuming{}, resumed{gofakes3.UploadID(id), p.ETag})
		q := url.Values{"uploadId": {id}, "partNumber": {strconv.Itoa(number)}}
		if err := g.callSized(ctx, http.MethodPut, n.Key, q, nil, p.Size, nil); err != nil {
			return err
		}
	}
	return nil
}
