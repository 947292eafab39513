package trigger

import (
	"path"
	"strings"

	"dhub/entity"
)

// pattern is the key of a lifecycle trigger: store://project/type/kind/name:id, each part with * and ?.
// Missing parts fit anything.
type pattern struct {
	project                string
	typ, kind, name, ident string
}

func parsePattern(key string) (pattern, error) {
	bad := func(why string) (pattern, error) {
		return pattern{}, entity.Invalid("/spec/key", "pattern", "The field key holds %q, %s; store://project/type/kind/name:id is expected, where * stands for anything and parts at the end may be missing.", key, why)
	}
	rest, ok := strings.CutPrefix(key, "store://")
	if !ok {
		return bad("which does not begin with store://")
	}
	parts := strings.SplitN(rest, "/", 4)
	if len(parts) < 2 || parts[0] == "" || parts[1] == "" {
		return bad("which names no project and type")
	}
	p := pattern{project: parts[0], typ: entity.Singular(parts[1]), kind: "*", name: "*", ident: "*"}
	if len(parts) > 2 && parts[2] != "" {
		p.kind = parts[2]
	}
	if len(parts) > 3 && parts[3] != "" {
		name, id, found := strings.Cut(parts[3], ":")
		if name != "" {
			p.name = name
		}
		if found && id != "" {
			p.ident = id
		}
	}
	for _, part := range []string{p.typ, p.kind, p.name, p.ident} {
		if _, err := path.Match(part, ""); err != nil || strings.Contains(part, "/") {
			return bad("which has a part that cannot be read")
		}
	}
	return p, nil
}

// fits tells whether an entity's key is meant. Kinds may hold a colon, names and ids no slash.
func (p pattern) fits(typ, project, kind, name, id string) bool {
	if p.project != project {
		return false
	}
	for _, x := range [][2]string{{p.typ, typ}, {p.kind, kind}, {p.name, name}, {p.ident, id}} {
		if ok, err := path.Match(strings.ReplaceAll(x[0], "**", "*"), x[1]); err != nil || !ok {
			return false
		}
	}
	return true
}
