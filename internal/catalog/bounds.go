package catalog

import (
	"dhub/entity"
	"dhub/internal/store"
)

// Bounds of a query: more than anyone asks for, and less than a database refuses.
const (
	maxText  = 1024
	maxSorts = 8
	maxTerms = 50 // labels, states, kinds or words
)

// within refuses a query beyond the bounds, naming the parameter.
func within(q store.Query) error {
	for _, x := range []struct {
		name       string
		have, most int
	}{{"sort", len(q.Sort), maxSorts}, {"labels", len(q.Labels), maxTerms}, {"state", len(q.States), maxTerms}, {"id", len(q.IDs), MaxSize}} {
		if err := few(x.name, x.have, x.most); err != nil {
			return err
		}
	}
	for _, x := range []struct{ name, text string }{
		{"q", q.Text}, {"name", q.NameLike}, {"user", q.User}, {"action", q.TaskLike}, {"function", q.FunctionLike}, {"workflow", q.WorkflowLike},
	} {
		if err := short(x.name, x.text); err != nil {
			return err
		}
	}
	return nil
}

// within refuses a search beyond the bounds.
func (q SearchQuery) within() error {
	for _, x := range []struct {
		name string
		list []string
	}{{"q", q.Words}, {"type", q.Types}, {"kind", q.Kinds}, {"state", q.States}, {"labels", q.Labels}} {
		if err := few(x.name, len(x.list), maxTerms); err != nil {
			return err
		}
		for _, text := range x.list {
			if err := short(x.name, text); err != nil {
				return err
			}
		}
	}
	for _, text := range []string{q.Name, q.Description} {
		if err := short("fq", text); err != nil {
			return err
		}
	}
	return nil
}

func few(name string, have, most int) error {
	if have > most {
		return entity.Invalid(name, "size", "The query parameter %s holds %d entries; at most %d are possible.", name, have, most)
	}
	return nil
}

func short(name, text string) error {
	if len(text) > maxText {
		return entity.Invalid(name, "size", "The query parameter %s has %d characters; at most %d are possible.", name, len(text), maxText)
	}
	return nil
}
