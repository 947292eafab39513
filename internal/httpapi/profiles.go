package httpapi

import (
	"dhub/entity"
	"dhub/internal/run"
)

func (a *API) profileRoutes() []route {
	return []route{{method: "GET", path: proj + "/profiles", id: "listProfiles", tag: "console", summary: "Profiles that runs of the project may name, and the most that one run may ask for.",
		answer: "Profiles", handle: listProfiles}}
}

type profilesBody struct {
	Profiles []run.Profile     `json:"profiles"`
	Limits   map[string]string `json:"limits" doc:"Most of each resource that one run may ask for, such as cpu: 8 and mem: 32Gi; a resource without a limit is absent."`
}

func listProfiles(c *call) error {
	if _, err := c.cfg.Catalog.Get(c.ctx(), entity.Project, "", c.project()); err != nil {
		return err
	}
	p := c.cfg.Runs.Profiles()
	return c.json(profilesBody{orEmpty(p.List), p.For(c.project())})
}
