// Package file is the blob store in a local folder.
//
// Each object is one file: its bytes, then a trailer with ETag, content type and attributes. It is
// written beside, synced, renamed into place, and the folder synced, so an object is old or new, never
// half, whatever ends the process. Names are encoded (see path) and reached through os.Root only.
package file

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	goruntime "runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"dhub/entity"
	"dhub/internal/blob"
)

// Store is a blob.Store in a folder. One process at a time owns the folder.
type Store struct {
	root *os.Root
	now  func() time.Time
	seq  atomic.Int64

	// tree is held shared while folders are made and a file is renamed into them, and exclusively while
	// empty folders are removed, so that no rename loses its folder.
	tree sync.RWMutex
}

var _ blob.Store = (*Store)(nil)

const (
	objects = "objects"
	temp    = "tmp"
)

// New opens the store in dir, which is made if it does not exist. What an earlier process left half
// written is removed. now may be nil.
func New(dir string, now func() time.Time) (*Store, error) {
	if now == nil {
		now = time.Now
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the file store: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the folder of the file store: %w", err)
	}
	s := &Store{root: root, now: now}
	if err := s.prepare(); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return s, nil
}

func (s *Store) prepare() error {
	if err := s.root.RemoveAll(temp); err != nil {
		return fmt.Errorf("clear the file store's temporary folder: %w", err)
	}
	for _, d := range []string{temp, objects} {
		if err := s.root.Mkdir(d, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("make a folder of the file store: %w", err)
		}
	}
	return s.sync(".")
}

// Close releases the folder. Readers opened before go on.
func (s *Store) Close() error { return s.root.Close() }

// Put implements blob.Store.
func (s *Store) Put(ctx context.Context, key string, r io.Reader, a blob.Attrs) (blob.Info, error) {
	if err := blob.CheckKey(key); err != nil {
		return blob.Info{}, err
	}
	name := filepath.Join(temp, strconv.FormatInt(s.seq.Add(1), 36))
	info, err := s.write(ctx, name, key, r, a)
	if err == nil {
		err = s.place(name, key)
	}
	if err != nil {
		_ = s.root.Remove(name) // the next start removes it otherwise
		return blob.Info{}, trouble("store", key, err)
	}
	return info, nil
}

// write makes the temporary file: bytes and trailer, synced.
func (s *Store) write(ctx context.Context, name, key string, r io.Reader, a blob.Attrs) (info blob.Info, err error) {
	f, err := s.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return info, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sum := md5.New()
	n, err := io.CopyBuffer(io.MultiWriter(f, sum), reader{ctx, r}, make([]byte, 256<<10))
	if err != nil {
		return info, err
	}
	t := trailer{ETag: a.ETag, Type: a.ContentType, Meta: maps.Clone(a.Meta), Modified: s.now().UTC().Truncate(time.Microsecond)}
	if t.ETag == "" {
		t.ETag = hex.EncodeToString(sum.Sum(nil))
	}
	b, err := t.bytes()
	if err != nil {
		return info, entity.Invalid("metadata", "size", "%v", err)
	}
	if _, err := f.Write(b); err != nil {
		return info, err
	}
	return t.info(key, n), f.Sync()
}

// place renames the temporary file to where the key belongs and makes that durable.
func (s *Store) place(name, key string) error {
	s.tree.RLock()
	defer s.tree.RUnlock()
	dirs, file := path(key)
	dir := filepath.Join(objects, filepath.Join(dirs...))
	err := s.root.Rename(name, filepath.Join(dir, file))
	if errors.Is(err, fs.ErrNotExist) {
		if err := s.mkdir(dirs); err != nil {
			return err
		}
		err = s.root.Rename(name, filepath.Join(dir, file))
	}
	if err != nil {
		return err
	}
	return s.sync(dir)
}

// mkdir makes the folders of a key, each durable before the next.
func (s *Store) mkdir(dirs []string) error {
	dir := objects
	for _, d := range dirs {
		next := filepath.Join(dir, d)
		switch err := s.root.Mkdir(next, 0o700); {
		case err == nil:
			if err := s.sync(dir); err != nil {
				return err
			}
		case !errors.Is(err, fs.ErrExist):
			return err
		}
		dir = next
	}
	return nil
}

// Open implements blob.Store.
func (s *Store) Open(_ context.Context, key string, offset, length int64) (io.ReadCloser, blob.Info, error) {
	f, info, err := s.open(key)
	if err != nil {
		return nil, blob.Info{}, err
	}
	offset = min(max(offset, 0), info.Size)
	if rest := info.Size - offset; length < 0 || length > rest {
		length = rest
	}
	return section{io.NewSectionReader(f, offset, length), f}, info, nil
}

// Stat implements blob.Store.
func (s *Store) Stat(_ context.Context, key string) (blob.Info, error) {
	f, info, err := s.open(key)
	if err != nil {
		return blob.Info{}, err
	}
	return info, trouble("close", key, f.Close())
}

func (s *Store) open(key string) (*os.File, blob.Info, error) {
	if err := blob.CheckKey(key); err != nil {
		return nil, blob.Info{}, err
	}
	dirs, name := path(key)
	f, err := s.root.Open(filepath.Join(objects, filepath.Join(dirs...), name))
	if err != nil {
		return nil, blob.Info{}, trouble("open", key, err)
	}
	t, size, err := readTrailer(f)
	if err != nil {
		return nil, blob.Info{}, trouble("read", key, errors.Join(err, f.Close()))
	}
	return f, t.info(key, size), nil
}

// Delete implements blob.Store. Folders that become empty go as well.
func (s *Store) Delete(_ context.Context, key string) error {
	if err := blob.CheckKey(key); err != nil {
		return err
	}
	dirs, name := path(key)
	dir := filepath.Join(objects, filepath.Join(dirs...))
	err := s.root.Remove(filepath.Join(dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = s.sync(dir)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // another delete may have removed the empty folder
		return trouble("delete", key, err)
	}
	s.tree.Lock()
	defer s.tree.Unlock()
	for ; dir != objects; dir = filepath.Dir(dir) {
		if s.root.Remove(dir) != nil { // not empty
			break
		}
	}
	return nil
}

// sync makes the names in a folder durable. Windows cannot sync a folder and needs no sync for it.
func (s *Store) sync(dir string) error {
	if goruntime.GOOS == "windows" {
		return nil
	}
	f, err := s.root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func (t trailer) info(key string, size int64) blob.Info {
	return blob.Info{Key: key, Size: size, ETag: t.ETag, ContentType: t.Type, Meta: t.Meta, Modified: t.Modified}
}

// trouble words an error of the file system; errors that carry a code pass as they are.
func trouble(verb, key string, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*entity.Error](err); ok {
		return err
	}
	if errors.Is(err, fs.ErrNotExist) && verb != "store" {
		return blob.NotFound(key)
	}
	return fmt.Errorf("%s object %q: %w", verb, key, err)
}

type section struct {
	*io.SectionReader
	f *os.File
}

func (s section) Close() error { return s.f.Close() }

// reader ends with the context's error once it is done.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := context.Cause(r.ctx); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
