package sqlstore

import (
	"context"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

type (
	schedules struct{ *tx }
	leases    struct{ *tx }
)

func (s schedules) some(cond string, args ...any) (out []store.Schedule, err error) {
	err = s.c.rows("SELECT owner, project, spec, next, last FROM schedules WHERE "+cond, args, func(scan func(...any) error) error {
		var x store.Schedule
		var next, last int64
		err := scan(&x.Owner, &x.Project, &x.Spec, &next, &last)
		x.Next, x.Last = fromMicros(next), fromMicros(last)
		out = append(out, x)
		return err
	})
	return out, err
}

// Put implements store.Schedules. A zero Next is never due.
func (s schedules) Put(ctx context.Context, x store.Schedule) error {
	_, err := s.exec(`INSERT INTO schedules (owner, project, spec, next, last) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (owner) DO UPDATE SET project = excluded.project, spec = excluded.spec, next = excluded.next, last = excluded.last`,
		x.Owner, x.Project, docIn(x.Spec), micros(x.Next), micros(x.Last))
	return err
}

// Get implements store.Schedules.
func (s schedules) Get(ctx context.Context, owner string) (store.Schedule, error) {
	list, err := s.some("owner = $1", owner)
	if err == nil && len(list) == 0 {
		err = entity.Errorf(entity.CodeNotFound, "No such schedule.")
	}
	if err != nil {
		return store.Schedule{}, err
	}
	return list[0], nil
}

// Delete implements store.Schedules.
func (s schedules) Delete(ctx context.Context, owner string) error {
	_, err := s.exec("DELETE FROM schedules WHERE owner = $1", owner)
	return err
}

// Due implements store.Schedules.
func (s schedules) Due(ctx context.Context, now time.Time, limit int) ([]store.Schedule, error) {
	return s.some("next > 0 AND next <= $1 ORDER BY next, owner LIMIT $2", micros(now), limit)
}

// Next implements store.Schedules.
func (s schedules) Next(ctx context.Context) (time.Time, error) {
	var next int64
	_, err := s.c.row("SELECT COALESCE(min(next), 0) FROM schedules WHERE next > 0", nil, &next)
	return fromMicros(next), err
}

// Upcoming implements store.Schedules.
func (s schedules) Upcoming(ctx context.Context, project string, limit int) ([]store.Schedule, error) {
	return s.some("next > 0 AND project = $1 ORDER BY next, owner LIMIT $2", project, limit)
}

// Offset implements store.Schedules.
func (s schedules) Offset(ctx context.Context, reader string) (seq int64, err error) {
	_, err = s.c.row("SELECT seq FROM offsets WHERE reader = $1", []any{reader}, &seq)
	return seq, err
}

// SetOffset implements store.Schedules.
func (s schedules) SetOffset(ctx context.Context, reader string, seq int64) error {
	_, err := s.exec("INSERT INTO offsets (reader, seq) VALUES ($1, $2) ON CONFLICT (reader) DO UPDATE SET seq = excluded.seq", reader, seq)
	return err
}

// Acquire implements store.Leases. The holder renews its lease under the same fence.
func (l leases) Acquire(ctx context.Context, name, holder string, ttl time.Duration) (int64, error) {
	if _, err := l.write(); err != nil {
		return 0, err
	}
	now := l.s.opts.Now()
	var by string
	var fence, until int64
	if _, err := l.c.row("SELECT holder, fence, until FROM leases WHERE name = $1", []any{name}, &by, &fence, &until); err != nil {
		return 0, err
	}
	if by != holder {
		if by != "" && until > micros(now) {
			return 0, entity.Errorf(entity.CodeConflict, "lease %s is held by %s until %s", name, by, entity.FormatTime(fromMicros(until)))
		}
		fence++
	}
	_, err := l.exec(`INSERT INTO leases (name, holder, fence, until) VALUES ($1, $2, $3, $4)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, fence = excluded.fence, until = excluded.until`, name, holder, fence, micros(now.Add(ttl)))
	return fence, err
}

// Release implements store.Leases. The fence stays, so that the next holder's is higher.
func (l leases) Release(ctx context.Context, name, holder string) error {
	_, err := l.exec("UPDATE leases SET holder = '', until = 0 WHERE name = $1 AND holder = $2", name, holder)
	return err
}

// Check implements store.Leases. A lease that ran out and that nobody took is still the holder's.
func (l leases) Check(ctx context.Context, name string, fence int64) error {
	var by string
	var now int64
	if _, err := l.c.row("SELECT holder, fence FROM leases WHERE name = $1", []any{name}, &by, &now); err != nil {
		return err
	}
	if by == "" || now != fence {
		return entity.Errorf(entity.CodeConflict, "lease %s is no longer held under fence %d", name, fence)
	}
	return nil
}
