package runtimetest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"sync"

	"dhub/engine"
	"dhub/entity"
	"dhub/runtime"
)

func roundTrip[T any](what string, v T) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("%s is not JSON: %w", what, err)
	}
	var back T
	if err := json.Unmarshal(b, &back); err != nil {
		return fmt.Errorf("%s does not come back from JSON: %w", what, err)
	}
	if got := asJSON(back); got != string(b) {
		return fmt.Errorf("%s changes on its way through JSON: got %s, want %s", what, got, b)
	}
	if !reflect.DeepEqual(clean(reflect.ValueOf(back)), clean(reflect.ValueOf(v))) {
		return fmt.Errorf("%s holds what JSON does not carry", what)
	}
	return nil
}

// clean prints a value with empty and nil lists and maps alike, and pointers followed.
func clean(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return "nil"
		}
		return clean(v.Elem())
	case reflect.Struct:
		var b strings.Builder
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fmt.Fprintf(&b, "%s=%s;", v.Type().Field(i).Name, clean(v.Field(i)))
			}
		}
		return "{" + b.String() + "}"
	case reflect.Slice, reflect.Array:
		if raw, ok := v.Interface().(json.RawMessage); ok {
			if len(raw) == 0 {
				return "null"
			}
			var compact bytes.Buffer
			if json.Compact(&compact, raw) == nil {
				return compact.String()
			}
		}
		var b strings.Builder
		for i := range v.Len() {
			b.WriteString(clean(v.Index(i)) + ",")
		}
		return "[" + b.String() + "]"
	case reflect.Map:
		if v.Len() == 0 {
			return "map[]"
		}
	}
	return fmt.Sprint(v)
}

func jsonData(ctx context.Context, s Suite) error {
	rt := s.New()
	errs := []error{roundTrip("the descriptor", rt.Describe())}
	for i, r := range s.Requests {
		p, err := rt.Plan(ctx, r)
		if err != nil {
			return fmt.Errorf("plan request %d: %w", i, err)
		}
		errs = append(errs, roundTrip(fmt.Sprintf("plan %d", i), p))
	}
	if f, ok := rt.(runtime.Finisher); ok && len(s.Requests) > 0 {
		for i, st := range s.Ended {
			o, err := f.Finish(ctx, s.Requests[0], st)
			if err != nil {
				return fmt.Errorf("finish %d: %w", i, err)
			}
			errs = append(errs, roundTrip(fmt.Sprintf("outcome %d", i), o))
		}
	}
	return errors.Join(errs...)
}

func describeConstant(_ context.Context, s Suite) error {
	rt := s.New()
	first := asJSON(rt.Describe())
	if again := asJSON(rt.Describe()); again != first {
		return fmt.Errorf("the second answer differs: got %s, want %s", again, first)
	}
	if other := asJSON(s.New().Describe()); other != first {
		return fmt.Errorf("another instance answers differently: got %s, want %s", other, first)
	}
	return nil
}

func describeComplete(_ context.Context, s Suite) error {
	d := s.New().Describe()
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if d.Name == "" || len(d.Kinds) == 0 || len(d.Actions) == 0 {
		bad("a descriptor needs a name, kinds and actions: got %q, %d, %d", d.Name, len(d.Kinds), len(d.Actions))
	}
	for _, k := range d.Kinds {
		if k.Entity != entity.Function && k.Entity != entity.Workflow {
			bad("kind %q is of entity %q, want function or workflow", k.Kind, k.Entity)
		}
		if !entity.ValidKind(k.Kind) || strings.ContainsAny(k.Kind, "+:") {
			bad("kind %q cannot be a kind", k.Kind)
		}
		if k.Title["en"] == "" {
			bad("kind %q has no English title", k.Kind)
		}
		for _, f := range k.Files {
			if !strings.HasPrefix(f, ".") {
				bad("kind %q takes files %q, want a suffix such as .py", k.Kind, f)
			}
		}
		if _, err := runtime.Check(k.Schema, nil); err != nil && entity.CodeOf(err) != entity.CodeInvalid {
			bad("schema of kind %q: %w", k.Kind, err)
		}
	}
	for _, a := range d.Actions {
		if a.Name == "" || a.Engine == "" {
			bad("action %q runs as %q on an engine", a.Name, a.Engine)
		}
		for what, text := range map[string]json.RawMessage{"task": a.Task, "run": a.Run} {
			if _, err := runtime.Check(text, nil); err != nil && entity.CodeOf(err) != entity.CodeInvalid {
				bad("%s schema of action %q: %w", what, a.Name, err)
			}
		}
	}
	return errors.Join(errs...)
}

func normalise(ctx context.Context, rt runtime.Runtime, s Spec) (string, error) {
	out, err := rt.Normalise(ctx, s.Kind, json.RawMessage(s.Text))
	if err != nil {
		return "", fmt.Errorf("normalise %s %s: %w", s.Kind, s.Text, err)
	}
	return string(out), nil
}

