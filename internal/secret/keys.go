package secret

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"dhub/entity"
)

const (
	keySize   = 32 // AES-256
	idSize    = 4
	nonceSize = 12
	format    = 1 // first byte of what is sealed
)

// ReadKeys reads the keys of an installation, 32 bytes each, oldest first, and creates the file with one
// fresh key when there is none. Of several creators at once one wins and all get its key.
func ReadKeys(path string) ([]byte, error) {
	keys, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := writeKeys(path, newKey(), os.Link); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, fmt.Errorf("create the key file: %w", err)
		}
		keys, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read the key file: %w", err)
	}
	if len(keys) == 0 || len(keys)%keySize != 0 {
		return nil, fmt.Errorf("the key file %s has %d bytes; a multiple of %d is expected: restore it from a backup, since without it no stored secret can be read", path, len(keys), keySize)
	}
	if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o077 != 0 {
		if err := os.Chmod(path, 0o600); err != nil {
			return nil, fmt.Errorf("the key file %s can be read by others: %w", path, err)
		}
	}
	return keys, nil
}

// AddKey rotates: a fresh key joins the file and seals from the next start on; the others still open. It
// returns the keys that the file holds then.
func AddKey(path string) ([]byte, error) {
	keys, err := ReadKeys(path)
	if err != nil {
		return nil, err
	}
	keys = append(keys, newKey()...)
	return keys, writeKeys(path, keys, os.Rename)
}

// KeepNewest forgets all keys but the newest.
func KeepNewest(path string) ([]byte, error) {
	keys, err := ReadKeys(path)
	if err != nil {
		return nil, err
	}
	keys = keys[len(keys)-keySize:]
	return keys, writeKeys(path, keys, os.Rename)
}

func newKey() []byte {
	key := make([]byte, keySize)
	_, _ = rand.Read(key) // never fails
	return key
}

// writeKeys brings the file onto the disk in one step; place is os.Link, which spares an existing file, or
// os.Rename, which replaces it.
func writeKeys(path string, keys []byte, place func(from, to string) error) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".key-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err = f.Write(keys); err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	if err := place(f.Name(), path); err != nil {
		return err
	}
	if d, err := os.Open(dir); err == nil {
		err = d.Sync()
		return errors.Join(err, d.Close())
	}
	return nil
}

// ring holds the ciphers of all keys.
type ring struct {
	newest [idSize]byte
	aeads  map[[idSize]byte]cipher.AEAD
}

// LogValue keeps keys out of logs.
func (ring) LogValue() slog.Value { return slog.StringValue("[redacted]") }

// String keeps keys out of messages.
func (ring) String() string { return "[redacted]" }

// GoString keeps keys out of %#v.
func (ring) GoString() string { return "[redacted]" }

func newRing(keys []byte) (ring, error) {
	r := ring{aeads: map[[idSize]byte]cipher.AEAD{}}
	if len(keys) == 0 || len(keys)%keySize != 0 {
		return r, fmt.Errorf("keys have %d bytes; a multiple of %d is expected", len(keys), keySize)
	}
	for _, key := range Split(keys) {
		block, err := aes.NewCipher(key)
		if err != nil {
			return r, err
		}
		aead, err := cipher.NewGCM(block)
		if err != nil {
			return r, err
		}
		copy(r.newest[:], idOf(key))
		r.aeads[r.newest] = aead
	}
	return r, nil
}

// seal encrypts: format, key id, nonce, ciphertext.
func (r ring) seal(plain, aad []byte) []byte {
	out := make([]byte, 1+idSize+nonceSize, 1+idSize+nonceSize+len(plain)+16)
	out[0] = format
	copy(out[1:], r.newest[:])
	nonce := out[1+idSize:]
	_, _ = rand.Read(nonce) // never fails
	return r.aeads[r.newest].Seal(out, nonce, plain, aad)
}

// ErrSealed is in the chain of every error about a sealed value that the keys at hand do not open. No
// repetition helps: the key file was lost, replaced by another, or the value was damaged.
var ErrSealed = errors.New("a sealed value cannot be opened")

func (r ring) open(sealed, aad []byte) ([]byte, error) {
	if len(sealed) < 1+idSize+nonceSize || sealed[0] != format {
		return nil, entity.Errorf(entity.CodeInternal, "%w: it is damaged", ErrSealed)
	}
	var id [idSize]byte
	copy(id[:], sealed[1:])
	aead, ok := r.aeads[id]
	if !ok {
		return nil, entity.Errorf(entity.CodeInternal, "%w: it was sealed with key %x, which the key file does not hold any more; put the key file back from a backup", ErrSealed, id)
	}
	nonce, text := sealed[1+idSize:1+idSize+nonceSize], sealed[1+idSize+nonceSize:]
	plain, err := aead.Open(nil, nonce, text, aad)
	if err != nil {
		return nil, entity.Errorf(entity.CodeInternal, "%w: it is damaged or belongs elsewhere", ErrSealed)
	}
	return bytes.Clone(plain), nil
}

// KeyIDs names the keys of a key file, oldest first. An id tells a key from others and nothing about it.
func KeyIDs(keys []byte) []string {
	var ids []string
	for _, k := range Split(keys) {
		ids = append(ids, hex.EncodeToString(idOf(k)))
	}
	return ids
}

// Split takes the contents of a key file apart, oldest key first.
func Split(keys []byte) [][]byte {
	var list [][]byte
	for ; len(keys) >= keySize; keys = keys[keySize:] {
		list = append(list, keys[:keySize:keySize])
	}
	return list
}

func idOf(key []byte) []byte {
	sum := sha256.Sum256(key)
	return sum[:idSize]
}
