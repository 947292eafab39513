package sqlstore

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// sortColumns are the columns of entities by the names of sort fields.
var sortColumns = map[string]string{
	"id": "id", "name": "name", "kind": "kind", "project": "project", "created": "created", "updated": "updated", "createdBy": "usr",
	"updatedBy": "updated_by", "state": "state", "embedded": "embedded", "function": "function", "workflow": "workflow", "task": "task",
}

// checkSort refuses unknown fields and gives the default order.
func checkSort(sort []store.Sort, more ...string) ([]store.Sort, error) {
	for _, s := range sort {
		if sortColumns[s.Field] == "" && !slices.Contains(more, s.Field) {
			return nil, entity.Invalid("sort", "enum", "sort: unknown field %q; expected one of id, name, kind, project, created, updated, createdBy, updatedBy, state, embedded, function, workflow, task", s.Field)
		}
	}
	if len(sort) == 0 {
		return []store.Sort{{Field: "created", Desc: true}}, nil
	}
	return sort, nil
}

// where collects conditions and their arguments.
type where struct {
	conds []string
	args  []any
}

// add appends a condition; each ? in it is the next of args.
func (w *where) add(cond string, args ...any) {
	for _, a := range args {
		w.args = append(w.args, a)
		cond = strings.Replace(cond, "?", "$"+itoa(len(w.args)), 1)
	}
	w.conds = append(w.conds, cond)
}

func (w *where) String() string {
	if len(w.conds) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conds, " AND ")
}

func (w *where) equal(column, value string) {
	if value != "" {
		w.add(column+" = ?", value)
	}
}

func (w *where) like(column, value string) {
	if value != "" {
		w.add("lower("+column+`) LIKE ? ESCAPE '\'`, Like(value))
	}
}

func (w *where) between(column string, from, to time.Time) {
	if !from.IsZero() {
		w.add(column+" >= ?", micros(from))
	}
	if !to.IsZero() {
		w.add(column+" <= ?", micros(to))
	}
}

func entityFilter(q store.Query) *where {
	w := &where{}
	w.add("e.entity = ?", q.Entity)
	w.equal("e.project", q.Project)
	if q.Latest && versioned(q.Entity) {
		w.conds = append(w.conds, "e.latest = 1") // as text: it selects the partial index
	}
	if q.Text != "" {
		w.add(`(lower(e.id) LIKE ? ESCAPE '\' OR lower(e.name) LIKE ? ESCAPE '\')`, Like(q.Text), Like(q.Text))
	}
	w.equal("e.name", q.Name)
	w.like("e.name", q.NameLike)
	w.equal("e.kind", q.Kind)
	w.equal("e.usr", q.User)
	w.equal("e.state", q.State)
	w.oneOf("e.state", q.States)
	for _, ref := range []struct{ column, equal, like string }{
		{"e.function", q.Function, q.FunctionLike}, {"e.workflow", q.Workflow, q.WorkflowLike}, {"e.task", q.Task, q.TaskLike},
	} {
		if ref.equal != "" || ref.like != "" {
			w.conds = append(w.conds, ref.column+" <> ''")
		}
		w.equal(ref.column, ref.equal)
		w.like(ref.column, ref.like)
	}
	for _, name := range []struct{ column, is string }{{"e.function", q.FunctionName}, {"e.workflow", q.WorkflowName}} {
		if name.is != "" { // kind://project/name:id; unlike LIKE, replace tells cases apart
			w.add(name.column+" <> '' AND replace("+name.column+", ?, '') <> "+name.column, "/"+name.is+":")
		}
	}
	w.between("e.created", q.CreatedFrom, q.CreatedTo)
	w.between("e.updated", q.UpdatedFrom, q.UpdTo)
	for _, l := range q.Labels {
		w.add("EXISTS (SELECT 1 FROM labels l WHERE l.project = e.project AND l.label = ? AND l.tab = 0 AND l.num = e.num)", l)
	}
	if q.IDs != nil {
		w.oneOf("e.id", q.IDs)
	}
	return w
}

// oneOf wants one of the values; nil does not filter, an empty list fits nothing.
func (w *where) oneOf(column string, values []string) {
	if values == nil {
		return
	}
	cond := make([]string, len(values))
	args := make([]any, len(values))
	for i, v := range values {
		cond[i], args[i] = "?", v
	}
	if len(cond) == 0 {
		cond = []string{"NULL"}
	}
	w.add(column+" IN ("+strings.Join(cond, ", ")+")", args...)
}

