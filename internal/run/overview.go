package run

import (
	"context"
	"slices"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// Counts are runs by state and, in buckets of time, by creation and state.
type Counts struct {
	Total  int64                  `json:"total" doc:"Runs created within the time that was asked for."`
	Exact  bool                   `json:"exact" doc:"False when there are more than were counted."`
	States map[entity.State]int64 `json:"states"`
	From   string                 `json:"from" format:"date-time"`
	To     string                 `json:"to" format:"date-time"`
	Step   float64                `json:"step" doc:"Seconds of a bucket."`
	Bucket []CountBucket          `json:"buckets"`
}

// CountBucket is one bucket of Counts.
type CountBucket struct {
	From   string                 `json:"from" format:"date-time"`
	Total  int64                  `json:"total"`
	States map[entity.State]int64 `json:"states"`
}

// Count counts the runs that a query selects, between its CreatedFrom (the oldest when zero) and CreatedTo
// (now when zero).
func (m *Manager) Count(ctx context.Context, q store.Query, buckets int) (Counts, error) {
	var h store.Histogram
	err := m.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
		if q.CreatedTo.IsZero() {
			q.CreatedTo = m.now()
		}
		h, err = tx.Stats().Histogram(ctx, q, buckets)
		return err
	})
	if err != nil {
		return Counts{}, err
	}
	out := Counts{Exact: h.Exact, States: map[entity.State]int64{}, From: entity.FormatTime(h.From), To: entity.FormatTime(h.To), Step: h.Step.Seconds(), Bucket: []CountBucket{}}
	for i, counts := range h.Buckets {
		b := CountBucket{From: entity.FormatTime(h.From.Add(time.Duration(i) * h.Step)), States: counts}
		for state, n := range counts {
			b.Total += n
			out.States[state] += n
		}
		out.Total += b.Total
		out.Bucket = append(out.Bucket, b)
	}
	return out, nil
}

// Attention is something that somebody should look at.
type Attention struct {
	Why   string `json:"why" enum:"failed,waiting" doc:"failed: the newest run of a function failed; waiting: a run has stood in one state for long."`
	Run   Brief  `json:"run"`
	Times int64  `json:"times" doc:"How many runs of the function failed within the time; 1 for waiting ones."`
}

// Lane is a line of a chart of time: the runs of one function or workflow, newest first.
type Lane struct {
	Entity string  `json:"entity" enum:"function,workflow"`
	Name   string  `json:"name"`
	Runs   []Brief `json:"runs"`
}

// EngineLoad is how busy an engine is.
type EngineLoad struct {
	Name      string `json:"name"`
	Executing int    `json:"executing"`
	MaxRuns   int    `json:"max_runs"`
}

// Overview is the part of a project's overview that is about runs.
type Overview struct {
	States    map[entity.State]int64 `json:"states" doc:"All runs of the project by state."`
	Recent    Counts                 `json:"recent" doc:"Runs created within the time that was asked for."`
	Attention []Attention            `json:"attention"`
	Timeline  []Lane                 `json:"timeline" doc:"Runs created within the time that was asked for, by name, the name with the newest run first."`
	More      bool                   `json:"more" doc:"The timeline leaves out older runs."`
	Engines   []EngineLoad           `json:"engines"`
}

// Bounds of an overview.
const (
	timelineRuns  = 200
	attentionRuns = 50
	attentionMost = 10
	standingFor   = 5 * time.Minute // a run that waits for so long deserves a look
)

// waiting are the states that a run should leave soon.
var waiting = []string{string(entity.StateCreated), string(entity.StateBuilt), string(entity.StateReady), string(entity.StatePending),
	string(entity.StateStop), string(entity.StateResume), string(entity.StateDeleting)}

