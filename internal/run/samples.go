package run

import (
	"context"
	"encoding/binary"
	"math"
	"time"

	"dhub/engine"
	"dhub/entity"
)

// sampleTries is how often the samples of an ended attempt are asked for before its run ends without them, and
// sampleWait how long each answer may take: a picture of what a run used is not worth a run that never ends.
const (
	sampleTries = 6
	sampleWait  = 30 * time.Second
)

// sampled reads what an ended attempt used over time out of the engine's hands, packed; nil where the engine takes
// no samples or took none.
func (m *Manager) sampled(ctx context.Context, e engine.Engine, h engine.Handle) ([]byte, error) {
	s, ok := engine.As[engine.Sampler](e)
	if !ok {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, sampleWait)
	defer cancel()
	list, err := s.Samples(ctx, h)
	if entity.IsNotFound(err) {
		return nil, nil // the engine holds nothing of this attempt: there is nothing to keep
	}
	return packSamples(list), err
}

// samplesFormat is the first byte of packed samples: differences as varints follow, three numbers to a sample.
const samplesFormat = 1

// packSamples makes some bytes of each sample; times and processor times are kept in microseconds.
func packSamples(list []engine.Sample) []byte {
	if len(list) == 0 {
		return nil
	}
	out := []byte{samplesFormat}
	var last [3]int64
	for _, s := range list {
		now := [3]int64{s.Time.UnixMicro(), int64(math.Round(s.CPU * 1e6)), s.Memory}
		for i := range now {
			out = binary.AppendVarint(out, now[i]-last[i])
		}
		last = now
	}
	return out
}

func unpackSamples(data []byte) ([]engine.Sample, error) {
	if len(data) == 0 {
		return nil, nil
	}
	broken := entity.Errorf(entity.CodeInternal, "the stored samples are damaged or of a newer dhub")
	if data[0] != samplesFormat {
		return nil, broken
	}
	var list []engine.Sample
	var now [3]int64
	for data = data[1:]; len(data) > 0; {
		for i := range now {
			d, n := binary.Varint(data)
			if n <= 0 {
				return nil, broken
			}
			now[i] += d
			data = data[n:]
		}
		list = append(list, engine.Sample{Time: time.UnixMicro(now[0]).UTC(), CPU: float64(now[1]) / 1e6, Memory: now[2]})
	}
	return list, nil
}
