package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dhub/entity"
)

// SIGKILL of the server while a run goes on: the restarted one finds it, its log is whole, it ran once.
func TestAKilledServerFindsItsRunAgain(t *testing.T) {
	t.Parallel()
	s, a, g := startServer(t), attemptsFile(t), newGate(t)
	p := s.project("pr")
	f := s.function(p, "counts", a.begin()+g.wait()+`
def main():
    begin()
    for i in range(2000):
        print("before", i)
    wait()
    for i in range(2000):
        print("after", i)
    return {"n": 7}  # stored through the server, which is away just then
`)
	r := s.run(f)
	s.running(r)
	s.restart()
	if got := s.get(r).State(); got != entity.StateRunning {
		t.Fatalf("after the restart the run is %s, want RUNNING", got)
	}
	s.kill()
	g.open(t) // the job ends while no server lives
	s.start()
	end := s.completed(r)
	if got := a.lines(); !slices.Equal(got, []string{"begun"}) {
		t.Errorf("the job began %d times", len(got))
	}
	var want strings.Builder
	for _, w := range []string{"before", "after"} {
		for i := range 2000 {
			fmt.Fprintln(&want, w, i)
		}
	}
	if got := s.log(r); got != want.String() {
		t.Errorf("the log has %d bytes, want %d", len(got), want.Len())
	}
	s.restart()
	if again := s.get(r); again.State() != end.State() || string(again.Status) != string(end.Status) {
		t.Errorf("the ended run changed with a restart:\n%s\n%s", end.Status, again.Status)
	}
	if got := s.log(r); got != want.String() {
		t.Errorf("after another restart the log has %d bytes, want %d", len(got), want.Len())
	}
}

// Queued runs survive too, and each is executed once.
func TestAKilledServerExecutesItsQueueOnce(t *testing.T) {
	t.Parallel()
	s, a, g := startServer(t, withArgs("--max-runs", "2")), attemptsFile(t), newGate(t)
	f := s.function(s.project("pr"), "queued", a.begin()+g.wait()+"\ndef main(n):\n    begin(str(n))\n    wait()\n")
	var want []string
	var runs []string
	for n := range 8 {
		r := s.run(f, object{"parameters": object{"n": n}})
		runs, want = append(runs, r.ID), append(want, fmt.Sprint(n))
		if n == 1 || n == 5 {
			s.restart()
		}
	}
	g.open(t)
	s.restart()
	for _, id := range runs {
		r := f
		r.ID = id
		s.completed(r)
	}
	got := a.lines()
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("executed %v, want each of %v once", got, want)
	}
}
