// Package telemetry sets up the structured log. Messages are static and lower case, keys snake_case.
package telemetry

import (
	"io"
	"log/slog"

	"dhub/entity"
)

// New makes a logger that writes text lines to w.
func New(w io.Writer, level slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}))
}

// ParseLevel reads debug, info, warn or error.
func ParseLevel(s string) (slog.Level, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(s)); err != nil {
		return 0, entity.Invalid("log-level", "enum", "unknown log level %q; expected debug, info, warn or error", s)
	}
	return l, nil
}
