package sqlstore

import "context"

// PutSamples implements store.Attempts.
func (a attempts) PutSamples(_ context.Context, uid string, number int, samples []byte) error {
	_, err := a.exec("INSERT INTO attempt_samples (uid, number, body) VALUES ($1, $2, $3) ON CONFLICT (uid, number) DO UPDATE SET body = excluded.body",
		uid, number, samples)
	return err
}

// Samples implements store.Attempts.
func (a attempts) Samples(_ context.Context, uid string, number int) (samples []byte, err error) {
	_, err = a.c.row("SELECT body FROM attempt_samples WHERE uid = $1 AND number = $2", []any{uid, number}, &samples)
	return samples, err
}
