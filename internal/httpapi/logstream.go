package httpapi

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"dhub/entity"
	"dhub/internal/run"
)

// logChunk is the data of an event of a log's stream.
type logChunk struct {
	Offset    int64  `json:"offset"`
	Attempt   int    `json:"attempt"`
	Container string `json:"container"`
	Data      string `json:"data"` // base64
	Lost      int64  `json:"lost,omitempty"`
	Times     times  `json:"times,omitempty"`
}

// streamLog streams the log of a run. The id of an event is the offset after its bytes; when all attempts
// are streamed, the ids of later ones carry their number before it.
func streamLog(c *call) error {
	d, err := c.runDoc()
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
	l := logReader{call: c, doc: d, only: int(attempt), attempt: max(int(attempt), 1), container: c.query("container"), follow: follow}
	position := c.r.Header.Get("Last-Event-ID")
	if position == "" {
		position = c.query("since")
	}
	if err := l.resume(position); err != nil {
		return err
	}
	if l.only > 0 || l.container != "" { // what is named must exist, unless it may still come
		if _, err := c.pickLog(); err != nil && (!follow || finalState(d)) {
			return err
		}
	}
	l.s = c.sse()
	defer l.s.close()
	if err := l.toEnd(); err != nil && c.ctx().Err() == nil {
		// The status is sent already. Without an end the client comes back and resumes.
		c.cfg.Logger.WarnContext(c.ctx(), "log stream broke off", "run", d.ID, "request_id", RequestID(c.ctx()), "error", err)
	}
	return nil
}

// logReader goes through the attempts of a run.
type logReader struct {
	*call
	s         *stream
	doc       entity.Doc
	only      int // the one attempt that is wanted, 0 for all
	attempt   int // the one that is being read
	offset    int64
	container string
	follow    bool
	last      [2]int64 // attempt and offset of the log that was read to its end before
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
func (l *logReader) info() (run.LogView, bool, error) {
	infos, err := l.cfg.Logs.Logs(l.ctx(), l.doc.Project, l.doc.ID)
	if err != nil {
		return run.LogView{}, false, err
	}
	for _, i := range infos {
		if max(i.Attempt, 1) == l.attempt && sameContainer(i.Container, l.container) { // 0 is a client's own
			return i, true, nil
		}
	}
	return run.LogView{}, false, nil
}

// toEnd sends what there is and, when following, what comes until the run and its logs have ended.
func (l *logReader) toEnd() error {
	for {
		// The run is read before its logs: a final run has all of them.
		d, err := l.cfg.Runs.Get(l.ctx(), l.doc.Project, l.doc.ID)
		if err != nil {
			return l.gone(err)
		}
		info, known, err := l.info()
		if err != nil {
			return l.gone(err)
		}
		started := statusOf(d).Attempt
		switch final := finalState(d); {
		case known:
		case started >= l.attempt: // it has printed nothing yet
			info = run.LogView{Attempt: l.attempt, Container: l.container}
		case started == 0 && l.attempt == 1 && l.follow && !final: // whatever comes first
			info = run.LogView{Container: l.container}
		case !l.follow || final:
			return l.end()
		default:
			begin := time.Now()
			next, err := l.cfg.Runs.Wait(l.ctx(), l.doc.Project, l.doc.ID, d.Seq, 25*time.Second)
			if err != nil {
				return l.gone(err)
			}
			if next.Seq == d.Seq && time.Since(begin) < time.Second {
				return errClosing // nobody drives runs any more
			}
			continue
		}
		if err := l.read(info); err != nil {
			return l.gone(err)
		}
		if err := l.ctx().Err(); err != nil {
			return err
		}
		if l.only > 0 {
			return l.end()
		}
		l.last = [2]int64{int64(l.attempt), l.offset}
		l.attempt, l.offset = l.attempt+1, 0
	}
}

// gone ends the stream of a run that was deleted meanwhile.
func (l *logReader) gone(err error) error {
	if entity.IsNotFound(err) {
		return l.end()
	}
	return err
}

func (l *logReader) end() error {
	at := [2]int64{int64(l.attempt), l.offset}
	if l.offset == 0 && l.last[0] > 0 { // the attempt after the last one
		at = l.last
	}
	data, _ := json.Marshal(map[string]int64{"attempt": at[0], "offset": at[1]})
	return l.s.event("end", "", data)
}

func (l *logReader) read(info run.LogView) error {
	name := info.Container
	if name == "" {
		name = mainContainer
	}
	const most = 64 << 10 // of bytes in one event
	return l.cfg.Logs.ReadLog(l.ctx(), l.doc.Project, l.doc.ID, info.Attempt, info.Container, l.offset, l.follow, func(p run.LogPiece) error {
		offset, data, lost, marks := p.Offset, p.Data, p.Lost, p.Marks
		for first := true; first || len(data) > 0; first = false {
			piece := data[:min(len(data), most)]
			data = data[len(piece):]
			l.offset = offset + int64(len(piece))
			var when times
			when, marks = cutTimes(marks, offset, l.offset)
			body, err := json.Marshal(logChunk{offset, l.attempt, name, b64(piece), lost, when})
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

// runState is what this package reads of a run's status.
type runState struct {
	State     entity.State `json:"state"`
	Attempt   int          `json:"attempt"`
	Resumable bool         `json:"resumable"`
}

func statusOf(d entity.Doc) (s runState) {
	_ = json.Unmarshal(d.Status, &s)
	return s
}

// finalState tells whether a run has ended for good.
func finalState(d entity.Doc) bool {
	s := statusOf(d)
	return entity.FinalRun(s.State, s.Resumable)
}
