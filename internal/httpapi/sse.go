package httpapi

import (
	"bytes"
	"net/http"
	"sync"
	"time"
)

// heartbeatEvery is how often a silent stream says that it lives; proxies cut silent ones after a minute.
const heartbeatEvery = 15 * time.Second

// stalledAfter is how long a client may take no byte of a stream. One that comes back goes on where it was.
const stalledAfter = 2 * time.Minute

// stream writes server-sent events. Its methods may be called by several goroutines.
type stream struct {
	mu    sync.Mutex
	w     http.ResponseWriter
	rc    *http.ResponseController
	stall time.Duration
	buf   bytes.Buffer
	stop  chan struct{}
	done  chan struct{}
}

// sse begins a stream. close ends its heartbeat and must be called.
func (c *call) sse() *stream {
	h := c.w.Header()
	h.Set("Content-Type", "text/event-stream; charset=UTF-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	h.Set("Content-Security-Policy", "sandbox")
	s := &stream{w: c.w, stall: c.stall, rc: http.NewResponseController(c.w), stop: make(chan struct{}), done: make(chan struct{})}
	c.w.WriteHeader(http.StatusOK)
	_ = s.comment("stream")
	go func() {
		defer close(s.done)
		t := time.NewTicker(heartbeatEvery)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				if s.comment("keep-alive") != nil {
					return
				}
			case <-s.stop:
				return
			}
		}
	}()
	return s
}

func (s *stream) close() {
	close(s.stop)
	<-s.done
	_ = s.rc.SetWriteDeadline(time.Time{}) // the connection may serve further requests
}

func (s *stream) comment(text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.buf.Reset()
	s.buf.WriteString(": ")
	s.buf.WriteString(text)
	s.buf.WriteString("\n\n")
	return s.flush()
}

// event sends one event; data must not hold line breaks, as JSON does not.
func (s *stream) event(name, id string, data []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.buf.Reset()
	if name != "" {
		s.buf.WriteString("event: ")
		s.buf.WriteString(name)
		s.buf.WriteByte('\n')
	}
	if id != "" {
		s.buf.WriteString("id: ")
		s.buf.WriteString(id)
		s.buf.WriteByte('\n')
	}
	s.buf.WriteString("data: ")
	s.buf.Write(data)
	s.buf.WriteString("\n\n")
	return s.flush()
}

// flush needs s.mu.
func (s *stream) flush() error {
	_ = s.rc.SetWriteDeadline(time.Now().Add(s.stall)) // what cannot set it has none
	if _, err := s.w.Write(s.buf.Bytes()); err != nil {
		return err
	}
	return s.rc.Flush()
}
