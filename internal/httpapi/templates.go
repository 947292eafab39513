package httpapi

import (
	"slices"
	"strings"

	"dhub/entity"
	"dhub/internal/catalog"
	"dhub/internal/store"
)

func (a *API) templateRoutes() []route {
	const tag = "templates"
	query := []param{pageParams[0], pageParams[1], text("name", "Part of the name or title."), text("kind", "The kind."), text("type", "The type of entity.")}
	head := []param{languageHeader}
	return []route{
		{method: "GET", path: base + "/templates", id: "listTemplates", tag: tag, summary: "What functions can begin with; all are in the server.", query: query, headers: head, answer: "TemplatePage", open: true, handle: listTemplates},
		{method: "GET", path: base + "/templates/{entity}", id: "listTemplatesOf", tag: tag, summary: "Templates of an entity type.", query: query, headers: head, answer: "TemplatePage", open: true, handle: listTemplates},
		{method: "GET", path: base + "/templates/{entity}/{id}", id: "getTemplate", tag: tag, summary: "Read one.", headers: head, answer: "Template", open: true, handle: getTemplate},
	}
}

func (c *call) templates() []catalog.Template {
	c.w.Header().Set("Vary", "Accept-Language")
	typ := entity.Singular(c.r.PathValue("entity"))
	return c.cfg.Catalog.Templates(typ, language(c.r))
}

func listTemplates(c *call) error {
	page, size, err := catalog.Paging(c.r.URL.Query(), catalog.DefaultSize)
	if err != nil {
		return err
	}
	name, kind, typ := strings.ToLower(c.query("name")), c.query("kind"), c.query("type")
	list := slices.DeleteFunc(c.templates(), func(t catalog.Template) bool {
		return kind != "" && t.Kind != kind || typ != "" && t.Type != typ || name != "" && !strings.Contains(strings.ToLower(t.Name+"\n"+t.Metadata.Name), name)
	})
	q := store.Query{Page: min(page, maxPage), Size: size}
	from := min(q.Page*q.Size, len(list))
	part := list[from:min(from+q.Size, len(list))]
	return c.raw(envelope(compact(part), len(part), int64(len(list)), q))
}

func getTemplate(c *call) error {
	list := c.templates()
	i := slices.IndexFunc(list, func(t catalog.Template) bool { return t.ID == c.id() })
	if i < 0 {
		return entity.Errorf(entity.CodeNotFound, "There is no template %s of this type.", c.id())
	}
	return c.json(list[i])
}
