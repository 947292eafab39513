package httpapi

import (
	"encoding/json"
	"errors"

	"dhub/entity"
)

// nextTimes is how many times a single trigger shows.
const nextTimes = 5

func (a *API) scheduleRoutes() []route {
	return []route{
		{method: "GET", path: base + "/schedules/explain", id: "explainSchedule", tag: "triggers", summary: "A cron expression in words, and its next times. Nothing is stored.",
			query:   []param{text("schedule", "The expression, or a word such as @daily.").must(), text("timezone", "Name of a time zone."), integer("count", "How many times: 5 unless given, at most 50.")},
			headers: []param{languageHeader}, answer: "ScheduleExplanation", open: true, handle: explainSchedule},
		{method: "GET", path: proj + "/matches", id: "previewMatches", tag: "triggers", summary: "Which entities the key pattern of a lifecycle trigger means. Nothing is stored.",
			query:  []param{text("key", "The pattern: store://project/type/kind/name:id, where * stands for anything.").must(), integer("limit", "How many are listed: 20 unless given, at most 200.")},
			answer: "PatternMatches", handle: previewMatches},
	}
}

func explainSchedule(c *call) error {
	if c.cfg.Triggers == nil {
		return unavailable("The service of triggers")
	}
	expression, err := c.required("schedule")
	if err != nil {
		return err
	}
	n, err := c.integer("count", 1, nextTimes)
	if err != nil {
		return err
	}
	e, err := c.cfg.Triggers.Explain(expression, c.query("timezone"), language(c.r), int(min(n, 50)))
	if err != nil {
		return ofQuery(err)
	}
	c.w.Header().Set("Vary", "Accept-Language")
	return c.json(e)
}

// ofQuery makes the pointers of an error about a trigger's spec names of query parameters.
func ofQuery(err error) error {
	e, ok := errors.AsType[*entity.Error](err)
	if !ok || len(e.Fields) != 1 {
		return err
	}
	moved := *e
	moved.Fields = []entity.FieldError{{Pointer: e.Fields[0].Pointer[len("/spec/"):], Message: e.Fields[0].Message, Rule: e.Fields[0].Rule}}
	return &moved
}

func previewMatches(c *call) error {
	if c.cfg.Triggers == nil {
		return unavailable("The service of triggers")
	}
	key, err := c.required("key")
	if err != nil {
		return err
	}
	n, err := c.integer("limit", 1, 20)
	if err != nil {
		return err
	}
	list, err := c.cfg.Triggers.Matches(c.ctx(), c.project(), key, int(min(n, 200)))
	if err != nil {
		return ofQuery(err)
	}
	return c.json(list)
}

// withNext adds the next times to the status of a trigger that runs.
func (c *call) withNext(d entity.Doc, err error) (entity.Doc, error) {
	if err != nil || c.cfg.Triggers == nil {
		return d, err
	}
	times, err := c.cfg.Triggers.Upcoming(c.ctx(), "trigger/"+d.ID, nextTimes)
	if err != nil || len(times) == 0 {
		return d, err
	}
	status, err := entity.ParseObject(d.Status)
	if err != nil {
		return d, err
	}
	var list []string
	for _, t := range times {
		list = append(list, entity.FormatTime(t))
	}
	status = status.Clone()
	status.SetAny("next", list)
	d.Status = status.JSON()
	return d, nil
}

// listTriggers answers with triggers; with include=fires each tells when it fires next and what it fired.
func listTriggers(c *call) error {
	q, err := c.list(entity.Trigger)
	if err != nil {
		return err
	}
	with, err := c.include("fires")
	if err != nil {
		return err
	}
	p, err := c.cfg.Catalog.List(c.ctx(), q)
	if err != nil || !with["fires"] {
		if err != nil {
			return err
		}
		return c.page(p, q)
	}
	next := map[string]string{}
	if c.cfg.Triggers != nil {
		if next, err = c.cfg.Triggers.NextOf(c.ctx(), q.Project); err != nil {
			return err
		}
	}
	var keys []string
	for _, d := range p.Items {
		keys = append(keys, d.Key())
	}
	fired, err := c.cfg.Runs.Fired(c.ctx(), q.Project, keys)
	if err != nil {
		return err
	}
	rows := make([]json.RawMessage, len(p.Items))
	for i, d := range p.Items {
		rows[i] = withMember(entity.Render(d), "fires", compact(fired[d.Key()]))
		if at := next[d.ID]; at != "" {
			rows[i] = withMember(rows[i], "next", compact(at))
		}
	}
	return c.raw(envelope(entity.Array(rows), len(rows), p.Total, q))
}
