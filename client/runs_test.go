package client_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"dhub/client"
	"dhub/entity"
)

// What the caller's function returns ends the stream and reaches the caller as it is, whatever its code.
func TestStreamLogReturnsTheCallersOwnError(t *testing.T) {
	t.Parallel()
	asked := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		fmt.Fprint(w, "id: 1:2\ndata: {\"attempt\":1,\"container\":\"main\",\"offset\":0,\"data\":\"aGk=\"}\n\nevent: end\ndata: {}\n\n")
	}))
	defer srv.Close()
	c := client.New(srv.URL, client.Options{})
	for _, own := range []error{errors.New("enough"), entity.Errorf(entity.CodeUnavailable, "the disk of the caller is full")} {
		asked = 0
		err := c.StreamLog(t.Context(), "p", "r", true, func(client.LogChunk) error { return own })
		if !errors.Is(err, own) || asked != 1 {
			t.Errorf("got %v after %d requests, want %v after one", err, asked, own)
		}
	}
}
