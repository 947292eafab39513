package catalog

import (
	"strings"

	"dhub/entity"
	"dhub/internal/store"
)

// runFilters are the query parameters that lists of runs honour beyond those of published clients.
var runFilters = []string{"labels", "label", "since", "until", "functionName", "workflowName", "cursor"}

// runFilter reads one of runFilters into the query.
func runFilter(q *store.Query, name string, values map[string][]string) error {
	v := first(values, name)
	var err error
	switch name {
	case "labels", "label":
		if q.Project == "" {
			return entity.Invalid(name, "required", "The query parameter %s needs a project: labels belong to one.", name)
		}
		q.Labels = append(q.Labels, splitAll(values[name])...)
	case "since":
		q.CreatedFrom, _, err = interval(name, []string{v})
	case "until":
		q.CreatedTo, _, err = interval(name, []string{v})
	case "functionName", "workflowName":
		if !entity.ValidSlug(v) {
			return badParameter(name, v, "letters, digits and . _ + - are allowed")
		}
		if name == "functionName" {
			q.FunctionName = v
		} else {
			q.WorkflowName = v
		}
	case "cursor":
		q.After = v
	}
	return err
}

// splitAll reads a parameter that is repeated or separated by commas.
func splitAll(list []string) (out []string) {
	for _, v := range list {
		for part := range strings.SplitSeq(v, ",") {
			if part = strings.TrimSpace(part); part != "" {
				out = append(out, part)
			}
		}
	}
	return out
}

// states reads the parameter state: one as published clients send it, or several of which any will do.
func states(q *store.Query, list []string) {
	switch all := splitAll(list); len(all) {
	case 0:
	case 1:
		q.State = all[0]
	default:
		q.States = all
	}
}
