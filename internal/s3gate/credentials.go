package s3gate

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"time"

	"dhub/entity"
)

// Credentials are what an S3 client is given. They are derived from the server's newest key, so nothing is
// stored and they outlive a restart.
type Credentials struct {
	AccessKey    string
	SecretKey    string
	SessionToken string
	Expires      time.Time // UTC, whole seconds
}

// LogValue keeps credentials out of logs.
func (c Credentials) LogValue() slog.Value { return slog.StringValue(c.AccessKey) }

// claims is what a session token says. Short names keep presigned URLs short.
type claims struct {
	Project string `json:"p,omitempty"` // "" is every project
	User    string `json:"u,omitempty"`
	Run     string `json:"r,omitempty"`
	Expires int64  `json:"e"`
}

const tokenPrefix = "dh1."

// Issue makes credentials for what a user, or a run on the user's behalf, does in a project until ttl
// has passed. They reach the keys below "{project}/" only; project "" stands for all projects.
func (g *Gate) Issue(project, user, run string, ttl time.Duration) (Credentials, error) {
	if project != "" && !entity.ValidProject(project) {
		return Credentials{}, entity.Invalid("project", "pattern", "%q is not the name of a project", project)
	}
	if ttl <= 0 {
		return Credentials{}, entity.Invalid("ttl", "range", "credentials must be valid for some time, got %s", ttl)
	}
	expires := g.cfg.Now().Add(ttl).Truncate(time.Second).UTC()
	body, err := json.Marshal(claims{project, user, run, expires.Unix()})
	if err != nil {
		return Credentials{}, entity.Errorf(entity.CodeInternal, "encode a session token: %w", err)
	}
	enc := base64.RawURLEncoding
	payload := tokenPrefix + enc.EncodeToString(body)
	newest := signer(g.cfg.Keys[len(g.cfg.Keys)-1])
	token := payload + "." + enc.EncodeToString(newest.mac("token", payload))
	return Credentials{newest.accessKey(token), newest.secretKey(token), token, expires}, nil
}

// check reads a session token of ours and finds the key that signed it; ok is false for any other.
func (g *Gate) check(token string) (c claims, k signer, ok bool) {
	payload, sum, found := cutLast(token, ".")
	if !found || !strings.HasPrefix(payload, tokenPrefix) {
		return c, nil, false
	}
	got, err := base64.RawURLEncoding.DecodeString(sum)
	if err != nil {
		return c, nil, false
	}
	for _, key := range slices.Backward(g.cfg.Keys) {
		if k := signer(key); hmac.Equal(got, k.mac("token", payload)) {
			body, err := base64.RawURLEncoding.DecodeString(payload[len(tokenPrefix):])
			return c, k, err == nil && json.Unmarshal(body, &c) == nil
		}
	}
	return c, nil, false
}

func (c claims) expired(now time.Time) bool { return !now.Before(time.Unix(c.Expires, 0)) }

// reaches tells whether a key lies where the claims allow.
func (c claims) reaches(key string) bool {
	return c.Project == "" || strings.HasPrefix(key, c.Project+"/")
}

// signer is one key of the server.
type signer []byte

func (k signer) accessKey(token string) string {
	return "DHUB" + base32.StdEncoding.EncodeToString(k.mac("access", token)[:10])
}

func (k signer) secretKey(token string) string {
	return base64.RawURLEncoding.EncodeToString(k.mac("secret", token))
}

func (k signer) mac(use, text string) []byte {
	h := hmac.New(sha256.New, k)
	h.Write([]byte("dhub s3 " + use + "\n" + text))
	return h.Sum(nil)
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
