package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// filter narrows a query by something a run in the sample has.
type filter struct {
	name string
	set  func(q *store.Query, r store.Run, rnd *rand.Rand)
}

func filters(w *world) []filter {
	end := w.start.Add(60 * 24 * time.Hour)
	return []filter{
		{"state", func(q *store.Query, r store.Run, rnd *rand.Rand) { q.State = string(states[rnd.IntN(4)].state) }},
		{"function", func(q *store.Query, r store.Run, rnd *rand.Rand) { q.Function = r.Function }},
		{"kind", func(q *store.Query, r store.Run, rnd *rand.Rand) { q.Kind = r.Kind }},
		{"user", func(q *store.Query, r store.Run, rnd *rand.Rand) { q.User = r.User }},
		{"text", func(q *store.Query, r store.Run, rnd *rand.Rand) {
			adjective, animal, _ := strings.Cut(r.Name, "-")
			q.Text = []string{r.ID[5:13], r.ID[2:6], r.ID[9:12], r.Name, animal + "x", adjective + "-" + animal[:1], "zebra"}[rnd.IntN(7)]
			if len(animal) >= 3 && rnd.IntN(4) == 0 {
				q.Text = animal
			}
		}},
		{"created", func(q *store.Query, r store.Run, rnd *rand.Rand) {
			switch rnd.IntN(3) {
			case 0: // the last hours or days
				q.CreatedFrom = end.Add(-[]time.Duration{time.Hour, 24 * time.Hour, 7 * 24 * time.Hour}[rnd.IntN(3)])
			case 1: // a day
				q.CreatedFrom, q.CreatedTo = r.Created, r.Created.Add(24*time.Hour)
			case 2: // weeks
				q.CreatedFrom, q.CreatedTo = w.start.Add(time.Duration(rnd.IntN(20))*24*time.Hour), w.start.Add(time.Duration(20+rnd.IntN(40))*24*time.Hour)
			}
		}},
		{"task", func(q *store.Query, r store.Run, rnd *rand.Rand) { q.Task = r.Task }},
		{"action", func(q *store.Query, r store.Run, rnd *rand.Rand) { q.TaskLike = entity.KindAction(r.Kind) }},
		{"functionLike", func(q *store.Query, r store.Run, rnd *rand.Rand) {
			q.FunctionLike = r.Function[:strings.LastIndexByte(r.Function, ':')]
		}},
	}
}

// result is what one kind of query took.
type result struct {
	name      string
	took, cpu []time.Duration
	inexact   int
	slowQuery store.Query
}

func (r *result) at(p float64) time.Duration { return quantile(r.took, p) }

func quantile(sorted []time.Duration, p float64) time.Duration {
	return sorted[min(len(sorted)-1, int(p*float64(len(sorted))))].Round(10 * time.Microsecond)
}

// cpu is the processor time that this process has used: what a list costs whatever else the machine does.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func lists(ctx context.Context, s store.Store, w *world, each int, only string) error {
	if len(w.sample) == 0 {
		if err := s.Read(ctx, func(t store.Tx) error {
			for page := range 40 {
				p, err := t.Runs().List(ctx, store.Query{Project: w.project, Size: 100, Page: page * (w.n / 100 / 40), Sort: []store.Sort{{Field: "created", Desc: true}}}, false)
				if err != nil {
					return err
				}
				w.sample = append(w.sample, p.Items...)
			}
			return nil
		}); err != nil {
			return err
		}
	}
	all := filters(w)
	rnd := rand.New(rand.NewPCG(5, 6))
	type combination struct {
		name string
		set  []filter
	}
	combinations := []combination{{"none", nil}}
	for i, f := range all {
		combinations = append(combinations, combination{f.name, []filter{f}})
		for _, g := range all[i+1:] {
			combinations = append(combinations, combination{f.name + "+" + g.name, []filter{f, g}})
		}
	}
	fmt.Printf("\n%-24s %-8s %9s %9s %9s %9s %9s  %s\n", "filter", "order", "p50", "p95", "max", "cpu p50", "cpu p95", "totals that are floors")
	for _, c := range combinations {
		if only != "" && !strings.Contains(c.name, only) {
			continue
		}
		for _, order := range []string{"created", "updated"} {
			first, next := &result{name: c.name}, &result{}
			for range each {
				r := w.sample[rnd.IntN(len(w.sample))]
				q := store.Query{Project: w.project, Size: 25, Sort: []store.Sort{{Field: order, Desc: true}}}
				for _, f := range c.set {
					f.set(&q, r, rnd)
				}
				for page := range 3 {
					q.Page = page
					var p store.Page[store.Run]
					start, used := time.Now(), cpu()
					if err := s.Read(ctx, func(t store.Tx) (err error) {
						p, err = t.Runs().List(ctx, q, false)
						return err
					}); err != nil {
						return fmt.Errorf("%s: %w", c.name, err)
					}
					to := first
					if page > 0 {
						to = next
					}
					took := time.Since(start)
					if page == 0 && (len(to.took) == 0 || took > slices.Max(to.took)) {
						to.slowQuery = q
					}
					to.took, to.cpu = append(to.took, took), append(to.cpu, cpu()-used)
					if !p.Exact && page == 0 && p.Total < 10000 {
						to.inexact++
					}
					if !p.More {
						break
					}
				}
			}
			slices.Sort(first.took)
			slices.Sort(first.cpu)
			slices.Sort(next.took)
			line := fmt.Sprintf("%-24s %-8s %9v %9v %9v %9v %9v  %d/%d", c.name, order, first.at(0.5), first.at(0.95), quantile(first.took, 1), quantile(first.cpu, 0.5), quantile(first.cpu, 0.95), first.inexact, len(first.took))
			if len(next.took) > 0 {
				line += fmt.Sprintf("   next pages p50 %v p95 %v", next.at(0.5), next.at(0.95))
			}
			if first.at(0.95) > 20*time.Millisecond {
				q := first.slowQuery
				line += fmt.Sprintf("   SLOW %s %s %s %q %v %v", q.State, q.User, q.Kind, q.Text, q.CreatedFrom.Format("0102"), q.CreatedTo.Format("0102"))
			}
			fmt.Println(line)
		}
	}
	return nil
}

