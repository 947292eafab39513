package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"

	"dhub/client"
	"dhub/entity"
)

// follow prints the run's log while it executes, then what came of it, and returns the job's exit code as
// the command's.
func (a *app) follow(ctx context.Context, c *client.Client, run client.Entity, src source) (client.Entity, error) {
	stopSignals := make(chan os.Signal, 1)
	signal.Notify(stopSignals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(stopSignals)

	type end struct {
		run client.Entity
		err error
	}
	done := make(chan end, 1)
	go func() {
		err := c.StreamLog(ctx, run.Project, run.ID, true, a.logPrinter())
		if err != nil {
			done <- end{run, err}
			return
		}
		final, err := c.WaitFinal(ctx, run.Project, run.ID)
		done <- end{final, err}
	}()
	progress := time.NewTicker(2 * time.Second)
	defer progress.Stop()
	last := ""
	var answer chan bool // of the question that is open
	stopping := false
	stop := func() error {
		stopping, answer = true, nil
		fmt.Fprintf(a.err, "\nstopping run %s\n", run.ID)
		_, err := c.Act(context.WithoutCancel(ctx), run.Project, run.ID, "stop")
		return err
	}
	for {
		select {
		case e := <-done:
			if answer != nil {
				fmt.Fprintln(a.err) // the question needs no answer any more
			}
			if e.err != nil {
				return e.run, e.err
			}
			return e.run, a.report(e.run, src)
		case <-progress.C:
			if r, err := c.Get(ctx, entity.Run, run.Project, run.ID); err == nil {
				s := r.RunStatus()
				if line, key := waitingOn(s); line != "" && key != last {
					last = key
					fmt.Fprintln(a.err, line)
				}
			}
		case <-stopSignals:
			if stopping {
				fmt.Fprintf(a.err, "\nthe run is being stopped; see `dhub why %s`\n", run.ID)
				return run, exitCode(130)
			}
			if answer == nil {
				answer = a.askStop()
				continue
			}
			if err := stop(); err != nil { // pressed again instead of an answer
				return run, err
			}
		case yes := <-answer:
			if !yes {
				fmt.Fprintf(a.err, "the run goes on; see `dhub logs -f %s`\n", run.ID)
				return run, exitCode(130)
			}
			if err := stop(); err != nil {
				return run, err
			}
		}
	}
}

// waitingOn words what a run waits on before it executes, and gives a key under which that is said once. Each
// attempt says it anew. There is nothing to say of a run that executes or has ended.
func waitingOn(s client.RunStatus) (line, key string) {
	if s.Reason == nil || s.State == entity.StateRunning || s.Final() {
		return "", ""
	}
	return fmt.Sprintf("… %s: %s", strings.ToLower(string(s.State)), s.Reason.Message), fmt.Sprintf("%s of attempt %d", s.Reason.Code, s.Attempt)
}

// askStop asks on a terminal whether to stop the run, and does not wait for the answer: the run may end meanwhile.
// Only a word that begins with l leaves it running. Without a terminal the answer is yes.
func (a *app) askStop() chan bool {
	yes := make(chan bool, 1)
	f, ok := a.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		yes <- true
		return yes
	}
	fmt.Fprint(a.err, "\nstop the run (s) or leave it running (l)? [s] ")
	go func() {
		answer, err := bufio.NewReader(f).ReadString('\n')
		yes <- err != nil || !strings.HasPrefix(strings.ToLower(strings.TrimSpace(answer)), "l")
	}()
	return yes
}

// findRun resolves an id, a unique beginning of one, a key, or "last" for the newest run of the project.
func (a *app) findRun(ctx context.Context, c *client.Client, word string) (client.Entity, error) {
	project := a.project
	if k, ok := entity.ParseKey(word); ok && k.Entity == entity.Run {
		project, word = k.Project, k.ID
	}
	if word == "" {
		return client.Entity{}, entity.Invalid("RUN", "required", "which run? Give its id, the beginning of one, a key, or last")
	}
	if word == "last" {
		p, err := c.List(ctx, entity.Run, project, map[string][]string{"size": {"1"}})
		if err != nil {
			return client.Entity{}, err
		}
		if len(p.Content) == 0 {
			if _, err := c.Get(ctx, entity.Project, "", project); entity.IsNotFound(err) {
				return client.Entity{}, noProject(project)
			}
			return client.Entity{}, entity.Errorf(entity.CodeNotFound, "project %s has no run yet; dhub run FILE:HANDLER makes one", project)
		}
		return c.Get(ctx, entity.Run, project, p.Content[0].ID)
	}
	run, err := c.Get(ctx, entity.Run, project, word)
	if !entity.IsNotFound(err) {
		return run, err
	}
	p, lerr := c.List(ctx, entity.Run, project, map[string][]string{"q": {word}, "size": {"200"}})
	if lerr != nil {
		return client.Entity{}, errors.Join(err, lerr)
	}
	var found []string
	for _, e := range p.Content {
		if strings.HasPrefix(e.ID, word) || e.Name == word {
			found = append(found, e.ID)
		}
	}
	switch len(found) {
	case 0:
		if _, err := c.Get(ctx, entity.Project, "", project); entity.IsNotFound(err) {
			return client.Entity{}, noProject(project)
		}
		return client.Entity{}, entity.Errorf(entity.CodeNotFound, "no run %q in project %s; `dhub get runs` lists them", word, project)
	case 1:
		return c.Get(ctx, entity.Run, project, found[0])
	}
	return client.Entity{}, entity.Invalid("RUN", "pattern", "%q is the beginning of %d runs; write more of the id", word, len(found))
}
