package python

import (
	"encoding/json"
	"strings"

	"dhub/runtime"
)

// Versions are the values of python_version; a published client of an old line may send PYTHON3_9.
var Versions = []string{"PYTHON3_9", "PYTHON3_10", "PYTHON3_11", "PYTHON3_12", "PYTHON3_13", "PYTHON3_14"}

func functionProperties() runtime.Properties {
	return runtime.Properties{
		"source": json.RawMessage(`{"type":"object","title":"Source code","properties":{
			"source":{"type":"string","title":"Source","description":"Name of the file, or the address of the code"},
			"handler":{"type":"string","title":"Handler","description":"Function to call: name or module:name"},
			"base64":{"type":"string","title":"Code","contentEncoding":"base64"},
			"init_function":{"type":"string","title":"Init function","description":"Called once before the handler"},
			"lang":{"type":"string","title":"Language","enum":["python"]}}}`),
		"python_version": json.RawMessage(`{"type":"string","title":"Python version","description":"Without one, the host's own python3",
			"enum":["` + strings.Join(Versions, `","`) + `"]}`),
		"python_exact": json.RawMessage(`{"type":"boolean","title":"Exactly this version","description":"Refuse a newer interpreter where this version is absent"}`),
		"image":        json.RawMessage(`{"type":"string","title":"Image"}`),
		"base_image":   json.RawMessage(`{"type":"string","title":"Base image"}`),
		"requirements": json.RawMessage(`{"type":"array","title":"Requirements","description":"Lines of a requirements file","items":{"type":"string"}}`),
	}.Hinted(functionHints)
}

const functionUI = `{"ui:order":["python_version","python_exact","source","requirements","image","base_image"],"source":{"base64":{"ui:widget":"code"}},"requirements":{"ui:widget":"lines"}}`

func hint(h runtime.Hint, title, description string) runtime.Hint {
	h.Titles = map[string]string{"it": title}
	if description != "" {
		h.Descriptions = map[string]string{"it": description}
	}
	return h
}

var functionHints = map[string]runtime.Hint{
	"source":               hint(runtime.Hint{Group: "source", Order: 1, Widget: "source"}, "Codice sorgente", ""),
	"source.base64":        hint(runtime.Hint{Order: 1, Widget: "code", Language: Kind}, "Codice", ""),
	"source.handler":       hint(runtime.Hint{Order: 2, Needed: true, Placeholder: "main"}, "Gestore", "Funzione da chiamare: nome o modulo:nome"),
	"source.init_function": hint(runtime.Hint{Order: 3, Advanced: true}, "Funzione iniziale", "Chiamata una volta prima del gestore"),
	"source.source":        hint(runtime.Hint{Order: 4, Widget: "uri", Advanced: true, Placeholder: "main.py"}, "Sorgente", "Nome del file, o indirizzo del codice"),
	"source.lang":          hint(runtime.Hint{Hidden: true}, "Linguaggio", ""),
	"python_version":       hint(runtime.Hint{Group: "environment", Order: 1, Widget: "select"}, "Versione di Python", "Senza indicazione, il python3 della macchina"),
	"requirements":         hint(runtime.Hint{Group: "environment", Order: 2, Widget: "lines", Placeholder: "pandas==2.3.0"}, "Requisiti", "Righe di un file dei requisiti"),
	"python_exact":         hint(runtime.Hint{Group: "environment", Order: 3, Advanced: true}, "Esattamente questa versione", "Rifiuta un interprete più nuovo dove questa versione manca"),
	"image":                hint(runtime.Hint{Group: "environment", Order: 4, Advanced: true}, "Immagine", ""),
	"base_image":           hint(runtime.Hint{Group: "environment", Order: 5, Advanced: true}, "Immagine di base", ""),
}

var runHints = map[string]runtime.Hint{
	"inputs":          hint(runtime.Hint{Group: "inputs", Order: 1, Widget: "entity", Entity: "dataitem,artifact,model"}, "Ingressi", "Nome dell'argomento e chiave dell'entità"),
	"outputs":         hint(runtime.Hint{Group: "outputs", Order: 1, Widget: "key-value"}, "Uscite", "Uscita della funzione e nome con cui è conservata"),
	"parameters":      hint(runtime.Hint{Group: "parameters", Order: 1, Widget: "parameters"}, "Parametri", ""),
	"init_parameters": hint(runtime.Hint{Group: "parameters", Order: 2, Widget: "parameters", Advanced: true}, "Parametri della funzione iniziale", ""),
	"values":          hint(runtime.Hint{Group: "outputs", Order: 2, Hidden: true}, "Valori", ""),
}

func runProperties() runtime.Properties {
	return runtime.Properties{
		"inputs": json.RawMessage(`{"type":["object","array"],"title":"Inputs","description":"Argument name to entity key",
			"additionalProperties":{"type":"string","pattern":"^store://"},
			"items":{"type":"object","additionalProperties":{"type":"string","pattern":"^store://"}}}`),
		"outputs": json.RawMessage(`{"type":["object","array"],"title":"Outputs","description":"Output of the function to the name it is kept under",
			"additionalProperties":{"type":"string","minLength":1},
			"items":{"type":"object","additionalProperties":{"type":"string","minLength":1}}}`),
		"parameters":      json.RawMessage(`{"type":"object","title":"Parameters"}`),
		"init_parameters": json.RawMessage(`{"type":"object","title":"Parameters of the init function"}`),
		"values":          json.RawMessage(`{"type":"array","title":"Values"}`),
	}.Hinted(runHints)
}

func functionSchema() json.RawMessage {
	return runtime.Schema([]string{"source"}, functionProperties())
}

func taskSchema() json.RawMessage {
	return runtime.Schema([]string{"function"}, runtime.TaskParams(), runtime.FunctionTask())
}

func runSchema() json.RawMessage {
	return runtime.Schema(nil, functionProperties().ReadOnly(), runtime.TaskParams(), runtime.FunctionRun(), runProperties())
}