// defaultsAddNothing adds to each object spec a member that is null: every client sends some.
func defaultsAddNothing(ctx context.Context, s Suite) error {
	rt := s.New()
	for _, spec := range s.Specs {
		want, err := normalise(ctx, rt, spec)
		if err != nil {
			return err
		}
		kindSchema := schemaFor(rt.Describe(), spec.Kind)
		var properties struct{ Properties map[string]json.RawMessage }
		if err := json.Unmarshal(kindSchema, &properties); err != nil {
			return fmt.Errorf("schema of %s: %w", spec.Kind, err)
		}
		for name := range properties.Properties {
			var m map[string]json.RawMessage
			if err := json.Unmarshal([]byte(spec.Text), &m); err != nil {
				return err
			}
			if _, there := m[name]; there {
				continue
			}
			m[name] = json.RawMessage("null")
			got, err := normalise(ctx, rt, Spec{spec.Kind, asJSON(m)})
			if err != nil {
				return err
			}
			if got != want {
				return fmt.Errorf("%s with %s null: got %s, want %s", spec.Kind, name, got, want)
			}
		}
	}
	return nil
}

func schemaFor(d runtime.Descriptor, kind string) json.RawMessage {
	action := entity.KindAction(kind)
	for _, k := range d.Kinds {
		if k.Kind == kind {
			return k.Schema
		}
	}
	for _, a := range d.Actions {
		if a.Name == action && strings.HasSuffix(kind, ":run") {
			return a.Run
		} else if a.Name == action {
			return a.Task
		}
	}
	return json.RawMessage("{}")
}

func aliasesFold(ctx context.Context, s Suite) error {
	rt := s.New()
	for _, pair := range s.Same {
		a, err := normalise(ctx, rt, pair[0])
		if err != nil {
			return err
		}
		b, err := normalise(ctx, rt, pair[1])
		if err != nil {
			return err
		}
		if a != b {
			return fmt.Errorf("%s and %s mean the same: got %s and %s", pair[0].Text, pair[1].Text, a, b)
		}
	}
	return nil
}

func invalidNamed(ctx context.Context, s Suite) error {
	rt := s.New()
	for _, bad := range s.Invalid {
		out, err := rt.Normalise(ctx, bad.Kind, json.RawMessage(bad.Text))
		if err == nil {
			return fmt.Errorf("%s %s is accepted as %s", bad.Kind, bad.Text, out)
		}
		e, ok := errors.AsType[*entity.Error](err)
		if !ok || e.Code != entity.CodeInvalid {
			return fmt.Errorf("%s %s: got error %v, want one of code invalid", bad.Kind, bad.Text, err)
		}
		named := false
		for _, f := range e.Fields {
			named = named || f.Pointer == bad.Pointer && f.Message != ""
		}
		if !named {
			return fmt.Errorf("%s %s: got fields %+v, want one at %s", bad.Kind, bad.Text, e.Fields, bad.Pointer)
		}
	}
	return nil
}

func normalisePure(ctx context.Context, s Suite) error {
	rt := s.New()
	for _, spec := range s.Specs {
		in := []byte(spec.Text)
		out, err := rt.Normalise(ctx, spec.Kind, in)
		if err != nil {
			return err
		}
		if string(in) != spec.Text {
			return fmt.Errorf("the spec given was changed to %s", in)
		}
		for i := range 20 {
			other := rt
			if i%2 == 1 {
				other = s.New()
			}
			again, err := other.Normalise(ctx, spec.Kind, in)
			if err != nil || !bytes.Equal(again, out) {
				return fmt.Errorf("asked again: got %s, %v, want %s", again, err, out)
			}
		}
	}
	return nil
}

func normaliseIdempotent(ctx context.Context, s Suite) error {
	rt := s.New()
	for _, spec := range s.Specs {
		once, err := normalise(ctx, rt, spec)
		if err != nil {
			return err
		}
		twice, err := normalise(ctx, rt, Spec{spec.Kind, once})
		if err != nil {
			return err
		}
		if once != twice {
			return fmt.Errorf("%s %s: once gives %s, twice %s", spec.Kind, spec.Text, once, twice)
		}
	}
	return nil
}

func normaliseContext(ctx context.Context, s Suite) error {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	for _, spec := range s.Specs {
		if _, err := s.New().Normalise(ctx, spec.Kind, json.RawMessage(spec.Text)); !errors.Is(err, context.Canceled) {
			return fmt.Errorf("got error %v, want the context's", err)
		}
	}
	return nil
}

func planPure(ctx context.Context, s Suite) error {
	rt := s.New()
	for i, r := range s.Requests {
		p, err := rt.Plan(ctx, r)
		if err != nil {
			return fmt.Errorf("plan request %d: %w", i, err)
		}
		want := asJSON(p)
		var wg sync.WaitGroup
		errs := make([]error, 20)
		for j := range errs {
			wg.Go(func() {
				again := rt
				if j%2 == 1 {
					again = s.New()
				}
				q, err := again.Plan(ctx, r)
				if got := asJSON(q); err != nil || got != want {
					errs[j] = fmt.Errorf("request %d asked again: got %s, %v, want %s", i, got, err, want)
				}
			})
		}
		wg.Wait()
		if err := errors.Join(errs...); err != nil {
			return err
		}
	}
	return nil
}

