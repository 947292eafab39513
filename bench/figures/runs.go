package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"time"
)

// warm starts a server and lets one run pass, so that interpreter and modules are there.
func (b *bench) warm(ctx context.Context, source string, args ...string) (s *server, function string, err error) {
	if s, _, err = b.serve(ctx, args...); err != nil {
		return nil, "", err
	}
	if function, err = s.function(ctx, "probe", "import sys\ndef main():\n    return getattr(sys, '_base_executable', None) or sys.executable\n"); err == nil {
		var r entity
		if r, err = s.run(ctx, runBody(function, nil)); err == nil {
			var results map[string]string
			if err = json.Unmarshal(r.Status.Results, &results); err == nil {
				for _, path := range results {
					b.python = path
				}
			}
		}
	}
	if err == nil && b.python == "" {
		err = fmt.Errorf("the interpreter of jobs is not known")
	}
	if err == nil {
		function, err = s.function(ctx, "measured", source)
	}
	if err != nil {
		s.stop()
		return nil, "", err
	}
	return s, function, nil
}

// cold measures a run that does nothing against a bare start of the same interpreter, in turns.
func cold(ctx context.Context, b *bench) error {
	s, f, err := b.warm(ctx, nothing)
	if err != nil {
		return err
	}
	defer s.stop()
	var posts, runs, bare, above sample
	body := runBody(f, nil)
	for i := range b.rounds(50) + 3 {
		begun := time.Now()
		if err := exec.CommandContext(ctx, b.python, "-I", "-c", "pass").Run(); err != nil {
			return err
		}
		own := time.Since(begun)
		var r entity
		begun = time.Now()
		if err := s.call(ctx, "POST", contextPath+"/runs", body, &r); err != nil {
			return err
		}
		post := time.Since(begun)
		if _, err := s.wait(ctx, r); err != nil {
			return err
		}
		took := time.Since(begun)
		if i < 3 {
			continue
		}
		posts, runs, bare, above = append(posts, post), append(runs, took), append(bare, own), append(above, took-own)
	}
	b.most("cold Python run that does nothing, POST until ?wait shows the result, above `python -I -c pass`", "ms", 40, runs.ms(0.5)-bare.ms(0.5), "difference of each pair: "+above.spread())
	b.tell("the same, whole", number(runs.ms(0.5))+" ms", runs.spread())
	b.tell("`python -I -c pass` of the same interpreter", number(bare.ms(0.5))+" ms", bare.spread())
	b.tell("POST of a run, one client", number(posts.ms(0.5))+" ms", posts.spread())
	return nil
}

const fibonacci = "def main(n):\n    a, b = 0, 1\n    for _ in range(n):\n        a, b = b, a + b\n    return a\n"

// fibo measures forty runs one after another, several times.
func fibo(ctx context.Context, b *bench) error {
	s, f, err := b.warm(ctx, fibonacci)
	if err != nil {
		return err
	}
	defer s.stop()
	body := runBody(f, object{"n": 10})
	var whole, each sample
	for range b.rounds(5) {
		begun := time.Now()
		for range 40 {
			one := time.Now()
			if _, err := s.run(ctx, body); err != nil {
				return err
			}
			each = append(each, time.Since(one))
		}
		whole = append(whole, time.Since(begun))
	}
	b.most("forty `fibo(10)` runs one after another", "s", 2.5, whole.ms(0.5)/1000, "of forty: "+whole.spread()+"; of one: "+each.spread())
	return nil
}
