package run

import (
	"context"
	"encoding/json"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// Write is one request to create or change a run.
type Write = entity.Write

// Draft is a checked run that is not stored yet.
type Draft struct {
	m        *Manager
	run      store.Run
	merged   json.RawMessage // spec
	control  control
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
func (d *Draft) Doc() (entity.Doc, error) { return render(d.run, d.control, d.merged) }

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
