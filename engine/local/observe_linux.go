package local

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"time"

	"dhub/engine"
	"dhub/engine/local/keeper"
	"dhub/entity"
)

const (
	defaultGrace = 10 * time.Second
	maxReport    = 64 << 20
	lookAnyway   = 5 * time.Second // an observation looks at the files even if nobody called
)

// find checks that a handle is this engine's and returns its attempt's name and folder.
func (e *Engine) find(h engine.Handle) (name, dir string, err error) {
	if h.Host != "" && h.Host != e.host {
		return "", "", entity.Errorf(entity.CodeUnavailable, "the attempt belongs to the host %s, this is %s", h.Host, e.host)
	}
	return e.dirOf(h.ID)
}

// Observe implements engine.Engine.
func (e *Engine) Observe(ctx context.Context, h engine.Handle, f func(engine.Status) error) error {
	name, dir, err := e.find(h)
	if err != nil {
		return err
	}
	timer := time.NewTimer(lookAnyway)
	defer timer.Stop()
	var seen int64
	for {
		changed := e.hub.wait(name)
		s, err := e.status(dir, name)
		if err != nil {
			return err
		}
		if s.Gen > seen {
			seen = s.Gen
			if err := f(s); err != nil {
				return err
			}
		}
		if s.Phase.Final() {
			return nil
		}
		timer.Reset(lookAnyway)
		select {
		case <-changed:
		case <-timer.C:
		case <-ctx.Done():
			return ctx.Err()
		case <-e.closed.Done():
			return errClosed
		}
	}
}

// status reads the whole truth about an attempt from its folder.
func (e *Engine) status(dir, name string) (engine.Status, error) {
	rec, err := keeper.ReadRecord(dir)
	if err == nil {
		_, err = os.Lstat(dir)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return engine.Status{}, entity.Errorf(entity.CodeNotFound, "there is no attempt %s here", name)
	}
	if errors.Is(err, keeper.ErrDamaged) { // Remove ends what may still execute
		return engine.Status{Gen: math.MaxInt64, Phase: engine.Lost, Finished: e.cfg.Now().UTC(),
			Reason: engine.Notice{Code: entity.ReasonUnknownOutcome, Message: "the record of the attempt was destroyed, perhaps by its own process"}}, nil
	}
	if err != nil {
		return engine.Status{}, diskError("read the state of "+name, err)
	}
	s := engine.Status{Gen: rec.Gen, Phase: engine.Phase(rec.Phase), Reason: engine.Notice{Code: rec.Code, Message: rec.Message}, Started: rec.Started, Finished: rec.Finished}
	native := map[string]any{"tier": rec.Tier, "tree": rec.Tree}
	if rec.Pid > 0 {
		native["pid"] = rec.Pid
	}
	s.Native, _ = json.Marshal(native)
	if s.Phase == engine.Running {
		s.Ready = 1
	}
	if !s.Phase.Final() {
		return s, nil
	}
	if rec.Exit != nil {
		s.Exit = &engine.Exit{Code: rec.Exit.Code, Signal: rec.Exit.Signal, OOM: rec.Exit.OOM}
	}
	s.Usage = map[string]float64{"cpu_seconds": rec.CPU, "memory_peak_bytes": float64(rec.Peak)}
	report, err := readReport(filepath.Join(dir, keeper.ReportFile))
	switch {
	case err != nil:
		s.Reason = engine.Notice{Code: entity.ReasonReport, Message: "the report cannot be read: " + err.Error()}
		if s.Phase == engine.Succeeded {
			s.Phase = engine.Failed
		}
	default:
		s.Report = report
	}
	return s, nil
}

// readReport reads what the process left; nil when it left nothing. Whatever lies there, it does not hang.
func readReport(path string) (json.RawMessage, error) {
	f, st, err := keeper.OpenPlain(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if errors.Is(err, keeper.ErrDamaged) {
		return nil, errors.New("it is not a file that the server may read")
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if st.Size() > maxReport {
		return nil, errors.New("it is larger than 64 MiB")
	}
	data, err := io.ReadAll(f)
	if err != nil || len(data) == 0 {
		return nil, err
	}
	if !json.Valid(data) {
		return nil, errors.New("it is not JSON")
	}
	return data, nil
}
