package python

import (
	"context"
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"

	"dhub/engine"
	"dhub/entity"
	"dhub/runtime"
)

type function struct {
	Source struct {
		Source, Handler, Base64 string
		Init                    string `json:"init_function"`
	}
	Version      string `json:"python_version"`
	Exact        bool   `json:"python_exact"`
	Requirements []string
}

type runSpec struct {
	Inputs         map[string]string
	Outputs        map[string]string
	Parameters     json.RawMessage
	InitParameters json.RawMessage `json:"init_parameters"`
}

// request is what the wrapper in the job reads.
type request struct {
	Version        int               `json:"version"`
	Project        string            `json:"project"`
	Run            string            `json:"run"`
	Key            string            `json:"key"`
	File           string            `json:"file,omitempty"`   // the code, relative to the workspace
	Module         string            `json:"module,omitempty"` // of a handler module:name
	Handler        string            `json:"handler"`
	Init           string            `json:"init_function,omitempty"`
	Parameters     json.RawMessage   `json:"parameters,omitempty"`
	InitParameters json.RawMessage   `json:"init_parameters,omitempty"`
	Inputs         map[string]string `json:"inputs,omitempty"` // argument to key
	Outputs        map[string]string `json:"outputs,omitempty"`
}

// RequestFile is where the request lies in the workspace.
const RequestFile = ".dhub/request.json"

// Plan implements runtime.Runtime. Inputs are passed on by key: the entity behind each is in r.Inputs.
func (rt *Runtime) Plan(ctx context.Context, r runtime.Request) (runtime.Plan, error) {
	f, spec, params, err := rt.read(ctx, r)
	if err != nil {
		return runtime.Plan{}, err
	}
	code, err := codeOf(f)
	if err != nil {
		return runtime.Plan{}, err
	}
	interpreter, settings, notices, err := choose(r.Settings, f.Version, f.Exact)
	if err != nil {
		return runtime.Plan{}, err
	}
	req := request{Version: 1, Project: r.Run.Project, Run: r.Run.ID, Key: r.Run.Key(), File: code.path, Module: code.module,
		Handler: code.name, Init: f.Source.Init, Parameters: spec.Parameters, InitParameters: spec.InitParameters, Outputs: spec.Outputs}
	if req.Inputs, err = inputs(spec.Inputs, r.Inputs); err != nil {
		return runtime.Plan{}, err
	}
	text, err := encode(req)
	if err != nil {
		return runtime.Plan{}, err
	}
	ours := modules()
	run := &engine.Runnable{
		ID: r.Attempt, Project: r.Run.Project, User: r.Run.User, Kind: engine.Job,
		Assets: []engine.Asset{ours},
		Files:  []engine.File{{Path: RequestFile, Text: text, Mode: 0o600}, {Path: code.path, Text: code.text, Mode: 0o600}},
		Main: engine.Process{
			Command: []string{interpreter.Path},
			// -S: packages of the host are no part of the function's environment.
			Args: []string{"-I", "-S", "-X", "utf8", "{asset:" + ours.Key + "}/digitalhub_runtime_python/_job.py", RequestFile},
		},
	}
	if lines := complete(f.Requirements); len(lines) > 0 {
		env, err := environment(interpreter, settings, lines, ours)
		if err != nil {
			return runtime.Plan{}, err
		}
		run.Assets = append(run.Assets, env)
		run.Main.Command = []string{"{asset:" + env.Key + "}/bin/python"}
		run.Main.Args = slices.Delete(run.Main.Args, 1, 2)
		run.Main.Env = map[string]string{"VIRTUAL_ENV": "{asset:" + env.Key + "}"}
	}
	params.Apply(run)
	return runtime.Plan{Runnable: run, Notices: append(notices, remarks(r, spec)...)}, nil
}

