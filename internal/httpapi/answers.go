package httpapi

import (
	"context"

	"dhub/internal/store"
)

// StoredAnswers keeps the answers to POSTs with an Idempotency-Key in the store.
func StoredAnswers(s store.Store) Answers { return storedAnswers{s} }

type storedAnswers struct{ store store.Store }

func (s storedAnswers) Answer(ctx context.Context, key string) (hash, answer []byte, err error) {
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		hash, answer, err = tx.Idempotency().Get(ctx, key)
		return err
	})
	return hash, answer, err
}

func (s storedAnswers) Remember(ctx context.Context, key string, hash, answer []byte) error {
	return s.store.Write(ctx, func(tx store.Tx) error { return tx.Idempotency().Put(ctx, key, hash, answer) })
}
