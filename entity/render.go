package entity

import (
	"bytes"
	"encoding/json"
)

// hasEmbedded names the types whose metadata always says whether a project's view embeds them whole.
var hasEmbedded = map[string]bool{Function: true, Workflow: true, Artifact: true, DataItem: true, Model: true, Secret: true}

// hasExtensions names the types that carry extensions.
var hasExtensions = map[string]bool{Artifact: true, DataItem: true, Model: true, Run: true}

// Render makes the wire envelope of an entity: alphabetical members, the client's bytes in spec, status and
// metadata, the fields that the server owns laid over the metadata, and status.state always there.
func Render(d Doc) json.RawMessage {
	b := make([]byte, 0, len(d.Metadata)+len(d.Spec)+len(d.Status)+len(d.Extensions)+640)
	b = append(b, '{')
	if hasExtensions[d.Entity] {
		b = append(b, `"extensions":`...)
		if IsNull(d.Extensions) {
			b = append(b, "[]"...)
		} else {
			b = append(b, d.Extensions...)
		}
		b = append(b, ',')
	}
	b = append(b, `"id":`...)
	b = AppendString(b, d.ID)
	b = append(b, `,"key":`...)
	b = AppendString(b, d.Key())
	b = append(b, `,"kind":`...)
	b = AppendString(b, d.Kind)
	b = append(b, `,"metadata":`...)
	b = appendMetadata(b, d)
	b = append(b, `,"name":`...)
	b = AppendString(b, d.Name)
	b = append(b, `,"project":`...)
	b = AppendString(b, d.project())
	b = append(b, `,"spec":`...)
	b = appendOr(b, d.Spec, "{}")
	b = append(b, `,"status":`...)
	b = appendStatus(b, d.Status)
	b = append(b, `,"user":`...)
	b = AppendString(b, who(d.User))
	return append(b, '}')
}

func (d Doc) project() string {
	if d.Entity == Project {
		return d.Name
	}
	return d.Project
}

// who names the user of an installation without login.
func who(user string) string {
	if user == "" {
		return "anonymous"
	}
	return user
}

func appendOr(b []byte, raw json.RawMessage, other string) []byte {
	if IsNull(raw) {
		return append(b, other...)
	}
	return append(b, raw...)
}

func appendMetadata(b []byte, d Doc) []byte {
	o, _ := ParseObject(d.Metadata)
	o.SetText("project", d.project())
	if o.Text("name") == "" {
		o.SetText("name", d.Name)
	}
	o.SetText("created", FormatTime(d.Created))
	o.SetText("updated", FormatTime(d.Updated))
	o.SetText("created_by", who(d.User))
	by := d.UpdatedBy
	if by == "" {
		by = d.User
	}
	o.SetText("updated_by", who(by))
	if IsEmpty(o.Get("version")) {
		o.SetText("version", d.ID)
	}
	if hasEmbedded[d.Entity] && string(o.Get("embedded")) != "true" {
		o.Set("embedded", json.RawMessage("false"))
	}
	o.Sort()
	return o.AppendJSON(b)
}

func appendStatus(b []byte, status json.RawMessage) []byte {
	o, _ := ParseObject(status)
	if o.Text("state") == "" {
		o.SetText("state", string(StateCreated))
	}
	o.Sort()
	return o.AppendJSON(b)
}

// Array joins rendered values to a JSON array.
func Array[T ~[]byte](list []T) json.RawMessage {
	size := 2
	for _, v := range list {
		size += len(v) + 1
	}
	b := bytes.NewBuffer(make([]byte, 0, size))
	b.WriteByte('[')
	for i, v := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(v)
	}
	b.WriteByte(']')
	return b.Bytes()
}
