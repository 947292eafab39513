package catalog

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// change is a checked update, ready to be laid on whatever the store holds.
type change struct {
	write   Write
	kind    *descriptor
	body    entity.Doc
	hasSpec bool
	hash    string
	asked   entity.State
	files   []byte
	notices []entity.Notice
	now     time.Time
	newID   string
}

// Update replaces metadata and status, and the spec as the entity type has it (D4): a function or workflow
// with another spec becomes a new version, which is the answer; an artifact, data item or model takes it
// until it is READY; tasks and projects take it always; secrets and triggers never.
func (c *Catalog) Update(ctx context.Context, w Write) (entity.Doc, error) {
	k, err := find(w.Entity)
	if err != nil {
		return entity.Doc{}, err
	}
	var stored store.Record
	err = c.store.Read(ctx, func(tx store.Tx) error {
		stored, err = get(ctx, tx, w.Entity, w.Project, w.ID)
		return err
	})
	if err != nil {
		return entity.Doc{}, err
	}
	u, err := c.change(ctx, k, w, stored)
	if err != nil {
		return entity.Doc{}, err
	}
	var out entity.Doc
	err = c.store.Write(ctx, func(tx store.Tx) error {
		r, err := c.apply(ctx, tx, u)
		if err != nil {
			return err
		}
		if out, err = k.doc(ctx, tx, r); err == nil && w.DryRun {
			return errDry
		}
		return err
	})
	if err != nil && !errors.Is(err, errDry) {
		return entity.Doc{}, err
	}
	return out, nil
}

// change reads and checks the body of an update.
func (c *Catalog) change(ctx context.Context, k *descriptor, w Write, stored store.Record) (*change, error) {
	d, notices, err := entity.ParseBody(w.Body)
	if err != nil {
		return nil, err
	}
	if k.entity == entity.Project && (d.Name != "" && d.Name != stored.Name || d.ID != "" && d.ID != stored.ID) {
		return nil, entity.Invalid("/name", "reference", "A project cannot be renamed: the path names %q, the body %q.", stored.Name, d.Name+d.ID)
	}
	u := &change{write: w, kind: k, body: d, hasSpec: !entity.IsNull(d.Spec), notices: notices, now: c.now().UTC().Truncate(time.Microsecond), newID: c.newID()}
	if err := checkMetadata(d.Metadata); err != nil {
		return nil, err
	}
	if u.asked, err = entity.StatusState(d.Status); err != nil {
		return nil, err
	}
	if u.files, err = fileList(k, d.Status); err != nil {
		return nil, err
	}
	if !u.hasSpec {
		return u, nil
	}
	if k.entity == entity.Task {
		u.body.Spec = keepExecutable(d.Spec, stored.Spec)
	}
	spec, more, err := c.checkSpec(ctx, k, stored.Kind, u.body.Spec, w.Strict)
	if err != nil {
		return nil, err
	}
	u.body.Spec, u.notices = spec, append(u.notices, more...)
	if u.hash, err = c.hash(ctx, k, stored.Kind, spec); err != nil {
		return nil, err
	}
	if g := c.guards[k.entity].Check; g != nil {
		after := stored.Doc
		after.Spec, after.Metadata = spec, d.Metadata
		if err := g(ctx, after); err != nil {
			return nil, err
		}
	}
	return u, nil
}

// keepExecutable forces the function or workflow of a task to the stored one.
func keepExecutable(spec, stored json.RawMessage) json.RawMessage {
	o, err := entity.ParseObject(spec)
	if err != nil {
		return spec
	}
	s, _ := entity.ParseObject(stored)
	for _, name := range []string{"function", "workflow"} {
		if v := s.Get(name); v != nil {
			o.Set(name, v)
		} else {
			o.Delete(name)
		}
	}
	return o.JSON()
}

// apply lays the change on the store: on the addressed entity, on the newest version of its name when that
// one has the spec, or as a new version.
func (c *Catalog) apply(ctx context.Context, tx store.Tx, u *change) (store.Record, error) {
	k, w := u.kind, u.write
	addressed, err := get(ctx, tx, w.Entity, w.Project, w.ID)
	if err != nil {
		return addressed, err
	}
	if w.IfMatch != 0 && w.IfMatch != addressed.Seq {
		return addressed, entity.Errorf(entity.CodeConflict, "The %s %s was changed meanwhile: it is at %d, the request was made for %d. Read it again and repeat the change.", k.entity, addressed.ID, addressed.Seq, w.IfMatch)
	}
	target := addressed
	if k.spec == versions && u.hasSpec && !c.sameSpec(ctx, k, addressed, u.hash) {
		newest, err := tx.Entities().Latest(ctx, k.entity, addressed.Project, addressed.Name)
		if err != nil {
			return addressed, err
		}
		if newest.Kind != addressed.Kind || !c.sameSpec(ctx, k, newest, u.hash) {
			return c.version(ctx, tx, u, addressed)
		}
		target = newest
	}
	return c.replace(ctx, tx, u, target)
}

