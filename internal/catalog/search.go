package catalog

import (
	"cmp"
	"context"
	"html"
	"slices"
	"strings"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// SearchQuery is a search over the entities and runs of a project, or of all for "". Zero fields do not filter.
type SearchQuery struct {
	Project           string
	Words             []string // all must be in id, name, description or labels; of runs also in the function's name
	Types, Kinds      []string
	States, Labels    []string // any of the states, all of the labels
	Name, Description string
	Updated           [2]time.Time // from, to
	Latest            bool         // of versioned entities only the newest version of each name
	ByTime            bool         // the newest change first, instead of the best match

}

// Item is one hit, in the form of the published search.
type Item struct {
	ID         string              `json:"id"`
	Kind       string              `json:"kind"`
	Project    string              `json:"project"`
	Name       string              `json:"name"`
	Type       string              `json:"type" doc:"The type of entity, such as function or run."`
	Status     string              `json:"status"`
	Key        string              `json:"key"`
	Function   string              `json:"function,omitempty" doc:"Of a run: the name of what it executes."`
	Metadata   ItemMetadata        `json:"metadata"`
	Highlights map[string][]string `json:"highlights" doc:"Where the words were found, as HTML with em around them."`
}

// ItemMetadata is the part of the metadata that hits carry.
type ItemMetadata struct {
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Project     string   `json:"project"`
	Version     string   `json:"version"`
	Created     string   `json:"created" format:"date-time"`
	Updated     string   `json:"updated" format:"date-time"`
	UpdatedBy   string   `json:"updated_by"`
	Labels      []string `json:"labels"`
}

// Group is the hits of one name.
type Group struct {
	ID       string `json:"id"`
	KeyGroup string `json:"keyGroup"`
	NumFound int    `json:"numFound"`
	Docs     []Item `json:"docs" doc:"The newest first."`
}

// Found is the outcome of a search: all hits, best first, as far as they are looked for.
type Found struct {
	Items  []Item
	More   bool // there are more than were looked for
	Facets map[string]map[string]int
}

// Bounds of a search.
const (
	searchEntities = 500
	searchRuns     = 200
)

// SearchTypes are the types that a search looks at.
var SearchTypes = []string{entity.Function, entity.Workflow, entity.DataItem, entity.Artifact, entity.Model, entity.Run, entity.Trigger, entity.Secret, entity.Project}

// Search finds entities and runs.
func (c *Catalog) Search(ctx context.Context, q SearchQuery) (Found, error) {
	var out Found
	if err := q.within(); err != nil {
		return out, err
	}
	if len(q.Types) == 0 {
		q.Types = SearchTypes
	}
	var hits []hit
	err := c.store.Read(ctx, func(tx store.Tx) error {
		types := slices.DeleteFunc(slices.Clone(q.Types), func(t string) bool { return t == entity.Run })
		if len(types) > 0 {
			list, err := tx.Stats().Find(ctx, store.FindQuery{Project: q.Project, Words: q.Words, Types: types, Kinds: q.Kinds, Labels: q.Labels, Name: q.Name,
				Description: q.Description, UpdatedFrom: q.Updated[0], UpdatedTo: q.Updated[1], Latest: q.Latest, Limit: searchEntities + 1})
			if err != nil {
				return err
			}
			out.More = len(list) > searchEntities
			for _, r := range list[:min(len(list), searchEntities)] {
				if len(q.States) == 0 || slices.Contains(q.States, r.State) {
					hits = append(hits, hitOf(r.Doc, r.State, "", r.Labels, q.Words))
				}
			}
		}
		if !slices.Contains(q.Types, entity.Run) || q.Description != "" {
			return nil
		}
		runs, more, err := findRuns(ctx, tx, q)
		out.More = out.More || more
		for _, r := range runs {
			hits = append(hits, hitOf(r.Doc, string(r.State), executed(r), r.Labels, q.Words))
		}
		return err
	})
	if err != nil {
		return out, err
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		if a.score != b.score && !q.ByTime {
			return b.score - a.score
		}
		return cmp.Compare(b.Metadata.Updated, a.Metadata.Updated)
	})
	out.Facets = map[string]map[string]int{"type": {}, "kind": {}, "status": {}, "label": {}}
	out.Items = make([]Item, 0, len(hits))
	for _, h := range hits {
		out.Items = append(out.Items, h.Item)
		out.Facets["type"][h.Type]++
		out.Facets["kind"][h.Kind]++
		out.Facets["status"][h.Status]++
		for _, l := range h.Metadata.Labels {
			out.Facets["label"][l]++
		}
	}
	return out, nil
}

func executed(r store.Run) string {
	for _, ref := range []string{r.Function, r.Workflow} {
		if x, ok := entity.ParseExecRef(ref); ok {
			return x.Name
		}
	}
	return ""
}

