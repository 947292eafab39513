package artifact

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"dhub/entity"
	"dhub/internal/blob"
	"dhub/internal/store"
)

// maxListed bounds a list that is read from the store of objects.
const maxListed = 10000

// fileInfo is one file as a listing of the store describes it.
type fileInfo struct {
	Path         string `json:"path"`
	Name         string `json:"name"`
	ContentType  string `json:"content_type"`
	Size         int64  `json:"size"`
	LastModified string `json:"last_modified"`
	Hash         string `json:"hash"`
}

// Info lists an entity's files from the first source that has any: status.files, the list that PutInfo
// stored, the store of objects. The entries keep the bytes that a client sent.
func (s *Service) Info(ctx context.Context, typ, project, id string) ([]json.RawMessage, error) {
	of, err := s.subject(ctx, typ, project, id)
	if err != nil {
		return nil, err
	}
	if list := statusFiles(of.doc.Status); len(list) > 0 {
		return list, nil
	}
	var stored []byte
	if err := s.cfg.Store.Read(ctx, func(tx store.Tx) (err error) {
		stored, err = tx.Files().Get(ctx, typ, id)
		return err
	}); err != nil {
		return nil, err
	}
	var list []json.RawMessage
	if len(stored) > 0 {
		if err := json.Unmarshal(stored, &list); err != nil {
			return nil, entity.Errorf(entity.CodeInternal, "read the file list of %s %s: %w", typ, id, err)
		}
	}
	if len(list) > 0 {
		return list, nil
	}
	return s.listed(ctx, of)
}

func statusFiles(status json.RawMessage) []json.RawMessage {
	o, err := entity.ParseObject(status)
	if err != nil {
		return nil
	}
	var list []json.RawMessage
	if json.Unmarshal(o.Get("files"), &list) != nil {
		return nil
	}
	return list
}

// listed describes what lies under spec.path. Paths elsewhere list nothing.
func (s *Service) listed(ctx context.Context, of subject) ([]json.RawMessage, error) {
	key, err := s.inProject(of.project, of.path)
	if err != nil {
		return []json.RawMessage{}, nil //nolint:nilerr // another store: nothing is known about its files
	}
	var found []blob.Info
	if !strings.HasSuffix(key, "/") {
		info, err := s.cfg.Blobs.Stat(ctx, s.cfg.Gate.BlobKey(key))
		if err == nil {
			found = append(found, info)
		} else if !entity.IsNotFound(err) {
			return nil, err
		}
	}
	prefix := s.cfg.Gate.BlobKey(strings.TrimSuffix(key, "/") + "/")
	if len(found) == 0 {
		if found, err = s.cfg.Blobs.List(ctx, prefix, "", maxListed); err != nil {
			return nil, err
		}
	}
	out := make([]json.RawMessage, 0, len(found))
	for _, f := range found {
		path, below := strings.CutPrefix(f.Key, prefix)
		if !below {
			path = f.Key[strings.LastIndexByte(f.Key, '/')+1:]
		}
		typ := f.ContentType
		if typ == "" {
			typ = "binary/octet-stream"
		}
		raw, err := entity.EncodeJSON(fileInfo{path, path[strings.LastIndexByte(path, '/')+1:], typ, f.Size,
			f.Modified.UTC().Format(http.TimeFormat), "ETAG:" + f.ETag})
		if err != nil {
			return nil, err
		}
		out = append(out, raw)
	}
	return out, nil
}

// PutInfo replaces the list of an entity's files. There is one list: what status.files held goes.
func (s *Service) PutInfo(ctx context.Context, typ, project, id string, list json.RawMessage) error {
	if _, err := s.subject(ctx, typ, project, id); err != nil {
		return err
	}
	clean, _, err := entity.Scan(list, "")
	if err != nil {
		return err
	}
	var entries []json.RawMessage
	if err := json.Unmarshal(clean, &entries); err != nil || clean[0] != '[' {
		return entity.Invalid("", "type", "The body must be a JSON array of objects that describe files.")
	}
	for _, e := range entries {
		if e = bytes.TrimSpace(e); e[0] != '{' {
			return entity.Invalid("", "type", "Each entry must be a JSON object that describes a file, not %s.", entity.TypeName(e))
		}
	}
	return s.cfg.Store.Write(ctx, func(tx store.Tx) error {
		if err := tx.Files().Put(ctx, typ, id, clean); err != nil {
			return err
		}
		r, err := tx.Entities().Get(ctx, typ, id)
		if err != nil || len(statusFiles(r.Status)) == 0 {
			return err
		}
		_, err = tx.Entities().Update(ctx, typ, id, func(r store.Record) (store.Record, error) {
			o, err := entity.ParseObject(r.Status)
			if err != nil {
				return r, err
			}
			o = o.Clone()
			o.Set("files", json.RawMessage("[]"))
			r.Status = o.JSON()
			return r, nil
		})
		return err
	})
}
