package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// storm lets clients make calls for a time; each call is one request.
func storm(ctx context.Context, clients int, d time.Duration, call func(context.Context) error) (rate float64, took sample, err error) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	var failed atomic.Pointer[error]
	begun := time.Now()
	for range clients {
		wg.Go(func() {
			var mine sample
			for time.Since(begun) < d && failed.Load() == nil {
				one := time.Now()
				if err := call(ctx); err != nil {
					failed.CompareAndSwap(nil, &err)
					return
				}
				mine = append(mine, time.Since(one))
			}
			mu.Lock()
			took = append(took, mine...)
			mu.Unlock()
		})
	}
	wg.Wait()
	if e := failed.Load(); e != nil {
		return 0, nil, *e
	}
	return float64(len(took)) / time.Since(begun).Seconds(), took, nil
}

// cpu is the processor time that a process has used, to the hundredth of a second.
func cpu(pid int) time.Duration {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	f := strings.Fields(string(data[bytes.LastIndexByte(data, ')')+1:]))
	user, _ := strconv.Atoi(f[11])
	system, _ := strconv.Atoi(f[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// creates measures durable creates over HTTP; the clients share the machine with the server.
func creates(ctx context.Context, b *bench) error {
	s, _, err := b.serve(ctx, "--max-runs", "0")
	if err != nil {
		return err
	}
	defer s.stop()
	f, err := s.function(ctx, "queued", nothing)
	if err != nil {
		return err
	}
	t, err := s.task(ctx, f)
	if err != nil {
		return err
	}
	run, err := json.Marshal(object{"kind": "python+job:run", "project": project, "spec": object{"task": t, "function": f, "parameters": object{"n": 10}}})
	if err != nil {
		return err
	}
	var n atomic.Int64
	d := time.Duration(b.rounds(50)) * 100 * time.Millisecond
	measure := func(what string, target float64, call func(context.Context) error) error {
		if _, _, err := storm(ctx, 32, d/5, call); err != nil { // warm
			return err
		}
		var rates []float64
		var all sample
		own, served := cpu(os.Getpid()), cpu(s.cmd.Process.Pid)
		for range 3 {
			rate, took, err := storm(ctx, 32, d, call)
			if err != nil {
				return err
			}
			rates, all = append(rates, rate), append(all, took...)
		}
		each := func(d time.Duration) string { return number(float64(d.Microseconds())/float64(len(all))) + " µs" }
		mid, text := middle(rates)
		b.least(what, "a second", target, mid, fmt.Sprintf("%s; of one: %s; processor time of one: server %s, client %s", text, all.spread(),
			each(cpu(s.cmd.Process.Pid)-served), each(cpu(os.Getpid())-own)))
		return nil
	}
	if err := measure("durable creates of runs over HTTP, 32 clients on the same machine, --max-runs 0", 2500, func(ctx context.Context) error {
		return s.post(ctx, contextPath+"/runs", run)
	}); err != nil {
		return err
	}
	return measure("durable creates of artifacts over HTTP, the same", 4000, func(ctx context.Context) error {
		i := n.Add(1)
		body := fmt.Sprintf(`{"name":"a%d","kind":"artifact","project":%q,"spec":{"path":"s3://bucket/bench/a%d"}}`, i, project, i)
		return s.post(ctx, contextPath+"/artifacts", []byte(body))
	})
}

// middle is the median of a few rates, with all of them.
func middle(rates []float64) (float64, string) {
	s := sample{}
	text := ""
	for _, r := range rates {
		s = append(s, time.Duration(r*1e6))
		text += number(r) + " "
	}
	return s.ms(0.5), "of " + text + "a second"
}

// queue measures the memory of ten thousand queued runs.
func queue(ctx context.Context, b *bench) error {
	s, f, err := b.warm(ctx, "import time\ndef main():\n    time.sleep(3600)\n")
	if err != nil {
		return err
	}
	defer s.stop()
	body := runBody(f, nil)
	n := int64(10000)
	if b.quick {
		n = 500
	}
	var left atomic.Int64
	left.Store(n)
	var wg sync.WaitGroup
	var failed atomic.Pointer[error]
	for range 8 {
		wg.Go(func() {
			for left.Add(-1) >= 0 && failed.Load() == nil {
				if err := s.call(ctx, "POST", contextPath+"/runs", body, nil); err != nil {
					failed.CompareAndSwap(nil, &err)
				}
			}
		})
	}
	wg.Wait()
	if e := failed.Load(); e != nil {
		return *e
	}
	rss, anonymous, detail := s.memory()
	b.most(fmt.Sprintf("%d queued runs: RSS of server and keeper right after", n), "MiB", 100, rss, fmt.Sprintf("anonymous %s MiB; %s", number(anonymous), detail))
	return nil
}

// jobs measures the memory of fifty jobs at once.
func jobs(ctx context.Context, b *bench) error {
	s, f, err := b.warm(ctx, "import time\ndef main():\n    time.sleep(20)\n", "--max-runs", "50")
	if err != nil {
		return err
	}
	defer s.stop()
	var runs []entity
	for range 50 {
		var r entity
		if err := s.call(ctx, "POST", contextPath+"/runs", runBody(f, nil), &r); err != nil {
			return err
		}
		runs = append(runs, r)
	}
	var rss, anonymous float64
	detail := ""
	for {
		var page struct{ TotalElements int }
		if err := s.call(ctx, "GET", contextPath+"/runs?state=RUNNING", nil, &page); err != nil {
			return err
		}
		if r, a, text := s.memory(); r > rss {
			rss, anonymous, detail = r, a, text
		}
		if page.TotalElements == 50 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	for _, r := range runs {
		if _, err := s.wait(ctx, r); err != nil {
			return err
		}
		if r, a, text := s.memory(); r > rss {
			rss, anonymous, detail = r, a, text
		}
	}
	b.most("50 jobs running at once: most RSS of server and keeper", "MiB", 100, rss, fmt.Sprintf("anonymous %s MiB; %s", number(anonymous), detail))
	return nil
}

// idle measures the memory a minute after a thousand mixed calls.
func idle(ctx context.Context, b *bench) error {
	s, f, err := b.warm(ctx, nothing)
	if err != nil {
		return err
	}
	defer s.stop()
	body := runBody(f, nil)
	var run entity
	for i := range 1000 {
		var err error
		switch i % 10 {
		case 0:
			if i%100 == 0 {
				run, err = s.run(ctx, body)
			} else {
				err = s.call(ctx, "GET", contextPath+"/runs/"+run.ID, nil, nil)
			}
		case 1:
			err = s.call(ctx, "POST", contextPath+"/artifacts", object{"name": fmt.Sprint("a", i), "kind": "artifact", "project": project, "spec": object{"path": "s3://bucket/x"}}, nil)
		case 2, 3:
			err = s.call(ctx, "GET", contextPath+"/runs", nil, nil)
		case 4:
			err = s.call(ctx, "GET", contextPath+"/functions?name=measured", nil, nil)
		case 5:
			err = s.call(ctx, "GET", contextPath+"/artifacts?size=25", nil, nil)
		case 6:
			err = s.call(ctx, "GET", "/api/v1/projects/"+project, nil, nil)
		case 7:
			err = s.call(ctx, "GET", contextPath+"/runs/"+run.ID+"/logs", nil, nil)
		case 8:
			err = s.call(ctx, "POST", contextPath+"/functions", object{"name": fmt.Sprint("f", i), "kind": "python", "project": project,
				"spec": object{"source": object{"handler": "main", "base64": "ZGVmIG1haW4oKTogcGFzcwo="}}}, nil)
		case 9:
			err = s.call(ctx, "GET", contextPath+"/runs?state=COMPLETED", nil, nil)
		}
		if err != nil {
			return err
		}
	}
	rest := time.Minute
	if b.quick {
		rest = time.Second
	}
	_, _, before := s.memory()
	select {
	case <-time.After(rest):
	case <-ctx.Done():
		return ctx.Err()
	}
	rss, anonymous, detail := s.memory()
	b.most("idle, a minute after 1,000 mixed calls: RSS of server and keeper", "MiB", 40, rss, detail+"; before the minute: "+before)
	b.most("the same: anonymous memory", "MiB", 20, anonymous, "")
	return nil
}
