package s3gate

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"dhub/entity"
)

// MaxPresign is the longest validity of a presigned URL.
const MaxPresign = 7 * 24 * time.Hour

// PresignGet makes a URL that reads an object and works without further credentials until it expires.
func (g *Gate) PresignGet(key string, ttl time.Duration) (address string, expires time.Time, err error) {
	return g.presign(http.MethodGet, key, nil, ttl)
}

// PresignPut makes a URL to which the bytes of an object are PUT.
func (g *Gate) PresignPut(key string, ttl time.Duration) (address string, expires time.Time, err error) {
	return g.presign(http.MethodPut, key, nil, ttl)
}

// PresignPart makes a URL to which one part of a multipart upload is PUT.
func (g *Gate) PresignPart(key, uploadID string, number int, ttl time.Duration) (address string, expires time.Time, err error) {
	return g.presign(http.MethodPut, key, url.Values{"uploadId": {uploadID}, "partNumber": {strconv.Itoa(number)}}, ttl)
}

func (g *Gate) presign(method, key string, query url.Values, ttl time.Duration) (address string, expires time.Time, err error) {
	if ttl > MaxPresign {
		return "", time.Time{}, entity.Invalid("duration", "range", "a URL may be valid for %s at most, got %s", MaxPresign, ttl)
	}
	project, _, _ := strings.Cut(key, "/")
	cred, err := g.Issue(project, "", "", ttl)
	if err != nil {
		return "", time.Time{}, err
	}
	base, err := url.Parse(g.URL())
	if err != nil {
		return "", time.Time{}, fmt.Errorf("read the server's address: %w", err)
	}
	now := g.cfg.Now().UTC()
	day, stamp := now.Format("20060102"), now.Format("20060102T150405Z")
	scope := day + "/" + Region + "/s3/aws4_request"
	q := url.Values{
		"X-Amz-Algorithm":      {"AWS4-HMAC-SHA256"},
		"X-Amz-Credential":     {cred.AccessKey + "/" + scope},
		"X-Amz-Date":           {stamp},
		"X-Amz-Expires":        {strconv.Itoa(max(int(ttl/time.Second), 1))},
		"X-Amz-SignedHeaders":  {"host"},
		"X-Amz-Security-Token": {cred.SessionToken},
	}
	for k, v := range query {
		q[k] = v
	}
	path := escapePath(base.Path + "/" + g.cfg.Bucket + "/" + key)
	raw := strings.ReplaceAll(q.Encode(), "+", "%20")
	request := strings.Join([]string{method, path, raw, "host:" + base.Host, "", "host", "UNSIGNED-PAYLOAD"}, "\n")
	sum := sha256.Sum256([]byte(request))
	text := "AWS4-HMAC-SHA256\n" + stamp + "\n" + scope + "\n" + hex.EncodeToString(sum[:])
	sign := []byte("AWS4" + cred.SecretKey)
	for _, part := range []string{day, Region, "s3", "aws4_request", text} {
		h := hmac.New(sha256.New, sign)
		h.Write([]byte(part))
		sign = h.Sum(nil)
	}
	return base.Scheme + "://" + base.Host + path + "?" + raw + "&X-Amz-Signature=" + hex.EncodeToString(sign), now.Add(ttl), nil
}

// escapePath escapes all but the unreserved characters and the slash, as signatures demand.
func escapePath(p string) string {
	const hexUpper = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(p) {
		c := p[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-_.~/", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hexUpper[c>>4])
		b.WriteByte(hexUpper[c&15])
	}
	return b.String()
}

// StartUpload begins a multipart upload whose parts are sent to presigned URLs.
func (g *Gate) StartUpload(ctx context.Context, key string) (uploadID string, err error) {
	var out struct{ UploadId string }
	if err := g.call(ctx, http.MethodPost, key, url.Values{"uploads": {""}}, nil, &out); err != nil {
		return "", err
	}
	return out.UploadId, nil
}

// CompleteUpload makes the object of the parts, whose ETags come in part order from 1.
func (g *Gate) CompleteUpload(ctx context.Context, key, uploadID string, etags []string) error {
	type part struct {
		PartNumber int
		ETag       string
	}
	in := struct {
		XMLName xml.Name `xml:"CompleteMultipartUpload"`
		Part    []part
	}{}
	for i, e := range etags {
		in.Part = append(in.Part, part{i + 1, e})
	}
	body, err := xml.Marshal(in)
	if err != nil {
		return fmt.Errorf("encode the list of parts: %w", err)
	}
	return g.call(ctx, http.MethodPost, key, url.Values{"uploadId": {uploadID}}, body, nil)
}

// call asks the library in this process, which keeps the book of uploads.
func (g *Gate) call(ctx context.Context, method, key string, query url.Values, body []byte, out any) error {
	return g.callSized(ctx, method, key, query, body, int64(len(body)), out)
}

// callSized is call with a length that may be that of a body which lies here already.
func (g *Gate) callSized(ctx context.Context, method, key string, query url.Values, body []byte, size int64, out any) error {
	project, _, _ := strings.Cut(key, "/")
	ctx = context.WithValue(ctx, identity{}, claims{Project: project})
	u := url.URL{Path: "/" + g.cfg.Bucket + "/" + key, RawQuery: query.Encode()}
	r := (&http.Request{Method: method, URL: &u, Header: http.Header{}, Body: http.NoBody, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}).WithContext(ctx)
	if body != nil {
		r.Body = nopCloser{bytes.NewReader(body)}
	}
	r.ContentLength = size
	r.Header.Set("Content-Length", strconv.FormatInt(size, 10))
	w := &recorder{header: http.Header{}, status: http.StatusOK}
	g.inner.ServeHTTP(w, r)
	if w.status == http.StatusOK {
		if out == nil {
			return nil
		}
		return xml.Unmarshal(w.body.Bytes(), out)
	}
	var e struct{ Code, Message string }
	if err := xml.Unmarshal(w.body.Bytes(), &e); err != nil {
		return entity.Errorf(entity.CodeInternal, "multipart upload of %q: status %d", key, w.status)
	}
	code := entity.CodeInvalid
	switch {
	case w.status == http.StatusNotFound:
		code = entity.CodeNotFound
	case w.status >= http.StatusInternalServerError:
		code = entity.CodeInternal
	}
	return entity.Errorf(code, "multipart upload of %q: %s %s", key, e.Code, e.Message)
}

type nopCloser struct{ *bytes.Reader }

func (nopCloser) Close() error { return nil }

// recorder keeps the answer to a call in this process.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(p []byte) (int, error) { return r.body.Write(p) }