// read composes and normalises the three specs: aliases are folded in each before they are merged, so that
// a run's env wins over a task's envs.
func (rt *Runtime) read(ctx context.Context, r runtime.Request) (f function, s runSpec, p runtime.Params, err error) {
	specs := make([]json.RawMessage, 3)
	for i, in := range []entity.Doc{r.Function, r.Task, r.Run} {
		m, err := runtime.Decode(in.Spec)
		if err == nil && i > 0 {
			err = runtime.FoldParams(m)
		}
		if err == nil {
			specs[i], err = runtime.Encode(m)
		}
		if err != nil {
			return f, s, p, reject(err)
		}
	}
	composed, err := runtime.Compose(specs[0], specs[1], specs[2])
	if err == nil {
		composed, err = rt.Normalise(ctx, Kind+"+"+Job+":run", composed)
	}
	if err == nil {
		p, err = runtime.ReadParams(composed)
	}
	if err != nil {
		return f, s, p, reject(err)
	}
	if err := json.Unmarshal(composed, &f); err != nil {
		return f, s, p, err
	}
	return f, s, p, json.Unmarshal(composed, &s)
}

// reject makes an error about the specs one that ends the run with a reason.
func reject(err error) error {
	if entity.CodeOf(err) == entity.CodeInvalid {
		return runtime.Rejected(entity.ReasonInvalidSpec, err.Error())
	}
	return err
}

type code struct{ path, module, name, text string }

// codeOf finds where the function's code goes in the workspace and what to call in it.
func codeOf(f function) (code, error) {
	if f.Source.Base64 == "" {
		if strings.Contains(f.Source.Source, "://") {
			return code{}, runtime.Rejected(entity.ReasonSource, "the function's source is "+f.Source.Source+
				", and this server cannot fetch it yet; put the code inline (base64) or run it from a local file")
		}
		return code{}, runtime.Rejected(entity.ReasonInvalidSpec, "/source/base64: the function has no code; expected the code in base64")
	}
	text, err := decodeSource(f.Source.Base64)
	if err != nil {
		return code{}, reject(err)
	}
	module, name, prefixed := strings.Cut(f.Source.Handler, ":")
	if !prefixed {
		module, name = "", f.Source.Handler
	}
	if name == "" {
		return code{}, runtime.Rejected(entity.ReasonHandler, "/source/handler: the function names no handler; expected the name of a function in its code, or module:name")
	}
	c := code{path: fileName(f.Source.Source), name: name, text: string(text)}
	if module == "" {
		return c, nil
	}
	file := strings.ReplaceAll(module, ".", "/") + ".py"
	switch {
	case fileName(file) != file:
		return code{}, runtime.Rejected(entity.ReasonHandler, "/source/handler: got module "+module+", expected a dotted name")
	case f.Source.Source == "" || strings.Contains(f.Source.Source, "://") || path.Base(c.path) == path.Base(file):
		c.path = file // the code is that module; else it comes from the requirements, or the job says handler_not_found
	}
	c.module = module
	return c, nil
}

// fileName makes a safe relative path of what a client calls its file: main.py without a usable name.
func fileName(name string) string {
	if name == "" || strings.Contains(name, "://") {
		return "main.py"
	}
	name = strings.ReplaceAll(name, "\\", "/")
	clean := path.Clean(name)
	if path.IsAbs(clean) || len(name) > 1 && name[1] == ':' || clean == ".." || strings.HasPrefix(clean, "../") || len(clean) > 200 {
		clean = path.Base(clean)
	}
	first, _, _ := strings.Cut(clean, "/")
	if clean == "." || clean == ".." || clean == "/" || first == ".dhub" || strings.ContainsRune(clean, 0) || !strings.HasSuffix(clean, ".py") || clean == ".py" {
		return "main.py"
	}
	return clean
}

// inputs replaces each key by that of the resolved version.
func inputs(keys map[string]string, docs map[string]entity.Doc) (map[string]string, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	out := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		out[name] = keys[name]
		if d, ok := docs[name]; ok {
			if _, ok := entity.ParseKey(d.Key()); !ok {
				return nil, runtime.Rejected(entity.ReasonInput, "/inputs/"+name+": the entity behind "+keys[name]+" has no usable key")
			}
			out[name] = d.Key()
		}
	}
	return out, nil
}

// remarks tells what a job of this runtime has no use for.
func remarks(r runtime.Request, _ runSpec) []engine.Notice {
	m, err := runtime.Decode(r.Run.Spec)
	if err != nil {
		return nil
	}
	if values, ok := m["values"].([]any); ok && len(values) > 0 {
		return []engine.Notice{{Field: "values", Code: "not_used", Message: "a Python function has no use for values; use parameters"}}
	}
	return nil
}

func encode(v request) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	m, err := runtime.Decode(b)
	if err != nil {
		return "", err
	}
	out, err := runtime.Encode(m)
	return string(out), err
}
