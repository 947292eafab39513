package catalog

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// Page sizes of lists.
const (
	DefaultSize = 25
	MaxSize     = 1000
)

// List returns a page. Zero fields of the query get the defaults of the entity type.
func (c *Catalog) List(ctx context.Context, q store.Query) (store.Page[entity.Doc], error) {
	var out store.Page[entity.Doc]
	k, err := find(q.Entity)
	if err != nil {
		return out, err
	}
	if len(q.Sort) == 0 {
		q.Sort = k.defaultOrder(q.Project)
	}
	if q.Size == 0 {
		q.Size = DefaultSize
	}
	err = c.store.Read(ctx, func(tx store.Tx) error {
		p, err := tx.Entities().List(ctx, q)
		if err != nil {
			return err
		}
		out = store.Page[entity.Doc]{Items: make([]entity.Doc, 0, len(p.Items)), Total: p.Total, Exact: p.Exact, More: p.More}
		for _, r := range p.Items {
			d, err := k.doc(ctx, tx, r)
			if err != nil {
				return err
			}
			out.Items = append(out.Items, d)
		}
		return nil
	})
	return out, err
}

func (k *descriptor) defaultOrder(project string) []store.Sort {
	if project == "" {
		return []store.Sort{k.baseOrder}
	}
	return []store.Sort{k.order}
}

var sortFields = []string{"id", "name", "kind", "project", "created", "updated", "createdBy", "updatedBy", "state", "embedded", "labels"}

// ParseQuery reads the query parameters of a list of any entity type, runs included. project is that of the
// path, "" on the base API.
func ParseQuery(entityType, project string, values map[string][]string) (store.Query, error) {
	q := store.Query{Entity: entityType, Project: project}
	k, ok := describe(entityType)
	if !ok {
		return q, entity.Errorf(entity.CodeNotFound, "There are no lists of %q.", entityType)
	}
	var err error
	if q.Page, q.Size, err = Paging(values, DefaultSize); err != nil {
		return q, err
	}
	if q.Sort, err = k.parseSort(values["sort"]); err != nil {
		return q, err
	}
	if len(q.Sort) == 0 {
		q.Sort = k.defaultOrder(project)
	}
	if project == "" && k.context {
		q.Project = first(values, "project")
	}
	for _, list := range values["id"] {
		for id := range strings.SplitSeq(list, ",") {
			if id != "" {
				q.IDs = append(q.IDs, id)
			}
		}
	}
	if k.versioned {
		v := first(values, "versions")
		q.Latest = v == "latest" || project != "" && v != "all"
	}
	for _, name := range k.filters {
		if err := k.filter(&q, name, values); err != nil {
			return q, err
		}
	}
	return q, within(q)
}

