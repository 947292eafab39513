package httpapi

import (
	"context"
	"errors"
	"strconv"

	"dhub/entity"
	"dhub/internal/event"
)

func (a *API) eventRoutes() []route {
	stream := func(path, id, of string) route {
		return route{method: "GET", path: path + "/events", id: id, tag: "events",
			summary: "Stream the changes of " + of + ". An event named resume asks to connect again, one named reset to read everything anew.",
			query:   []param{integer("since", "As Last-Event-ID; without either, only what happens from now on.")},
			headers: []param{text("Last-Event-ID", "The id of the last event seen; sent by browsers that reconnect.")},
			media:   "text/event-stream", answer: "Change", long: true, handle: streamEvents}
	}
	return []route{stream(proj, "streamEvents", "a project"), stream(base, "streamAllEvents", "all projects")}
}

// changeBody is the data of an event.
type changeBody struct {
	Seq     int64  `json:"seq"`
	Verb    string `json:"verb"`
	Entity  string `json:"entity"`
	ID      string `json:"id"`
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	State   string `json:"state"`
	Project string `json:"project"`
	At      string `json:"at"`
}

func streamEvents(c *call) error {
	if c.cfg.Events == nil {
		return unavailable("The stream of events")
	}
	project := c.project()
	match := func(e event.Change) bool { return project == "" || e.Project == project }
	if project != "" {
		if _, err := c.cfg.Catalog.Get(c.ctx(), entity.Project, "", project); err != nil {
			return err
		}
	}
	position := c.r.Header.Get("Last-Event-ID")
	if position == "" {
		position = c.query("since")
	}
	after := event.FromNow
	if position != "" {
		n, err := strconv.ParseInt(position, 10, 64)
		if err != nil || n < 0 {
			return badQuery("since", "type", "must be the id of an event of this stream, not %q.", clip(position))
		}
		after = n
	}
	sub, err := c.cfg.Events.Subscribe(c.ctx(), after, match)
	reset := errors.Is(err, event.ErrReset)
	if reset { // the client's position is gone, the stream is not
		sub, err = c.cfg.Events.Subscribe(c.ctx(), event.FromNow, match)
	}
	if errors.Is(err, event.ErrStopped) {
		return errClosing
	}
	if err != nil {
		return err
	}
	defer sub.Close()
	s := c.sse()
	defer s.close()
	if reset {
		if s.event("reset", seqID(sub.Position()), []byte("{}")) != nil {
			return nil
		}
	} else if after == event.FromNow && s.event("ready", seqID(sub.Position()), []byte("{}")) != nil {
		return nil
	}
	for {
		e, err := sub.Next(c.ctx())
		switch {
		case err == nil:
			body := changeBody{e.Seq, e.Verb, e.Entity, e.ID, e.Kind, e.Name, e.State, e.Project, entity.FormatTime(e.At)}
			if s.event("change", seqID(e.Seq), compact(body)) != nil {
				return nil
			}
		case errors.Is(err, event.ErrReset):
			_ = s.event("reset", seqID(c.cfg.Events.Head()), []byte("{}"))
			return nil
		case errors.Is(err, event.ErrLagged), errors.Is(err, event.ErrStopped):
			_ = s.event("resume", seqID(sub.Position()), []byte("{}"))
			return nil
		case errors.Is(err, context.Canceled):
			return nil
		default:
			c.cfg.Logger.WarnContext(c.ctx(), "event stream broke off", "project", project, "request_id", RequestID(c.ctx()), "error", err)
			return nil
		}
	}
}

func seqID(seq int64) string { return strconv.FormatInt(seq, 10) }

// errClosing answers while the server shuts down.
var errClosing = entity.Errorf(entity.CodeUnavailable, "The server is shutting down; ask again in a moment.")
