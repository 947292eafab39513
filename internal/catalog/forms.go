package catalog

import (
	"encoding/json"
	"sync"

	"dhub/entity"
	"dhub/runtime"
)

// ownHints say how forms show the kinds that belong to no runtime, by entity type and property.
var ownHints = map[string]map[string]runtime.Hint{
	entity.Project:  {"source": form(1, "", "", "Sorgente"), "config": form(2, "", "", "Configurazione")},
	entity.Artifact: {"path": form(1, "uri", "", "Percorso"), "src_path": form(2, "", "", "Percorso di origine")},
	entity.DataItem: {"path": form(1, "uri", "", "Percorso"), "schema": form(2, "schema", "", "Schema")},
	entity.Model: {"path": form(1, "uri", "", "Percorso"), "framework": form(2, "", "", "Framework"), "algorithm": form(3, "", "", "Algoritmo"), "parameters": form(4, "parameters", "", "Parametri"),
		"flavor": form(5, "", "", "Variante"), "input_datasets": form(6, "list", "", "Dati in ingresso"), "model_config": form(7, "yaml", "", "Configurazione del modello"), "signature": form(8, "yaml", "", "Firma"),
		"base_model": form(5, "", "", "Modello di base"), "model_id": form(6, "", "", "Identificativo del modello"), "model_revision": form(7, "", "", "Revisione del modello")},
	entity.Secret: {"path": form(1, "", "", "Percorso"), "provider": form(2, "select", "", "Fornitore")},
	entity.Trigger: {"schedule": form(1, "cron", "", "Pianificazione"), "timezone": form(2, "timezone", "", "Fuso orario"), "concurrency_policy": form(3, "select", "", "Sovrapposizione"),
		"misfire_policy": form(4, "select", "", "Scatti mancati"), "start": form(5, "datetime", "", "Inizio"), "end": form(6, "datetime", "", "Fine"),
		"key": form(1, "pattern", "", "Chiave"), "states": form(2, "tags", "", "Stati"), "task": form(10, "entity", entity.Task, "Attività"),
		"function": form(8, "entity", entity.Function, "Funzione"), "workflow": form(9, "entity", entity.Workflow, "Flusso"), "template": form(11, "run", "", "Modello di esecuzione")},
}

func form(order int, widget, of, italian string) runtime.Hint {
	return runtime.Hint{Order: order, Widget: widget, Entity: of, Titles: map[string]string{"it": italian}}
}

// kindTitles are the titles of kinds that belong to no runtime; others are shown by their name.
var kindTitles = map[string]map[string]string{
	"scheduler": {"en": "Schedule", "it": "Pianificazione"}, "lifecycle": {"en": "Change of state", "it": "Cambio di stato"},
	"table": {"en": "Table", "it": "Tabella"}, "dataitem": {"en": "Data item", "it": "Dato"}, "croissant": {"en": "Croissant", "it": "Croissant"},
	// Names of products are written as they write themselves, in every language.
	"mlflow": {"en": "MLflow"}, "sklearn": {"en": "scikit-learn"}, "huggingface": {"en": "Hugging Face"}, "onnx": {"en": "ONNX"},
	"tflite": {"en": "TensorFlow Lite"}, "tvm-ir": {"en": "TVM IR"}, "tvm-so": {"en": "TVM library"},
	"artifact": {"en": "Artifact", "it": "Artefatto"}, "model": {"en": "Model", "it": "Modello"}, "secret": {"en": "Secret", "it": "Segreto"}, "project": {"en": "Project", "it": "Progetto"},
}

// hinted adds the hints of an entity type to the schema of one of its kinds.
func hinted(typ string, schema json.RawMessage) json.RawMessage {
	o, err := entity.ParseObject(schema)
	if err != nil {
		panic("catalog: " + err.Error())
	}
	var properties runtime.Properties
	if json.Unmarshal(o.Get("properties"), &properties) != nil {
		return schema
	}
	hints := map[string]runtime.Hint{}
	for name, h := range ownHints[typ] {
		if properties[name] != nil {
			hints[name] = h
		}
	}
	o.SetAny("properties", properties.Hinted(hints))
	return o.JSON()
}

// localised remembers schemas by language.
type localised struct {
	mu   sync.Mutex
	done map[string]Schema
}

// LocalSchemas is Schemas with titles and descriptions in a language: those of the runtimes' kinds and of their
// properties as the runtimes declare them, English where there is no other.
func (c *Catalog) LocalSchemas(entityType, runtimeName, lang string) ([]Schema, error) {
	list, err := c.Schemas(entityType, runtimeName)
	if err != nil {
		return nil, err
	}
	out := make([]Schema, len(list))
	for i, s := range list {
		if out[i], err = c.local(s, lang); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (c *Catalog) local(s Schema, lang string) (Schema, error) {
	c.localised.mu.Lock()
	defer c.localised.mu.Unlock()
	key := lang + " " + s.ID
	if have, ok := c.localised.done[key]; ok {
		return have, nil
	}
	schema, err := runtime.Localise(s.Schema, lang)
	if err != nil {
		return s, err
	}
	o, err := entity.ParseObject(schema)
	if err != nil {
		return s, err
	}
	if title := c.title(s, lang); title != "" {
		o.SetText("title", title)
	}
	s.Schema = o.JSON()
	if c.localised.done == nil {
		c.localised.done = map[string]Schema{}
	}
	c.localised.done[key] = s
	return s, nil
}

// title is what people call a kind.
func (c *Catalog) title(s Schema, lang string) string {
	titles := kindTitles[s.Kind]
	if s.Runtime != "" {
		if a, ok := c.runtimes.Action(s.Kind); ok {
			titles = a.Title
		} else if k, ok := c.runtimes.Kind(s.Kind); ok {
			titles = k.Title
		}
	}
	if text := titles[lang]; text != "" {
		return text
	}
	return titles["en"]
}
