package catalog

import (
	"context"
	"strings"

	"dhub/entity"
	"dhub/internal/store"
)

// checkRefs checks the form of the references in the spec of a task or a trigger.
func checkRefs(k *descriptor, d entity.Doc) error {
	if k.entity != entity.Task && k.entity != entity.Trigger {
		return nil
	}
	o, err := entity.ParseObject(d.Spec)
	if err != nil {
		return entity.Invalid("/spec", "type", "The field spec must be an object.")
	}
	function, workflow := o.Text("function"), o.Text("workflow")
	if k.entity == entity.Task && function == "" && workflow == "" {
		return entity.Invalid("/spec/function", "required", "The field spec.function is missing; a task names its function (or spec.workflow) as kind://project/name:id.")
	}
	if function != "" && workflow != "" {
		return entity.Invalid("/spec/workflow", "reference", "The fields spec.function and spec.workflow exclude each other.")
	}
	kind := d.Kind
	if k.entity == entity.Trigger {
		t, ok := entity.ParseTaskRef(o.Text("task"))
		if !ok {
			return entity.Invalid("/spec/task", "pattern", "The field spec.task holds %q; kind+action://project/id is expected.", o.Text("task"))
		}
		if t.Project != d.Project {
			return entity.Invalid("/spec/task", "reference", "project mismatch: spec.task lies in project %q, the trigger in %q.", t.Project, d.Project)
		}
		kind = t.Kind
		if d.Kind == "lifecycle" {
			if err := checkWatched(o.Text("key"), d.Project); err != nil {
				return err
			}
		}
	}
	for field, text := range map[string]string{"function": function, "workflow": workflow} {
		if text == "" {
			continue
		}
		r, ok := entity.ParseExecRef(text)
		if !ok {
			return entity.Invalid("/spec/"+field, "pattern", "The field spec.%s holds %q; kind://project/name:id is expected.", field, text)
		}
		if r.Project != d.Project {
			return entity.Invalid("/spec/"+field, "reference", "project mismatch: spec.%s lies in project %q, the %s in %q.", field, r.Project, k.entity, d.Project)
		}
		if r.Kind != entity.KindBase(kind) {
			return entity.Invalid("/spec/"+field, "reference", "The field spec.%s names a %s of kind %q, which does not fit the kind %q.", field, field, r.Kind, kind)
		}
	}
	return nil
}

// checkWatched checks the key of a lifecycle trigger, whose parts after the project may be missing.
func checkWatched(key, project string) error {
	rest, ok := strings.CutPrefix(key, "store://")
	if !ok {
		return entity.Invalid("/spec/key", "pattern", "The field spec.key holds %q; store://project/type/kind/name:id is expected.", key)
	}
	if head, _, _ := strings.Cut(rest, "/"); head != project {
		return entity.Invalid("/spec/key", "reference", "project mismatch: spec.key lies in project %q, the trigger in %q.", head, project)
	}
	return nil
}

// refsExist checks, in the transaction of the write, that what a task or trigger names is there.
func refsExist(ctx context.Context, tx store.Tx, r store.Record) error {
	if r.Entity != entity.Task && r.Entity != entity.Trigger {
		return nil
	}
	gone, ref, err := store.Dangling(ctx, tx, r)
	switch {
	case err != nil || gone == "":
		return err
	case gone == entity.Task:
		return entity.Invalid("/spec/task", "reference", "invalid task: spec.task names %q, which does not exist.", ref)
	default:
		return entity.Invalid("/spec/"+gone, "reference", "invalid executable entity: spec.%s names %q, which does not exist.", gone, ref)
	}
}

// EnsureTask returns the task of a function or workflow version for a task kind and makes it when there is
// none (D6).
func (c *Catalog) EnsureTask(ctx context.Context, project, taskKind, ref, user string) (entity.Doc, error) {
	k, _ := describe(entity.Task)
	if _, ok := c.schemaOf(k, taskKind); !ok {
		return entity.Doc{}, c.noSuchSpec(k, taskKind)
	}
	x, ok := entity.ParseExecRef(ref)
	if !ok {
		return entity.Doc{}, entity.Invalid("/spec/function", "pattern", "The reference %q is not of the form kind://project/name:id.", ref)
	}
	field, q := "function", store.Query{Entity: entity.Task, Project: project, Kind: taskKind, Size: 1}
	if kind, ok := c.runtimes.Kind(x.Kind); ok && kind.Entity == entity.Workflow {
		field, q.Workflow = "workflow", ref
	} else {
		q.Function = ref
	}
	found := func() (entity.Doc, bool, error) {
		p, err := c.List(ctx, q)
		if err != nil || len(p.Items) == 0 {
			return entity.Doc{}, false, err
		}
		return p.Items[0], true, nil
	}
	if d, ok, err := found(); ok || err != nil {
		return d, err
	}
	body := entity.Object{}
	body.SetText("kind", taskKind)
	spec := entity.Object{}
	spec.SetText(field, ref)
	body.Set("spec", spec.JSON())
	made, err := c.Create(ctx, Write{Entity: entity.Task, Project: project, Body: body.JSON(), User: user})
	if err == nil {
		return made, nil
	}
	// Another caller may have made it meanwhile.
	if d, ok, again := found(); ok && again == nil {
		return d, nil
	}
	return entity.Doc{}, err
}
