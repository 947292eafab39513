package cli

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"
	"time"

	"sigs.k8s.io/yaml"

	"dhub/client"
	"dhub/entity"
)

func (a *app) printOne(typ string, e client.Entity) error {
	switch a.output {
	case "json":
		return a.printJSON(e.Raw)
	case "yaml":
		return a.printYAML(e.Raw)
	}
	return a.show(typ, e)
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

func (a *app) printList(typ string, list []client.Entity, more, versions bool) error {
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
	switch {
	case typ == entity.Run:
		fmt.Fprintln(w, "ID\tNAME\tFUNCTION\tSTATE\tREASON\tAGE\tDURATION")
	case versions:
		fmt.Fprintln(w, "NAME\tVERSION\tKIND\tID\tSTATE\tAGE")
	default:
		fmt.Fprintln(w, "NAME\tKIND\tID\tSTATE\tAGE")
	}
	for _, e := range list {
		if typ == entity.Run {
			printRunRow(w, e)
			continue
		}
		name := e.Name
		if versions {
			name += fmt.Sprintf("\t%d", e.VersionNumber())
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", name, e.Kind, e.ID, e.State(), age(e.Meta().Created))
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
	s := e.RunStatus()
	code := ""
	if s.Reason != nil {
		code = s.Reason.Code
	}
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", e.ID, e.Name, functionOf(e), s.State, code, age(e.Meta().Created), duration(e))
}

// functionOf is the name of what a run executes.
func functionOf(e client.Entity) string {
	var spec struct{ Function, Workflow string }
	_ = json.Unmarshal(e.Spec, &spec)
	ref, _ := entity.ParseExecRef(spec.Function + spec.Workflow)
	return ref.Name
}

func age(created string) string {
	t, err := time.Parse(time.RFC3339, created)
	if err != nil {
		return ""
	}
	return short(time.Since(t))
}

// duration is how long a run took from its creation to its end, or has taken until now: what the console shows, and
// what lists sort by as duration.
func duration(e client.Entity) string {
	if total := e.RunStatus().Durations.Total; total != nil {
		return short(seconds(*total))
	}
	return age(e.Meta().Created)
}

func seconds(n float64) time.Duration { return time.Duration(n * float64(time.Second)) }

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
