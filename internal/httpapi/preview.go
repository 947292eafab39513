package httpapi

import (
	"slices"

	"dhub/entity"
)

// Rows of a preview.
const (
	previewRows = 200
	maxRows     = 2000
)

func (a *API) previewRoutes() []route {
	limit := integer("limit", "Rows of a table: 200 unless given, at most 2000.")
	out := []route{{method: "GET", path: proj + "/dataitems/{id}/preview", id: "previewDataItem", tag: "files", summary: "The first rows of a data item: CSV, TSV, JSON lines; of other formats what they are.",
		query: []param{limit}, answer: "FilePreview", handle: func(c *call) error { return c.preview(entity.DataItem, "") }}}
	for _, typ := range materials {
		out = append(out, route{method: "GET", path: proj + "/" + entity.Plural(typ) + "/{id}/files/preview", id: "preview" + schemaNames[typ] + "File", tag: "files",
			summary: "A look into one of its files: text, image or table, by its first bytes.", query: []param{text("path", "Path of the file below the entity's own."), limit},
			answer: "FilePreview", handle: func(c *call) error { return c.preview(typ, c.query("path")) }})
	}
	return out
}

func (c *call) preview(typ, path string) error {
	if c.cfg.Files == nil {
		return unavailable("The file store")
	}
	rows, err := c.integer("limit", 1, previewRows)
	if err != nil {
		return err
	}
	if rows > maxRows {
		return badQuery("limit", "range", "must be at most %d, not %d.", maxRows, rows)
	}
	p, err := c.cfg.Files.Preview(c.ctx(), typ, c.project(), c.id(), path, int(rows))
	if err != nil {
		return err
	}
	return c.json(p)
}

// withFiles fills status.files of a document for which nobody put a list from what lies in the store, so that
// clients need not write what they see.
func (c *call) withFiles(typ string, d entity.Doc, err error) (entity.Doc, error) {
	if err != nil || c.cfg.Files == nil || !slices.Contains(materials, typ) {
		return d, err
	}
	status, err := entity.ParseObject(d.Status)
	if err != nil || !entity.IsEmpty(status.Get("files")) {
		return d, err
	}
	list, err := c.cfg.Files.Info(c.ctx(), typ, d.Project, d.ID)
	if err != nil || len(list) == 0 || len(list) > maxListedFiles {
		return d, err
	}
	status = status.Clone()
	status.Set("files", entity.Array(list))
	d.Status = status.JSON()
	return d, nil
}

// maxListedFiles is how many files stand in status.files; longer lists come from files/info.
const maxListedFiles = 100
