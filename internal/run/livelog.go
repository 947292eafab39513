package run

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"dhub/engine"
	"dhub/entity"
	"dhub/internal/secret"
	"dhub/internal/store"
)

// errEnough ends a reading of the engine's log that should not wait for more.
var errEnough = errors.New("enough")

// live hands out the log of a running attempt. Without follow it ends when the engine has nothing at hand.
func (d *logReader) live(ctx context.Context, a store.Attempt, follow bool) error {
	values, err := d.m.unseal(attemptID(a), a.Sealed)
	if err != nil {
		return err
	}
	masker := maskFor(values)
	mask := masker.Stream()
	from := d.m.tails.near(a, d.container, d.offset-int64(masker.Lookback()))
	main := d.container
	at := from.offsets[main] // of what was settled
	d.times = logTimes{}
	ended, err := d.m.readLive(ctx, a, from, follow, func(c engine.Chunk, offsets map[string]int64) error {
		if main == "" {
			main = c.Container
			at = from.offsets[main]
		}
		if c.Container != main {
			return nil
		}
		d.times.end = offsets[main]
		d.times.take(c)
		data := mask.Next(c.Data)
		if len(data) == 0 {
			return nil
		}
		err := d.send(at, data, c.Lost)
		at += int64(len(data))
		return err
	})
	// What the mask holds back may be half a value: only the end of the log tells that it is none.
	if rest := mask.Rest(); err == nil && ended && len(rest) > 0 {
		err = d.send(at, rest, 0)
	}
	return err
}

// A reading without follow ends when the engine has had nothing at hand for quiet, or for patience in all: then
// the job prints as fast as it is read.
const (
	quiet    = 20 * time.Millisecond
	patience = 10 * quiet
)

// readLive reads the engine's log from a mark on and remembers further marks. ended tells that no more can
// come, and not that the reader had enough or that the log has moved into the store.
func (m *Manager) readLive(ctx context.Context, a store.Attempt, from mark, follow bool, f func(engine.Chunk, map[string]int64) error) (ended bool, err error) {
	e, ok := m.cfg.Engines.Get(a.Engine)
	if !ok || a.Host != "" && a.Host != e.Describe().Host {
		return false, entity.Errorf(entity.CodeUnavailable, "the log of a running attempt lies with another server")
	}
	var h engine.Handle
	if err := json.Unmarshal(a.Handle, &h); err != nil {
		return false, entity.Errorf(entity.CodeInternal, "the stored handle of attempt %s.%d: %w", a.RunUID, a.Number, err)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var idle *time.Timer
	waiting, waited := time.Now(), time.Duration(0)
	if !follow {
		idle = time.AfterFunc(quiet, func() { cancel(errEnough) })
		defer idle.Stop()
	}
	offsets := map[string]int64{}
	for k, v := range from.offsets {
		offsets[k] = v
	}
	since := int64(0)
	err = e.Logs(ctx, h, from.cursor, func(c engine.Chunk) error {
		if idle != nil { // what the reader takes its time for is not the engine's silence
			idle.Stop()
			waited += time.Since(waiting)
		}
		err := f(c, offsets)
		offsets[c.Container] += int64(len(c.Data))
		if since += int64(len(c.Data)); since >= markEvery {
			since = 0
			m.tails.add(a, c.Next, offsets)
		}
		if idle != nil && err == nil {
			if waited > patience {
				return errEnough
			}
			waiting = time.Now()
			idle.Reset(quiet)
		}
		return err
	})
	if errors.Is(err, errEnough) || err != nil && errors.Is(context.Cause(ctx), errEnough) || entity.IsNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

// liveSizes counts the bytes of a running attempt's logs that ReadLog delivers now: what the mask holds back
// may yet turn out to be a secret.
func (m *Manager) liveSizes(ctx context.Context, a store.Attempt) (map[string]int64, error) {
	values, err := m.unseal(attemptID(a), a.Sealed)
	if errors.Is(err, errSealed) {
		return nil, nil // nothing of it can be read
	}
	if err != nil {
		return nil, err
	}
	from := m.tails.near(a, "", 1<<62)
	sizes, masks := map[string]int64{}, map[string]*secret.Stream{}
	for k, v := range from.offsets {
		sizes[k] = v
	}
	masker := maskFor(values)
	_, err = m.readLive(ctx, a, from, false, func(c engine.Chunk, _ map[string]int64) error {
		if masks[c.Container] == nil {
			masks[c.Container] = masker.Stream()
		}
		sizes[c.Container] += int64(len(masks[c.Container].Next(c.Data)))
		return nil
	})
	return sizes, err
}
