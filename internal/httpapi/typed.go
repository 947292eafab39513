package httpapi

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"dhub/entity"
	"dhub/internal/artifact"
	"dhub/internal/catalog"
	"dhub/internal/run"
	"dhub/internal/secret"
	"dhub/internal/trigger"
)

// typed are the answers and bodies whose schemas are read off their Go types, by the name of the component.
// A member without omitempty is required; the tags doc and enum describe it.
func typed() map[string]any {
	return map[string]any{
		"Me": meBody{}, "MeProject": meProject{},
		"ConsoleConfig": consoleConfig{}, "ConsoleKind": consoleKind{}, "ConsoleEngine": consoleEngine{},
		"RunDurations": run.Durations{}, "RunBrief": run.Brief{}, "RecentRuns": run.Recent{}, "ProjectRuns": run.ProjectRuns{}, "RunCounts": run.Counts{}, "RunCountBucket": run.CountBucket{},
		"ProjectSummary": summaryBody{}, "RunOverview": run.Overview{}, "Attention": run.Attention{}, "TimelineLane": run.Lane{}, "EngineLoad": run.EngineLoad{},
		"EntityCount": catalog.Count{}, "ChangedEntity": catalog.Changed{}, "FailedTrigger": failedTrigger{}, "UpcomingFire": trigger.Fire{}, "RunExecutable": runExecutable{},
		"BulkRequest": bulkRequest{}, "BulkAnswer": bulkAnswer{}, "BulkResult": run.BulkResult{},
		"Preset": preset{}, "PresetBody": presetBody{}, "PresetList": presetList{}, "View": view{}, "ViewBody": viewBody{}, "ViewList": viewList{},
		"FilePreview": artifact.FilePreview{}, "TablePreview": artifact.Table{}, "TableColumn": artifact.Column{},
		"RevealedSecret": revealedSecret{}, "SecretUsage": secret.Usage{}, "SecretTask": secret.TaskUse{}, "SecretTrigger": secret.TriggerUse{}, "SecretRun": secret.RunUse{},
		"Template": catalog.Template{}, "TemplateMetadata": catalog.TemplateMetadata{},
		"ScheduleExplanation": trigger.Explanation{}, "PatternMatches": trigger.Matches{}, "PatternMatch": trigger.Match{}, "FiredRuns": run.Fired{},
		"DeletePlan": catalog.DeletePlan{}, "Label": catalog.Label{}, "LabelUse": catalog.LabelUse{}, "LabelRename": labelRename{}, "LabelRemoval": labelRemoval{},
		"Profile": run.Profile{}, "Profiles": profilesBody{},
		"RunUsage": usageBody{}, "UsageSample": usageSample{}, "UsageResources": usageResources{}, "UsageAsked": usageAsked{}, "LogSample": logSample{},
		"Lineage": catalog.Lineage{}, "LineageNode": catalog.Node{}, "LineageEdge": catalog.Edge{},
		"SearchItem": catalog.Item{}, "SearchMetadata": catalog.ItemMetadata{}, "SearchGroup": catalog.Group{},
	}
}

// typeSchemas makes the components of typed.
func typeSchemas() map[string]object {
	t := typeNames{}
	for name, v := range typed() {
		t[reflect.TypeOf(v)] = name
	}
	out := map[string]object{}
	for of, name := range t {
		if of.Kind() == reflect.Struct {
			out[name] = t.shape(of)
		} else {
			out[name] = t.plain(of)
		}
	}
	return out
}

// typeNames are the types that have a component of their own.
type typeNames map[reflect.Type]string

var (
	reasonType = reflect.TypeFor[entity.Reason]()
	rawType    = reflect.TypeFor[json.RawMessage]()
	timeType   = reflect.TypeFor[time.Time]()
	stateType  = reflect.TypeFor[entity.State]()
)

func (t typeNames) of(r reflect.Type) object {
	if name, ok := t[r]; ok {
		return ref(name)
	}
	return t.plain(r)
}

func (t typeNames) plain(r reflect.Type) object {
	switch r {
	case rawType:
		return object{}
	case reasonType:
		return ref("Reason")
	case timeType:
		return object{"type": "string", "format": "date-time"}
	case stateType:
		return object{"type": "string", "examples": runStates()}
	}
	switch r.Kind() {
	case reflect.String:
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int64, reflect.Int32:
		return object{"type": "integer"}
	case reflect.Float64:
		return object{"type": "number"}
	case reflect.Pointer:
		return t.of(r.Elem())
	case reflect.Slice:
		return arrayOf(t.of(r.Elem()))
	case reflect.Map:
		return object{"type": "object", "additionalProperties": t.of(r.Elem())}
	case reflect.Interface:
		return object{}
	case reflect.Struct:
		return t.shape(r)
	}
	panic(fmt.Sprintf("httpapi: %s has no schema", r))
}

func (t typeNames) shape(r reflect.Type) object {
	props, required := object{}, []string{}
	for _, f := range reflect.VisibleFields(r) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || name == "-" || name == "" {
			continue
		}
		s := object{}
		for k, v := range t.of(f.Type) {
			s[k] = v
		}
		if doc := f.Tag.Get("doc"); doc != "" {
			s["description"] = doc
		}
		if format := f.Tag.Get("format"); format != "" {
			s["format"] = format
		}
		if enum := f.Tag.Get("enum"); enum != "" {
			s["enum"] = strings.Split(enum, ",")
		}
		props[name] = s
		if !strings.Contains(options, "omit") {
			required = append(required, name)
		}
	}
	return shape("", required, props)
}

func arrayOf(items object) object { return object{"type": "array", "items": items} }

func shape(about string, required []string, props object) object {
	s := object{"type": "object", "properties": props}
	if about != "" {
		s["description"] = about
	}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

// runStates are the names that stand in a run's status.state.
func runStates() []string {
	var out []string
	for _, s := range []entity.State{entity.StateCreated, entity.StateBuilt, entity.StateReady, entity.StatePending, entity.StateRunning, entity.StateStop,
		entity.StateStopped, entity.StateResume, entity.StateCompleted, entity.StateError, entity.StateDeleting, entity.StateDeleted, entity.StateUploading} {
		out = append(out, string(s))
	}
	return out
}
