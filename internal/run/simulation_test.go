package run

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dhub/engine"
	"dhub/engine/fake"
	"dhub/entity"
	"dhub/runtime"
)

var (
	seeds    = flag.Int("run.seeds", 50, "number of simulations with random seeds")
	fromSeed = flag.Uint64("run.from", 1, "first seed of the simulations")
)

// TestSimulation kills the manager between any two steps and lets store and engine fail, then looks whether
// every promise was kept. A seed that ever failed stays in testdata/seeds.
func TestSimulation(t *testing.T) {
	list := fixtures(t)
	for i := range *seeds {
		list = append(list, *fromSeed+uint64(i))
	}
	for _, seed := range list {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { simulate(t, seed) })
		})
	}
}

func fixtures(t *testing.T) []uint64 {
	t.Helper()
	files, err := filepath.Glob("testdata/seeds/*")
	if err != nil {
		t.Fatal(err)
	}
	var list []uint64
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(string(raw), "\n")
		seed, err := strconv.ParseUint(strings.TrimSpace(first), 10, 64)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		list = append(list, seed)
	}
	return list
}

// order is one run of a simulation as its client knows it.
type order struct {
	id      string
	exit    int // of attempts before good; 0: the first succeeds
	good    int // number of the first attempt that succeeds
	backoff int
	acked   bool
	stopped bool // a stop was acknowledged
	deleted bool // a delete was acknowledged
}

// sim is one simulation.
type sim struct {
	t      *testing.T
	chance *chance
	disk   *memStore
	engine *fake.Engine
	orders []*order

	mu   sync.Mutex
	p    *process
	m    *Manager
	ids  int
	logs map[string]string // by uid.attempt: what the job has written
	runs map[string]string // uid → id
}

func simulate(t *testing.T, number uint64) {
	s := &sim{t: t, chance: newChance(number), disk: newMemStore(time.Now), logs: map[string]string{}, runs: map[string]string{}}
	s.engine = fake.New(faulty(s.chance, s.script))
	if err := seed(s.disk); err != nil {
		t.Fatal(err)
	}
	for i := range 6 + s.chance.below(10) {
		o := &order{id: fmt.Sprint("r", i), good: 1}
		if s.chance.below(3) == 0 {
			o.exit, o.good = 1+s.chance.below(3), 1+s.chance.below(4)
			o.backoff = s.chance.below(3)
		}
		s.orders = append(s.orders, o)
	}
	done := make(chan struct{})
	var clients, life sync.WaitGroup
	life.Go(func() { s.reincarnate(done) })
	for _, o := range s.orders {
		clients.Go(func() { s.client(o) })
	}
	clients.Wait()
	time.Sleep(time.Duration(s.chance.below(120)) * time.Second)
	s.chance.stop()
	s.settle()
	close(done)
	life.Wait()
	m, p := s.current()
	p.kill()
	if err := m.Stop(context.Background()); err != nil && !errors.Is(err, errDead) {
		t.Errorf("stop of a dead process: got %v", err)
	}
	s.check()
}

// script is what the jobs do: write, sleep, end.
func (s *sim) script(r engine.Runnable) (fake.Script, bool) {
	var o *order
	for _, x := range s.orders {
		if x.id == r.ID.Run {
			o = x
		}
	}
	text := fmt.Sprintf("begin %s %d\n%s end\n", r.ID.UID, r.ID.Attempt, strings.Repeat("0123456789abcdef\n", 1+len(r.ID.UID)*r.ID.Attempt))
	s.mu.Lock()
	s.logs[fmt.Sprintf("%s.%d", r.ID.UID, r.ID.Attempt)] = text
	s.runs[r.ID.UID] = r.ID.Run
	s.mu.Unlock()
	x := fake.Script{Log: text, Sleep: s.takes()}
	if r.ID.Attempt < o.good {
		x.Exit.Code = o.exit
	}
	return x, true
}

// takes is how long each attempt executes.
func (s *sim) takes() time.Duration { return time.Duration(100+37*len(s.orders)) * time.Millisecond }

