package httpapi

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dhub/entity"
)

func TestAStreamEndsWhoseClientReadsNothing(t *testing.T) {
	t.Parallel()
	runs, logs := newRunsDouble(entity.StateCompleted, 1), newLogsDouble()
	logs.write(1, strings.Repeat("x", 64<<20), true) // more than the kernel's buffers take
	a := New(Config{Runs: runs, Logs: logs})
	a.stall = 100 * time.Millisecond
	done := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(done)
		a.ServeHTTP(w, r)
	}))
	defer s.Close()
	conn, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", streamPath); err != nil {
		t.Fatal(err)
	}
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Error("the handler still writes to a client that does not read")
	}
}
