// Package cli is dhub's command line: one file per command. It speaks to a server through package client
// alone; what needs the server's own parts (serve, the keeper, unpacking the SDK) comes in through Host.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
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
	// FindServer reads the address of the server that holds a data folder, "" when none lives; held without an
	// address is a folder whose server is just starting.
	FindServer func(data string) (address string, held bool, err error)
	// Adopt makes a database the data folder's own, after confirm has agreed to what it is told.
	Adopt func(ctx context.Context, o ServeOptions, confirm func(question string) error) error
	// RotateKey makes a new key and seals every stored secret with it; onlyNew forgets the former keys.
	RotateKey func(ctx context.Context, o ServeOptions, onlyNew bool, confirm func(question string) error) (keys []string, err error)
	// DefaultData is the user's data folder.
	DefaultData func() (string, error)
}

// ServeOptions are the flags of dhub serve.
type ServeOptions struct {
	Listen      string
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
  dhub serve                         keep a server running`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       a.host.Version,
	}
	f := root.PersistentFlags()
	f.StringVar(&a.endpoint, "endpoint", "", "server to use (default $DHUB_ENDPOINT, $DHCORE_ENDPOINT, else the one of the data folder)")
	f.StringVar(&a.project, "project", envOr("DHUB_PROJECT", "default"), "project (default $DHUB_PROJECT)")
	f.StringVar(&a.data, "data", os.Getenv("DHUB_DATA"), "data folder (default $DHUB_DATA, else the user's)")
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.AddCommand(a.serveCmd(), a.demoCmd(), a.runCmd(), a.getCmd(), a.deleteCmd(), a.logsCmd(), a.stopCmd(),
		a.waitCmd(), a.whyCmd(), a.dataCmd(), a.keyCmd(), a.versionCmd(), a.unpackCmd())
	return root
}

func envOr(name, fallback string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return fallback
}

func (a *app) versionCmd() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Print the version", Args: cobra.NoArgs,
		Run: func(*cobra.Command, []string) { fmt.Fprintln(a.out, a.host.Version) }}
}

func (a *app) unpackCmd() *cobra.Command {
	return &cobra.Command{Use: "unpack-sdk DIR", Short: "Write the Python modules that jobs use into a folder", Hidden: true,
		Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, args []string) error { return a.host.UnpackSDK(args[0]) }}
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
	return client.New(address, client.Options{Token: os.Getenv("DHCORE_ACCESS_TOKEN")}), nil
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
	address, _, err := a.host.FindServer(a.data)
	return address, err
}

func (a *app) ensureData() (err error) {
	if a.data == "" {
		a.data, err = a.host.DefaultData()
	}
	return err
}