// reincarnate keeps a process alive: when one dies, the next takes over.
func (s *sim) reincarnate(done chan struct{}) {
	for {
		select {
		case <-done:
			return
		default:
		}
		left := -1
		if s.chance.in(1) {
			left = s.chance.below(150)
		}
		p := newProcess(left)
		m, err := New(Config{Store: processStore{s.disk, p, s.chance}, Runtimes: runtime.NewRegistry(stub{}), MaxRuns: 3, Holder: "sim",
			Engines: engine.NewSet(processEngine{s.engine, p}), Logger: slog.New(slog.DiscardHandler), NewID: s.newID})
		if err != nil {
			s.t.Error(err)
			return
		}
		s.mu.Lock()
		s.m, s.p = m, p
		s.mu.Unlock()
		if err := m.Start(context.Background()); err != nil {
			s.t.Error(err)
		}
		select {
		case <-done:
			return
		case <-p.died:
		}
		// What is left of the dead process can do no harm; its goroutines go.
		_ = m.Stop(context.Background())
		time.Sleep(time.Duration(s.chance.below(3000)) * time.Millisecond)
	}
}

func (s *sim) newID() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids++
	return fmt.Sprintf("u%05d", s.ids)
}

func (s *sim) current() (*Manager, *process) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.m, s.p
}

// insist repeats a request until it is answered, as a client does.
func (s *sim) insist(f func(m *Manager) error) error {
	for {
		m, _ := s.current()
		if m != nil {
			err := f(m)
			if err == nil || entity.CodeOf(err) == entity.CodeInvalid || entity.CodeOf(err) == entity.CodeNotFound {
				return err
			}
		}
		time.Sleep(time.Duration(50+s.chance.below(500)) * time.Millisecond)
	}
}

// client makes one run and perhaps stops or deletes it.
func (s *sim) client(o *order) {
	ctx := context.Background()
	time.Sleep(time.Duration(s.chance.below(20000)) * time.Millisecond)
	err := s.insist(func(m *Manager) error {
		_, err := m.Create(ctx, Write{Project: "p", Body: body(o.id, map[string]any{"backoff_limit": o.backoff})})
		if err != nil && strings.Contains(err.Error(), "Duplicated") {
			return nil // an earlier try whose answer was lost
		}
		return err
	})
	if err != nil {
		s.t.Errorf("create %s: %v", o.id, err)
		return
	}
	o.acked = true
	what := s.chance.below(6)
	if what > 1 {
		return
	}
	time.Sleep(time.Duration(s.chance.below(8000)) * time.Millisecond)
	err = s.insist(func(m *Manager) error {
		if what == 0 {
			_, err := m.Act(ctx, "p", o.id, "stop", "")
			return err
		}
		_, err := m.Delete(ctx, "p", o.id)
		if entity.IsNotFound(err) {
			return nil
		}
		return err
	})
	if err != nil {
		s.t.Errorf("stop or delete %s: %v", o.id, err)
	}
	o.stopped, o.deleted = what == 0, what == 1
}

// settle waits, without further faults, until nothing moves any more.
func (s *sim) settle() {
	for range 600 {
		time.Sleep(10 * time.Second)
		if s.quiet() {
			return
		}
	}
	s.t.Error("the runs did not come to rest")
	for _, r := range s.disk.state.runs {
		a := s.disk.state.attempts[attemptKeyOf(r.UID, r.Attempt)]
		s.t.Logf("%s %s wants %s, attempt %d %s handle=%t finished=%t cleared=%t", r.ID, r.State, r.Desired, r.Attempt, a.Phase, len(a.Handle) > 0, !a.Finished.IsZero(), a.Cleared)
	}
}

func (s *sim) quiet() bool {
	s.disk.mu.Lock()
	defer s.disk.mu.Unlock()
	for _, r := range s.disk.state.runs {
		if !entity.FinalRun(r.State, false) {
			return false
		}
	}
	for _, a := range s.disk.state.attempts {
		if !a.Cleared {
			return false
		}
	}
	return s.engine.Attempts() == 0
}

