package s3gate

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/rclone/gofakes3"

	"dhub/entity"
	"dhub/internal/blob"
)

// backend maps the library's calls to the blob store. Objects lie under "{bucket}/{key}".
type backend struct {
	blobs  blob.Store
	bucket string
	now    func() time.Time

	mu      sync.Mutex
	uploads map[string]*upload // by upload id
}

var (
	_ gofakes3.Backend          = (*backend)(nil)
	_ gofakes3.MultipartBackend = (*backend)(nil)
)

// at returns where a key lies, if the request may reach it. The gate refused others already where the
// path names them; keys inside bodies end here.
func (b *backend) at(ctx context.Context, bucket, key string) (string, error) {
	if bucket != b.bucket {
		return "", gofakes3.BucketNotFound(bucket)
	}
	if !who(ctx).reaches(key) {
		return "", gofakes3.KeyNotFound(key)
	}
	return bucket + "/" + key, nil
}

// trouble translates an error of the blob store.
func trouble(key string, err error) error {
	switch entity.CodeOf(err) {
	case "":
		return nil
	case entity.CodeNotFound:
		return gofakes3.KeyNotFound(key)
	case entity.CodeInvalid:
		return gofakes3.ErrorMessage(gofakes3.ErrInvalidArgument, err.Error())
	}
	// The library knows its own errors only where nothing wraps them.
	if e, ok := errors.AsType[*gofakes3.ErrorResponse](err); ok {
		return e
	}
	if code, ok := errors.AsType[gofakes3.ErrorCode](err); ok {
		return code
	}
	return err
}

func (b *backend) ListBuckets(context.Context) ([]gofakes3.BucketInfo, error) {
	return []gofakes3.BucketInfo{{Name: b.bucket, CreationDate: gofakes3.NewContentTime(time.Unix(0, 0).UTC())}}, nil
}

func (b *backend) BucketExists(_ context.Context, name string) (bool, error) {
	return name == b.bucket, nil
}

func (b *backend) CreateBucket(_ context.Context, name string) error {
	return gofakes3.ResourceError(gofakes3.ErrBucketAlreadyExists, name)
}

func (b *backend) DeleteBucket(_ context.Context, name string) error {
	return gofakes3.ResourceError(gofakes3.ErrBucketNotEmpty, name)
}

// pastPrefix, behind a prefix, is greater than every key with that prefix: no UTF-8 text holds it.
const pastPrefix = "\xff"

func (b *backend) ListBucket(ctx context.Context, name string, p *gofakes3.Prefix, page gofakes3.ListBucketPage) (*gofakes3.ObjectList, error) {
	if name != b.bucket {
		return nil, gofakes3.BucketNotFound(name)
	}
	var prefix, delim string
	if p != nil {
		prefix, delim = p.Prefix, p.Delimiter
	}
	limit := int(page.MaxKeys)
	if limit <= 0 {
		limit = gofakes3.DefaultMaxBucketKeys
	}
	out := gofakes3.NewObjectList()
	own := who(ctx).Project
	if own != "" {
		switch own += "/"; {
		case strings.HasPrefix(prefix, own):
			own = ""
		case !strings.HasPrefix(own, prefix):
			return out, nil // nothing there that these credentials reach
		}
	}
	after := page.Marker
	if common(after, prefix, delim) == after && after != "" {
		after += pastPrefix
	}
	scope := prefix
	if own != "" {
		scope = own
	}
	last := ""
	for n := 0; ; {
		objects, err := b.blobs.List(ctx, name+"/"+scope, name+"/"+after, min(limit-n+1, 1000))
		if err != nil {
			return nil, trouble(prefix, err)
		}
		for _, o := range objects {
			if n == limit {
				out.IsTruncated, out.NextMarker = true, last
				return out, nil
			}
			key := o.Key[len(name)+1:]
			n++
			if c := common(key, prefix, delim); c != "" {
				out.AddPrefix(c)
				last, after = c, c+pastPrefix
				break // go on behind the common prefix
			}
			out.Add(&gofakes3.Content{Key: key, Size: o.Size, ETag: `"` + o.ETag + `"`, LastModified: gofakes3.NewContentTime(o.Modified)})
			last, after = key, key
		}
		if len(objects) == 0 {
			return out, nil
		}
	}
}

// common returns the common prefix into which a listing folds a key, "" when it lists the key itself.
func common(key, prefix, delim string) string {
	if delim == "" || !strings.HasPrefix(key, prefix) {
		return ""
	}
	if i := strings.Index(key[len(prefix):], delim); i >= 0 {
		return key[:len(prefix)+i+len(delim)]
	}
	return ""
}

func (b *backend) HeadObject(ctx context.Context, bucket, key string) (*gofakes3.Object, error) {
	at, err := b.at(ctx, bucket, key)
	if err != nil {
		return nil, err
	}
	info, err := b.blobs.Stat(ctx, at)
	if err != nil {
		return nil, trouble(key, err)
	}
	return object(key, info, http.NoBody), nil
}

