package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"
	"sigs.k8s.io/yaml"

	"dhub/client"
	"dhub/entity"
)

// kinds are the entity types the verbs take, in the order the help names them.
var kinds = []string{entity.Project, entity.Function, entity.Workflow, entity.Task, entity.Run, entity.Artifact,
	entity.DataItem, entity.Model, entity.Secret, entity.Trigger, entity.Log}

// entityType reads a type in singular or plural.
func entityType(word string) (string, error) {
	typ := entity.Singular(strings.ToLower(word))
	if !slices.Contains(kinds, typ) {
		return "", entity.Invalid("KIND", "enum", "unknown kind of entity %q; expected one of %s", word, strings.Join(kinds, ", "))
	}
	return typ, nil
}

func completeKinds(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return kinds, cobra.ShellCompDirectiveNoFileComp
}

func (a *app) outputFlag(cmd *cobra.Command) {
	cmd.Flags().StringVarP(&a.output, "output", "o", "table", "table, json or yaml")
	_ = cmd.RegisterFlagCompletionFunc("output", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{"table", "json", "yaml"}, cobra.ShellCompDirectiveNoFileComp
	})
}

func (a *app) getCmd() *cobra.Command {
	filters := map[string]*string{}
	var all bool
	var limit int
	cmd := &cobra.Command{
		Use:   "get KIND [NAME|ID|KEY]",
		Short: "Show one entity or list many",
		Long:  "Show one entity or list many. KIND is one of " + strings.Join(kinds, ", ") + ", singular or plural.",
		Example: `  dhub get runs --state ERROR
  dhub get function etl-extract -o yaml
  dhub get functions --all-versions`,
		Args:              cobra.RangeArgs(1, 2),
		ValidArgsFunction: completeKinds,
		RunE: func(cmd *cobra.Command, args []string) error {
			typ, err := entityType(args[0])
			if err != nil {
				return err
			}
			c, err := a.connect()
			if err != nil {
				return err
			}
			if len(args) == 2 {
				e, err := a.find(cmd.Context(), c, typ, args[1])
				if err != nil {
					return err
				}
				return a.printOne(e)
			}
			q := url.Values{}
			for name, v := range filters {
				if *v != "" {
					q.Set(name, *v)
				}
			}
			if all {
				q.Set("versions", "all")
			}
			q.Set("size", strconv.Itoa(min(max(limit, 1), 200)))
			var list []client.Entity
			more := false
			err = c.All(cmd.Context(), typ, a.project, q, func(e client.Entity) bool {
				if len(list) == limit {
					more = true
					return false
				}
				list = append(list, e)
				return true
			})
			if err != nil {
				return err
			}
			return a.printList(typ, list, more)
		},
	}
	for _, f := range [][2]string{{"name", "name"}, {"kind", "kind"}, {"state", "state"}, {"user", "creator"},
		{"function", "function reference or a part of it (runs)"}, {"q", "text in id or name"}, {"labels", "labels, comma separated"}, {"sort", "field,asc or field,desc"}} {
		filters[f[0]] = cmd.Flags().String(f[0], "", "only those with this "+f[1])
	}
	cmd.Flags().Lookup("sort").Usage = "order: field,asc or field,desc"
	cmd.Flags().BoolVar(&all, "all-versions", false, "every version, not only the newest of each name")
	cmd.Flags().IntVar(&limit, "limit", 50, "at most so many")
	a.outputFlag(cmd)
	return cmd
}

// find resolves an id, a key, a name (newest version), or for runs also a beginning of the id.
func (a *app) find(ctx context.Context, c *client.Client, typ, word string) (client.Entity, error) {
	if typ == entity.Run {
		return a.findRun(ctx, c, word)
	}
	project := a.project
	if k, ok := entity.ParseKey(word); ok {
		if k.Entity != typ {
			return client.Entity{}, entity.Invalid("KEY", "enum", "%s is the key of a %s, not of a %s", word, k.Entity, typ)
		}
		project, word = k.Project, k.Name
		if k.ID != "" {
			word = k.ID
		}
	}
	e, err := c.Get(ctx, typ, project, word)
	if err == nil || !entity.IsNotFound(err) || typ == entity.Project || typ == entity.Task || typ == entity.Log {
		return e, err
	}
	return c.Latest(ctx, typ, project, word)
}

func (a *app) printOne(e client.Entity) error {
	switch a.output {
	case "json":
		return a.printJSON(e.Raw)
	case "yaml", "table": // one entity is no table
		return a.printYAML(e.Raw)
	}
	return badOutput(a.output)
}

func badOutput(o string) error {
	return entity.Invalid("output", "enum", "unknown output form %q; expected table, json or yaml", o)
}

func (a *app) printJSON(v json.RawMessage) error {
	_, err := fmt.Fprintln(a.out, string(v))
	return err
}

func (a *app) printYAML(v json.RawMessage) error {
	y, err := yaml.JSONToYAML(v)
	if err != nil {
		return err
	}
	_, err = a.out.Write(y)
	return err
}

func (a *app) printList(typ string, list []client.Entity, more bool) error {
	switch a.output {
	case "json", "yaml":
		raws := make([]json.RawMessage, len(list))
		for i, e := range list {
			raws[i] = e.Raw
		}
		b, err := json.Marshal(raws)
		if err != nil {
			return err
		}
		if a.output == "yaml" {
			return a.printYAML(b)
		}
		return a.printJSON(b)
	case "table":
	default:
		return badOutput(a.output)
	}
	if len(list) == 0 {
		fmt.Fprintf(a.err, "no %s found\n", entity.Plural(typ))
		return nil
	}
	w := tabwriter.NewWriter(a.out, 0, 4, 2, ' ', 0)
	if typ == entity.Run {
		fmt.Fprintln(w, "ID\tFUNCTION\tSTATE\tREASON\tAGE\tDURATION")
	} else {
		fmt.Fprintln(w, "NAME\tKIND\tID\tSTATE\tAGE")
	}
	for _, e := range list {
		if typ == entity.Run {
			printRunRow(w, e)
			continue
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", e.Name, e.Kind, e.ID, e.State(), age(e.Meta().Created))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if more {
		fmt.Fprintf(a.err, "more %s exist; raise --limit\n", entity.Plural(typ))
	}
	return nil
}

func printRunRow(w *tabwriter.Writer, e client.Entity) {
	var spec struct{ Function, Workflow string }
	_ = json.Unmarshal(e.Spec, &spec)
	ref, _ := entity.ParseExecRef(spec.Function + spec.Workflow)
	s := e.RunStatus()
	code := ""
	if s.Reason != nil {
		code = s.Reason.Code
	}
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", e.ID, ref.Name, s.State, code, age(e.Meta().Created), duration(s))
}

func age(created string) string {
	t, err := time.Parse(time.RFC3339, created)
	if err != nil {
		return ""
	}
	return short(time.Since(t))
}

func duration(s client.RunStatus) string {
	from, err := time.Parse(time.RFC3339, s.Started)
	if err != nil {
		return ""
	}
	to, err := time.Parse(time.RFC3339, s.Finished)
	if err != nil {
		to = time.Now()
	}
	return short(to.Sub(from))
}

// short prints a duration in its largest fitting unit.
func short(d time.Duration) string {
	switch {
	case d < time.Second:
		return fmt.Sprintf("%dms", max(d.Milliseconds(), 0))
	case d < 2*time.Minute:
		return fmt.Sprintf("%.1fs", d.Seconds())
	case d < 2*time.Hour:
		return fmt.Sprintf("%dm", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%dh", int(d.Hours()))
	}
	return fmt.Sprintf("%dd", int(d.Hours()/24))
}
