package cli

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"dhub/client"
	"dhub/entity"
)

// runFlags are what one execution of a file asks for.
type runFlags struct {
	name, action, version   string
	params, inputs, outputs []string
	env, secrets            []string
	requirements            []string
	initFunction            string
	cpu, mem                string
	timeout, backoff        int
	detach                  bool
}

func (a *app) runCmd() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run FILE:HANDLER",
		Short: "Run a function from a file, follow its log, print its outputs",
		Long: `Run the function HANDLER of a local file. What is missing is made: the project, the function, a new version
when the file changed since the last one, and the task. The log is followed, then results and outputs are
printed. The exit code is the job's own. When no server answers, one is started in the background; it ends
by itself after ten minutes without work.

Ctrl-C on a terminal asks whether to stop the run or to leave it; without a terminal it stops the run.`,
		Example: `  dhub run hello.py:main -p who=world -p times=3
  dhub run transform.py:clean -i raw=store://demo/dataitem/table/raw`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := a.ensureServer(cmd.Context())
			if err != nil {
				return err
			}
			_, err = a.runFile(cmd.Context(), c, args[0], f)
			return err
		},
	}
	fl := cmd.Flags()
	fl.StringArrayVarP(&f.params, "param", "p", nil, "parameter name=value; the value is JSON, or text where it is none")
	fl.StringArrayVarP(&f.inputs, "input", "i", nil, "input name=key (store://project/dataitem/kind/name[:id]), or name=NAME of a data item")
	fl.StringArrayVar(&f.outputs, "output", nil, "rename an output: name=other")
	fl.StringArrayVarP(&f.env, "env", "e", nil, "environment variable NAME=value")
	fl.StringArrayVar(&f.secrets, "secret", nil, "secret of the project, given to the job as environment variable of its name")
	fl.StringArrayVarP(&f.requirements, "requirement", "r", nil, "package the function needs (repeatable), or a requirements file")
	fl.StringVar(&f.name, "name", "", "name of the function (default from the file and the handler)")
	fl.StringVar(&f.action, "action", "", "action (default the kind's first)")
	fl.StringVar(&f.version, "python-version", "", "version of the language, such as PYTHON3_12")
	fl.StringVar(&f.initFunction, "init", "", "function called once before the handler")
	fl.StringVar(&f.cpu, "cpu", "", "CPU, such as 500m or 2")
	fl.StringVar(&f.mem, "mem", "", "memory limit, such as 512Mi")
	fl.IntVar(&f.timeout, "timeout", 0, "seconds after which the run is ended")
	fl.IntVar(&f.backoff, "retries", 0, "attempts after the first when it fails")
	fl.BoolVarP(&f.detach, "detach", "d", false, "print the run's id and do not wait")
	return cmd
}

// runFile makes what is missing, starts the run and follows it. The answer is the ended run.
func (a *app) runFile(ctx context.Context, c *client.Client, target string, f runFlags) (client.Entity, error) {
	file, handler, ok := cutHandler(target)
	if !ok {
		return client.Entity{}, entity.Invalid("FILE:HANDLER", "pattern", "%q names no handler; write %s:HANDLER, the function to call", target, target)
	}
	source, err := os.ReadFile(file)
	if err != nil {
		return client.Entity{}, entity.Invalid("FILE", "reference", "cannot read the function's file: %v", err)
	}
	return a.runSource(ctx, c, file, handler, source, f)
}

// runSource is runFile with the file read already.
func (a *app) runSource(ctx context.Context, c *client.Client, file, handler string, source []byte, f runFlags) (client.Entity, error) {
	kind, action, ok := a.host.KindForFile(file)
	if !ok {
		return client.Entity{}, entity.Invalid("FILE", "enum", "no runtime takes files like %q", filepath.Base(file))
	}
	if f.action != "" {
		action = f.action
	}
	if err := a.ensureProject(ctx, c); err != nil {
		return client.Entity{}, err
	}
	fn, err := a.ensureFunction(ctx, c, kind, file, handler, source, f)
	if err != nil {
		return client.Entity{}, err
	}
	run, err := a.startRun(ctx, c, fn, action, f)
	if err != nil {
		return client.Entity{}, err
	}
	for _, n := range run.RunStatus().Notices {
		fmt.Fprintf(a.err, "note: %s\n", n.Message)
	}
	if f.detach {
		fmt.Fprintln(a.out, run.ID)
		return run, nil
	}
	fmt.Fprintf(a.err, "run %s of %s, version %s\n", run.ID, fn.Name, fn.ID)
	return a.follow(ctx, c, run)
}

func cutHandler(target string) (file, handler string, ok bool) {
	i := strings.LastIndexByte(target, ':')
	if i <= 0 || i == len(target)-1 {
		return "", "", false
	}
	return target[:i], target[i+1:], true
}

func (a *app) ensureProject(ctx context.Context, c *client.Client) error {
	_, err := c.Get(ctx, entity.Project, "", a.project)
	if !entity.IsNotFound(err) {
		return err
	}
	_, err = c.Create(ctx, entity.Project, "", map[string]any{"name": a.project, "kind": "project"})
	if err != nil && strings.Contains(err.Error(), "Duplicated entity") {
		return nil // another caller made it meanwhile
	}
	return err
}

var notSlug = regexp.MustCompile(`[^a-zA-Z0-9._+-]+`)

// functionName derives a stable name from a file and a handler.
func functionName(file, handler string) string {
	stem := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	return strings.Trim(notSlug.ReplaceAllString(stem+"-"+handler, "-"), "-")
}

