package secret_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dhub/entity"
	"dhub/internal/secret"
	"dhub/internal/store"
	"dhub/internal/store/sqlite"
	"dhub/internal/store/sqlstore"
)

func open(t *testing.T) (store.Store, string) {
	t.Helper()
	dir := t.TempDir()
	s, err := sqlite.Open(t.Context(), filepath.Join(dir, "dhub.db"), sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	err = s.Write(t.Context(), func(tx store.Tx) error {
		for _, name := range []string{"A", "B"} {
			_, err := tx.Entities().Create(t.Context(), store.Record{State: "CREATED",
				Doc: entity.Doc{Entity: entity.Secret, ID: "id" + name, Name: name, Kind: "secret", Project: "demo", Created: time.Unix(1, 0), Updated: time.Unix(1, 0)}})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, dir
}

func keep(t *testing.T, s store.Store, path string) *secret.Secrets {
	t.Helper()
	keys, err := secret.ReadKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	k, err := secret.New(s, keys)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestValuesAreKeptSealed(t *testing.T) {
	t.Parallel()
	s, dir := open(t)
	k := keep(t, s, filepath.Join(dir, "key"))
	ctx := t.Context()
	if err := k.Put(ctx, "demo", map[string]string{"A": "canary-value", "B": ""}); err != nil {
		t.Fatal(err)
	}
	got, err := k.Get(ctx, "demo", []string{"A", "B", "C", "../x", ""})
	if err != nil || len(got) != 2 || got["A"] != "canary-value" || got["B"] != "" {
		t.Errorf("got %d values, %v", len(got), err)
	}
	if got, err := k.Values(ctx, "other", []string{"A"}); err != nil || len(got) != 0 {
		t.Errorf("another project got %d values, %v", len(got), err)
	}
	var sealed []byte
	if err := s.Read(ctx, func(tx store.Tx) (err error) { sealed, err = tx.Values().Get(ctx, "demo", "A"); return err }); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, []byte("canary")) {
		t.Error("the stored value is in the clear")
	}
	// A sealed value that was moved to another name or project does not open.
	if err := s.Write(ctx, func(tx store.Tx) error { return tx.Values().Put(ctx, "demo", "B", sealed) }); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Get(ctx, "demo", []string{"B"}); err == nil || strings.Contains(err.Error(), "canary") {
		t.Errorf("got %v", err)
	}
	if err := k.Delete(ctx, "demo", "A"); err != nil {
		t.Fatal(err)
	}
	if err := k.Delete(ctx, "demo", "A"); err != nil {
		t.Errorf("deleting again: %v", err)
	}
	if got, err := k.Get(ctx, "demo", []string{"A"}); err != nil || len(got) != 0 {
		t.Errorf("got %d values after deletion, %v", len(got), err)
	}
}

func TestPutNeedsTheSecret(t *testing.T) {
	t.Parallel()
	s, dir := open(t)
	k := keep(t, s, filepath.Join(dir, "key"))
	err := k.Put(t.Context(), "demo", map[string]string{"A": "canary", "nope": "canary", "a/b": "canary"})
	if entity.CodeOf(err) != entity.CodeInvalid || !strings.Contains(err.Error(), "missing secrets for a/b, nope") || strings.Contains(err.Error(), "canary") {
		t.Errorf("got %v", err)
	}
	if got, err := k.Get(t.Context(), "demo", []string{"A"}); err != nil || len(got) != 0 {
		t.Errorf("half of the request was stored: %d values, %v", len(got), err)
	}
	err = k.Put(t.Context(), "demo", map[string]string{"A": strings.Repeat("x", secret.MaxValue+1)})
	if entity.CodeOf(err) != entity.CodeInvalid {
		t.Errorf("got %v", err)
	}
	err = k.Put(t.Context(), "demo", map[string]string{"A": "canary\x00"})
	if entity.CodeOf(err) != entity.CodeInvalid || !strings.Contains(err.Error(), "A") || !strings.Contains(err.Error(), "NUL") || strings.Contains(err.Error(), "canary") {
		t.Errorf("got %v for a NUL byte", err)
	}
	if got, err := k.Get(t.Context(), "demo", []string{"A"}); err != nil || len(got) != 0 {
		t.Errorf("a refused value was stored: %d values, %v", len(got), err)
	}
}

func TestRotation(t *testing.T) {
	t.Parallel()
	s, dir := open(t)
	path := filepath.Join(dir, "key")
	old := keep(t, s, path)
	if err := old.Put(t.Context(), "demo", map[string]string{"A": "before"}); err != nil {
		t.Fatal(err)
	}
	if _, err := secret.AddKey(path); err != nil {
		t.Fatal(err)
	}
	k := keep(t, s, path)
	if got, err := k.Get(t.Context(), "demo", []string{"A"}); err != nil || got["A"] != "before" {
		t.Errorf("got %v, %v", got, err)
	}
	sealed, err := k.Seal([]byte("x"), []byte("aad"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := old.Open(sealed, []byte("aad")); err == nil || !strings.Contains(err.Error(), "key") {
		t.Errorf("the old key opened what the new one sealed: %v", err)
	}
	if _, err := k.Open(sealed, []byte("other")); err == nil {
		t.Error("opened for another purpose")
	}
	for _, bad := range [][]byte{nil, {1}, append([]byte{9}, sealed[1:]...), sealed[:len(sealed)-1]} {
		if _, err := k.Open(bad, []byte("aad")); err == nil {
			t.Errorf("opened %x", bad)
		}
	}
}

func TestKeyFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key")
	var wg sync.WaitGroup
	keys := make([][]byte, 8)
	for i := range keys {
		wg.Go(func() {
			var err error
			if keys[i], err = secret.ReadKeys(path); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, k := range keys {
		if !bytes.Equal(k, keys[0]) || len(k) != 32 {
			t.Errorf("got %d bytes, not those of the first", len(k))
		}
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := secret.ReadKeys(path); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v, %v", info, err)
	}
	if files, err := os.ReadDir(filepath.Dir(path)); err != nil || len(files) != 1 {
		t.Errorf("got %v, %v", files, err)
	}
	if err := os.WriteFile(path, []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := secret.ReadKeys(path); err == nil || !strings.Contains(err.Error(), "5 bytes") {
		t.Errorf("got %v", err)
	}
	if _, err := secret.ReadKeys(filepath.Join(path, "below")); err == nil {
		t.Error("a file became a folder")
	}
}

func TestKeysDoNotShow(t *testing.T) {
	t.Parallel()
	s, dir := open(t)
	path := filepath.Join(dir, "key")
	k := keep(t, s, path)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if text := fmt.Sprintf("%v %+v %#v", k, k, k); strings.Contains(text, string(raw)) || strings.Contains(text, fmt.Sprint(raw)[1:20]) {
		t.Error("the key shows")
	}
}
