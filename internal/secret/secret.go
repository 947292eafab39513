package secret

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"strings"

	"dhub/entity"
	"dhub/internal/store"
)

// MaxValue is the longest value of a secret in bytes.
const MaxValue = 1 << 20

// Secrets keeps the values of a project's secrets. The entities themselves are the catalogue's.
type Secrets struct {
	store store.Store
	keys  ring
}

// Plain are values in the clear, by name. They do not show in logs.
type Plain map[string]string

// LogValue shows the names alone.
func (p Plain) LogValue() slog.Value {
	return slog.StringValue("[redacted: " + strings.Join(slices.Sorted(maps.Keys(p)), " ") + "]")
}

// String shows the names alone.
func (p Plain) String() string { return p.LogValue().String() }

// GoString shows the names alone.
func (p Plain) GoString() string { return p.String() }

// New makes the keeper of secrets; keys are those of ReadKeys.
func New(s store.Store, keys []byte) (*Secrets, error) {
	r, err := newRing(keys)
	if err != nil {
		return nil, err
	}
	return &Secrets{store: s, keys: r}, nil
}

// Seal encrypts bytes under the newest key; aad is what they are bound to.
func (s *Secrets) Seal(plain, aad []byte) ([]byte, error) { return s.keys.seal(plain, aad), nil }

// Open decrypts what Seal made with the same aad, under any key of the installation.
func (s *Secrets) Open(sealed, aad []byte) ([]byte, error) { return s.keys.open(sealed, aad) }

func binding(project, name string) []byte { return []byte("secret\x00" + project + "\x00" + name) }

// Put stores values by name. Each name must be that of a secret in the project; else nothing is stored.
func (s *Secrets) Put(ctx context.Context, project string, values map[string]string) error {
	sealed := make(map[string][]byte, len(values))
	for name, v := range values {
		if len(v) > MaxValue {
			return entity.Invalid("/"+name, "size", "The value of the secret %s has %d bytes; at most %d are allowed.", name, len(v), MaxValue)
		}
		if strings.IndexByte(v, 0) >= 0 {
			return entity.Invalid("/"+name, "pattern", "The value of the secret %s holds a NUL byte, which no job could be given in a variable; encode it, such as in base64.", name)
		}
		sealed[name] = s.keys.seal([]byte(v), binding(project, name))
	}
	return s.store.Write(ctx, func(tx store.Tx) error {
		missing, err := s.missing(ctx, tx, project, slices.Sorted(maps.Keys(sealed)))
		if err != nil {
			return err
		}
		if len(missing) > 0 {
			e := entity.Errorf(entity.CodeInvalid, "missing secrets for %s: create the secret in project %s first.", strings.Join(missing, ", "), project)
			for _, name := range missing {
				e.Fields = append(e.Fields, entity.FieldError{Pointer: "/" + name, Rule: "reference", Message: "no secret has this name"})
			}
			return e
		}
		for name, v := range sealed {
			if err := tx.Values().Put(ctx, project, name, v); err != nil {
				return err
			}
		}
		return nil
	})
}

// missing lists the names that no secret of the project has.
func (s *Secrets) missing(ctx context.Context, tx store.Tx, project string, names []string) ([]string, error) {
	var out []string
	for _, name := range names {
		if !entity.ValidSlug(name) {
			out = append(out, name)
			continue
		}
		_, err := tx.Entities().Latest(ctx, entity.Secret, project, name)
		if entity.IsNotFound(err) {
			out = append(out, name)
		} else if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Get returns the values of those names that have one.
func (s *Secrets) Get(ctx context.Context, project string, names []string) (map[string]string, error) {
	sealed := map[string][]byte{}
	err := s.store.Read(ctx, func(tx store.Tx) error {
		for _, name := range names {
			if !entity.ValidSlug(name) {
				continue
			}
			v, err := tx.Values().Get(ctx, project, name)
			if entity.IsNotFound(err) {
				continue
			}
			if err != nil {
				return err
			}
			sealed[name] = v
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := make(map[string]string, len(sealed))
	for name, v := range sealed {
		plain, err := s.keys.open(v, binding(project, name))
		if err != nil {
			return nil, entity.Errorf(entity.CodeOf(err), "the secret %s of project %s: %w", name, project, err)
		}
		out[name] = string(plain)
	}
	return out, nil
}

// Values is Get, under the name by which runs ask for what they give to a job.
func (s *Secrets) Values(ctx context.Context, project string, names []string) (map[string]string, error) {
	return s.Get(ctx, project, names)
}

// Delete forgets the value of a name; deleting the secret itself does so too.
func (s *Secrets) Delete(ctx context.Context, project, name string) error {
	err := s.store.Write(ctx, func(tx store.Tx) error { return tx.Values().Delete(ctx, project, name) })
	if entity.IsNotFound(err) {
		return nil
	}
	return err
}
