package cli

import (
	"bufio"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"dhub/client"
	"dhub/entity"
)

func (a *app) deleteCmd() *cobra.Command {
	var all, yes, cascade bool
	cmd := &cobra.Command{
		Use:   "delete KIND NAME|ID | KEY",
		Short: "Delete an entity, after asking",
		Long: `Delete one entity; with --all-versions every version of its name. What belongs to it goes with it unless
--cascade=false: tasks and runs of a function, files of an artifact, everything in a project. Live runs are
ended first. On a terminal you are asked; elsewhere --yes is needed.`,
		Args:              words(1, 2),
		ValidArgsFunction: a.completeEntities(kinds...),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
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
			project := e.Project
			if project == "" {
				project = a.project
			}
			what := fmt.Sprintf("%s %s (%s)", typ, e.Name, e.ID)
			if e.Name == e.ID {
				what = typ + " " + e.Name
			}
			if all {
				what = fmt.Sprintf("all versions of %s %s", typ, e.Name)
			}
			if cascade {
				what += a.belongings(cmd, c, typ, e)
			}
			if !yes {
				if err := a.confirm("delete " + what + "?"); err != nil {
					return err
				}
			}
			if all {
				err = c.DeleteByName(ctx, typ, project, e.Name, cascade)
			} else {
				err = c.Delete(ctx, typ, project, e.ID, cascade)
			}
			if err == nil {
				fmt.Fprintf(a.err, "deleted %s\n", what)
				a.sayVersionsLeft(cmd, c, typ, project, e)
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&all, "all-versions", false, "every version of the name")
	cmd.Flags().BoolVar(&cascade, "cascade", true, "with all that belongs to it")
	cmd.Flags().BoolVarP(&yes, "yes", "y", false, "do not ask")
	return cmd
}

// sayVersionsLeft tells that a name is still there when one version of several was deleted.
func (a *app) sayVersionsLeft(cmd *cobra.Command, c *client.Client, typ, project string, e client.Entity) {
	if typ == entity.Trigger || slices.Contains(unversioned, typ) {
		return
	}
	p, err := c.List(cmd.Context(), typ, project, url.Values{"name": {e.Name}, "versions": {"all"}, "size": {"1"}})
	if err != nil || p.TotalElements == 0 {
		return
	}
	versions := "1 version"
	if p.TotalElements > 1 {
		versions = fmt.Sprintf("%d versions", p.TotalElements)
	}
	fmt.Fprintf(a.err, "%s of %s %s left; --all-versions deletes every one\n", versions, typ, e.Name)
}

// belongings says how much goes with an entity, as far as counts of lists can tell.
func (a *app) belongings(cmd *cobra.Command, c *client.Client, typ string, e client.Entity) string {
	project, counted := e.Project, []string{entity.Run}
	q := url.Values{"size": {"1"}}
	switch typ {
	case entity.Project:
		project, counted = e.Name, []string{entity.Function, entity.Workflow, entity.Run, entity.DataItem, entity.Artifact, entity.Model, entity.Trigger, entity.Secret}
	case entity.Function:
		q.Set("function", e.Kind+"://"+e.Project+"/"+e.Name+":"+e.ID)
	default:
		return ""
	}
	var parts []string
	for _, t := range counted {
		p, err := c.List(cmd.Context(), t, project, q)
		switch n := p.TotalElements; {
		case err != nil || n == 0 && typ == entity.Project:
		case n == 1:
			parts = append(parts, "1 "+t)
		default:
			parts = append(parts, fmt.Sprintf("%d %s", n, entity.Plural(t)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " with " + strings.Join(parts, ", ")
}

// confirm asks a yes-or-no question; without a terminal it refuses and names the flag.
func (a *app) confirm(question string) error {
	f, ok := a.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return entity.Invalid("yes", "required", "%s Nothing was done: there is no terminal to ask on; add --yes", question)
	}
	fmt.Fprint(a.err, question+" [y/N] ")
	answer, _ := bufio.NewReader(f).ReadString('\n')
	if !strings.HasPrefix(strings.ToLower(strings.TrimSpace(answer)), "y") {
		fmt.Fprintln(a.err, "nothing was done")
		return exitCode(1)
	}
	return nil
}
