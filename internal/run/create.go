package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"dhub/engine"
	"dhub/entity"
	"dhub/internal/store"
	"dhub/runtime"
)

// Write is one request to create or change a run.
type Write = entity.Write

// Draft is a checked run that is not stored yet.
type Draft struct {
	m        *Manager
	run      store.Run
	schedule string
}

// Create checks a run, stores it and answers with it. Unless its client executes it or it is the handle of
// a schedule, it is in the queue when Create returns.
func (m *Manager) Create(ctx context.Context, w Write) (entity.Doc, error) {
	d, err := m.Prepare(ctx, w)
	if err != nil {
		return entity.Doc{}, err
	}
	if w.DryRun {
		return d.Doc()
	}
	if err := m.cfg.Store.Write(ctx, func(tx store.Tx) error { return d.Insert(ctx, tx) }); err != nil {
		return entity.Doc{}, err
	}
	d.Stored()
	return d.Doc()
}

// Doc is the run as Get shows it.
func (d *Draft) Doc() (entity.Doc, error) { return document(d.run) }

// Insert stores the run in the caller's transaction; call Stored after its commit.
func (d *Draft) Insert(ctx context.Context, tx store.Tx) error {
	if found, err := tx.Entities().Exists(ctx, entity.Project, d.run.Project); err != nil || !found {
		return noProject(orNotFound(err))
	}
	r, err := tx.Runs().Create(ctx, d.run)
	if err != nil {
		return err
	}
	d.run.Seq = r.Seq
	if d.schedule != "" {
		return d.m.cfg.Scheduler.PutRun(ctx, tx, r, d.schedule)
	}
	return nil
}

// Stored tells the driver of a committed run.
func (d *Draft) Stored() {
	if !d.run.Wake.IsZero() {
		d.m.wakeAt(d.run.Wake)
	}
	kick(d.m.queueKick)
}

// Prepare does everything of Create but storing, for callers that store more in the same transaction.
func (m *Manager) Prepare(ctx context.Context, w Write) (*Draft, error) {
	doc, notices, err := entity.ParseBody(w.Body)
	if err != nil {
		return nil, err
	}
	doc.Entity, doc.User = entity.Run, w.User
	if w.Project != "" {
		doc.Project = w.Project
	}
	if doc.ID == "" {
		doc.ID = w.NewID
	}
	if err := checkEnvelope(doc); err != nil {
		return nil, err
	}
	build := func(dry bool) (d *Draft, missing bool, err error) {
		parts, missing, err := m.loadParts(ctx, &doc, w, dry)
		if err != nil {
			return nil, missing, err
		}
		b := builder{m: m, w: w, doc: doc, parts: parts}
		b.control.notice(notices...)
		d, err = b.build(ctx)
		return d, missing, err
	}
	// A missing task is made only for a run that is right: what is refused changes nothing.
	d, missing, err := build(true)
	if err == nil && missing && !w.DryRun {
		d, _, err = build(false)
	}
	return d, err
}

func checkEnvelope(doc entity.Doc) error {
	if doc.ID != "" && !entity.ValidSlug(doc.ID) {
		return entity.Invalid("/id", "pattern", "id: %q must have 1 to 256 of the characters a-z A-Z 0-9 . _ + -", clip(doc.ID))
	}
	if doc.Name != "" && !entity.ValidSlug(doc.Name) {
		return entity.Invalid("/name", "pattern", "name: %q must have 1 to 256 of the characters a-z A-Z 0-9 . _ + -", clip(doc.Name))
	}
	if doc.Kind == "" {
		return entity.Invalid("/kind", "required", "kind: the kind of the run is missing, such as python+job:run")
	}
	if !entity.ValidKind(doc.Kind) {
		return entity.Invalid("/kind", "pattern", "kind: %q is not a kind", clip(doc.Kind))
	}
	_, err := entity.StatusState(doc.Status)
	return err
}

// orNotFound is the error, or that the project is not there.
func orNotFound(err error) error {
	if err == nil {
		err = entity.NotFound(entity.Project)
	}
	return err
}

func noProject(err error) error {
	if entity.IsNotFound(err) {
		return entity.Invalid("/project", "reference", "invalid or missing project")
	}
	return err
}

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
	ref := spec.Text("function")
	if ref == "" {
		ref = spec.Text("workflow")
	}
	taskRef := strings.TrimSpace(spec.Text("task"))
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

// builder turns a checked request into a run.
type builder struct {
	m       *Manager
	w       Write
	doc     entity.Doc
	parts   parts
	control control
	params  params
	run     store.Run
	engine  engine.Engine
}

