package httpapi

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"dhub/entity"
)

// logChunk is the data of an event of a log's stream.
type logChunk struct {
	Offset    int64  `json:"offset"`
	Attempt   int    `json:"attempt"`
	Container string `json:"container"`
	Data      string `json:"data"` // base64
	Lost      int64  `json:"lost,omitempty"`
}

// streamLog streams the log of a run. The id of an event is the offset after its bytes; when all attempts
// are streamed, the ids of later ones carry their number before it.
func streamLog(c *call) error {
	run, err := c.runDoc()
	if err != nil {
		return err
	}
	attempt, err := c.integer("attempt", 1, 0)
	if err != nil {
		return err
	}
	follow := true
	if c.query("follow") != "" {
		if follow, err = c.boolean("follow"); err != nil {
			return err
		}
	}
	l := logReader{call: c, run: run, only: int(attempt), attempt: max(int(attempt), 1), container: c.query("container"), follow: follow}
	position := c.r.Header.Get("Last-Event-ID")
	if position == "" {
		position = c.query("since")
	}
	if err := l.resume(position); err != nil {
		return err
	}
	if l.only > 0 || l.container != "" { // what is named must exist, unless it may still come
		if _, known, err := l.info(); err != nil {
			return err
		} else if _, err := c.pickLog(); !known && err != nil && (!follow || finalState(run)) {
			return err
		}
	}
	s := c.sse()
	defer s.close()
	l.s = s
	if err := l.run2end(); err != nil && c.ctx().Err() == nil {
		// The status is sent already. Without an end the client comes back and resumes.
		c.cfg.Logger.WarnContext(c.ctx(), "log stream broke off", "run", run.ID, "request_id", RequestID(c.ctx()), "error", err)
	}
	return nil
}

// logReader goes through the attempts of a run.
type logReader struct {
	*call
	s         *stream
	run       entity.Doc
	only      int // the one attempt that is wanted, 0 for all
	attempt   int // the one that is being read
	offset    int64
	container string
	follow    bool
}

// resume reads the id of an event: offset, or attempt:offset.
func (l *logReader) resume(id string) error {
	if id == "" {
		return nil
	}
	text := id
	if a, b, ok := strings.Cut(id, ":"); ok {
		n, err := strconv.Atoi(a)
		if err != nil || n < 1 || l.only > 0 && n != l.only {
			return badQuery("since", "type", "must be the id of an event of this stream, not %q.", clip(id))
		}
		l.attempt, text = n, b
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return badQuery("since", "type", "must be an offset in bytes or the id of an event of this stream, not %q.", clip(id))
	}
	l.offset = n
	return nil
}

// info finds the log of the attempt that is being read.
func (l *logReader) info() (LogInfo, bool, error) {
	infos, err := l.cfg.Logs.Logs(l.ctx(), l.run.Project, l.run.ID)
	if err != nil {
		return LogInfo{}, false, err
	}
	for _, i := range infos {
		if i.Attempt == l.attempt && sameContainer(i.Container, l.container) {
			return i, true, nil
		}
	}
	return LogInfo{}, false, nil
}

// run2end sends what there is and, when following, what comes until the run and its logs have ended.
func (l *logReader) run2end() error {
	for {
		// The run is read before its logs: a final run has all its logs.
		run, err := l.cfg.Runs.Get(l.ctx(), l.run.Project, l.run.ID)
		if err != nil {
			if entity.IsNotFound(err) {
				return l.end()
			}
			return err
		}
		info, known, err := l.info()
		if err != nil {
			return err
		}
		if known {
			if err := l.read(info); err != nil {
				return err
			}
			if l.only > 0 {
				return l.end()
			}
			l.attempt, l.offset = l.attempt+1, 0
			continue
		}
		if !l.follow || finalState(run) {
			return l.end()
		}
		if _, err := l.cfg.Runs.Wait(l.ctx(), l.run.Project, l.run.ID, run.Seq, 25*time.Second); err != nil {
			if entity.IsNotFound(err) {
				return l.end()
			}
			return err
		}
	}
}

func (l *logReader) end() error {
	data, _ := json.Marshal(map[string]int64{"attempt": int64(l.attempt), "offset": l.offset})
	return l.s.event("end", "", data)
}

func (l *logReader) read(info LogInfo) error {
	name := info.Container
	if name == "" {
		name = mainContainer
	}
	const most = 64 << 10 // of bytes in one event
	return l.cfg.Logs.ReadLog(l.ctx(), l.run.Project, l.run.ID, l.attempt, info.Container, l.offset, l.follow, func(offset int64, data []byte, lost int64) error {
		for first := true; first || len(data) > 0; first = false {
			piece := data[:min(len(data), most)]
			data = data[len(piece):]
			l.offset = offset + int64(len(piece))
			body, err := json.Marshal(logChunk{offset, l.attempt, name, b64(piece), lost})
			if err != nil {
				return err
			}
			id := strconv.FormatInt(l.offset, 10)
			if l.only == 0 && l.attempt > 1 {
				id = strconv.Itoa(l.attempt) + ":" + id
			}
			if err := l.s.event("", id, body); err != nil {
				return err
			}
			offset, lost = l.offset, 0
		}
		return nil
	})
}

// finalState tells whether a rendered run has ended for good.
func finalState(run entity.Doc) bool {
	var s struct {
		State     entity.State `json:"state"`
		Resumable bool         `json:"resumable"`
	}
	_ = json.Unmarshal(run.Status, &s)
	return entity.FinalRun(s.State, s.Resumable)
}
