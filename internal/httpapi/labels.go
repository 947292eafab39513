package httpapi

import (
	"dhub/entity"
	"dhub/internal/catalog"
	"dhub/internal/store"
)

func (a *API) labelRoutes() []route {
	const tag, path = "labels", proj + "/labels"
	return []route{
		{method: "GET", path: path, id: "listLabels", tag: tag, summary: "Labels in use in a project, in order of their letters.",
			query:  []param{pageParams[0], pageParams[1], text("label", "How the label begins."), several("include", "use: how much carries each label.")},
			answer: "LabelPage", handle: listLabels},
		{method: "POST", path: path + "/rename", id: "renameLabel", tag: tag,
			summary: "Put another label in the place of one, on all that carries it; what carries both keeps one.",
			headers: []param{onceHeader}, body: "LabelRename", answer: "LabelUse", once: true, handle: renameLabel},
		{method: "POST", path: path + "/remove", id: "removeLabel", tag: tag, summary: "Take a label away from all that carries it.",
			headers: []param{onceHeader}, body: "LabelRemoval", answer: "LabelUse", once: true, handle: removeLabel},
	}
}

type labelRename struct {
	From string `json:"from" doc:"The label as it is."`
	To   string `json:"to" doc:"The label that takes its place; one that is in use is merged with it."`
}

type labelRemoval struct {
	Label string `json:"label"`
}

func listLabels(c *call) error {
	page, size, err := catalog.Paging(c.r.URL.Query(), 20)
	if err != nil {
		return err
	}
	include, err := c.include("use")
	if err != nil {
		return err
	}
	q := store.Query{Page: min(page, maxPage), Size: size, Sort: []store.Sort{{Field: "label"}}}
	p, err := c.cfg.Catalog.Labels(c.ctx(), c.project(), c.query("label"), include["use"], q.Page, q.Size)
	if err != nil {
		return err
	}
	out := make([][]byte, len(p.Items))
	for i, l := range p.Items {
		out[i] = compact(l)
	}
	return c.raw(envelope(entity.Array(out), len(out), p.Total, q))
}

func renameLabel(c *call) error {
	var req labelRename
	if err := c.decode(&req); err != nil {
		return err
	}
	if req.To == "" {
		return entity.Invalid("/to", "required", "to: the name that the label shall have is expected.")
	}
	return c.relabel(req.From, req.To)
}

func removeLabel(c *call) error {
	var req labelRemoval
	if err := c.decode(&req); err != nil {
		return err
	}
	if req.Label == "" {
		return entity.Invalid("/label", "required", "label: the label that is to be removed is expected.")
	}
	return c.relabel(req.Label, "")
}

func (c *call) relabel(from, to string) error {
	done, err := c.cfg.Catalog.Relabel(c.ctx(), c.project(), from, to, c.who().User)
	if err != nil {
		return err
	}
	return c.json(done)
}
