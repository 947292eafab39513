package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// stream follows a run's log and calls f for each piece until the log is complete.
func (s *server) stream(ctx context.Context, run string, f func([]byte)) error {
	req, err := http.NewRequestWithContext(ctx, "GET", s.url+contextPath+"/runs/"+run+"/logs/stream?follow=true", nil)
	if err != nil {
		return err
	}
	resp, err := s.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	in := bufio.NewReaderSize(resp.Body, 1<<16)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return err
		}
		if bytes.HasPrefix(line, []byte("event: end")) {
			return nil
		}
		if data, ok := bytes.CutPrefix(line, []byte("data: ")); ok {
			var piece struct{ Data string }
			if err := json.Unmarshal(data, &piece); err != nil {
				return err
			}
			text, err := base64.StdEncoding.DecodeString(piece.Data)
			if err != nil {
				return err
			}
			f(text)
		}
	}
}

// steady prints lines of 80 bytes at an even rate, each with the instant before it was printed, and leaves
// the hash of all of them as its result.
const steady = `import hashlib, time
def main(lines, rate):
    sum, begun = hashlib.sha256(), time.monotonic()
    for i in range(lines):
        wait = begun + i / rate - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        line = ("%019d %09d " % (time.time_ns(), i)).ljust(79, "x")
        sum.update(line.encode() + b"\n")
        print(line)
    return sum.hexdigest()
`

// logs measures how late lines reach a streaming client, and whether all of them do.
func logs(ctx context.Context, b *bench) error {
	s, f, err := b.warm(ctx, steady)
	if err != nil {
		return err
	}
	defer s.stop()
	n := 1000 * b.rounds(20)
	var r entity
	if err := s.call(ctx, "POST", contextPath+"/runs", runBody(f, object{"lines": n, "rate": 1000}), &r); err != nil {
		return err
	}
	var late sample
	got := sha256.New()
	var rest []byte
	if err := s.stream(ctx, r.ID, func(data []byte) {
		now := time.Now().UnixNano()
		got.Write(data)
		rest = append(rest, data...)
		for {
			i := bytes.IndexByte(rest, '\n')
			if i < 0 {
				break
			}
			if at, err := strconv.ParseInt(string(rest[:min(19, i)]), 10, 64); err == nil {
				late = append(late, time.Duration(now-at))
			}
			rest = rest[i+1:]
		}
	}); err != nil {
		return err
	}
	if r, err = s.wait(ctx, r); err != nil {
		return err
	}
	wrote := resultText(r)
	read := hex.EncodeToString(got.Sum(nil))
	stored := sha256.New()
	if err := s.stream(ctx, r.ID, func(data []byte) { stored.Write(data) }); err != nil {
		return err
	}
	verdict := "met"
	if wrote != read || wrote != hex.EncodeToString(stored.Sum(nil)) || len(late) != n {
		verdict = "**missed**"
	}
	b.rows = append(b.rows, row{fmt.Sprintf("log of %d lines of 80 bytes: hash of what was written equals that of what was streamed live and read afterwards", n),
		"equal", fmt.Sprintf("%d lines, %s… %s… %s…", len(late), wrote[:8], read[:8], hex.EncodeToString(stored.Sum(nil))[:8]), "", verdict})
	b.most("line to streaming client at 1,000 lines a second, p99", "ms", 150, late.ms(0.99), late.spread())
	return nil
}

func resultText(r entity) string {
	var results map[string]string
	_ = json.Unmarshal(r.Status.Results, &results)
	for _, v := range results {
		return v
	}
	return "no result"
}

// flood prints lines of 80 bytes as fast as it can and tells how many a second.
const flood = `import time
def main(lines):
    line = "x" * 79
    begun = time.perf_counter()
    for _ in range(lines):
        print(line)
    return str(lines / (time.perf_counter() - begun))
`

// printing measures the rate at which a job prints, with a streaming client, against the same loop into a
// file.
func printing(ctx context.Context, b *bench) error {
	s, f, err := b.warm(ctx, flood)
	if err != nil {
		return err
	}
	defer s.stop()
	script := filepath.Join(b.dir, "flood.py")
	// Line buffering: what is printed is in the file when print returns, as for a job.
	text := flood + "import sys\nsys.stdout.reconfigure(line_buffering=True)\nsys.stderr.write(main(int(sys.argv[1])))\n"
	if err := os.WriteFile(script, []byte(text), 0o600); err != nil {
		return err
	}
	const lines = 300_000
	printed := func() (float64, error) {
		var r entity
		if err := s.call(ctx, "POST", contextPath+"/runs", runBody(f, object{"lines": lines}), &r); err != nil {
			return 0, err
		}
		if r, err = s.wait(ctx, r); err != nil {
			return 0, err
		}
		size := 0
		if err := s.stream(ctx, r.ID, func(data []byte) { size += len(data) }); err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
		if size != lines*80 {
			return 0, fmt.Errorf("the log has %d bytes, %d were printed", size, lines*80)
		}
		return strconv.ParseFloat(resultText(r), 64)
	}
	written := func() (float64, error) {
		out, err := os.Create(filepath.Join(b.dir, "flood.out"))
		if err != nil {
			return 0, err
		}
		defer out.Close()
		var said bytes.Buffer
		cmd := exec.CommandContext(ctx, b.python, "-I", script, strconv.Itoa(lines))
		cmd.Stdout, cmd.Stderr = out, &said
		if err := cmd.Run(); err != nil {
			return 0, err
		}
		return strconv.ParseFloat(said.String(), 64)
	}
	var job, file, ratio []float64
	for n := range b.rounds(15) {
		rate := map[bool]float64{}                         // of the job, of the loop
		for _, ofJob := range []bool{n%2 == 0, n%2 != 0} { // neither is always the second
			measure := written
			if ofJob {
				measure = printed
			}
			if rate[ofJob], err = measure(); err != nil {
				return err
			}
		}
		job, file, ratio = append(job, rate[true]), append(file, rate[false]), append(ratio, rate[true]/rate[false])
	}
	slices.Sort(ratio)
	// The order statistics that enclose the median in 95 of 100 such measurements: both do the same calls, and the
	// noise of the machine decides which median is a little higher.
	out := int(float64(len(ratio))/2 - 0.98*math.Sqrt(float64(len(ratio))))
	low, high := ratio[max(out, 0)], ratio[len(ratio)-1-max(out, 0)]
	j, jobs := middle(job)
	o, others := middle(file)
	b.add("a job prints lines of 80 bytes, against the same loop into a file line by line", "lines a second", "at least ", o, j, high >= 1,
		fmt.Sprintf("rate of the job by that of the loop: %.3f in the median of %d pairs, between %.3f and %.3f with 95 %%; job %s; file %s", ratio[len(ratio)/2], len(ratio), low, high, jobs, others))
	return nil
}
