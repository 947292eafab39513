// Package httpapi is the wire: every path of the REST API, its streams, and the OpenAPI document of them.
//
// One table of routes is the source of everything: the mux that serves, the checks made before a handler
// (path segments, project of the caller, body size and media type, Idempotency-Key), and the OpenAPI 3.1
// document. A handler decodes, calls one use case, and encodes. Each resource has a file of its own.
//
//	request → recover, request id, version headers → Host and Origin → raw mounts (/s3)
//	        → bearer → mux → checks of the route → handler → one writer for errors
//
// Every success is a 200. Errors are written in one place from the code of an entity.Error.
package httpapi
