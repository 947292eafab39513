package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"dhub/entity"
	"dhub/internal/catalog"
	"dhub/internal/run"
	"dhub/internal/store"
)

// logTail is how much of a log its object carries; the whole of it is read by range or as a stream.
const logTail = 2 << 20

func (a *API) logRoutes() []route {
	const tag = "logs"
	query := slices.Concat(pageParams, []param{text("run", "Id of a run."), text("user", "Who created the run.")})
	var out []route
	for _, wide := range []bool{true, false} {
		path, where := proj+"/logs", ""
		if wide {
			path, where = base+"/logs", "InAnyProject"
		}
		out = append(out,
			route{method: "GET", path: path, id: "listLogs" + where, tag: tag, summary: "List logs: of a run, or of all runs, newest first.",
				query: query, answer: "LogPage", handle: listLogs},
			route{method: "GET", path: path + "/{id}", id: "getLog" + where, tag: tag, summary: "Read a log object.", answer: "Log", handle: getLog},
			route{method: "DELETE", path: path + "/{id}", id: "deleteLog" + where, tag: tag, summary: "Delete a log of a run that has ended.", handle: deleteLog},
		)
	}
	where := []param{integer("attempt", "Number of the attempt."), text("container", "Name of the container; the main one unless given.")}
	one := proj + "/runs/{id}"
	return append(out,
		route{method: "GET", path: one + "/logs", id: "listRunLogs", tag: tag, summary: "The log objects of a run, oldest first; each carries the last 2 MiB.",
			answer: "Logs", handle: runLogs},
		route{method: "GET", path: one + "/logs/stream", id: "streamRunLog", tag: tag,
			summary: "Stream a log: each event has the bytes (base64) and their offset; its id is where to resume. All attempts in turn, unless one is named.",
			query: append(slices.Clone(where), text("since", "Offset to begin at, or the id of the last event seen."),
				yes("follow", "Go on until the log can no longer grow. Default true.")),
			headers: []param{text("Last-Event-ID", "As since; sent by browsers that reconnect.")},
			media:   "text/event-stream", answer: "LogEvent", long: true, handle: streamLog},
		route{method: "GET", path: one + "/log", id: "readRunLog", tag: tag, summary: "The bytes of a log, also in ranges.",
			query: where, headers: []param{text("Range", "One range of bytes.")}, media: "application/octet-stream", answer: "Bytes", handle: rawLog},
		route{method: "POST", path: one + "/log", id: "appendRunLog", tag: tag, summary: "Append output of a run that its client executes.",
			query: []param{integer("offset", "Where the bytes begin: what was sent before.").must()}, rawBody: true, handle: appendLog},
	)
}

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

func runLogs(c *call) error {
	d, err := c.runDoc()
	if err != nil {
		return err
	}
	list, err := c.logsOf(d)
	if err != nil {
		return err
	}
	return c.raw(entity.Array(list))
}

func listLogs(c *call) error {
	q := store.Query{Sort: []store.Sort{byCreated}}
	var err error
	if q.Page, q.Size, err = catalog.Paging(c.r.URL.Query(), catalog.DefaultSize); err != nil {
		return err
	}
	q.Page = min(q.Page, maxPage)
	user := c.query("user")
	if id := c.query("run"); id != "" {
		if !entity.ValidSlug(id) {
			return badQuery("run", "pattern", "must be the id of a run, not %q.", clip(id))
		}
		d, err := c.cfg.Runs.Get(c.ctx(), c.project(), id)
		var list []json.RawMessage
		switch {
		case err == nil && (user == "" || user == d.User):
			if list, err = c.logsOf(d); err != nil {
				return err
			}
			slices.Reverse(list)
		case err != nil && !entity.IsNotFound(err) && entity.CodeOf(err) != entity.CodeInvalid:
			return err
		}
		total := len(list)
		from := min(q.Page*q.Size, total)
		list = list[from:min(from+q.Size, total)]
		return c.raw(envelope(entity.Array(list), len(list), int64(total), q))
	}
	// Without a run, a page holds the logs of a page of runs.
	p, err := c.cfg.Runs.List(c.ctx(), store.Query{Entity: entity.Run, Project: c.project(), User: user, Sort: []store.Sort{byCreated}, Page: q.Page, Size: q.Size})
	if err != nil {
		return err
	}
	var list []json.RawMessage
	for _, d := range p.Items {
		logs, err := c.logsOf(d)
		if entity.IsNotFound(err) {
			continue
		}
		if err != nil {
			return err
		}
		slices.Reverse(logs)
		list = append(list, logs...)
	}
	return c.raw(envelope(entity.Array(list), len(list), p.Total, q))
}

// findLog finds the run and the log behind the id of a log object.
func (c *call) findLog() (d entity.Doc, l run.LogView, err error) {
	want := c.id()
	rest, ok := strings.CutPrefix(want, "c-")
	parts := strings.Split(rest, "-")
	if !ok || len(parts) > 40 {
		return d, l, entity.NotFound(entity.Log)
	}
	// The id of the run is some stretch of the parts after the kind, before container and attempt.
	for from := 1; from < len(parts); from++ {
		for to := len(parts); to > from && to >= len(parts)-3; to-- {
			d, err = c.cfg.Runs.Get(c.ctx(), c.project(), strings.Join(parts[from:to], "-"))
			if entity.IsNotFound(err) || entity.CodeOf(err) == entity.CodeInvalid {
				continue
			}
			if err != nil {
				return d, l, err
			}
			infos, err := c.cfg.Logs.Logs(c.ctx(), d.Project, d.ID)
			if err != nil {
				return d, l, err
			}
			for _, l := range infos {
				if logID(d, l) == want {
					return d, l, nil
				}
			}
		}
	}
	return d, l, entity.NotFound(entity.Log)
}

func getLog(c *call) error {
	d, l, err := c.findLog()
	if err != nil {
		return err
	}
	body, err := c.logBody(d, l)
	if err != nil {
		return err
	}
	return c.json(body)
}

// LogDeleter is what RunLogs may offer besides.
type LogDeleter interface {
	DeleteLog(ctx context.Context, project, id string, attempt int, container string) error
}

func deleteLog(c *call) error {
	d, l, err := c.findLog()
	if c.project() == "" && entity.IsNotFound(err) {
		return c.void(nil)
	}
	if err != nil {
		return err
	}
	deleter, ok := c.cfg.Logs.(LogDeleter)
	if !ok {
		return entity.Errorf(entity.CodeUnimplemented, "A log goes together with its run: delete the run %s.", d.ID)
	}
	return c.void(deleter.DeleteLog(c.ctx(), d.Project, d.ID, l.Attempt, l.Container))
}

func appendLog(c *call) error {
	if _, err := c.required("offset"); err != nil {
		return err
	}
	offset, err := c.integer("offset", 0, 0)
	if err != nil {
		return err
	}
	data, err := c.body()
	if err != nil {
		return err
	}
	return c.void(c.cfg.Logs.AppendLog(c.ctx(), c.project(), c.id(), offset, data))
}
