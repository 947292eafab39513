package cli

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"dhub/client"
	"dhub/entity"
)

// kinds are the entity types the verbs take, in the order the help names them.
var kinds = []string{entity.Project, entity.Function, entity.Workflow, entity.Task, entity.Run, entity.Artifact,

	entity.DataItem, entity.Model, entity.Secret, entity.Trigger, entity.Log}

// entityType reads a type in singular or plural.
func entityType(word string) (string, error) {
	if strings.HasPrefix(word, "store://") {
		return "", entity.Invalid("KEY", "pattern", "%q is no key; a key is store://PROJECT/ENTITY/KIND/NAME, with :ID for one version", word)
	}
	typ := entity.Singular(strings.ToLower(word))
	if !slices.Contains(kinds, typ) {
		return "", entity.Invalid("KIND", "enum", "unknown kind of entity %q; expected one of %s", word, strings.Join(kinds, ", "))
	}
	return typ, nil
}

// target reads KIND and a word for one entity, or a key alone, which says the kind.
func target(args []string) (typ, word string, err error) {
	if len(args) == 1 {
		if k, ok := entity.ParseKey(args[0]); ok {
			typ, err = entityType(k.Entity)
			return typ, args[0], err
		}
	}
	if typ, err = entityType(args[0]); err != nil {
		return "", "", err
	}
	if len(args) == 1 {
		return "", "", entity.Invalid("args", "size", "which %s? Give its name, id or key; dhub get %s lists them", typ, entity.Plural(typ))
	}
	return typ, args[1], nil
}

func (a *app) outputFlag(cmd *cobra.Command) {
	cmd.Flags().StringVarP(&a.output, "output", "o", "table", "table, json or yaml; the latter two give everything")
	a.completeFlag(cmd, "output", only("table", "json", "yaml"))
}

func (a *app) getCmd() *cobra.Command {
	filters := map[string]*string{}
	var all bool
	var limit int
	cmd := &cobra.Command{
		Use:   "get KIND [NAME|ID] | KEY",
		Short: "Show one entity or list many",
		Long: "Show one entity in short or list many. KIND is one of " + strings.Join(kinds, ", ") + `, singular or
plural. -o json and -o yaml give all that is stored.

The duration of a run counts from its creation to its end, or until now: waiting, starting and running together, as in
the console. --sort duration,desc orders by it.`,
		Example: `  dhub get runs --state ERROR
  dhub get runs --sort duration,desc
  dhub get run last
  dhub get function etl-extract -o yaml
  dhub get store://default/dataitem/table/clean
  dhub get function etl-extract --all-versions`,
		Args:              words(1, 2),
		ValidArgsFunction: a.completeEntities(kinds...),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains([]string{"table", "json", "yaml"}, a.output) {
				return badOutput(a.output)
			}
			_, isKey := entity.ParseKey(args[0])
			if len(args) == 2 || isKey {
				return a.getOne(cmd.Context(), args, all, limit)
			}
			typ, err := entityType(args[0])
			if err != nil {
				return err
			}
			if limit < 1 {
				return entity.Invalid("limit", "range", "--limit is %d; it must be 1 or more", limit)
			}
			q := url.Values{}
			for name, v := range filters {
				if *v != "" {
					q.Set(name, *v)
				}
			}
			if q.Has("state") {
				state, err := stateOf(typ, q.Get("state"))
				if err != nil {
					return err
				}
				q.Set("state", state)
			}
			if all {
				q.Set("versions", "all")
			}
			c, err := a.connect()
			if err != nil {
				return err
			}
			return a.list(cmd.Context(), c, typ, q, limit)
		},
	}
	for _, f := range [][2]string{{"name", "only those of this name"}, {"kind", "only those of this kind"}, {"state", "only those in this state"},
		{"user", "only those of this creator"}, {"function", "only runs of this function: a reference or a part of it"},
		{"q", "only those with this text in id or name"}, {"labels", "only those with these labels, comma separated"}, {"sort", "order: field,asc or field,desc"}} {
		filters[f[0]] = cmd.Flags().String(f[0], "", f[1])
	}
	cmd.Flags().BoolVar(&all, "all-versions", false, "every version, not only the newest of each name")
	cmd.Flags().IntVar(&limit, "limit", 50, "at most so many")
	a.completeFlag(cmd, "state", completeStates)
	a.completeFlag(cmd, "function", a.completeNames(entity.Function))
	a.completeFlag(cmd, "kind", a.completeKinds)
	a.outputFlag(cmd)
	return cmd
}

// unversioned are the types whose names have no versions.
var unversioned = []string{entity.Project, entity.Run, entity.Task, entity.Log, entity.Secret}

// getOne shows one entity, or all versions of its name.
func (a *app) getOne(ctx context.Context, args []string, all bool, limit int) error {
	typ, word, err := target(args)
	if err != nil {
		return err
	}
	c, err := a.connect()
	if err != nil {
		return err
	}
	e, err := a.find(ctx, c, typ, word)
	if err != nil {
		return err
	}
	if all && !slices.Contains(unversioned, typ) {
		a.project = e.Project
		return a.list(ctx, c, typ, url.Values{"name": {e.Name}, "versions": {"all"}}, limit)
	}
	return a.printOne(typ, e)
}

func (a *app) list(ctx context.Context, c *client.Client, typ string, q url.Values, limit int) error {
	q.Set("size", strconv.Itoa(min(limit, 200)))
	var list []client.Entity
	more := false
	err := c.All(ctx, typ, a.project, q, func(e client.Entity) bool {
		if len(list) == limit {
			more = true
			return false
		}
		list = append(list, e)
		return true
	})
	if err == nil && len(list) == 0 && typ != entity.Project {
		err = a.projectExists(ctx, c)
	}
	if err != nil {
		return err
	}
	return a.printList(typ, list, more, q.Get("versions") == "all" && !slices.Contains(unversioned, typ))
}

// projectExists refuses a project that is not there; the default one comes with the first run.
func (a *app) projectExists(ctx context.Context, c *client.Client) error {
	_, err := c.Get(ctx, entity.Project, "", a.project)
	if !entity.IsNotFound(err) || a.project == "default" {
		return nil //nolint:nilerr // the list was answered; this is only for the message
	}
	return noProject(a.project)
}

func noProject(name string) error {
	return entity.Errorf(entity.CodeNotFound, "there is no project %q; dhub get projects lists those there are", name)
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
	if err == nil || !entity.IsNotFound(err) {
		return e, err
	}
	switch typ {
	case entity.Project:
		return e, noProject(word)
	case entity.Task, entity.Log:
	default:
		if e, err = c.Latest(ctx, typ, project, word); err == nil || !entity.IsNotFound(err) {
			return e, err
		}
	}
	if _, perr := c.Get(ctx, entity.Project, "", project); entity.IsNotFound(perr) {
		return e, noProject(project)
	}
	return e, entity.Errorf(entity.CodeNotFound, "there is no %s %q in project %s; dhub get %s lists them", typ, word, project, entity.Plural(typ))
}
