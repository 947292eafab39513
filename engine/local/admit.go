package local

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"dhub/engine"
	"dhub/entity"
)

var uidPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$`)

// Admit implements engine.Engine.
func (e *Engine) Admit(_ context.Context, r engine.Runnable) ([]engine.Notice, error) {
	if err := refuse(r); err != nil {
		return nil, err
	}
	return notices(r), nil
}

// refuse says what this engine cannot execute.
func refuse(r engine.Runnable) error {
	if !uidPattern.MatchString(r.ID.UID) || r.ID.Attempt < 0 {
		return entity.Invalid("/id", "pattern", "the attempt's uid %q is not 1 to 100 letters, digits, _ or -", r.ID.UID)
	}
	if r.Kind != engine.Job && r.Kind != "" {
		return entity.Errorf(entity.CodeUnimplemented, "the local engine executes jobs, not %ss", r.Kind)
	}
	if _, err := memoryLimit(r); err != nil {
		return err
	}
	processes := map[string]engine.Process{"/main": r.Main}
	for i, p := range r.Init {
		processes[fmt.Sprintf("/init/%d", i)] = p
	}
	for i, a := range r.Assets {
		if a.Key == "" {
			return entity.Invalid(fmt.Sprintf("/assets/%d/key", i), "required", "an asset has no key")
		}
		if a.Path != "" && !filepath.IsLocal(a.Path) {
			return entity.Invalid(fmt.Sprintf("/assets/%d/path", i), "pattern", "the path %q leads out of the workspace", a.Path)
		}
		for j, p := range a.Make {
			processes[fmt.Sprintf("/assets/%d/make/%d", i, j)] = p
		}
		if err := refuseFiles(fmt.Sprintf("/assets/%d/files", i), a.Files); err != nil {
			return err
		}
	}
	for _, at := range slices.Sorted(maps.Keys(processes)) {
		p := processes[at]
		if len(p.Command) == 0 || p.Command[0] == "" {
			if p.Image != "" {
				return entity.Errorf(entity.CodeUnimplemented, "the local engine has no container images: %s names the image %s and no command", at, p.Image)
			}
			return entity.Invalid(at+"/command", "required", "%s names no command", at)
		}
	}
	for _, at := range slices.Sorted(maps.Keys(processes)) {
		if err := refuseEnv(at+"/env/", processes[at].Env); err != nil {
			return err
		}
	}
	for i, s := range r.Secrets {
		if strings.ContainsAny(s.Env, "=\x00") {
			return entity.Invalid(fmt.Sprintf("/secrets/%d/env", i), "pattern", "%q cannot be the name of a variable: it holds = or a NUL byte", s.Env)
		}
		if s.Path != "" {
			return entity.Errorf(entity.CodeUnimplemented, "the local engine gives secrets by environment only: /secrets/%d asks for the file %s", i, s.Path)
		}
	}
	return refuseFiles("/files", r.Files)
}

// refuseEnv says which variable no process can be given.
func refuseEnv(at string, env map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(env)) {
		if name == "" || strings.ContainsAny(name, "=\x00") {
			return entity.Invalid(at+pointerName.Replace(name), "pattern", "%q cannot be the name of a variable: it must not be empty and holds no = and no NUL byte", name)
		}
		if strings.Contains(env[name], "\x00") {
			return entity.Invalid(at+pointerName.Replace(name), "pattern", "the value of the variable %s holds a NUL byte, which no process can be given", name)
		}
	}
	return nil
}

// refuseValues says which secret no process can be given, and nothing of its value.
func refuseValues(r engine.Runnable, values engine.Values) error {
	for i, ref := range r.Secrets {
		if ref.Env != "" && strings.Contains(values[ref.Name], "\x00") {
			return entity.Invalid(fmt.Sprintf("/secrets/%d", i), "pattern", "the value of the secret %s holds a NUL byte, which no variable can", ref.Name)
		}
	}
	return nil
}

func refuseFiles(at string, files []engine.File) error {
	for i, f := range files {
		if !filepath.IsLocal(f.Path) || filepath.Clean(f.Path) == "." {
			return entity.Invalid(fmt.Sprintf("%s/%d/path", at, i), "pattern", "the path %q of a file leads out of its folder", f.Path)
		}
	}
	return nil
}

// notices says what this engine leaves out.
func notices(r engine.Runnable) []engine.Notice {
	var list []engine.Notice
	add := func(field, format string, args ...any) {
		list = append(list, engine.Notice{Field: field, Code: entity.ReasonUnsupported, Message: "The local engine " + fmt.Sprintf(format, args...) + "."})
	}
	if r.Main.Image != "" {
		add("image", "runs the command on this machine, without the image %s", r.Main.Image)
	}
	if r.Replicas > 1 {
		add("replicas", "runs one instance, not %d", r.Replicas)
	}
	for i, m := range r.Mounts {
		if !mappable(m) {
			add(fmt.Sprintf("/volumes/%d", i), "has no volume of type %q for %q at %s", m.Type, m.Name, m.Path)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Resources)) {
		if name != "memory" && name != "mem" && r.Resources[name] != (engine.Quantity{}) {
			add("/resources/"+pointerName.Replace(name), "does not reserve or limit %s", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Options)) {
		var fields map[string]json.RawMessage
		if json.Unmarshal(r.Options[name], &fields) != nil {
			add(name, "has no use for the option %s", name)
			continue
		}
		for _, field := range slices.Sorted(maps.Keys(fields)) {
			if v := string(fields[field]); v != "null" && v != "[]" && v != "{}" && v != `""` {
				add(field, "does not honour %s", field)
			}
		}
	}
	return list
}

// pointerName escapes a name for a JSON pointer.
var pointerName = strings.NewReplacer("~", "~0", "/", "~1")

// mappable tells whether a mount can be a folder of the workspace.
func mappable(m engine.Mount) bool {
	switch m.Type {
	case "empty_dir", "ephemeral", "emptyDir":
		return filepath.IsLocal(m.Path)
	}
	return false
}
