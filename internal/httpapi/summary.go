package httpapi

import (
	"time"

	"dhub/entity"
	"dhub/internal/catalog"
	"dhub/internal/run"
	"dhub/internal/store"
	"dhub/internal/trigger"
)

// Bounds of a summary.
const (
	maxBuckets  = 500
	nextFires   = 5
	defaultSpan = 24 * time.Hour
	maxSpan     = 366 * 24 * time.Hour
)

func (a *API) summaryRoutes() []route {
	buckets := integer("buckets", "Into how many parts the time is divided: 24 unless given, at most 500.")
	return []route{
		{method: "GET", path: proj + "/summary", id: "getSummary", tag: "console", summary: "All that the overview of a project shows.",
			query: []param{text("since", "How far back it looks: a time such as 24h or 7d, 24h unless given."), buckets}, answer: "ProjectSummary", handle: summary},
		{method: "GET", path: proj + "/summary/runs", id: "countRuns", tag: "runs", summary: "Count the runs that a list with the same filters would have, by state and time of creation.",
			query: append(runQuery()[3:], buckets), answer: "RunCounts", handle: countRuns},
	}
}

// summaryBody is the answer of one call for the overview.
type summaryBody struct {
	Project  string            `json:"project"`
	Now      string            `json:"now" format:"date-time"`
	Counts   []catalog.Count   `json:"counts" doc:"How many entities there are; versions of a name count once."`
	Changed  []catalog.Changed `json:"changed" doc:"Of each type the five that were changed last."`
	Runs     run.Overview      `json:"runs"`
	Triggers []failedTrigger   `json:"triggers" doc:"Triggers that stopped because they could not start a run."`
	Next     []trigger.Fire    `json:"next" doc:"What fires next."`
}

type failedTrigger struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Since   string `json:"since" format:"date-time"`
	Message string `json:"message"`
}

func summary(c *call) error {
	span, err := c.span("since", defaultSpan)
	if err != nil {
		return err
	}
	buckets, err := c.buckets()
	if err != nil {
		return err
	}
	project := c.project()
	if _, err := c.cfg.Catalog.Get(c.ctx(), entity.Project, "", project); err != nil {
		return err
	}
	body := summaryBody{Project: project, Now: entity.FormatTime(c.cfg.Now()), Triggers: []failedTrigger{}, Next: []trigger.Fire{}}
	held, err := c.cfg.Catalog.Summary(c.ctx(), project)
	if err != nil {
		return err
	}
	body.Counts, body.Changed = held.Counts, held.Changed
	if body.Runs, err = c.cfg.Runs.Overview(c.ctx(), project, span, buckets); err != nil {
		return err
	}
	failed, err := c.cfg.Catalog.List(c.ctx(), store.Query{Entity: entity.Trigger, Project: project, State: string(entity.StateError), Sort: []store.Sort{{Field: "updated", Desc: true}}, Size: 10})
	if err != nil {
		return err
	}
	for _, d := range failed.Items {
		status, _ := entity.ParseObject(d.Status)
		body.Triggers = append(body.Triggers, failedTrigger{d.ID, d.Name, d.Kind, entity.FormatTime(d.Updated), status.Text("message")})
	}
	if c.cfg.Triggers != nil {
		if body.Next, err = c.cfg.Triggers.Fires(c.ctx(), project, nextFires); err != nil {
			return err
		}
	}
	return c.json(body)
}

func countRuns(c *call) error {
	q, err := c.runList()
	if err != nil {
		return err
	}
	buckets, err := c.buckets()
	if err != nil {
		return err
	}
	counts, err := c.cfg.Runs.Count(c.ctx(), q, buckets)
	if err != nil {
		return err
	}
	return c.json(counts)
}

func (c *call) buckets() (int, error) {
	n, err := c.integer("buckets", 1, 24)
	if err == nil && n > maxBuckets {
		err = badQuery("buckets", "range", "must be at most %d, not %d.", maxBuckets, n)
	}
	return int(n), err
}

// span reads a length of time: 90m, 24h, 7d.
func (c *call) span(name string, other time.Duration) (time.Duration, error) {
	v := c.query(name)
	if v == "" {
		return other, nil
	}
	d, err := time.ParseDuration(v)
	if n := len(v) - 1; v[n] == 'd' {
		if d, err = time.ParseDuration(v[:n] + "h"); err == nil {
			d = min(d, maxSpan) * 24
		}
	}
	if err != nil || d <= 0 || d > maxSpan {
		return 0, badQuery(name, "pattern", "must be a time such as 90m, 24h or 7d, of at most 366d, not %q.", clip(v))
	}
	return d, nil
}
