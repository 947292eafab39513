package httpapi

import (
	"context"
	"encoding/json"
	"slices"
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