func (b *builder) build(ctx context.Context) (*Draft, error) {
	if err := b.buildSpec(ctx); err != nil {
		return nil, err
	}
	b.fill()
	if err := b.relate(); err != nil {
		return nil, err
	}
	if !b.params.Local {
		if err := b.admit(ctx); err != nil {
			return nil, err
		}
	}
	schedule, err := b.begin()
	if err != nil {
		return nil, err
	}
	if err := b.control.put(&b.run); err != nil {
		return nil, err
	}
	return &Draft{m: b.m, run: b.run, schedule: schedule}, nil
}

// buildSpec completes the run's own part and checks the merged spec.
func (b *builder) buildSpec(ctx context.Context) error {
	own, err := entity.ParseObject(b.doc.Spec)
	if err != nil {
		return entity.Invalid("/spec", "type", "spec: %v", err)
	}
	own.SetText("task", b.parts.task.Ref())
	own.SetText(b.parts.function.Entity, b.parts.function.Ref())
	var notices []entity.Notice
	b.doc.Spec, notices, err = b.m.checkSpec(ctx, b.parts, b.doc.Kind, own.JSON(), b.w.Strict)
	if err != nil {
		return err
	}
	b.control.notice(notices...)
	b.params, err = readParams(compose(b.doc.Spec, b.parts.task.Spec, b.parts.function.Spec))
	if err != nil {
		return err
	}
	if b.params.Profile != "" {
		if b.w.Strict {
			return entity.Invalid("/spec/profile", "reference", "spec.profile: there is no profile %q", clip(b.params.Profile))
		}
		b.control.notice(entity.Notice{Field: "/spec/profile", Code: "unknown_profile",
			Message: fmt.Sprintf("There is no profile %q; the run is executed without it.", clip(b.params.Profile))})
	}
	return nil
}

// checkSpec validates the merged spec. Fields of the run's own part that the run kind's schema does not know
// are dropped with a notice, or refused when strict (D23).
func (m *Manager) checkSpec(ctx context.Context, p parts, kind string, own json.RawMessage, strict bool) (json.RawMessage, []entity.Notice, error) {
	merged := compose(own, p.task.Spec, p.function.Spec)
	var notices []entity.Notice
	if len(p.action.Run) > 0 {
		unknown, err := runtime.Check(p.action.Run, merged)
		if err != nil {
			return nil, nil, inSpec(err)
		}
		mine, err := entity.ParseObject(own)
		if err != nil {
			return nil, nil, err
		}
		unknown = slices.DeleteFunc(unknown, func(at string) bool {
			name, _, _ := strings.Cut(strings.TrimPrefix(at, "/"), "/")
			return mine.Get(strings.NewReplacer("~1", "/", "~0", "~").Replace(name)) == nil
		})
		if len(unknown) > 0 && strict {
			return nil, nil, inSpec(runtime.Unknown(unknown))
		}
		if len(unknown) > 0 {
			if own, err = runtime.Drop(own, unknown); err != nil {
				return nil, nil, err
			}
			merged = compose(own, p.task.Spec, p.function.Spec)
		}
		for _, at := range unknown {
			notices = append(notices, entity.Notice{Field: "/spec" + at, Code: "unknown_field",
				Message: "The kind " + kind + " does not know this field; it is not stored."})
		}
	}
	_, err := p.runtime.Normalise(ctx, kind, merged)
	return own, notices, inSpec(err)
}

// inSpec makes the pointers of an error about a spec pointers into the body.
func inSpec(err error) error {
	e, ok := errors.AsType[*entity.Error](err)
	if !ok || e.Code != entity.CodeInvalid {
		return err
	}
	moved := *e
	moved.Fields = slices.Clone(e.Fields)
	for i, f := range moved.Fields {
		if !strings.HasPrefix(f.Pointer, "/spec") {
			moved.Fields[i].Pointer = "/spec" + f.Pointer
		}
	}
	return &moved
}

// fill sets what the server owns of the envelope.
func (b *builder) fill() {
	now := b.m.now()
	if b.doc.ID == "" {
		b.doc.ID = b.m.cfg.NewID()
	}
	if b.doc.Name == "" {
		b.doc.Name = randomName()
	}
	b.doc.Created, b.doc.Updated, b.doc.UpdatedBy = now, now, b.w.User
	b.doc.Status = clientStatus(b.doc.Status)
	b.run = store.Run{Doc: b.doc, UID: b.m.cfg.NewID(), Task: b.parts.task.Ref(), Desired: store.WantRun,
		FunctionSpec: b.parts.function.Spec, TaskSpec: b.parts.task.Spec, Local: b.params.Local,
		Resume: b.parts.action.Resumable, Labels: entity.Labels(b.doc.Metadata)}
	if b.parts.function.Entity == entity.Workflow {
		b.run.Workflow = b.parts.function.Ref()
	} else {
		b.run.Function = b.parts.function.Ref()
	}
	b.control.Backoff, b.control.Trigger = b.params.Backoff, b.w.Trigger
	if b.parts.notice != nil {
		b.control.notice(*b.parts.notice)
	}
}

