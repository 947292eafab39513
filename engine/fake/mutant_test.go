package fake_test

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"dhub/engine"
	"dhub/engine/enginetest"
	"dhub/engine/fake"
)

func harness(cfg fake.Config) enginetest.Harness {
	return enginetest.Harness{New: func(enginetest.TB) engine.Engine { return fake.New(cfg) }, Command: []string{"fake"}}
}

// witness runs a case and remembers what it said, instead of failing.
type witness struct {
	t       *testing.T
	ctx     context.Context
	mu      sync.Mutex
	failed  []string
	cleanup []func()
}

func (w *witness) Helper()                  {}
func (w *witness) Context() context.Context { return w.ctx }
func (w *witness) TempDir() string          { return w.t.TempDir() }
func (w *witness) Logf(string, ...any)      {}

func (w *witness) Cleanup(f func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cleanup = append(w.cleanup, f)
}

func (w *witness) Errorf(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.failed = append(w.failed, fmt.Sprintf(format, args...))
}

func (w *witness) Fatalf(format string, args ...any) {
	w.Errorf(format, args...)
	runtime.Goexit()
}

// testify runs one case in a bubble of its own and returns its failures.
func testify(t *testing.T, c enginetest.Case, h enginetest.Harness) (failed []string) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		w := &witness{t: t, ctx: ctx}
		done := make(chan struct{})
		go func() {
			defer close(done)
			c.Func(w, h)
		}()
		<-done
		for _, f := range w.cleanup {
			f()
		}
		cancel()
		synctest.Wait()
		w.mu.Lock()
		defer w.mu.Unlock()
		failed = w.failed
	})
	return failed
}

func TestConformance(t *testing.T) {
	for _, c := range enginetest.Cases() {
		t.Run(c.Name, func(t *testing.T) {
			for _, f := range testify(t, c, harness(fake.Config{})) {
				t.Error(f)
			}
		})
	}
}

// TestConformanceInRealTime runs the suite as a real engine's author does.
func TestConformanceInRealTime(t *testing.T) { enginetest.Run(t, harness(fake.Config{})) }

func TestEachMutantFailsTheSuite(t *testing.T) {
	for _, b := range breaks(t) {
		t.Run(string(b), func(t *testing.T) {
			t.Parallel()
			for _, c := range enginetest.Cases() {
				if failed := testify(t, c, harness(fake.Config{Break: b})); len(failed) > 0 {
					t.Logf("%s: %s", c.Name, failed[0])
					return
				}
			}
			t.Errorf("an engine of which %q is true passes the suite", b)
		})
	}
}

// breaks reads the constants of type Break, so that none is forgotten.
func breaks(t *testing.T) []fake.Break {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "break.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var list []fake.Break
	ast.Inspect(f, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || len(v.Values) != 1 {
			return true
		}
		if lit, ok := v.Values[0].(*ast.BasicLit); ok {
			s, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, fake.Break(strings.TrimSpace(s)))
		}
		return true
	})
	if len(list) < 40 {
		t.Fatalf("got %d breaks", len(list))
	}
	return list
}
