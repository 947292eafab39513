package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
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
	initParams              []string
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
printed. The exit code is the job's own, or 128 and the number of the signal that ended it. When no server
answers, one is started in the background; it ends by itself after ten minutes without a client, a live run or
an active schedule (dhub serve keeps one, dhub serve --stop ends it).

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
			if f.initFunction != "" {
				if err := a.host.CheckHandler(src.kind, src.text, f.initFunction); err != nil {
					return entity.Invalid("init", "reference", "--init: %s: %v; nothing was made", src.file, err)
				}
			}
			c, err := a.ensureServer(cmd.Context(), false)
			if err != nil {
				return err
			}
			src.init = f.initFunction
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
	fl.StringArrayVar(&f.initParams, "init-param", nil, "parameter name=value of the --init function; the value as with -p")
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

// check refuses flags that are no pairs before anything is made.
func (f runFlags) check() error {
	if f.name != "" && !entity.ValidSlug(f.name) {
		return entity.Invalid("name", "pattern", "--name %q is no name: 1 to 256 letters, digits and . _ + - are allowed", f.name)
	}
	for _, pairs := range []struct {
		flag string
		list []string
	}{{"param", f.params}, {"input", f.inputs}, {"output", f.outputs}, {"env", f.env}, {"init-param", f.initParams}} {
		if _, err := keyValues(pairs.flag, pairs.list); err != nil {
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
		return client.Entity{}, inFlags(err)
	}
	run, err := a.startRun(ctx, c, fn, src.action, inputs, f)
	if err != nil {
		return client.Entity{}, inFlags(err)
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
	for _, given := range []struct {
		flag, field string
		list        []string
	}{{"param", "parameters", f.params}, {"init-param", "init_parameters", f.initParams}} {
		texts, err := keyValues(given.flag, given.list)
		if err != nil {
			return client.Entity{}, err
		}
		params := map[string]json.RawMessage{}
		for k, v := range texts {
			params[k] = jsonOrText(v)
		}
		if len(params) > 0 {
			spec[given.field] = params
		}
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
		if before, twice := m[k]; twice {
			return nil, entity.Invalid(flag, "unique", "--%s gives %s twice, %q and %q; give it once", flag, k, before, v)
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
