package cli

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"dhub/client"
	"dhub/entity"
)

// maxSecret is the largest value that is read.
const maxSecret = 1 << 20

// madeElsewhere says how entities come about that create does not make.
var madeElsewhere = map[string]string{
	entity.Function: "dhub run FILE:HANDLER makes the function, its versions and its tasks",
	entity.Task:     "dhub run FILE:HANDLER makes the function, its versions and its tasks",
	entity.Run:      "dhub run FILE:HANDLER starts a run",
	entity.DataItem: "dhub upload FILE keeps a file as a data item",
	entity.Artifact: "dhub upload FILE --kind artifact keeps a file as an artifact",
	entity.Model:    "dhub upload FILE --kind model keeps a file as a model",
	entity.Workflow: "the Python package and the API make workflows",
	entity.Trigger:  "the Python package and the API make triggers",
}

func (a *app) createCmd() *cobra.Command {
	parent := group("create", "Make a secret or a project")
	unknown := parent.RunE
	parent.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			if how, ok := madeElsewhere[entity.Singular(strings.ToLower(args[0]))]; ok {
				return entity.Invalid("command", "enum", "dhub create makes secrets and projects; %s", how)
			}
		}
		return unknown(cmd, args)
	}
	parent.AddCommand(a.createSecretCmd(), a.createProjectCmd())
	return parent
}

func (a *app) createSecretCmd() *cobra.Command {
	exact := false
	cmd := &cobra.Command{
		Use:   "secret NAME",
		Short: "Keep a secret value, or give one a new value",
		Long: `Keep a value under NAME in the project; runs get it as an environment variable of that name (dhub run --secret
NAME). On a terminal the value is asked for and not shown; elsewhere it is read from standard input, less one
line end. It never stands on the command line, where other users of the machine could read it.`,
		Example: `  dhub create secret API_TOKEN
  dhub create secret API_TOKEN < token.txt
  dhub run fetch.py:main --secret API_TOKEN`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 2 || len(args) == 1 && strings.Contains(args[0], "=") {
				return entity.Invalid("NAME", "pattern", "a value does not belong on the command line, where others can read it: give the name alone and the value on standard input")
			}
			return words(1, 1)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, name := cmd.Context(), args[0]
			if !entity.ValidSlug(name) {
				return entity.Invalid("NAME", "pattern", "%q is no name: letters, digits and . _ + - are allowed", name)
			}
			value, err := a.secretValue(name, exact)
			if err != nil {
				return err
			}
			c, err := a.ensureServer(ctx, false)
			if err != nil {
				return err
			}
			if err := a.ensureProject(ctx, c); err != nil {
				return err
			}
			done := "kept"
			_, err = c.Latest(ctx, entity.Secret, a.project, name)
			switch {
			case entity.IsNotFound(err):
				_, err = c.Create(ctx, entity.Secret, a.project, secretBody(a.project, name))
			case err == nil:
				done = "has a new value"
			}
			if err != nil {
				return err
			}
			if err := c.SetSecrets(ctx, a.project, map[string]string{name: value}); err != nil {
				return err
			}
			fmt.Fprintf(a.err, "secret %s of project %s: %s; give it to a run with --secret %s\n", name, a.project, done, name)
			return nil
		},
	}
	cmd.Flags().BoolVar(&exact, "exact", false, "keep a line end at the end of standard input")
	return cmd
}

func secretBody(project, name string) map[string]any {
	return map[string]any{"name": name, "kind": "secret", "project": project,
		"spec": map[string]any{"path": "secret://" + name, "provider": secretProvider}}
}

// secretProvider is the published name of the server's own store of secrets.
const secretProvider = "kubernetes"

// secretValue asks for a value without showing it, or reads it from standard input.
func (a *app) secretValue(name string, exact bool) (string, error) {
	if f, ok := a.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprintf(a.err, "value of %s (not shown): ", name)
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(a.err)
		if err != nil {
			return "", entity.Errorf(entity.CodeUnavailable, "read the value: %w", err)
		}
		return notEmpty(string(b))
	}
	b, err := io.ReadAll(io.LimitReader(a.in, maxSecret+1))
	if err != nil {
		return "", entity.Errorf(entity.CodeUnavailable, "read the value from standard input: %w", err)
	}
	if len(b) > maxSecret {
		return "", entity.Invalid("value", "size", "the value on standard input is larger than %s", size(maxSecret))
	}
	value := string(b)
	if !exact {
		value = strings.TrimSuffix(strings.TrimSuffix(value, "\n"), "\r")
	}
	return notEmpty(value)
}

func notEmpty(value string) (string, error) {
	if value == "" {
		return "", entity.Invalid("value", "required", "the value is empty; type it, or give it on standard input: dhub create secret NAME < FILE")
	}
	return value, nil
}

func (a *app) createProjectCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "project NAME",
		Short: "Make a project",
		Long:  "Make a project: a namespace for functions, runs and data. dhub run makes the one it needs by itself.",
		Args:  words(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !entity.ValidProject(args[0]) {
				return entity.Invalid("NAME", "pattern", "%q is no name of a project: 2 to 38 of a-z, 0-9 and - are allowed", args[0])
			}
			c, err := a.ensureServer(cmd.Context(), false)
			if err != nil {
				return err
			}
			e, err := c.Create(cmd.Context(), entity.Project, "", client.Entity{Name: args[0], Kind: entity.Project})
			if entity.CodeOf(err) == entity.CodeConflict || err != nil && strings.Contains(err.Error(), "Duplicated entity") {
				return entity.Errorf(entity.CodeConflict, "there is a project %q already; dhub get project %[1]s shows it", args[0])
			}
			if err == nil {
				fmt.Fprintln(a.out, e.Key)
			}
			return err
		},
	}
}
