package catalog

import (
	"encoding/json"
	"slices"
	"strings"

	"dhub/entity"
	"dhub/runtime"
)

// Template is a specification to begin with, in the form of the published templates and with what a first
// run and a trigger of it would be.
type Template struct {
	ID       string           `json:"id"`
	Name     string           `json:"name"`
	Kind     string           `json:"kind"`
	Type     string           `json:"type" doc:"The type of entity that is made of it."`
	Key      string           `json:"key"`
	Metadata TemplateMetadata `json:"metadata"`
	Spec     json.RawMessage  `json:"spec"`
	Status   json.RawMessage  `json:"status"`
	Readme   string           `json:"readme,omitempty" doc:"Markdown."`
	Action   string           `json:"action,omitempty" doc:"Of a first run."`
	Run      json.RawMessage  `json:"run,omitempty" doc:"Members of a first run's spec."`
	Schedule string           `json:"schedule,omitempty" doc:"Cron expression of a trigger that belongs to it."`
}

// TemplateMetadata is what people read of a template, in their language.
type TemplateMetadata struct {
	Name        string   `json:"name" doc:"The title."`
	Description string   `json:"description"`
	Labels      []string `json:"labels"`
}

// Templates lists the templates of all runtimes, of one entity type if named.
func (c *Catalog) Templates(entityType, lang string) []Template {
	out := []Template{}
	for _, rt := range c.runtimes.All() {
		t, ok := rt.(runtime.Templater)
		if !ok {
			continue
		}
		for _, x := range t.Templates() {
			if entityType != "" && x.Entity != entityType {
				continue
			}
			local := func(texts map[string]string) string {
				if s := texts[lang]; s != "" {
					return s
				}
				return texts["en"]
			}
			out = append(out, Template{ID: x.ID, Name: x.ID, Kind: x.Kind, Type: x.Entity, Key: "template://" + x.Entity + "/" + x.Kind + "/" + x.ID,
				Metadata: TemplateMetadata{local(x.Titles), local(x.Descriptions), append([]string{}, x.Labels...)}, Spec: x.Spec,
				Status: json.RawMessage(`{"state":"` + string(entity.StateReady) + `"}`), Readme: x.Readme, Action: x.Action, Run: x.Run, Schedule: x.Schedule})
		}
	}
	slices.SortStableFunc(out, func(a, b Template) int { return strings.Compare(a.Type+a.Kind, b.Type+b.Kind) })
	return out
}
