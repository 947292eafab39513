// Package cli is dhub's command line: one file per command. It speaks to a server through package client
// alone; what needs the server's own parts (serve, the keeper, unpacking the SDK) comes in through Host.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"dhub/client"
	"dhub/entity"
)

// Host is what the composition root lends to the command line.
type Host struct {
	Version string
	// Serve runs a server until ctx ends.
	Serve func(ctx context.Context, o ServeOptions) error
	// UnpackSDK writes the Python modules that jobs use into dir.
	UnpackSDK func(dir string) error
	// KindForFile finds the function kind that takes a file, by its suffix.
	KindForFile func(name string) (kind, action string, ok bool)
	// CheckHandler refuses a handler that a file of a kind certainly does not define.
	CheckHandler func(kind string, source []byte, handler string) error
	// FindServer says who holds a data folder; the zero Server where none lives.
	FindServer func(data string) (Server, error)
	// StopServer ends the server that holds a data folder and waits until it is free; the zero Server where none lives.
	StopServer func(ctx context.Context, data string) (Server, error)
	// Adopt makes a database the data folder's own, after confirm has agreed to what it is told.
	Adopt func(ctx context.Context, o ServeOptions, confirm func(question string) error) error
	// RotateKey makes a new key and seals every stored secret with it; onlyNew forgets the former keys.
	RotateKey func(ctx context.Context, o ServeOptions, onlyNew bool, confirm func(question string) error) (keys []string, err error)
	// DefaultData is the user's data folder.
	DefaultData func() (string, error)
}

// Server is who holds a data folder. One that is held without an address has a server that is just starting.
type Server struct {
	Held    bool
	Address string
	PID     int
	Version string
	Idle    bool // it ends by itself when nobody uses it
}

// ServeOptions are the flags of dhub serve.
type ServeOptions struct {
	Listen      string
	AnyPort     bool // take a free port when that of Listen is taken
	Data        string
	DatabaseURL string
	MaxRuns     int
	IdleExit    bool // end by itself after ten minutes without a client, a live run or an active schedule
	Engine      string
	LogLevel    string
}

// app carries what all commands share.
type app struct {
	host     Host
	in       io.Reader
	out, err io.Writer

	endpoint string
	project  string
	data     string
	output   string
}

// Run executes the command line and returns the process's exit code.
func Run(ctx context.Context, host Host, args []string) int {
	a := &app{host: host, in: os.Stdin, out: os.Stdout, err: os.Stderr}
	root := a.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var code exitCode
	switch {
	case err == nil:
		return 0
	case errors.As(err, &code):
		return int(code)
	}
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(a.err, "dhub: interrupted")
		return 130
	}
	fmt.Fprintln(a.err, "dhub:", describe(err))
	return exitOf(err)
}

// exitCode ends the program silently with a code: the message has been printed.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

// exitOf is the one table from error codes to exit codes. 1 is left to the job of dhub run.
func exitOf(err error) int {
	switch entity.CodeOf(err) {
	case entity.CodeInvalid:
		return 2
	case entity.CodeNotFound:
		return 3
	case entity.CodeConflict:
		return 4
	case entity.CodeUnauthenticated, entity.CodeForbidden:
		return 5
	case entity.CodeUnavailable:
		return 6
	}
	return 70
}

// describe adds what the server said of single fields below the message.
func describe(err error) string {
	var e *entity.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	var b strings.Builder
	b.WriteString(e.Error())
	for _, f := range e.Fields {
		if f.Message != e.Message {
			fmt.Fprintf(&b, "\n  %s: %s", f.Pointer, f.Message)
		}
	}
	return b.String()
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "dhub",
		Short: "Keep functions with their versions, run them, see what they did",
		Long: `dhub keeps functions (Python code, more kinds to come) with their versions in projects, runs them on this
machine, and tracks every run: parameters, inputs, outputs, log, state and, when it fails, the reason.

Start here:
  dhub demo                          define, run and watch a real pipeline
  dhub run hello.py:main -p who=you  run a function of yours
  dhub serve                         keep a server running; dhub serve --stop ends it`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       a.host.Version,
		Args:          cobra.ArbitraryArgs,

		SuggestionsMinimumDistance: 2,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return unknownVerb(cmd, args)
		},
	}
	f := root.PersistentFlags()
	f.StringVar(&a.endpoint, "endpoint", "", "server to use ($DHUB_ENDPOINT, $DHCORE_ENDPOINT; without: the one of the data folder)")
	f.StringVar(&a.project, "project", envOr("DHUB_PROJECT", "default"), "project ($DHUB_PROJECT)")
	f.StringVar(&a.data, "data", "", "data folder ($DHUB_DATA; without: $XDG_DATA_HOME/dhub, else ~/.local/share/dhub)")
	a.completeFlag(root, "project", a.completeNames(entity.Project))
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return entity.Invalid("flags", "unknown", "%v; see %s --help", err, cmd.CommandPath())
	})
	root.AddCommand(a.serveCmd(), a.demoCmd(), a.runCmd(), a.getCmd(), a.deleteCmd(), a.logsCmd(), a.stopCmd(),
		a.waitCmd(), a.whyCmd(), a.createCmd(), a.uploadCmd(), a.downloadCmd(), a.dataCmd(), a.keyCmd(), a.versionCmd(), a.unpackCmd())
	return root
}

func envOr(name, fallback string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return fallback
}

func (a *app) versionCmd() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Print the version", Args: noArgs,
		Run: func(*cobra.Command, []string) { fmt.Fprintln(a.out, a.host.Version) }}
}

func (a *app) unpackCmd() *cobra.Command {
	return &cobra.Command{Use: "unpack-sdk DIR", Short: "Write the Python modules that jobs use into a folder", Hidden: true,
		Args: words(1, 1), RunE: func(_ *cobra.Command, args []string) error { return a.host.UnpackSDK(args[0]) }}
}

// connect finds the server without starting one.
func (a *app) connect() (*client.Client, error) {
	address, err := a.address()
	if err != nil {
		return nil, err
	}
	if address == "" {
		return nil, entity.Errorf(entity.CodeUnavailable,
			"no server is running for the data folder %s; start one with `dhub serve`, or name another in DHUB_ENDPOINT", a.data)
	}
	return a.clientOf(address), nil
}

func (a *app) clientOf(address string) *client.Client {
	return client.New(address, client.Options{Token: os.Getenv("DHCORE_ACCESS_TOKEN")})
}

// address is the server named by flag or environment, else the one that holds the data folder, else "".
func (a *app) address() (string, error) {
	for _, e := range []string{a.endpoint, os.Getenv("DHUB_ENDPOINT"), os.Getenv("DHCORE_ENDPOINT")} {
		if e == "" {
			continue
		}
		if !strings.HasPrefix(e, "http://") && !strings.HasPrefix(e, "https://") {
			return "", entity.Invalid("endpoint", "pattern", "endpoint %q has no scheme; write http://%s", e, e)
		}
		return e, nil
	}
	if err := a.ensureData(); err != nil {
		return "", err
	}
	s, err := a.host.FindServer(a.data)
	return s.Address, err
}

// ensureData makes a.data the absolute path of the data folder: a server in the background has another folder
// of its own.
func (a *app) ensureData() (err error) {
	if a.data == "" {
		a.data = os.Getenv("DHUB_DATA")
	}
	if a.data == "" {
		a.data, err = a.host.DefaultData()
	}
	if err == nil {
		a.data, err = filepath.Abs(a.data)
	}
	return err
}
