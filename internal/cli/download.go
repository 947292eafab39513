package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"os/signal"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"dhub/client"
	"dhub/entity"
)

func (a *app) downloadCmd() *cobra.Command {
	var dir string
	var force bool
	cmd := &cobra.Command{
		Use:   "download KEY | KIND NAME",
		Short: "Fetch the files of a data item, an artifact or a model",
		Long: `Fetch the files of an entity, by its key (as dhub run prints it) or by KIND and NAME, of which the newest version
is taken. KIND is dataitem, artifact or model. The paths of the files are printed. Files that exist are left as
they are unless --force is given.`,
		Example: `  dhub download store://default/dataitem/table/clean
  dhub download dataitem clean -d results`,
		Args:              words(1, 2),
		ValidArgsFunction: a.completeEntities(materials...),
		RunE: func(cmd *cobra.Command, args []string) error {
			typ, word, err := target(args)
			if err != nil {
				return err
			}
			if !slices.Contains(materials, typ) {
				return entity.Invalid("KIND", "enum", "a %s has no files; they belong to: %s", typ, strings.Join(materials, ", "))
			}
			c, err := a.connect()
			if err != nil {
				return err
			}
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			e, err := a.find(ctx, c, typ, word)
			if err != nil {
				return err
			}
			return a.download(ctx, c, typ, e, dir, force)
		},
	}
	cmd.Flags().StringVarP(&dir, "dir", "d", ".", "folder for the files; made when it is missing")
	cmd.Flags().BoolVar(&force, "force", false, "overwrite files that exist")
	return cmd
}

// wanted is a file to fetch: sub as the server knows it, name where it goes below the folder.
type wanted struct{ sub, name, hash string }

func (a *app) download(ctx context.Context, c *client.Client, typ string, e client.Entity, dir string, force bool) error {
	list, err := a.filesOf(ctx, c, typ, e)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return entity.Invalid("dir", "reference", "the folder cannot be made: %v", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return entity.Invalid("dir", "reference", "the folder cannot be used: %v", err)
	}
	defer root.Close()
	for _, f := range list {
		if _, err := root.Lstat(f.name); err == nil && !force {
			return entity.Errorf(entity.CodeConflict, "%s exists; nothing was fetched. Choose another folder with -d, or overwrite with --force", filepath.Join(dir, f.name))
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return entity.Errorf(entity.CodeUnavailable, "look for %s: %w", filepath.Join(dir, f.name), err)
		}
	}
	for _, f := range list {
		if err := a.fetch(ctx, c, typ, e, f, root); err != nil {
			return err
		}
		fmt.Fprintln(a.out, filepath.Join(dir, f.name))
	}
	return nil
}

// filesOf lists what an entity's path stands for: one file, or those of a folder.
func (a *app) filesOf(ctx context.Context, c *client.Client, typ string, e client.Entity) ([]wanted, error) {
	var spec struct{ Path string }
	_ = json.Unmarshal(e.Spec, &spec)
	infos, err := c.Files(ctx, typ, e.Project, e.ID)
	if err != nil {
		return nil, err
	}
	if !strings.HasSuffix(spec.Path, "/") {
		name := path.Base(spec.Path)
		if u, err := url.Parse(spec.Path); err == nil && u.Scheme != "" {
			name = path.Base(u.Path)
		}
		w := wanted{name: name}
		if len(infos) == 1 {
			w.hash = infos[0].Hash
		}
		if !filepath.IsLocal(name) || name == "." {
			return nil, entity.Invalid("path", "pattern", "the path %q of %s %s names no file", spec.Path, typ, e.Name)
		}
		return []wanted{w}, nil
	}
	var list []wanted
	for _, f := range infos {
		name := filepath.FromSlash(f.Path)
		if !filepath.IsLocal(name) {
			return nil, entity.Invalid("path", "pattern", "the file %q of %s %s would lie outside of the folder; nothing was fetched", f.Path, typ, e.Name)
		}
		list = append(list, wanted{f.Path, name, f.Hash})
	}
	if len(list) == 0 {
		return nil, entity.Errorf(entity.CodeNotFound, "%s %s (%s) has no files; its state is %s", typ, e.Name, e.ID, e.State())
	}
	return list, nil
}

// fetch brings one file under its name in one step, when all of it has come and is what was uploaded.
func (a *app) fetch(ctx context.Context, c *client.Client, typ string, e client.Entity, f wanted, root *os.Root) error {
	place, err := c.DownloadPlace(ctx, typ, e.Project, e.ID, f.sub)
	if err != nil {
		return err
	}
	body, total, err := c.Fetch(ctx, place)
	if err != nil {
		return err
	}
	defer body.Close()
	if d := filepath.Dir(f.name); d != "." {
		if err := root.MkdirAll(d, 0o755); err != nil {
			return entity.Errorf(entity.CodeUnavailable, "make the folder %s: %w", d, err)
		}
	}
	part := f.name + "." + newID()[:8] + ".part"
	out, err := root.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return entity.Errorf(entity.CodeUnavailable, "write %s: %w", f.name, err)
	}
	sum := sha256.New()
	p := a.progress(io.TeeReader(body, sum), "downloading "+f.name+":", total)
	_, err = io.Copy(out, p)
	p.end()
	err = errors.Join(err, out.Close())
	if want, ok := strings.CutPrefix(f.hash, "sha256:"); ok && err == nil && want != hex.EncodeToString(sum.Sum(nil)) {
		err = errors.New("what came is not what was uploaded: the SHA-256 differs")
	}
	if err == nil {
		err = root.Rename(part, f.name)
	}
	if err != nil {
		_ = root.Remove(part)
		return entity.Errorf(entity.CodeUnavailable, "fetch %s: %w", f.name, err)
	}
	return nil
}
