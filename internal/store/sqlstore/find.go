package sqlstore

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"dhub/entity"
	"dhub/internal/store"
)

// findMost is how many entities that hold a text are looked at further.
const findMost = 20000

// findRecent is how many entities of each type are looked at where no index helps.
const findRecent = 2000

// entityText is what a search looks at, lower case: id, name, description and labels on a line each.
func entityText(r store.Record) string {
	return strings.ToLower(strings.Join(append([]string{r.ID, r.Name, description(r)}, r.Labels...), "\n"))
}

func description(r store.Record) string {
	o, _ := entity.ParseObject(r.Metadata)
	return o.Text("description")
}

// find keeps the text of an entity that the index holds: now is "" for one that goes.
func (w *batch) find(num int64, before, now string) error {
	if before == now || num > w.textEntities {
		return nil
	}
	if _, err := w.c.exec("DELETE FROM entities_text WHERE rowid = $1", num); err != nil || now == "" {
		return err
	}
	_, err := w.c.exec("INSERT INTO entities_text (rowid, t) VALUES ($1, $2)", num, now)
	return err
}

// Find implements store.Stats.
func (s stats) Find(ctx context.Context, q store.FindQuery) ([]store.Record, error) {
	if err := s.settle(); err != nil {
		return nil, err
	}
	words := make([]string, 0, len(q.Words))
	match := &where{}
	for _, word := range q.Words {
		word = strings.ToLower(word)
		words = append(words, word)
		if len([]rune(word)) >= 3 && !strings.ContainsRune(word, 0) {
			match.add(s.s.d.FindMatch, s.s.d.TextPattern(word))
		}
	}
	var out []store.Record
	keep := func(list []entityRow) {
		for _, row := range list {
			if fitsFind(row.Record, words, q) {
				out = append(out, row.Record)
			}
		}
	}
	if len(match.conds) > 0 {
		cond := match
		behind, err := s.textEntities()
		if err != nil {
			return nil, err
		}
		recent := []int64{0} // no entity has 0, and a list may not be empty
		if err := s.entityTexts(behind, math.MaxInt64, func(num int64, text string) {
			if holds(text, words) {
				recent = append(recent, num)
			}
		}); err != nil {
			return nil, err
		}
		cond.conds = []string{fmt.Sprintf("e.num IN (SELECT num FROM entities WHERE num IN (%s) UNION ALL SELECT rowid FROM (SELECT rowid FROM entities_text%s ORDER BY rowid DESC LIMIT %d) AS t)",
			joinInts(recent), match, findMost)}
		cond.equal("e.project", q.Project)
		cond.oneOf("e.entity", q.Types)
		if q.Latest {
			cond.conds = append(cond.conds, "e.latest = 1")
		}
		err = s.eachFound("SELECT "+entityCols+" FROM entities e"+cond.String()+" ORDER BY e.num DESC", cond.args, func(row entityRow) bool {
			keep([]entityRow{row})
			return len(out) < q.Limit
		})
		return out, err
	}
	for _, typ := range q.Types {
		cond := &where{}
		cond.add("entity = ?", typ)
		cond.equal("project", q.Project)
		cond.equal("name", q.Name)
		if q.Latest {
			cond.conds = append(cond.conds, "latest = 1")
		}
		list, err := entities(s).some(fmt.Sprintf("SELECT %s FROM entities%s ORDER BY created DESC, num DESC LIMIT %d", entityCols, cond, findRecent), cond.args...)
		if err != nil {
			return nil, err
		}
		keep(list)
	}
	slices.SortStableFunc(out, func(a, b store.Record) int { return b.Created.Compare(a.Created) })
	return out[:min(len(out), q.Limit)], nil
}

// eachFound calls f for the rows of a query until it says no.
func (s stats) eachFound(q string, args []any, f func(entityRow) bool) error {
	return s.c.rowsOnce(q, args, func(scan func(...any) error) error {
		var row entityRow
		if err := row.scan(scan); err != nil {
			return err
		}
		if !f(row) {
			return errEnough
		}
		return nil
	})
}

func fitsFind(r store.Record, words []string, q store.FindQuery) bool {
	if !holds(entityText(r), words) {
		return false
	}
	in := func(list []string, v string) bool { return list == nil || slices.Contains(list, v) }
	return in(q.Kinds, r.Kind) && (q.Name == "" || r.Name == q.Name) &&
		(q.Description == "" || strings.Contains(strings.ToLower(description(r)), strings.ToLower(q.Description))) &&
		!slices.ContainsFunc(q.Labels, func(l string) bool { return !slices.Contains(r.Labels, l) }) &&
		(q.UpdatedFrom.IsZero() || !r.Updated.Before(q.UpdatedFrom)) && (q.UpdatedTo.IsZero() || !r.Updated.After(q.UpdatedTo))
}

// holds tells whether every word is in a text.
func holds(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}
