//go:build linux

package keeper

import (
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// The samples of an attempt are a file of records of equal size: time and processor time in microseconds, memory in
// bytes, little endian. A record that was not written whole is no record; the next one takes its place.
const (
	sampleSize  = 24
	maxSamples  = 300
	sampleFirst = 250 * time.Millisecond
	sampleEvery = 500 * time.Millisecond // then; twice as long each time the file is full
)

// Sample is what an attempt had used at one moment.
type Sample struct {
	Time   time.Time
	CPU    time.Duration // of all its processes so far
	Memory int64         // bytes held now
}

func (s Sample) append(b []byte) []byte {
	b = binary.LittleEndian.AppendUint64(b, uint64(s.Time.UnixMicro()))
	b = binary.LittleEndian.AppendUint64(b, uint64(s.CPU.Microseconds()))
	return binary.LittleEndian.AppendUint64(b, uint64(s.Memory))
}

// meter keeps the samples of one attempt. Nothing of them is held in memory, and a nil meter keeps none.
type meter struct {
	dir   string
	file  *os.File  // nil before the first sample
	begun time.Time // with the monotonic clock, by which all samples are told
	count int
	cpu   time.Duration // of the last one
	every time.Duration
	timer *time.Timer
}

func newMeter(root, id string) *meter {
	if id == "" {
		return nil
	}
	return &meter{dir: filepath.Join(root, AttemptsDir, id), begun: time.Now(), every: sampleEvery, timer: time.NewTimer(sampleFirst)}
}

// due fires when the next sample is to be taken.
func (m *meter) due() <-chan time.Time {
	if m == nil {
		return nil
	}
	return m.timer.C
}

// keep adds a sample. The first brings along that nothing was used before anything was started. What cannot be
// written is left out: a run is not disturbed by it.
func (m *meter) keep(cpu time.Duration, memory int64) error {
	m.cpu = max(m.cpu, cpu)
	err := m.write(Sample{m.begun.Add(time.Since(m.begun)), m.cpu, memory})
	if err != nil {
		m.every *= 2 // a full disk is not asked again and again
	}
	m.timer.Reset(m.every)
	return err
}

func (m *meter) write(s Sample) (err error) {
	var data []byte
	if m.file == nil {
		if m.file, err = m.open(SamplesFile); err != nil {
			return err
		}
	}
	if m.count == 0 {
		data = Sample{Time: m.begun}.append(data)
	}
	if m.count == maxSamples {
		if err := m.halve(); err != nil {
			return err
		}
	}
	data = s.append(data)
	if _, err = m.file.WriteAt(data, int64(m.count)*sampleSize); err == nil {
		m.count += len(data) / sampleSize
	}
	return err
}

func (m *meter) open(name string) (*os.File, error) {
	return os.OpenFile(filepath.Join(m.dir, name), os.O_RDWR|os.O_CREATE|os.O_TRUNC|syscall.O_NOFOLLOW, 0o600)
}

// halve drops every second sample of a full file, in one step for who reads it.
func (m *meter) halve() error {
	data := make([]byte, m.count*sampleSize)
	if _, err := m.file.ReadAt(data, 0); err != nil {
		return err
	}
	kept := data[:0]
	for i := 0; i < len(data); i += 2 * sampleSize {
		kept = append(kept, data[i:i+sampleSize]...)
	}
	next, err := m.open("." + SamplesFile)
	if err != nil {
		return err
	}
	if _, err = next.WriteAt(kept, 0); err == nil {
		err = os.Rename(next.Name(), filepath.Join(m.dir, SamplesFile))
	}
	if err != nil {
		_ = next.Close()
		return err
	}
	_ = m.file.Close()
	m.file, m.count, m.every = next, len(kept)/sampleSize, 2*m.every
	return nil
}

func (m *meter) close() {
	if m == nil {
		return
	}
	m.timer.Stop()
	if m.file != nil {
		_ = m.file.Close()
	}
}

// ReadSamples reads what an attempt used over time, oldest first; nothing when it ended before the first sample. It
// answers ErrDamaged when the attempt's own process put something else there, or took the rights off it.
func ReadSamples(dir string) ([]Sample, error) {
	f, _, err := OpenPlain(filepath.Join(dir, SamplesFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSamples*sampleSize))
	if err != nil {
		return nil, err
	}
	var list []Sample
	for ; len(data) >= sampleSize; data = data[sampleSize:] {
		number := func(i int) int64 { return int64(binary.LittleEndian.Uint64(data[8*i:])) }
		s := Sample{time.UnixMicro(number(0)).UTC(), time.Duration(number(1)) * time.Microsecond, number(2)}
		var last Sample
		if len(list) > 0 {
			last = list[len(list)-1]
		}
		if s.CPU < last.CPU || s.Memory < 0 || number(0) <= 0 || len(list) > 0 && !s.Time.After(last.Time) {
			continue
		}
		list = append(list, s)
	}
	return list, nil
}
