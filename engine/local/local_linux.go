package local

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	goruntime "runtime"
	"strings"
	"sync"
	"time"

	"dhub/engine"
	"dhub/engine/local/keeper"
	"dhub/entity"
)

var _ engine.Engine = (*Engine)(nil)

// Engine runs attempts on this machine; make it with New.
type Engine struct {
	cfg    Config
	root   string
	boot   string
	host   string
	keeper string // name of the keeper that this binary starts
	tiers  keeper.Tiers
	unfit  error // why it cannot be used
	hub    *hub
	locks  keyed

	closed context.Context
	close  context.CancelFunc
	work   sync.WaitGroup

	keeping sync.Mutex // held while keepers are started or mourned

	collecting sync.RWMutex // shared by starts, held while it is decided what is removed
	horizon    time.Time
	provided   map[string]bool // assets that Provide was given; they stay

	mu      sync.Mutex
	links   map[string]*link
	mourner bool // a recovery is on its way
}

// New opens the root folder, adopts what lives there, and ends what was lost.
func New(cfg Config) (*Engine, error) {
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.MaxConcurrent == 0 {
		cfg.MaxConcurrent = goruntime.NumCPU()
	}
	if cfg.Idle == 0 {
		cfg.Idle = 30 * time.Second
	}
	cfg.limitKeeping()
	if cfg.Path == "" {
		cfg.Path = os.Getenv("PATH")
	}
	if cfg.Path == "" {
		cfg.Path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
	}
	if cfg.BootID == nil {
		cfg.BootID = func() string {
			id, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
			return strings.TrimSpace(string(id))
		}
	}
	if cfg.Executable == "" {
		exe, err := os.Executable()
		if err != nil {
			return nil, err
		}
		cfg.Executable = exe
	}
	if err := os.MkdirAll(cfg.Root, 0o700); err != nil {
		return nil, err
	}
	root, err := filepath.Abs(cfg.Root)
	if err == nil {
		root, err = filepath.EvalSymlinks(root)
	}
	if err != nil {
		return nil, err
	}
	e := &Engine{cfg: cfg, root: root, boot: cfg.BootID(), hub: newHub(), links: map[string]*link{}, provided: map[string]bool{}}
	e.closed, e.close = context.WithCancel(context.Background())
	for _, dir := range []string{keeper.AttemptsDir, keeper.AssetsDir, keeper.BuildsDir, keeper.TombsDir, "cache"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o700); err != nil {
			return nil, err
		}
	}
	if e.host, err = hostName(root); err != nil {
		return nil, err
	}
	if err := e.claim(); err != nil {
		return nil, err
	}
	st, err := os.Stat(cfg.Executable)
	if err != nil {
		return nil, err
	}
	e.keeper = fmt.Sprint(keeper.Prefix, keeper.Protocol, "-", hash(fmt.Sprint(st.Size(), st.ModTime().UnixNano(), e.boot, cfg.Tier)))
	e.tiers, e.unfit = keeper.Detect(root, cfg.Tier)
	e.tidy()
	if e.horizon, err = readHorizon(root); err != nil {
		return nil, err
	}
	if err := e.recover(e.closed); err != nil {
		cfg.Logger.Error("the local engine cannot recover and tries again", "error", err)
		e.work.Go(e.retry)
	} else {
		e.tidyLocks()
	}
	e.work.Go(e.collectOften)
	return e, nil
}

// Describe implements engine.Engine.
func (e *Engine) Describe() engine.Descriptor {
	return engine.Descriptor{Name: Name, Host: e.host, Kinds: []engine.Kind{engine.Job}, MaxConcurrent: e.cfg.MaxConcurrent,
		Capabilities: map[string]bool{"memory_limit": true, "memory_limit." + e.tiers.Memory: true, "tree." + e.tiers.Tree: true, "assets": true}}
}

