package httpapi

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"sync"

	"dhub/entity"
)

// inflight keeps requests with one Idempotency-Key from running at the same time.
type inflight struct {
	mu   sync.Mutex
	keys map[string]*turn
}

type turn struct {
	mu      sync.Mutex
	waiting int
}

func (f *inflight) enter(key string) (leave func()) {
	f.mu.Lock()
	if f.keys == nil {
		f.keys = map[string]*turn{}
	}
	t := f.keys[key]
	if t == nil {
		t = &turn{}
		f.keys[key] = t
	}
	t.waiting++
	f.mu.Unlock()
	t.mu.Lock()
	return func() {
		t.mu.Unlock()
		f.mu.Lock()
		defer f.mu.Unlock()
		if t.waiting--; t.waiting == 0 {
			delete(f.keys, key)
		}
	}
}

// onlyOnce runs the handler unless an answer to the same key is remembered, which is then repeated.
func (c *call) onlyOnce() error {
	key := c.r.Header.Get("Idempotency-Key")
	if len(key) > 255 {
		return entity.Invalid("Idempotency-Key", "size", "The header Idempotency-Key has %d characters, at most 255 are possible.", len(key))
	}
	if c.cfg.Answers == nil {
		return unavailable("Idempotency-Key")
	}
	data, err := c.body()
	if err != nil {
		return err
	}
	who := c.who()
	scope := digest(who.User, who.UID, c.r.Method, c.r.URL.Path, key)
	sum := sha256.Sum256(append([]byte(c.r.URL.RawQuery+"\n"+c.r.Header.Get("Dhub-Strict")+"\n"), data...))
	hash := sum[:]
	defer c.busy.enter(scope)()
	was, answer, err := c.cfg.Answers.Answer(c.ctx(), scope)
	switch {
	case err == nil && !bytes.Equal(was, hash):
		return &entity.Error{Code: entity.CodeConflict, Message: "The Idempotency-Key was used before with another request; take a new one for a new request.",
			Fields: []entity.FieldError{{Pointer: "Idempotency-Key", Message: "used with another request", Rule: "duplicate"}}}
	case err == nil:
		c.w.Header().Set("Idempotent-Replayed", "true")
		return c.raw(answer)
	case !entity.IsNotFound(err):
		return err
	}
	c.r.Body = io.NopCloser(bytes.NewReader(data))
	kept := &keeping{ResponseWriter: c.w}
	inner := *c
	inner.w, inner.onceID = kept, onceID(scope, hash)
	if err := c.rt.handle(&inner); err != nil {
		return err
	}
	if kept.failed || c.r.URL.Query().Has("dryRun") {
		return nil
	}
	// The effect is durable already. A client that has gone comes back with the key: remember it all the same.
	if err := c.cfg.Answers.Remember(context.WithoutCancel(c.ctx()), scope, hash, kept.body.Bytes()); err != nil {
		c.cfg.Logger.ErrorContext(c.ctx(), "remembering an answer", "request_id", RequestID(c.ctx()), "error", err)
	}
	return nil
}

// onceID is the id of what a request makes: the same for the same request, so that one which is repeated after
// the server was killed before it remembered its answer finds what was made.
func onceID(scope string, hash []byte) string {
	id, _ := hex.DecodeString(digest(scope, string(hash))[:32])
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80 // a UUID of version 4 without dashes
	return hex.EncodeToString(id)
}

// made answers a create with what an earlier try of the same request made, if it did.
func (c *call) made(d entity.Doc, err error, get func() (entity.Doc, error)) error {
	e, ok := errors.AsType[*entity.Error](err)
	if ok && c.onceID != "" && len(e.Fields) == 1 && e.Fields[0].Rule == "duplicate" {
		if earlier, missing := get(); missing == nil {
			return c.doc(earlier, nil)
		}
	}
	return c.doc(d, err)
}

func digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		_, _ = io.WriteString(h, p)
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))
}

// keeping keeps a copy of the answer.
type keeping struct {
	http.ResponseWriter
	body   bytes.Buffer
	failed bool
}

func (k *keeping) WriteHeader(status int) {
	k.failed = status != http.StatusOK
	k.ResponseWriter.WriteHeader(status)
}

func (k *keeping) Write(b []byte) (int, error) {
	k.body.Write(b)
	return k.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (k *keeping) Unwrap() http.ResponseWriter { return k.ResponseWriter }
