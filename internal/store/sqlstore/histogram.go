package sqlstore

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// fewBlocks is how many blocks of runs an interval may span to be counted from the index alone.
const fewBlocks = 20

// histogram is the counting of runs by bucket and facet.
type histogram struct {
	*runList
	step   int64
	counts []map[int64]int64 // by facet
}

// Histogram implements store.Stats. Where no row needs to be looked at, a block whose runs all fall into one
// bucket is counted from its facets, and only the others from the index.
func (s stats) Histogram(ctx context.Context, q store.Query, buckets int) (out store.Histogram, err error) {
	r := runs(s)
	if err := r.settle(); err != nil {
		return out, err
	}
	if q.CreatedTo.IsZero() {
		q.CreatedTo = r.s.opts.Now()
	}
	out = store.Histogram{From: q.CreatedFrom, To: q.CreatedTo, Exact: true}
	q.Sort = []store.Sort{{Field: "created", Desc: true}}
	f, none, err := r.match(q)
	if err != nil {
		return out, err
	}
	none = none || q.IDs != nil && len(q.IDs) == 0
	if q.CreatedFrom.IsZero() {
		if q.CreatedFrom = q.CreatedTo; !none {
			if q.CreatedFrom, err = r.oldest(f.ids, q.CreatedTo); err != nil {
				return out, err
			}
		}
		out.From = q.CreatedFrom
	}
	buckets = max(buckets, 1)
	step := max((micros(out.To)-micros(out.From))/int64(buckets)+1, 1)
	out.Step = time.Duration(step) * time.Microsecond
	out.Buckets = make([]map[entity.State]int64, buckets)
	for i := range out.Buckets {
		out.Buckets[i] = map[entity.State]int64{}
	}
	if none || out.To.Before(out.From) {
		return out, nil
	}
	l := &runList{runs: r, q: q, f: f, limit: int64(r.s.opts.CountLimit), size: 1}
	l.order("created", true)
	h := &histogram{runList: l, step: step, counts: make([]map[int64]int64, buckets)}
	for i := range h.counts {
		h.counts[i] = map[int64]int64{}
	}
	if l.needsRows() {
		out.Exact, err = h.byRows(ctx)
	} else {
		err = h.byBlocks()
	}
	if err != nil {
		return out, err
	}
	for i, counts := range h.counts {
		for facet, n := range counts {
			d, err := r.facetDims(facet)
			if err != nil {
				return out, err
			}
			state, err := r.text(d.state)
			if err != nil {
				return out, err
			}
			out.Buckets[i][entity.State(state)] += n
		}
	}
	return out, nil
}

// oldest is when the first run of the facets was created, other when there is none.
func (r runs) oldest(facets []int64, other time.Time) (time.Time, error) {
	first := int64(math.MaxInt64)
	for len(facets) > 0 {
		n := min(len(facets), 2000)
		q := "SELECT (SELECT min(r.created) FROM runs r WHERE r.facet = f.id) FROM facets f WHERE f.id IN (" + joinInts(facets[:n]) + ")"
		err := r.c.rowsOnce(q, nil, func(scan func(...any) error) error {
			var at *int64
			err := scan(&at)
			if at != nil {
				first = min(first, *at)
			}
			return err
		})
		if err != nil {
			return other, err
		}
		facets = facets[n:]
	}
	if first == math.MaxInt64 {
		return other, nil
	}
	return fromMicros(first), nil
}

func (h *histogram) bucket(created int64) int64 { return (created - h.from) / h.step }

func (h *histogram) add(bucket, facet, n int64) {
	if bucket >= 0 && bucket < int64(len(h.counts)) {
		h.counts[bucket][facet] += n
	}
}

// byRows counts the newest runs that match, as far as lists count.
func (h *histogram) byRows(ctx context.Context) (exact bool, err error) {
	w := &walk{runList: h.runList, ctx: ctx, want: int(h.limit) + 1}
	if _, _, err := h.plan(w); err != nil {
		return false, err
	}
	list, err := w.run()
	if err != nil {
		return false, err
	}
	for _, e := range list[:min(len(list), int(h.limit))] {
		h.add(h.bucket(e.val), e.facet, 1)
	}
	return !w.gaveUp && int64(len(list)) <= h.limit, nil
}

// byBlocks counts by facet alone.
func (h *histogram) byBlocks() error {
	var doubt []int64
	var zones []zone
	n := 0
	if err := h.blocks(math.MaxInt64, 0, false, func(int64, zone, block) bool { n++; return n <= fewBlocks }); err != nil {
		return err
	}
	if n <= fewBlocks {
		return h.byIndex("", h.from, h.to)
	}
	err := h.blocks(math.MaxInt64, 0, true, func(id int64, z zone, b block) bool {
		at := h.bucket(z.created[0])
		if !h.insideZone(z) || at != h.bucket(z.created[1]) {
			doubt, zones = append(doubt, id), append(zones, z)
			return true
		}
		for ; len(b) > 0; b = b[4:] {
			if f := int64(binary.LittleEndian.Uint32(b)); f != 0 && h.f.set.has(f) {
				h.add(at, f, 1)
			}
		}
		return true
	})
	for i := 0; err == nil && i < len(doubt); i++ {
		z := zones[i].created
		nums := fmt.Sprintf(" AND +num >= %d AND +num < %d", doubt[i]*blockRuns, (doubt[i]+1)*blockRuns)
		err = h.byIndex(nums, max(h.from, z[0]), min(h.to, z[1]))
	}
	return err
}

// byIndex counts the runs of the slices between two moments; cond narrows it further.
func (h *histogram) byIndex(cond string, from, to int64) error {
	updated := ""
	if h.given[1] {
		updated = fmt.Sprintf(" AND updated >= %d AND updated <= %d", h.oFrom, h.oTo)
	}
	q := fmt.Sprintf("SELECT (created - %d) / %d AS b, facet, count(*) FROM runs WHERE slice IN (%s) AND created >= %d AND created <= %d%s%s GROUP BY 1, 2",
		h.from, h.step, joinInts(h.f.slices), from, to, cond, updated)
	return h.c.rowsOnce(q, nil, func(scan func(...any) error) error {
		var bucket, facet, n int64
		err := scan(&bucket, &facet, &n)
		if h.f.set.has(facet) {
			h.add(bucket, facet, n)
		}
		return err
	})
}
