package cli

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dhub/client"
	"dhub/entity"
)

const runWord = "RUN is an id, the beginning of one, a key, or \"last\"."

func (a *app) logsCmd() *cobra.Command {
	var follow, timestamps bool
	cmd := &cobra.Command{
		Use:   "logs RUN",
		Short: "Print a run's log",
		Long:  "Print a run's log, whole and as it was written; with -f go on until the run has ended. With -t each line begins with the time at which it was written, to about a fifth of a second, or with - where that is not known, as of logs stored by dhub before it kept times. " + runWord,
		Args:  words(1, 1), ValidArgsFunction: a.completeRuns,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRun(cmd.Context(), args[0], func(ctx context.Context, c *client.Client, run client.Entity) error {
				write := a.logPrinter()
				if timestamps {
					write = a.timedPrinter()
				}
				return c.StreamLog(ctx, run.Project, run.ID, follow, write)
			})
		},
	}
	cmd.Flags().BoolVarP(&follow, "follow", "f", false, "go on until the run has ended")
	cmd.Flags().BoolVarP(&timestamps, "timestamps", "t", false, "begin each line with the time at which it was written")
	return cmd
}

// logPrinter writes a log as it was written, and says between its parts where an attempt begins or bytes are missing.
func (a *app) logPrinter() func(client.LogChunk) error {
	attempt := 0
	return func(ch client.LogChunk) error {
		if ch.Attempt != attempt && attempt != 0 {
			fmt.Fprintf(a.err, "--- attempt %d ---\n", ch.Attempt)
		}
		attempt = ch.Attempt
		if ch.Lost > 0 {
			fmt.Fprintf(a.err, "--- %d bytes are missing here ---\n", ch.Lost)
		}
		_, err := a.out.Write(ch.Data)
		return err
	}
}

func (a *app) stopCmd() *cobra.Command {
	var wait bool
	cmd := &cobra.Command{
		Use:   "stop RUN",
		Short: "Stop a run that has not ended",
		Long:  "Ask a run to stop: it gets its grace period, then it is killed with all it started. " + runWord,
		Args:  words(1, 1), ValidArgsFunction: a.completeRuns,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRun(cmd.Context(), args[0], func(ctx context.Context, c *client.Client, run client.Entity) error {
				if run.RunStatus().Final() {
					fmt.Fprintf(a.err, "run %s had ended already: %s\n", run.ID, run.State())
					return nil
				}
				run, err := c.Act(ctx, run.Project, run.ID, "stop")
				if err == nil && wait {
					run, err = c.WaitFinal(ctx, run.Project, run.ID)
				}
				if err == nil {
					fmt.Fprintf(a.err, "run %s: %s\n", run.ID, strings.ToLower(string(run.State())))
				}
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&wait, "wait", true, "until it has ended")
	return cmd
}

func (a *app) waitCmd() *cobra.Command {
	var timeout span
	cmd := &cobra.Command{
		Use:   "wait RUN",
		Short: "Wait until a run has ended",
		Long:  "Wait until a run has ended; the exit code is the job's own, 124 when --timeout passes first. " + runWord,
		Args:  words(1, 1), ValidArgsFunction: a.completeRuns,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRun(cmd.Context(), args[0], func(ctx context.Context, c *client.Client, run client.Entity) error {
				if timeout > 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, time.Duration(timeout))
					defer cancel()
				}
				final, err := c.WaitFinal(ctx, run.Project, run.ID)
				if ctx.Err() == context.DeadlineExceeded {
					fmt.Fprintf(a.err, "run %s has not ended within %s\n", run.ID, time.Duration(timeout))
					return exitCode(124)
				}
				if err != nil {
					return err
				}
				return a.report(final, source{})
			})
		},
	}
	cmd.Flags().Var(&timeout, "timeout", "give up after this long: 90s, 5m or plain seconds")
	return cmd
}

func (a *app) whyCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "why [RUN]",
		Short: "Say in words what a run waits on, or why it failed and what to do",
		Long: "Say in words what an unfinished run waits on, or why a finished one failed and what to do. " + runWord +
			" Without RUN it is the newest failed run of the project.",
		Args: words(0, 1), ValidArgsFunction: a.completeRuns,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.whyFailed(cmd.Context())
			}
			return a.withRun(cmd.Context(), args[0], func(_ context.Context, _ *client.Client, run client.Entity) error {
				_, err := fmt.Fprint(a.out, entity.Why(run.Raw).Text())
				return err
			})
		},
	}
}

// whyFailed explains the newest failed run of the project, and says which one it is.
func (a *app) whyFailed(ctx context.Context) error {
	c, err := a.connect()
	if err != nil {
		return err
	}
	p, err := c.List(ctx, entity.Run, a.project, url.Values{"state": {string(entity.StateError)}, "sort": {"created,desc"}, "size": {"1"}})
	if err != nil {
		return err
	}
	if len(p.Content) == 0 {
		if err := a.projectExists(ctx, c); err != nil {
			return err
		}
		return entity.Errorf(entity.CodeNotFound, "no run of project %s has failed; dhub why RUN explains any other, dhub get runs lists them", a.project)
	}
	run, err := c.Get(ctx, entity.Run, a.project, p.Content[0].ID)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.err, "run %s, created %s ago, is the newest of project %s that failed\n", run.ID, age(run.Meta().Created), a.project)
	_, err = fmt.Fprint(a.out, entity.Why(run.Raw).Text())
	return err
}

func (a *app) withRun(ctx context.Context, word string, f func(context.Context, *client.Client, client.Entity) error) error {
	c, err := a.connect()
	if err != nil {
		return err
	}
	run, err := a.findRun(ctx, c, word)
	if err != nil {
		return err
	}
	return f(ctx, c, run)
}
