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

// fewMatches is how many runs of some facets are read one by one.
const fewMatches = 20000

// histogram is the counting of runs by bucket and state.
type histogram struct {
	*runList
	step   int64
	states []entity.State
	of     []uint8         // by facet: one more than the place of its state, 0 when it is not wanted
	ofs    map[int64]uint8 // the same by slice, which has one state
	counts [][]int64       // by bucket and place of the state
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
	h := &histogram{runList: l, step: step}
	if err := h.learn(buckets); err != nil {
		return out, err
	}
	if l.needsRows() {
		out.Exact, err = h.byRows(ctx)
	} else {
		err = h.byFacets()
	}
	for i, counts := range h.counts {
		for at, n := range counts {
			if n > 0 {
				out.Buckets[i][h.states[at]] += n
			}
		}
	}
	return out, err
}

// learn finds the states of the facets.
func (h *histogram) learn(buckets int) error {
	most := int64(0)
	for _, id := range h.f.ids {
		most = max(most, id)
	}
	h.of = make([]uint8, most+1)
	place := map[int64]uint8{}
	for _, id := range h.f.ids {
		d, err := h.facetDims(id)
		if err != nil {
			return err
		}
		at, known := place[d.state]
		if !known {
			text, err := h.text(d.state)
			if err != nil {
				return err
			}
			h.states = append(h.states, entity.State(text))
			at = uint8(len(h.states))
			place[d.state] = at
		}
		h.of[id] = at
	}
	h.ofs = map[int64]uint8{}
	for _, id := range h.f.slices {
		d, err := h.facetDims(id) // it has the number of its first facet, which may be empty by now
		if err != nil {
			return err
		}
		h.ofs[id] = place[d.state]
	}
	h.counts = make([][]int64, buckets)
	for i := range h.counts {
		h.counts[i] = make([]int64, len(h.states))
	}
	return nil
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

// add counts n runs of a facet, if it is wanted and the bucket is one.
func (h *histogram) add(bucket, facet, n int64) {
	if bucket >= 0 && bucket < int64(len(h.counts)) && facet < int64(len(h.of)) && h.of[facet] > 0 {
		h.counts[bucket][h.of[facet]-1] += n
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

// byFacets counts by facet alone: few runs from the index of their facets, the runs of few blocks from the index
// of the slices, more from the blocks.
func (h *histogram) byFacets() error {
	if h.f.total <= fewMatches && len(h.f.ids) <= 500 {
		return h.each("facet IN ("+joinInts(h.f.ids)+")", h.from, h.to)
	}
	n := 0
	if err := h.blocks(math.MaxInt64, 0, func(*runBlock) bool { n++; return n <= fewBlocks }); err != nil {
		return err
	}
	if n <= fewBlocks {
		return h.bySlices(0, math.MaxInt64, h.from, h.to)
	}
	var doubt []int64
	var zones []zone
	err := h.blocks(math.MaxInt64, 0, func(b *runBlock) bool {
		z := b.zone
		at := h.bucket(z.created[0])
		if !h.insideZone(z) || at != h.bucket(z.created[1]) || at < 0 || at >= int64(len(h.counts)) {
			doubt, zones = append(doubt, b.id), append(zones, z)
			return true
		}
		counts := h.counts[at]
		for rest := b.facets; len(rest) > 0; rest = rest[4:] {
			if f := binary.LittleEndian.Uint32(rest); int(f) < len(h.of) && h.of[f] > 0 {
				counts[h.of[f]-1]++
			}
		}
		return true
	})
	for i := 0; err == nil && i < len(doubt); i++ {
		z := zones[i].created
		err = h.bySlices(doubt[i]*blockRuns, (doubt[i]+1)*blockRuns, max(h.from, z[0]), min(h.to, z[1]))
	}
	return err
}

// bySlices counts the runs of the slices, from a number to before another, between two moments. Where every run
// of a slice is wanted, the index alone counts each part of the time that lies in one bucket.
func (h *histogram) bySlices(low, high, from, to int64) error {
	first, last := h.bucket(from), h.bucket(to)
	parts := (last - first + 1) * int64(len(h.f.slices))
	if h.f.total != h.f.inside || h.given[1] || parts > 500 {
		return h.each(fmt.Sprintf("slice IN (%s) AND +num >= %d AND +num < %d", joinInts(h.f.slices), low, high), from, to)
	}
	for _, slice := range h.f.slices {
		for at := first; at <= last; at++ {
			begin, end := max(from, h.from+at*h.step), min(to, h.from+(at+1)*h.step-1)
			var n int64
			if _, err := h.c.row("SELECT count(*) FROM runs WHERE slice = $1 AND created >= $2 AND created <= $3 AND +num >= $4 AND +num < $5", []any{slice, begin, end, low, high}, &n); err != nil {
				return err
			}
			if place := h.ofs[slice]; place > 0 && at >= 0 && at < int64(len(h.counts)) {
				h.counts[at][place-1] += n
			}
		}
	}
	return nil
}

// each reads the time and the facet of every run of a condition between two moments.
func (h *histogram) each(cond string, from, to int64) error {
	if h.given[1] {
		cond += fmt.Sprintf(" AND updated >= %d AND updated <= %d", h.oFrom, h.oTo)
	}
	q := fmt.Sprintf("SELECT created, facet FROM runs WHERE %s AND created >= %d AND created <= %d", cond, from, to)
	return h.c.rowsOnce(q, nil, func(scan func(...any) error) error {
		var created, facet int64
		err := scan(&created, &facet)
		h.add(h.bucket(created), facet, 1)
		return err
	})
}
