package secret

import (
	"context"
	"encoding/json"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// revealedMember is where a secret's status says who looked at its value, the newest first.
const revealedMember = "revealed"

// keptReveals is how many looks are remembered.
const keptReveals = 50

// Look is one reveal of a value.
type Look struct {
	By string `json:"by"`
	At string `json:"at"`
}

// Reveal returns the value of a secret and writes down that user looked at it: in the secret's status, as a
// change of the secret. A value that cannot be written down as seen is not shown.
func (s *Secrets) Reveal(ctx context.Context, project, id, user string, now time.Time) (name, value string, err error) {
	var r store.Record
	var sealed []byte
	err = s.store.Read(ctx, func(tx store.Tx) error {
		if r, err = of(ctx, tx, project, id); err != nil {
			return err
		}
		sealed, err = tx.Values().Get(ctx, project, r.Name)
		if entity.IsNotFound(err) {
			return entity.Errorf(entity.CodeNotFound, "The secret %s has no value yet.", r.Name)
		}
		return err
	})
	if err != nil {
		return "", "", err
	}
	plain, err := s.keys.open(sealed, binding(project, r.Name))
	if err != nil {
		return "", "", err
	}
	err = s.store.Write(ctx, func(tx store.Tx) error {
		_, err := tx.Entities().Update(ctx, entity.Secret, id, func(r store.Record) (store.Record, error) {
			status, err := entity.ParseObject(r.Status)
			if err != nil {
				return r, err
			}
			var looks []Look
			if json.Unmarshal(status.Get(revealedMember), &looks) != nil {
				looks = nil
			}
			looks = append([]Look{{user, entity.FormatTime(now)}}, looks...)
			status = status.Clone()
			status.SetAny(revealedMember, looks[:min(len(looks), keptReveals)])
			r.Status = status.JSON()
			return r, nil
		})
		return err
	})
	if err != nil {
		return "", "", err
	}
	return r.Name, string(plain), nil
}

// of reads a secret and holds it against the project.
func of(ctx context.Context, tx store.Tx, project, id string) (store.Record, error) {
	r, err := tx.Entities().Get(ctx, entity.Secret, id)
	if err == nil && r.Project != project {
		err = entity.NotFound(entity.Secret)
	}
	return r, err
}

// Usage says what uses a secret.
type Usage struct {
	Name     string       `json:"name"`
	HasValue bool         `json:"has_value"`
	Tasks    []TaskUse    `json:"tasks" doc:"Tasks that give it to all their runs."`
	Triggers []TriggerUse `json:"triggers" doc:"Triggers whose template names it."`
	Runs     []RunUse     `json:"runs" doc:"Those of the newest runs that were given it."`
	Examined int          `json:"examined" doc:"How many of the newest runs were looked at."`
}

// TaskUse is a task that names a secret.
type TaskUse struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	Function string `json:"function,omitempty" doc:"Name of the function or workflow."`
	Version  string `json:"version,omitempty" doc:"Id of its version."`
}

// TriggerUse is a trigger that names a secret.
type TriggerUse struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// RunUse is a run that was given a secret.
type RunUse struct {
	ID       string       `json:"id"`
	Name     string       `json:"name"`
	State    entity.State `json:"state"`
	Function string       `json:"function,omitempty"`
	Created  string       `json:"created" format:"date-time"`
}

// examinedRuns is how many runs Usage looks at.
const examinedRuns = 500

// Usage lists what names a secret. Nothing here reads its value.
func (s *Secrets) Usage(ctx context.Context, project, id string) (Usage, error) {
	u := Usage{Tasks: []TaskUse{}, Triggers: []TriggerUse{}, Runs: []RunUse{}}
	err := s.store.Read(ctx, func(tx store.Tx) error {
		r, err := of(ctx, tx, project, id)
		if err != nil {
			return err
		}
		u.Name = r.Name
		switch _, err := tx.Values().Get(ctx, project, r.Name); {
		case err == nil:
			u.HasValue = true
		case !entity.IsNotFound(err):
			return err
		}
		if err := each(ctx, tx, store.Query{Entity: entity.Task, Project: project}, func(t store.Record) {
			if !names(t.Spec, "", r.Name) {
				return
			}
			use := TaskUse{ID: t.ID, Kind: t.Kind}
			use.Function, use.Version = executed(t.Function, t.Workflow)
			u.Tasks = append(u.Tasks, use)
		}); err != nil {
			return err
		}
		if err := each(ctx, tx, store.Query{Entity: entity.Trigger, Project: project}, func(t store.Record) {
			if names(t.Spec, "template", r.Name) {
				u.Triggers = append(u.Triggers, TriggerUse{t.ID, t.Name})
			}
		}); err != nil {
			return err
		}
		page, err := tx.Runs().List(ctx, store.Query{Project: project, Size: examinedRuns}, true)
		if err != nil {
			return err
		}
		u.Examined = len(page.Items)
		for _, run := range page.Items {
			if names(run.Spec, "", r.Name) || names(run.TaskSpec, "", r.Name) {
				use := RunUse{ID: run.ID, Name: run.Name, State: run.State, Created: entity.FormatTime(run.Created)}
				use.Function, _ = executed(run.Function, run.Workflow)
				u.Runs = append(u.Runs, use)
			}
		}
		return nil
	})
	return u, err
}

// each calls f for all entities of a query.
func each(ctx context.Context, tx store.Tx, q store.Query, f func(store.Record)) error {
	for q.Size = 500; ; q.Page++ {
		p, err := tx.Entities().List(ctx, q)
		if err != nil {
			return err
		}
		for _, r := range p.Items {
			f(r)
		}
		if !p.More {
			return nil
		}
	}
}

// names tells whether the list secrets of a spec, or of one of its members, holds a name.
func names(spec json.RawMessage, member, name string) bool {
	o, _ := entity.ParseObject(spec)
	if member != "" {
		o, _ = entity.ParseObject(o.Get(member))
	}
	var list []string
	if json.Unmarshal(o.Get("secrets"), &list) != nil {
		return false
	}
	for _, have := range list {
		if have == name {
			return true
		}
	}
	return false
}

func executed(refs ...string) (name, id string) {
	for _, ref := range refs {
		if x, ok := entity.ParseExecRef(ref); ok {
			return x.Name, x.ID
		}
	}
	return "", ""
}
