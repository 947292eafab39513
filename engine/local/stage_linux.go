package local

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"dhub/engine"
	"dhub/engine/local/keeper"
	"dhub/entity"
)

var assetPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$`)

// assetName is the folder of an asset: its key where that is harmless, else its hash.
func assetName(key string) string {
	if assetPattern.MatchString(key) {
		return key
	}
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}

// stager prepares one attempt's folder and plan.
type stager struct {
	e       *Engine
	r       engine.Runnable
	values  engine.Values
	dir     string // where it is prepared
	final   string // where it will be
	cache   string
	replace *strings.Replacer
}

// stage prepares an attempt next to the committed ones. The secrets are in the plan alone.
func (e *Engine) stage(ctx context.Context, r engine.Runnable, values engine.Values, name string, k keeper.Hello) (string, *keeper.Plan, error) {
	base := filepath.Join(e.root, keeper.AttemptsDir)
	dir, err := os.MkdirTemp(base, keeper.Staging)
	if err != nil {
		return "", nil, diskError("prepare the attempt's folder", err)
	}
	project := sha256.Sum256([]byte(r.Project))
	s := &stager{e: e, r: r, values: values, dir: dir, final: filepath.Join(base, name), cache: filepath.Join(e.root, "cache", hex.EncodeToString(project[:8]))}
	pairs := []string{"{dhub}", e.cfg.Executable, "{work}", filepath.Join(s.final, keeper.WorkDir)}
	for _, a := range r.Assets {
		pairs = append(pairs, "{asset:"+a.Key+"}", filepath.Join(e.root, keeper.AssetsDir, assetName(a.Key)))
	}
	s.replace = strings.NewReplacer(pairs...)
	if err := s.folders(ctx, k); err != nil {
		if entity.CodeOf(err) != entity.CodeInternal {
			return dir, nil, err
		}
		return dir, nil, diskError("prepare the attempt's folder", err)
	}
	return dir, s.plan(), nil
}

func (s *stager) folders(ctx context.Context, k keeper.Hello) error {
	for _, dir := range []string{filepath.Join(s.dir, keeper.WorkDir), filepath.Join(s.dir, keeper.TmpDir), filepath.Join(s.dir, keeper.HomeDir), s.cache} {
		if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	work, err := os.OpenRoot(filepath.Join(s.dir, keeper.WorkDir))
	if err != nil {
		return err
	}
	defer work.Close()
	for _, f := range s.r.Files {
		if err := s.write(ctx, work, f); err != nil {
			return err
		}
	}
	for _, m := range s.r.Mounts {
		if mappable(m) {
			if err := work.MkdirAll(m.Path, 0o700); err != nil {
				return err
			}
		}
	}
	for i, a := range s.r.Assets {
		if err := s.asset(ctx, work, i, a); err != nil {
			return err
		}
	}
	id, err := json.Marshal(s.r.ID)
	if err != nil {
		return err
	}
	memory, _ := memoryLimit(s.r)
	assets := []string{}
	for _, a := range s.r.Assets {
		name := assetName(a.Key)
		if err := s.e.touch(name); err != nil {
			return err
		}
		assets = append(assets, name)
	}
	meta, err := json.Marshal(keeper.Meta{ID: id, Assets: assets, Boot: s.e.boot, Keeper: k.Name, Instance: k.Instance, Accepted: s.e.cfg.Now().UTC(), Memory: memory})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(s.dir, keeper.ReserveFile), make([]byte, 4<<10), 0o600); err != nil {
		return err
	}
	// It is not synced: the folder's name is, before anything is executed, and an attempt whose meta did not
	// survive is one of an earlier boot.
	return os.WriteFile(filepath.Join(s.dir, keeper.MetaFile), meta, 0o600)
}

// asset links the workspace to where the asset is or will be, and brings its files unless it is made.
func (s *stager) asset(ctx context.Context, work *os.Root, i int, a engine.Asset) error {
	made := filepath.Join(s.e.root, keeper.AssetsDir, assetName(a.Key))
	if a.Path != "" {
		path := filepath.Clean(a.Path)
		if err := work.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := work.Symlink(made, path); err != nil {
			return entity.Invalid(fmt.Sprintf("/assets/%d/path", i), "pattern", "the asset cannot be linked at %q: %v", a.Path, err)
		}
	}
	if _, err := os.Stat(made); err == nil || len(a.Files) == 0 {
		return nil
	}
	fresh := filepath.Join(s.dir, fmt.Sprint("asset-", i))
	if err := os.Mkdir(fresh, 0o700); err != nil {
		return err
	}
	root, err := os.OpenRoot(fresh)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, f := range a.Files {
		if err := s.write(ctx, root, f); err != nil {
			return err
		}
	}
	return nil
}

func (s *stager) write(ctx context.Context, root *os.Root, f engine.File) error {
	mode := fs.FileMode(f.Mode) & 0o777
	if mode == 0 {
		mode = 0o600
	}
	path := filepath.Clean(f.Path)
	if dir := filepath.Dir(path); dir != "." {
		if err := root.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	out, err := root.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode|0o200)
	if err != nil {
		return err
	}
	if f.Blob == "" {
		_, err = io.WriteString(out, f.Text)
	} else {
		err = s.blob(ctx, out, f)
	}
	if cerr := out.Chmod(mode); err == nil {
		err = cerr
	}
	if cerr := out.Close(); err == nil {
		err = cerr
	}
	return err
}

func (s *stager) blob(ctx context.Context, out io.Writer, f engine.File) error {
	if s.e.cfg.Blob == nil {
		return entity.Errorf(entity.CodeUnimplemented, "the file %s lies in an object store that this engine does not reach", f.Path)
	}
	in, err := s.e.cfg.Blob(ctx, f.Blob)
	if err != nil {
		return fmt.Errorf("open what the file %s holds: %w", f.Path, err)
	}
	defer in.Close()
	_, err = io.Copy(out, in)
	return err
}

// reportVar tells a process where it leaves its report.
const reportVar = "DHUB_REPORT"

// plan turns processes into steps, with every name replaced but {asset}, which only a builder knows.
func (s *stager) plan() *keeper.Plan {
	memory, _ := memoryLimit(s.r)
	p := &keeper.Plan{Staging: filepath.Base(s.dir), Timeout: s.r.Timeout, Grace: s.r.Grace, Memory: memory}
	if p.Grace <= 0 {
		p.Grace = defaultGrace
	}
	shared := map[string]string{"PATH": s.e.cfg.Path, "LANG": "C.UTF-8", "XDG_CACHE_HOME": s.cache}
	own := maps.Clone(shared)
	home := filepath.Join(s.final, keeper.HomeDir)
	maps.Copy(own, map[string]string{"HOME": home, "TMPDIR": filepath.Join(s.final, keeper.TmpDir), "DH_CONFIG": filepath.Join(home, ".dhcore.ini"),
		reportVar: filepath.Join(s.final, keeper.ReportFile)})
	for _, a := range s.r.Assets {
		as := keeper.Asset{Name: assetName(a.Key)}
		for _, m := range a.Make {
			as.Make = append(as.Make, s.step(m, shared, nil, "{asset}"))
		}
		p.Assets = append(p.Assets, as)
	}
	secret := map[string]string{}
	for _, ref := range s.r.Secrets {
		if value, ok := s.values[ref.Name]; ok && ref.Env != "" {
			secret[ref.Env] = value
		}
	}
	secret[keeper.Mark] = filepath.Base(s.final) // nothing may stand above the mark
	secret[reportVar] = own[reportVar]           // nor send the report elsewhere
	work := filepath.Join(s.final, keeper.WorkDir)
	for _, in := range s.r.Init {
		p.Init = append(p.Init, s.step(in, own, secret, work))
	}
	p.Main = s.step(s.r.Main, own, secret, work)
	return p
}

func (s *stager) step(p engine.Process, base, over map[string]string, dir string) keeper.Step {
	env := maps.Clone(base)
	for name, value := range p.Env {
		env[name] = s.replace.Replace(value)
	}
	maps.Copy(env, over)
	st := keeper.Step{Dir: dir}
	for _, name := range slices.Sorted(maps.Keys(env)) {
		st.Env = append(st.Env, name+"="+env[name])
	}
	for _, arg := range slices.Concat(p.Command, p.Args) {
		st.Argv = append(st.Argv, s.replace.Replace(arg))
	}
	if p.Dir != "" {
		to := s.replace.Replace(p.Dir)
		if !filepath.IsAbs(to) && !strings.HasPrefix(to, "{asset}") {
			to = filepath.Join(dir, to)
		}
		st.Dir = to
	}
	return st
}
