package secret

import (
	"context"

	"dhub/internal/store"
)

// Opens tells whether the keys at hand open the stored value of a secret.
func (s *Secrets) Opens(project, name string, sealed []byte) bool {
	_, err := s.keys.open(sealed, binding(project, name))
	return err == nil
}

// Reseal seals every stored secret under the newest key, in the caller's transaction. A value that no key opens
// stays as it is: its key may still come back.
func (s *Secrets) Reseal(ctx context.Context, tx store.Tx) error {
	return tx.Values().Each(ctx, func(project, name string, sealed []byte) error {
		plain, err := s.keys.open(sealed, binding(project, name))
		if err != nil {
			return nil
		}
		return tx.Values().Put(ctx, project, name, s.keys.seal(plain, binding(project, name)))
	})
}