// live measures what the run manager asks all the time.
func live(ctx context.Context, s store.Store) error {
	for name, f := range map[string]func(store.Tx) error{
		"queued":          func(t store.Tx) error { _, err := t.Runs().Queued(ctx, "local", 50); return err },
		"active":          func(t store.Tx) error { _, err := t.Runs().Active(ctx, 50); return err },
		"due":             func(t store.Tx) error { _, err := t.Runs().Due(ctx, time.Now(), 50); return err },
		"count states":    func(t store.Tx) error { _, err := t.Runs().CountStates(ctx, "benchmark"); return err },
		"count executing": func(t store.Tx) error { _, err := t.Runs().CountExecuting(ctx, "local"); return err },
	} {
		r := result{}
		for range 20 {
			start := time.Now()
			if err := s.Read(ctx, f); err != nil {
				return err
			}
			r.took = append(r.took, time.Since(start))
		}
		slices.Sort(r.took)
		fmt.Printf("%-16s p50 %v, p95 %v\n", name, r.at(0.5), r.at(0.95))
	}
	return nil
}

// writing measures durable writes of 32 callers.
func writing(ctx context.Context, s store.Store, w *world) error {
	const clients, each = 32, 300
	runs := make([]store.Run, clients*each)
	for i := range runs {
		runs[i] = w.run(i)
		runs[i].State = entity.StateReady
	}
	measure := func(name string, f func(i int) error) error {
		var wg sync.WaitGroup
		var mu sync.Mutex
		r := result{}
		var failed error
		start := time.Now()
		for c := range clients {
			wg.Go(func() {
				for i := range each {
					began := time.Now()
					err := f(c*each + i)
					mu.Lock()
					r.took = append(r.took, time.Since(began))
					if err != nil {
						failed = err
					}
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		slices.Sort(r.took)
		fmt.Printf("%s by %d clients: %.0f a second, p50 %v, p99 %v\n", name, clients, float64(clients*each)/time.Since(start).Seconds(), r.at(0.5), r.at(0.99))
		return failed
	}
	if err := measure("run creates", func(i int) error {
		return s.Write(ctx, func(t store.Tx) error { _, err := t.Runs().Create(ctx, runs[i]); return err })
	}); err != nil {
		return err
	}
	if err := measure("run transitions", func(i int) error {
		return s.Write(ctx, func(t store.Tx) error {
			_, err := t.Runs().Update(ctx, runs[i].ID, func(r store.Run) (store.Run, error) {
				r.State, r.Updated = entity.StateCompleted, r.Updated.Add(time.Second)
				return r, nil
			})
			return err
		})
	}); err != nil {
		return err
	}
	return measure("artifact creates", func(i int) error {
		r := runs[i]
		rec := store.Record{Doc: r.Doc, State: "CREATED", Labels: []string{"nightly"}, Relations: r.Relations[:1]}
		rec.Entity, rec.Kind = entity.Artifact, "artifact"
		return s.Write(ctx, func(t store.Tx) error { _, err := t.Entities().Create(ctx, rec); return err })
	})
}
