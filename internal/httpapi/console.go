package httpapi

import (
	"slices"

	"dhub/entity"
	"dhub/internal/catalog"
	"dhub/internal/store"
)

// consoleRoutes are what a console reads before its first page: who is there, and what this server has.
func (a *API) consoleRoutes() []route {
	return []route{
		{method: "GET", path: base + "/me", id: "getMe", tag: "console", summary: "Who the caller is and what the caller may do.", answer: "Me", open: true, handle: me},
		{method: "GET", path: base + "/console/config", id: "getConsoleConfig", tag: "console", summary: "What this server offers: kinds, engines, features, limits.",
			headers: []param{languageHeader}, answer: "ConsoleConfig", open: true, handle: consoleSettings},
	}
}

type meBody struct {
	User        string      `json:"user"`
	Anonymous   bool        `json:"anonymous" doc:"Nobody signs in on this server."`
	Permissions []string    `json:"permissions"`
	Everywhere  string      `json:"everywhere,omitempty" doc:"The role that the caller has in every project, those to come included." enum:"admin,member"`
	Projects    []meProject `json:"projects" doc:"Projects that the caller reaches, by name; at most 1000."`
	More        bool        `json:"more" doc:"There are further projects."`
	Events      int64       `json:"events,omitempty" doc:"Where the stream of changes stood: who follows it since then misses nothing of what happened after this answer."`
}

type meProject struct {
	Name string `json:"name"`
	Role string `json:"role" enum:"admin,member"`
}

func me(c *call) error {
	who := c.who()
	body := meBody{User: who.User, Anonymous: who.User == Anonymous, Permissions: permissions(who), Projects: []meProject{}}
	if c.cfg.Events != nil {
		body.Events = c.cfg.Events.Head()
	}
	if who.Project != "" {
		body.Projects = append(body.Projects, meProject{who.Project, "member"})
		return c.json(body)
	}
	body.Everywhere = "admin"
	p, err := c.cfg.Catalog.List(c.ctx(), store.Query{Entity: entity.Project, Sort: []store.Sort{{Field: "name"}}, Size: catalog.MaxSize})
	if err != nil {
		return err
	}
	for _, d := range p.Items {
		body.Projects = append(body.Projects, meProject{d.Name, "admin"})
	}
	body.More = p.More
	return c.json(body)
}

// permissions are the roles of a caller as published clients read them.
func permissions(who Identity) []string {
	if who.Project != "" {
		return []string{"ROLE_USER", who.Project + ":ROLE_USER"}
	}
	return []string{"ROLE_USER", "ROLE_ADMIN"}
}

type consoleConfig struct {
	Name       string          `json:"name"`
	Version    string          `json:"version"`
	APILevel   int             `json:"api_level"`
	API        string          `json:"api" doc:"Path under which the API lies."`
	Auth       string          `json:"auth" doc:"How people sign in." enum:"none"`
	Now        string          `json:"now" doc:"The server's clock, by which relative times are told."`
	Features   map[string]bool `json:"features" doc:"What this server has by now; what is absent or false has no page."`
	Kinds      []consoleKind   `json:"kinds"`
	Engines    []consoleEngine `json:"engines"`
	Languages  []string        `json:"languages"`
	MaxBody    int64           `json:"max_body" doc:"Largest body of a request in bytes."`
	MaxBulk    int             `json:"max_bulk" doc:"Most runs of one bulk call."`
	MaxPage    int             `json:"max_page" doc:"Most entries of a page."`
	MaxPreview int64           `json:"max_preview" doc:"Most bytes of a file that a preview reads."`
}

type consoleKind struct {
	Entity  string   `json:"entity"`
	Kind    string   `json:"kind"`
	Title   string   `json:"title" doc:"In the language of the request."`
	Actions []string `json:"actions"`
	Files   []string `json:"files" doc:"Suffixes of files from which it is made."`
}

type consoleEngine struct {
	Name         string          `json:"name"`
	Default      bool            `json:"default"`
	Capabilities map[string]bool `json:"capabilities"`
	MaxRuns      int             `json:"max_runs" doc:"Runs at once."`
}

func consoleSettings(c *call) error {
	lang := language(c.r)
	body := consoleConfig{
		Name: c.cfg.Name, Version: c.cfg.Version, APILevel: c.cfg.Level, API: base, Auth: "none", Now: entity.FormatTime(c.cfg.Now()), Languages: Languages,
		Features: c.features(), Kinds: []consoleKind{}, Engines: []consoleEngine{},
		MaxBody: c.cfg.MaxBody, MaxBulk: maxBulk, MaxPage: catalog.MaxSize, MaxPreview: maxPreview,
	}
	if body.Name == "" {
		body.Name = "dhub"
	}
	for _, o := range c.cfg.Catalog.Offers() {
		title := o.Title[lang]
		if title == "" {
			title = o.Title[Languages[0]]
		}
		if title == "" {
			title = o.Kind
		}
		body.Kinds = append(body.Kinds, consoleKind{o.Entity, o.Kind, title, orEmpty(o.Actions), orEmpty(o.Files)})
	}
	for _, e := range c.cfg.Runs.EngineOffers() {
		capabilities := e.Capabilities
		if capabilities == nil {
			capabilities = map[string]bool{}
		}
		body.Engines = append(body.Engines, consoleEngine{e.Name, e.Default, capabilities, e.MaxRuns})
	}
	c.w.Header().Set("Vary", "Accept-Language")
	return c.json(body)
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// features says which parts this installation was built with.
func (c *call) features() map[string]bool {
	kinds := c.cfg.Catalog.Offers()
	return map[string]bool{
		"events": c.cfg.Events != nil, "files": c.cfg.Files != nil, "secrets": c.cfg.Secrets != nil, "triggers": c.cfg.Triggers != nil,
		"metrics":   c.cfg.RunMetrics != nil && c.cfg.ModelMetrics != nil,
		"workflows": slices.ContainsFunc(kinds, func(o catalog.Offer) bool { return o.Entity == entity.Workflow }),
		"services":  slices.ContainsFunc(kinds, func(o catalog.Offer) bool { return slices.Contains(o.Actions, "serve") }),
		"sign_in":   false, "members": false, "tokens": false,
	}
}
