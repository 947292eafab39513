package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"dhub/client"
	"dhub/entity"
	"dhub/examples"
)

func (a *app) demoCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "Define, run and watch a real pipeline on this machine",
		Long: `Run the bundled pipeline: one function reads a public data set and produces a data item, the next consumes it
by key. A server is started in the background when none answers; it stays
until it is stopped with dhub serve --stop.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			c, err := a.ensureServer(ctx, true)
			if err != nil {
				return err
			}
			return a.demo(ctx, c)
		},
	}
}

func (a *app) demo(ctx context.Context, c *client.Client) error {
	started := time.Now()
	if !a.rootFlagSet() {
		a.project = "demo"
	}
	inputs := map[string]string{}
	for i, step := range examples.Pipeline {
		text, err := examples.Files.ReadFile(step.File)
		if err != nil {
			return err
		}
		fmt.Fprintf(a.err, "\n[%d/%d] %s\n      %s run examples/%s:%s\n", i+1, len(examples.Pipeline), step.Title, os.Args[0], step.File, step.Handler)
		f, err := a.exampleData(step)
		if err != nil {
			return err
		}
		for _, in := range step.Inputs {
			f.inputs = append(f.inputs, in+"="+inputs[in])
		}
		src, err := a.sourceOf(step.File, step.Handler, text)
		if err != nil {
			return err
		}
		run, err := a.runSource(ctx, c, src, f)
		if err != nil {
			return err
		}
		s := run.RunStatus()
		if s.State != entity.StateCompleted {
			return exitCode(1)
		}
		for name, key := range s.Outputs {
			inputs[name] = key
		}
	}
	fmt.Fprintf(a.err, `
The pipeline ran in %[1]s. %[5]s
  %[2]s/   the console: open it in a browser
  %[3]s --project %[4]s get runs         every run with its state
  %[3]s --project %[4]s logs last        the log of the last one
  %[3]s --project %[4]s get dataitems    what the functions produced
  %[3]s run examples/hello/hello.py:main -p who=you
  curl %[2]s/api/v1/-/%[4]s/runs
The API is described at %[2]s/openapi.json
`, time.Since(started).Round(10*time.Millisecond), c.Endpoint(), os.Args[0], a.project, a.lifeOf(c))
	return nil
}

// lifeOf says how long the server stays and how it is stopped.
func (a *app) lifeOf(c *client.Client) string {
	stop := os.Args[0] + " serve --stop"
	s, err := a.host.FindServer(a.data)
	if a.data == "" || err != nil || s.Address != c.Endpoint() {
		return "The server is at " + c.Endpoint()
	}
	if s.Idle {
		return fmt.Sprintf("The server at %s was there before, started by dhub run: it ends after ten minutes\nwithout use. To keep one: %s && %s serve", c.Endpoint(), stop, os.Args[0])
	}
	return fmt.Sprintf("The server stays at %s until you stop it: %s", c.Endpoint(), stop)
}

// exampleData writes the files that a step reads to the data folder and passes their paths as parameters.
func (a *app) exampleData(step examples.Step) (f runFlags, err error) {
	for param, name := range step.Data {
		if err := a.ensureData(); err != nil {
			return f, err
		}
		b, err := examples.Files.ReadFile(name)
		if err != nil {
			return f, err
		}
		target := filepath.Join(a.data, "examples", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return f, entity.Errorf(entity.CodeUnavailable, "write the example's data: %w", err)
		}
		if err := os.WriteFile(target, b, 0o644); err != nil {
			return f, entity.Errorf(entity.CodeUnavailable, "write the example's data: %w", err)
		}
		f.params = append(f.params, param+"="+target)
	}
	return f, nil
}

// rootFlagSet tells whether the user chose a project.
func (a *app) rootFlagSet() bool { return a.project != "default" }
