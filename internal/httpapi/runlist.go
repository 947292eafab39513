package httpapi

import (
	"encoding/json"
	"slices"
	"strings"

	"dhub/entity"
	"dhub/internal/catalog"
	"dhub/internal/store"
)

// maxFields is how many members of a run a sparse list may ask for.
const maxFields = 50

// runQuery are the parameters of lists of runs.
func runQuery() []param {
	return slices.Concat(pageParams, listParams[:4], []param{
		several("state", "The state; of several, repeated or separated by commas, any."), listParams[5], listParams[6],
		text("since", "Created at or after this date-time."), text("until", "Created at or before this date-time."),
		several("labels", "Labels that must all be present."),
		text("task", "Reference of a task."), text("action", "The action, such as serve."),
		text("function", "Reference of a function: with its id one version, without every version."),
		text("functionName", "Name of a function, exactly: runs of all its versions."),
		text("workflow", "As function."), text("workflowName", "As functionName."),
		text("trigger", "Id or key of a trigger: runs that it fired."), several("id", "Ids."),
	})
}

// rowParams shape the rows of a list of runs.
var rowParams = []param{
	text("cursor", "The member next of the page before: the list goes on there whatever is created meanwhile. page is not looked at."),
	several("fields", "Members of a run that rows have, such as id, status.state or metadata.labels, repeated or separated by commas; without them rows are whole runs. The id is always there."),
	several("include", "function: the name and the version number of the function or workflow of each run; metrics: the last value of each of its metrics, however they were sent."),
}

// runList reads the filters of a list of runs.
func (c *call) runList() (store.Query, error) {
	q, err := c.list(entity.Run)
	if err != nil {
		return q, err
	}
	switch t := c.query("trigger"); {
	case t == "":
	case strings.HasPrefix(t, "store://"):
		if _, ok := entity.ParseKey(t); !ok {
			return q, badQuery("trigger", "pattern", "must be the id or the key of a trigger, not %q.", clip(t))
		}
		q.Relation = t
	default:
		if !entity.ValidSlug(t) {
			return q, badQuery("trigger", "pattern", "must be the id or the key of a trigger, not %q.", clip(t))
		}
		d, err := c.cfg.Catalog.Get(c.ctx(), entity.Trigger, c.project(), t)
		if entity.IsNotFound(err) {
			return q, badQuery("trigger", "reference", "names the trigger %s, which does not exist.", t)
		}
		if err != nil {
			return q, err
		}
		q.Relation = d.Key()
	}
	return q, nil
}

func listRuns(c *call) error { return c.answerRuns("") }

// answerRuns answers with a page of runs, of those that a relation links with a key when one is given.
func (c *call) answerRuns(relation string) error {
	q, err := c.runList()
	if err != nil {
		return err
	}
	if relation != "" {
		q.Relation = relation
	}
	fields, err := c.fields()
	if err != nil {
		return err
	}
	with, err := c.include("function", "metrics")
	if err != nil {
		return err
	}
	lister := c.cfg.Runs.List
	if fields != nil && !slices.ContainsFunc(fields, func(path []string) bool { return path[0] == "spec" }) {
		lister = c.cfg.Runs.ListLight
	}
	p, err := lister(c.ctx(), q)
	if err != nil {
		return err
	}
	rows := make([]json.RawMessage, len(p.Items))
	var of []json.RawMessage
	var measured []entity.Object
	if with["function"] {
		if of, err = c.executablesOf(p.Items); err != nil {
			return err
		}
	}
	if with["metrics"] {
		if measured, err = c.cfg.Runs.LastMetrics(c.ctx(), p.Items); err != nil {
			return err
		}
	}
	for i, d := range p.Items {
		rows[i] = entity.Render(d)
		if fields != nil {
			rows[i] = pick(rows[i], fields)
		}
		if of != nil {
			rows[i] = withMember(rows[i], "function", of[i])
		}
		if measured != nil {
			rows[i] = withMember(rows[i], "metrics", measured[i].JSON())
		}
	}
	b := envelope(entity.Array(rows), len(rows), p.Total, q)
	if p.Next != "" {
		b = withMember(b, "next", entity.AppendString(nil, p.Next))
	}
	exact := json.RawMessage("true")
	if !p.Exact {
		exact = json.RawMessage("false")
	}
	return c.raw(withMember(b, "exact", exact))
}

// withMember adds a member at the end of an object.
func withMember(o json.RawMessage, name string, value json.RawMessage) json.RawMessage {
	b := append(o[:len(o)-1:len(o)-1], ',')
	b = entity.AppendString(b, name)
	b = append(b, ':')
	return append(append(b, value...), '}')
}

// fields reads the parameter of sparse lists; nil without one.
func (c *call) fields() ([][]string, error) {
	var out [][]string
	for _, v := range c.r.URL.Query()["fields"] {
		for f := range strings.SplitSeq(v, ",") {
			if f = strings.TrimSpace(f); f == "" {
				continue
			}
			if len(out) == maxFields {
				return nil, badQuery("fields", "size", "names more than %d members.", maxFields)
			}
			path := strings.Split(f, ".")
			if slices.Contains(path, "") || len(f) > entity.MaxName {
				return nil, badQuery("fields", "pattern", "must hold names of members such as status.state, not %q.", clip(f))
			}
			out = append(out, path)
		}
	}
	if out != nil {
		out = append(out, []string{"id"})
	}
	return out, nil
}

