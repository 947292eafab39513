package file_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"pgregory.net/rapid"

	"dhub/entity"
	"dhub/internal/blob"
	"dhub/internal/blob/file"
)

func open(t *testing.T, dir string) *file.Store {
	t.Helper()
	s, err := file.New(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func put(t testing.TB, s blob.Store, key, text string) blob.Info {
	t.Helper()
	info, err := s.Put(t.Context(), key, strings.NewReader(text), blob.Attrs{})
	if err != nil {
		t.Fatalf("put %q: %v", key, err)
	}
	return info
}

func get(t testing.TB, s blob.Store, key string) string {
	t.Helper()
	r, _, err := s.Open(t.Context(), key, 0, -1)
	if err != nil {
		t.Fatalf("open %q: %v", key, err)
	}
	b, err := io.ReadAll(r)
	if err = errors.Join(err, r.Close()); err != nil {
		t.Fatalf("read %q: %v", key, err)
	}
	return string(b)
}

func keys(t testing.TB, s blob.Store, prefix, after string, limit int) []string {
	t.Helper()
	list, err := s.List(t.Context(), prefix, after, limit)
	if err != nil {
		t.Fatalf("list %q after %q: %v", prefix, after, err)
	}
	var out []string
	for _, o := range list {
		out = append(out, o.Key)
	}
	return out
}

var odd = []string{
	"a", "a/b", "a/b/c", "a//b", "a/", "/a", "//", "/", "..", "../x", "a/../b", "./a", "a.", "a-b", "a.b", "A", "A/b",
	"con", "nul.txt", "f-a", "d-a/x", "%41", "%", "a\\b", "a:b", "à/é", "a b", "tab\tnew\nline", "~", "日本/語",
	strings.Repeat("x", 79), strings.Repeat("x", 80), strings.Repeat("x", 80) + "/y", strings.Repeat("x", 81),
	strings.Repeat("x", 1000), strings.Repeat("x", 1000) + "/", strings.Repeat("é", 500), strings.Repeat("a/", 120),
	strings.Repeat("~", 1024), strings.Repeat("/", 100),
}

func TestKeysOfAnyShape(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir)
	for _, k := range odd {
		put(t, s, k, "bytes of "+k)
	}
	for _, k := range odd {
		if got := get(t, s, k); got != "bytes of "+k {
			t.Errorf("got %q of key %q, want its own bytes", got, k)
		}
	}
	want := slices.Sorted(slices.Values(odd))
	if got := keys(t, s, "", "", 1000); !slices.Equal(got, want) {
		t.Errorf("got the list %q, want %q", got, want)
	}
	for _, k := range odd {
		if err := s.Delete(t.Context(), k); err != nil {
			t.Errorf("delete %q: %v", k, err)
		}
		if _, err := s.Stat(t.Context(), k); !entity.IsNotFound(err) {
			t.Errorf("got %v of deleted key %q, want not found", err, k)
		}
	}
	left, err := os.ReadDir(filepath.Join(dir, "objects"))
	if err != nil || len(left) > 0 {
		t.Errorf("got %v %v in the emptied store, want no folder", left, err)
	}
}

func TestKeysThatAreRefused(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	for _, k := range []string{"", "a\x00b", "\xff", strings.Repeat("x", blob.MaxKey+1)} {
		_, put := s.Put(t.Context(), k, strings.NewReader("x"), blob.Attrs{})
		_, stat := s.Stat(t.Context(), k)
		_, _, open := s.Open(t.Context(), k, 0, -1)
		for _, err := range []error{put, stat, open, s.Delete(t.Context(), k)} {
			if entity.CodeOf(err) != entity.CodeInvalid {
				t.Errorf("got %v for key %.20q, want invalid", err, k)
			}
		}
	}
}

func TestInfoAndRange(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	now := time.Date(2026, 3, 4, 5, 6, 7, 89000, time.UTC)
	s, err := file.New(dir, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	meta := map[string]string{"X-Amz-Meta-A": strings.Repeat("é", 2000)}
	if _, err := s.Put(t.Context(), "k", strings.NewReader("0123456789"), blob.Attrs{ContentType: "text/csv", Meta: meta}); err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	s = open(t, dir) // what was stored is read by the next process
	info, err := s.Stat(t.Context(), "k")
	if err != nil {
		t.Fatal(err)
	}
	if info.Key != "k" || info.Size != 10 || info.ETag != "781e5e245d69b566979b86e28d23f2c7" || info.ContentType != "text/csv" ||
		!info.Modified.Equal(now) || !maps.Equal(info.Meta, meta) {
		t.Errorf("got %+v", info)
	}
	for _, c := range []struct {
		off, n int64
		want   string
	}{{0, -1, "0123456789"}, {3, 4, "3456"}, {8, 5, "89"}, {10, -1, ""}, {99, 1, ""}, {0, 0, ""}, {9, -1, "9"}} {
		r, _, err := s.Open(t.Context(), "k", c.off, c.n)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err = errors.Join(err, r.Close()); err != nil || string(b) != c.want {
			t.Errorf("got %q %v of %d+%d, want %q", b, err, c.off, c.n, c.want)
		}
	}
	etag, err := s.Put(t.Context(), "k", strings.NewReader(""), blob.Attrs{ETag: "abc-2"})
	if err != nil || etag.ETag != "abc-2" || etag.Size != 0 {
		t.Errorf("got %+v %v, want the ETag that was given", etag, err)
	}
}

func TestAFailedPutKeepsTheOldObject(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir)
	put(t, s, "a/k", "old")
	broken := io.MultiReader(strings.NewReader("new"), iotest.ErrReader(errors.New("cut off")))
	if _, err := s.Put(t.Context(), "a/k", broken, blob.Attrs{}); err == nil || !strings.Contains(err.Error(), "cut off") {
		t.Errorf("got %v, want the reader's error", err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("gone away"))
	if _, err := s.Put(ctx, "a/k", strings.NewReader("new"), blob.Attrs{}); err == nil || !strings.Contains(err.Error(), "gone away") {
		t.Errorf("got %v, want the context's cause", err)
	}
	if got := get(t, s, "a/k"); got != "old" {
		t.Errorf("got %q, want the old bytes", got)
	}
	if left, err := os.ReadDir(filepath.Join(dir, "tmp")); err != nil || len(left) > 0 {
		t.Errorf("got %v %v, want nothing temporary left", left, err)
	}
}

func TestAReaderKeepsTheBytesItOpened(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	put(t, s, "k", "old")
	r, _, err := s.Open(t.Context(), "k", 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, "k", "newer")
	b, err := io.ReadAll(r)
	if err = errors.Join(err, r.Close()); err != nil || string(b) != "old" {
		t.Errorf("got %q %v, want the old bytes", b, err)
	}
	if got := get(t, s, "k"); got != "newer" {
		t.Errorf("got %q, want the new bytes", got)
	}
}

func TestWhatAnEarlierProcessLeftIsRemovedAndDamageIsSeen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir)
	put(t, s, "k", "text")
	if err := os.WriteFile(filepath.Join(dir, "tmp", "zz"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	if left, err := os.ReadDir(filepath.Join(dir, "tmp")); err != nil || len(left) > 0 {
		t.Errorf("got %v %v, want nothing temporary left", left, err)
	}
	for _, bytes := range []string{"", "short", strings.Repeat("long enough ", 99)} {
		if err := os.WriteFile(filepath.Join(dir, "objects", "f-k"), []byte(bytes), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Stat(t.Context(), "k"); entity.CodeOf(err) != entity.CodeInternal {
			t.Errorf("got %v of a damaged file, want an error", err)
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 25 {
				key := "shared/folder/" + string(rune('a'+i))
				text := strings.Repeat(string(rune('a'+j)), 100)
				if _, err := s.Put(t.Context(), key, strings.NewReader(text), blob.Attrs{}); err != nil {
					t.Errorf("put: %v", err)
				}
				if got := get(t, s, key); got != text {
					t.Errorf("got %q, want %q", got, text)
				}
				if err := s.Delete(t.Context(), key); err != nil {
					t.Errorf("delete: %v", err)
				}
			}
		})
	}
	wg.Wait()
}

func TestListAgreesWithASortedMap(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	text := rapid.StringOfN(rapid.RuneFrom([]rune("ab/-.0~A")), 1, 6, -1)
	long := rapid.Map(text, func(k string) string { return strings.ReplaceAll(k, "a", strings.Repeat("y", 40)) })
	key := rapid.OneOf(text, long)
	model := map[string]bool{}
	for i := range 150 {
		k := key.Example(i)
		put(t, s, k, "x")
		model[k] = true
		if i%5 == 4 {
			if err := s.Delete(t.Context(), k); err != nil {
				t.Fatal(err)
			}
			delete(model, k)
		}
	}
	sorted := slices.Sorted(maps.Keys(model))
	rapid.Check(t, func(rt *rapid.T) {
		prefix := rapid.OneOf(rapid.Just(""), key, rapid.Map(key, func(k string) string { return k[:1] })).Draw(rt, "prefix")
		after := rapid.OneOf(rapid.Just(""), key, rapid.SampledFrom(sorted)).Draw(rt, "after")
		limit := rapid.IntRange(1, 20).Draw(rt, "max")
		var want []string
		for _, k := range sorted {
			if strings.HasPrefix(k, prefix) && k > after && len(want) < limit {
				want = append(want, k)
			}
		}
		if got := keys(t, s, prefix, after, limit); !slices.Equal(got, want) {
			rt.Fatalf("got %q, want %q", got, want)
		}
	})
}

func TestDeletePrefix(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	for _, k := range []string{"p/a", "p/b/c", "p", "pq"} {
		put(t, s, k, "x")
	}
	n, err := blob.DeletePrefix(t.Context(), s, "p/")
	if got := keys(t, s, "", "", 10); n != 2 || err != nil || !slices.Equal(got, []string{"p", "pq"}) {
		t.Errorf("got %d %v and %q left, want 2 deleted", n, err, got)
	}
}

func BenchmarkPut(b *testing.B) {
	s, err := file.New(b.TempDir(), nil)
	if err != nil {
		b.Fatal(err)
	}
	text := bytes.Repeat([]byte("x"), 4096)
	for b.Loop() {
		if _, err := s.Put(b.Context(), "bucket/project/k", bytes.NewReader(text), blob.Attrs{}); err != nil {
			b.Fatal(err)
		}
	}
}
