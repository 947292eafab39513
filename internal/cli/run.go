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
	"slices"
	"strings"
	"time"

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
	timeout                 span
	retries                 count
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
by itself after ten minutes without a client, a live run or an active schedule (dhub serve keeps one, dhub
serve --stop ends it).

Values of inputs are keys of data items, artifacts or models, or names of data items; dhub upload makes one of
a file.

Ctrl-C on a terminal asks whether to stop the run or to leave it; without a terminal it stops the run.`,
		Example: `  dhub run hello.py:main -p who=world -p times=3
  dhub run transform.py:clean -i raw=store://demo/dataitem/table/raw`,
		Args: words(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			src, err := a.readSource(args[0])
			if err != nil {
				return err
			}
			if err := f.check(); err != nil {
				return err
			}
			c, err := a.ensureServer(cmd.Context(), false)
			if err != nil {
				return err
			}
			_, err = a.runSource(cmd.Context(), c, src, f)
			return err
		},
	}
	fl := cmd.Flags()
	fl.StringArrayVarP(&f.params, "param", "p", nil, "parameter name=value; the value is JSON, or text where it is none")
	fl.StringArrayVarP(&f.inputs, "input", "i", nil, "input name=key (store://project/dataitem/kind/name[:id]), or name=NAME of a data item")
	fl.StringArrayVar(&f.outputs, "output", nil, "name for a returned value: output_0=count; a plain result has it afterwards, a table or file is stored under it")
	fl.StringArrayVarP(&f.env, "env", "e", nil, "environment variable NAME=value")
	fl.StringArrayVar(&f.secrets, "secret", nil, "secret of the project, given to the job as environment variable of its name")
	fl.StringArrayVarP(&f.requirements, "requirement", "r", nil, "package the function needs (repeatable), or a requirements file")
	fl.StringVar(&f.name, "name", "", "name of the function; without: from the file and the handler")
	fl.StringVar(&f.action, "action", "", "action of the function's kind; without: its first")
	fl.StringVar(&f.version, "python-version", "", "version of Python, such as 3.12 (PYTHON3_12)")
	fl.StringVar(&f.initFunction, "init", "", "function called once before the handler")
	fl.StringVar(&f.cpu, "cpu", "", "CPU, such as 500m or 2")
	fl.StringVar(&f.mem, "mem", "", "memory limit with its unit, such as 512Mi or 2Gi")
	fl.Var(&f.timeout, "timeout", "time after which the run is ended: 90s, 5m or plain seconds")
	fl.Var(&f.retries, "retries", "attempts after the first when it fails")
	fl.BoolVarP(&f.detach, "detach", "d", false, "print the run's id and do not wait")
	a.completeFlag(cmd, "secret", a.completeNames(entity.Secret))
	a.completeFlag(cmd, "python-version", a.completeVersions)
	a.completeFlag(cmd, "name", a.completeNames(entity.Function))
	return cmd
}

// source is a file that is to be run.
type source struct {
	file, handler string
	kind, action  string // what the runtimes of this build make of the file
	text          []byte
	told          []string // notes that were printed when the run was made
}

// readSource reads FILE:HANDLER and refuses what cannot work before anything is made.
func (a *app) readSource(target string) (source, error) {
	file, handler, ok := cutHandler(target)
	if strings.HasPrefix(target, ":") {
		return source{}, entity.Invalid("FILE:HANDLER", "pattern", "%q names no file; write FILE%[1]s, the file that holds the function", target)
	}
	if !ok {
		return source{}, entity.Invalid("FILE:HANDLER", "pattern", "%q names no handler; write %s:HANDLER, the function to call", target, strings.TrimSuffix(target, ":"))
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return source{}, entity.Invalid("FILE", "reference", "cannot read the function's file: %v", err)
	}
	return a.sourceOf(file, handler, text)
}