// keyset adds the condition "after the row with these sort values"; num comes last and descends unless the
// first key is a time that ascends.
func (w *where) keyset(columns []string, desc []bool, values []any) {
	var alternatives []string
	for i := range columns {
		var all []string
		for j := range i + 1 {
			op := " = "
			if j == i {
				op = " > "
				if desc[j] {
					op = " < "
				}
			}
			w.args = append(w.args, values[j])
			all = append(all, columns[j]+op+"$"+itoa(len(w.args)))
		}
		alternatives = append(alternatives, "("+strings.Join(all, " AND ")+")")
	}
	// Said once more for the planner: the first key alone bounds the range.
	op := " >= "
	if desc[0] {
		op = " <= "
	}
	w.add(columns[0]+op+"?", values[0])
	w.conds = append(w.conds, "("+strings.Join(alternatives, " OR ")+")")
}

// numDesc tells in which direction equal rows are listed.
func numDesc(sort []store.Sort) bool {
	first := sort[0]
	return first.Desc || first.Field != "created" && first.Field != "updated"
}

// List implements store.Entities.
func (e entities) List(ctx context.Context, q store.Query) (p store.Page[store.Record], err error) {
	if q.Sort, err = checkSort(q.Sort); err != nil {
		return p, err
	}
	if err := e.settle(); err != nil {
		return p, err
	}
	size, countLimit := max(q.Size, 1), int64(e.s.opts.CountLimit)
	page := max(q.Page, 0)
	w := entityFilter(q)
	var total int64
	if _, err := e.c.row(fmt.Sprintf("SELECT count(*) FROM (SELECT 1 AS one FROM entities e%s LIMIT %d) AS c", w, countLimit+1), w.args, &total); err != nil {
		return p, err
	}

	if page > math.MaxInt32 || total <= countLimit && int64(page)*int64(size) > total {
		p.Total, p.Exact = total, total <= countLimit
		return p, nil
	}
	var columns, order []string
	var desc []bool
	for _, s := range q.Sort {
		columns, desc = append(columns, "e."+sortColumns[s.Field]), append(desc, s.Desc)
	}
	columns, desc = append(columns, "e.num"), append(desc, numDesc(q.Sort))
	for i, c := range columns {
		order = append(order, c+map[bool]string{true: " DESC"}[desc[i]])
	}
	key := e.s.memory.key("entities", q)
	offset := ""
	if page > 0 {
		if values, ok := e.s.memory.after(key, page, e.s.opts.Now()); ok {
			w.keyset(columns, desc, values)
		} else {
			offset = fmt.Sprintf(" OFFSET %d", int64(page)*int64(size))
		}
	}
	prefixed := "e." + strings.ReplaceAll(entityCols, ", ", ", e.")
	var rows []entityRow
	var last []any
	err = e.c.rows(fmt.Sprintf("SELECT %s FROM entities e%s ORDER BY %s LIMIT %d%s", prefixed, w, strings.Join(order, ", "), size+1, offset), w.args,
		func(scan func(...any) error) error {
			rows = append(rows, entityRow{})
			return rows[len(rows)-1].scan(scan)
		})
	if err != nil {
		return p, err
	}
	if p.More = len(rows) > size; p.More {
		rows = rows[:size]
		for _, s := range q.Sort {
			last = append(last, rows[size-1].sortValue(s.Field))
		}
		e.s.memory.remember(key, page+1, append(last, rows[size-1].num), e.s.opts.Now())
	}
	for _, r := range rows {
		p.Items = append(p.Items, r.Record)
	}
	p.Total, p.Exact = totalOf(total, total <= countLimit, page, size, len(rows), p.More)
	return p, nil
}

// totalOf mends a total by what the page itself shows: a floor lies past the page if and only if more exists.
func totalOf(total int64, exact bool, page, size, got int, more bool) (int64, bool) {
	end := int64(page)*int64(size) + int64(got)
	switch {
	case more && total <= end:
		return end + 1, false
	case !more && !exact && got > 0:
		return end, true
	case !more && !exact:
		return min(total, int64(page)*int64(size)), false
	}
	return total, exact
}

func (e *entityRow) sortValue(field string) any {
	switch field {
	case "id":
		return e.ID
	case "name":
		return e.Name
	case "kind":
		return e.Kind
	case "project":
		return e.Project
	case "created":
		return micros(e.Created)
	case "updated":
		return micros(e.Updated)
	case "createdBy":
		return e.User
	case "updatedBy":
		return e.UpdatedBy
	case "state":
		return e.State
	case "embedded":
		return flag(e.Embedded)
	case "function":
		return e.Function
	case "workflow":
		return e.Workflow
	}
	return e.Task
}

// Like makes a pattern of LIKE, with \ as its escape, that finds text, lower case, as a substring.
func Like(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(text)) + "%"
}
