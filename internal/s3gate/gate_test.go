package s3gate_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sort"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"dhub/entity"
	"dhub/internal/blob"
	"dhub/internal/blob/file"
	"dhub/internal/s3gate"
)

type bed struct {
	t     *testing.T
	gate  *s3gate.Gate
	blobs blob.Store
	url   string
	late  atomic.Int64 // added to the clock
	cred  s3gate.Credentials
	keys  [][]byte // of the gate, as in a key file
}

var key = []byte("0123456789abcdef0123456789abcdef")

func newBed(t *testing.T) *bed {
	t.Helper()
	b := &bed{t: t}
	blobs, err := file.New(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	b.blobs = blobs
	b.keys = [][]byte{key}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { b.gate.ServeHTTP(w, r) }))
	t.Cleanup(func() { srv.Close(); _ = blobs.Close() })
	b.url = srv.URL
	b.reopen(b.keys...)
	b.cred = b.issue("prj")
	return b
}

// reopen makes the gate anew over the same bytes, as the next process does.
func (b *bed) reopen(keys ...[]byte) {
	b.t.Helper()
	b.keys = keys
	gate, err := s3gate.New(b.t.Context(), b.config())
	if err != nil {
		b.t.Fatal(err)
	}
	b.gate = gate
}

func (b *bed) config() s3gate.Config {
	return s3gate.Config{Blobs: b.blobs, Keys: b.keys, Endpoint: func() string { return b.url },
		Now: func() time.Time { return time.Now().Add(time.Duration(b.late.Load())) }}
}

func (b *bed) issue(project string) s3gate.Credentials {
	b.t.Helper()
	c, err := b.gate.Issue(project, "ada", "run1", time.Hour)
	if err != nil {
		b.t.Fatal(err)
	}
	return c
}

type answer struct {
	status int
	body   string
	header http.Header
}

func (b *bed) send(r *http.Request) answer {
	b.t.Helper()
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil {
		b.t.Fatal(err)
	}
	return answer{resp.StatusCode, string(body), resp.Header}
}

// do sends a request signed in its headers; path is what follows /s3, unescaped.
func (b *bed) do(method, path, query, body string, header ...string) answer {
	b.t.Helper()
	return b.send(b.sign(b.cred, method, path, query, body, header...))
}

