package httpapi

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"dhub/entity"
	"dhub/internal/run"
)

// logBody is a log object: what all lines of published clients read.
type logBody struct {
	Content    string            `json:"content"`
	Extensions logExtensions     `json:"extensions"`
	ID         string            `json:"id"`
	Key        string            `json:"key"`
	Kind       string            `json:"kind"`
	Metadata   map[string]string `json:"metadata"`
	Name       string            `json:"name"`
	Project    string            `json:"project"`
	Run        string            `json:"run"`
	Spec       logSpec           `json:"spec"`
	Status     logStatus         `json:"status"`
	User       string            `json:"user"`
}

type logExtensions struct {
	Container string      `json:"container"`
	Metrics   []logSample `json:"metrics"`
}

type logSpec struct {
	Run       string `json:"run"`
	Timestamp int64  `json:"timestamp"`
}

type logStatus struct {
	Attempt   int    `json:"attempt"`
	Closed    bool   `json:"closed"`
	Container string `json:"container"`
	Offset    int64  `json:"offset"` // of the first byte in content
	Size      int64  `json:"size"`   // of the whole log
	State     string `json:"state"`

	Metrics []logSample `json:"metrics"`
}

// The names under which the output of a job's own process is kept, and that of a run its client executes.
const (
	mainContainer   = "main"
	clientContainer = "client"
)

// isMain tells whether a container is what readers mean who name none.
func isMain(container string) bool {
	return container == "" || container == mainContainer || container == clientContainer
}

// logID names a log: the container's published name, and for later attempts and other containers a suffix.
// It is a lower-case slug whatever the run's id is, since published clients refuse any other.
func logID(d entity.Doc, l run.LogView) string {
	kind, _, _ := strings.Cut(d.Kind, ":")
	id := "c-" + slug(strings.ReplaceAll(kind, "+", "")) + "-" + slug(d.ID)
	if !isMain(l.Container) {
		id += "-" + slug(l.Container)
	}
	if l.Attempt > 1 {
		id += "-" + strconv.Itoa(l.Attempt)
	}
	return id
}

// slug makes lower-case letters and digits with single dashes between.
func slug(s string) string {
	var b strings.Builder
	dash := false
	for _, r := range strings.ToLower(s) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			dash = false
			b.WriteRune(r)
			continue
		}
		dash = true
	}
	return b.String()
}

func (c *call) logBody(d entity.Doc, l run.LogView) (logBody, error) {
	id := logID(d, l)
	offset, tail, err := c.tail(d, l)
	if err != nil {
		return logBody{}, err
	}
	user := d.User
	if user == "" {
		user = Anonymous
	}
	samples := c.logSamples(d, l)
	return logBody{
		Content: tail, Extensions: logExtensions{id, samples},
		ID: id, Key: "store://" + d.Project + "/log/log/" + id, Kind: entity.Log, Name: id, Project: d.Project, Run: d.ID, User: user,
		Metadata: map[string]string{"created": entity.FormatTime(l.Created), "name": id, "project": d.Project, "updated": entity.FormatTime(l.Updated)},
		Spec:     logSpec{Run: d.ID, Timestamp: l.Created.Unix()},
		Status:   logStatus{Attempt: l.Attempt, Closed: l.Closed, Container: id, Offset: offset, Size: l.Size, State: string(entity.StateCreated), Metrics: samples},
	}, nil
}

// errEnough ends a reading that has all it wants.
var errEnough = errors.New("enough")

// tail reads the last bytes of a log, base64.
func (c *call) tail(d entity.Doc, l run.LogView) (offset int64, content string, err error) {
	offset = max(0, l.Size-logTail)
	buf := make([]byte, 0, min(l.Size-offset, logTail))
	err = c.cfg.Logs.ReadLog(c.ctx(), d.Project, d.ID, l.Attempt, l.Container, offset, false, func(p run.LogPiece) error {
		if len(buf) == 0 {
			offset = p.Offset
		}
		buf = append(buf, p.Data...)
		if len(buf) >= 2*logTail { // a log that grows faster than it is read
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return 0, "", err
	}
	if over := len(buf) - logTail; over > 0 {
		buf, offset = buf[over:], offset+int64(over)
	}
	return offset, b64(buf), nil
}

// logsOf makes the log objects of a run, oldest first.
func (c *call) logsOf(d entity.Doc) ([]json.RawMessage, error) {
	infos, err := c.cfg.Logs.Logs(c.ctx(), d.Project, d.ID)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(infos, func(a, b run.LogView) int { return a.Created.Compare(b.Created) })
	out := make([]json.RawMessage, 0, len(infos))
	for _, l := range infos {
		body, err := c.logBody(d, l)
		if err != nil {
			return nil, err
		}
		data, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		out = append(out, data)
	}
	return out, nil
}