// ensureFunction posts the first version and puts later ones: the server makes a new version only when the
// specification differs from the newest.
func (a *app) ensureFunction(ctx context.Context, c *client.Client, kind, file, handler string, source []byte, f runFlags) (client.Entity, error) {
	name := f.name
	if name == "" {
		name = functionName(file, handler)
	}
	spec := map[string]any{"source": dropEmpty(map[string]any{
		"source": filepath.Base(file), "handler": handler, "init_function": f.initFunction,
		"base64": base64.StdEncoding.EncodeToString(source)})}
	if f.version != "" {
		spec["python_version"] = f.version
	}
	reqs, err := requirementLines(f.requirements)
	if err != nil {
		return client.Entity{}, err
	}
	if len(reqs) > 0 {
		spec["requirements"] = reqs
	}
	body := map[string]any{"kind": kind, "name": name, "project": a.project, "spec": spec}
	latest, err := c.Latest(ctx, entity.Function, a.project, name)
	switch {
	case entity.IsNotFound(err):
		e, err := a.firstVersion(ctx, c, body)
		if err == nil || entity.CodeOf(err) != entity.CodeConflict && !strings.Contains(err.Error(), "Duplicated entity") {
			return e, err
		}
		if latest, err = c.Latest(ctx, entity.Function, a.project, name); err != nil { // another command made it meanwhile
			return client.Entity{}, err
		}
	case err != nil:
		return client.Entity{}, err
	case latest.Kind != kind:
		return c.Create(ctx, entity.Function, a.project, body)
	}
	body["metadata"], body["status"] = latest.Metadata, map[string]any{"state": latest.State()}
	return c.Update(ctx, entity.Function, a.project, latest.ID, body)
}

// firstVersion posts a function under an id that follows from what it is, so that of several commands which
// find it missing at once one makes it.
func (a *app) firstVersion(ctx context.Context, c *client.Client, body map[string]any) (client.Entity, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return client.Entity{}, err
	}
	sum := sha256.Sum256(text)
	sum[6], sum[8] = sum[6]&0x0f|0x40, sum[8]&0x3f|0x80 // as a UUID of version 4
	body["id"] = hex.EncodeToString(sum[:16])
	e, err := c.Create(ctx, entity.Function, a.project, body)
	delete(body, "id")
	return e, err
}

// requirementLines reads requirement files among the given requirements.
func requirementLines(list []string) ([]string, error) {
	var lines []string
	for _, r := range list {
		if !strings.HasSuffix(r, ".txt") {
			lines = append(lines, r)
			continue
		}
		b, err := os.ReadFile(r)
		if err != nil {
			return nil, entity.Invalid("requirement", "reference", "cannot read the requirements file: %v", err)
		}
		for _, l := range strings.Split(string(b), "\n") {
			if l = strings.TrimSpace(l); l != "" && !strings.HasPrefix(l, "#") {
				lines = append(lines, l)
			}
		}
	}
	return lines, nil
}

func dropEmpty(m map[string]any) map[string]any {
	for k, v := range m {
		if v == "" {
			delete(m, k)
		}
	}
	return m
}

func (a *app) startRun(ctx context.Context, c *client.Client, fn client.Entity, action string, f runFlags) (client.Entity, error) {
	spec := map[string]any{
		"function":        fn.Kind + "://" + a.project + "/" + fn.Name + ":" + fn.ID,
		"local_execution": false,
	}
	params := map[string]json.RawMessage{}
	for _, p := range f.params {
		k, v, ok := strings.Cut(p, "=")
		if !ok {
			return client.Entity{}, entity.Invalid("param", "pattern", "parameter %q has no value; write name=value", p)
		}
		params[k] = jsonOrText(v)
	}
	if len(params) > 0 {
		spec["parameters"] = params
	}
	pairs, err := keyValues("input", f.inputs)
	if err != nil {
		return client.Entity{}, err
	}
	for k, v := range pairs {
		if !strings.HasPrefix(v, "store://") {
			di, err := c.Latest(ctx, entity.DataItem, a.project, v)
			if err != nil {
				return client.Entity{}, entity.Invalid("input", "reference", "input %s: no data item %q in project %s; give a key (store://…) or a name", k, v, a.project)
			}
			pairs[k] = di.Key
		}
	}
	if len(pairs) > 0 {
		spec["inputs"] = pairs
	}
	if outs, err := keyValues("output", f.outputs); err != nil {
		return client.Entity{}, err
	} else if len(outs) > 0 {
		spec["outputs"] = outs
	}
	envs, err := keyValues("env", f.env)
	if err != nil {
		return client.Entity{}, err
	}
	var list []map[string]string
	for k, v := range envs {
		list = append(list, map[string]string{"name": k, "value": v})
	}
	if list != nil {
		spec["envs"] = list
	}
	if len(f.secrets) > 0 {
		spec["secrets"] = f.secrets
	}
	if res := dropEmpty(map[string]any{"cpu": f.cpu, "mem": f.mem}); len(res) > 0 {
		spec["resources"] = res
	}
	if f.timeout > 0 {
		spec["timeout"] = f.timeout
	}
	if f.backoff > 0 {
		spec["backoff_limit"] = f.backoff
	}
	return c.Create(ctx, entity.Run, a.project, map[string]any{
		"kind": fn.Kind + "+" + action + ":run", "project": a.project, "spec": spec})
}

func keyValues(flag string, list []string) (map[string]string, error) {
	m := map[string]string{}
	for _, s := range list {
		k, v, ok := strings.Cut(s, "=")
		if !ok || k == "" {
			return nil, entity.Invalid(flag, "pattern", "--%s %q is no pair; write name=value", flag, s)
		}
		m[k] = v
	}
	return m, nil
}

// jsonOrText keeps JSON as it came (1.0 stays 1.0) and takes everything else as text.
func jsonOrText(v string) json.RawMessage {
	if json.Valid([]byte(v)) {
		return json.RawMessage(v)
	}
	b, _ := json.Marshal(v)
	return b
}
