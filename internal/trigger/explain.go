package trigger

import (
	"context"
	"strings"

	"dhub/entity"
	"dhub/internal/store"
)

// Explanation says a schedule in words and when it ticks next. Nothing is stored.
type Explanation struct {
	Schedule string   `json:"schedule"`
	Timezone string   `json:"timezone" doc:"Whose clock it follows."`
	Words    string   `json:"words" doc:"In the language of the request."`
	Next     []string `json:"next" doc:"The next times, in UTC; empty when there are none."`
}

// Explain reads an expression; zone "" means the installation's.
func (m *Manager) Explain(expression, zone, lang string, n int) (Explanation, error) {
	p, err := m.plan(options{Schedule: expression, Timezone: zone})
	if err != nil {
		return Explanation{}, err
	}
	e := Explanation{Schedule: expression, Timezone: p.ticks.Location().String(), Words: p.ticks.Words(lang), Next: []string{}}
	for _, t := range p.ticks.Coming(m.cfg.Now(), n) {
		e.Next = append(e.Next, entity.FormatTime(t))
	}
	return e, nil
}

// Match is an entity that the pattern of a lifecycle trigger means.
type Match struct {
	Entity string `json:"entity"`
	ID     string `json:"id"`
	Name   string `json:"name"`
	Kind   string `json:"kind"`
	State  string `json:"state"`
	Key    string `json:"key"`
}

// Matches are what a pattern means among what is stored.
type Matches struct {
	Items    []Match `json:"items" doc:"The newest first."`
	Total    int     `json:"total" doc:"How many of the examined ones match."`
	Examined int     `json:"examined"`
	More     bool    `json:"more" doc:"There are older ones, which were not looked at."`
}

// examined is how many entities Matches looks at.
const examined = 5000

// Matches lists the newest entities of a project that a pattern means, at most n. Nothing is stored.
func (m *Manager) Matches(ctx context.Context, project, key string, n int) (Matches, error) {
	out := Matches{Items: []Match{}}
	p, err := parsePattern(key)
	if err != nil {
		return out, err
	}
	if p.project != project {
		return out, entity.Invalid("/spec/key", "reference", "The field key names the project %q; a trigger of %s sees its own project only.", p.project, project)
	}
	see := func(d entity.Doc, state string) {
		if out.Examined++; p.fits(d.Entity, d.Project, d.Kind, d.Name, d.ID) {
			if out.Total++; len(out.Items) < n {
				out.Items = append(out.Items, Match{d.Entity, d.ID, d.Name, d.Kind, state, d.Key()})
			}
		}
	}
	const size = 500
	err = m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		q := store.Query{Entity: p.typ, Project: project, Size: size}
		for ; out.Examined < examined; q.Page++ {
			if p.typ == entity.Run {
				page, err := tx.Runs().List(ctx, q, false)
				if err != nil {
					return err
				}
				for _, r := range page.Items {
					see(r.Doc, string(r.State))
				}
				if out.More = page.More; !page.More {
					return nil
				}
				continue
			}
			page, err := tx.Entities().List(ctx, q)
			if err != nil {
				return err
			}
			for _, r := range page.Items {
				see(r.Doc, r.State)
			}
			if out.More = page.More; !page.More {
				return nil
			}
		}
		return nil
	})
	return out, err
}

// NextOf tells when the triggers of a project fire next, by id; one that does not is absent.
func (m *Manager) NextOf(ctx context.Context, project string) (map[string]string, error) {
	out := map[string]string{}
	err := m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		list, err := tx.Schedules().Upcoming(ctx, project, examined)
		for _, s := range list {
			if id, ok := cutOwner(s.Owner); ok {
				out[id] = entity.FormatTime(s.Next)
			}
		}
		return err
	})
	return out, err
}

func cutOwner(owner string) (id string, ok bool) { return strings.CutPrefix(owner, "trigger/") }
