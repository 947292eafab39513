package file

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"dhub/entity"
	"dhub/internal/blob"
)

// List implements blob.Store. It starts in the folder that the prefix names and reads only folders
// that can hold a wanted key.
func (s *Store) List(ctx context.Context, prefix, after string, limit int) ([]blob.Info, error) {
	if limit <= 0 {
		return nil, nil
	}
	l := lister{s: s, ctx: ctx, prefix: prefix, after: after, limit: limit}
	dir, base := objects, ""
	if i := strings.LastIndexByte(prefix, '/'); i >= 0 {
		base = prefix[:i+1]
		dirs, _ := path(base) // the last component is empty
		dir = filepath.Join(objects, filepath.Join(dirs...))
	}
	if err := l.walk(dir, base); err != nil && !errors.Is(err, errFull) {
		return nil, trouble("list", prefix, err)
	}
	return l.out, nil
}

var errFull = errors.New("page is full")

type lister struct {
	s             *Store
	ctx           context.Context // of one call
	prefix, after string
	limit         int
	out           []blob.Info
}

type entry struct {
	key  string // whole key of a file; what the keys below a folder begin with
	name string
	file bool
}

// walk visits the keys under dir, all of which begin with base, in their byte order.
func (l *lister) walk(dir, base string) error {
	if err := context.Cause(l.ctx); err != nil {
		return err
	}
	f, err := l.s.root.Open(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // nothing there, or removed meanwhile
	}
	if err != nil {
		return err
	}
	names, err := f.ReadDir(-1)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	entries := make([]entry, 0, len(names))
	for _, n := range names {
		if e, ok := l.entry(base, n.Name()); ok {
			entries = append(entries, e)
		}
	}
	// A folder sorts as its name with the slash, so files and folders come in the order of their keys.
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.key, b.key) })
	for _, e := range entries {
		if !e.file {
			if err := l.walk(filepath.Join(dir, e.name), e.key); err != nil {
				return err
			}
			continue
		}
		info, err := l.s.Stat(l.ctx, e.key)
		if entity.IsNotFound(err) {
			continue // deleted meanwhile
		}
		if err != nil {
			return err
		}
		if l.out = append(l.out, info); len(l.out) == l.limit {
			return errFull
		}
	}
	return nil
}

// entry reads one name; ok is false when no key below it is wanted.
func (l *lister) entry(base, name string) (entry, bool) {
	if len(name) < 2 {
		return entry{}, false
	}
	text, ok := decode(name[2:])
	if !ok {
		return entry{}, false
	}
	e := entry{key: base + text, name: name}
	switch name[:2] {
	case markFile:
		e.file = true
		return e, strings.HasPrefix(e.key, l.prefix) && e.key > l.after
	case markDir:
		e.key += "/"
	case markCont:
	default:
		return entry{}, false
	}
	wanted := strings.HasPrefix(e.key, l.prefix) || strings.HasPrefix(l.prefix, e.key)
	return e, wanted && (e.key > l.after || strings.HasPrefix(l.after, e.key))
}