// sourceOf is readSource with the file read already.
func (a *app) sourceOf(file, handler string, text []byte) (source, error) {
	kind, action, ok := a.host.KindForFile(file)
	if !ok {
		return source{}, entity.Invalid("FILE", "enum", "no runtime takes files like %q", filepath.Base(file))
	}
	if err := a.host.CheckHandler(kind, text, handler); err != nil {
		return source{}, entity.Invalid("HANDLER", "reference", "%s: %v; nothing was made", file, err)
	}
	return source{file: file, handler: handler, kind: kind, action: action, text: text}, nil
}

// check refuses flags that are no pairs before anything is made.
func (f runFlags) check() error {
	if f.name != "" && !entity.ValidSlug(f.name) {
		return entity.Invalid("name", "pattern", "--name %q is no name: 1 to 256 letters, digits and . _ + - are allowed", f.name)
	}
	for _, p := range f.params {
		if k, _, ok := strings.Cut(p, "="); !ok || k == "" {
			return entity.Invalid("param", "pattern", "parameter %q has no value; write name=value", p)
		}
	}
	for flag, list := range map[string][]string{"input": f.inputs, "output": f.outputs, "env": f.env} {
		if _, err := keyValues(flag, list); err != nil {
			return err
		}
	}
	return nil
}

// runSource makes what is missing, starts the run and follows it. The answer is the ended run.
func (a *app) runSource(ctx context.Context, c *client.Client, src source, f runFlags) (client.Entity, error) {
	if f.action != "" {
		if err := a.checkAction(ctx, c, src.kind, f.action); err != nil {
			return client.Entity{}, err
		}
		src.action = f.action
	}
	if err := a.ensureProject(ctx, c); err != nil {
		return client.Entity{}, err
	}
	inputs, err := a.inputKeys(ctx, c, f.inputs)
	if err != nil {
		return client.Entity{}, err
	}
	fn, version, err := a.ensureFunction(ctx, c, src, f)
	if err != nil {
		return client.Entity{}, err
	}
	run, err := a.startRun(ctx, c, fn, src.action, inputs, f)
	if err != nil {
		return client.Entity{}, err
	}
	for _, n := range run.RunStatus().Notices {
		fmt.Fprintf(a.err, "note: %s\n", n.Message)
		src.told = append(src.told, n.Message)
	}
	if f.detach {
		fmt.Fprintln(a.out, run.ID)
		return run, nil
	}
	fmt.Fprintf(a.err, "run %s of %s, %s %s\n", run.ID, fn.Name, version, fn.ID)
	return a.follow(ctx, c, run, src)
}

