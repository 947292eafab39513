package s3gate_test

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"dhub/internal/blob"
)

// A rotated key ends neither credentials nor presigned addresses; they end when their key is forgotten.
func TestARotationEndsNoCredentials(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	second, third := []byte(strings.Repeat("2", 32)), []byte(strings.Repeat("3", 32))
	put, _, err := b.gate.PresignPut("prj/presigned", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	old := b.cred
	for _, keys := range [][][]byte{{key, second}, {key, second, third}} {
		b.reopen(keys...)
		b.want(b.send(b.sign(old, "PUT", "/datalake/prj/a", "", "by the old key")), 200, "")
		b.want(b.presigned(put, nil, "PUT", "by the old address"), 200, "")
		fresh := b.issue("prj")
		b.want(b.send(b.sign(fresh, "GET", "/datalake/prj/a", "", "")), 200, "by the old key")
		mixed := fresh
		mixed.SecretKey = old.SecretKey
		b.want(b.send(b.sign(mixed, "GET", "/datalake/prj/a", "", "")), 403, "SignatureDoesNotMatch")
	}
	fresh := b.issue("prj")
	b.reopen(third)
	b.want(b.send(b.sign(fresh, "GET", "/datalake/prj/a", "", "")), 200, "") // signed by the newest
	b.want(b.send(b.sign(old, "GET", "/datalake/prj/a", "", "")), 403, "InvalidToken")
	b.want(b.presigned(put, nil, "PUT", "x"), 403, "InvalidToken")
}

// A multipart upload goes on after the process was killed, whoever began it; parts that belong to no upload go.
func TestAnUploadOutlivesTheProcess(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	var start struct{ UploadId string }
	a := b.do("POST", "/datalake/prj/big", "uploads=", "", "Content-Type", "application/x-big")
	if err := xml.Unmarshal([]byte(a.body), &start); err != nil {
		t.Fatal(err)
	}
	id := start.UploadId
	parts := []string{strings.Repeat("a", 5<<20), "bbb", "the end"}
	etags := make([]string, len(parts))
	send := func(i int) {
		t.Helper()
		a := b.do("PUT", "/datalake/prj/big", fmt.Sprintf("partNumber=%d&uploadId=%s", i+1, id), parts[i])
		b.want(a, 200, "")
		etags[i] = a.header.Get("ETag")
	}
	send(0)
	send(1)
	presigned, err := b.gate.StartUpload(t.Context(), "prj/two")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.blobs.Put(t.Context(), ".parts/nobody/00001", strings.NewReader("x"), blob.Attrs{}); err != nil {
		t.Fatal(err)
	}
	for range 2 { // an upload taken up is taken up again
		b.reopen(key)
	}
	b.none(".parts/nobody/")
	b.want(b.do("GET", "/datalake/prj/big", "uploadId="+id, ""), 200, "<Size>5242880</Size>")
	send(2)
	u, _, err := b.gate.PresignPart("prj/two", presigned, 1, time.Hour)
	part := b.presigned(u, err, "PUT", "second object")
	b.want(part, 200, "")
	b.reopen(key)
	complete := "<CompleteMultipartUpload>"
	for i, e := range etags {
		complete += fmt.Sprintf("<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>", i+1, strings.ReplaceAll(e, `"`, "&quot;"))
	}
	b.want(b.do("POST", "/datalake/prj/big", "uploadId="+id, complete+"</CompleteMultipartUpload>"), 200, "ETag")
	a = b.do("GET", "/datalake/prj/big", "", "")
	if a.body != strings.Join(parts, "") || a.header.Get("Content-Type") != "application/x-big" {
		t.Errorf("got %d bytes of type %s, want %d", len(a.body), a.header.Get("Content-Type"), len(strings.Join(parts, "")))
	}
	if err := b.gate.CompleteUpload(t.Context(), "prj/two", presigned, []string{part.header.Get("ETag")}); err != nil {
		t.Error(err)
	}
	b.want(b.do(http.MethodGet, "/datalake/prj/two", "", ""), 200, "second object")
	b.none(".parts/")
	// A forgotten one is ended by its age, also by a later process.
	if _, err := b.gate.StartUpload(t.Context(), "prj/forgotten"); err != nil {
		t.Fatal(err)
	}
	b.reopen(key)
	b.late.Store(int64(2 * time.Hour))
	if err := b.gate.Sweep(t.Context(), time.Hour); err != nil {
		t.Fatal(err)
	}
	b.none(".parts/")
}
