package httpapi

import (
	"context"
	"log/slog"
)

type contextKey int

const (
	identityKey contextKey = iota
	requestKey
)

func withIdentity(ctx context.Context, who Identity) context.Context {
	return context.WithValue(ctx, identityKey, who)
}

func identity(ctx context.Context) Identity {
	who, ok := ctx.Value(identityKey).(Identity)
	if !ok {
		return Identity{User: Anonymous}
	}
	return who
}

func withRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestKey, id)
}

// RequestID is the id of the request that ctx belongs to, "" outside of one.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey).(string)
	return id
}

// LogRequests makes a log handler that adds request_id to what is logged on behalf of a request.
func LogRequests(h slog.Handler) slog.Handler { return requestLog{h} }

type requestLog struct{ slog.Handler }

func (h requestLog) Handle(ctx context.Context, r slog.Record) error {
	if id := RequestID(ctx); id != "" {
		named := false
		r.Attrs(func(a slog.Attr) bool {
			named = named || a.Key == "request_id"
			return !named
		})
		if !named {
			r = r.Clone()
			r.AddAttrs(slog.String("request_id", id))
		}
	}
	return h.Handler.Handle(ctx, r)
}

func (h requestLog) WithAttrs(attrs []slog.Attr) slog.Handler {
	return requestLog{h.Handler.WithAttrs(attrs)}
}
func (h requestLog) WithGroup(name string) slog.Handler { return requestLog{h.Handler.WithGroup(name)} }
