package client

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"dhub/entity"
)

// RunStatus is the part of a run's status that clients act on.
type RunStatus struct {
	State     entity.State               `json:"state"`
	Message   string                     `json:"message"`
	Reason    *entity.Reason             `json:"reason"`
	Results   map[string]json.RawMessage `json:"results"`
	Outputs   map[string]string          `json:"outputs"`
	Notices   []entity.Notice            `json:"notices"`
	Attempt   int                        `json:"attempt"`
	Started   string                     `json:"started_at"`
	Finished  string                     `json:"finished_at"`
	Resumable bool                       `json:"resumable"`
	Durations Durations                  `json:"durations"`
	Exit      struct {
		Signal int `json:"signal"` // that ended the process, 0 without one
	} `json:"exit"`
}

// Durations says in seconds where the time of a run went. Total is there once it has ended: the sum of the three, from
// its creation to its end.
type Durations struct {
	Queued   float64  `json:"queued"`
	Starting float64  `json:"starting"`
	Running  float64  `json:"running"`
	Total    *float64 `json:"total"`
}

// RunStatus reads the status of a run.
func (e Entity) RunStatus() RunStatus {
	var s RunStatus
	_ = json.Unmarshal(e.Status, &s)
	return s
}

// Final tells whether the run has ended for good.
func (s RunStatus) Final() bool { return entity.FinalRun(s.State, s.Resumable) }

func runPath(project, id string) string {
	return Context(project) + "/runs/" + url.PathEscape(id)
}

// Wait asks the server once to answer when the run's state changes, or after at most d (55 s at most).
func (c *Client) Wait(ctx context.Context, project, id string, d time.Duration) (Entity, error) {
	var e Entity
	q := url.Values{"wait": {strconv.Itoa(int(d.Seconds())) + "s"}}
	return e, c.Do(ctx, http.MethodGet, runPath(project, id), q, nil, &e)
}

// WaitFinal waits until the run has ended for good, for as long as ctx lives.
func (c *Client) WaitFinal(ctx context.Context, project, id string) (Entity, error) {
	for {
		e, err := c.Wait(ctx, project, id, 30*time.Second)
		if err != nil || e.RunStatus().Final() {
			return e, err
		}
	}
}

// Act asks for an action on a run, such as stop. An action that is impossible now changes nothing.
func (c *Client) Act(ctx context.Context, project, id, action string) (Entity, error) {
	var e Entity
	return e, c.Do(ctx, http.MethodPost, runPath(project, id)+"/"+url.PathEscape(action), nil, []byte("{}"), &e)
}

// LogChunk is a piece of a run's log.
type LogChunk struct {
	Attempt   int
	Container string
	Offset    int64 // of Data's first byte in its attempt's log
	Data      []byte
	Lost      int64     // bytes known to be gone before Data
	Times     []LogTime // when Data was written, as far as it is known, by offset
}

// LogTime says that the bytes of a log from Offset on, up to the next one, were written at Time; the zero time says
// that it is not known, as it is not of bytes before any LogTime.
type LogTime struct {
	Offset int64
	Time   time.Time
}

// TimeAt is when the byte at an offset of the log was written, the zero time where that is not known.
func (c LogChunk) TimeAt(offset int64) (at time.Time) {
	for _, t := range c.Times {
		if t.Offset > offset {
			break
		}
		at = t.Time
	}
	return at
}

// StreamLog calls f for each piece of the run's log from the beginning. With follow it goes on until the
// run has ended and its log is complete; without, it ends at the present end. A stream that is cut is
// resumed by offset, so f sees each byte once.
func (c *Client) StreamLog(ctx context.Context, project, id string, follow bool, f func(LogChunk) error) error {
	last := ""
	for failures := 0; ; {
		ended, progress, err := c.streamOnce(ctx, project, id, follow, &last, f)
		if ended || err == nil && !follow {
			return nil
		}
		if own, ok := errors.AsType[callbackError](err); ok {
			return own.error // whatever it is, another stream does not mend it
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil && entity.CodeOf(err) != entity.CodeUnavailable {
			return err
		}
		if progress {
			failures = 0
		}
		if failures++; failures > 5 {
			return err
		}
		t := time.NewTimer(time.Duration(failures) * 200 * time.Millisecond)
		select {
		case <-t.C:
		case <-ctx.Done():
			t.Stop()
			return ctx.Err()
		}
	}
}

// callbackError keeps f's own error apart from those of the connection.
type callbackError struct{ error }

// Unwrap lets errors.Is and errors.As see what f returned.
func (e callbackError) Unwrap() error { return e.error }

func (c *Client) streamOnce(ctx context.Context, project, id string, follow bool, last *string, f func(LogChunk) error) (ended, progress bool, err error) {
	q := url.Values{"follow": {strconv.FormatBool(follow)}}
	if *last != "" {
		q.Set("since", *last)
	}
	resp, err := c.send(ctx, http.MethodGet, runPath(project, id)+"/logs/stream", q, nil, "")
	if err != nil {
		return false, false, err
	}
	defer resp.Body.Close()
	r := bufio.NewReaderSize(resp.Body, 64<<10)
	var event, eid string
	var data bytes.Buffer
	for {
		line, err := r.ReadBytes('\n')
		if err != nil {
			return false, progress, unreachable(c.endpoint, err)
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			if event == "end" {
				return true, progress, nil
			}
			if data.Len() > 0 {
				if err := deliver(data.Bytes(), f); err != nil {
					return false, true, err
				}
				progress, *last = true, eid
			}
			event, eid = "", ""
			data.Reset()
			continue
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		value = bytes.TrimPrefix(value, []byte(" "))
		switch string(name) {
		case "event":
			event = string(value)
		case "id":
			eid = string(value)
		case "data":
			data.Write(value)
		}
	}
}

func deliver(data []byte, f func(LogChunk) error) error {
	var w struct {
		Attempt   int        `json:"attempt"`
		Container string     `json:"container"`
		Offset    int64      `json:"offset"`
		Data      string     `json:"data"`
		Lost      int64      `json:"lost"`
		Times     [][2]int64 `json:"times"`
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return callbackError{entity.Errorf(entity.CodeInternal, "log stream: %w", err)}
	}
	b, err := base64.StdEncoding.DecodeString(w.Data)
	if err != nil {
		return callbackError{entity.Errorf(entity.CodeInternal, "log stream: %w", err)}
	}
	times := make([]LogTime, 0, len(w.Times))
	for _, pair := range w.Times {
		t := LogTime{Offset: pair[0]}
		if pair[1] > 0 {
			t.Time = time.UnixMilli(pair[1]).UTC()
		}
		times = append(times, t)
	}
	if err := f(LogChunk{w.Attempt, w.Container, w.Offset, b, w.Lost, times}); err != nil {
		return callbackError{err}
	}
	return nil
}
