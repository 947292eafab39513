package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// world makes runs the way an installation of some size has them: one project, 500 function versions, half
// of all runs of one of them, twenty users of whom some do most of the work.
type world struct {
	project   string
	n         int
	rnd       *rand.Rand
	start     time.Time
	functions []function
	users     []string
	zipf      *rand.Zipf
	sample    []store.Run // some of the runs, to take filters from
}

type function struct {
	ref, task, kind string
	spec            []byte
}

var (
	adjectives = strings.Fields("able acid aged airy apt arid avid bald bare basic big blue bold brave brief bright brisk broad busy calm civil clean clear close cold cool crisp cute daily damp dark dear deep dense dizzy dry dual dull eager early easy elite epic equal exact fair fancy fast fine firm fit flat fond free fresh full funny fuzzy giant glad good grand great green grim happy hard hasty heavy high hollow honest huge humble icy idle jolly keen kind large late lazy lean light little lively local lone long loud lucky mad major merry mild misty")
	animals    = strings.Fields("ant ape asp auk bass bat bear bee bison boar bug bull calf camel carp cat clam cobra cod colt cow crab crane crow cub deer dingo dodo dog dove duck eagle eel egret elk emu ewe falcon fawn finch fish flea fly foal fowl fox frog gnat gnu goat goose grub gull hare hawk hen heron hog horse hyena ibex ibis jay kite kiwi koala lamb lark lemur lion lizard llama loon louse lynx mako mink mole moose moth mouse mule newt orca oryx otter owl ox panda perch pig pika pony pug puma quail ram rat raven ray rook seal shad")
	kinds      = []string{"python+job", "python+job", "container+job", "python+build"}
	states     = []struct {
		state entity.State
		share float64
	}{{entity.StateCompleted, 0.85}, {entity.StateError, 0.08}, {entity.StateStopped, 0.03}, {entity.StateReady, 0.02}, {entity.StateRunning, 0.01}, {entity.StatePending, 0.01}}
)

func newWorld(n int) *world {
	w := &world{project: "benchmark", n: n, rnd: rand.New(rand.NewPCG(7, 11)), start: time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)}
	for i := range 500 {
		source := make([]byte, 3000)
		for j := range source {
			source[j] = byte(w.rnd.Uint32())
		}
		kind := kinds[i%len(kinds)]
		name := fmt.Sprintf("%s-%s-%d", adjectives[i%len(adjectives)], []string{"extract", "transform", "train", "load"}[i/10%4], i/10)
		id := w.hex()
		w.functions = append(w.functions, function{
			ref: fmt.Sprintf("%s://%s/%s:%s", entity.KindBase(kind), w.project, name, id), task: fmt.Sprintf("%s://%s/%s", kind, w.project, w.hex()), kind: kind + ":run",
			spec: fmt.Appendf(nil, `{"python_version":"PYTHON3_11","source":{"base64":%q,"handler":"main","lang":"python","source":"main.py"}}`, base64.StdEncoding.EncodeToString(source)),
		})
	}
	for i := range 20 {
		w.users = append(w.users, fmt.Sprintf("user%02d@example.org", i))
	}
	w.zipf = rand.NewZipf(w.rnd, 1.3, 2, 19)
	return w
}

func (w *world) hex() string { return fmt.Sprintf("%016x%016x", w.rnd.Uint64(), w.rnd.Uint64()) }

func (w *world) state() entity.State {
	x := w.rnd.Float64()
	for _, s := range states {
		if x -= s.share; x < 0 {
			return s.state
		}
	}
	return entity.StateCompleted
}

// run makes run number i of n, created at a time of its own.
func (w *world) run(i int) store.Run {
	f := w.functions[0]
	if w.rnd.IntN(2) == 0 {
		f = w.functions[1+w.rnd.IntN(len(w.functions)-1)]
	}
	created := w.start.Add(time.Duration(float64(60*24*time.Hour) * (float64(i) + w.rnd.Float64()) / float64(w.n))).Truncate(time.Microsecond)
	took := time.Duration(w.rnd.ExpFloat64() * float64(40*time.Second))
	if w.rnd.IntN(100) == 0 {
		took *= 200
	}
	state := w.state()
	run := store.Run{
		Doc: entity.Doc{
			Entity: entity.Run, ID: w.hex(), Name: adjectives[w.rnd.IntN(len(adjectives))] + "-" + animals[w.rnd.IntN(len(animals))], Kind: f.kind, Project: w.project,
			User: w.users[w.zipf.Uint64()], Created: created, Updated: created.Add(took).Truncate(time.Microsecond),
		},
		UID: w.hex(), Function: f.ref, Task: f.task, FunctionSpec: f.spec, TaskSpec: []byte(`{"resources":{"cpu":"500m","mem":"1Gi"}}`),
		State: state, Desired: store.WantRun, Engine: "local", Attempt: 1,
	}
	run.UpdatedBy = run.User
	key, _ := entity.ParseExecRef(f.ref)
	function := "store://" + w.project + "/function/" + key.Kind + "/" + key.Name + ":" + key.ID
	input := fmt.Sprintf("store://%s/dataitem/table/%s:%s", w.project, animals[w.rnd.IntN(20)], key.ID)
	run.Relations = []entity.Relation{{Type: entity.RunOf, Dest: function}, {Type: entity.Consumes, Dest: input}}
	at := func(d time.Duration) string { return entity.FormatTime(created.Add(d)) }
	run.Metadata = fmt.Appendf(nil, `{"name":%q,"project":%q,"labels":["nightly"],"relationships":[{"type":"run_of","dest":%q},{"type":"consumes","dest":%q}]}`, run.Name, w.project, function, input)
	run.Spec = fmt.Appendf(nil, `{"function":%q,"task":%q,"local_execution":false,"inputs":{"di":%q},"parameters":{"alpha":%.3f,"limit":%d,"date":%q}}`, f.ref, f.task, input, w.rnd.Float64(), w.rnd.IntN(1000), at(0))
	run.Status = fmt.Appendf(nil, `{"state":%q,"results":{"rows":%d,"loss":%.6f},"outputs":{"out":"store://%s/dataitem/table/out:%s"}}`, state, w.rnd.IntN(100000), w.rnd.Float64(), w.project, w.hex())
	run.Control = fmt.Appendf(nil, `{"transitions":[{"status":"CREATED","time":%q},{"status":"BUILT","time":%q},{"status":"READY","time":%q},{"status":"PENDING","time":%q},{"status":"RUNNING","time":%q},{"status":%q,"time":%q}],"reason":{"code":"completed","message":"The function returned normally."},"cpu_seconds":%.2f,"peak_memory":%d}`,
		at(0), at(1e6), at(2e6), at(5e7), at(2e8), state, at(took), took.Seconds()/2, 10_000_000+w.rnd.IntN(100_000_000))
	return run
}

func (w *world) fill(ctx context.Context, s store.Store) error {
	for i := 0; i < w.n; {
		var batch []store.Run
		for ; i < w.n && len(batch) < 500; i++ {
			run := w.run(i)
			batch = append(batch, run)
			if len(w.sample) < 5000 && w.rnd.IntN(max(1, w.n/5000)) == 0 {
				run.Metadata, run.Spec, run.Status, run.Control, run.FunctionSpec = nil, nil, nil, nil, nil
				w.sample = append(w.sample, run)
			}
		}
		err := s.Write(ctx, func(t store.Tx) error {
			for _, run := range batch {
				if _, err := t.Runs().Create(ctx, run); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
