package httpapi

import (
	"encoding/json"
	"slices"
	"strings"

	"dhub/entity"
)

func (a *API) secretRoutes() []route {
	const tag = "secrets"
	query := slices.Concat(pageParams, []param{text("q", "Part of the id or the name, without regard to case."), text("name", "The name."), several("labels", "Labels that must all be present.")})
	out := crud(entity.Secret, base+"/secrets", true, nil, nil)
	out = append(out, crud(entity.Secret, proj+"/secrets", false, query, listEntities(entity.Secret))...)
	return append(out,
		route{method: "GET", path: proj + "/secrets/data", id: "readSecrets", tag: tag, summary: "Values of secrets; unknown names are left out.",
			query: []param{several("keys", "Names, repeated or separated by commas.")}, answer: "SecretValues", handle: readSecrets},
		route{method: "POST", path: proj + "/secrets/{id}/reveal", id: "revealSecret", tag: tag, summary: "Show the value; that and who asked is written into the secret's status.",
			answer: "RevealedSecret", handle: revealSecret},
		route{method: "GET", path: proj + "/secrets/{id}/usage", id: "getSecretUsage", tag: tag, summary: "Which tasks, triggers and recent runs use it.", answer: "SecretUsage", handle: secretUsage},
		route{method: "PUT", path: proj + "/secrets/data", id: "writeSecrets", tag: tag, summary: "Set values of secrets that exist.",
			body: "SecretValues", handle: writeSecrets},
	)
}

type revealedSecret struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

func revealSecret(c *call) error {
	if c.cfg.Secrets == nil {
		return unavailable("The store of secrets")
	}
	name, value, err := c.cfg.Secrets.Reveal(c.ctx(), c.project(), c.id(), c.who().User, c.cfg.Now())
	if err != nil {
		return err
	}
	c.cfg.Logger.InfoContext(c.ctx(), "a secret was revealed", "project", c.project(), "secret", name, "user", c.who().User, "request_id", RequestID(c.ctx()))
	c.w.Header().Set("Cache-Control", "no-store")
	return c.json(revealedSecret{name, value})
}

func secretUsage(c *call) error {
	if c.cfg.Secrets == nil {
		return unavailable("The store of secrets")
	}
	u, err := c.cfg.Secrets.Usage(c.ctx(), c.project(), c.id())
	if err != nil {
		return err
	}
	return c.json(u)
}

func readSecrets(c *call) error {
	if c.cfg.Secrets == nil {
		return unavailable("The store of secrets")
	}
	var names []string
	for _, v := range c.r.URL.Query()["keys"] {
		for n := range strings.SplitSeq(v, ",") {
			if n = strings.TrimSpace(n); n != "" {
				names = append(names, n)
			}
		}
	}
	values, err := c.cfg.Secrets.Get(c.ctx(), c.project(), names)
	if err != nil {
		return err
	}
	if values == nil {
		values = map[string]string{}
	}
	c.w.Header().Set("Cache-Control", "no-store")
	return c.json(values)
}

func writeSecrets(c *call) error {
	if c.cfg.Secrets == nil {
		return unavailable("The store of secrets")
	}
	body, err := c.body()
	if err != nil {
		return err
	}
	clean, _, err := entity.Scan(body, "")
	if err != nil {
		return err
	}
	o, err := entity.ParseObject(clean)
	if err != nil {
		return entity.Invalid("", "type", "The body must be an object of names and values, not %s.", entity.TypeName(clean))
	}
	values := map[string]string{}
	for _, m := range o {
		s, ok := entity.AsString(m.Value)
		if !ok { // the value itself stays out of the message
			return entity.Invalid("/"+m.Name, "type", "The value of the secret %s must be a string, not %s.", clip(m.Name), entity.TypeName(m.Value))
		}
		values[m.Name] = s
	}
	return c.void(c.cfg.Secrets.Put(c.ctx(), c.project(), values))
}

// compact is JSON without what a stream's line cannot hold.
func compact(v any) []byte {
	data, _ := json.Marshal(v)
	return data
}
