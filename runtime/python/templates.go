package python

import (
	"embed"
	"encoding/base64"
	"encoding/json"

	"dhub/entity"
	"dhub/runtime"
)

//go:embed templates/*.py
var templateFiles embed.FS

var _ runtime.Templater = (*Runtime)(nil)

// Templates implements runtime.Templater.
func (*Runtime) Templates() []runtime.Template {
	both := func(en, it string) map[string]string { return map[string]string{"en": en, "it": it} }
	list := []runtime.Template{
		{ID: "hello", Titles: both("Hello", "Saluto"), Labels: []string{"start"},
			Descriptions: both("The smallest function: prints a greeting and returns it.", "La funzione più piccola: stampa un saluto e lo restituisce."),
			Run:          json.RawMessage(`{"parameters":{"who":"world","times":1}}`),
			Readme:       "Defines `main(who, times)`. Run it with other parameters; what it prints is the run's log, what it returns its result.\n"},
		{ID: "etl", Titles: both("Extract, transform, load", "Estrai, trasforma, carica"), Labels: []string{"etl", "data"},
			Descriptions: both("Reads rows, refuses broken ones, keeps the outcome as a table with its lineage.", "Legge righe, rifiuta quelle difettose, conserva il risultato come tabella con la sua provenienza."),
			Run:          json.RawMessage(`{"outputs":{"turnover":"turnover"}}`),
			Readme:       "Reads a small CSV text, computes the turnover by shop, and keeps the data item `turnover`. Replace the text by an input of your own.\n"},
		{ID: "requirements", Titles: both("With requirements", "Con requisiti"), Labels: []string{"start"},
			Descriptions: both("Uses a package from the package index; its environment is built once and shared.", "Usa un pacchetto dell'indice dei pacchetti; il suo ambiente è costruito una volta e condiviso."),
			Run:          json.RawMessage(`{"parameters":{"numbers":[1,2,3]}}`),
			Readme:       "The field requirements holds the lines of a requirements file. The first run builds the environment; its output is in the run's log.\n"},
		{ID: "scheduled", Titles: both("On a schedule", "A orari"), Labels: []string{"schedule"}, Schedule: "0 2 * * *",
			Descriptions: both("Looks after the disk every night; a run that fails calls for attention.", "Controlla il disco ogni notte; un'esecuzione fallita richiede attenzione."),
			Run:          json.RawMessage(`{"parameters":{"path":"/","most":95.0}}`),
			Readme:       "Comes with a trigger that fires every day at 02:00. Each firing is a run of its own.\n"},
	}
	for i := range list {
		t := &list[i]
		t.Entity, t.Kind, t.Action = entity.Function, Kind, Job
		code, err := templateFiles.ReadFile("templates/" + t.ID + ".py")
		if err != nil {
			panic(err) // it is in the binary
		}
		spec := map[string]any{"source": map[string]any{"source": t.ID + ".py", "handler": "main", "lang": Kind, "base64": base64.StdEncoding.EncodeToString(code)}}
		if t.ID == "requirements" {
			spec["requirements"] = []string{"tabulate==0.9.0"}
		}
		raw, err := json.Marshal(spec)
		if err != nil {
			panic(err) // texts only
		}
		t.Spec = raw
	}
	return list
}
