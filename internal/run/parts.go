package run

import (
	"bytes"
	"context"
	"strings"

	"dhub/entity"
	"dhub/internal/store"
	"dhub/runtime"
)

// parts are what a run is built from.
type parts struct {
	runtime  runtime.Runtime
	action   runtime.Action
	task     entity.Doc
	function entity.Doc     // or the workflow
	notice   *entity.Notice // the version was superseded
}

// loadParts does the checks of rest-api 4.2 in their order. A task that is missing is made, or, when dry, only
// thought of.
func (m *Manager) loadParts(ctx context.Context, doc *entity.Doc, w Write, dry bool) (p parts, missing bool, err error) {
	if doc.Project == "" {
		return p, false, entity.Invalid("/project", "required", "invalid or missing project")
	}
	spec, err := entity.ParseObject(doc.Spec)
	if err != nil {
		return p, false, entity.Invalid("/spec", "type", "spec: %v", err)
	}
	for _, ref := range []struct{ name, form string }{{"task", "kind+action://project/id"}, {"function", "kind://project/name:id"}, {"workflow", "kind://project/name:id"}} {
		if v := bytes.TrimSpace(spec.Get(ref.name)); !entity.IsNull(v) && v[0] != '"' {
			return p, false, entity.Invalid("/spec/"+ref.name, "type", "spec.%s: got %s, expected text of the form %s", ref.name, clip(string(v)), ref.form)
		}
	}
	ref := spec.Text("function")
	if ref == "" {
		ref = spec.Text("workflow")
	}
	taskRef := strings.TrimSpace(spec.Text("task"))
	key := partsKey{project: doc.Project, kind: doc.Kind, task: taskRef, ref: ref}
	stamp, known := m.cfg.Store.Stamp()
	if known {
		if p, ok := m.parts.get(stamp, key); ok {
			return p, false, nil
		}
	}
	err = m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		err := m.loadTask(ctx, tx, doc, taskRef, ref, &p)
		if err != nil || p.task.ID == "" {
			// That the project exists comes first; where all is well, Insert sees to it.
			if found, missing := tx.Entities().Exists(ctx, entity.Project, doc.Project); missing != nil || !found {
				return noProject(orNotFound(missing))
			}
		}
		return err
	})
	if err != nil || p.task.ID != "" {
		if again, still := m.cfg.Store.Stamp(); err == nil && known && still && again == stamp {
			m.parts.put(stamp, key, p)
		}
		return p, false, err
	}
	x, err := parseExec(ref, *doc)
	if err != nil {
		return p, false, err
	}
	if m.cfg.Catalog == nil {
		return p, false, entity.Invalid("/spec/task", "required", "spec: missing task")
	}
	taskKind, _, _ := strings.Cut(doc.Kind, ":")
	q := store.Query{Entity: entity.Task, Project: doc.Project, Kind: taskKind, Function: x.String(), Size: 1}
	what, target := entity.Function, entity.Object{}
	if kind, ok := m.cfg.Runtimes.Kind(x.Kind); ok && kind.Entity == entity.Workflow {
		what, q.Function, q.Workflow = entity.Workflow, "", x.String()
	}
	target.SetText(what, x.String())
	p.task = entity.Doc{Entity: entity.Task, ID: m.cfg.NewID(), Kind: taskKind, Project: doc.Project, Spec: target.JSON()}
	if !dry {
		if p.task, err = m.cfg.Catalog.EnsureTask(ctx, doc.Project, taskKind, x.String(), w.User); err != nil {
			return p, true, err
		}
	}
	err = m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		if missing = dry; dry {
			page, err := tx.Entities().List(ctx, q)
			if err != nil {
				return err
			}
			if len(page.Items) > 0 {
				missing, p.task = false, page.Items[0].Doc
			}
		}
		return m.loadFunction(ctx, tx, doc, ref, &p)
	})
	return p, missing, err
}

// loadTask loads the task that a run names, and its function. Without a task but with a function nothing is
// loaded.
func (m *Manager) loadTask(ctx context.Context, tx store.Tx, doc *entity.Doc, taskRef, ref string, p *parts) error {
	if err := m.checkKind(doc.Kind, p); err != nil {
		return err
	}
	if taskRef == "" {
		if ref == "" {
			return entity.Invalid("/spec/task", "required", "spec: missing task")
		}
		return nil
	}
	t, err := parseTask(taskRef, *doc)
	if err != nil {
		return err
	}
	rec, err := tx.Entities().Get(ctx, entity.Task, t.ID)
	if entity.IsNotFound(err) {
		return entity.Invalid("/spec/task", "reference", "invalid task: no task %s", clip(taskRef))
	}
	if err != nil {
		return err
	}
	p.task = rec.Doc
	return m.loadFunction(ctx, tx, doc, ref, p)
}

