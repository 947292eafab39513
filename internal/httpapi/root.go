package httpapi

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"dhub/entity"
)

func (a *API) rootRoutes() []route {
	get := func(path, id, tag, summary, answer string, h handler) route {
		return route{method: "GET", path: path, id: id, tag: tag, summary: summary, answer: answer, open: true, handle: h}
	}
	post := get("/api/auth", "whoAmIByPost", "auth", "Who the caller is.", "WhoAmI", whoAmI)
	post.method = "POST"
	routes := []route{
		get("/api/auth", "whoAmI", "auth", "Who the caller is.", "WhoAmI", whoAmI), post,
		get("/.well-known/configuration", "configuration", "discovery", "What clients should know of this installation.", "Configuration", configuration),
		get("/.well-known/openid-configuration", "openidConfiguration", "discovery", "Metadata of the sign-in.", "Configuration", openid),
		get("/.well-known/oauth-authorization-server", "oauthConfiguration", "discovery", "Metadata of the sign-in.", "Configuration", openid),
		get("/v1/api-docs", "apiDocs", "discovery", "This document.", "Configuration", apiDocs),
		get("/openapi.json", "openapi", "discovery", "This document.", "Configuration", apiDocs),
		get("/healthz", "healthz", "health", "200 while the process lives.", "Health", healthz),
		get("/readyz", "readyz", "health", "200 when requests are served.", "Health", readyz),
	}
	if !slices.ContainsFunc(a.cfg.Mounts, func(m Mount) bool { return !m.Raw }) {
		for path, id := range map[string]string{"/{$}": "home", "/console/": "console"} {
			r := get(path, id, "console", "A page that says that this binary holds no console.", "Bytes", noConsole)
			r.media = "text/html"
			routes = append(routes, r)
		}
	}
	slices.SortStableFunc(routes, func(a, b route) int { return strings.Compare(a.path, b.path) })
	return routes
}

func whoAmI(c *call) error {
	who := c.who()
	body := struct {
		Username    string   `json:"username"`
		Permissions []string `json:"permissions"`
	}{who.User, permissions(who)}
	return c.json(body)
}

func (c *call) discovery() {
	c.w.Header().Set("Cache-Control", "public, max-age=900, must-revalidate, no-transform")
}

func configuration(c *call) error {
	c.discovery()
	endpoint := c.cfg.Endpoint()
	body := map[string]any{}
	if c.cfg.Public != nil {
		maps.Copy(body, c.cfg.Public())
	}
	name := c.cfg.Name
	if name == "" {
		name = "dhub"
	}
	maps.Copy(body, map[string]any{
		"dhcore_endpoint": endpoint, "dhcore_issuer": endpoint, "dhcore_name": name, "dhcore_version": c.cfg.Version,
		"dhcore_api_level": strconv.Itoa(c.cfg.Level), "dhcore_api_version": "v1",
	})
	for k, v := range body {
		if v == nil || v == "" {
			delete(body, k) // an absent feature is an absent key
		}
	}
	return c.json(body)
}

func openid(c *call) error {
	c.discovery()
	endpoint := c.cfg.Endpoint()
	return c.json(map[string]any{
		"issuer":                                endpoint,
		"authorization_endpoint":                endpoint + "/auth/authorize",
		"token_endpoint":                        endpoint + "/auth/token",
		"jwks_uri":                              endpoint + "/auth/jwks",
		"grant_types_supported":                 []string{"client_credentials", "refresh_token", "urn:ietf:params:oauth:grant-type:token-exchange"},
		"response_types_supported":              []string{"code"},
		"scopes_supported":                      []string{"openid", "profile", "credentials", "offline_access"},
		"token_endpoint_auth_methods_supported": []string{"client_secret_basic", "client_secret_post", "none"},
	})
}

func healthz(c *call) error { return c.raw(json.RawMessage(`{"status":"UP"}`)) }

func readyz(c *call) error {
	if c.cfg.Ready != nil {
		ctx, cancel := context.WithTimeout(c.ctx(), 5*time.Second)
		defer cancel()
		if err := c.cfg.Ready(ctx); err != nil {
			return entity.Errorf(entity.CodeUnavailable, "not ready: %w", err)
		}
	}
	return c.raw(json.RawMessage(`{"status":"UP"}`))
}

const noConsolePage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>dhub</title></head>
<body><h1>dhub</h1>
<p>The server is running. This binary was built without the web console; <code>make</code> builds it in.</p>
<p>The <a href="/openapi.json">description of the API</a> is served here, and <code>dhub --help</code> lists the commands.</p>
</body></html>
`

func noConsole(c *call) error {
	h := c.w.Header()
	h.Set("Content-Type", "text/html; charset=UTF-8")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Content-Length", strconv.Itoa(len(noConsolePage)))
	c.w.WriteHeader(http.StatusOK)
	_, _ = c.w.Write([]byte(noConsolePage))
	return nil
}
