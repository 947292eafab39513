package httpapi

import (
	"slices"
	"strconv"
	"time"

	"dhub/entity"
	"dhub/internal/run"
)

// maxWait is the longest time that ?wait= holds an answer back: clients give up after 60 s.
const maxWait = 55 * time.Second

func (a *API) runRoutes() []route {
	const tag = "runs"
	query := slices.Concat(runQuery(), rowParams)
	waitQuery := []param{
		text("wait", "Answer when the state changes, at once when the run has ended, at the latest after this time, such as 30s (55s at most)."),
		integer("since", "With wait: the change (the number in the ETag) that the caller knows; a newer state answers at once."),
	}
	var out []route
	for _, wide := range []bool{true, false} {
		path, where, q := proj+"/runs", "", query
		if wide {
			path, where, q = base+"/runs", "InAnyProject", append(slices.Clone(query), text("project", "The project."))
		}
		one := path + "/{id}"
		out = append(out,
			route{method: "GET", path: path, id: "listRuns" + where, tag: tag, summary: "List runs.", query: q, answer: "RunPage", handle: listRuns},
			route{method: "POST", path: path, id: "createRun" + where, tag: tag, summary: "Create a run and hand it to its engine.", query: append(slices.Clone(writeQuery), resetParam), yaml: true,
				headers: createHeads, body: "RunBody", answer: "Run", once: true, handle: createRun},
			route{method: "GET", path: one, id: "getRun" + where, tag: tag, summary: "Read a run.", query: waitQuery, headers: []param{acceptYAML}, yaml: true, answer: "Run", long: true, handle: getRun},
			route{method: "PUT", path: one, id: "updateRun" + where, tag: tag, summary: "Update a run: what its client or its attempt reports.",
				query: writeQuery, headers: updateHeads, body: "RunBody", answer: "Run", handle: updateRun},
			route{method: "DELETE", path: one, id: "deleteRun" + where, tag: tag, summary: "Delete a run; a live one is ended first.", answer: "Run", handle: deleteRun},
			route{method: "POST", path: one + "/{action}", id: "actOnRun" + where, tag: tag, summary: "Ask for an action such as stop; an impossible one changes nothing.",
				answer: "Run", handle: actOnRun},
		)
	}
	return append(out,
		route{method: "POST", path: proj + "/runs/{id}/heartbeat", id: "heartbeatRun", tag: tag,
			summary: "Sign of life of the client that executes a run with local_execution.", handle: heartbeat},
		route{method: "GET", path: proj + "/runs/{id}/relationships", id: "listRunRelationships", tag: tag,
			summary: "List the relations that touch it.", answer: "Relationships", handle: relationships(entity.Run)},
	)
}

func createRun(c *call) error {
	if c.query("wait") != "" {
		return badQuery("wait", "unknown", "is for reading a run: create it without, then read it with ?wait=.")
	}
	w, err := c.write(entity.Run)
	if err != nil {
		return err
	}
	d, err := c.cfg.Runs.Create(c.ctx(), w)
	return c.made(d, err, func() (entity.Doc, error) { return c.cfg.Runs.Get(c.ctx(), c.project(), c.onceID) })
}

func getRun(c *call) error {
	d, err := waitTime(c.query("wait"))
	if err != nil {
		return err
	}
	if d == 0 {
		d, err := c.cfg.Runs.Get(c.ctx(), c.project(), c.id())
		return c.export(entity.Run, d, err)
	}
	since, err := c.integer("since", 0, 0)
	if err != nil {
		return err
	}
	return c.doc(c.cfg.Runs.Wait(c.ctx(), c.project(), c.id(), since, d))
}

// waitTime reads the parameter wait: 30s, 1500ms, or plain seconds.
func waitTime(v string) (time.Duration, error) {
	if v == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(v)
	if s, e := strconv.ParseFloat(v, 64); e == nil && s >= 0 {
		d, err = time.Duration(min(s, maxWait.Seconds())*float64(time.Second)), nil
	}
	if err != nil || d < 0 {
		return 0, badQuery("wait", "type", "must be a time such as 30s, not %q.", clip(v))
	}
	return min(d, maxWait), nil
}

func updateRun(c *call) error {
	w, err := c.write(entity.Run)
	if err != nil {
		return err
	}
	who := c.who()
	return c.doc(c.cfg.Runs.Update(c.ctx(), w, run.Caller{AttemptUID: who.UID, Attempt: who.Attempt}))
}

func deleteRun(c *call) error {
	return c.doc(c.cfg.Runs.Delete(c.ctx(), c.project(), c.id()))
}

func actOnRun(c *call) error {
	return c.doc(c.cfg.Runs.Act(c.ctx(), c.project(), c.id(), c.r.PathValue("action"), c.who().User))
}

func heartbeat(c *call) error {
	return c.void(c.cfg.Runs.Heartbeat(c.ctx(), c.project(), c.id()))
}

// runDoc makes sure that a run exists in the project of the path.
func (c *call) runDoc() (entity.Doc, error) {
	return c.cfg.Runs.Get(c.ctx(), c.project(), c.id())
}
