package cli

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"dhub/client"
	"dhub/entity"
)

// view collects the lines of one entity in short.
type view struct {
	w io.Writer
}

// line prints a label and a value; what is empty is left out.
func (v view) line(label, value string) {
	if value != "" {
		fmt.Fprintf(v.w, "%s\t%s\n", label, value)
	}
}

// pairs prints each member of an object in a line of its own.
func (v view) pairs(label string, raw json.RawMessage) {
	var m map[string]json.RawMessage
	if json.Unmarshal(raw, &m) != nil {
		v.line(label, brief(raw))
		return
	}
	for _, k := range slices.Sorted(maps.Keys(m)) {
		v.line(label, k+" = "+brief(m[k]))
		label = " "
	}
}

// show prints an entity as people read it: who it is, what is wanted, what became of it. -o yaml has the rest.
func (a *app) show(typ string, e client.Entity) error {
	w := tabwriter.NewWriter(a.out, 0, 4, 2, ' ', 0)
	v := view{w}
	m := e.Meta()
	v.line(typ, e.Name)
	if e.Name != e.ID {
		id := e.ID
		if n := e.VersionNumber(); n > 0 {
			id += fmt.Sprintf(" (version %d)", n)
		}
		v.line("id", id)
	}
	v.line("kind", e.Kind)
	if typ != entity.Project {
		v.line("project", e.Project)
	}
	v.line("key", e.Key)
	v.line("description", m.Description)
	v.line("labels", strings.Join(m.Labels, ", "))
	created := m.Created
	if m.CreatedBy != "" && created != "" {
		created += " by " + m.CreatedBy
	}
	v.line("created", created)
	if m.Updated != m.Created {
		v.line("updated", m.Updated)
	}
	spec := members(e.Spec)
	if typ == entity.Run {
		v.run(e, spec)
	} else {
		v.line("state", string(e.State()))
		v.line("message", text(members(e.Status)["message"]))
		v.spec(spec)
		v.files(members(e.Status)["files"])
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(a.err, "\n"+a.further(typ, e))
	return nil
}

// further says where to look on.
func (a *app) further(typ string, e client.Entity) string {
	all := "all of it: -o yaml"
	switch {
	case typ == entity.Run:
		return fmt.Sprintf("dhub logs %[1]s, dhub why %[1]s; %[2]s", e.ID, all)
	case slices.Contains(materials, typ):
		return "fetch: dhub download " + e.Key + "; " + all
	case typ == entity.Function:
		return "its runs: dhub get runs --function " + e.Name + "; " + all
	}
	return all
}

func members(raw json.RawMessage) map[string]json.RawMessage {
	var m map[string]json.RawMessage
	_ = json.Unmarshal(raw, &m)
	return m
}

func text(raw json.RawMessage) string {
	s, _ := entity.AsString(raw)
	return s
}

func (v view) run(e client.Entity, spec map[string]json.RawMessage) {
	s := e.RunStatus()
	if ref, ok := entity.ParseExecRef(text(spec["function"]) + text(spec["workflow"])); ok {
		v.line("function", ref.Name+", version "+ref.ID)
	}
	state := string(s.State)
	if s.Reason != nil {
		state += " (" + s.Reason.Code + ")"
	}
	v.line("state", state)
	if s.Reason != nil {
		v.line("reason", s.Reason.Message)
	}
	v.line("started", s.Started)
	v.line("finished", s.Finished)
	took := duration(e)
	if d := s.Durations; d.Total != nil {
		took += fmt.Sprintf(" (%s queued, %s starting, %s running)", short(seconds(d.Queued)), short(seconds(d.Starting)), short(seconds(d.Running)))
	}
	v.line("duration", took)
	for _, name := range []string{"parameters", "inputs", "outputs", "envs", "secrets", "resources", "timeout", "backoff_limit", "schedule"} {
		label := name
		if name == "outputs" {
			label = "output names"
		}
		if raw, ok := spec[name]; ok {
			v.pairs(label, raw)
		}
	}
	status := members(e.Status)
	v.pairs("results", status["results"])
	v.pairs("outputs", status["outputs"])
	for _, n := range s.Notices {
		v.line("note", n.Message)
	}
}

// spec prints what is wanted; code is told by its size.
func (v view) spec(spec map[string]json.RawMessage) {
	for _, k := range slices.Sorted(maps.Keys(spec)) {
		source := members(spec[k])
		code, ok := entity.AsString(source["base64"])
		if !ok {
			v.line(k, brief(spec[k]))
			continue
		}
		delete(source, "base64")
		rest, _ := json.Marshal(source)
		v.pairs(k, rest)
		v.line("code", codeSize(code))
	}
}

func codeSize(code string) string {
	b, err := base64.StdEncoding.DecodeString(code)
	if err != nil {
		return size(int64(len(code))) + " of base64"
	}
	lines := strings.Count(string(b), "\n")
	if len(b) > 0 && b[len(b)-1] != '\n' {
		lines++
	}
	return fmt.Sprintf("%d lines, %s", lines, size(int64(len(b))))
}

func (v view) files(raw json.RawMessage) {
	var list []client.FileInfo
	_ = json.Unmarshal(raw, &list)
	const most = 10
	label := "files"
	for i, f := range list {
		if i == most {
			v.line(" ", fmt.Sprintf("and %d more", len(list)-most))
			return
		}
		v.line(label, f.Path+" ("+size(f.Size)+")")
		label = " "
	}
}

// brief shows a value in at most a line.
func brief(raw json.RawMessage) string {
	s, ok := entity.AsString(raw)
	if !ok {
		switch s = string(raw); s {
		case "null", "{}", "[]", `""`:
			return ""
		}
	}
	const most = 100
	s = strings.ReplaceAll(s, "\n", "⏎")
	if n := utf8.RuneCountInString(s); n > most {
		return string([]rune(s)[:most]) + fmt.Sprintf("… (%d characters)", n)
	}
	return s
}