func (b *bed) sign(c s3gate.Credentials, method, path, query, body string, header ...string) *http.Request {
	b.t.Helper()
	u, err := url.Parse(b.url)
	if err != nil {
		b.t.Fatal(err)
	}
	u.Path, u.RawQuery = "/s3"+path, query
	u.RawPath = strings.ReplaceAll(url.PathEscape("/s3"+path), "%2F", "/")
	for _, c := range "+&=:$@" {
		u.RawPath = strings.ReplaceAll(u.RawPath, string(c), fmt.Sprintf("%%%02X", c))
	}
	r, err := http.NewRequestWithContext(b.t.Context(), method, u.String(), strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(body))
	now := time.Now().UTC()
	r.Header.Set("X-Amz-Content-Sha256", hex.EncodeToString(sum[:]))
	r.Header.Set("X-Amz-Date", now.Format("20060102T150405Z"))
	if c.SessionToken != "" {
		r.Header.Set("X-Amz-Security-Token", c.SessionToken)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	names, lines := []string{"host"}, []string{"host:" + u.Host}
	for k := range r.Header {
		if k = strings.ToLower(k); strings.HasPrefix(k, "x-amz-") {
			names, lines = append(names, k), append(lines, k+":"+r.Header.Get(k))
		}
	}
	sort.Strings(names)
	sort.Strings(lines)
	signed := strings.Join(names, ";")
	request := strings.Join([]string{method, u.EscapedPath(), strings.ReplaceAll(u.Query().Encode(), "+", "%20"),
		strings.Join(lines, "\n"), "", signed, r.Header.Get("X-Amz-Content-Sha256")}, "\n")
	day := now.Format("20060102")
	scope := day + "/us-east-1/s3/aws4_request"
	digest := sha256.Sum256([]byte(request))
	text := "AWS4-HMAC-SHA256\n" + now.Format("20060102T150405Z") + "\n" + scope + "\n" + hex.EncodeToString(digest[:])
	k := []byte("AWS4" + c.SecretKey)
	for _, part := range []string{day, "us-east-1", "s3", "aws4_request", text} {
		h := hmac.New(sha256.New, k)
		h.Write([]byte(part))
		k = h.Sum(nil)
	}
	r.Header.Set("Authorization", fmt.Sprintf("AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%x", c.AccessKey, scope, signed, k))
	return r
}

func (b *bed) want(a answer, status int, contains string) {
	b.t.Helper()
	if a.status != status || !strings.Contains(a.body, contains) {
		b.t.Errorf("got %d %s, want %d with %q", a.status, a.body, status, contains)
	}
	if a.header.Get("Content-Security-Policy") != "sandbox" || a.header.Get("X-Content-Type-Options") != "nosniff" ||
		a.header.Get("Access-Control-Allow-Origin") != "" {
		b.t.Errorf("got headers %v, want sandbox, nosniff and no other origin", a.header)
	}
}

func TestObjects(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	b.want(b.do("HEAD", "/datalake", "", ""), 200, "")
	b.want(b.do("HEAD", "/other", "", ""), 404, "")
	for _, k := range []string{"prj/a", "prj/a/b", "prj/a//b é +%&", "prj//", "prj/a/"} {
		b.want(b.do("PUT", "/datalake/"+k, "", "bytes of "+k, "Content-Type", "text/csv", "X-Amz-Meta-K", "v"), 200, "")
		a := b.do("GET", "/datalake/"+k, "", "")
		b.want(a, 200, "bytes of "+k)
		if a.header.Get("Content-Type") != "text/csv" || a.header.Get("X-Amz-Meta-K") != "v" || a.header.Get("ETag") == "" {
			t.Errorf("got headers %v of %q", a.header, k)
		}
	}
	a := b.do("GET", "/datalake/prj/a", "", "", "Range", "bytes=1-3")
	if b.want(a, 206, "yte"); a.body != "yte" || a.header.Get("Content-Range") != "bytes 1-3/14" {
		t.Errorf("got %q %v of a range", a.body, a.header)
	}
	b.want(b.do("GET", "/datalake/prj/a", "", "", "Range", "bytes=99-"), 416, "InvalidRange")
	if a = b.do("HEAD", "/datalake/prj/a", "", ""); a.status != 200 || a.header.Get("Content-Length") != "14" {
		t.Errorf("got %d %v of HEAD", a.status, a.header)
	}
	b.want(b.do("GET", "/datalake/prj/none", "", ""), 404, "NoSuchKey")
	b.want(b.do("PUT", "/datalake/prj/copy", "", "", "X-Amz-Copy-Source", "/datalake/prj/a"), 200, "ETag")
	b.want(b.do("GET", "/datalake/prj/copy", "", ""), 200, "bytes of prj/a")
	b.want(b.do("DELETE", "/datalake/prj/a", "", ""), 204, "")
	b.want(b.do("GET", "/datalake/prj/a", "", ""), 404, "NoSuchKey")
	b.want(b.do("GET", "/datalake/prj/a/b", "", ""), 200, "bytes of prj/a/b")
}

type listing struct {
	Contents              []struct{ Key, ETag string }
	CommonPrefixes        []struct{ Prefix string }
	IsTruncated           bool
	NextContinuationToken string
}

// list reads all pages of a listing.
func (b *bed) list(q url.Values) (keys, prefixes []string) {
	b.t.Helper()
	q.Set("list-type", "2")
	for {
		a := b.do("GET", "/datalake", q.Encode(), "")
		var l listing
		if err := xml.Unmarshal([]byte(a.body), &l); err != nil || a.status != 200 {
			b.t.Fatalf("got %d %s %v of a listing", a.status, a.body, err)
		}
		for _, c := range l.Contents {
			keys = append(keys, c.Key)
		}
		for _, c := range l.CommonPrefixes {
			prefixes = append(prefixes, c.Prefix)
		}
		if !l.IsTruncated {
			return keys, prefixes
		}
		q.Set("continuation-token", l.NextContinuationToken)
	}
}

func TestListings(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	all := []string{"prj/a", "prj/a/1", "prj/a/2", "prj/b", "prj/b-/1", "prj/c/1", "prj/c/d/1", "prj/d"}
	for _, k := range append(all, "other/x", "prjx/y") {
		if _, err := b.blobs.Put(t.Context(), b.gate.BlobKey(k), strings.NewReader(k), blob.Attrs{}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		prefix, delim  string
		keys, prefixes []string
	}{
		{"prj/", "", all, nil},
		{"", "", all, nil}, // what these credentials reach
		{"pr", "", all, nil},
		{"prj/a", "", all[:3], nil},
		{"prj/", "/", []string{"prj/a", "prj/b", "prj/d"}, []string{"prj/a/", "prj/b-/", "prj/c/"}},
		{"", "/", nil, []string{"prj/"}},
		{"prj/c/", "/", []string{"prj/c/1"}, []string{"prj/c/d/"}},
		{"other/", "", nil, nil},
		{"prjx", "", nil, nil},
	} {
		for _, size := range []string{"1", "2", "3", "1000"} {
			keys, prefixes := b.list(url.Values{"prefix": {c.prefix}, "delimiter": {c.delim}, "max-keys": {size}})
			if !slices.Equal(keys, c.keys) || !slices.Equal(prefixes, c.prefixes) {
				t.Errorf("prefix %q delimiter %q pages of %s: got %q %q, want %q %q", c.prefix, c.delim, size, keys, prefixes, c.keys, c.prefixes)
			}
		}
	}
	keys, _ := b.list(url.Values{"start-after": {"prj/b"}})
	if !slices.Equal(keys, all[4:]) {
		t.Errorf("got %q after prj/b, want %q", keys, all[4:])
	}
}

func TestWhoIsRefused(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	put := func(c s3gate.Credentials, k string) answer { return b.send(b.sign(c, "PUT", "/datalake/"+k, "", "x")) }
	b.want(put(b.cred, "prj/a"), 200, "")
	for _, k := range []string{"other/a", "prjx/a", "a", "/prj/a"} {
		b.want(put(b.cred, k), 403, "AccessDenied")
		b.want(b.do("GET", "/datalake/"+k, "", ""), 403, "AccessDenied")
	}
	b.want(put(b.issue(""), "other/a"), 200, "") // a person's credentials reach every project
	b.want(b.do("PUT", "/datalake/prj/c", "", "", "X-Amz-Copy-Source", "/datalake/other%2Fa"), 403, "AccessDenied")
	a := b.do("POST", "/datalake", "delete=", "<Delete><Object><Key>other/a</Key></Object><Object><Key>prj/a</Key></Object></Delete>")
	b.want(a, 200, "<Code>AccessDenied</Code>")
	b.want(b.send(b.sign(b.issue("other"), "GET", "/datalake/other/a", "", "")), 200, "x")

	anonymous, err := http.NewRequestWithContext(t.Context(), "GET", b.url+"/s3/datalake/other/a", nil)
	if err != nil {
		t.Fatal(err)
	}
	b.want(b.send(anonymous), 403, "AccessDenied")
	bad := b.cred
	bad.SessionToken = ""
	b.want(put(bad, "prj/a"), 403, "InvalidAccessKeyId")
	bad.SessionToken = b.cred.SessionToken[:len(b.cred.SessionToken)-4] + "AAAA"
	b.want(put(bad, "prj/a"), 403, "InvalidToken")
	bad = b.cred
	bad.SecretKey = strings.Repeat("x", 43)
	b.want(put(bad, "prj/a"), 403, "SignatureDoesNotMatch")
	bad = b.cred
	bad.SessionToken = b.issue("other").SessionToken // another token of ours does not widen these
	b.want(put(bad, "other/a"), 403, "InvalidAccessKeyId")
	b.want(b.do("PUT", "/newbucket", "", ""), 404, "NoSuchBucket")
	b.want(b.do("DELETE", "/datalake", "", ""), 403, "AccessDenied")

	again, err := s3gate.New(t.Context(), b.config()) // a restart changes nothing
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	if again.ServeHTTP(w, b.sign(b.cred, "HEAD", "/datalake", "", "")); w.Code != 200 {
		t.Errorf("got %d %s after a restart, want 200", w.Code, w.Body)
	}
	b.late.Store(int64(2 * time.Hour))
	b.want(put(b.cred, "prj/a"), 400, "ExpiredToken")
	if _, err := b.gate.Issue("../x", "", "", time.Hour); entity.CodeOf(err) != entity.CodeInvalid {
		t.Errorf("got %v for a bad project, want invalid", err)
	}
}

// TestChunkedBodies sends what current boto3 sends over TLS: unsigned chunks with a trailing checksum.
func TestChunkedBodies(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	data := strings.Repeat("0123456789", 10000)
	sum := crc32.ChecksumIEEE([]byte(data))
	crc := base64.StdEncoding.EncodeToString([]byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
	chunked := fmt.Sprintf("%x\r\n%s\r\n%x\r\n%s\r\n0\r\nx-amz-checksum-crc32:%s\r\n\r\n", 65536, data[:65536], len(data)-65536, data[65536:], crc)
	head := []string{"Content-Encoding", "aws-chunked", "X-Amz-Trailer", "x-amz-checksum-crc32", "X-Amz-Sdk-Checksum-Algorithm", "CRC32",
		"X-Amz-Content-Sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "X-Amz-Decoded-Content-Length", fmt.Sprint(len(data))}
	b.want(b.do("PUT", "/datalake/prj/k", "", chunked, head...), 200, "")
	a := b.do("GET", "/datalake/prj/k", "", "")
	if a.body != data || a.header.Get("Content-Encoding") != "" {
		t.Errorf("got %d bytes and %v, want the %d that were sent", len(a.body), a.header, len(data))
	}
	b.want(b.do("PUT", "/datalake/prj/k", "", chunked[:70000], head...), 400, "") // cut off: the old object stays
	if a := b.do("GET", "/datalake/prj/k", "", ""); a.body != data {
		t.Errorf("got %d bytes after a body that was cut off, want the old ones", len(a.body))
	}
}

func TestMultipart(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	var start struct{ UploadId string }
	a := b.do("POST", "/datalake/prj/big", "uploads=", "", "Content-Type", "application/x-big")
	if err := xml.Unmarshal([]byte(a.body), &start); err != nil || start.UploadId == "" {
		t.Fatalf("got %d %s %v", a.status, a.body, err)
	}
	parts := []string{strings.Repeat("a", 5<<20), strings.Repeat("b", 100), ""}
	complete := "<CompleteMultipartUpload>"
	for i, p := range parts {
		a := b.do("PUT", "/datalake/prj/big", fmt.Sprintf("partNumber=%d&uploadId=%s", i+1, start.UploadId), p)
		b.want(a, 200, "")
		complete += fmt.Sprintf("<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>", i+1, strings.ReplaceAll(a.header.Get("ETag"), `"`, "&quot;"))
	}
	complete += "</CompleteMultipartUpload>"
	id := "uploadId=" + start.UploadId
	b.want(b.do("GET", "/datalake/prj/big", "", ""), 404, "NoSuchKey")
	b.want(b.do("POST", "/datalake/prj/other", id, complete), 404, "NoSuchUpload")
	b.want(b.do("POST", "/datalake/prj/big", id, strings.Replace(complete, "<ETag>&quot;", "<ETag>&quot;ff", 1)), 400, "InvalidPart")
	b.want(b.do("POST", "/datalake/prj/big", id, complete), 200, "ETag")
	b.want(b.do("POST", "/datalake/prj/big", id, complete), 200, "ETag") // the answer was lost
	a = b.do("GET", "/datalake/prj/big", "", "")
	sum := md5.Sum([]byte(strings.Join(parts, "")))
	if a.body != strings.Join(parts, "") || a.header.Get("Content-Type") != "application/x-big" || a.header.Get("ETag") != fmt.Sprintf(`"%x"`, sum) {
		t.Errorf("got %d bytes %v", len(a.body), a.header)
	}
	b.none(".parts/")
}

// none checks that the blob store holds nothing under a prefix.
func (b *bed) none(prefix string) {
	b.t.Helper()
	if left, err := b.blobs.List(b.t.Context(), prefix, "", 10); err != nil || len(left) > 0 {
		b.t.Errorf("got %v %v under %q, want nothing", left, err, prefix)
	}
}

func (b *bed) presigned(url string, err error, method, body string) answer {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(b.t.Context(), method, url, bytes.NewReader([]byte(body)))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "text/html") // as a browser does, unsigned
	return b.send(r)
}

func TestPresigned(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	const k = "prj/x//y é+&?#.html"
	put, _, err := b.gate.PresignPut(k, time.Hour)
	b.want(b.presigned(put, err, "PUT", "<html>"), 200, "")
	get, expires, err := b.gate.PresignGet(k, time.Hour)
	a := b.presigned(get, err, "GET", "")
	if b.want(a, 200, "<html>"); a.header.Get("Content-Type") != "text/html" {
		t.Errorf("got %v", a.header)
	}
	if d := time.Until(expires); d < 59*time.Minute || d > 61*time.Minute {
		t.Errorf("got an expiry in %s, want an hour", d)
	}
	other := strings.Replace(get, "/prj/", "/other/", 1)
	b.want(b.presigned(other, nil, "GET", ""), 403, "SignatureDoesNotMatch")
	b.want(b.presigned(get, nil, "DELETE", ""), 403, "SignatureDoesNotMatch")
	if _, _, err := b.gate.PresignGet(k, 8*24*time.Hour); entity.CodeOf(err) != entity.CodeInvalid {
		t.Errorf("got %v for eight days, want invalid", err)
	}

	id, err := b.gate.StartUpload(t.Context(), "prj/m")
	if err != nil {
		t.Fatal(err)
	}
	var etags []string
	for i, p := range []string{"one,", "two"} {
		u, _, err := b.gate.PresignPart("prj/m", id, i+1, time.Hour)
		a := b.presigned(u, err, "PUT", p)
		b.want(a, 200, "")
		etags = append(etags, a.header.Get("ETag"))
	}
	if err := b.gate.CompleteUpload(t.Context(), "prj/m", id, []string{etags[1], etags[0]}); entity.CodeOf(err) != entity.CodeInvalid {
		t.Errorf("got %v for parts out of order, want invalid", err)
	}
	if err := b.gate.CompleteUpload(t.Context(), "prj/m", "unknown", etags); !entity.IsNotFound(err) {
		t.Errorf("got %v for an unknown upload, want not found", err)
	}
	if err := b.gate.CompleteUpload(t.Context(), "prj/m", id, etags); err != nil {
		t.Fatal(err)
	}
	b.want(b.do("GET", "/datalake/prj/m", "", ""), 200, "one,two")
	b.late.Store(int64(2 * time.Hour))
	b.want(b.presigned(get, nil, "GET", ""), 400, "ExpiredToken")
}

func TestSweepEndsForgottenUploads(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	id, err := b.gate.StartUpload(t.Context(), "prj/m")
	if err != nil {
		t.Fatal(err)
	}
	u, _, err := b.gate.PresignPart("prj/m", id, 1, time.Hour)
	b.want(b.presigned(u, err, "PUT", "part"), 200, "")
	if err := b.gate.Sweep(t.Context(), time.Hour); err != nil {
		t.Fatal(err)
	}
	if left, err := b.blobs.List(t.Context(), ".parts/", "", 10); err != nil || len(left) != 2 {
		t.Errorf("got %v %v, want the part and the note of a young upload", left, err)
	}
	b.late.Store(int64(2 * time.Hour))
	if err := b.gate.Sweep(t.Context(), time.Hour); err != nil {
		t.Fatal(err)
	}
	b.none(".parts/")
	if err := b.gate.CompleteUpload(t.Context(), "prj/m", id, []string{"x"}); !entity.IsNotFound(err) {
		t.Errorf("got %v, want no such upload", err)
	}
}

func TestPathsOfTheGate(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	for path, want := range map[string]bool{"/s3": true, "/s3/": true, "/s3//x": true, "/s3x": false, "/api/v1": false, "/": false} {
		if got := b.gate.Handles(&http.Request{URL: &url.URL{Path: path}}); got != want {
			t.Errorf("got %v for %q, want %v", got, path, want)
		}
	}
	if k, ok := b.gate.Key("s3://datalake/prj/a"); !ok || k != "prj/a" {
		t.Errorf("got %q %v", k, ok)
	}
	if _, ok := b.gate.Key("s3://elsewhere/prj/a"); ok {
		t.Error("got a key of another bucket")
	}
}
