package catalog

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"

	"dhub/entity"
	"dhub/internal/store"
)

// Members of status that the server alone writes. version_number and files are put in when an entity is
// read, the others are kept in the stored status.
const (
	versionNumber = "version_number"
	filesMember   = "files"
	noticesMember = "notices"
	supersededBy  = "superseded_by"
	revealed      = "revealed" // of secrets, by package secret
)

// maxListedFiles is how many entries of a file list travel inside status.files; clients fetch longer lists
// through files/info.
const maxListedFiles = 100

// doc makes the document of a record as clients see it.
func (k *descriptor) doc(ctx context.Context, tx store.Tx, r store.Record) (entity.Doc, error) {
	var files []byte
	if k.lifecycle == material {
		var err error
		if files, err = tx.Files().Get(ctx, k.entity, r.ID); err != nil {
			return r.Doc, err
		}
	}
	return k.render(r, files)
}

// render is doc with the file list at hand.
func (k *descriptor) render(r store.Record, files []byte) (entity.Doc, error) {
	d := r.Doc
	o, err := entity.ParseObject(d.Status)
	if err != nil {
		return d, entity.Errorf(entity.CodeInternal, "read the status of %s: %w", d.Key(), err)
	}
	o = o.Clone()
	o.SetText("state", r.State)
	if k.versioned && r.Version > 0 {
		o.Set(versionNumber, json.RawMessage(strconv.FormatInt(r.Version, 10)))
	}
	if k.lifecycle == material {
		o.Set(filesMember, listedFiles(files))
	}
	d.Status = o.JSON()
	return d, nil
}

// listedFiles is the file list as status.files shows it.
func listedFiles(list []byte) json.RawMessage {
	if entity.IsEmpty(list) {
		return json.RawMessage("[]")
	}
	var entries []json.RawMessage
	if json.Unmarshal(list, &entries) != nil || len(entries) > maxListedFiles {
		return json.RawMessage("[]")
	}
	return list
}

// index fills what the store indexes from the documents.
func index(r *store.Record) {
	r.Labels = entity.Labels(r.Metadata)
	r.Relations = entity.Relations(r.Metadata, r.Key())
	o, _ := entity.ParseObject(r.Metadata)
	r.Embedded = string(o.Get("embedded")) == "true"
	if r.Entity == entity.Task || r.Entity == entity.Trigger {
		s, _ := entity.ParseObject(r.Spec)
		r.Function, r.Workflow = s.Text("function"), s.Text("workflow")
		if r.Entity == entity.Trigger {
			r.Task = s.Text("task")
		}
	}
}

// cleanMetadata drops the members that the server lays over the metadata at each reading; clients send them
// back as they saw them. otherID is the id of the version that the client edited, if the document is a new
// one.
func cleanMetadata(metadata json.RawMessage, d entity.Doc, otherID string) json.RawMessage {
	o, _ := entity.ParseObject(metadata)
	if len(o) == 0 {
		return nil
	}
	drop := []string{"project", "created", "updated", "created_by", "updated_by"}
	if o.Text("name") == d.Name || entity.IsEmpty(o.Get("name")) {
		drop = append(drop, "name")
	}
	if v := o.Text("version"); v == d.ID || v == otherID || entity.IsEmpty(o.Get("version")) {
		drop = append(drop, "version")
	}
	if string(o.Get("embedded")) != "true" {
		drop = append(drop, "embedded")
	}
	o.Delete(drop...)
	if len(o) == 0 {
		return nil
	}
	return o.JSON()
}

// newStatus makes the status to store from the client's: its members without those of the server, the
// decided state, and the notices, of which each stands once per field and code.
func newStatus(k *descriptor, client json.RawMessage, stored *store.Record, state entity.State, notices []entity.Notice) json.RawMessage {
	o, _ := entity.ParseObject(client)
	o = o.Clone()
	o.Delete(versionNumber, noticesMember, supersededBy)
	if k.entity == entity.Secret {
		o.Delete(revealed)
	}
	if k.lifecycle == material {
		o.Delete(filesMember)
		if entity.IsNull(o.Get("message")) {
			o.Delete("message")
		}
	}
	o.SetText("state", string(state))
	var all []entity.Notice
	if stored != nil {
		s, _ := entity.ParseObject(stored.Status)
		if k.lifecycle == triggered {
			for _, m := range s {
				o.Set(m.Name, m.Value)
			}
		}
		if v := s.Get(supersededBy); v != nil {
			o.Set(supersededBy, v)
		}
		if v := s.Get(revealed); v != nil && k.entity == entity.Secret {
			o.Set(revealed, v)
		}
		if v := s.Get(noticesMember); v != nil && json.Unmarshal(v, &all) != nil {
			all = nil
		}
	}
	for _, n := range notices {
		all = addNotice(all, n)
	}
	if len(all) > 0 {
		o.SetAny(noticesMember, all)
	}
	return o.JSON()
}

func addNotice(list []entity.Notice, n entity.Notice) []entity.Notice {
	for _, have := range list {
		if have.Field == n.Field && have.Code == n.Code {
			return list
		}
	}
	return append(list, n)
}

// nextState decides on the state that a request asks for; asked is "" when it names none.
func nextState(k *descriptor, stored *store.Record, asked entity.State) entity.State {
	from := entity.StateCreated
	if stored != nil {
		from = entity.State(stored.State)
	}
	switch k.lifecycle {
	case triggered:
		return from
	case material:
		if asked != "" && asked != entity.StateDeleted && entity.MaterialMay(from, asked) {
			return asked
		}
		return from
	}
	if asked == "" {
		return entity.StateCreated
	}
	return asked
}

// fileList takes the file list out of a client's status: nil when it brings none. An empty list does not
// clear the stored one, since clients send it before they put the long list elsewhere.
func fileList(k *descriptor, status json.RawMessage) (json.RawMessage, error) {
	if k.lifecycle != material {
		return nil, nil
	}
	o, _ := entity.ParseObject(status)
	v := o.Get(filesMember)
	if entity.IsNull(v) {
		return nil, nil
	}
	if v[0] != '[' {
		return nil, entity.Invalid("/status/files", "type", "The field status.files must be an array, not %s.", entity.TypeName(v))
	}
	if entity.IsEmpty(v) {
		return nil, nil
	}
	return bytes.Clone(v), nil
}