func (m *Manager) checkKind(kind string, p *parts) error {
	rt, ok := m.cfg.Runtimes.ForKind(kind)
	action, known := m.cfg.Runtimes.Action(kind)
	if !ok || !known || kind != entity.KindBase(kind)+"+"+action.Name+":run" {
		return entity.Errorf(entity.CodeNotFound, "No such spec. (missing spec: no runtime here has the run kind %s)", clip(kind))
	}
	p.runtime, p.action = rt, action
	return nil
}

func parseTask(ref string, doc entity.Doc) (entity.TaskRef, error) {
	scheme, rest, ok := strings.Cut(ref, "://")
	if !ok || scheme == "" {
		return entity.TaskRef{}, entity.Invalid("/spec/task", "pattern", "Cannot create accessor for the given task string. (spec.task: %q is not of the form kind+action://project/id)", clip(ref))
	}
	project, id, _ := strings.Cut(rest, "/")
	switch {
	case project == "":
		return entity.TaskRef{}, entity.Invalid("/spec/task", "pattern", "spec: missing project")
	case id == "":
		return entity.TaskRef{}, entity.Invalid("/spec/task", "pattern", "spec: missing task id")
	}
	t, ok := entity.ParseTaskRef(ref)
	if !ok {
		return t, entity.Invalid("/spec/task", "pattern", "Cannot create accessor for the given task string. (spec.task: %q is not of the form kind+action://project/id)", clip(ref))
	}
	if t.Project != doc.Project {
		return t, entity.Invalid("/spec/task", "reference", "project mismatch: the task belongs to %s, the run to %s", clip(t.Project), doc.Project)
	}
	return t, nil
}

func parseExec(ref string, doc entity.Doc) (entity.ExecRef, error) {
	x, ok := entity.ParseExecRef(ref)
	if !ok {
		return x, entity.Invalid("/spec/function", "pattern", "spec.function: %q is not of the form kind://project/name:id", clip(ref))
	}
	if x.Project != doc.Project {
		return x, entity.Invalid("/spec/function", "reference", "project mismatch: the function belongs to %s, the run to %s", clip(x.Project), doc.Project)
	}
	if x.Kind != entity.KindBase(doc.Kind) {
		return x, entity.Invalid("/spec/function", "reference", "spec.function: a run of kind %s cannot execute a function of kind %s", doc.Kind, x.Kind)
	}
	return x, nil
}

// loadFunction loads the executable of the task at exactly its version.
func (m *Manager) loadFunction(ctx context.Context, tx store.Tx, doc *entity.Doc, ref string, p *parts) error {
	if p.task.Project != doc.Project {
		return entity.Invalid("/spec/task", "reference", "project mismatch: the task belongs to %s, the run to %s", p.task.Project, doc.Project)
	}
	if taskKind, _, _ := strings.Cut(doc.Kind, ":"); p.task.Kind != taskKind {
		return entity.Invalid("/spec/task", "reference", "spec.task: a run of kind %s needs a task of kind %s, not %s", doc.Kind, taskKind, p.task.Kind)
	}
	t, err := entity.ParseObject(p.task.Spec)
	if err != nil {
		return entity.Errorf(entity.CodeInternal, "the spec of task %s: %w", p.task.ID, err)
	}
	what, target := entity.Function, t.Text("function")
	if target == "" {
		what, target = entity.Workflow, t.Text("workflow")
	}
	x, ok := entity.ParseExecRef(target)
	if !ok {
		return entity.Invalid("/spec/task", "reference", "invalid executable entity: task %s names no function", p.task.ID)
	}
	if ref != "" && ref != target {
		return entity.Invalid("/spec/"+what, "reference", "spec.%s: %q is not the %s of the task, which is %s", what, clip(ref), what, target)
	}
	rec, err := tx.Entities().Get(ctx, what, x.ID)
	if entity.IsNotFound(err) {
		field := "task"
		if ref != "" {
			field = what
		}
		return entity.Invalid("/spec/"+field, "reference", "invalid executable entity: spec.%s: %s does not exist", field, target)
	}
	if err != nil {
		return err
	}
	p.function = rec.Doc
	p.notice, err = supersededBy(ctx, tx, rec.Doc)
	return err
}
