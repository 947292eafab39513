package local

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"dhub/engine"
	"dhub/engine/local/keeper"
	"dhub/entity"
)

var _ engine.Sampler = (*Engine)(nil)

// Samples implements engine.Sampler: it reads what the keeper wrote beside the log.
func (e *Engine) Samples(_ context.Context, h engine.Handle) ([]engine.Sample, error) {
	name, dir, err := e.find(h)
	if err != nil {
		return nil, err
	}
	list, err := keeper.ReadSamples(dir)
	if errors.Is(err, keeper.ErrDamaged) { // lost for good: no later try finds them
		if rec, rerr := keeper.ReadRecord(dir); rerr == nil && rec.Final() { // a live one is asked again and again
			e.cfg.Logger.Warn("the samples of an attempt are lost", "attempt", name, "error", err)
		}
		err = nil
	}
	if err == nil {
		_, err = os.Lstat(dir)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, entity.Errorf(entity.CodeNotFound, "there is no attempt %s here", name)
	}
	if err != nil {
		return nil, diskError("read the samples of "+name, err)
	}
	out := make([]engine.Sample, len(list))
	for i, s := range list {
		out[i] = engine.Sample{Time: s.Time, CPU: s.CPU.Seconds(), Memory: s.Memory}
	}
	return out, nil
}
