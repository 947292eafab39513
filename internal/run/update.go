package run

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// Caller is who changes a run: an attempt of it, by its token, or anyone else.
type Caller struct {
	AttemptUID string // UID of the run whose attempt calls, "" for people
	Attempt    int
}

// Update is a PUT (D10a). On a run that an engine executes it changes metadata and merges outputs, results
// and metrics; what it says of the state is a claim. On a run that its client executes it also moves the
// state, one step at a time, and replaces the spec while the run is CREATED.
func (m *Manager) Update(ctx context.Context, w Write, caller Caller) (entity.Doc, error) {
	doc, notices, err := entity.ParseBody(w.Body)
	if err != nil {
		return entity.Doc{}, err
	}
	wanted, err := entity.StatusState(doc.Status)
	if err != nil {
		return entity.Doc{}, err
	}
	status, err := entity.ParseObject(doc.Status)
	if err != nil {
		return entity.Doc{}, entity.Invalid("/status", "type", "status: %v", err)
	}
	was, err := m.load(ctx, w.Project, w.ID)
	if err != nil {
		return entity.Doc{}, err
	}
	u := updating{m: m, w: w, doc: doc, notices: notices, caller: caller, status: status, state: wanted, now: m.now()}
	if u.message, err = m.message(ctx, was, status.Text("message")); err != nil {
		return entity.Doc{}, err
	}
	if len(doc.Spec) > 0 && was.Local && was.State == entity.StateCreated {
		if err := u.checkSpec(ctx, was); err != nil {
			return entity.Doc{}, err
		}
	}
	if w.DryRun {
		after, err := change(was, u.apply)
		if err != nil {
			return entity.Doc{}, err
		}
		return document(after)
	}
	var after store.Run
	err = m.cfg.Store.Write(ctx, func(tx store.Tx) error {
		after, err = m.update(ctx, tx, was, u.apply)
		return err
	})
	if err != nil {
		return entity.Doc{}, asConflict(err)
	}
	if after.Local && entity.FinalRun(after.State, false) {
		m.beats.forget(after.UID)
	}
	return document(after)
}

// message is what a client says of a run's state, without the secrets of the attempt that is live.
func (m *Manager) message(ctx context.Context, r store.Run, text string) (string, error) {
	if text == "" || r.Attempt == 0 {
		return text, nil
	}
	err := m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		a, err := tx.Attempts().Get(ctx, r.UID, r.Attempt)
		if err == nil {
			text = m.hide(a, text)
		}
		return err
	})
	if entity.IsNotFound(err) {
		return text, nil
	}
	return text, err
}

// asConflict words a change that came in between.
func asConflict(err error) error {
	if errors.Is(err, errStale) {
		return entity.NotFound(entity.Run)
	}
	return err
}

// updating is one PUT on its way.
type updating struct {
	m       *Manager
	w       Write
	doc     entity.Doc
	notices []entity.Notice
	caller  Caller
	status  entity.Object
	state   entity.State
	message string // of the status, without secrets
	now     time.Time
	spec    json.RawMessage // checked, nil when the spec stays
	inputs  []entity.Relation
}

// checkSpec prepares the one replacement of a spec that a run allows.
func (u *updating) checkSpec(ctx context.Context, was store.Run) error {
	p := parts{}
	if err := u.m.checkKind(was.Kind, &p); err != nil {
		return err
	}
	p.task.Spec, p.function.Spec = was.TaskSpec, was.FunctionSpec
	own, err := entity.ParseObject(u.doc.Spec)
	if err != nil {
		return entity.Invalid("/spec", "type", "spec: %v", err)
	}
	own = own.Clone()
	before, err := entity.ParseObject(was.Spec)
	if err != nil {
		return err
	}
	for _, name := range []string{"task", "function", "workflow"} {
		if v := before.Get(name); v != nil {
			own.Set(name, v)
		}
	}
	function, err := entity.ParseObject(was.FunctionSpec)
	if err != nil {
		return err
	}
	for _, f := range function { // the function's fields are kept once, with the function's part
		own.Delete(f.Name)
	}
	spec, _, notices, err := u.m.checkSpec(ctx, p, was.Kind, own.JSON(), u.w.Strict)
	if err != nil {
		return err
	}
	ps, err := readParams(compose(spec, was.TaskSpec, was.FunctionSpec))
	if err != nil {
		return err
	}
	for _, name := range sortedKeys(ps.Inputs) {
		u.inputs = append(u.inputs, entity.Relation{Type: entity.Consumes, Dest: ps.Inputs[name]})
	}
	u.spec, u.notices = spec, append(u.notices, notices...)
	return nil
}