// include reads which further members a list should have.
func (c *call) include(known ...string) (map[string]bool, error) {
	out := map[string]bool{}
	for _, v := range c.r.URL.Query()["include"] {
		for name := range strings.SplitSeq(v, ",") {
			if name = strings.TrimSpace(name); name == "" {
				continue
			}
			if !slices.Contains(known, name) {
				return nil, badQuery("include", "enum", "holds %q; known here: %s.", clip(name), strings.Join(known, ", "))
			}
			out[name] = true
		}
	}
	return out, nil
}

// pick keeps the members that paths name. What is not there stays away.
func pick(raw json.RawMessage, paths [][]string) json.RawMessage {
	o, err := entity.ParseObject(raw)
	if err != nil {
		return json.RawMessage("null")
	}
	var out entity.Object
	deeper := map[string][][]string{}
	for _, path := range paths {
		if len(path) == 1 {
			deeper[path[0]] = nil
		} else if list, there := deeper[path[0]]; !there || list != nil {
			deeper[path[0]] = append(list, path[1:])
		}
	}
	for _, m := range o {
		list, wanted := deeper[m.Name]
		switch {
		case !wanted:
		case list == nil:
			out.Set(m.Name, m.Value)
		default:
			if len(m.Value) > 0 && m.Value[0] == '{' {
				out.Set(m.Name, pick(m.Value, list))
			}
		}
	}
	return out.JSON()
}

// runExecutable says what a run of a list executes.
type runExecutable struct {
	Entity  string `json:"entity" enum:"function,workflow"`
	ID      string `json:"id"`
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Version int64  `json:"version,omitempty" doc:"Which version of its name it is; absent when it was deleted."`
}

// executablesOf tells what runs execute, with one question for all of them.
func (c *call) executablesOf(list []entity.Doc) ([]json.RawMessage, error) {
	refs := make([]runExecutable, len(list))
	ids := map[string][]string{}
	byProject := map[string]map[string]int64{}
	for i, d := range list {
		spec, _ := entity.ParseObject(d.Spec)
		for _, typ := range executables {
			if x, ok := entity.ParseExecRef(spec.Text(typ)); ok {
				refs[i] = runExecutable{Entity: typ, ID: x.ID, Name: x.Name, Kind: x.Kind}
				if at := typ + "/" + d.Project; !slices.Contains(ids[at], x.ID) {
					ids[at] = append(ids[at], x.ID)
				}
				break
			}
		}
	}
	for at, list := range ids {
		typ, project, _ := strings.Cut(at, "/")
		numbers, err := c.cfg.Catalog.VersionNumbers(c.ctx(), typ, project, list)
		if err != nil {
			return nil, err
		}
		byProject[at] = numbers
	}
	out := make([]json.RawMessage, len(list))
	for i, x := range refs {
		x.Version = byProject[x.Entity+"/"+list[i].Project][x.ID]
		out[i] = compact(x)
	}
	return out, nil
}

// lastRuns is how many runs a row of a list of functions tells of.
const lastRuns = 10

var includeParam = several("include", "runs: how many runs the name has and the newest ten; versions: how many versions.")

// answerList answers with a page of the catalogue.
func (c *call) answerList(q store.Query) error {
	known := []string{}
	if catalog.Versioned(q.Entity) {
		known = append(known, "versions")
	}
	if slices.Contains(executables, q.Entity) {
		known = append(known, "runs")
	}
	with, err := c.include(known...)
	if err != nil {
		return err
	}
	p, err := c.cfg.Catalog.List(c.ctx(), q)
	if err != nil || len(with) == 0 {
		if err != nil {
			return err
		}
		return c.page(p, q)
	}
	if q.Project == "" {
		return badQuery("include", "required", "needs a project.")
	}
	names := make([]string, 0, len(p.Items))
	for _, d := range p.Items {
		if !slices.Contains(names, d.Name) {
			names = append(names, d.Name)
		}
	}
	versions, err := c.cfg.Catalog.VersionCounts(c.ctx(), q.Entity, q.Project, names)
	if err != nil {
		return err
	}
	rows := make([]json.RawMessage, len(p.Items))
	for i, d := range p.Items {
		rows[i] = withMember(entity.Render(d), "versions", compact(versions[d.Name]))
	}
	if with["runs"] {
		recent, err := c.cfg.Runs.Recent(c.ctx(), q.Entity, q.Project, names, lastRuns)
		if err != nil {
			return err
		}
		for i, d := range p.Items {
			rows[i] = withMember(rows[i], "runs", compact(recent[d.Name]))
		}
	}
	return c.raw(envelope(entity.Array(rows), len(rows), p.Total, q))
}
