package run

import (
	"context"
	"slices"
	"strings"

	"dhub/entity"
	"dhub/internal/store"
)

// mergeNotices joins lists of remarks about a run's spec, each field written as a JSON pointer into the run;
// of several about one field the first stays.
func mergeNotices(lists ...[]entity.Notice) []entity.Notice {
	var out []entity.Notice
	for _, list := range lists {
		for _, n := range list {
			if n.Field = fieldPointer(n.Field); !about(out, n.Field) {
				out = append(out, n)
			}
		}
	}
	return out
}

// about tells whether there is a remark about a field.
func about(list []entity.Notice, field string) bool {
	return field != "" && slices.ContainsFunc(list, func(n entity.Notice) bool { return n.Field == field })
}

// fieldPointer writes a field of the spec as a JSON pointer into the run. Engines and runtimes know the spec
// only, and name the field plainly ("replicas", "resources.cpu") or by a pointer into it.
func fieldPointer(field string) string {
	switch {
	case field == "", strings.HasPrefix(field, "/spec/"), strings.HasPrefix(field, "/status/"), strings.HasPrefix(field, "/metadata/"):
		return field
	case strings.HasPrefix(field, "/"):
		return "/spec" + field
	}
	return "/spec/" + strings.ReplaceAll(strings.TrimPrefix(field, "spec."), ".", "/")
}

// supersededBy makes the notice of D4: the version was superseded by a PUT, and the run still names it.
func supersededBy(ctx context.Context, tx store.Tx, function entity.Doc) (*entity.Notice, error) {
	status, err := entity.ParseObject(function.Status)
	if err != nil {
		return nil, nil
	}
	newer := status.Text("superseded_by")
	if newer == "" {
		return nil, nil
	}
	return &entity.Notice{Field: "/spec/" + function.Entity, Code: "superseded",
		Message: "This version of " + function.Name + " was superseded by a change; the newer one is " + newer + "."}, nil
}
