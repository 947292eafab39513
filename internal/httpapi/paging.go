package httpapi

import (
	"encoding/json"

	"dhub/entity"
	"dhub/internal/catalog"
	"dhub/internal/store"
)

// maxPage times the largest size still is an offset that fits.
const maxPage = 1 << 40

var pageParams = []param{
	integer("page", "Number of the page, from 0. What is no number counts as 0."),
	integer("size", "Entries a page, 25 unless given, at most 1000."),
	several("sort", "field,asc or field,desc; may be repeated."),
}

// list reads the parameters of a list.
func (c *call) list(typ string) (store.Query, error) {
	q, err := catalog.ParseQuery(typ, c.project(), c.r.URL.Query())
	q.Page = min(q.Page, maxPage)
	return q, err
}

type (
	sortBody struct {
		Empty    bool `json:"empty"`
		Sorted   bool `json:"sorted"`
		Unsorted bool `json:"unsorted"`
	}
	pageable struct {
		Number  int      `json:"pageNumber"`
		Size    int      `json:"pageSize"`
		Sort    sortBody `json:"sort"`
		Offset  int64    `json:"offset"`
		Paged   bool     `json:"paged"`
		Unpaged bool     `json:"unpaged"`
	}
	// pageBody is the envelope without its content.
	pageBody struct {
		Pageable pageable `json:"pageable"`
		Last     bool     `json:"last"`
		Total    int64    `json:"totalElements"`
		Pages    int64    `json:"totalPages"`
		Size     int      `json:"size"`
		Number   int      `json:"number"`
		Sort     sortBody `json:"sort"`
		First    bool     `json:"first"`
		Count    int      `json:"numberOfElements"`
		Empty    bool     `json:"empty"`
	}
)

// envelope wraps one page of a list. The content keeps its bytes.
func envelope(content json.RawMessage, count int, total int64, q store.Query) json.RawMessage {
	s := sortBody{Empty: len(q.Sort) == 0, Sorted: len(q.Sort) > 0, Unsorted: len(q.Sort) == 0}
	pages := (total + int64(q.Size) - 1) / int64(q.Size)
	rest, _ := json.Marshal(pageBody{
		Pageable: pageable{Number: q.Page, Size: q.Size, Sort: s, Offset: int64(q.Page) * int64(q.Size), Paged: true},
		Last:     int64(q.Page)+1 >= pages, Total: total, Pages: pages, Size: q.Size, Number: q.Page, Sort: s,
		First: q.Page == 0, Count: count, Empty: count == 0,
	})
	b := make([]byte, 0, len(content)+len(rest)+16)
	b = append(b, `{"content":`...)
	b = append(b, content...)
	b = append(b, ',')
	return append(b, rest[1:]...)
}

// page answers with one page of entities.
func (c *call) page(p store.Page[entity.Doc], q store.Query) error {
	return c.raw(envelope(renderAll(p.Items), len(p.Items), p.Total, q))
}

// whole answers with a list that is not paged: all of it, in the same envelope.
func (c *call) whole(content json.RawMessage, n int) error {
	return c.raw(envelope(content, n, int64(n), store.Query{Size: max(n, 1)}))
}

var listParams = []param{
	text("q", "Part of the id or the name, without regard to case."),
	text("name", "The name."),
	text("kind", "The kind; an unknown one gives an empty page."),
	text("user", "Who created it."),
	text("state", "The state."),
	text("created", "From, or from and to: date-times, inclusive; UTC where no offset is given."),
	text("updated", "As created."),
	several("labels", "Labels that must all be present."),
	text("versions", "latest or all versions of a name."),
	several("id", "Ids, repeated or separated by commas."),
}
