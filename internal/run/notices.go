package run

import (
	"context"
	"slices"
	"strings"

	"dhub/entity"
	"dhub/internal/store"
)

// mergeNotices joins lists; of several about one field the first stays.
func mergeNotices(lists ...[]entity.Notice) []entity.Notice {
	var out []entity.Notice
	for _, list := range lists {
		for _, n := range list {
			field := fieldName(n)
			if field != "" && slices.ContainsFunc(out, func(o entity.Notice) bool { return fieldName(o) == field }) {
				continue
			}
			out = append(out, n)
		}
	}
	return out
}

// fieldName is the name of the field that a notice is about, however it is written.
func fieldName(n entity.Notice) string {
	return strings.TrimPrefix(strings.TrimPrefix(strings.ReplaceAll(n.Field, "/", "."), "."), "spec.")
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