func planLeavesRequest(ctx context.Context, s Suite) error {
	for i, r := range s.Requests {
		before := asJSON(r)
		p, err := s.New().Plan(ctx, r)
		if err != nil {
			return fmt.Errorf("plan request %d: %w", i, err)
		}
		if p.Runnable != nil { // the caller adds to the plan
			if p.Runnable.Main.Env == nil {
				p.Runnable.Main.Env = map[string]string{}
			}
			p.Runnable.Main.Env["RUNTIMETEST"] = "1"
			p.Runnable.Resources = map[string]engine.Quantity{}
		}
		if after := asJSON(r); after != before {
			return fmt.Errorf("request %d: got %s, want %s", i, after, before)
		}
		again, err := s.New().Plan(ctx, r)
		if err != nil || strings.Contains(asJSON(again), "RUNTIMETEST") {
			return fmt.Errorf("request %d: a plan shares memory with the next one", i)
		}
	}
	return nil
}

func planFollowsInputs(ctx context.Context, s Suite) error {
	if s.Input == "" {
		return nil
	}
	r := s.Requests[0]
	doc, ok := r.Inputs[s.Input]
	if !ok {
		return fmt.Errorf("the first request has no input %q", s.Input)
	}
	doc.ID = "runtimetest0input"
	r.Inputs = map[string]entity.Doc{s.Input: doc}
	p, err := s.New().Plan(ctx, r)
	if err != nil {
		return err
	}
	if !strings.Contains(asJSON(p), doc.Key()) && !strings.Contains(strings.ReplaceAll(asJSON(p), `\"`, `"`), doc.ID) {
		return fmt.Errorf("the plan does not name %s, to which input %q was resolved", doc.Key(), s.Input)
	}
	return nil
}

func planOne(ctx context.Context, s Suite) error {
	for i, r := range s.Requests {
		p, err := s.New().Plan(ctx, r)
		if err != nil {
			return fmt.Errorf("plan request %d: %w", i, err)
		}
		if (p.Runnable == nil) == (p.Graph == nil) {
			return fmt.Errorf("request %d: Runnable given %t, Graph given %t; want exactly one", i, p.Runnable != nil, p.Graph != nil)
		}
	}
	return nil
}

func planIdentity(ctx context.Context, s Suite) error {
	for i, r := range s.Requests {
		r.Attempt.Attempt = 7
		p, err := s.New().Plan(ctx, r)
		if err != nil {
			return fmt.Errorf("plan request %d: %w", i, err)
		}
		if p.Runnable != nil && (p.Runnable.ID != r.Attempt || p.Runnable.Project != r.Run.Project) {
			return fmt.Errorf("request %d: got attempt %+v of project %q, want %+v of %q", i, p.Runnable.ID, p.Runnable.Project, r.Attempt, r.Run.Project)
		}
	}
	return nil
}

func planSecretsByName(ctx context.Context, s Suite) error {
	const canary = "runtimetest-canary-value"
	if err := os.Setenv("DHUB_RUNTIMETEST", canary); err != nil {
		return err
	}
	defer os.Unsetenv("DHUB_RUNTIMETEST")
	for i, r := range s.Requests {
		p, err := s.New().Plan(ctx, r)
		if err != nil {
			return fmt.Errorf("plan request %d: %w", i, err)
		}
		if strings.Contains(asJSON(p), canary) {
			return fmt.Errorf("request %d: the plan holds a variable of the server", i)
		}
	}
	return nil
}

func probeAgain(ctx context.Context, s Suite) error {
	prober, ok := s.New().(runtime.Prober)
	if !ok {
		return nil
	}
	dir, err := os.MkdirTemp("", "runtimetest-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	first, err := prober.Probe(ctx, dir)
	if err != nil {
		return fmt.Errorf("probe: %w", err)
	}
	again, err := prober.Probe(ctx, dir)
	if err != nil {
		return fmt.Errorf("probe again: %w", err)
	}
	if !json.Valid(first) || string(first) != string(again) {
		return fmt.Errorf("got %s and then %s, want the same JSON", first, again)
	}
	for i, r := range s.Requests {
		r.Settings = first
		_, err := s.New().Plan(ctx, r)
		if _, rejected := errors.AsType[*runtime.Reject](err); err != nil && !rejected {
			return fmt.Errorf("plan request %d with what the probe found: %w", i, err)
		}
	}
	return nil
}

func finishTwice(ctx context.Context, s Suite) error {
	f, ok := s.New().(runtime.Finisher)
	if !ok {
		return nil
	}
	for i, st := range s.Ended {
		first, err := f.Finish(ctx, s.Requests[0], st)
		if err != nil {
			return fmt.Errorf("finish %d: %w", i, err)
		}
		again, err := f.Finish(ctx, s.Requests[0], st)
		if err != nil || asJSON(again) != asJSON(first) {
			return fmt.Errorf("finish %d again: got %s, %v, want %s", i, asJSON(again), err, asJSON(first))
		}
	}
	return nil
}
