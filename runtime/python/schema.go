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
	}
}

const functionUI = `{"ui:order":["python_version","python_exact","source","requirements","image","base_image"],"source":{"base64":{"ui:widget":"code"}}}`

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
	}
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
