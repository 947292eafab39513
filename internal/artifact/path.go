package artifact

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"dhub/entity"
)

// subject is one entity that files belong to, whether it is stored already or not.
type subject struct {
	typ, project, id string
	path             string // spec.path, "" when the entity is not stored
	doc              entity.Doc
}

func (s *Service) subject(ctx context.Context, typ, project, id string) (subject, error) {
	sub := subject{typ: typ, project: project, id: id}
	if !Material(typ) {
		return sub, entity.Errorf(entity.CodeNotFound, "Entities of the type %s have no files.", typ)
	}
	if !entity.ValidProject(project) {
		return sub, entity.Invalid("project", "pattern", "invalid or missing project")
	}
	if !entity.ValidSlug(id) {
		return sub, entity.Invalid("id", "pattern", "The id %q is not one of 1 to 256 letters, digits and . _ + -.", id)
	}
	doc, err := s.cfg.Catalog.Get(ctx, typ, project, id)
	if err != nil {
		return sub, err
	}
	sub.doc, sub.path = doc, specPath(doc)
	return sub, nil
}

// maybe is subject for calls that need no stored entity: the console uploads first.
func (s *Service) maybe(ctx context.Context, typ, project, id string) (subject, error) {
	sub, err := s.subject(ctx, typ, project, id)
	if entity.IsNotFound(err) && Material(typ) {
		_, err = s.cfg.Catalog.Get(ctx, entity.Project, "", project) // it is the entity that may be missing
	}
	return sub, err
}

func specPath(d entity.Doc) string {
	o, err := entity.ParseObject(d.Spec)
	if err != nil {
		return ""
	}
	return o.Text("path")
}

// target is where a new file of an entity goes: {store}/{project}/{type}/[{name}/]{id}/{filename}.
func (s *Service) target(ctx context.Context, sub subject, filename, name string) (path, key string, err error) {
	if filename == "" {
		return "", "", entity.Invalid("filename", "required", "The parameter filename is missing.")
	}
	if !plain(filename) || name != "" && (!plain(name) || strings.Contains(name, "/")) {
		return "", "", badPath(filename)
	}
	root, err := s.root(ctx, sub.project)
	if err != nil {
		return "", "", err
	}
	parts := []string{strings.TrimRight(root, "/"), sub.project, sub.typ}
	if name != "" {
		parts = append(parts, name)
	}
	path = strings.Join(append(parts, sub.id, filename), "/")
	key, err = s.allowed(sub, path)
	return path, key, err
}

// root is the store in which a project keeps its files.
func (s *Service) root(ctx context.Context, project string) (string, error) {
	doc, err := s.cfg.Catalog.Get(ctx, entity.Project, "", project)
	if err != nil {
		return "", err
	}
	var spec struct {
		Config struct {
			Store string `json:"default_files_store"`
		} `json:"config"`
	}
	if len(doc.Spec) > 0 && json.Unmarshal(doc.Spec, &spec) == nil && spec.Config.Store != "" {
		return spec.Config.Store, nil
	}
	return s.cfg.Gate.DefaultStore(), nil
}

// allowed returns the key of a path that the files of an entity may have: in its project, below its
// spec.path when it is stored, else in a folder named by its type and id.
func (s *Service) allowed(sub subject, path string) (key string, err error) {
	key, err = s.inProject(sub.project, path)
	if err != nil {
		return "", err
	}
	if sub.path != "" {
		if path != sub.path && !strings.HasPrefix(path, strings.TrimSuffix(sub.path, "/")+"/") {
			return "", badPath(path)
		}
		return key, nil
	}
	rest, ok := strings.CutPrefix(key, sub.project+"/"+sub.typ+"/")
	if !ok || !slices.Contains(strings.Split(rest, "/"), sub.id) {
		return "", badPath(path)
	}
	return key, nil
}

// inProject returns the key of a path in the server's own store, within the project.
func (s *Service) inProject(project, path string) (key string, err error) {
	key, ok := s.cfg.Gate.Key(path)
	if !ok {
		return "", entity.Errorf(entity.CodeNotFound, "No store of this server handles the path %s.", path)
	}
	if !strings.HasPrefix(key, project+"/") || !plain(strings.TrimSuffix(key, "/")) {
		return "", badPath(path)
	}
	return key, nil
}

// plain tells whether a relative path has no empty, "." or ".." component.
func plain(path string) bool {
	for part := range strings.SplitSeq(path, "/") {
		if part == "" || part == "." || part == ".." {
			return false
		}
	}
	return true
}

func badPath(path string) error {
	return entity.Invalid("path", "pattern", "invalid file path: %s", path)
}