// sameSpec tells whether a version has the spec with the hash. A hash that an older release computed does
// not count as a difference.
func (c *Catalog) sameSpec(ctx context.Context, k *descriptor, r store.Record, hash string) bool {
	if r.SpecHash == hash {
		return true
	}
	again, err := c.hash(ctx, k, r.Kind, r.Spec)
	return err == nil && again == hash
}

// version stores the change as a new version and leaves a pointer to it on the addressed one.
func (c *Catalog) version(ctx context.Context, tx store.Tx, u *change, addressed store.Record) (store.Record, error) {
	d := addressed.Doc
	d.ID, d.User, d.UpdatedBy, d.Seq = u.newID, u.write.User, u.write.User, 0
	d.Spec = u.body.Spec
	if !entity.IsNull(u.body.Metadata) {
		d.Metadata = u.body.Metadata
	}
	d.Metadata = cleanMetadata(d.Metadata, d, addressed.ID)
	d.Created, d.Updated = u.now, u.now
	state := nextState(u.kind, nil, u.asked)
	d.Status = newStatus(u.kind, u.body.Status, nil, state, u.notices)
	r := store.Record{Doc: d, State: string(state), SpecHash: u.hash}
	index(&r)
	made, err := c.insert(ctx, tx, u.kind, r, u.files)
	if err != nil {
		return made, err
	}
	_, err = tx.Entities().Update(ctx, u.kind.entity, addressed.ID, func(old store.Record) (store.Record, error) {
		o, _ := entity.ParseObject(old.Status)
		o = o.Clone()
		o.SetText(supersededBy, made.Key())
		old.Status = o.JSON()
		return old, nil
	})
	return made, err
}

// replace lays the change on an existing record.
func (c *Catalog) replace(ctx context.Context, tx store.Tx, u *change, target store.Record) (store.Record, error) {
	k := u.kind
	r, err := tx.Entities().Update(ctx, k.entity, target.ID, func(r store.Record) (store.Record, error) {
		if u.hasSpec {
			if err := takeSpec(k, &r, u); err != nil {
				return r, err
			}
		}
		state := nextState(k, &r, u.asked)
		r.Status = newStatus(k, u.body.Status, &r, state, u.notices)
		r.State = string(state)
		r.Metadata = cleanMetadata(u.body.Metadata, r.Doc, u.write.ID)
		if !entity.IsNull(u.body.Extensions) {
			r.Extensions = u.body.Extensions
		}
		r.Updated, r.UpdatedBy = u.now, u.write.User
		index(&r)
		return r, nil
	})
	if err != nil {
		return r, err
	}
	if u.files != nil {
		if err := tx.Files().Put(ctx, k.entity, r.ID, u.files); err != nil {
			return r, err
		}
	}
	if g := c.guards[k.entity].Stored; g != nil {
		if err := g(ctx, tx, &target, &r); err != nil {
			return r, err
		}
	}
	return r, nil
}

// takeSpec applies the rule of the entity type to another spec.
func takeSpec(k *descriptor, r *store.Record, u *change) error {
	switch k.spec {
	case versions:
		// The specs mean the same: the version keeps the bytes it was made with.
	case replaced:
		r.Spec = u.body.Spec
	case untilReady, fixed:
		field := difference(r.Spec, u.body.Spec)
		if field == "" {
			return nil
		}
		if k.spec == untilReady && r.State != string(entity.StateReady) {
			r.Spec = u.body.Spec
			return nil
		}
		if k.spec == untilReady {
			return entity.Invalid("/spec/"+field, "reference", "The field spec.%s cannot change: the %s is READY. Create a new version with the same name instead.", field, k.entity)
		}
		return entity.Invalid("/spec/"+field, "reference", "The field spec.%s of a %s cannot change. Delete it and create another.", field, k.entity)
	}
	return nil
}

// SetStatus lets the server's own parts change the state and other members of a stored status, in a
// transaction of theirs. A nil value removes a member.
func SetStatus(ctx context.Context, tx store.Tx, entityType, id string, state entity.State, members entity.Object, now time.Time) (store.Record, error) {
	return tx.Entities().Update(ctx, entityType, id, func(r store.Record) (store.Record, error) {
		o, err := entity.ParseObject(r.Status)
		if err != nil {
			return r, err
		}
		o = o.Clone()
		for _, m := range members {
			if m.Value == nil {
				o.Delete(m.Name)
			} else {
				o.Set(m.Name, m.Value)
			}
		}
		if state != "" {
			r.State = string(state)
		}
		o.SetText("state", r.State)
		r.Status = o.JSON()
		r.Updated = now.UTC().Truncate(time.Microsecond)
		return r, nil
	})
}
