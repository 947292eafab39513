package app

import (
	"context"
	"time"

	"dhub/internal/httpapi"
	"dhub/internal/store"
)

// region is what S3 clients are told; they insist on one.
const region = "us-east-1"

// jobEnv is how a job finds the file store: addresses only, its keys come as values.
func (s *server) jobEnv(context.Context, store.Run) map[string]string {
	return map[string]string{
		"DHCORE_DEFAULT_FILES_STORE": s.gate.DefaultStore(),
		"AWS_ENDPOINT_URL":           s.gate.URL(),
		"AWS_REGION":                 region,
		"S3_BUCKET":                  s.gate.Bucket(),
		"S3_SIGNATURE_VERSION":       "s3v4",
		"S3_PATH_STYLE":              "true",
	}
}

// jobCredentials are keys to the project's part of the file store, under the names that the run manager
// hands to jobs.
func (s *server) jobCredentials(_ context.Context, project, user string, ttl time.Duration) (map[string]string, error) {
	c, err := s.gate.Issue(project, user, "", ttl)
	if err != nil {
		return nil, err
	}
	return map[string]string{"dhub:s3_key": c.AccessKey, "dhub:s3_secret": c.SecretKey, "dhub:s3_token": c.SessionToken}, nil
}

// callerCredentials are what a client outside of jobs gets for one project.
func (s *server) callerCredentials(_ context.Context, who httpapi.Identity) (httpapi.Credentials, error) {
	c, err := s.gate.Issue(who.Project, who.User, who.UID, 8*time.Hour)
	if err != nil {
		return httpapi.Credentials{}, err
	}
	return httpapi.Credentials{AccessKey: c.AccessKey, SecretKey: c.SecretKey, SessionToken: c.SessionToken,
		Endpoint: s.gate.URL(), Region: region, Bucket: s.gate.Bucket(), Expires: c.Expires}, nil
}

// public is what /.well-known/configuration says beyond the API itself.
func (s *server) public() map[string]any {
	return map[string]any{
		"k8s_resource_profiles":      profileNames(s.runs.Profiles()),
		"dhcore_default_files_store": s.gate.DefaultStore(),
		"aws_endpoint_url":           s.gate.URL(),
		"aws_region":                 region,
		"s3_bucket":                  s.gate.Bucket(),
		"s3_signature_version":       "s3v4",
		"s3_path_style":              "true",
	}
}
