package fake

import (
	"strconv"
	"strings"
	"syscall"
	"time"

	"dhub/engine"
)

// programSteps turns the arguments of a process of the command "fake" into steps: the same small language
// that enginetest.Child executes as a real process. An unknown word ends the process with code 127.
func programSteps(p engine.Process, making string, main bool) []step {
	if len(p.Command) == 0 || p.Command[0] != "fake" {
		return scriptProcess(p)
	}
	var steps []step
	for _, line := range p.Args {
		steps = append(steps, func(a *attempt) bool {
			return a.do(p, a.substitute(line, making), main)
		})
	}
	return steps
}

// scriptProcess is an init or build process scripted by environment: it logs, sleeps and perhaps fails.
func scriptProcess(p engine.Process) []step {
	s := scriptOf(p.Env)
	steps := []step{func(a *attempt) bool {
		if s.Log != "" {
			a.write(s.Log)
		}
		return true
	}}
	if s.Sleep > 0 {
		steps = append(steps, sleepStep(s.Sleep))
	}
	return append(steps, func(a *attempt) bool {
		if s.Exit != (engine.Exit{}) {
			a.exit(s.Exit)
			return false
		}
		return true
	})
}

func (a *attempt) do(p engine.Process, line string, main bool) bool {
	word, rest, _ := strings.Cut(line, " ")
	switch word {
	case "print":
		a.write(rest + "\n")
	case "raw":
		text, err := strconv.Unquote(rest)
		if err != nil {
			a.exit(engine.Exit{Code: 127})
			return false
		}
		a.write(text)
	case "env":
		a.write(a.environment(p)[rest] + "\n")
	case "sleep":
		d, err := time.ParseDuration(rest)
		if err != nil {
			d = Forever
		}
		return sleepStep(d)(a)
	case "hold":
		return false
	case "stubborn":
		a.stubborn = true
	case "write", "append":
		name, text, _ := strings.Cut(rest, " ")
		if word == "append" {
			text = a.read(name) + text
		}
		a.store(name, text)
	case "cat":
		a.write(a.read(rest) + "\n")
	case "argv":
		a.write(strings.Join(p.Args, " ") + "\n")
	case "report":
		a.files[reportFile] = rest
	case "exit":
		code, _ := strconv.Atoi(rest)
		if code == 0 && !main {
			return true
		}
		a.exit(engine.Exit{Code: code})
		return false
	case "signal":
		n, _ := strconv.Atoi(rest)
		if n == 0 {
			n = int(syscall.SIGKILL)
		}
		a.exit(engine.Exit{Signal: n})
		return false
	default:
		a.exit(engine.Exit{Code: 127})
		return false
	}
	return true
}

// read and store know two places: the workspace, and "asset:KEY/…".
func (a *attempt) read(name string) string {
	if key, file, ok := assetFile(name); ok {
		if b := a.e.assets[key]; b != nil {
			return b.files[file]
		}
		return ""
	}
	return a.files[name]
}

func (a *attempt) store(name, text string) {
	if key, file, ok := assetFile(name); ok {
		if b := a.e.assets[key]; b != nil && b.files != nil {
			b.files[file] = text
		}
		return
	}
	a.files[name] = text
}

func assetFile(name string) (key, file string, ok bool) {
	rest, ok := strings.CutPrefix(name, "asset:")
	if !ok {
		return "", "", false
	}
	key, file, _ = strings.Cut(rest, "/")
	return key, file, true
}
