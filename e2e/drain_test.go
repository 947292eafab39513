package e2e

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestRequestsDrainWhenTheServerStops lets a request that the server has begun to read be answered as usual.
func TestRequestsDrainWhenTheServerStops(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	c, err := net.Dial("tcp", strings.TrimPrefix(s.Endpoint(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	body := `{"kind":"project","name":"drained"}`
	half := len(body) / 2
	if _, err := fmt.Fprintf(c, "POST /api/v1/projects HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n",
		c.RemoteAddr(), len(body)); err != nil {
		t.Fatal(err)
	}
	answers := bufio.NewReader(c)
	// The server asks for the body: its handler runs.
	if line, err := answers.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("got %q (%v), want 100 Continue", line, err)
	}
	if _, err := answers.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(c, body[:half])
	done, out := s.done, s.out
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	eventually(t, 10*time.Second, "the server takes no new connection", func() bool {
		other, err := net.Dial("tcp", c.RemoteAddr().String())
		if err == nil {
			other.Close()
		}
		return err != nil && strings.Contains(out.String(), "stopping")
	})
	_, _ = io.WriteString(c, body[half:])
	answer, err := http.ReadResponse(answers, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if text, _ := io.ReadAll(answer.Body); answer.StatusCode != http.StatusOK {
		t.Errorf("got %s %s, want the project", answer.Status, text)
	}
	<-done
}
