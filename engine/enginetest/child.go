package enginetest

import (
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Words are further words of a program, which an engine's own tests add before Child is called.
var Words = map[string]func(rest string){}

// Child executes the lines of a program as this process and exits. A test binary calls it from TestMain
// when it was started as a child. The words:
//
//	print TEXT       TEXT and a newline          write FILE TEXT    make a file
//	raw "QUOTED"     bytes, quoted as in Go      append FILE TEXT   add to a file
//	env NAME         a variable's value          cat FILE           a file's content and a newline
//	argv             the lines themselves        report JSON        write the file $DHUB_REPORT
//	sleep DURATION   hold                        stubborn           ignore TERM
//	exit CODE        signal NUMBER               end, by itself or by a signal
func Child(lines []string) {
	for _, line := range lines {
		word, rest, _ := strings.Cut(line, " ")
		name, text, _ := strings.Cut(rest, " ")
		switch word {
		case "print":
			emit(rest + "\n")
		case "raw":
			s, err := strconv.Unquote(rest)
			must(err)
			emit(s)
		case "env":
			emit(os.Getenv(rest) + "\n")
		case "argv":
			emit(strings.Join(lines, " ") + "\n")
		case "sleep":
			d, err := time.ParseDuration(rest)
			must(err)
			time.Sleep(d)
		case "hold":
			time.Sleep(time.Hour)
		case "stubborn":
			signal.Ignore(syscall.SIGTERM)
		case "write":
			must(os.WriteFile(name, []byte(text), 0o600))
		case "append":
			f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
			must(err)
			_, err = f.WriteString(text)
			must(err)
			must(f.Close())
		case "cat":
			data, err := os.ReadFile(rest)
			if err != nil && !os.IsNotExist(err) {
				must(err)
			}
			emit(string(data) + "\n")
		case "report":
			path := os.Getenv("DHUB_REPORT")
			must(os.WriteFile(filepath.Join(filepath.Dir(path), ".report"), []byte(rest), 0o600))
			must(os.Rename(filepath.Join(filepath.Dir(path), ".report"), path))
		case "exit":
			code, err := strconv.Atoi(rest)
			must(err)
			os.Exit(code)
		case "signal":
			n, err := strconv.Atoi(rest)
			must(err)
			must(kill(n))
			time.Sleep(time.Hour)
		default:
			f, ok := Words[word]
			if !ok {
				must(fmt.Errorf("unknown word %q", word))
			}
			f(rest)
		}
	}
	os.Exit(0)
}

func emit(s string) {
	_, err := os.Stdout.WriteString(s)
	must(err)
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "child:", err)
		os.Exit(127)
	}
}

func kill(n int) error {
	p, err := os.FindProcess(os.Getpid())
	if err != nil {
		return err
	}
	return p.Signal(syscall.Signal(n))
}
