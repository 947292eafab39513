package run

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"strings"
	"sync"
	"time"

	"dhub/engine"
	"dhub/entity"
	"dhub/internal/secret"
	"dhub/internal/store"
	"dhub/runtime"
)

// work is what the driver holds of a run while it prepares an attempt.
type work struct {
	run      store.Run
	params   params
	runtime  runtime.Runtime
	action   runtime.Action
	engine   engine.Engine
	id       engine.ID
	inputs   map[string]entity.Doc
	values   engine.Values
	runnable engine.Runnable
	notices  []entity.Notice
	token    string
}

// ended is an end that the driver itself decided on: nothing was started.
type ended struct{ reason entity.Reason }

func (e *ended) Error() string { return e.reason.Message }

func endWith(code, format string, args ...any) error {
	return &ended{makeReason(code, format, args...)}
}

// hooks prepare an attempt, in this order. Each may end the run with a reason (ended); any other error is
// trouble of the moment and tried again.
var hooks = []func(*Manager, context.Context, *work) error{
	(*Manager).readSpec,
	(*Manager).resolveInputs,
	(*Manager).resolveSecrets,
	(*Manager).makeToken,
	(*Manager).makeCredentials,
	(*Manager).plan,
	(*Manager).addEnvironment,
}

// prepare plans attempt number of a run.
func (m *Manager) prepare(ctx context.Context, r store.Run, number int) (*work, error) {
	w := &work{run: r, id: engine.ID{Run: r.ID, UID: r.UID, Attempt: number}, values: engine.Values{}}
	for _, hook := range hooks {
		if err := hook(m, ctx, w); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func (m *Manager) readSpec(_ context.Context, w *work) error {
	var ok bool
	if w.runtime, ok = m.cfg.Runtimes.ForKind(w.run.Kind); !ok {
		return endWith(entity.ReasonUnsupported, "No runtime here executes the kind %s.", w.run.Kind)
	}
	if w.action, ok = m.cfg.Runtimes.Action(w.run.Kind); !ok {
		return endWith(entity.ReasonUnsupported, "The runtime has no action for the kind %s.", w.run.Kind)
	}
	if w.engine, ok = m.cfg.Engines.Get(w.run.Engine); !ok {
		return endWith(entity.ReasonUnsupported, "There is no engine %s here.", w.run.Engine)
	}
	var err error
	if w.params, err = readParams(composed(w.run)); err != nil {
		return endWith(entity.ReasonInvalidSpec, "%s", err)
	}
	return nil
}

// resolveInputs loads what the run's input keys name.
func (m *Manager) resolveInputs(ctx context.Context, w *work) error {
	if len(w.params.Inputs) == 0 {
		return nil
	}
	w.inputs = map[string]entity.Doc{}
	return m.cfg.Store.Read(ctx, func(tx store.Tx) error {
		for _, name := range sortedKeys(w.params.Inputs) {
			text := w.params.Inputs[name]
			key, ok := entity.ParseKey(text)
			if !ok {
				return endWith(entity.ReasonInput, "The input %s is not a store key: %s", name, clip(text))
			}
			d, err := lookup(ctx, tx, key)
			if entity.IsNotFound(err) {
				return endWith(entity.ReasonInput, "The input %s does not exist: %s", name, text)
			}
			if err != nil {
				return err
			}
			w.inputs[name] = d
		}
		return nil
	})
}

// lookup loads what a key names, the newest version when it names none.
func lookup(ctx context.Context, tx store.Tx, k entity.Key) (entity.Doc, error) {
	if k.Entity == entity.Run {
		r, err := tx.Runs().Get(ctx, k.ID)
		if err == nil && r.Project != k.Project {
			err = entity.NotFound(k.Entity)
		}
		return r.Doc, err
	}
	var rec store.Record
	var err error
	if k.ID == "" {
		rec, err = tx.Entities().Latest(ctx, k.Entity, k.Project, k.Name)
	} else {
		rec, err = tx.Entities().Get(ctx, k.Entity, k.ID)
	}
	if err == nil && (rec.Project != k.Project || rec.Kind != k.Kind) {
		err = entity.NotFound(k.Entity)
	}
	return rec.Doc, err
}

// resolveSecrets fetches the values of the secrets that the run names.
func (m *Manager) resolveSecrets(ctx context.Context, w *work) error {
	if len(w.params.Secrets) == 0 {
		return nil
	}
	var have map[string]string
	if m.cfg.Secrets != nil {
		var err error
		have, err = m.cfg.Secrets.Values(ctx, w.run.Project, w.params.Secrets)
		if errors.Is(err, secret.ErrSealed) {
			return endWith(entity.ReasonKeyMissing, "The run was not started: %v.", err)
		}
		if err != nil {
			return err
		}
	}
	var missing []string
	for _, name := range w.params.Secrets {
		value, ok := have[name]
		if !ok || strings.Contains(name, ":") {
			missing = append(missing, name)
			continue
		}
		w.values[name] = value
	}
	if len(missing) > 0 {
		return endWith(entity.ReasonSecret, "The project %s has no value for the secret %s.", w.run.Project, strings.Join(missing, ", "))
	}
	return nil
}

func (m *Manager) makeToken(_ context.Context, w *work) error {
	w.token = newToken()
	w.values[valueToken] = w.token
	return nil
}

// makeCredentials issues keys to the file store that last as long as the run may.
func (m *Manager) makeCredentials(ctx context.Context, w *work) error {
	if m.cfg.Credentials == nil {
		return nil
	}
	ttl := 24 * time.Hour
	if w.params.Timeout > 0 {
		ttl = w.params.Timeout + time.Hour
	}
	keys, err := m.cfg.Credentials(ctx, w.run.Project, w.run.User, ttl)
	maps.Copy(w.values, keys)
	return err
}

// request is what the runtime sees of a run. Its task and function are as they were at creation.
func (w *work) request() runtime.Request {
	r := w.run
	function := entity.Doc{Entity: entity.Function, Project: r.Project, Spec: r.FunctionSpec}
	ref := r.Function
	if ref == "" {
		function.Entity, ref = entity.Workflow, r.Workflow
	}
	if x, ok := entity.ParseExecRef(ref); ok {
		function.Kind, function.Name, function.ID = x.Kind, x.Name, x.ID
	}
	task := entity.Doc{Entity: entity.Task, Project: r.Project, Spec: r.TaskSpec}
	if t, ok := entity.ParseTaskRef(r.Task); ok {
		task.Kind, task.ID, task.Name = t.Kind, t.ID, t.ID
	}
	run := r.Doc
	run.Entity, run.Spec = entity.Run, composed(r)
	q := runtime.Request{Function: function, Task: task, Run: run, Inputs: w.inputs, Attempt: w.id}
	if w.engine != nil {
		q.Capabilities = w.engine.Describe().Capabilities
	}
	return q
}

// plan lets the runtime translate the run.
func (m *Manager) plan(ctx context.Context, w *work) error {
	q := w.request()
	var err error
	if q.Settings, err = m.probes.settings(ctx, w.runtime, m.cfg.ProbeDir); err != nil {
		return endWith(entity.ReasonInternal, "This host could not be examined for the runtime %s: %v", w.runtime.Describe().Name, err)
	}
	p, err := w.runtime.Plan(ctx, q)
	if err != nil {
		return planError(ctx, err)
	}
	if p.Runnable == nil {
		return endWith(entity.ReasonUnsupported, "The plan of the kind %s has steps, which this server cannot execute.", w.run.Kind)
	}
	w.runnable, w.notices = *p.Runnable, p.Notices
	r := &w.runnable
	r.ID, r.Project, r.User, r.Claimed = w.id, w.run.Project, w.run.User, m.now()
	if r.Kind == "" {
		r.Kind = w.action.Engine
	}
	if r.Grace == 0 {
		r.Grace = m.cfg.Grace
	}
	w.params.apply(r)
	return nil
}

// planError turns a runtime's refusal into the end of the run.
func planError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if reject, ok := errors.AsType[*runtime.Reject](err); ok {
		return &ended{reject.Reason}
	}
	switch {
	case entity.CodeOf(err) == entity.CodeInvalid:
		return endWith(entity.ReasonInvalidSpec, "%s", err)
	case entity.CodeOf(err) == entity.CodeUnimplemented:
		return endWith(entity.ReasonUnsupported, "%s", err)
	}
	return endWith(entity.ReasonInternal, "The run could not be planned: %v", err)
}

// addEnvironment adds what every job sees. What the platform owns wins over the user's variables.
func (m *Manager) addEnvironment(ctx context.Context, w *work) error {
	env := map[string]string{}
	maps.Copy(env, w.runnable.Main.Env)
	maps.Copy(env, w.params.Envs)
	if m.cfg.Env != nil {
		maps.Copy(env, m.cfg.Env(ctx, w.run))
	}
	env["PROJECT_NAME"], env["RUN_ID"] = w.run.Project, w.run.ID
	if at := m.cfg.Endpoint(); at != "" {
		env["DHCORE_ENDPOINT"] = at
	}
	w.runnable.Main.Env = env
	var refs []engine.SecretRef
	refs = append(refs, w.runnable.Secrets...)
	add := func(name, variable string) {
		if _, ok := w.values[name]; ok {
			refs = append(refs, engine.SecretRef{Name: name, Env: variable})
		}
	}
	for _, name := range w.params.Secrets {
		add(name, name)
	}
	add(valueToken, "DHCORE_ACCESS_TOKEN")
	add(valueS3Key, "AWS_ACCESS_KEY_ID")
	add(valueS3Secret, "AWS_SECRET_ACCESS_KEY")
	add(valueS3Token, "AWS_SESSION_TOKEN")
	w.runnable.Secrets = refs
	return nil
}

// probe asks ahead what this host offers, so that the first run does not wait for it. A failure is met
// again, and told, when a run needs the answer.
func (m *Manager) probe(ctx context.Context) {
	for _, rt := range m.cfg.Runtimes.All() {
		settings, err := m.probes.settings(ctx, rt, m.cfg.ProbeDir)
		if err != nil && ctx.Err() == nil {
			m.log.WarnContext(ctx, "probing what this host offers", "runtime", rt.Describe().Name, "error", err)
		}
		if h, ok := rt.(runtime.HostChecker); ok && err == nil {
			if lacks := h.Lacks(settings); lacks != "" {
				m.log.WarnContext(ctx, "this host lacks something", "runtime", rt.Describe().Name, "what", lacks)
			}
		}
	}
}

// probes remembers what this host offers to each runtime that asks (runtime.Prober).
type probes struct {
	mu   sync.Mutex
	done map[string]json.RawMessage
}

func (p *probes) settings(ctx context.Context, rt runtime.Runtime, dir string) (json.RawMessage, error) {
	prober, ok := rt.(runtime.Prober)
	if !ok {
		return nil, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	name := rt.Describe().Name
	if raw, ok := p.done[name]; ok {
		return raw, nil
	}
	raw, err := prober.Probe(ctx, dir)
	if err != nil {
		return nil, err
	}
	if p.done == nil {
		p.done = map[string]json.RawMessage{}
	}
	p.done[name] = raw
	return raw, nil
}
