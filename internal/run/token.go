package run

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"dhub/engine"
	"dhub/entity"
	"dhub/internal/store"
)

// Names under which an attempt's own credentials travel in engine.Values; a colon keeps them apart from a
// project's secrets.
const (
	valueToken    = "dhub:token"
	valueS3Key    = "dhub:s3_key"
	valueS3Secret = "dhub:s3_secret"
	valueS3Token  = "dhub:s3_token"
)

// tokenLinger is how long an attempt's token is valid after its end.
const tokenLinger = time.Minute

// AttemptIdentity is who presents an attempt's token.
type AttemptIdentity struct {
	Project string
	User    string
	RunID   string
	RunUID  string
	Attempt int
}

func newToken() string {
	var b [32]byte
	_, _ = rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// VerifyToken tells whose token it is. A token is valid while its attempt lives and a minute longer.
func (m *Manager) VerifyToken(ctx context.Context, token string) (AttemptIdentity, error) {
	refused := entity.Errorf(entity.CodeUnauthenticated, "the token is not valid, or its run has ended")
	var id AttemptIdentity
	err := m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		a, err := tx.Attempts().ByToken(ctx, hashToken(token))
		if entity.IsNotFound(err) {
			return refused
		}
		if err != nil {
			return err
		}
		if !a.Finished.IsZero() && m.now().Sub(a.Finished) >= tokenLinger {
			return refused
		}
		r, err := tx.Runs().GetByUID(ctx, a.RunUID)
		if entity.IsNotFound(err) {
			return refused
		}
		id = AttemptIdentity{Project: r.Project, User: r.User, RunID: r.ID, RunUID: r.UID, Attempt: a.Number}
		return err
	})
	return id, err
}

// seal encrypts the values of an attempt, so that its log is masked also after a restart and a rotation.
func (m *Manager) seal(id engine.ID, values engine.Values) ([]byte, error) {
	plain, err := json.Marshal(values)
	if err != nil {
		return nil, err
	}
	if m.cfg.Secrets == nil {
		return plain, nil
	}
	return m.cfg.Secrets.Seal(plain, attemptAAD(id))
}

// errSealed is in the chain of every error of unseal: no repetition helps.
var errSealed = errors.New("open the sealed values")

// unseal gives back the values of an attempt.
func (m *Manager) unseal(id engine.ID, sealed []byte) (engine.Values, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	plain := sealed
	if m.cfg.Secrets != nil {
		var err error
		if plain, err = m.cfg.Secrets.Open(sealed, attemptAAD(id)); err != nil {
			return nil, fmt.Errorf("%w of attempt %s.%d: %w", errSealed, id.UID, id.Attempt, err)
		}
	}
	var values engine.Values
	if err := json.Unmarshal(plain, &values); err != nil {
		return nil, fmt.Errorf("%w of attempt %s.%d: %w", errSealed, id.UID, id.Attempt, err)
	}
	return values, nil
}

// Reseal seals the values of every attempt that is not put away under the newest key, in the caller's
// transaction. What no key opens stays as it is.
func Reseal(ctx context.Context, tx store.Tx, s Secrets) error {
	list, err := tx.Attempts().Uncleared(ctx, "", "", many)
	if err != nil {
		return err
	}
	for _, a := range list {
		aad := attemptAAD(attemptID(a))
		plain, err := s.Open(a.Sealed, aad)
		if len(a.Sealed) == 0 || err != nil {
			continue
		}
		sealed, err := s.Seal(plain, aad)
		if err != nil {
			return err
		}
		err = tx.Attempts().Update(ctx, a.RunUID, a.Number, func(a store.Attempt) (store.Attempt, error) {
			a.Sealed = sealed
			return a, nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func attemptAAD(id engine.ID) []byte { return fmt.Appendf(nil, "attempt/%s.%d", id.UID, id.Attempt) }
