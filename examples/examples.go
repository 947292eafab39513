// Package examples carries the example functions inside the binary, for the demonstration and for tests.
package examples

import "embed"

// Files holds the examples, one folder each.
//
//go:embed hello/hello.py etl/extract.py etl/transform.py etl/weather.csv requirements/report.py
var Files embed.FS

// Step is one function of Pipeline.
type Step struct {
	File, Handler, Title string
	// Data names, by parameter, files of Files whose path the function is given: whoever runs the step writes
	// them where the job can read them and passes the absolute path as the parameter.
	Data map[string]string
	// Inputs names the inputs; each is the output of that name of an earlier step.
	Inputs []string
	// Outputs names what the step leaves for later ones.
	Outputs []string
}

// Pipeline is the extract and transform pair on daily weather observations.
var Pipeline = []Step{
	{File: "etl/extract.py", Handler: "extract", Title: "Extract: read 2,922 daily weather observations, keep a table",
		Data: map[string]string{"path": "etl/weather.csv"}, Outputs: []string{"weather"}},
	{File: "etl/transform.py", Handler: "transform", Title: "Transform: consume the table by key, make monthly figures",
		Inputs: []string{"weather"}, Outputs: []string{"climate"}},
}