// check holds the end against the promises.
func (s *sim) check() {
	ctx := context.Background()
	t := s.t
	m, err := New(Config{Store: s.disk, Runtimes: runtime.NewRegistry(stub{}), Engines: engine.NewSet(s.engine)})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range s.orders {
		r, ok := s.disk.state.runs[o.id]
		if o.deleted {
			if ok {
				t.Errorf("%s was deleted and is still %s", o.id, r.State)
			}
			continue
		}
		if !ok {
			t.Errorf("%s was acknowledged and is lost", o.id)
			continue
		}
		d, err := m.Get(ctx, "p", o.id)
		if err != nil {
			t.Error(err)
			continue
		}
		w := &world{t: t}
		v := w.view(d)
		s.checkEnd(o, v)
		finals := slices.DeleteFunc(slices.Clone(v.Transitions), func(x transition) bool { return !entity.FinalRun(x.Status, false) })
		if len(finals) != 1 {
			t.Errorf("%s has %d final states: %s", o.id, len(finals), v.path())
		}
		for n := 1; n <= r.Attempt; n++ {
			s.checkAttempt(m, o, v, engine.ID{Run: o.id, UID: r.UID, Attempt: n}, n == r.Attempt)
		}
		if r.Attempt > o.backoff+1 {
			t.Errorf("%s: %d attempts under a limit of %d", o.id, r.Attempt, o.backoff)
		}
	}
	for key := range s.logs {
		uid, number, _ := strings.Cut(key, ".")
		n, _ := strconv.Atoi(number)
		if x := s.engine.Executions(engine.ID{UID: uid, Attempt: n}); x > 1 {
			t.Errorf("attempt %s of %s was executed %d times", key, s.runs[uid], x)
		}
	}
	if n := s.engine.Live(); n != 0 {
		t.Errorf("%d attempts live on", n)
	}
}

func (s *sim) checkEnd(o *order, v view) {
	want := entity.StateCompleted
	if o.exit > 0 && o.good > o.backoff+1 {
		want = entity.StateError
	}
	if v.State != want && !(o.stopped && v.State == entity.StateStopped) {
		s.t.Errorf("%s: got %s (%s), want %s; stopped: %t", o.id, v.State, v.Message, want, o.stopped)
	}
}

func (s *sim) checkAttempt(m *Manager, o *order, v view, id engine.ID, last bool) {
	var got strings.Builder
	err := m.ReadLog(context.Background(), "p", o.id, id.Attempt, "", 0, false, func(p LogPiece) error {
		if len(p.Marks) == 0 || p.Marks[0].Offset != p.Offset {
			s.t.Errorf("log of %s.%d: the piece at %d has the times %v", o.id, id.Attempt, p.Offset, p.Marks)
		}
		got.Write(p.Data)
		return nil
	})
	if err != nil {
		s.t.Errorf("log of %s.%d: %v", o.id, id.Attempt, err)
	}
	views, err := m.Logs(context.Background(), "p", o.id)
	if err != nil {
		s.t.Errorf("logs of %s: %v", o.id, err)
	}
	for _, v := range views {
		if v.Attempt == id.Attempt && (v.Size != int64(got.Len()) || !v.Closed) {
			s.t.Errorf("log of %s.%d: read %d bytes of %d, closed: %t", o.id, id.Attempt, got.Len(), v.Size, v.Closed)
		}
	}
	executed := s.engine.Executions(id) > 0
	if executed {
		s.checkSamples(m, o, id)
	}
	want := ""
	if executed {
		want = s.logs[fmt.Sprintf("%s.%d", id.UID, id.Attempt)]
	}
	if got.String() != want {
		s.t.Errorf("log of %s.%d: got %d bytes, want %d", o.id, id.Attempt, got.Len(), len(want))
	}
	if !executed && !(last && v.State == entity.StateStopped) {
		s.t.Errorf("attempt %d of %s was never executed and the run is %s", id.Attempt, o.id, v.State)
	}
}

// checkSamples looks whether what the attempt used was stored with its end; one that was stopped may have used less.
func (s *sim) checkSamples(m *Manager, o *order, id engine.ID) {
	u, err := m.Usage(context.Background(), "p", o.id, id.Attempt)
	if err != nil {
		s.t.Errorf("usage of %s.%d: %v", o.id, id.Attempt, err)
	}
	want := 1 + int(s.takes()/(100*time.Millisecond)) // as the fake takes them
	if n := len(u.Samples); n != want && !(o.stopped && n < want) {
		s.t.Errorf("usage of %s.%d: got %d samples, want %d", o.id, id.Attempt, n, want)
	}
}