func first(values map[string][]string, name string) string {
	if v := values[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// Paging reads page and size: garbage falls back to the first page and the default size.
func Paging(values map[string][]string, size int) (page, n int, err error) {
	if p, err := strconv.Atoi(first(values, "page")); err == nil && p > 0 {
		page = p
	}
	n = size
	if s, err := strconv.Atoi(first(values, "size")); err == nil && s > 0 {
		n = s
	}
	if n > MaxSize {
		return 0, 0, entity.Invalid("size", "range", "max page size exceeded: size is %d, at most %d entries come at once.", n, MaxSize)
	}
	return page, n, nil
}

func (k *descriptor) parseSort(list []string) ([]store.Sort, error) {
	var out []store.Sort
	for _, s := range list {
		field, direction, _ := strings.Cut(s, ",")
		field, direction = strings.TrimSpace(field), strings.TrimSpace(direction)
		if field == "" {
			continue
		}
		if !slices.Contains(sortFields, field) && !slices.Contains(k.sorts, field) {
			return nil, entity.Invalid("sort", "enum", "The query parameter sort names %q; a %s can be sorted by %s.", field, k.entity, strings.Join(append(slices.Clone(sortFields), k.sorts...), ", "))
		}
		if direction != "" && !strings.EqualFold(direction, "asc") && !strings.EqualFold(direction, "desc") {
			return nil, entity.Invalid("sort", "enum", "The query parameter sort asks for the direction %q; ASC or DESC is expected.", direction)
		}
		if field == "labels" {
			continue // has no order that anyone could see
		}
		out = append(out, store.Sort{Field: field, Desc: strings.EqualFold(direction, "desc")})
	}
	return out, nil
}

// filter reads one query parameter into the query.
func (k *descriptor) filter(q *store.Query, name string, values map[string][]string) error {
	v := first(values, name)
	if v == "" {
		return nil
	}
	var err error
	switch name {
	case "q":
		q.Text = v
	case "name":
		switch {
		case k.entity == entity.Project:
			q.NameLike = v
			return nil
		case !entity.ValidSlug(v):
			return badParameter(name, v, "letters, digits and . _ + - are allowed")
		case k.entity == entity.Task:
			q.IDs = append(q.IDs, v)
		default:
			q.Name = v
		}
	case "kind":
		// A raw + in a query arrives as a space; no kind holds one.
		if q.Kind = strings.ReplaceAll(v, " ", "+"); !entity.ValidKind(q.Kind) {
			return badParameter(name, v, "it cannot be a kind")
		}
	case "user":
		q.User = v
	case "state":
		if k.entity != entity.Project || entity.State(v).Valid() {
			states(q, values[name])
		}
	case "created":
		q.CreatedFrom, q.CreatedTo, err = interval(name, values[name])
	case "updated":
		q.UpdatedFrom, q.UpdTo, err = interval(name, values[name])
	case "labels":
		if k.entity == entity.Run {
			return runFilter(q, name, values)
		}
		q.Labels = append(q.Labels, splitAll(values[name])...)
	case "task":
		if q.Task = strings.ReplaceAll(v, " ", "+"); !isTaskRef(q.Task) {
			return badParameter(name, v, "kind+action://project/id is expected")
		}
	case "action":
		if first(values, "task") == "" {
			q.TaskLike = "+" + v + "://"
		}
	case "since", "until", "label", "functionName", "workflowName", "cursor":
		return runFilter(q, name, values)
	case "function":
		q.Function, q.FunctionLike, err = k.executable(name, v)
	case "workflow":
		q.Workflow, q.WorkflowLike, err = k.executable(name, v)
	}
	return err
}

func isTaskRef(s string) bool { _, ok := entity.ParseTaskRef(s); return ok }

// executable reads the reference of a function or workflow. Runs may be asked for all versions of a name by
// a part of the reference.
func (k *descriptor) executable(name, v string) (equal, like string, err error) {
	v = strings.ReplaceAll(v, " ", "+")
	if _, ok := entity.ParseExecRef(v); ok {
		return v, "", nil
	}
	if k.entity != entity.Run {
		return "", "", badParameter(name, v, "kind://project/name:id is expected")
	}
	if ref, ok := entity.ParseTaskRef(v); ok && ref.String() == v {
		v += ":" // kind://project/name means that name, not those that begin with it
	}
	return "", v, nil
}

func badParameter(name, value, want string) error {
	return entity.Invalid(name, "pattern", "The query parameter %s holds %q; %s.", name, value, want)
}

var timeForms = []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02T15:04Z07:00", "2006-01-02"}

// interval reads start or start,end, inclusive on both sides.
func interval(name string, list []string) (from, to time.Time, err error) {
	parts := strings.Split(strings.Join(list, ","), ",")
	if len(parts) > 2 {
		return from, to, badParameter(name, strings.Join(list, ","), "start or start,end is expected")
	}
	for i, p := range parts {
		p = strings.ReplaceAll(strings.TrimSpace(p), " ", "+")
		if p == "" {
			continue
		}
		var at time.Time
		for _, form := range timeForms {
			if at, err = time.Parse(form, p); err == nil {
				break
			}
		}
		if err != nil {
			return from, to, badParameter(name, p, "an ISO date-time such as 2025-01-31T00:00:00Z is expected")
		}
		if i == 0 {
			from = at.UTC()
		} else {
			to = at.UTC()
		}
	}
	return from, to, nil
}