func (b *backend) GetObject(ctx context.Context, bucket, key string, rng *gofakes3.ObjectRangeRequest) (*gofakes3.Object, error) {
	at, err := b.at(ctx, bucket, key)
	if err != nil {
		return nil, err
	}
	offset, length := int64(0), int64(-1)
	var part *gofakes3.ObjectRange
	if rng != nil {
		info, err := b.blobs.Stat(ctx, at)
		if err != nil {
			return nil, trouble(key, err)
		}
		if part, err = rng.Range(info.Size); err != nil {
			return nil, err
		}
		offset, length = part.Start, part.Length
	}
	r, info, err := b.blobs.Open(ctx, at, offset, length)
	if err != nil {
		return nil, trouble(key, err)
	}
	if part != nil && part.Start+part.Length > info.Size { // replaced by a shorter one since
		return nil, errors.Join(gofakes3.ErrInvalidRange, r.Close())
	}
	o := object(key, info, r)
	o.Range = part
	return o, nil
}

func object(key string, info blob.Info, body io.ReadCloser) *gofakes3.Object {
	meta := map[string]string{}
	maps.Copy(meta, info.Meta)
	meta["Last-Modified"] = info.Modified.UTC().Format(http.TimeFormat)
	if meta["Content-Type"] = info.ContentType; info.ContentType == "" {
		meta["Content-Type"] = "binary/octet-stream"
	}
	hash, err := hex.DecodeString(info.ETag)
	if err != nil {
		hash = []byte(info.ETag) // an ETag that another writer chose: only equality counts
	}
	return &gofakes3.Object{Name: key, Metadata: meta, Size: info.Size, Contents: body, Hash: hash}
}

func attrs(meta map[string]string) blob.Attrs {
	a := blob.Attrs{ContentType: meta["Content-Type"], Meta: maps.Clone(meta)}
	delete(a.Meta, "Content-Type")
	delete(a.Meta, "Last-Modified")
	return a
}

func (b *backend) PutObject(ctx context.Context, bucket, key string, meta map[string]string, in io.Reader, size int64) (gofakes3.PutObjectResult, error) {
	at, err := b.at(ctx, bucket, key)
	if err != nil {
		return gofakes3.PutObjectResult{}, err
	}
	info, err := b.blobs.Put(ctx, at, &exact{r: in, left: size}, attrs(meta))
	if err != nil {
		return gofakes3.PutObjectResult{}, trouble(key, err)
	}
	return gofakes3.PutObjectResult{ETag: `"` + info.ETag + `"`}, nil
}

func (b *backend) CopyObject(ctx context.Context, fromBucket, fromKey, toBucket, toKey string, meta map[string]string) (gofakes3.CopyObjectResult, error) {
	var none gofakes3.CopyObjectResult
	from, err := b.at(ctx, fromBucket, fromKey)
	if err != nil {
		return none, err
	}
	to, err := b.at(ctx, toBucket, toKey)
	if err != nil {
		return none, err
	}
	r, _, err := b.blobs.Open(ctx, from, 0, -1)
	if err != nil {
		return none, trouble(fromKey, err)
	}
	info, err := b.blobs.Put(ctx, to, r, attrs(meta))
	if err = errors.Join(err, r.Close()); err != nil {
		return none, trouble(toKey, err)
	}
	return gofakes3.CopyObjectResult{ETag: `"` + info.ETag + `"`, LastModified: gofakes3.NewContentTime(info.Modified)}, nil
}

func (b *backend) DeleteObject(ctx context.Context, bucket, key string) (gofakes3.ObjectDeleteResult, error) {
	at, err := b.at(ctx, bucket, key)
	if err != nil {
		return gofakes3.ObjectDeleteResult{}, err
	}
	return gofakes3.ObjectDeleteResult{}, trouble(key, b.blobs.Delete(ctx, at))
}

func (b *backend) DeleteMulti(ctx context.Context, bucket string, keys ...string) (gofakes3.MultiDeleteResult, error) {
	var out gofakes3.MultiDeleteResult
	for _, key := range keys {
		at, err := b.at(ctx, bucket, key)
		switch {
		case err != nil:
			out.Error = append(out.Error, gofakes3.ErrorResult{Key: key, Code: "AccessDenied", Message: "These credentials do not reach this key."})
			continue
		default:
			err = trouble(key, b.blobs.Delete(ctx, at))
		}
		if err != nil {
			e := gofakes3.ErrorResultFromError(err)
			e.Key = key
			out.Error = append(out.Error, e)
			continue
		}
		out.Deleted = append(out.Deleted, gofakes3.ObjectID{Key: key})
	}
	return out, nil
}

// exact fails where a body ends before the length that was announced; a negative length is unknown.
type exact struct {
	r    io.Reader
	left int64
}

func (e *exact) Read(p []byte) (int, error) {
	n, err := e.r.Read(p)
	if e.left >= 0 {
		e.left = max(e.left-int64(n), 0)
	}
	if (err == io.EOF && e.left > 0) || err == io.ErrUnexpectedEOF {
		err = gofakes3.ErrIncompleteBody
	}
	return n, err
}
