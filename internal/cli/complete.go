package cli

import (
	"context"
	"net/url"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"dhub/client"
	"dhub/entity"
)

// completion proposes words for an argument or a flag.
type completion = func(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective)

// patience is how long a shell's completion waits for a server; without an answer nothing is proposed.
const patience = 700 * time.Millisecond

const noFiles = cobra.ShellCompDirectiveNoFileComp

func (a *app) completeFlag(cmd *cobra.Command, flag string, f completion) {
	_ = cmd.RegisterFlagCompletionFunc(flag, f) // errs only when the flag is not there, which tests see
}

func only(list ...string) completion {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) { return list, noFiles }
}

// ask calls the running server; it never starts one.
func (a *app) ask(cmd *cobra.Command, f func(ctx context.Context, c *client.Client) ([]string, error)) ([]string, cobra.ShellCompDirective) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(cmd.Context()), patience)
	defer cancel()
	c, err := a.connect()
	if err != nil {
		return nil, noFiles
	}
	words, err := f(ctx, c)
	if err != nil {
		return nil, noFiles
	}
	return words, noFiles
}

// completeEntities proposes kinds, then names (ids of runs and the like) of the kind.
func (a *app) completeEntities(types ...string) completion {
	return func(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
		switch len(args) {
		case 0:
			return types, noFiles
		case 1:
			typ, err := entityType(args[0])
			if err != nil || !slices.Contains(types, typ) {
				return nil, noFiles
			}
			return a.completeNames(typ)(cmd, args, begun)
		}
		return nil, noFiles
	}
}

// completeNames proposes the names of a type's entities, of runs and tasks their ids.
func (a *app) completeNames(typ string) completion {
	if typ == entity.Run {
		return a.completeRuns
	}
	return func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
		return a.ask(cmd, func(ctx context.Context, c *client.Client) ([]string, error) {
			p, err := c.List(ctx, typ, a.project, url.Values{"size": {"100"}})
			var out []string
			for _, e := range p.Content {
				word := e.Name
				if typ == entity.Task || typ == entity.Log || word == "" {
					word = e.ID
				}
				out = append(out, word+"\t"+e.Kind)
			}
			return out, err
		})
	}
}

// completeRuns proposes the newest runs by id, with what they are.
func (a *app) completeRuns(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	if cmd.Name() != "get" && cmd.Name() != "delete" && len(args) > 0 {
		return nil, noFiles
	}
	return a.ask(cmd, func(ctx context.Context, c *client.Client) ([]string, error) {
		q := url.Values{"size": {"50"}}
		if begun != "" && begun != "last"[:min(len(begun), 4)] {
			q.Set("q", begun)
		}
		p, err := c.List(ctx, entity.Run, a.project, q)
		out := []string{"last\tthe newest run"}
		for _, e := range p.Content {
			out = append(out, e.ID+"\t"+functionOf(e)+" "+string(e.State()))
		}
		return out, err
	})
}

func completeStates(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return nil, noFiles
	}
	typ, _ := entityType(args[0])
	var out []string
	for _, s := range statesOf(typ) {
		out = append(out, string(s))
	}
	return out, noFiles
}

// completeKinds proposes the kinds that the server has of the entity type.
func (a *app) completeKinds(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return nil, noFiles
	}
	typ, _ := entityType(args[0])
	return a.kindsOf(cmd, typ)
}

func (a *app) completeMaterialKinds(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	return a.kindsOf(cmd, materials...)
}

func (a *app) kindsOf(cmd *cobra.Command, types ...string) ([]string, cobra.ShellCompDirective) {
	return a.ask(cmd, func(ctx context.Context, c *client.Client) ([]string, error) {
		offers, err := c.Kinds(ctx)
		var out []string
		for _, k := range offers {
			if slices.Contains(types, k.Entity) {
				out = append(out, k.Kind+"\t"+k.Title)
			}
		}
		return out, err
	})
}

// completeVersions proposes the versions that the server's schema lists for the kind of the file.
func (a *app) completeVersions(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return nil, noFiles
	}
	file, _, ok := cutHandler(args[0])
	if !ok {
		file = args[0]
	}
	kind, _, ok := a.host.KindForFile(file)
	if !ok {
		return nil, noFiles
	}
	return a.ask(cmd, func(ctx context.Context, c *client.Client) ([]string, error) {
		return c.Choices(ctx, entity.Function, kind, languageVersion)
	})
}
