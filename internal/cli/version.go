package cli

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"dhub/client"
	"dhub/entity"
)

var notSlug = regexp.MustCompile(`[^a-zA-Z0-9._+-]+`)

// functionName derives a stable name from a file and a handler.
func functionName(file, handler string) string {
	stem := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	return strings.Trim(notSlug.ReplaceAllString(stem+"-"+handler, "-"), "-")
}

// languageVersion is the field of a function's spec that --python-version fills.
const languageVersion = "python_version"

// ensureFunction posts the first version and puts later ones: the server makes a new version only when the
// specification differs from the newest. It says which version it is and whether it was made.
func (a *app) ensureFunction(ctx context.Context, c *client.Client, src source, f runFlags) (fn client.Entity, version string, err error) {
	name := f.name
	if name == "" {
		name = functionName(src.file, src.handler)
	}
	spec := map[string]any{"source": dropEmpty(map[string]any{
		"source": filepath.Base(src.file), "handler": src.handler, "init_function": f.initFunction,
		"base64": base64.StdEncoding.EncodeToString(src.text)})}
	if f.version != "" {
		if spec[languageVersion], err = a.spelled(ctx, c, src.kind, f.version); err != nil {
			return client.Entity{}, "", err
		}
	}
	reqs, err := requirementLines(f.requirements)
	if err != nil {
		return client.Entity{}, "", err
	}
	if len(reqs) > 0 {
		spec["requirements"] = reqs
	}
	body := map[string]any{"kind": src.kind, "name": name, "project": a.project, "spec": spec}
	latest, err := c.Latest(ctx, entity.Function, a.project, name)
	switch {
	case entity.IsNotFound(err):
		e, err := a.firstVersion(ctx, c, body)
		if err == nil || entity.CodeOf(err) != entity.CodeConflict && !strings.Contains(err.Error(), "Duplicated entity") {
			return e, "version 1 (new)", err
		}
		if latest, err = c.Latest(ctx, entity.Function, a.project, name); err != nil { // another command made it meanwhile
			return client.Entity{}, "", err
		}
	case err != nil:
		return client.Entity{}, "", err
	case latest.Kind != src.kind:
		fn, err = c.Create(ctx, entity.Function, a.project, body)
		return fn, versionOf(fn) + " (new: of another kind)", err
	}
	body["metadata"], body["status"] = latest.Metadata, map[string]any{"state": latest.State()}
	if fn, err = c.Update(ctx, entity.Function, a.project, latest.ID, body); err != nil {
		return fn, "", err
	}
	if fn.ID == latest.ID {
		return fn, versionOf(fn) + " (unchanged)", nil
	}
	return fn, versionOf(fn) + " (new: it differs from the one before)", nil
}

// versionOf words which version of its name an entity is.
func versionOf(e client.Entity) string {
	if n := e.VersionNumber(); n > 0 {
		return fmt.Sprintf("version %d", n)
	}
	return "version"
}

// firstVersion posts a function under an id that follows from what it is, so that of several commands which
// find it missing at once one makes it.
func (a *app) firstVersion(ctx context.Context, c *client.Client, body map[string]any) (client.Entity, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return client.Entity{}, err
	}
	sum := sha256.Sum256(text)
	sum[6], sum[8] = sum[6]&0x0f|0x40, sum[8]&0x3f|0x80 // as a UUID of version 4
	body["id"] = hex.EncodeToString(sum[:16])
	e, err := c.Create(ctx, entity.Function, a.project, body)
	delete(body, "id")
	return e, err
}

// requirementLines reads requirement files among the given requirements.
func requirementLines(list []string) ([]string, error) {
	var lines []string
	for _, r := range list {
		if !strings.HasSuffix(r, ".txt") {
			lines = append(lines, r)
			continue
		}
		b, err := os.ReadFile(r)
		if err != nil {
			return nil, entity.Invalid("requirement", "reference", "cannot read the requirements file: %v", err)
		}
		for _, l := range strings.Split(string(b), "\n") {
			if l = strings.TrimSpace(l); l != "" && !strings.HasPrefix(l, "#") {
				lines = append(lines, l)
			}
		}
	}
	return lines, nil
}

func dropEmpty(m map[string]any) map[string]any {
	for k, v := range m {
		if v == "" {
			delete(m, k)
		}
	}
	return m
}
