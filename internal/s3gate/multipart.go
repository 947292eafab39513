package s3gate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/rclone/gofakes3"

	"dhub/entity"
	"dhub/internal/blob"
)

// partsPrefix is no bucket's name, so parts never show as objects.
const partsPrefix = ".parts/"

// upload is one multipart upload under way. Its parts lie in the blob store.
type upload struct {
	key     string
	meta    map[string]string
	started time.Time

	mu   sync.Mutex // held while the parts become the object
	etag string     // of the object, once it is made
}

func partKey(id string, number int) string { return fmt.Sprintf("%s%s/%05d", partsPrefix, id, number) }

func (b *backend) CreateMultipartUpload(ctx context.Context, bucket, key string, meta map[string]string) (gofakes3.UploadID, error) {
	if r, ok := resumedBy(ctx); ok {
		return r.id, nil
	}
	at, err := b.at(ctx, bucket, key)
	if err != nil {
		return "", err
	}
	if err := blob.CheckKey(at); err != nil {
		return "", trouble(key, err)
	}
	id, n := uuid.NewString(), note{Key: key, Meta: meta, Started: b.now().UTC()}
	if err := b.writeNote(ctx, id, n); err != nil {
		return "", trouble(key, err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.uploads[id] = &upload{key: key, meta: meta, started: n.Started}
	return gofakes3.UploadID(id), nil
}

func (b *backend) upload(id gofakes3.UploadID, key string) (*upload, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	u := b.uploads[string(id)]
	if u == nil || u.key != key {
		return nil, gofakes3.ErrNoSuchUpload
	}
	return u, nil
}

func (b *backend) UploadPart(ctx context.Context, _, key string, id gofakes3.UploadID, number int, size int64, body io.Reader) (string, error) {
	if _, err := b.upload(id, key); err != nil {
		return "", err
	}
	if r, ok := resumedBy(ctx); ok {
		return `"` + r.etag + `"`, nil
	}
	info, err := b.blobs.Put(ctx, partKey(string(id), number), &exact{r: body, left: size}, blob.Attrs{})
	if err != nil {
		return "", trouble(key, err)
	}
	return `"` + info.ETag + `"`, nil
}

func (b *backend) CompleteMultipartUpload(ctx context.Context, bucket, key string, id gofakes3.UploadID, in *gofakes3.CompleteMultipartUploadRequest) (gofakes3.VersionID, string, error) {
	at, err := b.at(ctx, bucket, key)
	if err != nil {
		return "", "", err
	}
	u, err := b.upload(id, key)
	if err != nil {
		return "", "", err
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.etag != "" { // asked twice
		return "", u.etag, nil
	}
	parts, err := b.parts(ctx, id, in)
	if err != nil {
		return "", "", err
	}
	body := &chain{ctx: ctx, blobs: b.blobs, keys: parts}
	info, err := b.blobs.Put(ctx, at, body, attrs(u.meta))
	if err = errors.Join(err, body.Close()); err != nil {
		return "", "", trouble(key, err)
	}
	u.etag = `"` + info.ETag + `"`
	b.forget(id)
	return "", u.etag, b.drop(ctx, id)
}

// parts checks the client's list against what was received.
func (b *backend) parts(ctx context.Context, id gofakes3.UploadID, in *gofakes3.CompleteMultipartUploadRequest) ([]string, error) {
	if len(in.Parts) == 0 {
		return nil, gofakes3.ErrorMessage(gofakes3.ErrMalformedXML, "the list of parts is empty")
	}
	keys, last := make([]string, 0, len(in.Parts)), 0
	for _, p := range in.Parts {
		if p.PartNumber <= last {
			return nil, gofakes3.ErrInvalidPartOrder
		}
		last = p.PartNumber
		k := partKey(string(id), p.PartNumber)
		info, err := b.blobs.Stat(ctx, k)
		if entity.IsNotFound(err) || err == nil && strings.Trim(p.ETag, `"`) != info.ETag {
			return nil, gofakes3.ErrInvalidPart
		}
		if err != nil {
			return nil, err
		}
		keys = append(keys, k)
	}
	return keys, nil
}

func (b *backend) AbortMultipartUpload(ctx context.Context, _, _ string, id gofakes3.UploadID) error {
	b.forget(id)
	return b.drop(ctx, id)
}

func (b *backend) forget(id gofakes3.UploadID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.uploads, string(id))
}

// drop removes the upload's note and then its parts; it goes on when the client goes away.
func (b *backend) drop(ctx context.Context, id gofakes3.UploadID) error {
	if err := b.blobs.Delete(context.WithoutCancel(ctx), noteKey(string(id))); err != nil {
		return err
	}
	_, err := blob.DeletePrefix(context.WithoutCancel(ctx), b.blobs, partsPrefix+string(id)+"/")
	return err
}

// Sweep forgets uploads that were begun longer than age ago and never completed, with their parts.
func (g *Gate) Sweep(ctx context.Context, age time.Duration) error {
	old := map[gofakes3.UploadID]string{}
	g.back.mu.Lock()
	for id, u := range g.back.uploads {
		if g.cfg.Now().Sub(u.started) > age {
			old[gofakes3.UploadID(id)] = u.key
		}
	}
	g.back.mu.Unlock()
	var errs []error
	for id, key := range old {
		errs = append(errs, g.s3.ForgetMultipartUpload(ctx, g.cfg.Bucket, key, id), g.back.AbortMultipartUpload(ctx, g.cfg.Bucket, key, id))
	}
	return errors.Join(errs...)
}

// chain reads objects one after another.
type chain struct {
	ctx   context.Context // of one call
	blobs blob.Store
	keys  []string
	open  io.ReadCloser
}

func (c *chain) Read(p []byte) (int, error) {
	for {
		if c.open == nil {
			if len(c.keys) == 0 {
				return 0, io.EOF
			}
			r, _, err := c.blobs.Open(c.ctx, c.keys[0], 0, -1)
			if err != nil {
				return 0, err
			}
			c.open, c.keys = r, c.keys[1:]
		}
		n, err := c.open.Read(p)
		if err != io.EOF {
			return n, err
		}
		if err := c.Close(); err != nil || n > 0 {
			return n, err
		}
	}
}

// Close releases the object being read.
func (c *chain) Close() error {
	if c.open == nil {
		return nil
	}
	err := c.open.Close()
	c.open = nil
	return err
}