// Check implements engine.Engine: it tells whether attempts could be started now.
func (e *Engine) Check(context.Context) error {
	if e.unfit != nil {
		return entity.Errorf(entity.CodeUnavailable, "the local engine cannot be used: %w", e.unfit)
	}
	f, err := os.CreateTemp(filepath.Join(e.root, keeper.AttemptsDir), keeper.Staging+"check-")
	if err != nil {
		return diskError("the folder of the local engine cannot be written", err)
	}
	_ = f.Close()
	return os.Remove(f.Name())
}

// Warm starts the keeper, which the first Start would do otherwise.
func (e *Engine) Warm(ctx context.Context) error {
	_, err := e.link(ctx)
	return err
}

// Close detaches: attempts and their keeper live on.
func (e *Engine) Close() error {
	e.close()
	e.mu.Lock()
	for _, l := range e.links {
		l.cut()
	}
	e.mu.Unlock()
	e.hub.all()
	e.work.Wait()
	e.tiers.Release()
	return nil
}

// handle makes the handle of an attempt.
func (e *Engine) handle(id engine.ID) engine.Handle {
	return engine.Handle{ID: id, Version: 1, Engine: Name, Host: e.host}
}

// dirOf returns the name and the folder of an attempt.
func (e *Engine) dirOf(id engine.ID) (name, dir string, err error) {
	if !uidPattern.MatchString(id.UID) || id.Attempt < 0 {
		return "", "", entity.Invalid("/id", "pattern", "%q is not the uid of an attempt", id.UID)
	}
	name = fmt.Sprintf("%s.%d", id.UID, id.Attempt)
	return name, filepath.Join(e.root, keeper.AttemptsDir, name), nil
}

// hostName reads or makes the name by which handles are bound to this folder's machine.
func hostName(root string) (string, error) {
	path := filepath.Join(root, "host")
	if name, err := os.ReadFile(path); err == nil && len(name) > 0 {
		return string(name), nil
	}
	var unique [4]byte
	_, _ = rand.Read(unique[:])
	name, _ := os.Hostname()
	name += "-" + hex.EncodeToString(unique[:])
	if err := keeper.WriteFile(root, "host", []byte(name), true); err != nil {
		if !errors.Is(err, fs.ErrExist) {
			return "", err
		}
		data, err := os.ReadFile(path)
		return string(data), err
	}
	return name, nil
}

func hash(s string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s))
	return fmt.Sprintf("%016x", h.Sum64())
}

// diskError words an error of the file system; the caller tries again later.
func diskError(what string, err error) error {
	return &entity.Error{Code: entity.CodeUnavailable, Message: what, Err: err}
}

// keyed is a mutex per name.
type keyed struct {
	mu   sync.Mutex
	held map[string]chan struct{}
}

// lock waits for a name; the returned function frees it.
func (k *keyed) lock(ctx context.Context, name string) (func(), error) {
	for {
		k.mu.Lock()
		if k.held == nil {
			k.held = map[string]chan struct{}{}
		}
		held, taken := k.held[name]
		if !taken {
			mine := make(chan struct{})
			k.held[name] = mine
			k.mu.Unlock()
			return func() {
				k.mu.Lock()
				delete(k.held, name)
				k.mu.Unlock()
				close(mine)
			}, nil
		}
		k.mu.Unlock()
		select {
		case <-held:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// hub wakes those who wait for a change of an attempt.
type hub struct {
	mu sync.Mutex
	by map[string]chan struct{}
}

func newHub() *hub { return &hub{by: map[string]chan struct{}{}} }

// wait returns a channel that is closed at the next change.
func (h *hub) wait(id string) <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	c, ok := h.by[id]
	if !ok {
		c = make(chan struct{})
		h.by[id] = c
	}
	return c
}

func (h *hub) changed(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if c, ok := h.by[id]; ok {
		close(c)
		delete(h.by, id)
	}
}

func (h *hub) all() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for id, c := range h.by {
		close(c)
		delete(h.by, id)
	}
}

// Root returns the engine's folder.
func (e *Engine) Root() string { return e.root }