// relate adds run_of and consumes to the relationships that came.
func (b *builder) relate() error {
	add := []entity.Relation{{Type: entity.RunOf, Dest: b.parts.function.Key()}}
	for _, name := range sortedKeys(b.params.Inputs) {
		add = append(add, entity.Relation{Type: entity.Consumes, Dest: b.params.Inputs[name]})
	}
	metadata, err := relate(b.doc.Metadata, b.run.Key(), add)
	if err != nil {
		return err
	}
	b.run.Metadata = metadata
	b.run.Relations = entity.Relations(metadata, b.run.Key())
	return nil
}

// admit chooses the engine and asks it, before anything is stored, what it would refuse or not honour.
func (b *builder) admit(ctx context.Context) error {
	name := b.params.Engine
	if name == "" {
		name = b.m.cfg.DefaultEngine
	}
	e, ok := b.m.cfg.Engines.Get(name)
	if !ok {
		return entity.Invalid("/spec/engine", "reference", "spec.engine: there is no engine %q; there are %s", clip(name), strings.Join(b.m.cfg.Engines.Names(), ", "))
	}
	b.engine, b.run.Engine = e, name
	d := e.Describe()
	if !slices.Contains(d.Kinds, b.parts.action.Engine) {
		return entity.Invalid("/kind", "reference", "kind: the engine %s executes no %s", name, b.parts.action.Engine)
	}
	for _, need := range b.parts.action.Needs {
		if !d.Capabilities[need] {
			return entity.Invalid("/kind", "reference", "kind: %s needs %s, which the engine %s does not offer", b.doc.Kind, need, name)
		}
	}
	probe := engine.Runnable{ID: engine.ID{Run: b.doc.ID, UID: b.run.UID, Attempt: 1}, Project: b.doc.Project, User: b.doc.User,
		Kind: b.parts.action.Engine, Main: engine.Process{Command: []string{"true"}, Env: b.params.Envs}}
	b.params.apply(&probe)
	notices, err := e.Admit(ctx, probe)
	switch entity.CodeOf(err) {
	case "":
	case entity.CodeUnavailable:
		b.m.log.WarnContext(ctx, "the engine did not answer whether it admits a run", "engine", name, "run", b.doc.ID, "error", err)
	default:
		return err
	}
	b.control.remark(mergeNotices(notices, b.params.notHonoured(d))) // the engine knows better what it does instead
	return nil
}

// begin puts the run into its first state. All steps up to READY are recorded in the one write.
func (b *builder) begin() (schedule string, err error) {
	now, c, r := b.doc.Created, &b.control, &b.run
	c.enter(r, entity.StateCreated, "", now)
	switch {
	case b.params.Local:
		c.because(entity.ReasonClientDriven, "")
		c.Message = ""
		c.Heard = now
		r.Wake = now.Add(b.m.cfg.SilentNotice)
		return "", nil
	case b.params.Schedule != "" && b.w.Trigger == nil: // what a schedule fires is no schedule again
		if b.m.cfg.Scheduler == nil {
			return "", entity.Invalid("/spec/schedule", "unsupported", "spec.schedule: this server keeps no schedules")
		}
		if err := b.m.cfg.Scheduler.Check("/spec/schedule", b.params.Schedule); err != nil {
			return "", err
		}
		c.enter(r, entity.StateBuilt, "", now)
		c.enter(r, entity.StateReady, "", now)
		c.enter(r, entity.StateRunning, "", now)
		c.because(entity.ReasonScheduled, "")
		c.Message = ""
		c.Schedule, c.Started = b.params.Schedule, now
		r.Local, r.Engine = true, "" // no driver's run: it executes nothing
		return b.params.Schedule, nil
	}
	c.enter(r, entity.StateBuilt, "", now)
	c.enter(r, entity.StateReady, "", now)
	c.because(entity.ReasonQueued, "")
	c.Message = ""
	return "", nil
}

// wakeAt remembers that a run wants to be looked at.
func (m *Manager) wakeAt(t time.Time) {
	m.mu.Lock()
	sooner := m.nextDue.IsZero() || t.Before(m.nextDue)
	if sooner {
		m.nextDue = t
	}
	m.mu.Unlock()
	if sooner {
		kick(m.dueKick)
	}
}
