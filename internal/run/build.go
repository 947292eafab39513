package run

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"dhub/engine"
	"dhub/entity"
	"dhub/internal/store"
	"dhub/runtime"
)

// builder turns a checked request into a run.
type builder struct {
	m       *Manager
	w       Write
	doc     entity.Doc
	parts   parts
	control control
	merged  json.RawMessage // spec
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
	return &Draft{m: b.m, run: b.run, merged: b.merged, control: b.control, schedule: schedule}, nil
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
	b.doc.Spec, b.merged, notices, err = b.m.checkSpec(ctx, b.parts, b.doc.Kind, own.JSON(), b.w.Strict)
	if err != nil {
		return err
	}
	b.control.notice(notices...)
	if err := b.profile(); err != nil {
		return err
	}
	b.params, err = readParams(b.merged)
	if err != nil {
		return err
	}
	return b.withinLimits()
}

// checkSpec validates the merged spec and returns it beside the run's own part. Fields of the own part that
// the run kind's schema does not know are dropped with a notice, or refused when strict (D23).
func (m *Manager) checkSpec(ctx context.Context, p parts, kind string, own json.RawMessage, strict bool) (_, merged json.RawMessage, notices []entity.Notice, err error) {
	merged = compose(own, p.task.Spec, p.function.Spec)
	if len(p.action.Run) > 0 {
		unknown, err := runtime.Check(p.action.Run, merged)
		if err != nil {
			return nil, nil, nil, inSpec(err)
		}
		mine, err := entity.ParseObject(own)
		if err != nil {
			return nil, nil, nil, err
		}
		unknown = slices.DeleteFunc(unknown, func(at string) bool {
			name, _, _ := strings.Cut(strings.TrimPrefix(at, "/"), "/")
			return mine.Get(strings.NewReplacer("~1", "/", "~0", "~").Replace(name)) == nil
		})
		if len(unknown) > 0 && strict {
			return nil, nil, nil, inSpec(runtime.Unknown(unknown))
		}
		if len(unknown) > 0 {
			if own, err = runtime.Drop(own, unknown); err != nil {
				return nil, nil, nil, err
			}
			merged = compose(own, p.task.Spec, p.function.Spec)
		}
		for _, at := range unknown {
			notices = append(notices, entity.Notice{Field: "/spec" + at, Code: "unknown_field",
				Message: "The kind " + kind + " does not know this field; it is not stored."})
		}
	}
	_, err = p.runtime.Normalise(ctx, kind, merged)
	return own, merged, notices, inSpec(err)
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
	b.run = store.Run{Doc: b.doc, UID: b.m.newUID(now), Task: b.parts.task.Ref(), Desired: store.WantRun,
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