// Overview tells how the runs of a project fare.
func (m *Manager) Overview(ctx context.Context, project string, since time.Duration, buckets int) (Overview, error) {
	now := m.now()
	o := Overview{Attention: []Attention{}, Timeline: []Lane{}, Engines: []EngineLoad{}}
	var err error
	if o.Recent, err = m.Count(ctx, store.Query{Project: project, CreatedFrom: now.Add(-since), CreatedTo: now}, buckets); err != nil {
		return o, err
	}
	err = m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		if o.States, err = tx.Runs().CountStates(ctx, project); err != nil {
			return err
		}
		for _, e := range m.EngineOffers() {
			n, err := tx.Runs().CountExecuting(ctx, e.Name)
			if err != nil {
				return err
			}
			o.Engines = append(o.Engines, EngineLoad{e.Name, n, e.MaxRuns})
		}
		if err := o.failed(ctx, tx, project, now.Add(-since)); err != nil {
			return err
		}
		if err := o.waiting(ctx, tx, project, now.Add(-standingFor)); err != nil {
			return err
		}
		return o.lanes(ctx, tx, project, now.Add(-since))
	})
	return o, err
}

// failed lists functions whose newest ended run failed.
func (o *Overview) failed(ctx context.Context, tx store.Tx, project string, since time.Time) error {
	page, err := tx.Runs().List(ctx, store.Query{Project: project, State: string(entity.StateError), UpdatedFrom: since,
		Sort: []store.Sort{{Field: "updated", Desc: true}}, Size: attentionRuns}, false)
	if err != nil {
		return err
	}
	list, err := briefs(page.Items)
	if err != nil {
		return err
	}
	var names []string
	times := map[string]int64{}
	for _, b := range list {
		if times[b.Function]++; times[b.Function] == 1 {
			names = append(names, b.Function)
		}
	}
	last, err := tx.Stats().LastRuns(ctx, entity.Function, project, names, 10)
	if err != nil {
		return err
	}
	told := map[string]bool{}
	for _, b := range list {
		if told[b.Function] || mended(b, last[b.Function].Runs) || len(o.Attention) >= attentionMost {
			continue
		}
		told[b.Function] = true
		o.Attention = append(o.Attention, Attention{Why: "failed", Run: b, Times: times[b.Function]})
	}
	return nil
}

// mended tells whether a later run of the same function completed.
func mended(failed Brief, last []store.Run) bool {
	return slices.ContainsFunc(last, func(r store.Run) bool {
		return r.State == entity.StateCompleted && entity.FormatTime(r.Created) > failed.Created
	})
}

// waiting lists runs that have stood in a state they should leave soon.
func (o *Overview) waiting(ctx context.Context, tx store.Tx, project string, before time.Time) error {
	page, err := tx.Runs().List(ctx, store.Query{Project: project, States: waiting, UpdTo: before, Sort: []store.Sort{{Field: "updated"}}, Size: attentionRuns}, false)
	if err != nil {
		return err
	}
	n := 0
	for _, r := range page.Items {
		if r.Local || r.State == entity.StateReady && !r.Wake.IsZero() || n >= attentionMost {
			continue // its client's matter, or the pause before another attempt
		}
		b, err := brief(r)
		if err != nil {
			return err
		}
		if b.Since > entity.FormatTime(before) {
			continue
		}
		o.Attention, n = append(o.Attention, Attention{Why: "waiting", Run: b, Times: 1}), n+1
	}
	return nil
}

// lanes sorts the newest runs by what they execute.
func (o *Overview) lanes(ctx context.Context, tx store.Tx, project string, since time.Time) error {
	page, err := tx.Runs().List(ctx, store.Query{Project: project, CreatedFrom: since, Size: timelineRuns}, false)
	if err != nil {
		return err
	}
	o.More = page.More
	at := map[[2]string]int{}
	for _, r := range page.Items {
		b, err := brief(r)
		if err != nil {
			return err
		}
		of := [2]string{entity.Function, b.Function}
		if b.Function == "" {
			of = [2]string{entity.Workflow, b.Workflow}
		}
		i, there := at[of]
		if !there {
			i = len(o.Timeline)
			at[of] = i
			o.Timeline = append(o.Timeline, Lane{Entity: of[0], Name: of[1]})
		}
		o.Timeline[i].Runs = append(o.Timeline[i].Runs, b)
	}
	return nil
}
