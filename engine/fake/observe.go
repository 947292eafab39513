package fake

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"dhub/engine"
	"dhub/entity"
)

// container is the name of the one stream of an attempt.
const container = "main"

func (e *Engine) find(id engine.ID) (*attempt, error) {
	if a, ok := e.attempts[keyOf(id)]; ok {
		return a, nil
	}
	return nil, entity.Errorf(entity.CodeNotFound, "fake: no attempt %s.%d", id.UID, id.Attempt)
}

// Observe implements engine.Engine.
func (e *Engine) Observe(ctx context.Context, h engine.Handle, f func(engine.Status) error) error {
	if err := e.call(ctx, OpObserve, h.ID, func() error { return nil }); err != nil {
		return err
	}
	var seen int64
	for first := true; ; first = false {
		e.mu.Lock()
		a, err := e.find(h.ID)
		if err != nil {
			e.mu.Unlock()
			return err
		}
		s, changed := a.status, a.changed
		if e.cfg.Break == FinishedUnobservable && first && s.Phase.Final() {
			e.mu.Unlock()
			return entity.Errorf(entity.CodeNotFound, "fake: finished already")
		}
		e.mu.Unlock()
		if first && e.cfg.Break == NoStatusAtOnce {
			seen = s.Gen
		}
		if (s.Gen > seen || e.cfg.Break == StaleGen && !first) && !(e.cfg.Break == OnlyFirstStatus && !first) {
			seen = s.Gen
			if err := e.deliver(ctx, h.ID, s, f); err != nil {
				return err
			}
		}
		if s.Phase.Final() {
			if e.cfg.Break == ObserveHangs {
				<-ctx.Done()
				return ctx.Err()
			}
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			if e.cfg.Break == CancelEndsAttempt {
				e.mu.Lock()
				a.stop(0)
				e.mu.Unlock()
			}
			return ctx.Err()
		}
	}
}

func (e *Engine) deliver(ctx context.Context, id engine.ID, s engine.Status, f func(engine.Status) error) error {
	if e.cfg.Delay != nil {
		if d := e.cfg.Delay(id); d > 0 {
			select {
			case <-time.After(d):
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	list := []engine.Status{s}
	if e.cfg.Deliver != nil {
		list = e.cfg.Deliver(id, s)
	}
	for _, s := range list {
		s.Report = append(json.RawMessage(nil), s.Report...)
		if err := f(s); err != nil && e.cfg.Break != ObserveDropsError {
			return err
		}
	}
	return nil
}

// Logs implements engine.Engine; the cursor is a byte offset.
func (e *Engine) Logs(ctx context.Context, h engine.Handle, after engine.Cursor, f func(engine.Chunk) error) error {
	if err := e.call(ctx, OpLogs, h.ID, func() error { return nil }); err != nil {
		return err
	}
	offset := 0
	if after != "" {
		n, err := strconv.Atoi(string(after))
		if err != nil {
			return entity.Errorf(entity.CodeInvalid, "fake: cursor %q is not one of this engine", after)
		}
		offset = n
	}
	if e.cfg.Break == CursorIgnored {
		offset = 0
	}
	for {
		e.mu.Lock()
		a, err := e.find(h.ID)
		if err != nil {
			e.mu.Unlock()
			return err
		}
		final, changed := a.status.Phase.Final(), a.changed
		log, times := a.log, a.times
		if e.cfg.Break == LogGoneAtEnd && final {
			log = nil
		}
		offset = min(offset, len(log))
		data := append([]byte(nil), log[offset:]...)
		e.mu.Unlock()
		if e.cfg.Break == LogOutOfOrder && len(data) > 1 {
			for i, j := 0, len(data)-1; i < j; i, j = i+1, j-1 {
				data[i], data[j] = data[j], data[i]
			}
		}
		if len(data) > 0 && !(e.cfg.Break == LogOnlyAtEnd && !final) {
			marks := e.marks(times, offset, len(data))
			offset += len(data)
			next := engine.Cursor(strconv.Itoa(offset))
			if e.cfg.Break == WrongCursor {
				next = engine.Cursor(strconv.Itoa(offset + 1))
			}
			if err := f(engine.Chunk{Container: container, Data: data, Marks: marks, Next: next}); err != nil {
				return err
			}
		}
		if final {
			if e.cfg.Break == LogsHang {
				<-ctx.Done()
				return ctx.Err()
			}
			return nil
		}
		if e.cfg.Break == LogsEndEarly && len(data) > 0 {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