// findRuns lists the newest runs that hold all words: the longest one is looked up, the others in what that
// finds. A word that is a label finds the runs that carry it.
func findRuns(ctx context.Context, tx store.Tx, q SearchQuery) (out []store.Run, more bool, err error) {
	longest := ""
	for _, word := range q.Words {
		if len(word) > len(longest) {
			longest = word
		}
	}
	rq := store.Query{Project: q.Project, Text: longest, Name: q.Name, UpdatedFrom: q.Updated[0], UpdTo: q.Updated[1], Size: searchRuns}
	if len(q.States) > 0 {
		rq.States = q.States
	}
	if len(q.Labels) > 0 {
		if q.Project == "" {
			return nil, false, nil // labels belong to a project
		}
		rq.Labels = q.Labels
	}
	queries := []store.Query{rq}
	if longest != "" && q.Project != "" {
		labelled := rq
		labelled.Text, labelled.Labels = "", append(slices.Clone(q.Labels), longest)
		queries = append(queries, labelled)
	}
	seen := map[string]bool{}
	for _, rq := range queries {
		page, err := tx.Runs().List(ctx, rq, false)
		if err != nil {
			return nil, false, err
		}
		more = more || page.More
		for _, r := range page.Items {
			text := strings.ToLower(strings.Join(append([]string{r.ID, r.Name, executed(r)}, r.Labels...), "\n"))
			fits := len(q.Kinds) == 0 || slices.Contains(q.Kinds, r.Kind)
			for _, word := range q.Words {
				fits = fits && strings.Contains(text, strings.ToLower(word))
			}
			if fits && !seen[r.ID] {
				seen[r.ID] = true
				out = append(out, r)
			}
		}
	}
	return out, more, nil
}

// hit is an item and how well it fits.
type hit struct {
	Item
	score int
}

func hitOf(d entity.Doc, state, function string, labels []string, words []string) hit {
	metadata, _ := entity.ParseObject(d.Metadata)
	version := metadata.Text("version")
	if version == "" {
		version = d.ID
	}
	project := d.Project
	if d.Entity == entity.Project {
		project = d.Name
	}
	by := d.UpdatedBy
	if by == "" {
		by = d.User
	}
	h := hit{Item: Item{ID: d.ID, Kind: d.Kind, Project: project, Name: d.Name, Type: d.Entity, Status: state, Key: d.Key(), Function: function,
		Metadata: ItemMetadata{Name: d.Name, Description: metadata.Text("description"), Project: project, Version: version, Created: entity.FormatTime(d.Created),
			Updated: entity.FormatTime(d.Updated), UpdatedBy: by, Labels: append([]string{}, labels...)},
		Highlights: map[string][]string{}}}
	for _, f := range []struct{ name, text string }{{"metadata.name", d.Name}, {"metadata.description", h.Metadata.Description}, {"id", d.ID}} {
		if marked, ok := highlight(f.text, words); ok {
			h.Highlights[f.name] = []string{marked}
		}
	}
	name := strings.ToLower(d.Name)
	for _, word := range words {
		word = strings.ToLower(word)
		switch {
		case name == word || strings.EqualFold(d.ID, word):
			h.score += 4
		case strings.HasPrefix(name, word):
			h.score += 3
		case strings.Contains(name, word):
			h.score += 2
		case slices.Contains(labels, word), strings.Contains(strings.ToLower(function), word):
			h.score++
		}
	}
	return h
}

// highlight puts em around the first place of each word in a text, which is data and no HTML.
func highlight(text string, words []string) (string, bool) {
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		return "", false // places differ
	}
	type span struct{ from, to int }
	var spans []span
	for _, word := range words {
		if i := strings.Index(lower, strings.ToLower(word)); i >= 0 && word != "" {
			spans = append(spans, span{i, i + len(word)})
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	var b strings.Builder
	at := 0
	for _, s := range spans {
		if s.from < at || s.to > len(text) {
			continue
		}
		b.WriteString(html.EscapeString(text[at:s.from]) + "<em>" + html.EscapeString(text[s.from:s.to]) + "</em>")
		at = s.to
	}
	b.WriteString(html.EscapeString(text[at:]))
	return b.String(), at > 0
}

// Groups joins hits of one name, in the order of their best ones.
func Groups(items []Item) []Group {
	out := []Group{}
	at := map[string]int{}
	for _, it := range items {
		key := it.Kind + "_" + it.Project + "_" + it.Name
		if it.Type == entity.Run {
			key = it.Kind + "_" + it.Project + "_" + it.ID
		}
		i, there := at[key]
		if !there {
			i = len(out)
			at[key] = i
			out = append(out, Group{ID: key, KeyGroup: key, Docs: []Item{}})
		}
		out[i].NumFound++
		out[i].Docs = append(out[i].Docs, it)
	}
	for i := range out {
		slices.SortStableFunc(out[i].Docs, func(a, b Item) int { return cmp.Compare(b.Metadata.Created, a.Metadata.Created) })
	}
	return out
}
