package cli

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"dhub/client"
	"dhub/entity"
)

// materials are the entity types that have files, in the order in which a kind is looked for.
var materials = []string{entity.DataItem, entity.Artifact, entity.Model}

func (a *app) uploadCmd() *cobra.Command {
	var kind, name string
	cmd := &cobra.Command{
		Use:   "upload FILE",
		Short: "Keep a file as a data item, an artifact or a model",
		Long: `Upload a file and make an entity of it; its key is printed, and runs take it by key or name (dhub run -i). A
name that exists gets a new version. A table (.csv, .parquet) becomes a data item, anything else an artifact,
unless --kind says otherwise.`,
		Example: `  dhub upload sales.csv
  dhub run report.py:main -i sales=sales
  dhub upload weights.bin --kind model --name classifier`,
		Args: words(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, info, err := openUpload(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			if name == "" {
				name = uploadName(args[0])
			}
			if !entity.ValidSlug(name) {
				return entity.Invalid("name", "pattern", "%q is no name: letters, digits and . _ + - are allowed; give one with --name", name)
			}
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			c, err := a.ensureServer(ctx, false)
			if err != nil {
				return err
			}
			typ, kind, err := a.materialKind(ctx, c, kind, args[0])
			if err != nil {
				return err
			}
			if err := a.ensureProject(ctx, c); err != nil {
				return err
			}
			e, err := a.upload(ctx, c, typ, kind, name, f, info)
			if err != nil {
				return err
			}
			fmt.Fprintf(a.err, "%s %s, %s\n", e.Kind, e.Name, size(info.Size()))
			fmt.Fprintln(a.out, e.Key)
			return nil
		},
	}
	cmd.Flags().StringVar(&kind, "kind", "", "kind of the entity, such as table, artifact or model; without: by the file's suffix")
	cmd.Flags().StringVar(&name, "name", "", "name of the entity; without: the file's, less its suffix")
	_ = cmd.RegisterFlagCompletionFunc("kind", a.completeMaterialKinds)
	return cmd
}

func openUpload(name string) (*os.File, os.FileInfo, error) {
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0) // opening a pipe waits for nobody who writes
	if err != nil {
		return nil, nil, entity.Invalid("FILE", "reference", "cannot read the file: %v", err)
	}
	info, err := f.Stat()
	switch {
	case err != nil:
	case info.IsDir():
		err = entity.Invalid("FILE", "type", "%s is a folder; upload a file, such as an archive of it (zip -r)", name)
	case !info.Mode().IsRegular():
		err = entity.Invalid("FILE", "type", "%s is a pipe or a device, whose length nobody knows; write it to a file first and upload that", name)
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// uploadName is the name of an entity made of a file.
func uploadName(file string) string {
	base := filepath.Base(file)
	stem := strings.TrimSuffix(base, filepath.Ext(base))
	if stem == "" {
		stem = base
	}
	return strings.Trim(notSlug.ReplaceAllString(stem, "-"), "-")
}

// materialKind finds the entity type of a kind that the server has; without one the file's suffix decides.
func (a *app) materialKind(ctx context.Context, c *client.Client, kind, file string) (typ, found string, err error) {
	offers, err := c.Kinds(ctx)
	if err != nil {
		return "", "", err
	}
	have := func(typ, kind string) bool {
		return slices.ContainsFunc(offers, func(k client.Kind) bool { return k.Entity == typ && k.Kind == kind })
	}
	if kind == "" {
		switch strings.ToLower(filepath.Ext(file)) {
		case ".csv", ".parquet":
			if have(entity.DataItem, "table") {
				return entity.DataItem, "table", nil
			}
		}
		return entity.Artifact, entity.Artifact, nil
	}
	for _, typ := range materials {
		if have(typ, kind) {
			return typ, kind, nil
		}
	}
	var names []string
	for _, k := range offers {
		if slices.Contains(materials, k.Entity) {
			names = append(names, k.Kind)
		}
	}
	return "", "", entity.Invalid("kind", "enum", "no kind %q has files on this server; it has: %s", kind, strings.Join(names, ", "))
}

// upload makes the entity and stores its bytes; one that fails half-way is left in ERROR with the cause.
func (a *app) upload(ctx context.Context, c *client.Client, typ, kind, name string, f *os.File, info os.FileInfo) (client.Entity, error) {
	id, base := newID(), filepath.Base(f.Name())
	place, err := c.UploadPlace(ctx, typ, a.project, id, base, name)
	if err != nil {
		return client.Entity{}, err
	}
	e, err := c.Create(ctx, typ, a.project, map[string]any{"id": id, "name": name, "kind": kind, "project": a.project,
		"spec": map[string]any{"path": place.Path}, "status": map[string]any{"state": entity.StateUploading}})
	if err != nil {
		return client.Entity{}, err
	}
	sum := sha256.New()
	p := a.progress(io.TeeReader(f, sum), "uploading "+base+":", info.Size())
	err = c.Put(ctx, place, p, info.Size())
	p.end()
	if err != nil {
		a.setStatus(context.WithoutCancel(ctx), c, typ, e, map[string]any{"state": entity.StateError, "message": "the upload did not end: " + err.Error()})
		return client.Entity{}, err
	}
	return a.setStatus(ctx, c, typ, e, map[string]any{"state": entity.StateReady, "files": []client.FileInfo{{
		Path: base, Name: base, Size: info.Size(), ContentType: contentType(base), Hash: "sha256:" + hex.EncodeToString(sum.Sum(nil)),
		LastModified: info.ModTime().UTC().Format(http.TimeFormat)}}})
}

func (a *app) setStatus(ctx context.Context, c *client.Client, typ string, e client.Entity, status map[string]any) (client.Entity, error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	return c.Update(ctx, typ, e.Project, e.ID, map[string]any{"id": e.ID, "name": e.Name, "kind": e.Kind, "project": e.Project,
		"metadata": e.Metadata, "spec": e.Spec, "status": status})
}

func contentType(name string) string {
	if t := mime.TypeByExtension(filepath.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

// newID is a random UUID of version 4 without dashes.
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return hex.EncodeToString(b[:])
}
