package artifact

import (
	"context"
	"net/http"
	"strings"

	"dhub/entity"
)

// maxPart is the highest number of a part, as in S3.
const maxPart = 10000

// Download says where an entity's file is read from; sub is a path below spec.path.
func (s *Service) Download(ctx context.Context, typ, project, id, sub string) (Place, error) {
	of, err := s.subject(ctx, typ, project, id)
	if err != nil {
		return Place{}, err
	}
	path := of.path
	if sub != "" {
		if !plain(sub) {
			return Place{}, badPath(sub)
		}
		path = strings.TrimSuffix(path, "/") + "/" + sub
	}
	if strings.HasPrefix(path, "http://") || strings.HasPrefix(path, "https://") {
		return Place{Path: path, URL: path}, nil
	}
	key, err := s.inProject(project, path)
	if err != nil {
		return Place{}, err
	}
	if strings.HasSuffix(path, "/") {
		return Place{}, entity.Invalid("sub", "required", "invalid file path: %s is a folder; name a file in it by sub", path)
	}
	if _, err := s.cfg.Blobs.Stat(ctx, s.cfg.Gate.BlobKey(key)); entity.IsNotFound(err) {
		return Place{}, entity.Errorf(entity.CodeNotFound, "No file is stored at %s.", path)
	} else if err != nil {
		return Place{}, err
	}
	url, expires, err := s.cfg.Gate.PresignGet(key, s.cfg.Validity)
	return Place{Path: path, URL: url, Expires: expires}, err
}

// Upload says where a file of an entity is PUT. The entity need not be stored yet.
func (s *Service) Upload(ctx context.Context, typ, project, id, filename, name string) (Place, error) {
	of, err := s.maybe(ctx, typ, project, id)
	if err != nil {
		return Place{}, err
	}
	path, key, err := s.target(ctx, of, filename, name)
	if err != nil {
		return Place{}, err
	}
	url, expires, err := s.cfg.Gate.PresignPut(key, s.cfg.Validity)
	return Place{Path: path, URL: url, Method: http.MethodPut, Expires: expires}, err
}

// StartParts begins an upload in parts.
func (s *Service) StartParts(ctx context.Context, typ, project, id, filename, name string) (Place, error) {
	of, err := s.maybe(ctx, typ, project, id)
	if err != nil {
		return Place{}, err
	}
	path, key, err := s.target(ctx, of, filename, name)
	if err != nil {
		return Place{}, err
	}
	uploadID, err := s.cfg.Gate.StartUpload(ctx, key)
	return Place{Path: path, UploadID: uploadID, Method: http.MethodPost}, err
}

// Part says where one part is PUT; parts count from 1.
func (s *Service) Part(ctx context.Context, typ, project, id, path, uploadID string, number int) (Place, error) {
	key, err := s.underWay(ctx, typ, project, id, path, uploadID)
	if err != nil {
		return Place{}, err
	}
	if number < 1 || number > maxPart {
		return Place{}, entity.Invalid("partNumber", "range", "The parameter partNumber must be from 1 to %d, got %d.", maxPart, number)
	}
	url, expires, err := s.cfg.Gate.PresignPart(key, uploadID, number, s.cfg.Validity)
	return Place{Path: path, URL: url, Method: http.MethodPut, UploadID: uploadID, PartNumber: number, Expires: expires}, err
}

// CompleteParts makes the file of its parts, whose ETags come in part order.
func (s *Service) CompleteParts(ctx context.Context, typ, project, id, path, uploadID string, etags []string) (Place, error) {
	key, err := s.underWay(ctx, typ, project, id, path, uploadID)
	if err != nil {
		return Place{}, err
	}
	if len(etags) == 0 {
		return Place{}, entity.Invalid("partList", "required", "The parameter partList is missing: the ETags of the parts in their order.")
	}
	err = s.cfg.Gate.CompleteUpload(ctx, key, uploadID, etags)
	return Place{Path: path, UploadID: uploadID, Method: http.MethodPost}, err
}

func (s *Service) underWay(ctx context.Context, typ, project, id, path, uploadID string) (key string, err error) {
	of, err := s.maybe(ctx, typ, project, id)
	if err != nil {
		return "", err
	}
	if uploadID == "" {
		return "", entity.Invalid("uploadId", "required", "The parameter uploadId is missing.")
	}
	return s.allowed(of, path)
}