// apply changes the stored run.
func (u *updating) apply(r *store.Run, c *control) error {
	if u.w.IfMatch > 0 && r.Seq != u.w.IfMatch {
		return entity.Errorf(entity.CodeConflict, "run %s has changed since it was read", r.ID)
	}
	if err := u.checkCaller(*r); err != nil {
		return err
	}
	if err := u.mergeMetadata(r); err != nil {
		return err
	}
	if len(u.doc.Extensions) > 0 {
		r.Extensions = u.doc.Extensions
	}
	r.UpdatedBy = u.w.User
	c.notice(u.notices...)
	if err := u.mergeStatus(r); err != nil {
		return err
	}
	if r.Local && c.Schedule == "" {
		u.drive(r, c)
		return nil
	}
	u.claim(r, c)
	return nil
}

// checkCaller refuses an attempt that is not the run's present one or whose run has ended. A job may itself
// execute a run of which it is the client, and report of that.
func (u *updating) checkCaller(r store.Run) error {
	if u.caller.AttemptUID == "" {
		return nil
	}
	if u.caller.AttemptUID != r.UID {
		if r.Local {
			return nil
		}
		return entity.Errorf(entity.CodeForbidden, "this token belongs to another run")
	}
	if u.caller.Attempt != r.Attempt || entity.FinalRun(r.State, false) || r.State == entity.StateReady {
		return entity.Errorf(entity.CodeConflict, "attempt %d of run %s has ended; what it sends now is not kept", u.caller.Attempt, r.ID)
	}
	return nil
}

// mergeMetadata replaces the metadata; relationships are united.
func (u *updating) mergeMetadata(r *store.Run) error {
	owner := r.Key()
	metadata := r.Metadata
	if len(u.doc.Metadata) > 0 {
		var err error
		if metadata, err = relate(u.doc.Metadata, owner, entity.Relations(r.Metadata, owner)); err != nil {
			return err
		}
	}
	metadata, err := relate(metadata, owner, u.inputs)
	if err != nil {
		return err
	}
	r.Metadata, r.Relations, r.Labels = metadata, entity.Relations(metadata, owner), entity.Labels(metadata)
	return nil
}

// mergeStatus takes over what a client may say: outputs, results and metrics merge by key, other members
// replace those of the same name, and the server's own stay.
func (u *updating) mergeStatus(r *store.Run) error {
	mine := u.status.Clone()
	mine.Delete(serverOwned...)
	if len(mine) == 0 {
		return nil
	}
	o, err := entity.ParseObject(r.Status)
	if err != nil {
		return err
	}
	o = o.Clone()
	for _, f := range mine {
		switch f.Name {
		case "outputs", "results", "metrics":
			if entity.IsNull(f.Value) {
				continue
			}
			if _, err := entity.ParseObject(f.Value); err != nil {
				return entity.Invalid("/status/"+f.Name, "type", "status.%s: an object is expected, not %s", f.Name, entity.TypeName(f.Value))
			}
			o.Set(f.Name, entity.MergeObjects(o.Get(f.Name), f.Value))
		default:
			o.Set(f.Name, f.Value)
		}
	}
	r.Status = o.JSON()
	return nil
}

// claim keeps what is said of the state of a run that an engine executes.
func (u *updating) claim(r *store.Run, c *control) {
	if entity.FinalRun(r.State, false) || r.Attempt == 0 {
		return
	}
	message := u.message
	failed := u.state == entity.StateError || c.Claim != nil && c.Claim.Attempt == r.Attempt && c.Claim.State == entity.StateError
	switch {
	case failed:
		c.Claim = &claim{State: entity.StateError, Message: orElse(message, oldMessage(c.Claim)), Attempt: r.Attempt}
	case u.state == entity.StateCompleted:
		c.Claim = &claim{State: entity.StateCompleted, Message: message, Attempt: r.Attempt}
	}
	if message != "" {
		c.Message = message
	}
}

func oldMessage(c *claim) string {
	if c == nil {
		return ""
	}
	return c.Message
}

// drive moves a run that its client executes. A state that is not one step away is passed over.
func (u *updating) drive(r *store.Run, c *control) {
	u.m.beats.hear(r.UID, u.now)
	u.m.heardOf(r, c, u.now)
	if u.spec != nil && r.State == entity.StateCreated {
		r.Spec = u.spec
	}
	message := u.message
	if message != "" && !entity.FinalRun(r.State, false) {
		c.Message = message
	}
	if u.state == "" || u.state == r.State || !clientMay(r.State, u.state) {
		return
	}
	c.enter(r, u.state, message, u.now)
	switch u.state {
	case entity.StateRunning:
		if c.Started.IsZero() {
			c.Started = u.now
		}
	case entity.StateCompleted:
		c.because(entity.ReasonCompleted, "")
		c.Message = message
	case entity.StateError:
		c.because(entity.ReasonClientError, "%s", orElse(message, "The client reported a failure."))
	case entity.StateStopped:
		c.because(entity.ReasonStopped, "%s", orElse(message, "The run was stopped on request."))
	}
	if entity.FinalRun(u.state, false) {
		c.Finished, r.Wake = u.now, c.putAwayAt(u.now)
	}
}

// clientMay tells whether a client may move its run so.
func clientMay(from, to entity.State) bool {
	switch to {
	case entity.StateDeleting, entity.StateDeleted:
		return false
	}
	return entity.RunMay(from, to)
}
