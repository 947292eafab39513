package keeper

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"time"
)

// Suffixes of a keeper's files in the root folder.
const (
	Prefix       = "keeper-"
	LockSuffix   = ".lock" // locked while the keeper lives; holds its Hello
	SocketSuffix = ".sock"
	ErrorSuffix  = ".log"
)

// Requests and the codes of their answers.
const (
	OpStart  = "start"
	OpStop   = "stop"
	OpKill   = "kill"
	OpRetire = "retire"

	CodeOK      = "ok"
	CodeExists  = "exists"
	CodeUnknown = "unknown"
	CodeRetired = "retired"
	CodeError   = "error"
)

// ReadyFD is the descriptor on which a started keeper says that it listens.
const ReadyFD = 3

// Args is what a keeper is started with, as JSON in its second argument.
type Args struct {
	Root string        `json:"root"`
	Name string        `json:"name"`
	Boot string        `json:"boot"`
	Tier string        `json:"tier,omitempty"`
	Idle time.Duration `json:"idle"` // it ends by itself after so long without children and server
}

func run(args []string) error {
	if len(args) != 1 {
		return errors.New("this command is started by the server only")
	}
	var a Args
	if err := json.Unmarshal([]byte(args[0]), &a); err != nil {
		return err
	}
	pipe := os.NewFile(ReadyFD, "ready")
	err := serve(a, func() {
		_, _ = pipe.WriteString("ready\n")
		_ = pipe.Close()
	})
	_, _ = fmt.Fprintln(pipe, err)
	return err
}

// shortHash names an installation in places it shares with others.
func shortHash(s string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s))
	return fmt.Sprintf("%016x", h.Sum64())
}