// checkAction refuses an action that the kind does not have on this server.
func (a *app) checkAction(ctx context.Context, c *client.Client, kind, action string) error {
	offers, err := c.Kinds(ctx)
	if err != nil {
		return nil // another server may not say; it refuses the run in its own words
	}
	for _, k := range offers {
		if k.Entity == entity.Function && k.Kind == kind && !slices.Contains(k.Actions, action) {
			return entity.Invalid("action", "enum", "functions of the kind %s have no action %q here; they have: %s", kind, action, strings.Join(k.Actions, ", "))
		}
	}
	return nil
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

// languageVersion is the field of a function's spec that --python-version fills.
const languageVersion = "python_version"

// ensureFunction posts the first version and puts later ones: the server makes a new version only when the
// specification differs from the newest. It says which version it is and whether it was made.
func (a *app) ensureFunction(ctx context.Context, c *client.Client, src source, f runFlags) (fn client.Entity, version string, err error) {
	name := f.name
	if name == "" {
		name = functionName(src.file, src.handler)
	}
	spec := map[string]any{"source": dropEmpty(map[string]any{
		"source": filepath.Base(src.file), "handler": src.handler, "init_function": f.initFunction,
		"base64": base64.StdEncoding.EncodeToString(src.text)})}
	if f.version != "" {
		if spec[languageVersion], err = a.spelled(ctx, c, src.kind, f.version); err != nil {
			return client.Entity{}, "", err
		}
	}
	reqs, err := requirementLines(f.requirements)
	if err != nil {
		return client.Entity{}, "", err
	}
	if len(reqs) > 0 {
		spec["requirements"] = reqs
	}
	body := map[string]any{"kind": src.kind, "name": name, "project": a.project, "spec": spec}
	latest, err := c.Latest(ctx, entity.Function, a.project, name)
	switch {
	case entity.IsNotFound(err):
		e, err := a.firstVersion(ctx, c, body)
		if err == nil || entity.CodeOf(err) != entity.CodeConflict && !strings.Contains(err.Error(), "Duplicated entity") {
			return e, "version 1 (new)", err
		}
		if latest, err = c.Latest(ctx, entity.Function, a.project, name); err != nil { // another command made it meanwhile
			return client.Entity{}, "", err
		}
	case err != nil:
		return client.Entity{}, "", err
	case latest.Kind != src.kind:
		fn, err = c.Create(ctx, entity.Function, a.project, body)
		return fn, versionOf(fn) + " (new: of another kind)", err
	}
	body["metadata"], body["status"] = latest.Metadata, map[string]any{"state": latest.State()}
	if fn, err = c.Update(ctx, entity.Function, a.project, latest.ID, body); err != nil {
		return fn, "", err
	}
	if fn.ID == latest.ID {
		return fn, versionOf(fn) + " (unchanged)", nil
	}
	return fn, versionOf(fn) + " (new: it differs from the one before)", nil
}

// versionOf words which version of its name an entity is.
func versionOf(e client.Entity) string {
	if n := e.VersionNumber(); n > 0 {
		return fmt.Sprintf("version %d", n)
	}
	return "version"
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

// inputKeys turns the inputs' values into keys: a key stays, a name is the newest data item of it.
func (a *app) inputKeys(ctx context.Context, c *client.Client, list []string) (map[string]string, error) {
	pairs, err := keyValues("input", list)
	if err != nil {
		return nil, err
	}
	for k, v := range pairs {
		if strings.HasPrefix(v, "store://") {
			continue
		}
		item, err := c.Latest(ctx, entity.DataItem, a.project, v)
		if err == nil {
			pairs[k] = item.Key
			continue
		}
		if info, serr := os.Stat(v); serr == nil && info.Mode().IsRegular() {
			name := uploadName(v)
			return nil, entity.Invalid("input", "reference", "input %s: %s is a file here, and inputs are kept ones. Upload it first, then name it:\n  %s\n  -i %s=%s", k, v, a.commandLine("upload", v, "--name", name), k, name)
		}
		return nil, entity.Invalid("input", "reference", "input %s: there is neither a data item %q in project %s nor a file of that name here; give a key (store://…), a name (%s), or upload a file (dhub upload)", k, v, a.project, a.commandLine("get", "dataitems"))
	}
	return pairs, nil
}

// commandLine is what a user types for a command of this project.
func (a *app) commandLine(words ...string) string {
	line := "dhub"
	if a.project != "default" {
		line += " --project " + a.project
	}
	for _, w := range words {
		if strings.ContainsAny(w, " \t'\"$&|;<>()*?\\`") {
			w = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
		line += " " + w
	}
	return line
}

func (a *app) startRun(ctx context.Context, c *client.Client, fn client.Entity, action string, inputs map[string]string, f runFlags) (client.Entity, error) {
	spec := map[string]any{
		"function":        fn.Kind + "://" + a.project + "/" + fn.Name + ":" + fn.ID,
		"local_execution": false,
	}
	params := map[string]json.RawMessage{}
	for _, p := range f.params {
		k, v, _ := strings.Cut(p, "=")
		params[k] = jsonOrText(v)
	}
	if len(params) > 0 {
		spec["parameters"] = params
	}
	if len(inputs) > 0 {
		spec["inputs"] = inputs
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
		spec["timeout"] = time.Duration(f.timeout).Seconds()
	}
	if f.retries > 0 {
		spec["backoff_limit"] = f.retries
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
