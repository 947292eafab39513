package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"dhub/entity"
)

// status is the one table from codes of errors to HTTP status.
func status(code entity.Code) int {
	switch code {
	case entity.CodeInvalid:
		return http.StatusBadRequest
	case entity.CodeNotFound:
		return http.StatusNotFound
	case entity.CodeConflict:
		return http.StatusConflict
	case entity.CodeUnauthenticated:
		return http.StatusUnauthorized
	case entity.CodeForbidden:
		return http.StatusForbidden
	case entity.CodeUnavailable:
		return http.StatusServiceUnavailable
	case entity.CodeUnimplemented:
		return http.StatusNotImplemented
	}
	return http.StatusInternalServerError
}

// errorBody is what clients read of a failure.
type errorBody struct {
	Status    int                 `json:"status"`
	Message   string              `json:"message"`
	ErrorCode string              `json:"errorCode"`
	RequestID string              `json:"requestId"`
	Errors    []entity.FieldError `json:"errors"`

	// The rest stands in failures of the frame around the handlers: unknown path, method, media type, size.
	Timestamp string `json:"timestamp,omitempty"`
	Error     string `json:"error,omitempty"`
	Path      string `json:"path,omitempty"`
}

// frameError is a failure that no use case is asked about.
type frameError struct {
	status  int
	message string
}

func (e *frameError) Error() string { return e.message }

func frame(status int, format string, args ...any) error {
	return &frameError{status, fmt.Sprintf(format, args...)}
}

// fail writes an error. What a client did not cause is logged here, once, and its text stays inside.
func (a *API) fail(w http.ResponseWriter, r *http.Request, err error) {
	ctx := r.Context()
	body := errorBody{RequestID: RequestID(ctx), Errors: []entity.FieldError{}}
	var fe *frameError
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		err = a.tooLarge(tooLarge.Limit)
	}
	if errors.As(err, &fe) {
		body.Status, body.Message, body.Error = fe.status, fe.message, http.StatusText(fe.status)
		body.ErrorCode = frameCode(fe.status)
		body.Timestamp = a.cfg.Now().UTC().Format("2006-01-02T15:04:05.000+00:00")
		body.Path = r.URL.Path
	} else {
		if errors.Is(err, context.Canceled) && ctx.Err() != nil {
			err = errClosing // or the client has gone, and nobody reads this
		}
		code := entity.CodeOf(err)
		body.Status, body.ErrorCode = status(code), string(code)
		body.Message = err.Error()
		if e, ok := errors.AsType[*entity.Error](err); ok {
			if body.Status < 500 && e.Message != "" {
				body.Message = e.Message
			}
			if e.Fields != nil {
				body.Errors = e.Fields
			}
		}
		if body.Status == http.StatusConflict && r.Header.Get("If-Match") != "" {
			body.Status = http.StatusPreconditionFailed
		}
		if body.Status == http.StatusInternalServerError {
			a.cfg.Logger.ErrorContext(ctx, "request failed", slog.String("method", r.Method), slog.String("path", r.URL.Path),
				slog.String("request_id", body.RequestID), slog.Any("error", err))
			body.Message = "The server failed to answer. Its log says more under the request id " + body.RequestID + "."
		}
	}
	if body.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token", error_description="The token is unknown or has expired"`)
	}
	data, _ := json.Marshal(body)
	h := w.Header()
	for _, name := range []string{"ETag", "Content-Length", "Content-Disposition", "Accept-Ranges", "Content-Range", "Cache-Control"} {
		h.Del(name)
	}
	h.Set("Content-Type", mediaJSON)
	w.WriteHeader(body.Status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(data)
	}
}

func frameCode(status int) string {
	switch status {
	case http.StatusNotFound:
		return string(entity.CodeNotFound)
	case http.StatusForbidden:
		return string(entity.CodeForbidden)
	case http.StatusInternalServerError:
		return string(entity.CodeInternal)
	}
	return string(entity.CodeInvalid)
}

func (a *API) tooLarge(limit int64) error {
	return frame(http.StatusRequestEntityTooLarge, "The body is too large: at most %d bytes (%d MiB) are accepted.", limit, limit>>20)
}

// unavailable answers for a part that this installation does not have.
func unavailable(what string) error {
	return entity.Errorf(entity.CodeUnimplemented, "%s is not available on this server", what)
}

// badQuery names a query parameter that is wrong.
func badQuery(name, rule, format string, args ...any) error {
	return entity.Invalid(name, rule, "The parameter %s %s", name, fmt.Sprintf(format, args...))
}

// clip shortens what a client sent before it is repeated in a message.
func clip(s string) string {
	if len(s) > 100 {
		return s[:100] + "…"
	}
	return s
}

// errToken answers a bearer that nobody here has issued.
var errToken = entity.Errorf(entity.CodeUnauthenticated, "The bearer token is not valid here; leave it out or ask for a new one.")
