package entity

import (
	"regexp"
	"strings"
)

var (
	slugPattern    = regexp.MustCompile(`^[a-zA-Z0-9._+-]+$`)
	kindPattern    = regexp.MustCompile(`^[a-zA-Z0-9._+:-]+$`)
	projectPattern = regexp.MustCompile(`^[a-z0-9-]+$`)
	keyPattern     = regexp.MustCompile(`^store://([^/\s]+)/([^/\s]+)/([^/\s]+)/([^/:\s]+)(?::(\S+))?$`)
	execPattern    = regexp.MustCompile(`^([^:/\s]+)://([^/\s]+)/([^/:\s]+):([^/\s]+)$`)
	taskPattern    = regexp.MustCompile(`^([^:/\s]+)://([^/\s]+)/([^/:\s]+)$`)
)

// MaxName is the longest id or name in bytes.
const MaxName = 256

// ValidSlug tells whether s may be an id or a name: 1 to 256 of a-z A-Z 0-9 . _ + -, and not "." or "..".
func ValidSlug(s string) bool {
	return len(s) <= MaxName && s != "." && s != ".." && slugPattern.MatchString(s)
}

// ValidKind tells whether s has the form of a kind; whether it exists is the catalogue's matter.
func ValidKind(s string) bool { return len(s) <= MaxName && kindPattern.MatchString(s) }

// ValidProject tells whether s may name a project: 2 to 38 of a-z 0-9 -.
func ValidProject(s string) bool {
	return len(s) >= 2 && len(s) <= 38 && projectPattern.MatchString(s)
}

// Key addresses an entity in specs of inputs, in triggers and relationships.
type Key struct{ Project, Entity, Kind, Name, ID string }

// ParseKey reads store://project/type/kind/name[:id]. Plural types of old clients are read as singular.
func ParseKey(s string) (Key, bool) {
	m := keyPattern.FindStringSubmatch(s)
	if m == nil {
		return Key{}, false
	}
	k := Key{m[1], Singular(m[2]), m[3], m[4], m[5]}
	if k.Entity == Run || k.Entity == Task {
		if k.ID == "" {
			k.ID = k.Name
		}
	}
	return k, true
}

func (k Key) String() string {
	s := "store://" + k.Project + "/" + k.Entity + "/" + k.Kind + "/" + k.Name
	if k.ID != "" {
		s += ":" + k.ID
	}
	return s
}

// ExecRef is the reference of a function or workflow inside specs: kind://project/name:id.
type ExecRef struct{ Kind, Project, Name, ID string }

// ParseExecRef reads kind://project/name:id.
func ParseExecRef(s string) (ExecRef, bool) {
	m := execPattern.FindStringSubmatch(s)
	if m == nil {
		return ExecRef{}, false
	}
	return ExecRef{m[1], m[2], m[3], m[4]}, true
}

func (r ExecRef) String() string { return r.Kind + "://" + r.Project + "/" + r.Name + ":" + r.ID }

// TaskRef is the reference of a task inside specs: kind+action://project/id.
type TaskRef struct{ Kind, Project, ID string }

// ParseTaskRef reads kind+action://project/id.
func ParseTaskRef(s string) (TaskRef, bool) {
	m := taskPattern.FindStringSubmatch(s)
	if m == nil {
		return TaskRef{}, false
	}
	return TaskRef{m[1], m[2], m[3]}, true
}

func (r TaskRef) String() string { return r.Kind + "://" + r.Project + "/" + r.ID }

// Action returns the action of a task kind ("python+job" gives "job"), "" when there is none.
func (r TaskRef) Action() string { return KindAction(r.Kind) }

// KindAction returns the action inside a task or run kind: "job" of "python+job" and "python+job:run".
func KindAction(kind string) string {
	kind, _, _ = strings.Cut(kind, ":")
	if i := strings.LastIndexByte(kind, '+'); i >= 0 {
		return kind[i+1:]
	}
	return ""
}

// KindBase returns the executable kind inside a task or run kind: "python" of "python+job:run".
func KindBase(kind string) string {
	kind, _, _ = strings.Cut(kind, ":")
	if i := strings.LastIndexByte(kind, '+'); i >= 0 {
		return kind[:i]
	}
	return kind
}

// Singular returns the entity type of a path segment or of an old key; unknown words come back unchanged.
func Singular(s string) string {
	switch s {
	case "projects", "functions", "workflows", "tasks", "runs", "artifacts", "dataitems", "models", "secrets", "triggers", "logs":
		return strings.TrimSuffix(s, "s")
	}
	return s
}

// Plural returns the path segment of an entity type.
func Plural(entity string) string { return entity + "s" }
