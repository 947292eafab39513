package sqlstore

import (
	"context"

	"dhub/entity"
	"dhub/internal/store"
)

type attempts struct{ *tx }

const attemptCols = "uid, number, run, engine, host, gen, started, finished, phase, cleared, token_hash, sealed, body"

func errNoAttempt() error { return entity.Errorf(entity.CodeNotFound, "No such attempt.") }

func (a attempts) some(cond string, args ...any) (out []store.Attempt, err error) {
	err = a.c.rows("SELECT "+attemptCols+" FROM attempts WHERE "+cond, args, func(scan func(...any) error) error {
		var at store.Attempt
		var started, finished, cleared int64
		var body []byte
		if err := scan(&at.RunUID, &at.Number, &at.RunID, &at.Engine, &at.Host, &at.Gen, &started, &finished, &at.Phase, &cleared, &at.TokenHash, &at.Sealed, &body); err != nil {
			return err
		}
		at.Started, at.Finished, at.Cleared = fromMicros(started), fromMicros(finished), cleared != 0
		at.TokenHash, at.Sealed = nilIfEmpty(at.TokenHash), nilIfEmpty(at.Sealed)
		plain, err := a.s.codec.unpack(body)
		if err == nil {
			err = split(plain, &at.Handle, &at.Runnable, &at.Status)
		}
		out = append(out, at)
		return err
	})
	return out, err
}

func nilIfEmpty(b []byte) []byte {
	if len(b) == 0 {
		return nil
	}
	return b
}

// filled makes an empty value of nil, for no column is null.
func filled(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

func (a attempts) body(at store.Attempt) []byte {
	return a.s.codec.pack(join(at.Handle, at.Runnable, at.Status))
}

// Create implements store.Attempts.
func (a attempts) Create(ctx context.Context, at store.Attempt) error {
	n, err := a.exec("INSERT INTO attempts ("+attemptCols+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING",
		at.RunUID, at.Number, at.RunID, at.Engine, at.Host, at.Gen, micros(at.Started), micros(at.Finished), at.Phase, flag(at.Cleared),
		filled(at.TokenHash), filled(at.Sealed), a.body(at))
	if err == nil && n == 0 {
		err = entity.Errorf(entity.CodeConflict, "attempt %d of run %s exists already", at.Number, at.RunID)
	}
	return err
}

// Get implements store.Attempts.
func (a attempts) Get(ctx context.Context, uid string, number int) (store.Attempt, error) {
	return first(a.some("uid = $1 AND number = $2", uid, number))
}

func first(list []store.Attempt, err error) (store.Attempt, error) {
	if err == nil && len(list) == 0 {
		err = errNoAttempt()
	}
	if err != nil {
		return store.Attempt{}, err
	}
	return list[0], nil
}

// Update implements store.Attempts.
func (a attempts) Update(ctx context.Context, uid string, number int, f func(store.Attempt) (store.Attempt, error)) error {
	if _, err := a.write(); err != nil {
		return err
	}
	before, err := a.Get(ctx, uid, number)
	if err != nil {
		return err
	}
	at, err := f(before)
	if err != nil {
		return err
	}
	_, err = a.exec(`UPDATE attempts SET engine = $3, host = $4, gen = $5, started = $6, finished = $7, phase = $8, cleared = $9,
		token_hash = $10, sealed = $11, body = $12 WHERE uid = $1 AND number = $2`,
		uid, number, at.Engine, at.Host, at.Gen, micros(at.Started), micros(at.Finished), at.Phase, flag(at.Cleared),
		filled(at.TokenHash), filled(at.Sealed), a.body(at))
	return err
}

// List implements store.Attempts.
func (a attempts) List(ctx context.Context, uid string) ([]store.Attempt, error) {
	return a.some("uid = $1 ORDER BY number", uid)
}

// Uncleared implements store.Attempts; "" stands for every engine and every host.
func (a attempts) Uncleared(ctx context.Context, engine, host string, limit int) ([]store.Attempt, error) {
	w := &where{conds: []string{"cleared = 0"}}
	w.equal("engine", engine)
	w.equal("host", host)
	w.args = append(w.args, limit)
	return a.some(w.String()[len(" WHERE "):]+" ORDER BY started, uid, number LIMIT $"+itoa(len(w.args)), w.args...)
}

// ByToken implements store.Attempts.
func (a attempts) ByToken(ctx context.Context, hash []byte) (store.Attempt, error) {
	if len(hash) == 0 {
		return store.Attempt{}, errNoAttempt()
	}
	return first(a.some("token_hash <> "+a.s.d.EmptyBytes+" AND token_hash = $1 ORDER BY number DESC LIMIT 1", hash))
}
