package web

import (
	"embed"
	"io/fs"
)

// The folder is made by `make web` and never checked in; the file README beside it lets a clean clone build.
//
//go:embed all:dist
var dist embed.FS

// Files are the built console, or nil when this binary was built without it.
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist/console")
	if err != nil {
		return nil
	}
	if _, err := fs.Stat(files, indexName); err != nil {
		return nil
	}
	return files
}
