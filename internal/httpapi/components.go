package httpapi

import "maps"

// components are the schemas of the OpenAPI document. What depends on a kind (spec, parts of the status) is
// an open object: its schema is under /schemas.
func components() map[string]object {
	str, integer, boolean := object{"type": "string"}, object{"type": "integer"}, object{"type": "boolean"}
	open := object{"type": "object", "additionalProperties": true}
	date := object{"type": "string", "format": "date-time"}
	sort := shape("", nil, object{"empty": boolean, "sorted": boolean, "unsorted": boolean})
	page := func(items object) object {
		return shape("One page of a list.", []string{"content", "totalElements", "totalPages", "size", "number", "numberOfElements", "first", "last", "empty", "sort", "pageable"}, object{
			"content": arrayOf(items), "totalElements": integer, "totalPages": integer, "size": integer, "number": integer,
			"numberOfElements": integer, "first": boolean, "last": boolean, "empty": boolean, "sort": sort,
			"pageable": shape("", nil, object{"pageNumber": integer, "pageSize": integer, "offset": integer, "paged": boolean, "unpaged": boolean, "sort": sort}),
		})
	}
	relation := shape("", []string{"type"}, object{"type": str, "source": str, "dest": str})
	metadata := object{"type": "object", "additionalProperties": true, "description": "Open; the server owns project, created, updated, created_by and updated_by.",
		"required": []string{"project", "name", "created", "updated", "created_by", "updated_by", "version"},
		"properties": object{"name": str, "description": str, "project": str, "version": str, "labels": arrayOf(str), "embedded": boolean, "ref": str,
			"created": date, "updated": date, "created_by": str, "updated_by": str, "relationships": arrayOf(ref("Relationship")), "openmetadata": open}}
	metadataBody := maps.Clone(metadata)
	delete(metadataBody, "required")
	notice := shape("A remark that changes nothing.", []string{"code", "message"}, object{"field": str, "code": str, "message": str})
	reason := shape("Why the entity is in its state.", []string{"code", "message"}, object{"code": str, "message": str, "exit_code": integer, "signal": str, "container": str, "details": open})
	status := func(more object) object {
		props := object{"state": object{"type": "string", "examples": runStates()}, "message": str, "notices": arrayOf(ref("Notice"))}
		maps.Copy(props, more)
		return object{"type": "object", "additionalProperties": true, "required": []string{"state"}, "properties": props}
	}
	envelopeOf := func(about string, more object, stat object) object {
		props := object{"id": str, "name": str, "kind": str, "project": str, "user": str, "key": str,
			"metadata": ref("Metadata"), "spec": open, "status": stat}
		maps.Copy(props, more)
		return shape(about, []string{"id", "name", "kind", "project", "user", "key", "metadata", "spec", "status"}, props)
	}
	extensions := object{"extensions": arrayOf(open)}
	runStatus := status(runStatusProps())
	material := status(object{"files": arrayOf(ref("FileInfo")), "preview": open})

	out := map[string]object{
		"Metadata": metadata, "MetadataBody": metadataBody, "Notice": notice, "Reason": reason, "Relationship": relation, "Relationships": arrayOf(ref("Relationship")),
		"Error": shape("A failure. timestamp, error and path stand in failures that concern no entity.", []string{"status", "message", "requestId", "errors"}, object{
			"status": integer, "message": str, "errorCode": str, "requestId": str, "timestamp": date, "error": str, "path": str,
			"errors": arrayOf(shape("", []string{"pointer", "message", "rule"}, object{"pointer": str, "message": str, "rule": str}))}),
		"Project":  envelopeOf("A namespace that owns everything else.", extensions, status(nil)),
		"Function": envelopeOf("A version of something executable; its kind names the runtime.", nil, status(object{"version_number": integer})),
		"Workflow": envelopeOf("A version of a graph of runs.", nil, status(object{"version_number": integer})),
		"Task":     envelopeOf("An action on a function or workflow, with its settings.", nil, status(nil)),
		"Run":      envelopeOf("One execution of a task.", object{"extensions": arrayOf(open), "spec": runSpec()}, runStatus),
		"Artifact": envelopeOf("A version of a file or folder.", extensions, material),
		"DataItem": envelopeOf("A version of data.", extensions, material),
		"Model":    envelopeOf("A version of a model.", extensions, material),
		"Secret": envelopeOf("The name of a value that is kept sealed.", nil, status(object{"revealed": object{"type": "array", "description": "Who looked at the value, the newest first.",
			"items": shape("", []string{"by", "at"}, object{"by": str, "at": date})}})),
		"Trigger": envelopeOf("What starts runs: a schedule, or a change of state.", nil, status(object{"next": object{"type": "array", "items": date, "description": "The next times of a schedule; of a single trigger that is read."}})),
		"Log": shape("The end of a log of a run.", nil, object{"id": str, "name": str, "kind": str, "project": str, "user": str, "key": str, "run": str,
			"content": object{"type": "string", "contentEncoding": "base64"}, "metadata": ref("Metadata"), "extensions": open,
			"spec": shape("", nil, object{"run": str, "timestamp": integer}),
			"status": shape("", nil, object{"state": str, "container": str, "attempt": integer, "offset": integer, "size": integer, "closed": boolean,
				"metrics": arrayOf(ref("LogSample"))})}),
		"LogEvent": shape("The data of an event. An event named end closes the stream.", []string{"offset", "attempt", "container", "data"}, object{"offset": integer, "attempt": integer, "container": str,
			"data": object{"type": "string", "contentEncoding": "base64"}, "lost": integer, "times": logTimesShape}),
		"Change": shape("The data of an event named change.", []string{"seq", "verb", "entity", "id", "kind", "name", "state", "project", "at"}, object{"seq": integer, "verb": object{"type": "string", "enum": []string{"create", "update", "delete"}},
			"entity": str, "id": str, "kind": str, "name": str, "state": str, "project": str, "at": date}),
		"Metric":        object{"oneOf": []object{{"type": "number"}, arrayOf(object{"type": "number"})}},
		"Metrics":       object{"type": "object", "additionalProperties": ref("Metric")},
		"FileInfo":      object{"type": "object", "additionalProperties": true, "properties": object{"path": str, "name": str, "content_type": str, "size": integer, "last_modified": str, "hash": str}},
		"FileInfoList":  arrayOf(ref("FileInfo")),
		"FileInfos":     object{"oneOf": []object{ref("FileInfoList"), ref("FileInfoPage")}},
		"FileInfoPage":  page(ref("FileInfo")),
		"Place":         shape("Where bytes are read from or written to.", []string{"path"}, object{"path": str, "url": str, "method": str, "uploadId": str, "partNumber": integer, "expiration": date}),
		"Credentials":   shape("", nil, object{"aws_access_key_id": str, "aws_secret_access_key": str, "aws_session_token": str, "aws_endpoint_url": str, "aws_region": str, "s3_bucket": str, "s3_signature_version": str, "aws_credentials_expiration": date}),
		"SecretValues":  object{"type": "object", "additionalProperties": str},
		"Schema":        shape("The form of a kind.", []string{"id", "kind", "entity", "schema"}, object{"id": str, "kind": str, "entity": str, "runtime": str, "schema": open, "uiSchema": open}),
		"WhoAmI":        shape("", []string{"username", "permissions"}, object{"username": str, "permissions": arrayOf(str)}),
		"Configuration": open,
		"Health":        shape("", []string{"status"}, object{"status": str}),
		"Bytes":         object{"type": "string", "format": "binary"},
		"Tasks":         arrayOf(ref("Task")),
		"Runs":          arrayOf(ref("Run")),
		"Logs":          arrayOf(ref("Log")),
	}
	for _, name := range []string{"Project", "Function", "Workflow", "Task", "Run", "Artifact", "DataItem", "Model", "Secret", "Trigger", "Log", "Label", "Schema"} {
		out[name+"Page"] = page(ref(name))
		if more, ok := rowMembers()[name]; ok {
			out[name+"Row"] = object{"allOf": []object{ref(name), shape("", nil, more)}}
			out[name+"Page"] = page(ref(name + "Row"))
		}
	}
	for _, name := range []string{"Project", "Function", "Workflow", "Task", "Run", "Artifact", "DataItem", "Model", "Secret", "Trigger"} {
		body := maps.Clone(out[name])
		delete(body, "required")
		body["description"] = "As a client sends it: the kind and what the kind's schema asks for; the rest is the server's or has defaults."
		props := maps.Clone(body["properties"].(object))
		props["status"], props["metadata"] = object{"type": "object", "additionalProperties": true}, ref("MetadataBody")
		body["properties"] = props
		out[name+"Body"] = body
	}
	row := maps.Clone(out["RunBody"])
	row["description"], row["required"] = "A run in a list: of sparse rows only the members that were asked for are there.", []string{"id"}
	rowProps := maps.Clone(row["properties"].(object))
	rowProps["status"], rowProps["function"] = object{"type": "object", "additionalProperties": true, "properties": runStatus["properties"]}, ref("RunExecutable")
	rowProps["metrics"] = object{"type": "object", "description": "The last value of each metric, by name; with include=metrics.",
		"additionalProperties": object{"type": "number"}}
	row["properties"] = rowProps
	out["RunRow"], out["RunPage"] = row, page(ref("RunRow"))
	maps.Copy(out["RunPage"]["properties"].(object), object{"next": object{"type": "string", "description": "The cursor of the next page, absent on the last."},
		"exact": object{"type": "boolean", "description": "False: there are more than totalElements says."}})
	out["TemplatePage"] = page(ref("Template"))
	out["SearchItemPage"], out["SearchGroupPage"] = searchPage(page(ref("SearchItem"))), searchPage(page(ref("SearchGroup")))
	maps.Copy(out, typeSchemas())
	return out
}
