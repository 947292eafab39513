package httpapi

import (
	"slices"
	"strings"
	"sync"
)

// document is the OpenAPI document, made when it is first asked for.
type document struct {
	once sync.Once
	data []byte
}

// OpenAPI is the OpenAPI 3.1 document of everything that is served.
func (a *API) OpenAPI() []byte {
	a.doc.once.Do(func() { a.doc.data = compact(a.describe()) })
	return a.doc.data
}

func apiDocs(c *call) error { return c.raw(c.OpenAPI()) }

type object = map[string]any

func (a *API) describe() object {
	paths := object{}
	for i := range a.routes {
		r := &a.routes[i]
		at := docPath(r.path)
		item, _ := paths[at].(object)
		if item == nil {
			item = object{}
			paths[at] = item
		}
		item[strings.ToLower(r.method)] = r.operation()
	}
	for _, m := range a.cfg.Mounts {
		path := strings.TrimSuffix(strings.TrimSuffix(m.Path, "{$}"), "/")
		if m.Raw || strings.HasSuffix(m.Path, "/") {
			path += "/{path}"
		} else if path == "" {
			path = "/"
		}
		op := object{"tags": []string{"mounts"}, "summary": m.Summary, "operationId": "mount" + strings.NewReplacer("/", "_", "{", "", "}", "").Replace(path),
			"responses": object{"default": object{"description": "As the protocol that is spoken there says."}}}
		if strings.Contains(path, "{path}") {
			op["parameters"] = []object{{"name": "path", "in": "path", "required": true, "schema": object{"type": "string"}}}
		}
		paths[path] = object{"get": op}
	}
	schemas := object{}
	for name, s := range components() {
		schemas[name] = s
	}
	return object{
		"openapi": "3.1.0",
		"info": object{"title": "dhub", "version": a.cfg.Version,
			"description": "Data functions: defined, executed, tracked. Every success is a 200; operations without a result answer with an empty body."},
		"paths": paths,
		"components": object{
			"schemas": schemas,
			"securitySchemes": object{"bearer": object{"type": "http", "scheme": "bearer",
				"description": "Not needed while no login is configured; a token that is presented is always verified."}},
			"responses": object{"error": object{"description": "What is wrong, and with which field.",
				"content": object{"application/json": object{"schema": ref("Error")}}}},
		},
		"security": []object{{}, {"bearer": []string{}}},
	}
}

// docPath is a mux pattern as OpenAPI writes it.
func docPath(path string) string {
	path = strings.TrimSuffix(path, "{$}")
	return strings.ReplaceAll(path, "...}", "}")
}

func ref(name string) object { return object{"$ref": "#/components/schemas/" + name} }

func (r *route) operation() object {
	op := object{"operationId": r.id, "tags": []string{r.tag}, "summary": r.summary}
	params := []object{}
	for _, name := range wildcards(r.path) {
		params = append(params, object{"name": name, "in": "path", "required": true, "schema": pathSchema(name)})
	}
	for _, p := range r.query {
		params = append(params, p.describe("query"))
	}
	for _, p := range r.headers {
		params = append(params, p.describe("header"))
	}
	if len(params) > 0 {
		op["parameters"] = params
	}
	switch {
	case r.rawBody:
		op["requestBody"] = object{"required": true, "content": object{"application/octet-stream": object{"schema": object{"type": "string", "format": "binary"}}}}
	case r.body != "":
		content := object{"application/json": object{"schema": ref(r.body)}}
		if r.yaml {
			content[mediaYAML] = object{"schema": object{"type": "string"}}
		}
		op["requestBody"] = object{"required": true, "content": content}
	}
	ok := object{"description": "Done."}
	if r.answer != "" {
		media := r.media
		if media == "" {
			media = "application/json"
		}
		content := object{media: object{"schema": ref(r.answer)}}
		if r.yaml && r.body == "" {
			content[mediaYAML] = object{"schema": object{"type": "string"}}
		}
		ok = object{"description": "The answer.", "content": content}
	}
	responses := object{"200": ok, "default": object{"$ref": "#/components/responses/error"}}
	if slices.ContainsFunc(r.headers, func(p param) bool { return p.name == "Range" }) {
		responses["206"] = ok
	}
	op["responses"] = responses
	return op
}

func pathSchema(name string) object {
	switch name {
	case "project", "id":
		return object{"type": "string", "pattern": "^[a-zA-Z0-9._+-]+$", "maxLength": 256}
	case "kind":
		return object{"type": "string", "pattern": "^[a-zA-Z0-9._+:-]+$", "maxLength": 256}
	}
	return object{"type": "string"}
}

func (p param) describe(in string) object {
	schema := object{"type": p.kind}
	if p.kind == "array" {
		schema["items"] = object{"type": "string"}
	}
	d := object{"name": p.name, "in": in, "description": p.about, "schema": schema}
	if p.required {
		d["required"] = true
	}
	return d
}

// Route is one line of what is served, for tests and tools.
type Route struct{ Method, Pattern string }

// Routes lists everything that is served, mounts included.
func (a *API) Routes() []Route {
	var out []Route
	for _, r := range a.routes {
		out = append(out, Route{r.method, r.path})
	}
	for _, m := range a.cfg.Mounts {
		out = append(out, Route{"GET", m.Path})
	}
	return out
}
