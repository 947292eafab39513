package httpapi

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"dhub/entity"
	"dhub/internal/catalog"
	"dhub/internal/store"
)

// searchRoutes answer in the form of the published search; the shorter path is the console's.
func (a *API) searchRoutes() []route {
	query := []param{text("q", "Words that must all be in name, id, description or labels; of runs also in the function's name."),
		several("fq", `Filters such as type:(function OR run), kind:"table", metadata.name:"x", metadata.labels:(a AND b), metadata.updated:[2026-01-01T00:00:00Z TO *], metadata.description:"x", status:"READY".`),
		several("type", "Types of entities, any of which will do."), several("kind", "Kinds."), several("state", "States."), several("labels", "Labels that must all be present."),
		text("versions", "latest: of each name only the newest version."), pageParams[0], pageParams[1],
		text("sort", "updated: what was changed last comes first; else what fits best.")}
	var out []route
	add := func(path, id, answer string, h handler) {
		out = append(out, route{method: "GET", path: path, id: id, tag: "search", summary: "Search names, labels, descriptions and ids, runs included.", query: query, answer: answer, handle: h})
	}
	for _, at := range []struct{ path, where string }{{base, "InAnyProject"}, {proj, ""}} {
		add(at.path+"/solr/search/item", "searchItems"+at.where, "SearchItemPage", searchItems)
		add(at.path+"/solr/search/group", "searchGroups"+at.where, "SearchGroupPage", searchGroups)
	}
	add(proj+"/search", "search", "SearchItemPage", searchItems)
	add(base+"/search", "searchEverywhere", "SearchItemPage", searchItems)
	return out
}

func searchItems(c *call) error {
	found, q, err := c.search()
	if err != nil {
		return err
	}
	return c.answerFound(found, q, len(found.Items), func(from, to int) any { return found.Items[from:to] })
}

func searchGroups(c *call) error {
	found, q, err := c.search()
	if err != nil {
		return err
	}
	groups := catalog.Groups(found.Items)
	return c.answerFound(found, q, len(groups), func(from, to int) any { return groups[from:to] })
}

// answerFound answers with a page of what a search found.
func (c *call) answerFound(found catalog.Found, q store.Query, n int, part func(from, to int) any) error {
	from := min(q.Page*q.Size, n)
	to := min(from+q.Size, n)
	b := envelope(compact(part(from, to)), to-from, int64(n), q)
	v := c.r.URL.Query()
	b = withMember(b, "filters", compact(map[string][]string{"q": orEmpty(v["q"]), "fq": orEmpty(v["fq"])}))
	b = withMember(b, "facets", compact(found.Facets))
	return c.raw(withMember(b, "exact", compact(!found.More)))
}

func (c *call) search() (catalog.Found, store.Query, error) {
	v := c.r.URL.Query()
	page := store.Query{}
	var err error
	if page.Page, page.Size, err = catalog.Paging(v, catalog.DefaultSize); err != nil {
		return catalog.Found{}, page, err
	}
	page.Page = min(page.Page, maxPage)
	q := catalog.SearchQuery{Project: c.project(), Words: words(c.query("q")), Latest: c.query("versions") == "latest", ByTime: strings.Contains(c.query("sort"), "updated")}
	if q.Project != "" {
		if _, err := c.cfg.Catalog.Get(c.ctx(), entity.Project, "", q.Project); err != nil {
			return catalog.Found{}, page, err
		}
	}
	for name, to := range map[string]*[]string{"type": &q.Types, "kind": &q.Kinds, "state": &q.States, "labels": &q.Labels} {
		for _, list := range v[name] {
			for x := range strings.SplitSeq(list, ",") {
				if x = strings.TrimSpace(x); x != "" {
					*to = append(*to, x)
				}
			}
		}
	}
	for _, f := range v["fq"] {
		if err := searchFilter(&q, f); err != nil {
			return catalog.Found{}, page, err
		}
	}
	for _, t := range q.Types {
		if !slices.Contains(catalog.SearchTypes, t) {
			return catalog.Found{}, page, badQuery("type", "enum", "holds %q; one of %s is expected.", clip(t), strings.Join(catalog.SearchTypes, ", "))
		}
	}
	found, err := c.cfg.Catalog.Search(c.ctx(), q)
	return found, page, err
}

// words takes a query apart; what the query language of published clients adds is dropped.
func words(q string) (out []string) {
	for word := range strings.FieldsSeq(q) {
		if word == "AND" || word == "OR" || word == "*:*" {
			continue
		}
		if word = strings.Trim(word, `*"()`); word != "" {
			out = append(out, word)
		}
	}
	return out
}

var filterForm = regexp.MustCompile(`^\s*(?:metadata\.)?([a-z_]+)\s*:\s*(.+?)\s*$`)

// searchFilter reads one fq: field:"value", field:value, field:(a OR b), field:[from TO to].
func searchFilter(q *catalog.SearchQuery, text string) error {
	m := filterForm.FindStringSubmatch(text)
	if m == nil {
		return badQuery("fq", "pattern", "holds %q; a filter such as type:(function OR run) is expected.", clip(text))
	}
	var list []string
	for v := range strings.FieldsSeq(strings.Trim(m[2], "()")) {
		if v != "OR" && v != "AND" {
			list = append(list, strings.Trim(v, `"`))
		}
	}
	whole := strings.Trim(strings.Trim(m[2], "()"), `"`)
	switch m[1] {
	case "type":
		q.Types = append(q.Types, list...)
	case "kind":
		q.Kinds = append(q.Kinds, list...)
	case "status", "state":
		q.States = append(q.States, list...)
	case "labels":
		q.Labels = append(q.Labels, list...)
	case "name":
		q.Name = whole
	case "description":
		q.Description = whole
	case "project":
		if q.Project == "" {
			q.Project = whole
		}
	case "updated":
		from, to, ok := strings.Cut(strings.Trim(m[2], "[]"), " TO ")
		for i, v := range []string{from, to} {
			if v = strings.TrimSpace(v); v == "*" {
				continue
			}
			t, err := time.Parse(time.RFC3339, v)
			if err != nil {
				t, err = time.Parse("2006-01-02", v)
			}
			if err != nil || !ok {
				return badQuery("fq", "pattern", "holds %q; updated:[2026-01-01T00:00:00Z TO *] is expected.", clip(text))
			}
			q.Updated[i] = t
		}
	default:
		return badQuery("fq", "enum", "filters by %q; type, kind, status, metadata.name, metadata.labels, metadata.description and metadata.updated are known.", clip(m[1]))
	}
	return nil
}

// searchPage is the schema of a page of hits.
func searchPage(page object) object {
	props := page["properties"].(object)
	props["filters"] = object{"type": "object", "additionalProperties": arrayOf(object{"type": "string"})}
	props["facets"] = object{"type": "object", "description": "How many hits there are by type, kind, status and label.",
		"additionalProperties": object{"type": "object", "additionalProperties": object{"type": "integer"}}}
	props["exact"] = object{"type": "boolean", "description": "False: there are more than were looked for."}
	return page
}
